//! Parts of a whole, one below the other.

use super::bars::WIDTH;
use super::svg::Svg;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    /// What it is of.
    pub label: String,
    /// Its parts; none where a number is not shown.
    pub parts: Option<Vec<u64>>,
    /// What is said where all of them are 0.
    pub none: &'static str,
}

const LEFT: f64 = 270.0;
const LONG: f64 = 420.0;
const ROW: f64 = 26.0;

/// Bars of equal length parted by share, each part with its count where there is room; the
/// parts keep the order of `names`, which stand above as the key, each with its own pattern.
pub fn stacked(names: &[&str], rows: &[Stack]) -> String {
    let top = 26.0;
    let mut svg = Svg::new("stacked", WIDTH, top + ROW * rows.len() as f64 + 4.0);
    let mut x = LEFT;
    for (at, name) in names.iter().enumerate() {
        svg.rect(&format!("s{at}"), (x, 6.0), (12.0, 12.0));
        svg.text("ink", (x + 18.0, 16.0), name, 24);
        x += 34.0 + name.len() as f64 * 7.0;
    }
    for (down, row) in rows.iter().enumerate() {
        let y = top + ROW * down as f64;
        svg.text("ink end", (LEFT - 8.0, y + 17.0), &row.label, 40);
        let Some(parts) = &row.parts else {
            svg.text("soft said", (LEFT, y + 17.0), "not shown", 12);
            continue;
        };
        let all: u64 = parts.iter().sum();
        if all == 0 {
            svg.text("soft said", (LEFT, y + 17.0), row.none, 18);
            continue;
        }
        let mut x = LEFT;
        for (at, part) in parts.iter().enumerate() {
            let long = LONG * *part as f64 / all as f64;
            svg.rect(&format!("part s{at}"), (x, y + 4.0), (long, ROW - 8.0));
            let said = part.to_string();
            if long >= 12.0 + 7.0 * said.len() as f64 {
                let tone = if at == 0 { "over" } else { "ink" };
                svg.text(&format!("small {tone} mid"), (x + long / 2.0, y + 17.0), &said, 8);
            }
            x += long;
        }
        svg.text("soft said", (LEFT + LONG + 6.0, y + 17.0), &format!("n {all}"), 8);
    }
    svg.finish()
}
