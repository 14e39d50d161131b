//! The sample board: cases, or regions or reviewers, with what is late and what is due.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::form;
use crate::task::Action;
use crate::task::board::{Case, Group, Interview, Slot, Standing, State, View};
use crate::text::{clean, fit, fit_right, list_and};
use crate::tui::editor::Editor;
use crate::tui::keys::key_of;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list;
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// Rows for what is to be said of the highlighted case.
const ABOUT: u16 = 5;
/// Columns of the review number with its gap.
const NUMBER: usize = 8;

/// Draws the body of the board.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    let Some(sample) = &state.sample else {
        frame.render_widget(Line::styled("Reading the sample ...", theme.quiet()), row(area, 0));
        return;
    };
    if let Some((case, lines)) = &state.form {
        let mut head = Prose::new(area.width);
        head.text(theme.strong(), &format!("Eliminate {case}?"));
        head.text(
            theme.text(),
            "It stays in the sample until a second person agrees. Then the next spare of its \
             stratum can come in, and no other.",
        );
        head.gap();
        let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
        frame.render_widget(Text::from(head.into_lines()), area);
        let rest = below(area, rows);
        let height = form::height(lines, rest.width).min(rest.height);
        form::draw(frame, theme, Rect { height, ..rest }, lines, note, editor);
        problem(frame, theme, below(rest, height), state);
        return;
    }
    let mut head = Prose::new(area.width);
    if sample.only_asked {
        let said = if sample.cases.is_empty() {
            "No elimination waits for a second person's word."
        } else {
            "These eliminations wait for a second person's word."
        };
        head.text(theme.strong(), said);
    }
    if sample.only_asked && sample.cases.is_empty() {
        frame.render_widget(Text::from(head.into_lines()), area);
        return;
    }
    if sample.cases.is_empty() {
        let said = if sample.sealed {
            "The frame is sealed, and no sample is drawn yet."
        } else {
            "There is no sample yet."
        };
        head.text(theme.strong(), said);
        head.gap();
        let path = key_of(Action::Path);
        head.text(
            theme.text(),
            &format!(
                "{path} leads from a list of cases to assigned reviews: list, columns, filters, \
                 plan, seal, seed, sample, assign."
            ),
        );
        frame.render_widget(Text::from(head.into_lines()), area);
        return;
    }
    head.text(theme.text(), &sample.counts);
    for short in sample.short.iter().take(2) {
        head.text(theme.strong(), short);
    }
    head.gap();
    let rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    frame.render_widget(Text::from(head.into_lines()), area);
    let rest = below(area, rows);
    match state.view {
        View::Cases => cases(frame, theme, rest, state),
        View::Regions | View::Reviewers => groups(frame, theme, rest, state),
    }
}

fn cases(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let cases = state.cases();
    let heading = columns("region", "reviewer", ["since", "idle", "due"]);
    let heading = format!("  {}{heading}", fit("case", NUMBER));
    frame.render_widget(Line::styled(heading, theme.quiet()), row(area, 0));
    let about = ABOUT.min(area.height / 2);
    let height = area.height.saturating_sub(about + 2);
    let lines = Rect { height, ..below(area, 1) };
    let at = state.cursor.at();
    list::draw(frame, theme, lines, (cases.len(), at), |place| {
        let case = cases[place];
        let idle = case.idle.map_or_else(String::new, |days| days.to_string());
        let cells = [case.opened.as_str(), &idle, &case.due];
        let text = columns(&case.region, &case.reviewer, cells);
        let here = place == at;
        let style = if here { theme.here() } else { theme.text() };
        let standing = match case.standing {
            Standing::Late | Standing::Asked | Standing::Gone => theme.strong(),
            _ => theme.text(),
        };
        let mark = Span::styled(if here { "> " } else { "  " }, theme.accent());
        let words = Span::styled(clean(&case.words).into_owned(), standing);
        let gap = " ".repeat(NUMBER.saturating_sub(case.number.len()));
        let number = Span::styled(case.number.clone(), style);
        Line::from(vec![mark, number, Span::raw(gap), Span::raw(text), words])
    });
    let rest = below(area, height + 1);
    rule(frame, theme, rest);
    let rest = below(rest, 1);
    match state.here() {
        _ if state.replaces.is_some() => {
            let case = state.replaces.as_deref().unwrap_or_default();
            let asked = format!("Bring in the next spare of its stratum for {case}?");
            let mut prose = Prose::new(area.width);
            prose.text(theme.strong(), &asked);
            prose.text(theme.text(), "It can't be taken out again: only eliminated in its turn.");
            frame.render_widget(Text::from(prose.into_lines()), rest);
        }
        Some(case) if state.problem.is_none() => {
            let lines = about_case(theme, area.width, case);
            frame.render_widget(Text::from(lines), rest);
        }
        _ => problem(frame, theme, rest, state),
    }
}

