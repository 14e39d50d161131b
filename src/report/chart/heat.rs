//! A field of percentages: groups by items.

use super::svg::Svg;
use crate::stats::percent_text;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatCell {
    /// How many of how many; none where the number is not shown.
    pub share: Option<(u64, u64)>,
    /// It stands apart from all groups together: below or above what chance explains.
    pub apart: Option<bool>,
}

/// Percentages of groups (rows) by items (columns).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heat {
    /// What the columns are, short.
    pub columns: Vec<String>,
    /// The rows with their labels; as many cells as columns, none where there is no row.
    pub rows: Vec<(String, Vec<Option<HeatCell>>)>,
}

const LEFT: f64 = 170.0;
const ROW: f64 = 20.0;
const TOP: f64 = 22.0;
/// Rows of one figure: a longer field goes on in a further one, so that print can part them.
const ROWS: usize = 32;

/// The field, darker where the percentage is higher, each with its figure; `-` and `+` mark
/// what stands below or above all groups together. One figure for every 32 rows.
pub fn heat(field: &Heat) -> Vec<String> {
    field.rows.chunks(ROWS).map(|rows| part(&field.columns, rows)).collect()
}

fn part(columns: &[String], rows: &[(String, Vec<Option<HeatCell>>)]) -> String {
    let wide = (590.0 / columns.len().max(1) as f64).clamp(30.0, 64.0);
    let width = LEFT + wide * columns.len() as f64;
    let mut svg = Svg::new("heat", width, TOP + ROW * rows.len() as f64 + 2.0);
    for (at, column) in columns.iter().enumerate() {
        let x = LEFT + wide * (at as f64 + 0.5);
        svg.text("soft mid", (x, TOP - 8.0), column, (wide / 7.0) as usize);
    }
    for (down, (label, cells)) in rows.iter().enumerate() {
        let y = TOP + ROW * down as f64;
        svg.text("ink end", (LEFT - 8.0, y + 14.0), label, 24);
        for (across, cell) in cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let x = LEFT + wide * across as f64;
            let (class, said) = match cell.share {
                Some((x, n)) if n > 0 => {
                    let step = (x * 5).checked_div(n).unwrap_or(0).min(4);
                    let sign = cell.apart.map_or("", |above| if above { "+" } else { "-" });
                    (format!("h{step}"), percent_text(x, n) + sign)
                }
                Some(_) => ("none".to_owned(), "n/a".to_owned()),
                None => ("none".to_owned(), "*".to_owned()),
            };
            svg.rect(&class, (x + 1.0, y + 1.0), (wide - 2.0, ROW - 2.0));
            let dark = matches!(class.as_str(), "h3" | "h4");
            let class = if dark { "cell over" } else { "cell" };
            svg.text(class, (x + wide / 2.0, y + 14.0), &said, 7);
        }
    }
    svg.finish()
}
