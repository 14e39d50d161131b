//! The formulas once more, in other words than the program's.

/// Both ends of the Wilson interval at 95 %: the roots of (p - x/n)^2 = z^2 p (1 - p) / n.
pub fn wilson(x: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (z, n_) = (1.959_963_984_540_054_f64, n as f64);
    let p = x as f64 / n_;
    let (a, b, c) = (1.0 + z * z / n_, -(2.0 * p + z * z / n_), p * p);
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    Some(((-b - root) / (2.0 * a), (-b + root) / (2.0 * a)))
}

/// A percent with one decimal by long division, halves up.
pub fn percent(x: u64, n: u64) -> String {
    if n == 0 {
        return String::new();
    }
    let (mut tenths, rest) = (1000 * x / n, 1000 * x % n);
    if 2 * rest >= n {
        tenths += 1;
    }
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Newcombe's interval of the difference of two proportions.
pub fn newcombe(now: (u64, u64), then: (u64, u64)) -> Option<(f64, f64, f64)> {
    let ((l1, u1), (l2, u2)) = (wilson(now.0, now.1)?, wilson(then.0, then.1)?);
    let (p1, p2) = (now.0 as f64 / now.1 as f64, then.0 as f64 / then.1 as f64);
    let down = ((p1 - l1).powi(2) + (u2 - p2).powi(2)).sqrt();
    let up = ((u1 - p1).powi(2) + (p2 - l2).powi(2)).sqrt();
    Some((p1 - p2, (p1 - p2 - down).max(-1.0), (p1 - p2 + up).min(1.0)))
}

/// The weighted proportion and its standard error, case by case. A stratum is its cases in the
/// frame, sampled, applicable and Strength.
pub fn stratified(strata: &[[u64; 4]]) -> Option<(f64, f64)> {
    let weighted = |column: usize| -> f64 {
        let used = strata.iter().filter(|row| row[1] > 0);
        used.map(|row| row[0] as f64 / row[1] as f64 * row[column] as f64).sum()
    };
    let applicable = weighted(2);
    if applicable == 0.0 {
        return None;
    }
    let p = weighted(3) / applicable;
    let mut variance = 0.0;
    for row in strata.iter().filter(|row| row[1] > 0) {
        let [frame, n, a, x] = row.map(|count| count as f64);
        let mut cases = vec![1.0 - p; row[3] as usize];
        cases.extend(vec![-p; (a - x) as usize]);
        cases.resize(row[1] as usize, 0.0);
        let mean = if n > 1.0 { cases.iter().sum::<f64>() / n } else { 0.0 };
        let squares: f64 = cases.iter().map(|z| (z - mean).powi(2)).sum();
        variance += frame * frame * (1.0 - n / frame) / n * squares / (n - 1.0).max(1.0);
    }
    Some((p, variance.sqrt() / applicable))
}

/// Two readers' ratings as pairs of categories, of `categories` that could have been given.
pub struct Pairs<'p> {
    pub given: &'p [(usize, usize)],
    pub categories: usize,
}

/// A coefficient and its standard error.
type Coefficient = (f64, f64);

