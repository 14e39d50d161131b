//! The steps from a list of cases to assigned reviews.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::form;
use crate::sampling::Field;
use crate::task::drawing::{Busy, Counted, Slot, State, Step};
use crate::text::{count, fit, fit_right, list_and, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, inset, row};
use crate::tui::prose::Prose;
use crate::tui::theme::Theme;

/// Draws the body of the path.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    frame.render_widget(steps(theme, area.width, state.step), row(area, 0));
    let area = below(area, 2);
    if let Some(busy) = &state.busy {
        frame.render_widget(Text::from(working(theme, area.width, busy)), area);
        return;
    }
    let Some(lines) = state.form() else {
        frame.render_widget(Line::styled("Reading the round ...", theme.quiet()), row(area, 0));
        return;
    };
    let wanted = form::height(lines, area.width);
    let foot = foot(theme, state, area.width);
    let foot_rows = u16::try_from(foot.len()).unwrap_or(u16::MAX);
    // The form keeps its room, and so does what is wrong; the rest is cut on a small screen.
    let wrong = if state.problems.is_empty() { 0 } else { foot_rows.min(area.height / 3) };
    let wanted = wanted.min(area.height - wrong);
    let room = area.height - wanted;
    let foot_rows = foot_rows.min(room.saturating_sub(3)).max(wrong);
    let mut head = Prose::new(area.width);
    words(theme, state, &mut head, usize::from(room - foot_rows));
    head.gap();
    let head_rows = u16::try_from(head.height()).unwrap_or(u16::MAX).min(room - foot_rows);
    let said = head.into_lines().into_iter().take(usize::from(head_rows));
    frame.render_widget(Text::from(said.collect::<Vec<_>>()), area);
    let rest = below(area, head_rows);
    let height = wanted.min(rest.height - foot_rows);
    form::draw(frame, theme, Rect { height, ..rest }, lines, |slot| note(state, slot), editor);
    let rest = below(rest, height);
    let foot = foot.into_iter().take(usize::from(rest.height));
    frame.render_widget(Text::from(foot.collect::<Vec<_>>()), rest);
}

/// "1 List  2 Columns  ..." with the open one marked.
fn steps(theme: Theme, room: u16, step: Step) -> Line<'static> {
    let step = if step == Step::Done { Step::Assign } else { step };
    let at = Step::ALL.iter().position(|known| *known == step).unwrap_or(0);
    let mut spans = Vec::new();
    let whole: usize = Step::ALL.iter().map(|step| step.title().len() + 4).sum();
    for (place, known) in Step::ALL.iter().enumerate() {
        let here = place == at;
        let style = match place.cmp(&at) {
            std::cmp::Ordering::Less => theme.text(),
            std::cmp::Ordering::Equal => theme.was_here(),
            std::cmp::Ordering::Greater => theme.quiet(),
        };
        let title = if here || whole <= usize::from(room) { known.title() } else { "" };
        spans.push(Span::styled(format!("{} {title}", place + 1).trim_end().to_owned(), style));
        spans.push(Span::raw("  "));
    }
    Line::from(spans)
}

fn working(theme: Theme, room: u16, busy: &Busy) -> Vec<Line<'static>> {
    let mut prose = Prose::new(room);
    let columns = usize::from(room).saturating_sub(10).min(60);
    let share = if busy.of == 0 { 0.0 } else { busy.done as f64 / busy.of as f64 };
    let full = (share * columns as f64).round() as usize;
    prose.text(theme.strong(), &format!("{} ...", capital(&busy.what)));
    prose.gap();
    prose.line(Line::from(vec![
        Span::styled("█".repeat(full.min(columns)), theme.accent()),
        Span::styled("░".repeat(columns - full.min(columns)), theme.quiet()),
        Span::raw(fit_right(&format!("{:.0} %", share * 100.0), 6)),
    ]));
    if busy.of > 0 {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let said = format!("{:.1} of {:.1} MB", megabytes(busy.done), megabytes(busy.of));
        prose.text(theme.quiet(), &said);
    }
    prose.gap();
    prose.text(theme.text(), "Nothing is written to the workspace by this.");
    prose.into_lines()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// What the step will do, and what is known so far, in about so many rows.
