//! Diagnostics as excerpts for people, as lines for editors, as data for programs.
//!
//! Everything from the file passes the terminal sanitiser here, so that callers may print
//! what they get.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Place, Severity};
use crate::text::{clean, same_length};

/// All diagnostics with the lines they are about, an empty line between two.
pub fn excerpts(file: &str, text: &str, diagnostics: &[Diagnostic], color: bool) -> String {
    let file = clean(file);
    let text = same_length(text);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&excerpt(&file, &text, diagnostic, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn excerpt(file: &str, text: &str, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = clean(&diagnostic.message);
    let label = diagnostic.label.as_deref().map(clean);
    let related: Vec<_> =
        diagnostic.related.iter().map(|r| (within(text, &r.span), clean(&r.label))).collect();
    let help: Vec<_> = diagnostic.help.iter().map(|line| clean(line)).collect();

    let title = level.primary_title(message.as_ref()).id(diagnostic.code);
    let mut group = Group::with_title(title);
    if let Some(span) = &diagnostic.span {
        let span = within(text, span);
        // Only the lines from the first to the last mark: a file may be long and its
        // problems many.
        let first = related.iter().map(|(r, _)| r.start).fold(span.start, usize::min);
        let last = related.iter().map(|(r, _)| r.end).fold(span.end, usize::max);
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
        let moved = |span: &Range<usize>| span.start - start..span.end - start;
        let mut snippet = Snippet::source(&text[start..end])
            .path(file)
            .line_start(Place::of(text, start).line)
            .annotation(AnnotationKind::Primary.span(moved(&span)).label(label.as_deref()));
        for (span, label) in &related {
            snippet =
                snippet.annotation(AnnotationKind::Context.span(moved(span)).label(label.as_ref()));
        }
        group = group.element(snippet);
    } else {
        group = group.element(Origin::path(file));
    }
    for line in &help {
        group = group.element(Level::HELP.message(line.as_ref()));
    }
    renderer.render(&[group])
}

/// A span inside the text, on character borders.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// `file:line:column: error: message (help)`, one line without its end.
pub fn one_line(file: &str, text: &str, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.span.as_ref().map_or_else(String::new, |span| {
        let place = Place::of(text, span.start);
        format!(":{}:{}", place.line, place.column)
    });
    let help = match diagnostic.help.as_slice() {
        [] => String::new(),
        help => format!(" ({})", help.join("; ")),
    };
    let line =
        format!("{file}{place}: {}: {}{help}", diagnostic.severity.code(), diagnostic.message);
    clean(&line).into_owned()
}

/// A diagnostic as a program reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonDiagnostic {
    /// The file as named by the user.
    pub file: String,
    /// Stable code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// Line from 1; null when the problem is the whole file's.
    pub line: Option<usize>,
    /// Column in characters from 1; null likewise.
    pub column: Option<usize>,
    /// What to do, lines joined by a line break; null when nothing is to be said.
    pub help: Option<String>,
}

/// The diagnostics of one file as data.
pub fn json(file: &str, text: &str, diagnostics: &[Diagnostic]) -> Vec<JsonDiagnostic> {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.span.as_ref().map(|span| Place::of(text, span.start));
            JsonDiagnostic {
                file: file.to_owned(),
                code: diagnostic.code.to_owned(),
                severity: diagnostic.severity.code().to_owned(),
                message: diagnostic.message.clone(),
                line: place.map(|p| p.line),
                column: place.map(|p| p.column),
                help: (!diagnostic.help.is_empty()).then(|| diagnostic.help.join("\n")),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a = 1\nb = \u{202e}2\nc = 3\na = 4\n";

    fn sample() -> Diagnostic {
        Diagnostic::error("duplicate-id", "a stands twice")
            .at(21..22)
            .label("again here")
            .related(0..1, "first here")
            .did_you_mean(Some("d"))
    }

    #[test]
    fn excerpt_shows_both_places_and_the_hint() {
        let shown = excerpts("x.toml", TEXT, &[sample()], false);
        let expected = "\
error[duplicate-id]: a stands twice
 --> x.toml:4:1
  |
1 | a = 1
  | - first here
...
4 | a = 4
  | ^ again here
  |
  = help: did you mean d?

";
        assert_eq!(shown, expected);
    }

    #[test]
    fn whole_file_problems_have_no_excerpt() {
        let shown = excerpts("x.toml", "", &[Diagnostic::warning("empty", "nothing here")], false);
        assert_eq!(shown, "warning[empty]: nothing here\n--> x.toml\n\n");
    }

    #[test]
    fn one_line_and_json_name_the_place() {
        assert_eq!(
            one_line("x.toml", TEXT, &sample()),
            "x.toml:4:1: error: a stands twice (did you mean d?)"
        );
        let data = json("x.toml", TEXT, &[sample()]);
        assert_eq!((data[0].line, data[0].column), (Some(4), Some(1)));
        assert_eq!(data[0].help.as_deref(), Some("did you mean d?"));
    }
}
