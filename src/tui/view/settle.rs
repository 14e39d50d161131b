//! The differences of one case: a list, and below it the two answers side by side.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::instrument::{Instrument, Place, QuestionIx, Rating};
use crate::review::RootCause;
use crate::scoring::value_words;
use crate::task;
use crate::task::reconcile::{
    Difference, ItemLine, LETTERS, Row, Settled, State, Step, Third, read_by,
};
use crate::text::{clean, count, fit, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, columns, inset, rule};
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
        agreed(frame, theme, area, state);
        return;
    }
    if let Some(pad) = state.pad() {
        own(frame, theme, area, state, pad, editor);
        return;
    }
    let rows = state.rows();
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
            line(theme, state, one, place == at, room)
        }
    });
    let after = below(area, list_area.height);
    rule(frame, theme, after);
    let after = below(after, 1);
    match &state.step {
        Step::Looking | Step::Own => looking(frame, theme, after, state),
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
    let follow = match line.follow {
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

fn line(theme: Theme, state: &State, one: &Difference, here: bool, room: usize) -> Line<'static> {
    let mark = if here { "> " } else { "  " };
    let root = if one.is_root { "* " } else { "  " };
    let question = fit(&clean(&name(&state.pair.instrument, one.question)), 17) + " ";
    let said = match (&one.settled, one.is_asked) {
        (_, false) => "not asked as it is settled so far".to_owned(),
        (Some(settled), _) => format!("settled: {}", settled_words(settled)),
        (None, _) => {
            let sides = LETTERS.iter().zip(&one.sides);
            let sides: Vec<String> =
                sides.map(|(letter, said)| format!("{letter}: {}", said.answer)).collect();
            sides.join("   ")
        }
    };
    let said = fit(&clean(&said), room.saturating_sub(22)).trim_end().to_owned();
    let quiet = one.settled.is_some() || !one.is_asked;
    let style = if here { theme.here() } else { theme.text() };
    Line::from(vec![
        Span::styled(mark, theme.accent()),
        Span::styled(root, theme.accent()),
        Span::styled(question, style),
        Span::styled(said, if quiet { theme.quiet() } else { style }),
    ])
}

/// "A, Yes (evidence missed)".
pub fn settled_words(settled: &Settled) -> String {
    let who = match settled.side {
        Some(side) => LETTERS[side],
        None => "own answer",
    };
    format!("{who}, {} ({})", settled.answer, settled.cause.title())
}

fn looking(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let Some(one) = state.here() else { return };
    let asked = state.pair.instrument.question(one.question);
    let mut head = Prose::new(area.width);
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
    if let Some(settled) = &one.settled {
        head.text(theme.strong(), &format!("Settled: {}", settled_words(settled)));
        head.text(theme.text(), &settled.reason);
    }
    head.gap();
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX).min(area.height / 2);
    let top = Rect { height: rows, ..area };
    scrolled(frame, theme, top, &head.into_lines(), 0, "a taller window");
    let rest = below(area, rows);
    let sides = u16::try_from(one.sides.len()).unwrap_or(2).max(1);
    for (at, said) in one.sides.iter().enumerate() {
        let wide = rest.width / sides;
        let from = wide * u16::try_from(at).unwrap_or(0);
        let part = columns(columns(rest, from).1, wide).0;
        let mut prose = Prose::new(part.width.saturating_sub(2));
        let letter = Span::styled(format!("{}  ", LETTERS[at]), theme.accent());
        prose.hanging(letter, theme.strong(), &said.answer);
        if !said.text.is_empty() {
            prose.text(theme.text(), &said.text);
        }
        let apart = state.item_here().map(|item| item.beside.as_slice()).unwrap_or_default();
        for only in apart.iter().filter_map(|one| one.only.as_ref()) {
            if !only[at].is_empty() {
                prose.text(theme.quiet(), &format!("only {} used: {}", LETTERS[at], only[at]));
            }
        }
        scrolled(frame, theme, part, &prose.into_lines(), 0, "a taller window");
    }
    let words = match &state.pair.done {
        Some((_, readers)) => Some(read_by(readers)),
        None if state.is_whole() => None,
        None if state.pair.third == Third::Asked => {
            Some("A third reader was asked: C stands here once it is handed in.".to_owned())
        }
        None => None,
    };
    if let Some(words) = words {
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        frame.render_widget(Line::styled(words, theme.quiet()), last);
    }
    ready(frame, theme, area, state);
}

/// What is left to do once every difference is settled.
fn ready(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    if !state.is_whole() || area.height == 0 {
        return;
    }
    let words = match state.pair.missing.len() {
        0 => "Every difference is settled.".to_owned(),
        _ => format!("Every difference is settled; still missing: {}", state.pair.missing[0]),
    };
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    frame.render_widget(
        Line::styled(fit(&clean(&words), usize::from(area.width)), theme.strong()),
        last,
    );
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
    let Some(one) = state.here() else { return };
    let room = usize::from(area.width);
    let mut rest = area;
    // The page of a table needs all the room there is.
    if pad.table().is_none() {
        for (letter, said) in LETTERS.iter().zip(&one.sides) {
            let line = fit(&clean(&format!("{letter}  {}", said.answer)), room);
            frame.render_widget(Line::styled(line.trim_end().to_owned(), theme.quiet()), rest);
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
    let asked = state.pair.instrument.question(one.question);
    let value = taking.value.as_ref().map(|value| format!(" ({})", value_words(asked, value)));
    let (id, side) = (name(&state.pair.instrument, one.question), taking.words());
    let value = value.unwrap_or_default();
    prose.text(theme.text(), &format!("{id}: {side}{value} is taken."));
    prose.text(theme.strong(), "Why did the two differ?");
    for (at, cause) in RootCause::ALL.iter().enumerate() {
        let number = format!("{}  ", at + 1);
        prose.hanging(Span::styled(number, theme.accent()), theme.text(), cause.title());
    }
    scrolled(frame, theme, area, &prose.into_lines(), 0, "a taller window");
}

fn reason(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State, editor: Option<&Editor>) {
    let Step::Reason { cause, .. } = &state.step else { return };
    let mut prose = Prose::new(area.width);
    prose.text(theme.strong(), &format!("In a few words, why: {}", cause.title()));
    prose.text(theme.quiet(), "Facts and dates; roles instead of names.");
    prose.gap();
    let rows = u16::try_from(prose.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(prose.into_lines()), area);
    if let Some(editor) = editor {
        let line = Rect { height: 1.min(area.height), ..below(area, rows) };
        editor.draw(frame, theme, line);
    }
}

fn agreed(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
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
    ready(frame, theme, area, state);
}
