//! A plan's pages to read and pass on.

use super::periods::Window;
use super::plan::{Plan, Strategy};
use super::sheet::baseline_sheet;
use super::standing::{MeasureStanding, PeriodRow, Standing};
use crate::report::chart::{Line, Point, lines};
use crate::report::page::{Audience, Grid, Page, Part, Section};
use crate::stats::{percent_cell, proportion_text};
use crate::text::list_and;

/// Most periods of one figure.
const PERIODS: usize = 14;

/// Baselines and goals.
pub fn baseline_page(plan: &Plan, standing: &Standing) -> Page {
    let sheet = baseline_sheet(plan, standing);
    let section = Section {
        title: "Baselines and goals".to_owned(),
        parts: vec![Part::Table(Grid::of("Baseline and goal of each measure", &sheet))],
    };
    page("PIP baseline", plan, standing, vec![section])
}

/// Where each measure stands: a figure and a table each, then the strategies.
pub fn status_page(plan: &Plan, standing: &Standing) -> Page {
    let mut sections = Vec::new();
    for range in standing.by_measure() {
        let all = &standing.measures[range];
        let kind = if all[0].aggregate { "" } else { "Item " };
        let title = format!("{kind}{}, {}", all[0].id, all[0].title);
        let parts = all.iter().flat_map(|one| of_measure(plan, standing, one)).collect();
        sections.push(Section { title, parts });
    }
    if !standing.strategies.is_empty() {
        sections.push(strategies(standing));
    }
    page("PIP status", plan, standing, sections)
}

fn page(what: &str, plan: &Plan, standing: &Standing, mut sections: Vec<Section>) -> Page {
    let mut says = vec![format!(
        "{}. In force {}, implementation to {}, measured to {}.",
        plan.instrument.short(),
        plan.effective,
        plan.ends,
        plan.last_day()
    )];
    says.push(format!("{}. Measures are unweighted.", plan.formula()));
    if plan.practice {
        says.push("Practice reviews are measured: nothing here is real.".to_owned());
    }
    if !standing.columns.is_empty() {
        let by: Vec<&str> = standing.columns.iter().map(|column| column.title()).collect();
        says.push(format!("By {}: goals are the state's, here for reference.", list_and(&by)));
    }
    if !standing.notes.is_empty() {
        let parts = vec![Part::List(standing.notes.clone())];
        sections.push(Section { title: "What was measured, and what not".to_owned(), parts });
    }
    Page {
        title: format!("{what}: {}", plan.title),
        audience: Audience::Internal,
        says,
        sections,
        foot: vec!["Made by casereview from the reviews of one workspace.".to_owned()],
    }
}

fn of_measure(plan: &Plan, standing: &Standing, one: &MeasureStanding) -> Vec<Part> {
    let mut parts = Vec::new();
    if !one.group.is_empty() {
        parts.push(Part::Heading(one.group.join(", ")));
    }
    parts.push(figure(plan, standing, one));
    parts.push(Part::Table(table(standing, one)));
    let said = one.sentences(plan);
    if !said.is_empty() && one.group.is_empty() {
        parts.push(Part::List(said));
    }
    parts
}

/// Baseline and periods as a line, with the goal; strategies stand at the period they are due
/// in, also where it has no case yet.
fn figure(plan: &Plan, standing: &Standing, one: &MeasureStanding) -> Part {
    let mine: Vec<&Strategy> = standing
        .strategies
        .iter()
        .map(|(_, strategy)| strategy)
        .filter(|strategy| strategy.is_for(&one.id))
        .collect();
    let windows = shown(plan, one, &mine);
    let point = |window: &Window| {
        let row = one.periods.iter().find(|row| row.window == *window);
        Point {
            period: window.name.clone(),
            share: row.map(|row| (row.x, row.n)),
            interval: row.and_then(|row| row.interval).map(|it| (it.low, it.high)),
        }
    };
    let (x, n) = one.baseline;
    let baseline = Point {
        period: one.baseline_period.short(),
        share: (n > 0).then_some((x, n)),
        interval: one.baseline_interval.map(|it| (it.low, it.high)),
    };
    let points = std::iter::once(baseline).chain(windows.iter().map(point)).collect();
    let marks: Vec<(String, String)> = mine
        .iter()
        .filter_map(|strategy| {
            let window = windows.iter().find(|window| window.has(strategy.due))?;
            let words = format!("{}, {}", strategy.title, strategy.status.title());
            Some((window.name.clone(), words))
        })
        .collect();
    let kind = if one.aggregate { "" } else { "Item " };
    let goal = one.goal.map_or_else(String::new, |goal| {
        format!(" The dashed line is the goal of {} %.", proportion_text(goal.value))
    });
    let told: Vec<String> =
        marks.iter().enumerate().map(|(at, (_, words))| format!("({}) {words}", at + 1)).collect();
    let told = if told.is_empty() {
        String::new()
    } else {
        format!(" Strategies at the period they are due in: {}.", told.join("; "))
    };
    let caption = format!(
        "{kind}{}: the baseline of {}, then percent by period, each with its interval.{goal}{told} \
         The table below has the numbers.",
        one.id,
        one.baseline_period.short()
    );
    let goal = one.goal.map(|goal| goal.value);
    Part::Figure { caption, svg: vec![lines(&Line { points, goal, marks })] }
}

