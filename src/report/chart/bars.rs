//! Bars from 0 to 100 % with their interval and a bar to reach.

use super::svg::Svg;
use crate::stats::percent_text;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How many; none where the number is not shown.
    pub share: Option<(u64, u64)>,
    /// Ends of the interval, as proportions.
    pub interval: Option<(f64, f64)>,
    /// What is to be reached, as a proportion.
    pub bar: Option<f64>,
}

/// Width of a figure with a scale.
pub(super) const WIDTH: f64 = 760.0;
/// Where a horizontal scale begins, and how long it is.
const LEFT: f64 = 270.0;
const LONG: f64 = 360.0;
const ROW: f64 = 24.0;
const TOP: f64 = 24.0;

/// Bars one below the other: filled to the percentage, a whisker for the interval, a tick where
/// the bar is, the percentage and the count in figures on the right.
pub fn bars(rows: &[Bar]) -> String {
    let bottom = TOP + rows.len() as f64 * ROW;
    let mut svg = Svg::new("bars", WIDTH, bottom + 8.0);
    for tenth in [0_u64, 25, 50, 75, 100] {
        let x = LEFT + LONG * tenth as f64 / 100.0;
        svg.line("grid", (x, TOP - 4.0), (x, bottom));
        svg.text("soft mid", (x, TOP - 8.0), &format!("{tenth} %"), 6);
    }
    for (at, row) in rows.iter().enumerate() {
        let y = TOP + at as f64 * ROW;
        svg.text("ink end", (LEFT - 8.0, y + 16.0), &row.label, 40);
        let said = match row.share {
            Some((x, n)) if n > 0 => {
                svg.rect("accent", (LEFT, y + 6.0), (LONG * (x as f64 / n as f64), ROW - 12.0));
                format!("{} % of {n}", percent_text(x, n))
            }
            Some(_) => "none applicable".to_owned(),
            None => "not shown".to_owned(),
        };
        if let Some((low, high)) = row.interval {
            let (low, high) = (LEFT + LONG * low, LEFT + LONG * high);
            // Cased, so that it is seen on the bar too.
            svg.line("case", (low, y + 12.0), (high, y + 12.0));
            svg.line("line", (low, y + 12.0), (high, y + 12.0));
            for end in [low, high] {
                svg.line("line", (end, y + 8.0), (end, y + 16.0));
            }
        }
        if let Some(bar) = row.bar {
            let x = LEFT + LONG * bar;
            svg.line("case", (x, y + 2.0), (x, y + ROW - 2.0));
            svg.line("goal", (x, y + 2.0), (x, y + ROW - 2.0));
        }
        svg.text("ink said", (LEFT + LONG + 8.0, y + 16.0), &said, 18);
    }
    svg.finish()
}
