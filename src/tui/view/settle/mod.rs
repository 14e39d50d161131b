//! The differences of one case: a list, and below it the two answers side by side.

mod pane;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::instrument::{Instrument, QuestionIx, Rating};
use crate::review::RootCause;
use crate::scoring::value_words;
use crate::task::reconcile::{
    Difference, Follow, ItemLine, LETTERS, Row, Said, Settled, State, Step, Taking, Third,
};
use crate::task::{self, Field};
use crate::text::{clean, count, fit, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, inset, rule};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::review;

/// Where one is, and how far it is.
pub fn title(state: &State) -> (String, String) {
    let (done, all) = state.progress();
    let far = match &state.pair.done {
        Some((when, _)) => when.clone(),
        None => format!("{done} of {all} settled"),
    };
    (format!("Settle {}  {}", state.pair.case, state.pair.about), far)
}

/// Draws the body of the screen.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    if state.pair.items.is_empty() {
        pane::agreed(frame, theme, area, state);
        return;
    }
    if let Some(pad) = state.pad() {
        own(frame, theme, area, state, pad, editor);
        return;
    }
    let rows = state.rows();
    let names = names(state, area.width);
    // The answers below need the more room the less there is.
    let tall = (area.height.saturating_sub(1) / 2).min(14);
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let list_area = Rect { height: tall.min(wanted), ..area };
    let at = rows.iter().position(|row| is_here(state, *row)).unwrap_or(0);
    let room = usize::from(area.width);
    list::draw(frame, theme, list_area, (rows.len(), at), |place| match rows[place] {
        Row::Item(item) => heading(theme, state, &state.pair.items[item], room),
        Row::Difference(item, nth) => {
            let one = &state.pair.items[item].differences[nth];
            line(theme, state, one, place == at, (room, names))
        }
        Row::Follow(item, nth) => {
            let one = &state.pair.items[item].follows[nth];
            follow(theme, &state.pair.instrument, one, (room, names))
        }
    });
    let after = below(area, list_area.height);
    rule(frame, theme, after);
    let after = below(after, 1);
    match &state.step {
        Step::Looking | Step::Own | Step::Missing(_) | Step::HandIn => {
            pane::looking(frame, theme, after, state);
        }
        Step::Beside(cursor) => beside(frame, theme, after, state, cursor.at()),
        Step::Cause(_) => cause(frame, theme, after, state),
        Step::Reason { .. } => reason(frame, theme, after, state, editor),
    }
}

fn is_here(state: &State, row: Row) -> bool {
    let Row::Difference(item, nth) = row else { return false };
    let before: usize = state.pair.items[..item].iter().map(|i| i.differences.len()).sum();
    before + nth == state.cursor.at()
}

fn item_name(instrument: &Instrument, line: &ItemLine) -> String {
    match line.item {
        Some(at) => format!("Item {}  {}", instrument.item(at).id(), instrument.item(at).title()),
        None => "Face sheet".to_owned(),
    }
}

fn heading(theme: Theme, state: &State, line: &ItemLine, room: usize) -> Line<'static> {
    let follow = match line.follows.len() {
        0 => String::new(),
        n if state.pair.third == Third::In => format!(", {n} follow"),
        n => format!(", {} from that", count(n, "answer follows", "answers follow")),
    };
    let right = match &line.ratings {
        Some(ratings) => {
            let sides = LETTERS.iter().zip(&ratings.sides);
            let sides: String =
                sides.map(|(letter, rating)| format!("{letter} {}, ", short(*rating))).collect();
            format!("{sides}now {}{follow}", short(ratings.now))
        }
        None => follow.trim_start_matches(", ").to_owned(),
    };
    let right = clean(&right).into_owned();
    let left = room.saturating_sub(width(&right) + 2);
    let name = fit(&clean(&item_name(&state.pair.instrument, line)), left);
    Line::from(vec![
        Span::styled(name, theme.strong()),
        Span::raw("  "),
        Span::styled(right, theme.quiet()),
    ])
}

