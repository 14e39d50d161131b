//! QA: what is with it, and the notes on one review.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::form;
use crate::task::quality::{self, Doing, Note, Opened, State};
use crate::text::{clean, count, fit, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;

/// Widths of case, type, region and reviewer, each with the gap to the next.
struct Columns {
    case: usize,
    case_type: usize,
    region: usize,
    reader: usize,
}

impl Columns {
    /// Each as wide as its longest text, so that where a review stands has the room.
    fn new(lines: &[quality::Line]) -> Self {
        let longest = |text: fn(&quality::Line) -> &str, least: usize, most: usize| {
            let found = lines.iter().map(|line| width(&clean(text(line)))).max().unwrap_or(0);
            found.clamp(least, most) + 1
        };
        Self {
            case: longest(|line| &line.case, 7, 11),
            case_type: longest(|line| &line.case_type, 4, 11),
            region: longest(|line| &line.region, 6, 13),
            reader: longest(|line| &line.reviewer, 8, 15),
        }
    }
}

/// Which review it is, and where it stands.
pub fn title(opened: &Opened) -> (String, String) {
    (format!("QA {}  {}", opened.case, opened.about), opened.standing.clone())
}

/// Draws the list.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, state: &State) {
    let area = inset(body, 1, 1);
    let Some(lines) = &state.list else {
        frame.render_widget(Line::styled("Reading ...", theme.quiet()), row(area, 1));
        return;
    };
    let mut head = Prose::new(area.width);
    if lines.is_empty() {
        head.gap();
        head.text(
            theme.quiet(),
            "Nothing is with QA for you now. A round without QA gets it from a lead by",
        );
        head.text(theme.quiet(), "casereview round qa first-level final");
        frame.render_widget(Text::from(head.into_lines()), area);
        return;
    }
    let mine = lines.iter().filter(|line| line.mine).count();
    let say = match mine {
        0 => "Nothing for you to do now.".to_owned(),
        mine => format!("{} for you, first.", count(mine, "review", "reviews")),
    };
    head.text(theme.strong(), &say);
    head.gap();
    let columns = Columns::new(lines);
    let heading = format!(
        "  {}{}{}{}where it stands",
        fit("case", columns.case),
        fit("type", columns.case_type),
        fit("region", columns.region),
        fit("reviewer", columns.reader)
    );
    head.line(Line::styled(heading, theme.quiet()));
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), area);
    let room = usize::from(area.width);
    let at = state.cursor.at();
    list::draw(frame, theme, below(area, rows), (lines.len(), at), |place| {
        line(theme, &columns, &lines[place], place == at, room)
    });
}

fn line(
    theme: Theme,
    columns: &Columns,
    line: &quality::Line,
    here: bool,
    room: usize,
) -> Line<'static> {
    let cell = |text: &str, width: usize| fit(&clean(text), width - 1) + " ";
    let facts = format!(
        "{}{}{}{}",
        cell(&line.case, columns.case),
        cell(&line.case_type, columns.case_type),
        cell(&line.region, columns.region),
        cell(&line.reviewer, columns.reader)
    );
    let notes = match line.notes {
        0 => String::new(),
        open => format!(", {}", count(open, "open note", "open notes")),
    };
    let says = format!("{}{notes}", line.standing);
    let says = fit(&says, room.saturating_sub(2 + width(&facts)));
    let style = match (here, line.mine) {
        (true, _) => theme.here(),
        (false, true) => theme.text(),
        (false, false) => theme.quiet(),
    };
    Line::from(vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(facts, style),
        Span::styled(says.trim_end().to_owned(), style),
    ])
}

