//! The readable part of a text with mistakes in its TOML.
//!
//! The TOML parser recovers from mistakes, but an unclosed bracket swallows what follows. So
//! when a file has mistakes it is cut into statements (a header, or a key with its value), each
//! is read by itself, and the unreadable ones are blanked out: one message for each mistake,
//! and everything else is checked as usual.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::{Problems, limits};
use crate::diagnostic::Diagnostic;

/// A longer statement was never closed: it is cut here, so that many of them don't take for
/// ever.
const LONGEST: usize = 1 << 15;

/// The text with unreadable statements replaced by spaces, so that positions still hold.
pub(super) fn readable(text: &str, problems: &Problems) -> String {
    let unread = unreadable(text, problems);
    let mut blanked = text.as_bytes().to_vec();
    for Unread { span, header } in unread {
        for byte in &mut blanked[span.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        problems.add_unread(span, header);
    }
    String::from_utf8(blanked).expect("whole statements were replaced by spaces")
}

/// Reports mistakes found by the TOML parser.
pub(super) fn report(errors: &[Error], shift: usize, problems: &Problems) {
    for error in errors {
        let words = error.message();
        let span = error.span().map_or(shift..shift, |s| s.start + shift..s.end + shift);
        let code = if words.contains("duplicate key") { "duplicate-key" } else { "syntax" };
        let mut problem = Diagnostic::error(code, format!("this is not TOML: {words}")).at(span);
        if code == "duplicate-key" {
            problem.message = "this key stands twice in its table".to_owned();
        }
        if let Some(hint) = hint(words) {
            problem = problem.help(hint);
        }
        problems.add(problem);
    }
}

fn hint(words: &str) -> Option<&'static str> {
    const HINTS: [(&str, &str); 10] = [
        ("string values must be quoted", "put the text between quotation marks"),
        ("basic string", "a text begins and ends with a quotation mark on one line"),
        ("literal string", "a text begins and ends with a quotation mark on one line"),
        ("inline table", "a table in braces is { key = value, key = value }"),
        ("between key-value", "a table in braces is { key = value, key = value }"),
        ("array table", "a header that stands more than once is [[name]]"),
        ("unclosed table", "a header is [name]"),
        ("array", "a list in brackets is [\"a\", \"b\"]"),
        ("duplicate key", "keep one of them"),
        ("recursion", "nest less deep"),
    ];
    HINTS.iter().find(|(part, _)| words.contains(part)).map(|(_, hint)| *hint)
}

/// A stretch that could not be read.
struct Unread {
    span: Range<usize>,
    /// The name in its header, where it begins with one.
    header: Option<String>,
}

fn unreadable(text: &str, problems: &Problems) -> Vec<Unread> {
    let mut unread = Vec::new();
    let mut at = 0;
    while at < text.len() && !problems.too_many() {
        let mut span = at..statement_end(text, at);
        // A text left open hides what follows it from the first look.
        if !limits::fit_statement(text, &span, problems) {
            unread.push(Unread { span: span.clone(), header: lost_header(&text[span.clone()]) });
        } else if DeTable::parse(&text[span.clone()]).is_err() {
            span.end = cut(text, &span);
            if let Err(error) = DeTable::parse(&text[span.clone()]) {
                report(&[error], span.start, problems);
                let header = lost_header(&text[span.clone()]);
                if let Some(name) = &header {
                    // Without its header the keys below would land in the wrong table, and so
                    // would the tables inside it.
                    while span.end < text.len() && !begins_other(line(text, span.end), name) {
                        span.end += line(text, span.end).len();
                    }
                }
                unread.push(Unread { span: span.clone(), header });
            }
        }
        at = span.end;
    }
    unread
}

/// The line that begins here, with its end.
pub(super) fn line(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    rest.find('\n').map_or(rest, |end| &rest[..=end])
}

