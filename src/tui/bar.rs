//! An interval as a bar on a scale from 0 to 100 %: `|---#-----|`; a run of proportions as a
//! line of columns.

/// The bar of an interval and its proportion in exactly `columns` characters, all plain
/// ASCII. `None` where there is no interval, or no room for a bar that means something.
pub fn interval(low: f64, proportion: f64, high: f64, columns: usize) -> Option<String> {
    if columns < 8 || !(low <= proportion && proportion <= high) {
        return None;
    }
    let place = |p: f64| {
        let last = (columns - 1) as f64;
        (p.clamp(0.0, 1.0) * last).round() as usize
    };
    let (left, middle, right) = (place(low), place(proportion), place(high));
    let bar = (0..columns)
        .map(|at| match at {
            at if at == middle => '#',
            at if at == left || at == right => '|',
            at if left < at && at < right => '-',
            _ => ' ',
        })
        .collect();
    Some(bar)
}

/// Proportions as columns of eight heights, one character each; a blank where there is none.
pub fn sparkline(proportions: &[Option<f64>]) -> String {
    const COLUMNS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let column = |p: &Option<f64>| match p {
        None => ' ',
        Some(p) => COLUMNS[((p.clamp(0.0, 1.0) * 8.0) as usize).min(7)],
    };
    proportions.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::{interval, sparkline};

    #[test]
    fn columns_are_as_high_as_the_numbers() {
        let line = [Some(0.0), Some(0.49), None, Some(0.5), Some(0.99), Some(1.0)];
        assert_eq!(sparkline(&line), "▁▄ ▅██");
    }

    #[test]
    fn the_bar_stands_where_the_numbers_are() {
        assert_eq!(interval(0.25, 0.5, 0.75, 9).as_deref(), Some("  |-#-|  "));
        assert_eq!(interval(0.0, 0.0, 0.3, 11).as_deref(), Some("#--|       "));
        assert_eq!(interval(0.7, 1.0, 1.0, 11).as_deref(), Some("       |--#"));
        assert_eq!(interval(0.5, 0.5, 0.5, 11).as_deref(), Some("     #     "));
    }

    #[test]
    fn no_room_or_no_interval_is_no_bar() {
        assert_eq!(interval(0.2, 0.5, 0.7, 4), None);
        assert_eq!(interval(f64::NAN, 0.5, 0.7, 20), None);
    }
}