/// Draws the notes on a review.
pub fn notes(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    let Some(opened) = &state.opened else { return };
    let mut head = Prose::new(area.width);
    for line in &opened.overrides {
        head.text(theme.strong(), line);
    }
    for late in &opened.late {
        head.text(theme.strong(), late);
    }
    if opened.notes.is_empty() {
        head.gap();
        head.text(theme.quiet(), "No note is pinned to this review.");
    }
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX).min(area.height / 3);
    frame.render_widget(Text::from(head.into_lines()), Rect { height: rows, ..area });
    let area = below(area, rows);
    let held = u16::try_from(opened.notes.len()).unwrap_or(u16::MAX);
    let list_area = Rect { height: held.min(area.height / 3), ..area };
    let at = state.note.at();
    let room = usize::from(area.width);
    list::draw(frame, theme, list_area, (opened.notes.len(), at), |place| {
        heading(theme, &opened.notes[place], place == at, room)
    });
    let after = below(area, list_area.height);
    rule(frame, theme, after);
    let after = below(after, 1);
    if let Some((doing, form)) = &state.form {
        fill_in(frame, theme, after, state, (*doing, form), editor);
        return;
    }
    if let Some(note) = state.here() {
        thread(frame, theme, after, note);
    }
}

fn heading(theme: Theme, note: &Note, here: bool, room: usize) -> Line<'static> {
    let mark = if here { "> " } else { "  " };
    let state = if note.settled.is_some() { "settled  " } else { "open     " };
    let style = match (here, note.settled.is_some()) {
        (true, _) => theme.here(),
        (false, true) => theme.quiet(),
        (false, false) => theme.text(),
    };
    let text = fit(&clean(&note.text), room.saturating_sub(25));
    Line::from(vec![
        Span::styled(mark, theme.accent()),
        Span::styled(state, theme.quiet()),
        Span::styled(fit(&clean(&note.place), 13) + " ", style),
        Span::styled(text.trim_end().to_owned(), style),
    ])
}

fn thread(frame: &mut Frame<'_>, theme: Theme, area: Rect, note: &Note) {
    let mut prose = Prose::new(area.width);
    prose.text(theme.text(), &format!("{}  {}", note.place, note.ask));
    prose.hanging(Span::styled("Answer  ", theme.quiet()), theme.accent(), &note.answer);
    if !note.narrative.is_empty() {
        prose.hanging(Span::styled("        ", theme.quiet()), theme.text(), &note.narrative);
    }
    prose.gap();
    prose.text(theme.quiet(), &format!("{}:", note.who));
    prose.hanging(Span::raw("  "), theme.strong(), &note.text);
    for (who, text) in &note.replies {
        prose.text(theme.quiet(), &format!("{who}:"));
        prose.hanging(Span::raw("  "), theme.text(), text);
    }
    if let Some(settled) = &note.settled {
        prose.text(theme.strong(), settled);
    }
    scrolled(frame, theme, area, &prose.into_lines(), 0, "a taller window");
}

fn fill_in(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    state: &State,
    (doing, lines): (Doing, &crate::task::form::Form<quality::Slot>),
    editor: Option<&Editor>,
) {
    let mut head = Prose::new(area.width);
    let says = match doing {
        Doing::Pin => "A note for the reader: what to look at again, and why. Roles, not names.",
        Doing::Reply(_) => "Say what was changed, or why it stands.",
        Doing::Settle(_) => "A note settled in conversation needs a summary.",
        Doing::SendBack => {
            "Its reader sees the notes, and can change the review until it is \
                            handed in again. Nobody else sees them."
        }
        Doing::Approve => {
            "Every note is settled. After the last level the review counts, and \
                           changes only with a reason."
        }
        Doing::Override => {
            "The computed rating stays beside it; the mark ** stands wherever the \
                            rating does. Correct the answers instead where they are wrong."
        }
        Doing::Reopen => "A final review changes only with a reason.",
    };
    if let Some(note) = state.here().filter(|_| matches!(doing, Doing::Reply(_) | Doing::Settle(_)))
    {
        head.text(theme.text(), &format!("{}  {}", note.place, note.text));
    }
    head.text(theme.quiet(), says);
    if state.is_kept {
        head.text(theme.strong(), "Kept from when it was last left.");
    }
    head.gap();
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), area);
    let rest = below(area, rows);
    form::draw(frame, theme, rest, lines, |_| String::new(), editor);
    if let Some(problem) = &state.problem {
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        let words = fit(&clean(problem), usize::from(area.width));
        frame.render_widget(Line::styled(words, theme.strong()), last);
    }
}