/// A rating where there is little room.
fn short(rating: Rating) -> &'static str {
    match rating {
        Rating::Strength => "Strength",
        Rating::Ani => "ANI",
        Rating::Na => "NA",
        Rating::Incomplete | Rating::Invalid => "open",
        Rating::Complete => "complete",
    }
}

/// The name of a question in the list.
fn name(instrument: &Instrument, at: QuestionIx) -> String {
    crate::instrument::words::name(instrument, at)
}

/// How wide the names of questions stand: as long as they are where the window is wide.
fn names(state: &State, columns: u16) -> usize {
    const LEAST: usize = 17;
    let long = |at| width(&clean(&name(&state.pair.instrument, at)));
    let items = state.pair.items.iter();
    let all = items.flat_map(|item| {
        let differences = item.differences.iter().map(|one| one.question);
        differences.chain(item.follows.iter().map(|one| one.question))
    });
    // The answers have the rest.
    all.map(long)
        .max()
        .unwrap_or(0)
        .clamp(LEAST, LEAST.max(usize::from(columns / 2).saturating_sub(22)))
}

fn line(
    theme: Theme,
    state: &State,
    one: &Difference,
    here: bool,
    (room, names): (usize, usize),
) -> Line<'static> {
    let mark = if here { "> " } else { "  " };
    let root = if one.is_root { "* " } else { "  " };
    let question = fit(&clean(&name(&state.pair.instrument, one.question)), names) + " ";
    let said = match (&one.settled, one.is_asked) {
        (_, false) => "not asked as it is settled so far".to_owned(),
        (None, true) if one.is_words => "their words differ: only to be looked at".to_owned(),
        (Some(settled), _) => format!("settled: {}", settled_words(settled)),
        (None, _) => {
            let sides = LETTERS.iter().zip(&one.sides);
            let sides: Vec<String> =
                sides.map(|(letter, said)| format!("{letter}: {}", short_answer(said))).collect();
            sides.join("   ")
        }
    };
    let said = fit(&clean(&said), room.saturating_sub(names + 5)).trim_end().to_owned();
    let quiet = one.settled.is_some() || !one.is_to_settle();
    let style = if here { theme.here() } else { theme.text() };
    Line::from(vec![
        Span::styled(mark, theme.accent()),
        Span::styled(root, theme.accent()),
        Span::styled(question, style),
        Span::styled(said, if quiet { theme.quiet() } else { style }),
    ])
}

/// An answer where there is little room, with the reason for an NA.
fn short_answer(said: &Said) -> String {
    match said.reason.as_str() {
        "" => said.answer.clone(),
        reason => format!("{}, {reason}", said.answer),
    }
}

/// An answer that only follows; nothing is to be done at it.
fn follow(
    theme: Theme,
    instrument: &Instrument,
    one: &Follow,
    (room, names): (usize, usize),
) -> Line<'static> {
    let sides = LETTERS.iter().zip(&one.sides);
    let sides: Vec<String> =
        sides.map(|(letter, said)| format!("{letter}: {}", short_answer(said))).collect();
    let question = fit(&clean(&name(instrument, one.question)), names);
    let words = format!("    {question} {}", sides.join("   "));
    Line::styled(fit(&clean(&words), room).trim_end().to_owned(), theme.quiet())
}

/// "A, Yes (evidence missed)".
pub fn settled_words(settled: &Settled) -> String {
    let who = match settled.side {
        Some(side) => LETTERS[side],
        None => "own answer",
    };
    format!("{who}, {} ({})", settled.answer, settled.cause.title())
}

/// What else the two have apart in the item.
fn beside(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, from: usize) {
    let Some(item) = state.item_here() else { return };
    let mut prose = Prose::new(area.width);
    for one in &item.beside {
        prose.text(theme.strong(), &one.name);
        for (at, (letter, text)) in LETTERS.iter().zip(&one.sides).enumerate() {
            let text = if text.is_empty() { "nothing" } else { text };
            let mark = Span::styled(format!("{letter}  "), theme.accent());
            prose.hanging(mark, theme.text(), text);
            if let Some(only) =
                one.only.as_ref().map(|only| &only[at]).filter(|only| !only.is_empty())
            {
                let text = format!("only {letter}: {only}");
                prose.hanging(Span::raw("   "), theme.strong(), &text);
            }
        }
        prose.gap();
    }
    scrolled(frame, theme, area, &prose.into_lines(), from, "arrows");
}

