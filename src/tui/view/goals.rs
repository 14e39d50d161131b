//! The improvement plan: its measures with baseline, goal and now, and the periods of one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::pip::{MeasureStanding, PeriodRow, bar};
use crate::stats::{percent_text, proportion_text};
use crate::task::goals::{Page, State};
use crate::text::{clean, count, fit, fit_right, width};
use crate::tui::editor::Editor;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;
use crate::tui::view::saving;

/// Widths of baseline, goal, now and points missing, and of cases missing.
const PERCENT: usize = 7;
const CASES: usize = 7;

/// Columns of a line in the list.
struct Columns {
    name: usize,
    state: usize,
    spark: usize,
}

impl Columns {
    fn new(area: Rect, page: &Page) -> Self {
        let all = &page.standing.measures;
        let periods = all.iter().map(|one| one.periods.len()).max().unwrap_or(0);
        let room = usize::from(area.width);
        // Two columns a period, and the baseline before them.
        let state = all.iter().map(|one| width(&stands(one))).max().unwrap_or(0) + 2;
        let numbers = 2 + 4 * PERCENT + CASES + 2 + state;
        let spark = (2 * periods + 2).clamp(8, 24);
        let longest = all.iter().map(|one| width(&clean(&label(one)))).max().unwrap_or(0);
        let name = room.saturating_sub(numbers + spark).clamp(8, longest.max(8) + 2);
        Self { name, state, spark: spark.min(room.saturating_sub(numbers + name)) }
    }
}

/// Draws the body of the page.
pub fn draw(
    frame: &mut Frame<'_>,
    theme: Theme,
    body: Rect,
    state: &State,
    editor: Option<&Editor>,
) {
    let area = inset(body, 1, 1);
    if let Some(open) = &state.saving {
        let folder = state.page.as_ref().map_or("", |page| page.folder.as_str());
        return saving::draw(frame, theme, area, open, folder, editor);
    }
    let Some(page) = &state.page else {
        frame.render_widget(Line::styled("Counting ...", theme.quiet()), row(area, 1));
        return;
    };
    let columns = Columns::new(area, page);
    let mut head = Prose::new(area.width);
    let title = clean(&page.plan.title).into_owned();
    head.ends((theme.strong(), &title), (theme.quiet(), page.plan.instrument.short()));
    if page.plan.practice {
        head.text(theme.text(), "practice reviews are measured: nothing here is real");
    }
    head.gap();
    head.line(heading(theme, &columns));
    let head_rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    scrolled(frame, theme, area, &head.into_lines(), 0, "");

    let all = &page.standing.measures;
    let rest = below(area, head_rows);
    let wanted = u16::try_from(all.len()).unwrap_or(u16::MAX);
    let list_area = Rect { height: wanted.min(rest.height / 2), ..rest };
    list::draw(frame, theme, list_area, (all.len(), state.measure.at()), |at| {
        line(theme, &columns, &all[at], at == state.measure.at())
    });
    let after = below(rest, list_area.height);
    rule(frame, theme, after);
    if let Some(one) = state.chosen() {
        let (lines, tops) = detail(theme, after.width, page, one);
        let offset = tops.get(state.above).copied().unwrap_or(lines.len());
        scrolled(frame, theme, below(after, 1), &lines, offset, "PageUp, PageDown");
    }
}

fn label(one: &MeasureStanding) -> String {
    format!("{} {}", one.id, one.title)
}

/// Where a measure stands, in a word or two.
fn stands(one: &MeasureStanding) -> String {
    match (one.met_in(), one.now()) {
        (Some(row), _) if row.runs => row.stands(),
        (Some(row), _) => format!("met {}", row.window.name),
        (None, Some(row)) => row.stands(),
        (None, None) => "no period yet".to_owned(),
    }
}

fn heading(theme: Theme, columns: &Columns) -> Line<'static> {
    let text = format!(
        "  {}{}{}{}{}{}  {}{}",
        fit("measure", columns.name),
        fit_right("base", PERCENT),
        fit_right("goal", PERCENT),
        fit_right("now", PERCENT),
        fit_right("lacks", PERCENT),
        fit_right("cases", CASES),
        fit("", columns.state),
        fit("periods", columns.spark),
    );
    Line::styled(text, theme.quiet())
}

