//! Several texts that spans of diagnostics count through.

use std::ops::Range;

/// A text and what its reader calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the user calls it: a path, or the id of something shipped.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where it begins in the spans.
    start: usize,
}

/// The texts a check has read. Spans count through all of them in this order, one byte
/// between two; in a single text they count as in that text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// A single text.
    pub fn one(name: &str, text: &str) -> Self {
        let mut sources = Self::default();
        sources.push(name, text);
        sources
    }

    /// One more text, behind the others; says which bytes of the spans are its own.
    pub fn push(&mut self, name: &str, text: &str) -> Range<usize> {
        let start = self.0.last().map_or(0, |last| last.start + last.text.len() + 1);
        self.0.push(Source { name: name.to_owned(), text: text.to_owned(), start });
        start..start + text.len()
    }

    /// The texts in order.
    pub fn all(&self) -> &[Source] {
        &self.0
    }

    /// The text a span lies in (its position among [`all`](Self::all)), and the span inside
    /// that text. Without any text: nothing.
    pub fn locate(&self, span: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let at = self.0.iter().rposition(|source| source.start <= span.start)?;
        let Source { text, start, .. } = &self.0[at];
        let inside = |position: usize| position.saturating_sub(*start).min(text.len());
        Some((at, inside(span.start)..inside(span.end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_by_the_text_they_lie_in() {
        let mut sources = Sources::one("a", "12345");
        assert_eq!(sources.push("b", "678"), 6..9);
        assert_eq!(sources.locate(&(1..3)), Some((0, 1..3)));
        assert_eq!(sources.locate(&(5..5)), Some((0, 5..5)));
        assert_eq!(sources.locate(&(6..9)), Some((1, 0..3)));
        assert_eq!(sources.locate(&(99..99)), Some((1, 3..3)));
        assert_eq!(Sources::default().locate(&(0..0)), None);
    }
}
