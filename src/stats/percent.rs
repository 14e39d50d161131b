//! Percents as text, one decimal, rounded half up.

/// `x` of `n` as a percent with one decimal, rounded half up in whole numbers, so that
/// 115 of 368 (31.25 %) prints `31.3` on every machine. `n/a` where `n` is 0.
pub fn percent_text(x: u64, n: u64) -> String {
    tenths(x, n).map_or_else(|| "n/a".to_owned(), one_decimal)
}

/// As [`percent_text`], for a CSV cell: empty where `n` is 0.
pub fn percent_cell(x: u64, n: u64) -> String {
    tenths(x, n).map_or_else(String::new, one_decimal)
}

/// A computed proportion (an interval's end, an estimate, a change) as a percent with one
/// decimal. A half goes away from zero, so that a change prints the same figure up and down.
/// Counts have [`percent_text`], which is exact.
pub fn proportion_text(proportion: f64) -> String {
    // 41/80 less 36/80 is a half of a tenth, but for its last binary digits.
    let tenths = (proportion.abs() * 1000.0 + 0.5 + 1e-9).floor().copysign(proportion);
    // Adding 0 turns -0.0 into 0.0.
    format!("{:.1}", tenths / 10.0 + 0.0)
}

/// Tenths of a percent: floor(1000 x / n + 1/2).
fn tenths(x: u64, n: u64) -> Option<u128> {
    (n > 0).then(|| (2000 * u128::from(x) + u128::from(n)) / (2 * u128::from(n)))
}

fn one_decimal(tenths: u128) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up() {
        for (x, n, text) in [
            (115, 368, "31.3"),
            (45, 65, "69.2"),
            (0, 7, "0.0"),
            (7, 7, "100.0"),
            (1, 2000, "0.1"),
            (1, 2001, "0.0"),
            (1999, 2000, "100.0"),
            (0, 0, "n/a"),
            (u64::MAX, u64::MAX, "100.0"),
        ] {
            assert_eq!(percent_text(x, n), text, "{x} of {n}");
        }
        assert_eq!(percent_cell(0, 0), "");
        assert_eq!(proportion_text(0.3125), "31.3");
        assert_eq!(proportion_text(-0.0001), "0.0");
        assert_eq!(proportion_text(-0.05), "-5.0");
    }

    #[test]
    fn halves_of_changes_go_away_from_zero() {
        let (to, from) = (41.0 / 80.0, 36.0 / 80.0);
        assert_eq!(proportion_text(to - from), "6.3");
        assert_eq!(proportion_text(from - to), "-6.3");
        assert_eq!(proportion_text(40.0 / 80.0 - 45.0 / 80.0), "-6.3");
        assert_eq!(proportion_text(-0.0624), "-6.2");
        assert_eq!(proportion_text(-0.0004), "0.0");
    }
}
