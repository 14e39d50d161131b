//! A plan's pages as aligned text for people, 80 columns wide.

use std::fmt::Write;

use super::plan::Plan;
use super::sheet::source;
use super::standing::{MeasureStanding, PeriodRow, Standing};
use crate::stats::{percent_text, proportion_text};
use crate::text::{clean, fit, fit_right, list_and, width, wrap};

/// Columns of a page.
const PAGE: usize = 80;
/// Columns of a period's bar, 0 to 100 %.
const BAR: usize = 21;

/// What stands above both pages: the plan and how it measures.
fn head(plan: &Plan) -> String {
    let mut out = format!("{}: {}\n", plan.title, plan.instrument.short());
    if plan.practice {
        out.push_str("practice reviews are measured: nothing here is real\n");
    }
    let _ = write!(out, "in force {}, implementation to {}", plan.effective, plan.ends);
    if let Some(day) = plan.non_overlapping_ends {
        let _ = write!(out, ", measured to {day}");
    }
    out.push('\n');
    let _ = writeln!(out, "{}", plan.formula());
    clean_page(&out)
}

fn clean_page(text: &str) -> String {
    let lines = text.lines().flat_map(|line| wrap(&clean(line), PAGE));
    lines.map(|line| line + "\n").collect()
}

/// Baselines and goals.
pub fn baseline_text(plan: &Plan, standing: &Standing) -> String {
    let mut out = head(plan);
    let names = standing.measures.iter().map(|one| width(&clean(&label(one))));
    let periods = standing.measures.iter().map(|one| width(&one.baseline_period.short()));
    let period = periods.max().unwrap_or(0).clamp(9, 21);
    // The numbers take 44 of the columns of a page.
    let name = names.max().unwrap_or(0).clamp(12, PAGE - 44 - period);
    let _ = write!(
        out,
        "\n{}  {}{}{}{}   {}{}\n",
        fit("measure", name),
        fit("period", period),
        fit_right("n", 6),
        fit_right("Strength", 10),
        fit_right("%", 7),
        fit_right("goal %", 7),
        fit_right("minimum", 9),
    );
    for one in &standing.measures {
        let (x, n) = one.baseline;
        let goal = one.goal.map_or_else(|| "-".to_owned(), |goal| proportion_text(goal.value));
        let least = if one.aggregate { "-".to_owned() } else { one.minimum.to_string() };
        let line = format!(
            "{}  {}{}{}{}   {}{}",
            fit(&clean(&label(one)), name),
            fit(&one.baseline_period.short(), period),
            fit_right(&n.to_string(), 6),
            fit_right(&x.to_string(), 10),
            fit_right(&percent_text(x, n), 7),
            fit_right(&goal, 7),
            fit_right(&least, 9),
        );
        let _ = writeln!(out, "{}", line.trim_end());
        let agreed = one.goal.is_some_and(|goal| goal.margin.is_none());
        let typed = (one.baseline_typed || agreed).then(|| {
            let goal = if agreed { ", goal agreed" } else { "" };
            format!("{}{goal}", source(one))
        });
        for note in typed.into_iter().chain(one.notes.iter().map(|note| (*note).to_owned())) {
            for line in wrap(&note, PAGE - 4) {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    out
}

fn label(one: &MeasureStanding) -> String {
    let group = if one.group.is_empty() { String::new() } else { one.group.join(", ") + ": " };
    format!("{group}{} {}", one.id, one.title)
}

/// Where each measure stands.
pub fn status_text(plan: &Plan, standing: &Standing) -> String {
    let mut out = head(plan);
    let _ = writeln!(out, "on the scale 0 to 100 %: # percent, - its interval, B baseline, G goal");
    let _ = writeln!(out, "to goal: points that lack, below 0 where it lies above the goal");
    if !standing.columns.is_empty() {
        let by: Vec<&str> = standing.columns.iter().map(|column| column.title()).collect();
        let by = list_and(&by);
        let _ = writeln!(out, "by {by}: goals are the state's, here for reference only");
    }
    let ranges = standing.by_measure();
    if ranges.iter().any(|range| Layout::of(standing, &standing.measures[range.clone()]).short) {
        let _ = writeln!(out, "~ behind a state: so far, the period has not ended");
    }
    for range in ranges {
        let all = &standing.measures[range];
        measure(&mut out, plan, standing, all);
    }
    if !standing.strategies.is_empty() {
        out.push_str("\nStrategies, by the day they are due\n");
        for (letter, one) in &standing.strategies {
            let by = one.approved_by.as_ref();
            let approved = by.map_or("not approved".to_owned(), |by| format!("approved by {by}"));
            let items = if one.items.is_empty() {
                "all measures".to_owned()
            } else {
                format!("for {}", list_and(&one.items))
            };
            let text = format!(
                "{}  {}; {items}; {}; {}; {approved}; {}",
                one.due,
                one.title,
                one.place(),
                one.owner,
                one.status.title()
            );
            hang(&mut out, &format!("  {letter}  "), &text);
        }
    }
    out
}

/// How the periods of a measure are laid out.
#[derive(Clone, Copy)]
struct Layout {
    /// Columns of a period's name, of a count, and of the bar.
    column: usize,
    number: usize,
    scale: usize,
    /// No room for "so far": `~` stands for it.
    short: bool,
}

impl Layout {
    fn of(standing: &Standing, all: &[MeasureStanding]) -> Self {
        let names = all.iter().flat_map(|one| one.periods.iter().map(|row| width(&name(one, row))));
        let column = names.max().unwrap_or(9).clamp(9, 22);
        // Typed numbers may be long; the bar gives way to them.
        let rows = || all.iter().flat_map(|one| &one.periods);
        let number = rows().map(|row| row.n.to_string().len() + 1).max().unwrap_or(0).clamp(5, 14);
        let scale = bar_beside(column).saturating_sub(2 * (number - 5)).max(10);
        // And to states that are so far, as long as there is enough of it.
        let others = 2 + column + 2 * number + 6 + 2 + 2 + 7 + 6 + 2;
        let beside = |short: bool| {
            let states = rows().map(|row| width(&state(standing, row, short))).max();
            PAGE.saturating_sub(others + states.unwrap_or(0))
        };
        let short = rows().any(|row| row.runs) && beside(false) < 10;
        let scale = scale.min(beside(short)).max(8);
        Self { column, number, scale, short }
    }
}

/// Columns left for the bar beside names of this width: wide names take theirs from it.
fn bar_beside(names: usize) -> usize {
    (BAR + 9).saturating_sub(names).max(10)
}

fn measure(out: &mut String, plan: &Plan, standing: &Standing, all: &[MeasureStanding]) {
    let one = &all[0];
    let kind = if one.aggregate { "" } else { "Item " };
    let _ = writeln!(
        out,
        "\n{}",
        fit(&clean(&format!("{kind}{}  {}", one.id, one.title)), PAGE).trim_end()
    );
    let goal = one.goal.map_or_else(
        || "none".to_owned(),
        |goal| {
            let how = match goal.margin {
                Some(margin) => format!("+{}", proportion_text(margin)),
                None => "agreed".to_owned(),
            };
            format!("{} % ({how})", proportion_text(goal.value))
        },
    );
    // What is typed in is no count of cases.
    let least =
        if one.aggregate { String::new() } else { format!("; at least {} cases", one.minimum) };
    if all.len() == 1 && one.group.is_empty() {
        let (x, n) = one.baseline;
        let base = format!("{x} of {n}, {} %", percent_text(x, n));
        let typed = if one.baseline_typed { " (typed in)" } else { "" };
        let period = one.baseline_period.short();
        hang(out, "  ", &format!("baseline {period} {base}{typed}; goal {goal}{least}"));
    } else {
        hang(out, "  ", &format!("goal {goal}{least}"));
    }
    let layout = Layout::of(standing, all);
    let Layout { column, number, scale, .. } = layout;
    let _ = writeln!(
        out,
        "  {}{}{}{}  {}  {}{}  state",
        fit("period", column),
        fit_right("n", number),
        fit_right("Str.", number),
        fit_right("%", 6),
        fit("0 to 100 %", scale),
        fit_right("to goal", 7),
        fit_right("cases", 6),
    );
    for one in all {
        for row in &one.periods {
            period(out, standing, (one, row), layout);
        }
        if one.periods.is_empty() {
            out.push_str("  no period has a case yet\n");
        }
    }
    if all.len() == 1 && one.group.is_empty() {
        afterwards(out, plan, one);
    }
}

fn name(one: &MeasureStanding, row: &PeriodRow) -> String {
    let group = if one.group.is_empty() { String::new() } else { one.group.join(", ") + " " };
    clean(&format!("{group}{}", row.window.name)).into_owned()
}

fn period(
    out: &mut String,
    standing: &Standing,
    (one, row): (&MeasureStanding, &PeriodRow),
    Layout { column, number, scale, short }: Layout,
) {
    let points = row.points.map(proportion_text);
    let cases = row.cases.map(|cases| cases.to_string());
    let state = state(standing, row, short);
    let line = format!(
        "  {}{}{}{}  {}  {}{}  {state}",
        fit(&name(one, row), column),
        fit_right(&row.n.to_string(), number),
        fit_right(&row.x.to_string(), number),
        fit_right(&percent_text(row.x, row.n), 6),
        bar(one, row, scale),
        fit_right(points.as_deref().unwrap_or("-"), 7),
        fit_right(cases.as_deref().unwrap_or("-"), 6),
    );
    let _ = writeln!(out, "{}", line.trim_end());
}

/// How a period stands, and the letters of the strategies due in it; `short`: `~` stands for so
/// far.
fn state(standing: &Standing, row: &PeriodRow, short: bool) -> String {
    let letters: Vec<&str> = row.due.iter().map(|at| standing.strategies[*at].0.as_str()).collect();
    let due = if letters.is_empty() { String::new() } else { format!(" [{}]", letters.join(" ")) };
    match short && row.runs {
        true => format!("{} ~{due}", row.state.title()),
        false => row.stands() + &due,
    }
}

/// A period on a scale from 0 to 100 %: percent, interval, baseline and goal, in plain ASCII.
pub fn bar(one: &MeasureStanding, row: &PeriodRow, columns: usize) -> String {
    let last = (columns - 1) as f64;
    let place = |p: f64| (p.clamp(0.0, 1.0) * last).round() as usize;
    let mut bar = vec![' '; columns];
    if let Some(interval) = row.interval {
        bar[place(interval.low)..=place(interval.high)].fill('-');
    }
    if one.baseline.1 > 0 {
        bar[place(one.baseline.0 as f64 / one.baseline.1 as f64)] = 'B';
    }
    if let Some(goal) = one.goal {
        bar[place(goal.value)] = 'G';
    }
    if row.n > 0 {
        bar[place(row.x as f64 / row.n as f64)] = '#';
    }
    bar.into_iter().collect()
}

/// What is said under the periods of the whole state.
fn afterwards(out: &mut String, plan: &Plan, one: &MeasureStanding) {
    for line in one.sentences(plan) {
        hang(out, "  ", &line);
    }
}

/// A text behind a mark, its further lines indented as far.
fn hang(out: &mut String, mark: &str, text: &str) {
    let indent = width(mark);
    for (at, line) in wrap(&clean(text), PAGE - indent).iter().enumerate() {
        let before = if at == 0 { mark.to_owned() } else { " ".repeat(indent) };
        let _ = writeln!(out, "{before}{line}");
    }
}
