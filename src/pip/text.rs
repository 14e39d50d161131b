//! A plan's pages as aligned text for people, 80 columns wide.

use std::fmt::Write;

use super::plan::Plan;
use super::sheet::source;
use super::standing::{MeasureStanding, MixCheck, PeriodRow, Standing};
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
        let line = format!(
            "{}  {}{}{}{}   {}{}",
            fit(&clean(&label(one)), name),
            fit(&one.baseline_period.short(), period),
            fit_right(&n.to_string(), 6),
            fit_right(&x.to_string(), 10),
            fit_right(&percent_text(x, n), 7),
            fit_right(&goal, 7),
            fit_right(&one.minimum.to_string(), 9),
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
    if !standing.columns.is_empty() {
        let by: Vec<&str> = standing.columns.iter().map(|column| column.title()).collect();
        let by = list_and(&by);
        let _ = writeln!(out, "by {by}: goals are the state's, here for reference only");
    }
    for range in standing.by_measure() {
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
    if all.len() == 1 && one.group.is_empty() {
        let (x, n) = one.baseline;
        let base = format!("{x} of {n}, {} %", percent_text(x, n));
        let typed = if one.baseline_typed { " (typed in)" } else { "" };
        let period = one.baseline_period.short();
        let text =
            format!("baseline {period} {base}{typed}; goal {goal}; at least {} cases", one.minimum);
        hang(out, "  ", &text);
    } else {
        hang(out, "  ", &format!("goal {goal}; at least {} cases", one.minimum));
    }
    let names = all.iter().flat_map(|one| one.periods.iter().map(|row| width(&name(one, row))));
    let column = names.max().unwrap_or(9).clamp(9, 22);
    // Typed numbers may be long; the bar gives way to them.
    let numbers = all.iter().flat_map(|one| &one.periods).map(|row| row.n.to_string().len() + 1);
    let number = numbers.max().unwrap_or(0).clamp(5, 14);
    let scale = bar_beside(column).saturating_sub(2 * (number - 5)).max(10);
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
            period(out, standing, (one, row), [column, number, scale]);
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
    [column, number, scale]: [usize; 3],
) {
    let points =
        row.points.filter(|_| !row.state.is_met()).map(|points| proportion_text(points.max(0.0)));
    let cases = row.cases.filter(|_| !row.state.is_met()).map(|cases| cases.to_string());
    let mut state = row.state.title().to_owned();
    if !row.due.is_empty() {
        let letters: Vec<&str> =
            row.due.iter().map(|at| standing.strategies[*at].0.as_str()).collect();
        state += &format!(" [{}]", letters.join(" "));
    }
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

impl MeasureStanding {
    /// What must be said beside the numbers: the change, the case mix, the next sample.
    pub fn sentences(&self, plan: &Plan) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(row) = self.met_in() {
            said.push(format!("goal met in {}", row.window.name));
        }
        if let Some(row) = self.now() {
            if let (Some(change), Some(sure)) = (row.change, row.is_sure()) {
                let sign = if change.difference > 0.0 { "+" } else { "" };
                said.push(format!(
                    "{} since the baseline: {sign}{} points ({} to {}), {}",
                    row.window.name,
                    proportion_text(change.difference),
                    proportion_text(change.interval.low),
                    proportion_text(change.interval.high),
                    if sure { "more than sampling noise" } else { "within sampling noise" },
                ));
            }
            let tolerance = proportion_text(plan.mix.tolerance);
            let tolerance = tolerance.trim_end_matches(".0");
            match &row.mix {
                MixCheck::Unknown => {}
                MixCheck::Within => {
                    said.push(format!("case mix within {tolerance} points of the baseline"));
                }
                outside @ MixCheck::Outside(_) => said.push(format!(
                    "case mix not within {tolerance} points of the baseline, {}",
                    super::sheet::mix_words(outside)
                )),
            }
        }
        if let Some(next) = &self.next {
            said.push(format!(
                "{}: {} applicable cases show the goal met if {} % are Strength",
                next.window,
                next.n,
                proportion_text(next.expected)
            ));
        }
        said.extend(self.notes.iter().map(|note| (*note).to_owned()));
        said
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
