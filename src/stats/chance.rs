//! Exact tests of counts, where normal approximations say too much of a few cases.

use super::regularised_beta;

/// How likely, in a group of `n` that is like the state, are as few as `x` or fewer, and as many
/// as `x` or more: two probabilities. `None` for `n` = 0, `x` above `n`, or a `state` that is no
/// proportion.
///
/// Source: sums of the binomial distribution, by the incomplete beta function (Abramowitz and
/// Stegun 26.5.24).
pub fn binomial_tails(x: u64, n: u64, state: f64) -> Option<(f64, f64)> {
    if n == 0 || x > n || !(0.0..=1.0).contains(&state) {
        return None;
    }
    let (hits, misses) = (x as f64, (n - x) as f64);
    let few = if x == n { 1.0 } else { regularised_beta(1.0 - state, misses, hits + 1.0) };
    let many = if x == 0 { 1.0 } else { regularised_beta(state, hits, misses + 1.0) };
    Some((few, many))
}

/// Two-sided probability of tables no likelier than `x1` of `n1` beside `x2` of `n2`, where both
/// are of one proportion and all four sums are given. `None` where a proportion is undefined.
///
/// Source: R. A. Fisher, Journal of the Royal Statistical Society 98 (1935) 39-82; two-sided by
/// the probability of each table, as R and SciPy have it.
pub fn fisher(x1: u64, n1: u64, x2: u64, n2: u64) -> Option<f64> {
    if n1 == 0 || n2 == 0 || x1 > n1 || x2 > n2 {
        return None;
    }
    let hits = x1 + x2;
    let (least, most) = (hits.saturating_sub(n2), hits.min(n1));
    // Every table's probability as a multiple of the one found, from it outwards.
    let (mut part, mut whole) = (1.0, 1.0);
    let mut add = |weight: f64| {
        whole += weight;
        // Tables as likely as the one found differ from it by rounding.
        if weight <= 1.0 + 1e-7 {
            part += weight;
        }
    };
    let mut weight = 1.0;
    for x in (least..x1).rev() {
        let (up, beside) = (x + 1, hits - x - 1);
        weight *= (up * (n2 - beside)) as f64 / ((beside + 1) * (n1 - x)) as f64;
        add(weight);
    }
    weight = 1.0;
    for x in x1 + 1..=most {
        let beside = hits - x + 1;
        weight *= (beside * (n1 - x + 1)) as f64 / (x * (n2 - beside + 1)) as f64;
        add(weight);
    }
    // Where the whole can't be held any more, the part is next to nothing of it.
    Some(if whole.is_finite() { part / whole } else { 0.0 })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// By SciPy 1.17.1: `scipy.stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]])[1]`.
    const FISHER: [([u64; 4], f64); 9] = [
        ([4, 4, 0, 1], 0.20000000000000004),
        ([2, 2, 0, 2], 0.3333333333333333),
        ([7, 9, 3, 10], 0.06977851869492738),
        ([22, 80, 18, 36], 0.02172504590486216),
        ([9, 10, 2, 8], 0.01282051282051282),
        ([0, 5, 5, 5], 0.007936507936507938),
        ([500, 1000, 300, 900], 1.7878373311097816e-13),
        ([5, 10, 5, 10], 1.0),
        ([1, 30, 9, 31], 0.012450169784506006),
    ];

    /// By SciPy 1.17.1: `scipy.stats.binom.cdf(x, n, p)` and `.sf(x - 1, n, p)`.
    const TAILS: [(u64, u64, [f64; 3]); 8] = [
        (2, 2, [0.3393, 1.0, 0.11512449]),
        (0, 2, [0.724, 0.07617600000000001, 1.0]),
        (0, 8, [0.345, 0.03387898573008058, 1.0]),
        (7, 7, [0.62, 1.0, 0.03521614606208]),
        (30, 90, [0.45, 0.016228963810493068, 0.990789428630605]),
        (0, 3, [0.0, 1.0, 1.0]),
        (3, 3, [1.0, 1.0, 1.0]),
        (512, 1000, [0.5, 0.7853951113954285, 0.23352256082639353]),
    ];

    #[test]
    fn fisher_agrees_with_scipy() {
        for ([x1, n1, x2, n2], wanted) in FISHER {
            let found = fisher(x1, n1, x2, n2).unwrap();
            assert!((found - wanted).abs() <= 1e-12, "{x1}/{n1} {x2}/{n2}: {found}");
            assert!((fisher(x2, n2, x1, n1).unwrap() - wanted).abs() <= 1e-12);
        }
        assert_eq!(fisher(0, 0, 1, 2), None);
        assert_eq!(fisher(3, 2, 1, 2), None);
    }

    #[test]
    fn tails_agree_with_scipy() {
        for (x, n, [p, few, many]) in TAILS {
            let found = binomial_tails(x, n, p).unwrap();
            assert!((found.0 - few).abs() <= 1e-12, "{x}/{n} {p}: {found:?}");
            assert!((found.1 - many).abs() <= 1e-12, "{x}/{n} {p}: {found:?}");
        }
        assert_eq!(binomial_tails(0, 0, 0.5), None);
    }
}
