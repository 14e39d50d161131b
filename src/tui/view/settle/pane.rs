//! The highlighted difference, below the list: what is asked, how it was settled, the sides
//! beside one another, and what is left to do.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::{name, settled_words};
use crate::instrument::Place;
use crate::task::reconcile::{Difference, LETTERS, State, Step, Third, read_by};
use crate::text::{clean, fit};
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;

/// Draws the difference, and the line that says what is left to do.
pub fn looking(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let Some(one) = state.here() else { return };
    let last = last_line(theme, state);
    let room = Rect { height: area.height.saturating_sub(u16::from(last.is_some())), ..area };
    let mut lines = head(theme, room.width, state, one).into_lines();
    lines.extend(beside_one_another(sides(theme, room.width, state, one), room.width));
    scrolled(frame, theme, room, &lines, state.scroll.at(), "PageUp, PageDown");
    if let Some(last) = last {
        let row = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        frame.render_widget(last, row);
    }
}

/// What is asked, and how it was settled.
fn head(theme: Theme, columns: u16, state: &State, one: &Difference) -> Prose {
    let asked = state.pair.instrument.question(one.question);
    let mut head = Prose::new(columns);
    // The questions of the face sheet have no numbers to tell them by.
    let ask = match asked.place() {
        Place::Face => asked.ask().to_owned(),
        Place::Item(_) => {
            format!("{}  {}", name(&state.pair.instrument, one.question), asked.ask())
        }
    };
    head.text(theme.text(), &ask);
    if one.is_root {
        head.text(theme.quiet(), "* The ratings part here.");
    }
    if one.is_words {
        let now = state.pair.answers.get(one.question);
        let side = now.and_then(|now| one.sides.iter().position(|s| s.value.as_ref() == Some(now)));
        let says = match side {
            Some(side) => format!("The settled review has it as {} writes.", LETTERS[side]),
            None => "The settled review has it otherwise.".to_owned(),
        };
        head.text(theme.quiet(), &says);
    }
    if let Some(settled) = &one.settled {
        head.text(theme.strong(), &format!("Settled: {}", settled_words(settled)));
        head.text(theme.text(), &settled.reason);
    }
    head.gap();
    head
}

/// What each side says.
fn sides(theme: Theme, width: u16, state: &State, one: &Difference) -> Vec<Vec<Line<'static>>> {
    let count = u16::try_from(one.sides.len()).unwrap_or(2).max(1);
    let each = one.sides.iter().enumerate().map(|(at, said)| {
        let mut prose = Prose::new((width / count).saturating_sub(2));
        let letter = Span::styled(format!("{}  ", LETTERS[at]), theme.accent());
        prose.hanging(letter, theme.strong(), &said.answer);
        if !said.reason.is_empty() {
            prose.text(theme.text(), &format!("because: {}", said.reason));
        }
        for row in &said.rows {
            prose.text(theme.text(), row);
        }
        if !said.text.is_empty() {
            prose.text(theme.text(), &said.text);
        }
        let apart = state.item_here().map(|item| item.beside.as_slice()).unwrap_or_default();
        for only in apart.iter().filter_map(|one| one.only.as_ref()) {
            if !only[at].is_empty() {
                prose.text(theme.quiet(), &format!("only {} used: {}", LETTERS[at], only[at]));
            }
        }
        prose.into_lines()
    });
    each.collect()
}

/// Lines of several columns of the same width, as lines of all of them.
fn beside_one_another(columns: Vec<Vec<Line<'static>>>, width: u16) -> Vec<Line<'static>> {
    let room = usize::from(width) / columns.len().max(1);
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let row = |at: usize| {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for (nth, column) in columns.iter().enumerate() {
            let used: usize = spans.iter().map(Span::width).sum();
            let Some(line) = column.get(at) else { continue };
            spans.push(Span::raw(" ".repeat((room * nth).saturating_sub(used))));
            let styled = line.spans.iter().cloned();
            spans.extend(styled.map(|span| span.patch_style(line.style)));
        }
        Line::from(spans)
    };
    (0..rows).map(row).collect()
}

/// What is left to do, whose reviews they are, or whether it is to be handed in.
fn last_line(theme: Theme, state: &State) -> Option<Line<'static>> {
    if state.step == Step::HandIn {
        let words = "Hand it in? It is the review that counts, and closed from then on.";
        return Some(Line::styled(words, theme.strong()));
    }
    let words = match &state.pair.done {
        Some((_, readers)) => read_by(readers),
        None if state.is_whole() => return Some(Line::styled(left(state), theme.strong())),
        None if state.pair.third == Third::Asked => {
            "A third reader was asked: C stands here once it is handed in.".to_owned()
        }
        None => return None,
    };
    Some(Line::styled(clean(&words).into_owned(), theme.quiet()))
}

fn left(state: &State) -> String {
    let words = match state.pair.missing.first() {
        None => "Every difference is settled.".to_owned(),
        Some(one) => format!("Every difference is settled; still missing: {}", one.words),
    };
    clean(&words).into_owned()
}

/// The two agree on everything.
pub fn agreed(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let mut prose = Prose::new(area.width);
    prose.gap();
    prose.text(theme.strong(), "The two reviews agree on every answer.");
    match &state.pair.done {
        None => prose.text(theme.text(), "Handing it in makes it the review that counts."),
        Some((when, readers)) => {
            prose.text(theme.text(), &format!("It was {when}. {}", read_by(readers)))
        }
    };
    frame.render_widget(Text::from(prose.into_lines()), area);
    if let Some(last) = last_line(theme, state).filter(|_| state.pair.done.is_none()) {
        let row = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        let words = fit(&last.to_string(), usize::from(area.width));
        frame.render_widget(Line::styled(words, theme.strong()), row);
    }
}
