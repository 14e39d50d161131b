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
