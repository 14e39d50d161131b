//! The question in the middle of attention: options or text, narrative, what was said before.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::instrument::{OutcomeIx, Role};
use crate::task::review::{Entry, OptionRow, State};
use crate::task::{Action, Field};
use crate::text::width;
use crate::tui::keys::key_of;
use crate::tui::layout::{below, rule};
use crate::tui::paint;
use crate::tui::prose::{Prose, furthest, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::table;

/// Draws the question the reviewer stands at.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let mut prose = Prose::new(area.width);
    head(&mut prose, theme, state);
    let marked = answers(&mut prose, theme, state);
    narrative(&mut prose, theme, state);
    note(&mut prose, theme, state);
    so_far(&mut prose, theme, state);

    let lines = prose.into_lines();
    let offset = match marked {
        // What the arrows stand on stays in view, and with it as much as fits after it.
        Some(line) if lines.len() > usize::from(area.height) => {
            let room = usize::from(area.height.saturating_sub(1)).max(1);
            if state.highlight().is_some_and(|h| h + 1 == state.options().len()) {
                line.min(furthest(lines.len(), area.height))
            } else {
                (line + 1).saturating_sub(room.saturating_sub(2).max(1))
            }
        }
        _ => 0,
    };
    let key = match state.texts().is_empty() {
        true => "Up/Down".to_owned(),
        // The text's box shows it whole.
        false if !state.is_open() => key_of(Action::Read),
        false if state.narrative(state.at()).is_some() => key_of(Action::Text),
        false => key_of(Action::Note),
    };
    scrolled(frame, theme, area, &lines, offset, &key);
    let used = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    guidance(frame, theme, below(area, used), state);
}

/// Item, place in it, person, and the question itself.
pub fn head(prose: &mut Prose, theme: Theme, state: &State) {
    let question = state.instrument().question(state.at());
    let (place, of) = state.ordinal();
    let counted = format!("question {place} of {of}");
    match state.item() {
        Some(at) => {
            let item = state.instrument().item(at);
            prose.text(theme.strong(), &format!("{} {}", item.id(), item.title()));
            let belongs = match state.sub_item_of(state.at()) {
                Some(sub_item) => {
                    let sub_item = state.instrument().item(sub_item);
                    format!("{} {}", sub_item.id(), sub_item.title())
                }
                None => item.outcome().map(|o| short_outcome(state, o)).unwrap_or_default(),
            };
            prose.ends((theme.quiet(), &belongs), (theme.quiet(), &counted));
        }
        None => {
            prose.ends((theme.strong(), "Face sheet"), (theme.quiet(), &counted));
        }
    }
    prose.gap();
    let person = question.part().and_then(|id| state.instrument().part(id));
    let said = match (person, question.role()) {
        (Some(person), _) => person.title.clone(),
        (None, Role::Applies) => "Does the item apply?".to_owned(),
        (None, Role::Reason) => "Reason".to_owned(),
        (None, Role::Explanation { .. }) => "To be explained".to_owned(),
        (None, _) => String::new(),
    };
    let is_short = width(question.local()) <= 3;
    if !said.is_empty() {
        prose.text(theme.accent(), &said);
        prose.gap();
    }
    let mark = if is_short { format!("{}  ", question.local()) } else { String::new() };
    prose.hanging(Span::styled(mark, theme.strong()), theme.strong(), question.ask());
    prose.gap();
}

/// "Well-Being 1" of "Well-Being 1: families are ...".
pub fn short_outcome(state: &State, at: OutcomeIx) -> String {
    let title = state.instrument().outcome(at).title();
    title.split(':').next().unwrap_or(title).trim().to_owned()
}