/// The periods with cases, and those after them in which a strategy is due.
fn shown(plan: &Plan, one: &MeasureStanding, strategies: &[&Strategy]) -> Vec<Window> {
    let mut windows: Vec<Window> = one.periods.iter().map(|row| row.window.clone()).collect();
    let last = windows.last().map(|window| window.days.last());
    let mut later = plan.windows();
    later.retain(|window| last.is_none_or(|last| window.days.last() > last));
    let due = |window: &Window| strategies.iter().any(|strategy| window.has(strategy.due));
    let needed = later.iter().rposition(due).map_or(0, |at| at + 1);
    windows.extend(later.into_iter().take(needed));
    windows.truncate(PERIODS);
    windows
}

fn table(standing: &Standing, one: &MeasureStanding) -> Grid {
    let heads =
        ["period", "n", "Strength", "percent", "from", "to", "points to goal", "cases to goal"];
    let mut heads: Vec<String> = heads.map(str::to_owned).into();
    if one.aggregate {
        heads[1..3].clone_from_slice(&["of".to_owned(), "made".to_owned()]);
    }
    heads.extend(["state", "strategies due"].map(str::to_owned));
    let ends = |interval: Option<crate::stats::Interval>| {
        let end = |of: fn(crate::stats::Interval) -> f64| {
            interval.map_or_else(String::new, |interval| proportion_text(of(interval)))
        };
        [end(|it| it.low), end(|it| it.high)]
    };
    let cells = |(x, n): (u64, u64), interval| {
        let mut cells = vec![n.to_string(), x.to_string(), percent_cell(x, n)];
        cells.extend(ends(interval));
        cells
    };
    let period = |row: &PeriodRow| {
        let mut cells = cells((row.x, row.n), row.interval);
        cells.push(row.points.map(proportion_text).unwrap_or_default());
        cells.push(row.cases.map_or_else(String::new, |n| n.to_string()));
        cells.push(row.stands());
        let due = row.due.iter().map(|at| standing.strategies[*at].1.title.clone());
        cells.push(due.collect::<Vec<_>>().join("; "));
        (row.window.name.clone(), cells)
    };
    let mut baseline = cells(one.baseline, one.baseline_interval);
    let goal = one.goal.map_or_else(
        || "no goal".to_owned(),
        |goal| format!("goal {} %", proportion_text(goal.value)),
    );
    baseline.extend([String::new(), String::new(), goal, String::new()]);
    let first = (format!("baseline {}", one.baseline_period.short()), baseline);
    let rows = std::iter::once(first).chain(one.periods.iter().map(period)).collect();
    let group =
        if one.group.is_empty() { String::new() } else { format!(", {}", one.group.join(", ")) };
    let caption = format!("{} {}{group}: baseline, goal and periods", one.id, one.title);
    Grid::matrix(&caption, &heads, rows)
}

fn strategies(standing: &Standing) -> Section {
    let heads = ["strategy", "for", "where", "owner", "due", "approved by", "status"];
    let rows = standing.strategies.iter().map(|(_, one)| {
        let items =
            if one.items.is_empty() { "all measures".to_owned() } else { list_and(&one.items) };
        let approved = one.approved_by.clone().unwrap_or_else(|| "not approved".to_owned());
        let due = one.due.to_string();
        let status = one.status.title().to_owned();
        vec![one.title.clone(), items, one.place(), one.owner.clone(), due, approved, status]
    });
    let grid = Grid::words("Strategies, by the day they are due", &heads, rows.collect());
    Section { title: "Strategies".to_owned(), parts: vec![Part::Table(grid)] }
}