fn line(theme: Theme, columns: &Columns, one: &MeasureStanding, here: bool) -> Line<'static> {
    let now = one.now();
    let dash = || "-".to_owned();
    let goal = one.goal.map_or_else(dash, |goal| proportion_text(goal.value));
    let lacks = now.and_then(|row| row.points).map_or_else(dash, proportion_text);
    let cases = now.and_then(|row| row.cases).map_or_else(dash, |cases| cases.to_string());
    let numbers = format!(
        "{}{}{}{}{}  ",
        fit_right(&percent_text(one.baseline.0, one.baseline.1), PERCENT),
        fit_right(&goal, PERCENT),
        fit_right(&now.map_or_else(dash, |row| percent_text(row.x, row.n)), PERCENT),
        fit_right(&lacks, PERCENT),
        fit_right(&cases, CASES),
    );
    let style = if here { theme.here() } else { theme.text() };
    Line::from(vec![
        Span::styled(if here { "> " } else { "  " }, theme.accent()),
        Span::styled(fit(&clean(&label(one)), columns.name), style),
        Span::styled(numbers, theme.text()),
        Span::styled(fit(&stands(one), columns.state), theme.strong()),
        Span::styled(fit(&spark(one), columns.spark), theme.accent()),
    ])
}

/// The baseline, then each period as a block of its percent, `*` behind one that meets the
/// goal.
fn spark(one: &MeasureStanding) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let block = |x: u64, n: u64| match n {
        0 => '.',
        n => BLOCKS[(x * 8 / n).min(7) as usize],
    };
    let mut spark = format!("{}|", block(one.baseline.0, one.baseline.1));
    for row in &one.periods {
        spark.push(block(row.x, row.n));
        spark.push(if row.state.is_met() { '*' } else { ' ' });
    }
    spark
}

/// What is said of a measure, and the lines where paragraphs begin.
fn detail(
    theme: Theme,
    room: u16,
    page: &Page,
    one: &MeasureStanding,
) -> (Vec<Line<'static>>, Vec<usize>) {
    let mut prose = Prose::new(room);
    let mut tops = vec![0];
    let kind = if one.aggregate { "" } else { "Item " };
    let (x, n) = one.baseline;
    let baseline = format!("baseline {}: {x} of {n}", one.baseline_period.short());
    let title = clean(&format!("{kind}{}", label(one))).into_owned();
    let space = usize::from(room).saturating_sub(width(&baseline) + 2);
    prose.ends((theme.strong(), &fit(&title, space)), (theme.quiet(), &baseline));
    let names = one.periods.iter().map(|row| width(&row.window.name)).max().unwrap_or(0).max(7);
    let bar_room =
        usize::from(room).saturating_sub(names + 2 + 5 + 6 + PERCENT + 2 + 2 + 22).min(60);
    for row in &one.periods {
        tops.push(prose.height());
        prose.line(period(theme, page, one, row, (names, bar_room)));
    }
    if !one.periods.is_empty() {
        prose.text(theme.quiet(), "0 to 100 %: # percent, - its interval, B baseline, G goal");
    }
    tops.push(prose.height());
    prose.text(
        theme.quiet(),
        "periods: baseline | each period, * where it meets the goal; lacks: points to the goal, below 0 above it; cases: ANI, or missed visits, too many",
    );
    // What is done about it is seen in a small window too.
    for (letter, strategy) in &page.standing.strategies {
        if strategy.is_for(&one.id) {
            let text = format!(
                "{} {} ({}, {}), {}",
                strategy.due,
                strategy.title,
                strategy.place(),
                strategy.owner,
                strategy.status.title()
            );
            tops.push(prose.height());
            prose.hanging(Span::styled(format!("{letter}  "), theme.accent()), theme.text(), &text);
        }
    }
    for sentence in one.sentences(&page.plan) {
        tops.push(prose.height());
        prose.hanging(Span::raw(""), theme.text(), &sentence);
    }
    for note in &page.standing.notes {
        tops.push(prose.height());
        prose.hanging(Span::raw(""), theme.quiet(), note);
    }
    if one.periods.is_empty() {
        let reviews = count(one.minimum as usize, "case", "cases");
        prose.text(theme.quiet(), &format!("No period has a case yet; it needs {reviews}."));
    }
    (prose.into_lines(), tops)
}

fn period(
    theme: Theme,
    page: &Page,
    one: &MeasureStanding,
    row: &PeriodRow,
    (names, bar_room): (usize, usize),
) -> Line<'static> {
    let numbers = format!(
        "{}{}{}  ",
        fit_right(&row.n.to_string(), 5),
        fit_right(&row.x.to_string(), 6),
        fit_right(&percent_text(row.x, row.n), PERCENT),
    );
    let letters: Vec<&str> =
        row.due.iter().map(|at| page.standing.strategies[*at].0.as_str()).collect();
    let due = if letters.is_empty() { String::new() } else { format!(" [{}]", letters.join(" ")) };
    Line::from(vec![
        Span::styled(fit(&row.window.name, names + 2), theme.text()),
        Span::styled(numbers, theme.text()),
        Span::styled(bar(one, row, bar_room), theme.accent()),
        Span::styled(format!("  {}{due}", row.stands()), theme.strong()),
    ])
}
