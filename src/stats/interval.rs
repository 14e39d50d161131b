//! Intervals of one proportion, and of the difference of two.

use super::{Level, beta_quantile};

/// Two ends of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The difference of two proportions with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// First proportion less the second, -1 to 1.
    pub difference: f64,
    /// Its interval.
    pub interval: Interval,
}

/// The Wilson score interval of `x` in `n`; `None` for `n` = 0 or `x` above `n`.
///
/// Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209-212.
/// No case gives a lower end of exactly 0, every case an upper end of exactly 1.
pub fn wilson(x: u64, n: u64, level: Level) -> Option<Interval> {
    if n == 0 || x > n {
        return None;
    }
    let (cases, z) = (n as f64, level.z());
    let p = x as f64 / cases;
    let square = z * z;
    let middle = p + square / (2.0 * cases);
    let reach = z * (p * (1.0 - p) / cases + square / (4.0 * cases * cases)).sqrt();
    let scale = 1.0 + square / cases;
    Some(Interval {
        low: if x == 0 { 0.0 } else { (middle - reach) / scale },
        high: if x == n { 1.0 } else { (middle + reach) / scale },
    })
}

/// The exact interval of `x` in `n` from quantiles of the beta distribution; `None` for
/// `n` = 0 or `x` above `n`.
///
/// Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413.
pub fn exact(x: u64, n: u64, level: Level) -> Option<Interval> {
    if n == 0 || x > n {
        return None;
    }
    let (hits, misses) = (x as f64, (n - x) as f64);
    let tail = level.tail();
    Some(Interval {
        low: if x == 0 { 0.0 } else { beta_quantile(tail, hits, misses + 1.0) },
        // The mirrored question keeps the tail small and its digits.
        high: if x == n { 1.0 } else { 1.0 - beta_quantile(tail, misses, hits + 1.0) },
    })
}

/// `x1/n1` less `x2/n2` with Newcombe's hybrid score interval; `None` where a proportion
/// is undefined.
///
/// Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.
pub fn newcombe(x1: u64, n1: u64, x2: u64, n2: u64, level: Level) -> Option<Change> {
    let (first, second) = (wilson(x1, n1, level)?, wilson(x2, n2, level)?);
    let (p1, p2) = (x1 as f64 / n1 as f64, x2 as f64 / n2 as f64);
    let difference = p1 - p2;
    let interval = Interval {
        low: difference - (p1 - first.low).hypot(second.high - p2),
        high: difference + (first.high - p1).hypot(p2 - second.low),
    };
    Some(Change { difference, interval })
}

/// Where a region of `n` cases is expected to lie if it is like the state: the state's
/// proportion +- z sqrt(p (1 - p) / n), cut at 0 and 1. `None` for `n` = 0.
///
/// Source: D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202. The usual
/// levels are 95 and 99.8.
pub fn funnel(state: f64, n: u64, level: Level) -> Option<Interval> {
    (n > 0).then(|| {
        let reach = level.z() * (state * (1.0 - state) / n as f64).sqrt();
        Interval { low: (state - reach).max(0.0), high: (state + reach).min(1.0) }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn close(found: Interval, low: f64, high: f64, tolerance: f64) {
        assert!((found.low - low).abs() <= tolerance, "{found:?} is not {low}");
        assert!((found.high - high).abs() <= tolerance, "{found:?} is not {high}");
    }

    #[test]
    fn wilson_agrees_with_newcombe_and_statsmodels() {
        // Newcombe 1998 (one proportion), table I, method 3, printed to four decimals.
        for (x, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            close(wilson(x, n, Level::P95).unwrap(), low, high, 5.1e-5);
        }
        // statsmodels 0.15 `proportion_confint(x, n, alpha, "wilson")`.
        for (x, n, level, low, high) in [
            (45, 65, 95.0, 0.572_023_570_852_726_7, 0.791_129_686_330_789_8),
            (45, 65, 80.0, 0.614_958_444_719_820_4, 0.760_178_249_003_936_6),
            (3, 7, 99.0, 0.116_373_680_516_138_17, 0.810_285_095_911_612_4),
            (999_999, 1_000_000, 95.0, 0.999_994_335_088_195_7, 0.999_999_823_475_423_3),
        ] {
            close(wilson(x, n, Level::percent(level).unwrap()).unwrap(), low, high, 1e-14);
        }
    }

    #[test]
    fn exact_agrees_with_newcombe_and_statsmodels() {
        // Newcombe 1998 (one proportion), table I, method 5.
        for (x, n, low, high) in [
            (81, 263, 0.2527, 0.3676),
            (15, 148, 0.0578, 0.1617),
            (0, 20, 0.0, 0.1684),
            (1, 29, 0.0009, 0.1776),
        ] {
            close(exact(x, n, Level::P95).unwrap(), low, high, 5.1e-5);
        }
        // statsmodels 0.15 `proportion_confint(x, n, alpha, "beta")`.
        for (x, n, level, low, high) in [
            (45, 65, 95.0, 0.565_527_110_966_293_7, 0.800_893_108_079_297_7),
            (45, 65, 99.0, 0.527_065_933_629_111, 0.828_554_619_246_838),
            (1, 20, 95.0, 0.001_265_089_497_949_804_5, 0.248_732_762_772_027_77),
            (1, 1, 95.0, 0.025, 1.0),
            (0, 10, 95.0, 0.0, 0.308_497_107_818_760_8),
            (999_999, 1_000_000, 95.0, 0.999_994_428_369_344_8, 0.999_999_974_682_192_4),
        ] {
            close(exact(x, n, Level::percent(level).unwrap()).unwrap(), low, high, 1e-13);
        }
    }

    #[test]
    fn newcombe_agrees_with_his_table() {
        // Newcombe 1998 (difference), table II, method 10.
        for (counts, low, high) in [
            ([56, 70, 48, 80], 0.0524, 0.3339),
            ([9, 10, 3, 10], 0.1705, 0.8090),
            ([6, 7, 2, 7], 0.0582, 0.8062),
            ([5, 56, 0, 29], -0.0381, 0.1926),
            ([0, 10, 0, 20], -0.1611, 0.2775),
            ([0, 10, 0, 10], -0.2775, 0.2775),
            ([10, 10, 0, 20], 0.6791, 1.0),
            ([10, 10, 0, 10], 0.6075, 1.0),
        ] {
            let [x1, n1, x2, n2] = counts;
            close(newcombe(x1, n1, x2, n2, Level::P95).unwrap().interval, low, high, 5.1e-5);
        }
    }

    #[test]
    fn nothing_of_nothing_has_no_interval() {
        assert_eq!(wilson(0, 0, Level::P95), None);
        assert_eq!(exact(0, 0, Level::P95), None);
        assert_eq!(wilson(2, 1, Level::P95), None);
        assert_eq!(newcombe(0, 0, 1, 2, Level::P95), None);
        assert_eq!(funnel(0.5, 0, Level::P95), None);
    }

    #[test]
    fn funnel_narrows_with_the_root_of_n() {
        let level = Level::percent(99.8).unwrap();
        // 3.090232 * sqrt(0.21 / 100) = 0.141612...
        close(funnel(0.7, 100, level).unwrap(), 0.558_388, 0.841_612, 1e-6);
        assert_eq!(funnel(0.95, 4, Level::P95).unwrap().high, 1.0);
    }
}
