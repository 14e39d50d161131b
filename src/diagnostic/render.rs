//! Diagnostics as excerpts for people, as lines for editors, as data for programs.
//!
//! Everything from the file passes the terminal sanitiser here, so that callers may print
//! what they get.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Place, Severity, Sources};
use crate::text::{clean, same_length};

/// A line with more before the mark is not shown, only named.
const LONGEST_LINE: usize = 1_000;
/// Nor are lines that are longer together.
const LONGEST_EXCERPT: usize = 20_000;

/// All diagnostics of one text with the lines they are about, an empty line between two.
pub fn excerpts(file: &str, text: &str, diagnostics: &[Diagnostic], color: bool) -> String {
    excerpts_in(&Sources::one(file, text), diagnostics, color)
}

/// The same for diagnostics of several texts.
pub fn excerpts_in(sources: &Sources, diagnostics: &[Diagnostic], color: bool) -> String {
    let mut shown = Sources::default();
    for source in sources.all() {
        shown.push(&clean(&source.name), &same_length(&source.text));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&excerpt(&shown, diagnostic, &renderer));
        out.push_str("\n\n");
    }
    out
}

/// A marked place in the text it lies in.
struct Mark<'m> {
    source: usize,
    span: Range<usize>,
    primary: bool,
    label: Option<Cow<'m, str>>,
}

fn excerpt(sources: &Sources, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = clean(&diagnostic.message);
    let help: Vec<_> = diagnostic.help.iter().map(|line| clean(line)).collect();
    let marks = marks(sources, diagnostic);

    let title = level.primary_title(message.as_ref()).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let mut told: Vec<usize> = Vec::new();
    for mark in &marks {
        if told.contains(&mark.source) {
            continue;
        }
        told.push(mark.source);
        let here: Vec<&Mark<'_>> = marks.iter().filter(|m| m.source == mark.source).collect();
        let source = &sources.all()[mark.source];
        let text = &source.text;
        // Only the lines from the first to the last mark: a file may be long and its
        // problems many.
        let first = here.iter().map(|m| m.span.start).fold(mark.span.start, usize::min);
        let last = here.iter().map(|m| m.span.end).fold(mark.span.end, usize::max);
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
        if mark.span.start - start > LONGEST_LINE || end - start > LONGEST_EXCERPT {
            let Place { line, column } = Place::of(text, mark.span.start);
            let origin = Origin::path(&source.name).line(line).char_column(column);
            group = group.element(origin);
            continue;
        }
        let mut snippet = Snippet::source(&text[start..end])
            .path(&source.name)
            .line_start(Place::of(text, start).line);
        for mark in here {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let span = mark.span.start - start..mark.span.end - start;
            snippet = snippet.annotation(kind.span(span).label(mark.label.as_deref()));
        }
        group = group.element(snippet);
    }
    if let (true, Some(source)) = (marks.is_empty(), sources.all().first()) {
        group = group.element(Origin::path(&source.name));
    }
    for line in &help {
        group = group.element(Level::HELP.message(line.as_ref()));
    }
    renderer.render(&[group])
}

/// The marked places, the diagnostic's own first; none when it has none.
fn marks<'d>(sources: &Sources, diagnostic: &'d Diagnostic) -> Vec<Mark<'d>> {
    let mark = |span: &Range<usize>, primary, label: Option<&'d str>| {
        let (source, span) = sources.locate(span)?;
        let span = within(&sources.all()[source].text, &span);
        Some(Mark { source, span, primary, label: label.map(clean) })
    };
    let own = diagnostic.span.as_ref();
    let own = own.and_then(|span| mark(span, true, diagnostic.label.as_deref()));
    if own.is_none() {
        return Vec::new();
    }
    let related = diagnostic.related.iter();
    let related = related.filter_map(|r| mark(&r.span, false, Some(&r.label)));
    own.into_iter().chain(related).collect()
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
    one_line_in(&Sources::one(file, text), diagnostic)
}

/// The same for a diagnostic of several texts.
pub fn one_line_in(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let (file, place) = place(sources, diagnostic);
    let place = place.map_or_else(String::new, |p| format!(":{}:{}", p.line, p.column));
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

/// The name of the text a diagnostic is about, and the place there.
fn place<'s>(sources: &'s Sources, diagnostic: &Diagnostic) -> (&'s str, Option<Place>) {
    let found = diagnostic.span.as_ref().and_then(|span| sources.locate(span));
    let name = |at: usize| sources.all().get(at).map_or("", |source| source.name.as_str());
    match found {
        None => (name(0), None),
        Some((at, span)) => (name(at), Some(Place::of(&sources.all()[at].text, span.start))),
    }
}

/// The diagnostics of one file as data.
pub fn json(file: &str, text: &str, diagnostics: &[Diagnostic]) -> Vec<JsonDiagnostic> {
    json_in(&Sources::one(file, text), diagnostics)
}

/// The same for diagnostics of several texts.
pub fn json_in(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<JsonDiagnostic> {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let (file, place) = place(sources, diagnostic);
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
    fn a_place_in_another_text_is_shown_under_its_name() {
        let mut sources = Sources::one("x.toml", "a = 1\n");
        let base = sources.push("base.toml", "b = 1\na = 2\n").start;
        let problem = Diagnostic::error("duplicate-id", "a stands twice")
            .at(0..1)
            .related(base + 6..base + 7, "first here");
        let shown = excerpts_in(&sources, std::slice::from_ref(&problem), false);
        let expected = "\
error[duplicate-id]: a stands twice
 --> x.toml:1:1
  |
1 | a = 1
  | ^
  |
 ::: base.toml:2:1
  |
2 | a = 2
  | - first here

";
        assert_eq!(shown, expected);
        let there = Diagnostic { span: Some(base + 6..base + 7), ..problem };
        assert!(one_line_in(&sources, &there).starts_with("base.toml:2:1: error: "));
        assert_eq!(json_in(&sources, &[there])[0].file, "base.toml");
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