impl Pairs<'_> {
    pub fn same(&self) -> u64 {
        self.given.iter().filter(|(first, second)| first == second).count() as u64
    }
    fn share(&self, of: impl Fn(&(usize, usize)) -> bool) -> f64 {
        self.given.iter().filter(|pair| of(pair)).count() as f64 / self.given.len() as f64
    }
    fn first(&self, category: usize) -> f64 {
        self.share(|pair| pair.0 == category)
    }
    fn second(&self, category: usize) -> f64 {
        self.share(|pair| pair.1 == category)
    }
    fn used(&self) -> usize {
        let highest = self.given.iter().map(|pair| pair.0.max(pair.1) + 1).max().unwrap_or(0);
        highest.max(self.categories)
    }

    /// `1 - (1 - agreement) / (1 - chance)`, its error from what each single pair would move it
    /// by: `chance_of` gives the share of chance agreement that a pair adds.
    fn beyond(&self, chance: f64, chance_of: impl Fn(&(usize, usize)) -> f64) -> Coefficient {
        let agreement = self.share(|pair| pair.0 == pair.1);
        let value = 1.0 - (1.0 - agreement) / (1.0 - chance);
        let moves: Vec<f64> = self
            .given
            .iter()
            .map(|pair| {
                let hit = if pair.0 == pair.1 { 1.0 } else { 0.0 };
                (hit - (1.0 - value) * chance_of(pair)) / (1.0 - chance)
            })
            .collect();
        let n = moves.len() as f64;
        let mean = moves.iter().sum::<f64>() / n;
        let variance = moves.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / n;
        (value, (variance / n).sqrt())
    }

    /// Cohen's kappa; none without pairs or with one rating only.
    pub fn kappa(&self) -> Option<Coefficient> {
        let (one, _) = self.given.first()?;
        if self.given.iter().all(|pair| pair.0 == *one && pair.1 == *one) {
            return None;
        }
        let all = 0..self.used();
        let chance = all.map(|at| self.first(at) * self.second(at)).sum();
        Some(self.beyond(chance, |(i, j)| self.second(*i) + self.first(*j)))
    }

    /// Gwet's AC1; none without pairs.
    pub fn ac1(&self) -> Option<Coefficient> {
        if self.given.is_empty() {
            return None;
        }
        let used = self.used();
        if used < 2 {
            return Some((1.0, 0.0));
        }
        let both = |at: usize| (self.first(at) + self.second(at)) / 2.0;
        let others = (used - 1) as f64;
        let chance = (0..used).map(|at| both(at) * (1.0 - both(at))).sum::<f64>() / others;
        Some(self.beyond(chance, |(i, j)| -(both(*i) + both(*j)) / others))
    }
}

/// The ends of value +- 1.96 errors.
pub fn around((value, error): Coefficient) -> (f64, f64) {
    let reach = 1.959_963_984_540_054 * error;
    (value - reach, value + reach)
}

/// A ratio of sums over cases (due, made) and the ends of its interval, case by case.
pub fn ratio(cases: &[(u64, u64)]) -> Option<(f64, f64)> {
    let n = cases.len() as f64;
    let due = cases.iter().map(|case| case.0).sum::<u64>() as f64;
    if cases.len() < 2 || due == 0.0 {
        return None;
    }
    let p = cases.iter().map(|case| case.1).sum::<u64>() as f64 / due;
    let residuals = cases.iter().map(|(due, made)| (*made as f64 - p * *due as f64).powi(2));
    let error = (n / (n - 1.0) * residuals.sum::<f64>()).sqrt() / due;
    let (low, high) = around((p, error));
    Some((low.max(0.0), high.min(1.0)))
}

/// The 97.5 % point of Student's t: where its density, summed by Simpson's rule from 0, comes
/// to 0.475. The density is put on the scale of the angle, `t = sqrt(nu) tan(a)`, on which it is
/// a power of a cosine.
pub fn student(degrees: u64) -> f64 {
    let power = degrees as f64 - 1.0;
    let simpson = |end: f64| {
        const STEPS: usize = 4_000;
        let width = end / STEPS as f64;
        let at = |step: usize| (step as f64 * width).cos().powf(power);
        let inner: f64 =
            (1..STEPS).map(|step| at(step) * if step % 2 == 1 { 4.0 } else { 2.0 }).sum();
        (at(0) + inner + at(STEPS)) * width / 3.0
    };
    let half = simpson(std::f64::consts::FRAC_PI_2);
    let (mut low, mut high) = (0.0, std::f64::consts::FRAC_PI_2);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if simpson(middle) < 0.95 * half { low = middle } else { high = middle }
    }
    (degrees as f64).sqrt() * low.tan()
}

/// How many cases show that a share lies above a goal.
pub fn needed(goal: f64, share: f64, z: [f64; 2]) -> u64 {
    let root = |p: f64| (p * (1.0 - p)).sqrt();
    ((z[0] * root(goal) + z[1] * root(share)) / (share - goal)).powi(2).ceil() as u64
}