fn words(theme: Theme, state: &State, prose: &mut Prose, rows: usize) {
    let standing = state.standing.as_ref();
    match state.step {
        Step::File => {
            let said = "Which list holds all cases? A CSV file or Excel workbook, by its path. \
                        The next step only looks at it.";
            prose.text(theme.text(), said);
            let said = "A plan file answers the next three steps; without one you are asked.";
            prose.text(theme.quiet(), said);
        }
        Step::Columns => {
            let seen = state.preview.as_ref();
            let columns = seen.map_or(0, |seen| seen.columns.len());
            let sheet = seen.and_then(|seen| seen.sheet.as_deref());
            let sheet = sheet.map_or_else(String::new, |name| format!(" on sheet {name}"));
            let said = format!(
                "The list has {}{sheet}. Which one holds what? At the right its first cell.",
                count(columns, "column", "columns"),
            );
            prose.text(theme.text(), &said);
        }
        Step::Filters => {
            let read = state.read.clone().unwrap_or_default();
            let mut said = count(read.cases as usize, "case", "cases");
            if read.regions > 0 {
                said += &format!(" in {}", count(read.regions, "region", "regions"));
            }
            if read.counties > 0 {
                said += &format!(", {}", count(read.counties, "county", "counties"));
            }
            prose.text(theme.strong(), &said);
            prose.text(
                theme.text(),
                "What do the words of the list mean, and which cases can be drawn?",
            );
        }
        Step::Plan => {
            if let Some(said) = state.size_words() {
                prose.text(theme.text(), &said);
            }
        }
        Step::Seal => {
            if let Some(counted) = &state.counted {
                figures(theme, counted, prose, rows);
            }
        }
        Step::Seed => {
            let said = "The frame and the plan are sealed. The seed must come from outside: dice \
                        rolled before witnesses, a lottery number of a day named beforehand.";
            prose.text(theme.text(), said);
            if let Some(sealed) = standing.and_then(|s| s.sealed.as_ref()) {
                prose.text(theme.quiet(), &format!("frame {}", sealed.canonical_hash));
                strata(theme, sealed, prose, rows);
            }
        }
        Step::Drawn => {
            let Some(draw) = standing.and_then(|s| s.drawn.last()) else { return };
            let (sample, spares) =
                draw.strata.iter().fold((0, 0), |sum, one| (sum.0 + one.1, sum.1 + one.2));
            let said = format!(
                "Draw {}: {} and {}, seed {} from {}",
                draw.number,
                count(sample as usize, "case", "cases"),
                count(spares as usize, "spare", "spares"),
                draw.seed,
                draw.given_by
            );
            prose.text(theme.strong(), &said);
            for said in &state.receipts.said {
                prose.text(theme.strong(), said);
            }
            prose.gap();
            let lines: Vec<[String; 3]> = draw
                .strata
                .iter()
                .map(|(name, sample, spares)| {
                    [name.clone(), sample.to_string(), spares.to_string()]
                })
                .collect();
            let written = &state.receipts.files;
            // The receipts may not push the next line off the screen.
            let receipts = if written.is_empty() { 0 } else { written.len() + 2 };
            let rows = rows.saturating_sub(receipts);
            table(theme, prose, ["stratum", "sample", "spares"], &lines, rows);
            if !written.is_empty() {
                prose.gap();
                let folder = &state.receipts.folder;
                let place = if folder == "." { "this folder" } else { folder };
                prose.text(theme.text(), &format!("Receipts were written to {place}:"));
            }
            for (name, what) in written {
                let line = format!("{name}  {what}");
                prose.hanging(Span::styled("  ", theme.text()), theme.text(), &line);
            }
        }
        Step::Assign => {
            let open = standing.map_or(0, |standing| standing.open);
            let said = format!(
                "{} to be read. They are given out as evenly as the rules allow; declared \
                 conflicts always hold.",
                count(open, "case is", "cases are"),
            );
            prose.text(theme.text(), &said);
        }
        Step::Done => {
            let given = state.given.clone().unwrap_or_default();
            let new: usize = given.people.iter().map(|(_, new, _)| new).sum();
            prose.text(theme.strong(), &format!("{} given out", count(new, "case", "cases")));
            prose.gap();
            let people: Vec<[String; 3]> = given
                .people
                .iter()
                .map(|(code, new, all)| [code.clone(), new.to_string(), all.to_string()])
                .collect();
            table(
                theme,
                prose,
                ["reviewer", "new", "in all"],
                &people,
                rows.min(prose.height() + 11),
            );
            for left in given.left.iter().take(4) {
                prose.text(theme.strong(), left);
            }
            if given.left.len() > 4 {
                let more = given.left.len() - 4;
                prose.text(theme.strong(), &format!("{more} more cases can't be given out"));
            }
        }
    }
}

fn figures(theme: Theme, counted: &Counted, prose: &mut Prose, rows: usize) {
    prose.text(theme.quiet(), &format!("frame {}", counted.canonical_hash));
    let line = |prose: &mut Prose, n: u64, what: &str, style: Style| {
        prose.hanging(Span::styled(fit_right(&n.to_string(), 9) + "  ", style), style, what);
    };
    line(prose, counted.cases, "cases in the list", theme.text());
    for (filter, cases) in &counted.removed {
        line(prose, *cases, &format!("left out: {filter}"), theme.quiet());
    }
    line(prose, counted.eligible(), "can be drawn", theme.strong());
    prose.gap();
    strata(theme, counted, prose, rows);
}

