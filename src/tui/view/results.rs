//! Results of one item by region, county, case type or period, the interval as a bar.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::task::Action;
use crate::task::results::{By, Item, Line as Group, Measured, State};
use crate::text::{clean, count, fit, fit_right, list_and, width};
use crate::tui::bar;
use crate::tui::keys::key_of;
use crate::tui::layout::{below, inset, row, rule};
use crate::tui::list;
use crate::tui::prose::{Prose, scrolled};
use crate::tui::theme::Theme;

/// Columns of the numbers, in the order they stand.
struct Columns {
    name: usize,
    bar: usize,
    counts_all: bool,
}

/// Widths of n, Strength, ANI and %; of NA and not rated, where there is room.
const N: usize = 5;
const STRENGTH: usize = 10;
const ANI: usize = 6;
const PERCENT: usize = 7;
const NA: usize = 6;
const OPEN: usize = 11;
const BOUND: usize = 5;

impl Columns {
    fn new(area: Rect, item: &Item) -> Self {
        let room = usize::from(area.width);
        let longest = item.groups.iter().map(|g| width(&clean(&g.group))).max().unwrap_or(0);
        let name = longest.max(width("statewide")).clamp(9, 24) + 2;
        let numbers = N + STRENGTH + ANI + PERCENT + 2 + BOUND + 1 + 1 + BOUND;
        let counts_all = room >= 2 + name + numbers + NA + OPEN + 24;
        let wide = if counts_all { NA + OPEN } else { 0 };
        let bar = room.saturating_sub(2 + name + numbers + wide).min(52);
        Self { name, bar, counts_all }
    }
}

/// Draws the body of the results screen.
pub fn draw(frame: &mut Frame<'_>, theme: Theme, body: Rect, state: &State) {
    let area = inset(body, 1, 1);
    let Some((measured, item)) = state.measured.as_ref().zip(state.shown()) else {
        let words = match &state.measured {
            None => "Counting ...",
            Some(_) => "Nothing to report yet: no review is submitted.",
        };
        frame.render_widget(Line::styled(words, theme.quiet()), row(area, 1));
        return;
    };
    let columns = Columns::new(area, item);
    let mut head = Prose::new(area.width);
    let reviews = counted(measured);
    let room = usize::from(area.width).saturating_sub(width(&reviews) + 2);
    let title = fit(&clean(&format!("Item {}  {}", item.id, item.title)), room);
    head.ends((theme.strong(), &title), (theme.quiet(), &reviews));
    head.gap();
    head.line(heading(theme, &columns, state.by));
    let head_rows = u16::try_from(head.height()).unwrap_or(u16::MAX);
    scrolled(frame, theme, area, &head.into_lines(), 0, "");

    let foot = foot(theme, area.width, &columns, measured, item);
    // Notes never take the room of the groups: what doesn't fit is counted.
    let foot_rows = u16::try_from(foot.len()).unwrap_or(u16::MAX).min(area.height / 3);
    let list_area = below(area, head_rows);
    let rows = list_area.height.saturating_sub(foot_rows + 1);
    let wanted = u16::try_from(item.groups.len()).unwrap_or(u16::MAX);
    let list_area = Rect { height: rows.min(wanted), ..list_area };
    list::draw(frame, theme, list_area, (item.groups.len(), state.group.at()), |at| {
        line(theme, &columns, &item.groups[at], at == state.group.at())
    });
    let after = below(area, head_rows + list_area.height);
    rule(frame, theme, after);
    scrolled(frame, theme, below(after, 1), &foot, 0, "a taller window");
}

/// How many reviews the numbers rest on, and of which period.
fn counted(measured: &Measured) -> String {
    let reviews = count(measured.reviews, "final review", "final reviews");
    match (&measured.period, measured.periods.len()) {
        (Some(period), _) => format!("{reviews} of {period}"),
        (None, 0 | 1) => reviews,
        (None, periods) => format!("{reviews} of {periods} periods"),
    }
}

fn heading(theme: Theme, columns: &Columns, by: By) -> Line<'static> {
    let mut text = format!(
        "  {}{}{}{}{}",
        fit(by.title(), columns.name),
        fit_right("n", N),
        fit_right("Strength", STRENGTH),
        fit_right("ANI", ANI),
        fit_right("%", PERCENT),
    );
    if columns.counts_all {
        text += &fit_right("NA", NA);
        text += &fit_right("not rated", OPEN);
    }
    text += "   95 % interval";
    if columns.bar >= 34 {
        text += &fit_right("0 to 100 %", columns.bar - 3);
    }
    Line::styled(text, theme.quiet())
}

fn line(theme: Theme, columns: &Columns, group: &Group, here: bool) -> Line<'static> {
    let name = fit(&clean(&group.group), columns.name);
    let mark = if here { "> " } else { "  " };
    let mut numbers = format!(
        "{}{}{}{}",
        fit_right(&group.applicable().to_string(), N),
        fit_right(&group.strength.to_string(), STRENGTH),
        fit_right(&group.ani.to_string(), ANI),
        fit_right(&group.percent, PERCENT),
    );
    if columns.counts_all {
        numbers += &fit_right(&group.na.to_string(), NA);
        numbers += &fit_right(&group.incomplete.to_string(), OPEN);
    }
    let style = if here { theme.here() } else { theme.text() };
    let mut spans = vec![
        Span::styled(mark, theme.accent()),
        Span::styled(name, style),
        Span::styled(numbers, theme.text()),
    ];
    spans.extend(interval(theme, columns, group));
    Line::from(spans)
}

fn interval(theme: Theme, columns: &Columns, group: &Group) -> Vec<Span<'static>> {
    let Some((low, high)) = group.interval else {
        return vec![Span::styled("  no applicable case", theme.quiet())];
    };
    let (strength, n) = (group.strength as f64, group.applicable() as f64);
    let bound = |p: f64| fit_right(&format!("{:.1}", p * 100.0), BOUND);
    match bar::interval(low, strength / n, high, columns.bar) {
        Some(bar) => vec![
            Span::styled(format!("  {} ", bound(low)), theme.quiet()),
            Span::styled(bar, theme.accent()),
            Span::styled(format!(" {}", bound(high)), theme.quiet()),
        ],
        None => vec![Span::styled(
            format!("  {} to {}", bound(low).trim_start(), bound(high).trim_start()),
            theme.quiet(),
        )],
    }
}

fn foot(
    theme: Theme,
    room: u16,
    columns: &Columns,
    measured: &Measured,
    item: &Item,
) -> Vec<Line<'static>> {
    let mut prose = Prose::new(room);
    let mut total = item.total.clone();
    total.group = "all".to_owned();
    prose.line(line(theme, columns, &total, false));
    if let Some(bar) = item.bar {
        let text = format!("bar of a whole state {:.0} %, here for reference only", bar * 100.0);
        prose.hanging(Span::raw("  "), theme.quiet(), &text);
    }
    if let (None, By::Region | By::County | By::CaseType) = (&measured.period, measured.by)
        && measured.periods.len() > 1
    {
        let periods = list_and(&measured.periods);
        let text = format!("{periods} together: {} takes one", key_of(Action::Period));
        prose.hanging(Span::raw("  "), theme.text(), &text);
    }
    for note in &measured.notes {
        prose.hanging(Span::raw("  "), theme.text(), note);
    }
    prose.into_lines()
}
