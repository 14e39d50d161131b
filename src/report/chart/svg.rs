//! Writing SVG: escaped texts, rounded numbers.

use std::fmt::{self, Write};

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{clean, width};

/// A figure being drawn, in user units that are pixels at full width.
pub(super) struct Svg {
    kind: &'static str,
    body: String,
    width: f64,
    height: f64,
}

impl Svg {
    /// An empty figure; its kind stands as its class.
    pub(super) fn new(kind: &'static str, width: f64, height: f64) -> Self {
        Self { kind, body: String::new(), width, height }
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.body,
            r#"<line class="{class}" x1="{}" y1="{}" x2="{}" y2="{}"/>"#,
            N(from.0),
            N(from.1),
            N(to.0),
            N(to.1)
        );
    }

    /// A filled rectangle.
    pub(super) fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64)) {
        let _ = write!(
            self.body,
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}"/>"#,
            N(at.0),
            N(at.1),
            N(size.0.max(0.0)),
            N(size.1)
        );
    }

    /// A dot.
    pub(super) fn dot(&mut self, class: &str, at: (f64, f64), radius: f64) {
        let (x, y, r) = (N(at.0), N(at.1), N(radius));
        let _ = write!(self.body, r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}"/>"#);
    }

    /// A line through points.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let _ = write!(self.body, r#"<path class="{class}" d=""#);
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(self.body, "{}{} {}", if at == 0 { 'M' } else { 'L' }, N(*x), N(*y));
        }
        self.body.push_str("\"/>");
    }

    /// A text, cleaned, escaped and cut to the room of `columns` plain letters; `class` says how
    /// it is anchored.
    pub(super) fn text(&mut self, class: &str, at: (f64, f64), text: &str, columns: usize) {
        let _ = write!(self.body, r#"<text class="{class}" x="{}" y="{}">"#, N(at.0), N(at.1));
        let text = clean(text);
        let _ = write!(Escaped(&mut self.body), "{}", cut(&text, columns as f64 * COLUMN));
        self.body.push_str("</text>");
    }

    /// The figure.
    pub(super) fn finish(self) -> String {
        format!(
            r#"<svg class="{}" aria-hidden="true" focusable="false" viewBox="0 0 {} {}" style="max-width:{}px">{}</svg>"#,
            self.kind,
            N(self.width),
            N(self.height),
            N(self.width),
            self.body
        )
    }
}

/// Room of a plain letter, in pixels.
const COLUMN: f64 = 6.6;

/// The text, or as much of it as fits into so many pixels, ended by `…`.
///
/// A browser alone knows how wide letters are: these are the widths of a wide face (DejaVu
/// Sans) at 12 pixels, so that in others there is room left.
fn cut(text: &str, room: f64) -> String {
    if text.graphemes(true).map(wide).sum::<f64>() <= room {
        return text.to_owned();
    }
    let mut used = wide("…");
    let fits = |letter: &&str| {
        used += wide(letter);
        used <= room
    };
    text.graphemes(true).take_while(fits).collect::<String>() + "…"
}

fn wide(letter: &str) -> f64 {
    match letter.chars().next() {
        _ if width(letter) > 1 => 12.5,
        Some('i' | 'l' | 'j' | '.' | ',' | '\'' | ':' | ';' | '|' | ' ' | '!' | 'I') => 4.2,
        Some('f' | 'r' | 't' | '(' | ')' | '/' | '-' | '[' | ']' | '"') => 5.0,
        Some('m' | 'w' | 'M' | 'W' | '%' | '@' | '…' | '—') => 11.9,
        Some('+' | '=' | '<' | '>' | '#') => 10.1,
        Some(letter) if letter.is_uppercase() => 8.9,
        Some(letter) if letter.is_ascii() => 7.5,
        _ => 9.0,
    }
}

/// A number with at most one decimal.
struct N(f64);

impl fmt::Display for N {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round();
        if tenths % 10.0 == 0.0 {
            write!(out, "{}", tenths / 10.0 + 0.0)
        } else {
            write!(out, "{:.1}", tenths / 10.0)
        }
    }
}

/// Writes text that markup can't break out of.
struct Escaped<'s>(&'s mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.chars() {
            match letter {
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '&' => self.0.push_str("&amp;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                letter => self.0.push(letter),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{COLUMN, cut};

    #[test]
    fn a_label_is_cut_by_its_letters() {
        assert_eq!(
            cut("Caseworker visits with child", 40.0 * COLUMN),
            "Caseworker visits with child"
        );
        assert_eq!(cut("MMMMMMMMMM", 10.0 * COLUMN), "MMMM…");
        assert_eq!(cut("iiiiiiiiii", 10.0 * COLUMN), "iiiiiiiiii");
        assert_eq!(cut("児童福祉審査結果", 10.0 * COLUMN), "児童福祉…");
    }
}