fn strata(theme: Theme, counted: &Counted, prose: &mut Prose, room: usize) {
    let rows: Vec<[String; 3]> = counted
        .strata
        .iter()
        .map(|one| [one.name.clone(), one.eligible.to_string(), one.to_draw.to_string()])
        .collect();
    table(theme, prose, ["stratum", "can be drawn", "to draw"], &rows, room);
}

/// A small table with its sum, as many rows of it as end within the `room` the prose has; the
/// others are counted.
fn table(theme: Theme, prose: &mut Prose, head: [&str; 3], rows: &[[String; 3]], room: usize) {
    // Its head, its sum, and an empty line stand beside them.
    let most = room.saturating_sub(prose.height() + 3).max(2);
    let names = rows.iter().map(|row| width(&row[0])).chain([9, head[0].len()]);
    let name = names.max().unwrap_or(9).clamp(9, 40) + 2;
    let line = |cells: [&str; 3]| {
        format!("  {}{}{}", fit(cells[0], name), fit_right(cells[1], 13), fit_right(cells[2], 10))
    };
    prose.line(Line::styled(line(head), theme.quiet()));
    for [name, a, b] in rows.iter().take(most) {
        prose.line(Line::styled(line([name, a, b]), theme.text()));
    }
    let sum = |at: usize| rows.iter().filter_map(|row| row[at].parse::<u64>().ok()).sum::<u64>();
    let all = match rows.len().checked_sub(most) {
        Some(more @ 1..) => format!("all, {more} more"),
        _ => "all".to_owned(),
    };
    let (a, b) = (sum(1).to_string(), sum(2).to_string());
    prose.line(Line::styled(line([&all, &a, &b]), theme.strong()));
}

/// What else is to be known about a line.
fn note(state: &State, slot: Slot) -> String {
    let example = |field: Field| {
        let seen = state.preview.as_ref()?;
        let name = state.column(field)?;
        let at = seen.columns.iter().position(|known| known == name)?;
        let cells = seen.examples.iter().filter_map(|row| row.get(at));
        cells.into_iter().find(|cell| !cell.is_empty()).cloned()
    };
    match slot {
        Slot::File => "such as frame.csv".to_owned(),
        Slot::PlanFile => "such as plan.toml; may stay empty".to_owned(),
        Slot::Column(field) => example(field).unwrap_or_default(),
        Slot::Type(at) => state
            .read
            .as_ref()
            .and_then(|read| read.types.get(usize::from(at)))
            .map(|(_, cases)| count(*cases as usize, "case", "cases"))
            .unwrap_or_default(),
        Slot::Sampling => "2026-04-01/2026-09-30 or 2026-H1; may stay empty".to_owned(),
        Slot::UnderReview => "may stay empty".to_owned(),
        Slot::Spares => "stand in for eliminated cases, in order".to_owned(),
        Slot::Seed => "as rolled or published".to_owned(),
        Slot::SeedAgain => "so that it is typed right".to_owned(),
        Slot::GivenBy => "who rolled, or what published it".to_owned(),
        Slot::Watched => "names parted by ; may stay empty".to_owned(),
        Slot::Reason => "stands in every report".to_owned(),
        Slot::People => "codes, parted by blanks".to_owned(),
        Slot::AtMost => "empty: no limit".to_owned(),
        _ => String::new(),
    }
}

/// Problems and notices, and the same step as a command.
fn foot(theme: Theme, state: &State, room: u16) -> Vec<Line<'static>> {
    let mut prose = Prose::new(room);
    if !state.problems.is_empty() {
        prose.line(Line::default());
        for problem in state.problems.iter().take(4) {
            prose.hanging(Span::styled("! ", theme.strong()), theme.strong(), problem);
        }
        if let Some(more @ 1..) = state.problems.len().checked_sub(4) {
            prose.text(theme.strong(), &format!("  {more} more"));
        }
    }
    for notice in state.notices.iter().take(2) {
        prose.hanging(Span::styled("  ", theme.quiet()), theme.quiet(), notice);
    }
    let commands: &[&str] = match state.step {
        Step::File | Step::Columns | Step::Filters | Step::Plan | Step::Seal => {
            &["frame import FILE --plan PLAN"]
        }
        Step::Seed => &["sample draw --seed TEXT --seed-source TEXT", "sample witness"],
        Step::Drawn => &["sample show", "sample receipt --receipt FILE"],
        Step::Assign | Step::Done => &["assign --balanced", "person set CODE"],
    };
    prose.line(Line::default());
    let said = format!("As commands: {}", list_and(commands));
    prose.text(theme.quiet(), &said);
    prose.into_lines()
}
