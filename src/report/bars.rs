//! What is wanted of percentages: the bars of a whole state, and targets.

use super::Column;
use crate::stats;
use crate::text::list_or;

/// Bars of a whole state, and how a report speaks of them: against a part of it they are only a
/// reference.
pub(super) struct Bars {
    of_state: bool,
    /// What the legend says of them.
    pub(super) legend: Vec<(&'static str, String)>,
}

impl Bars {
    /// The bars of a report; `part`: filters leave only a part of the state.
    pub(super) fn of(
        columns: &[Column],
        part: bool,
        bars: impl Iterator<Item = Option<f64>>,
    ) -> Self {
        let of_state = !part && columns.iter().all(|column| *column == Column::Instrument);
        let bars = percents(bars);
        let legend = match (bars.is_empty(), of_state) {
            (true, _) => Vec::new(),
            (_, true) => vec![("<", format!("below the bar of {bars} % for a whole state"))],
            (_, false) => {
                vec![("bar", format!("{bars} % for a whole state, here for reference only"))]
            }
        };
        Self { of_state, legend }
    }

    /// Whether a share reaches its bar; none where the bar does not bind.
    pub(super) fn meets(&self, bar: Option<f64>, x: u64, n: u64) -> Option<bool> {
        let bar = bar.filter(|_| self.of_state && n > 0)?;
        Some(x as f64 >= bar * n as f64 - 1e-9)
    }
}

/// Different proportions as percents: "90 or 95".
pub(super) fn percents(all: impl Iterator<Item = Option<f64>>) -> String {
    let mut found: Vec<String> = Vec::new();
    for proportion in all.flatten() {
        let percent = stats::proportion_text(proportion).trim_end_matches(".0").to_owned();
        if !found.contains(&percent) {
            found.push(percent);
        }
    }
    list_or(&found)
}
