//! A first look at a text: what no instrument looks like is refused before it is parsed, so
//! that a hostile file costs neither time nor memory.

use std::ops::Range;

use super::Problems;
use super::syntax::{is_header, line, text_end};
use crate::diagnostic::Diagnostic;

/// Brackets inside brackets: five times as deep as any rule needs.
const DEEPEST: usize = 40;
/// Parts of a dotted key: ten times as many as any table has.
const MOST_PARTS: usize = 40;
/// Brackets, commas, equals signs, spaces and line ends outside texts. The largest file that
/// reads like an instrument has half as many.
const MOST_MARKS: usize = 300_000;

/// Whether a text may be parsed; the first thing that forbids it is reported.
pub(super) fn fit(text: &str, problems: &Problems) -> bool {
    fit_statement(text, &(0..text.len()), problems)
}

/// The same of a stretch of it.
pub(super) fn fit_statement(text: &str, part: &Range<usize>, problems: &Problems) -> bool {
    match refusal(&text[part.clone()]) {
        Some((code, span, message, help)) => {
            let span = span.start + part.start..span.end + part.start;
            problems.add(Diagnostic::error(code, message).at(span).help(help));
            false
        }
        None => true,
    }
}

/// Code, place, message, help.
type Refusal = (&'static str, Range<usize>, &'static str, &'static str);

fn refusal(text: &str) -> Option<Refusal> {
    let bytes = text.as_bytes();
    let (mut depth, mut parts, mut marks) = (0usize, 1usize, 0usize);
    let mut at = 0;
    let mut fresh = true;
    while at < bytes.len() {
        let byte = bytes[at];
        // A header stands outside all brackets; one left open before it is told by the parser.
        if fresh && byte == b'[' && is_header(line(text, at)) {
            depth = 0;
        }
        fresh = byte == b'\n';
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'.' => parts += 1,
            b'#' => {
                at += line(text, at).trim_end_matches('\n').len();
                continue;
            }
            b'"' | b'\'' => at = text_end(bytes, at, byte),
            _ => {}
        }
        if matches!(byte, b'[' | b']' | b'{' | b'}' | b'=' | b',' | b'\n') {
            parts = 1;
        }
        let run = byte == b' ' && at > 0 && bytes[at - 1] == b' ';
        if !run && !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_') {
            marks += 1;
        }
        let here = at..at + 1;
        if depth > DEEPEST {
            return Some((
                "too-deep",
                here,
                "this stands inside too many brackets",
                "close the brackets before it; no rule needs more than 8 inside one another",
            ));
        }
        if parts > MOST_PARTS {
            return Some((
                "too-deep",
                here,
                "this key has too many parts",
                "a key has at most four, such as item.sub-item.question.column",
            ));
        }
        if marks > MOST_MARKS {
            return Some((
                "too-many",
                here,
                "the file holds more tables and lists than an instrument can have",
                "split the instrument into several files",
            ));
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_instrument_is_fit() {
        for shipped in crate::instrument::shipped() {
            assert!(refusal(shipped.text).is_none(), "{}", shipped.id);
        }
        let open = "a = [\n".repeat(30) + "[item]\n" + &"a = [\n".repeat(30);
        assert!(refusal(&open).is_none(), "brackets left open are the parser's to tell");
        let quoted = format!("a = \"{}\" # {}\n", "[.".repeat(500), "{.".repeat(500));
        assert!(refusal(&quoted).is_none());
    }

    #[test]
    fn what_no_instrument_looks_like_is_refused_at_its_place() {
        let deep = format!("a = {}", "[".repeat(100));
        assert_eq!(refusal(&deep).unwrap_or_default().1, 44..45);
        let dotted = format!("{}b = 1", "a.".repeat(100));
        assert_eq!(refusal(&dotted).unwrap_or_default().2, "this key has too many parts");
        assert!(refusal(&"a=1\n".repeat(200_000)).is_some());
    }
}