/// Where the statement ends that begins here: behind the first line end outside brackets and
/// texts over several lines.
fn statement_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (start, 0usize);
    while at < bytes.len() {
        if at - start > LONGEST && bytes[at] == b'\n' {
            return at + 1;
        }
        match bytes[at] {
            b'\n' if depth == 0 => return at + 1,
            b'#' => {
                while at + 1 < bytes.len() && bytes[at + 1] != b'\n' {
                    at += 1;
                }
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            quote @ (b'"' | b'\'') => at = text_end(bytes, at, quote),
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The last byte of the quoted text that begins here; an unclosed one ends with its line.
pub(super) fn text_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let long = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if long { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !long => return at - 1,
            byte if byte == quote && !long => return at,
            byte if byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 2,
            _ => {}
        }
        at += 1;
    }
    bytes.len() - 1
}

/// Shortens an unreadable statement to the lines before one that looks like the next
/// statement: its bracket or text was never closed.
fn cut(text: &str, span: &Range<usize>) -> usize {
    let mut at = span.start + line(text, span.start).len();
    while at < span.end {
        let line = line(text, at);
        if is_header(line) || is_key(line) {
            return at;
        }
        at += line.len();
    }
    span.end
}

/// The name of a header that could not be read: its brackets are too many, too few or apart.
/// Without an opening one it needs a closing one to be told from a key.
fn lost_header(statement: &str) -> Option<String> {
    let line = statement.trim_start().lines().next()?;
    let line = line.split('#').next().unwrap_or_default().trim_end();
    if !line.starts_with('[') && (!line.ends_with(']') || line.contains('=')) {
        return None;
    }
    let brackets = |c: char| c == '[' || c == ']' || c == ' ';
    let name = line.trim_matches(brackets);
    (line.starts_with('[') || is_name(name)).then(|| name.to_owned())
}

/// Whether another table begins with this line than one inside that of `name`.
fn begins_other(line: &str, name: &str) -> bool {
    header_name(line).is_some_and(|other| !is_inside(other, name))
}

/// Whether a table stands inside another: `item.row` in `item`.
pub(super) fn is_inside(table: &str, outer: &str) -> bool {
    table.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

/// The name in `[name]` or `[[name]]` at the start of a line.
pub(super) fn header_name(line: &str) -> Option<&str> {
    let line = line.split('#').next().unwrap_or_default().trim_end();
    line.strip_prefix("[[")
        .and_then(|l| l.strip_suffix("]]"))
        .or_else(|| line.strip_prefix('[').and_then(|l| l.strip_suffix(']')))
        .filter(|name| is_name(name))
}

pub(super) fn is_header(line: &str) -> bool {
    header_name(line).is_some()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// `key =` at the start of a line.
fn is_key(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim_end();
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_.\"".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<Diagnostic>) {
        let problems = Problems::default();
        let readable = readable(text, &problems);
        (readable, problems.into_sorted())
    }

    #[test]
    fn an_unclosed_bracket_costs_one_statement() {
        let text = "a = 1\nb = { c = [1, 2\nd = 3\n[x]\ne = 'ok'\n";
        let (readable, problems) = read(text);
        assert_eq!(readable, "a = 1\n               \nd = 3\n[x]\ne = 'ok'\n");
        assert_eq!(problems.len(), 1, "{problems:?}");
    }

    #[test]
    fn an_unclosed_text_costs_one_line() {
        let (readable, problems) = read("a = \"x\nb = \"\"\"two\nlines\"\"\"\nc = yes\n");
        assert_eq!(readable, "      \nb = \"\"\"two\nlines\"\"\"\n       \n");
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[1].help, ["put the text between quotation marks"]);
    }

    #[test]
    fn a_bad_header_takes_its_keys_along() {
        let (readable, problems) = read("[a]\nx = 1\n[[b]\ny = 2\n[c]\nz = 3\n");
        assert_eq!(readable, "[a]\nx = 1\n    \n     \n[c]\nz = 3\n");
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn a_bad_header_takes_the_tables_inside_along() {
        for header in ["[[b]", "b]]", "[b]]", "[ [b]]", "[[b"] {
            let (readable, problems) =
                read(&format!("{header}\ny = 2\n[b.c]\nz = 3\n[[b.d]]\n[[be]]\nx = 1\n"));
            assert_eq!(readable.trim_start(), "[[be]]\nx = 1\n", "{header}");
            assert_eq!(problems.len(), 1, "{header}");
        }
    }
}