/// The options, or the text written; returns the line the arrows stand on.
fn answers(prose: &mut Prose, theme: Theme, state: &State) -> Option<usize> {
    let mut marked = None;
    match state.entry() {
        entry @ (Entry::One | Entry::Any) => {
            let options = state.options();
            let beside = hint_column(prose, &options);
            for option in &options {
                draw_option(prose, theme, entry, option, beside);
                if option.highlighted {
                    marked = Some(prose.height() - 1);
                }
            }
            if entry == Entry::Any && state.may_tick_nothing() {
                let is_answer = !state.lacks_answer() && options.iter().all(|o| !o.chosen);
                none_of_these(prose, theme, is_answer);
            }
        }
        Entry::Table => table::summary(prose, theme, state),
        entry => written(prose, theme, state, entry),
    }
    if state.is_not_saved(state.at()) {
        prose.gap();
        prose.text(theme.alarm(), "NOT SAVED: this answer is not on disk");
    }
    marked
}

/// The option of a checklist that nothing applies.
pub fn none_of_these(prose: &mut Prose, theme: Theme, is_answer: bool) {
    let style = if is_answer { theme.accent() } else { theme.text() };
    let boxed = if is_answer { "[x]" } else { "[ ]" };
    let mark = format!("  {:>2} {boxed} ", key_of(Action::Nothing));
    prose.hanging(Span::styled(mark, style), style, "none of these");
}

/// The column hints stand in beside the titles, where enough room is left for them.
fn hint_column(prose: &Prose, options: &[OptionRow]) -> Option<usize> {
    let hinted = options.iter().filter(|o| o.hint.is_some());
    let column = hinted.map(|o| width(&o.title)).max()? + 3;
    (MARK + column + 20 <= prose.columns()).then_some(column)
}

/// Columns before an option's title: `> 1 (x) `.
const MARK: usize = 9;

/// Draws one option, its hint `beside` it where that column is given.
pub fn draw_option(
    prose: &mut Prose,
    theme: Theme,
    entry: Entry,
    option: &OptionRow,
    beside: Option<usize>,
) {
    let boxed = match (entry, option.chosen) {
        (Entry::Any, true) => "[x]",
        (Entry::Any, false) => "[ ]",
        (_, true) => "(x)",
        (_, false) => "( )",
    };
    let style = match (option.highlighted, option.chosen) {
        (true, _) => theme.here(),
        (false, true) => theme.accent(),
        (false, false) => theme.text(),
    };
    let flat = style.remove_modifier(Modifier::REVERSED);
    let marks = vec![
        Span::styled(if option.highlighted { "> " } else { "  " }, theme.accent()),
        Span::styled(format!("{:>2} {boxed} ", option.number), flat),
    ];
    let beside = beside.filter(|column| width(&option.title) + 3 <= *column);
    match (option.hint.as_deref(), beside) {
        (Some(hint), Some(column)) => {
            let gap = " ".repeat(column - width(&option.title));
            let title = Span::styled(option.title.clone(), style);
            let marks = marks.into_iter().chain([title, Span::raw(gap)]).collect();
            prose.hanging_marks(marks, theme.quiet(), hint);
        }
        (hint, _) => {
            prose.hanging_marks(marks, style, &option.title);
            if let Some(hint) = hint {
                prose.hanging(Span::raw(" ".repeat(MARK)), theme.quiet(), hint);
            }
        }
    }
}

/// What can be written, where not every text can.
pub fn wanted(entry: Entry) -> Option<String> {
    match entry {
        Entry::Date => Some("A date: 2026-04-15 or 04/15/2026".to_owned()),
        Entry::Number { least, most } => Some(format!("A whole number, {least} to {most}")),
        _ => None,
    }
}

fn written(prose: &mut Prose, theme: Theme, state: &State, entry: Entry) {
    if let Some(wanted) = wanted(entry) {
        prose.hanging(Span::raw("   "), theme.quiet(), &wanted);
    }
    match state.answer_words(state.at()) {
        Some(words) => prose.hanging(Span::styled(" | ", theme.accent()), theme.accent(), &words),
        None => prose.hanging(Span::styled(" | ", theme.quiet()), theme.quiet(), "not written yet"),
    };
    begun(prose, theme, state, (Field::Answer, Action::Write));
}