/// A line of the list of cases behind the number.
fn columns(region: &str, reviewer: &str, days: [&str; 3]) -> String {
    let [since, idle, due] = days;
    format!(
        "{}{}{}{}  {}",
        fit(&clean(region), 17),
        fit(&clean(reviewer), 10),
        fit(since, 11),
        fit_right(idle, 4),
        fit(due, 12),
    )
}

fn about_case(theme: Theme, room: u16, case: &Case) -> Vec<Line<'static>> {
    let mut prose = Prose::new(room);
    let place = format!("{}, {}, {}", case.case_type, case.county, case.region);
    prose.text(theme.text(), &place);
    if !case.interviews.is_empty() {
        let named = |wanted: fn(&Interview) -> bool| {
            let found = case.interviews.iter().filter(|(_, one)| wanted(one));
            found.map(|(who, _)| who.as_str()).collect::<Vec<_>>()
        };
        let done = named(|one| *one == Interview::Done).len();
        let due = named(|one| *one == Interview::Due);
        let mut said = format!("Interviews: {done} held");
        if !due.is_empty() {
            said += &format!("; due: {}", list_and(&due));
        }
        prose.text(theme.text(), &said);
        for (who, one) in &case.interviews {
            if let Interview::NotHeld(why) = one {
                prose.text(theme.text(), &format!("Not held: {who} ({why})"));
            }
        }
    }
    if let Some(elimination) = &case.elimination {
        prose.text(theme.strong(), elimination);
    }
    prose.into_lines()
}

fn groups(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    let groups = state.groups();
    let name = if state.view == View::Regions { "region" } else { "reviewer" };
    let line = |name: &str, cells: [&str; 8]| {
        let [cases, read, open, late, idle, due, interviews, asked] = cells;
        format!(
            "{}{}{}{}{}{}  {}{}{}",
            fit(&clean(name), 18),
            fit_right(cases, 6),
            fit_right(read, 6),
            fit_right(open, 6),
            fit_right(late, 6),
            fit_right(idle, 6),
            fit(due, 11),
            fit_right(interviews, 6),
            fit_right(asked, 8)
        )
    };
    let head = ["cases", "read", "open", "late", "idle", "next due", "int.", "asked"];
    let heading = format!("  {}", line(name, head));
    frame.render_widget(Line::styled(heading, theme.quiet()), row(area, 0));
    let height = area.height.saturating_sub(3);
    let lines = Rect { height, ..below(area, 1) };
    let at = state.cursor.at();
    list::draw(frame, theme, lines, (groups.len(), at), |place| {
        let Group { name, cases, read, open, late, idle, due, interviews, asked } = &groups[place];
        let numbers = [*cases, *read, *open, *late].map(|n| n.to_string());
        let [cases, read, open, late] = &numbers;
        let (idle, interviews, asked) =
            (idle.to_string(), interviews.to_string(), asked.to_string());
        let cells = [cases.as_str(), read, open, late, &idle, due, &interviews, &asked];
        let here = place == at;
        let style = if here { theme.here() } else { theme.text() };
        let mark = Span::styled(if here { "> " } else { "  " }, theme.accent());
        Line::from(vec![mark, Span::styled(line(name, cells), style)])
    });
    let said = "idle: days since the idlest case was touched; int.: interviews due; asked: eliminations that wait";
    let rest = below(area, height + 1);
    let mut prose = Prose::new(area.width);
    prose.text(theme.quiet(), said);
    frame.render_widget(Text::from(prose.into_lines()), rest);
}

fn note(slot: Slot) -> String {
    match slot {
        Slot::Reason => String::new(),
        Slot::Words => "what the reason can't say".to_owned(),
        Slot::ApprovedBy => "a second person's code".to_owned(),
        Slot::Unlock => "if an item is rated".to_owned(),
        Slot::Go => String::new(),
    }
}

fn problem(frame: &mut Frame<'_>, theme: Theme, area: Rect, state: &State) {
    if let Some(problem) = &state.problem {
        let mut prose = Prose::new(area.width);
        prose.hanging(Span::styled("! ", theme.strong()), theme.strong(), problem);
        frame.render_widget(Text::from(prose.into_lines()), area);
    }
}
