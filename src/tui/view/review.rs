//! The walk through one case: items on one side, the question in the middle.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::task::queue::Further;
use crate::task::review::{Editing, Panel, State};
use crate::task::{Action, Field};
use crate::text::clean;
use crate::tui::editor::{self, Editor};
use crate::tui::footer;
use crate::tui::keys::key_of;
use crate::tui::layout::{below, columns, inset, rule};
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::{items, panel, question, table};

/// Narrower than this the list of items is only ids.
const FULL: u16 = 76;

/// Draws the body of the review screen.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let page = state.page();
    match (state.panel(), page) {
        (Some(Panel::Items(at)), _) => {
            let (left, right) = columns(body, list_width(body.width).max(40).min(body.width));
            items::choose(frame, theme, left, state, at.at());
            items::detail(frame, theme, inset(right, 2, 2), state, at.at());
            return;
        }
        (
            Some(Panel::Guidance(at) | Panel::Reading(at) | Panel::Why(at) | Panel::Changes(at)),
            Some(page),
        ) => {
            panel::draw(frame, theme, body, &page, at.at());
            return;
        }
        _ => {}
    }
    if state.table().is_some() {
        table::draw(frame, theme, body, state, editor);
        return;
    }
    if let Some((editing, editor)) = state.editing().zip(editor)
        && editing.several_lines
    {
        let area = inset(body, 2, 2);
        let area = Rect { width: area.width.min(panel::READABLE), ..area };
        write(frame, theme, area, state, editing, editor);
        return;
    }
    let (left, right) = columns(body, list_width(body.width));
    items::draw(frame, theme, left, state);
    ask(frame, theme, inset(right, 1, 1), state, editor);
}

/// Draws the question alone, as an own answer is given to it: its options, its text box, the
/// page of its table, its guidance.
pub fn answer(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    match (state.panel(), state.page()) {
        (Some(Panel::Guidance(at)), Some(page)) => panel::draw(frame, theme, area, &page, at.at()),
        _ if state.table().is_some() => table::draw(frame, theme, area, state, editor),
        _ => ask(frame, theme, area, state, editor),
    }
}

fn ask(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, editor: Option<&Editor>) {
    match state.editing().zip(editor) {
        Some((editing, editor)) => write(frame, theme, area, state, editing, editor),
        None => question::draw(frame, theme, area, state),
    }
}

/// Columns of the list of items beside the question.
fn list_width(window: u16) -> u16 {
    if window < FULL { 15 } else { (window * 2 / 5).clamp(34, 48) }
}

/// The text box: what is asked above it, its keys under it.
fn write(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    state: &State,
    editing: &Editing,
    editor: &Editor,
) {
    let mut head = Prose::new(area.width);
    question::head(&mut head, theme, state);
    let wanted = question::wanted(state.entry()).filter(|_| editing.field == Field::Answer);
    if let Some(wanted) = wanted {
        head.text(theme.quiet(), &wanted);
    }
    if let Some(words) = state.answer_words(state.at())
        && editing.field != Field::Answer
    {
        head.hanging(Span::styled("Answer  ", theme.quiet()), theme.accent(), &words);
    }
    match editing.field {
        Field::Narrative => {
            head.text(theme.quiet(), "Say what it rests on: roles, not names; not who said what.");
        }
        Field::Note => {
            head.hanging(
                Span::styled("Note    ", theme.strong()),
                theme.quiet(),
                "Your own, beside any answer: not rated, in no report. Roles, not names.",
            );
        }
        // Cells are written on the page of their table.
        Field::Answer | Field::Reason | Field::Cell { .. } | Field::CellText { .. } => {}
    }
    if editing.is_draft {
        head.text(theme.strong(), "Begun before and not finished: what was written is kept.");
    }
    let again = match editing.field {
        Field::Answer => format!("; {} again leaves it begun", key_of(Action::LeaveText)),
        _ => String::new(),
    };
    let problem = editing.problem.as_deref().map(|words| format!("{words}{again}"));
    let problem = problem.map(|words| {
        let mut prose = Prose::new(area.width);
        prose.hanging(Span::styled("! ", theme.alarm()), theme.strong(), &words);
        prose.into_lines()
    });
    let hints = editor::keys(editing.several_lines);
    let problem = problem.unwrap_or_default();
    let under = height(&problem) + footer::height(&hints, area.width) + 1;
    // The text itself never has less than three rows, or one where one line is all it takes.
    let least = if editing.several_lines { 4 } else { 1 };
    let over =
        height(&head.clone().into_lines()).min(area.height.saturating_sub(under + least + 1));
    scrolled(frame, theme, Rect { height: over, ..area }, &head.into_lines(), 0, "Esc, then g");
    let rest = below(area, over);
    rule(frame, theme, rest);
    let rest = below(rest, 1);
    let room = if editing.several_lines { rest.height.saturating_sub(under) } else { 1 };
    let field = Rect { height: room.min(rest.height), ..rest };
    editor.draw(frame, theme, inset(field, 1, 1));
    let rest = below(rest, field.height);
    rule(frame, theme, rest);
    let rest = below(rest, 1);
    frame.render_widget(Text::from(problem.clone()), rest);
    footer::draw(frame, theme, below(rest, height(&problem)), &hints);
}

fn height(lines: &[Line<'_>]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

/// "Case R-0042   Foster care   PUR 2026-04-01 .. 2026-11-30".
pub fn title(state: &State) -> (String, String) {
    let card = state.card();
    if state.is_scratch() {
        let left = format!("Trying answers   {}", clean(&card.case_type));
        return (left, state.instrument().short().to_owned());
    }
    let mut left = format!("Case {}   {}", clean(&card.case), clean(&card.case_type));
    if !card.under_review.is_empty() {
        left += &format!("   PUR {}", clean(&card.under_review));
    }
    let right = Further::of(card.which).map_or(state.instrument().short(), |further| further.words);
    (left, right.to_owned())
}
