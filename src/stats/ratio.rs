//! The interval of a ratio of sums over cases.

use super::{Interval, Level};

/// The interval of `made / due`, both summed over `cases`, from the sums, the sums of squares
/// of due and made, and the sum of their products; cut to 0 and 1. `None` where nothing was
/// due or fewer than two cases say how far cases differ.
///
/// Variance by linearisation, `n / (n - 1) * sum((made - p * due)^2) / sum(due)^2`, without a
/// finite population correction. Source: W. G. Cochran, Sampling Techniques, chapter 6.
pub fn ratio_interval(
    cases: u64,
    [due, made]: [u64; 2],
    [due_squared, made_squared, product]: [u64; 3],
    level: Level,
) -> Option<Interval> {
    if cases < 2 || due == 0 {
        return None;
    }
    let (n, due, made) = (cases as f64, due as f64, made as f64);
    let p = made / due;
    let squares = made_squared as f64 - 2.0 * p * product as f64 + p * p * due_squared as f64;
    // Where all cases are alike rounding may leave a hair below nothing.
    let error = (n / (n - 1.0) * squares.max(0.0)).sqrt() / due;
    let reach = level.z() * error;
    Some(Interval { low: (p - reach).max(0.0), high: (p + reach).min(1.0) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn as_by_hand() {
        // Cases (due, made): (6, 6), (6, 3), (4, 4), (2, 0); p = 13/18. Residuals: 1.6667,
        // -1.3333, 1.1111, -1.4444; squares sum to 7.87654; n/(n-1) of it 10.50206; its root
        // over 18 is 0.180039; times 1.959964 gives 0.352870.
        let found = ratio_interval(4, [18, 13], [92, 61, 70], Level::P95).unwrap();
        assert!((found.low - 0.369_352).abs() < 1e-5, "{found:?}");
        assert!((found.high - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!(ratio_interval(1, [6, 6], [36, 36, 36], Level::P95), None);
        assert_eq!(ratio_interval(3, [0, 0], [0, 0, 0], Level::P95), None);
        let all = ratio_interval(3, [9, 9], [27, 27, 27], Level::P95).unwrap();
        assert_eq!((all.low, all.high), (1.0, 1.0));
    }
}