/// The text beside the answer.
fn narrative(prose: &mut Prose, theme: Theme, state: &State) {
    let at = state.at();
    let text = state.narrative(at);
    let asked = state.asks_for_text(at);
    let answer = state.answer_words(at).unwrap_or_default();
    let said = match (asked, text) {
        (false, None) => return,
        (false, Some(_)) => "Narrative, set aside with this answer".to_owned(),
        (true, _) => format!("Narrative to {answer}"),
    };
    prose.gap();
    match text {
        Some(text) => {
            prose.text(theme.quiet(), &said);
            let style = if asked { theme.text() } else { theme.quiet() };
            prose.hanging(Span::styled(" | ", theme.quiet()), style, text);
            begun(prose, theme, state, (Field::Narrative, Action::Text));
        }
        None => {
            let is_kept = state.drafted(at, Field::Narrative).is_some();
            let (stands, does) = match is_kept {
                true => ("begun, not finished; what you wrote is kept", "go on"),
                false => ("not written yet", "write"),
            };
            let write = format!("{} {does}", key_of(Action::Text));
            prose.ends(
                (theme.strong(), &format!("{said}: {stands}")),
                (theme.quiet(), if state.is_open() { &write } else { "" }),
            );
        }
    }
}

/// The reviewer's note on the question.
fn note(prose: &mut Prose, theme: Theme, state: &State) {
    let text = state.note(state.at());
    let is_begun = state.is_begun(state.at(), Field::Note);
    if text.is_none() && !is_begun {
        return;
    }
    prose.gap();
    prose.text(theme.quiet(), "Note");
    if let Some(text) = text {
        prose.hanging(Span::styled(" | ", theme.quiet()), theme.text(), text);
    }
    begun(prose, theme, state, (Field::Note, Action::Note));
}

/// That a text was begun and left, and the key that goes on with it.
fn begun(prose: &mut Prose, theme: Theme, state: &State, (field, action): (Field, Action)) {
    if state.is_begun(state.at(), field) {
        let go_on = format!("{} go on", key_of(action));
        prose.ends(
            (theme.strong(), "begun, not finished; what you wrote is kept"),
            (theme.quiet(), if state.is_open() { &go_on } else { "" }),
        );
    }
}

/// What was answered before about the same person.
fn so_far(prose: &mut Prose, theme: Theme, state: &State) {
    let before = state.so_far();
    if before.is_empty() {
        return;
    }
    prose.gap();
    for (at, answer) in before.iter().enumerate() {
        let label = if at == 0 { "So far   " } else { "         " };
        let words = format!("{} {}", answer.local, answer.answer);
        prose.hanging(Span::styled(label, theme.quiet()), theme.quiet(), &words);
    }
}

/// A line that goes on out of sight.
fn cut(line: &str, room: usize) -> String {
    let mut words = line.trim_end();
    while width(words) + 4 > room
        && let Some((fewer, _)) = words.rsplit_once(' ')
    {
        words = fewer;
    }
    format!("{words} ...")
}

/// The first words of the guidance, as much as there is room for.
fn guidance(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let question = state.instrument().question(state.at());
    if question.help().is_empty() || area.height < 4 {
        return;
    }
    let room = usize::from(area.height - 3);
    let mut prose = Prose::new(area.width);
    for paragraph in question.help() {
        prose.text(theme.quiet(), paragraph);
    }
    let mut lines = prose.into_lines();
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            let text = last.to_string();
            *last = Line::styled(cut(&text, usize::from(area.width)), theme.quiet());
        }
    }
    let more = format!("({} all guidance)", key_of(Action::Guidance));
    lines.push(Line::styled(more, theme.quiet()));
    rule(frame, theme, below(area, 1));
    paint::lines(frame, below(area, 2), &lines);
}