/// An own answer being given, under what the sides say.
fn own(
    frame: &mut Frame<'_>,
    theme: Theme,
    area: Rect,
    state: &State,
    pad: &task::review::State,
    editor: Option<&Editor>,
) {
    let one = state.differences().into_iter().find(|one| Some(one.question) == state.pad_at());
    let room = usize::from(area.width);
    let mut rest = area;
    // The page of a table needs all the room there is.
    if pad.table().is_none() {
        let sides = one.map(|one| one.sides.as_slice()).unwrap_or_default();
        if sides.is_empty() {
            let line = "Neither review was asked this: it follows from an answer of your own.";
            frame.render_widget(Line::styled(line, theme.quiet()), rest);
            rest = below(rest, 1);
        }
        for (letter, said) in LETTERS.iter().zip(sides) {
            let line = fit(&clean(&format!("{letter}  {}", short_answer(said))), room);
            frame.render_widget(Line::styled(line.trim_end().to_owned(), theme.quiet()), rest);
            rest = below(rest, 1);
        }
        // The box of the narrative lies over the options.
        let in_narrative = pad.editing().is_some_and(|editing| editing.field == Field::Narrative);
        if let Some(answer) = pad.answer_words(pad.at()).filter(|_| in_narrative) {
            let line = fit(&clean(&format!("Your answer  {answer}")), room);
            frame.render_widget(Line::styled(line.trim_end().to_owned(), theme.text()), rest);
            rest = below(rest, 1);
        }
        rule(frame, theme, rest);
        rest = below(rest, 1);
    }
    review::answer(frame, theme, rest, pad, editor);
}

fn cause(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let Some(one) = state.here() else { return };
    let mut prose = Prose::new(area.width);
    let Step::Cause(taking) = &state.step else { return };
    prose.text(theme.text(), &taken(state, one, taking));
    prose.text(theme.strong(), "Why did the two differ?");
    for (at, cause) in RootCause::ALL.iter().enumerate() {
        let number = format!("{}  ", at + 1);
        prose.hanging(Span::styled(number, theme.accent()), theme.text(), cause.title());
    }
    scrolled(frame, theme, area, &prose.into_lines(), 0, "a taller window");
}

/// "17.A1: A's answer (Yes) is taken."
fn taken(state: &State, one: &Difference, taking: &Taking) -> String {
    let asked = state.pair.instrument.question(one.question);
    let value = match (taking.side.and_then(|side| one.sides.get(side)), &taking.value) {
        (Some(said), _) => Some(short_answer(said)),
        (None, value) => value.as_ref().map(|value| value_words(asked, value)),
    };
    let value = value.map(|value| format!(" ({value})")).unwrap_or_default();
    let (id, side) = (name(&state.pair.instrument, one.question), taking.words());
    format!("{id}: {side}{value} is taken.")
}

fn reason(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, editor: Option<&Editor>) {
    let Step::Reason { taking, cause, .. } = &state.step else { return };
    let mut prose = Prose::new(area.width);
    if let Some(one) = state.here() {
        prose.text(theme.text(), &taken(state, one, taking));
    }
    prose.text(theme.quiet(), &format!("They differed by: {}.", cause.title()));
    prose.text(theme.strong(), "In a few words, why?");
    prose.text(theme.quiet(), "Facts and dates; roles instead of names.");
    prose.gap();
    let rows = u16::try_from(prose.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(prose.into_lines()), area);
    if let Some(editor) = editor {
        let line = Rect { height: 1.min(area.height), ..below(area, rows) };
        editor.draw(frame, theme, line);
    }
}
