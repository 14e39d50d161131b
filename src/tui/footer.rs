//! The keys that work now, on the last line or lines.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint;
use super::theme::Theme;
use crate::text::width;

/// A key and what it does now.
pub type Entry = (String, String);

/// Between two entries.
const GAP: usize = 2;

/// Entries in rows of at most `columns`; an entry is never split.
fn rows(entries: &[Entry], columns: u16) -> Vec<&[Entry]> {
    let room = usize::from(columns).saturating_sub(2);
    let (mut rows, mut from, mut used) = (Vec::new(), 0, 0);
    for (at, entry) in entries.iter().enumerate() {
        let needed = width(&entry.0) + 1 + width(&entry.1);
        if at > from && used + GAP + needed > room {
            rows.push(&entries[from..at]);
            (from, used) = (at, needed);
        } else {
            used += needed + if at > from { GAP } else { 0 };
        }
    }
    if from < entries.len() {
        rows.push(&entries[from..]);
    }
    rows
}

/// How many lines the entries take.
pub fn height(entries: &[Entry], columns: u16) -> u16 {
    u16::try_from(rows(entries, columns).len()).unwrap_or(u16::MAX)
}

/// Draws the entries: each key in the accent, its words beside it.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, area: Rect, entries: &[Entry]) {
    let lines: Vec<Line<'_>> = rows(entries, area.width)
        .into_iter()
        .map(|row| {
            let mut spans = vec![Span::raw(" ")];
            for (at, (key, words)) in row.iter().enumerate() {
                if at > 0 {
                    spans.push(Span::raw(" ".repeat(GAP)));
                }
                spans.push(Span::styled(key.as_str(), theme.accent()));
                spans.push(Span::raw(" "));
                spans.push(Span::styled(words.as_str(), theme.text()));
            }
            Line::from(spans)
        })
        .collect();
    paint::lines(frame, area, &lines);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_kept_whole_and_none_is_lost() {
        let entries: Vec<Entry> =
            (0..9).map(|n| (n.to_string(), format!("does thing {n}"))).collect();
        for columns in 1..200 {
            let rows = rows(&entries, columns);
            assert_eq!(rows.concat(), entries);
            assert_eq!(usize::from(height(&entries, columns)), rows.len());
        }
        assert_eq!(height(&entries, 80), 2);
        assert_eq!(height(&[], 80), 0);
    }
}
