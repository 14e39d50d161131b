//! Which figures a report has, from its sheet alone.

use std::collections::BTreeMap;

use super::Part;
use crate::report::chart::{
    Bar, Dot, Heat, HeatCell, Line, Point, Stack, bars, funnel, heat, lines, stacked,
};
use crate::report::{Cell, Sheet};
use crate::stats::proportion_text;

/// Most bars of one figure: so many fit on a printed sheet, and beyond, the table alone is easier
/// to read.
const BARS: usize = 40;
/// Most lines of a trend's figures.
const LINES: usize = 60;
/// Fewest groups a funnel tells anything about.
const FUNNEL: usize = 4;

/// The figures of a report, with the goals of items where a trend has any; none where it holds no
/// percentages.
pub(super) fn figures(sheet: &Sheet, goals: &BTreeMap<String, f64>) -> Vec<Part> {
    let view = View(sheet);
    if sheet.rows.is_empty() || view.at_share().is_none() {
        return Vec::new();
    }
    if view.at("change").is_some() {
        return trends(&view, goals, &[]);
    }
    if view.at("substantially").is_some() {
        return vec![outcomes(&view)];
    }
    if view.at("state_percent").is_some() && !sheet.groups.is_empty() {
        let mut parts = vec![field(&view)];
        for line in by_item(&view) {
            parts.extend(beside(&view, &line));
            parts.extend(funnel_of(&view, &line));
        }
        return parts;
    }
    if sheet.rows.len() > BARS { Vec::new() } else { vec![percents(&view)] }
}

/// A sheet, by the names of its columns.
pub(super) struct View<'s>(pub(super) &'s Sheet);

impl View<'_> {
    pub(super) fn at(&self, name: &str) -> Option<usize> {
        self.0.columns.iter().position(|(csv, _)| *csv == name)
    }
    /// The column whose numbers are drawn.
    fn at_share(&self) -> Option<usize> {
        self.at("percent").or_else(|| self.at("percent_agreement"))
    }
    fn cell(&self, row: usize, name: &str) -> Option<&Cell> {
        self.at(name).map(|at| &self.0.rows[row].1[at])
    }
    pub(super) fn share(&self, row: usize) -> Option<(u64, u64)> {
        match self.at_share().map(|at| &self.0.rows[row].1[at]) {
            Some(Cell::Share { x, n }) => Some((*x, *n)),
            _ => None,
        }
    }
    fn bound(&self, row: usize, name: &str) -> Option<f64> {
        match self.cell(row, name) {
            Some(Cell::Bound(bound)) => *bound,
            _ => None,
        }
    }
    fn interval(&self, row: usize) -> Option<(f64, f64)> {
        self.bound(row, "low").zip(self.bound(row, "high"))
    }
    fn count(&self, row: usize, name: &str) -> Option<u64> {
        match self.cell(row, name) {
            Some(Cell::Count(count)) => Some(*count),
            _ => None,
        }
    }
    pub(super) fn text(&self, row: usize, name: &str) -> String {
        match self.cell(row, name) {
            Some(Cell::Text(text) | Cell::Note(Some(text))) => text.clone(),
            _ => String::new(),
        }
    }
    /// The group's values, joined.
    pub(super) fn group(&self, row: usize) -> String {
        let values = self.0.rows[row].0.iter().map(|value| named(value.as_deref()));
        values.collect::<Vec<_>>().join(" · ")
    }
    fn is_total(&self, row: usize) -> bool {
        let group = &self.0.rows[row].0;
        !group.is_empty() && group.iter().all(Option::is_none)
    }
    /// The texts before the first number, shortened to what tells the row.
    fn label(&self, row: usize) -> String {
        let texts = self.0.rows[row].1.iter().map_while(|cell| match cell {
            Cell::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let mut label = texts.take(2).collect::<Vec<_>>().join(" ");
        let period = self.text(row, "period");
        if !period.is_empty() {
            label = format!("{period} · {label}");
        }
        if !self.0.groups.is_empty() {
            label = format!("{} · {label}", self.group(row));
        }
        label
    }
}

/// A group's value, as figures and tables call it.
pub(super) fn named(value: Option<&str>) -> &str {
    match value {
        None => "all",
        Some("") => "(none)",
        Some(value) => value,
    }
}

fn percents(view: &View<'_>) -> Part {
    let goal = ["bar", "target", "goal"].into_iter().find(|name| view.at(name).is_some());
    let rows = (0..view.0.rows.len()).map(|row| Bar {
        label: view.label(row),
        share: view.share(row),
        interval: view.interval(row),
        bar: goal.and_then(|goal| view.bound(row, goal)),
    });
    let rows: Vec<Bar> = rows.collect();
    let svg = vec![bars(&rows)];
    let what = if view.at("percent").is_some() {
        "Percentage of those it applies to"
    } else {
        "How often both gave the same, of the pairs"
    };
    let any = |has: fn(&Bar) -> bool| rows.iter().any(has);
    let interval = if any(|row| row.interval.is_some()) { ", with its interval" } else { "" };
    let tick = match any(|row| row.bar.is_some()) {
        true => "; the upright tick is what is to be reached",
        false => "",
    };
    let caption = format!("{what}{interval}{tick}. The table below has the numbers.");
    Part::Figure { caption, svg }
}

fn outcomes(view: &View<'_>) -> Part {
    let names = ["substantially", "partially", "not_achieved"];
    let rows = (0..view.0.rows.len()).map(|row| Stack {
        label: if view.0.groups.is_empty() {
            view.text(row, "title")
        } else {
            format!("{} · {}", view.group(row), view.text(row, "title"))
        },
        parts: names.iter().map(|name| view.count(row, name)).collect(),
        // What was not computed says so; else nothing was applicable.
        none: match view.text(row, "note").starts_with("not computed") {
            true => "not computed",
            false => "none applicable",
        },
    });
    let said = ["Substantially achieved", "Partially achieved", "Not achieved"];
    let caption =
        "Of the reviews an outcome applied to, how many achieved it how far: the numbers \
                   in the bars are reviews. The table below has them too."
            .to_owned();
    Part::Figure { caption, svg: vec![stacked(&said, &rows.collect::<Vec<_>>())] }
}

fn field(view: &View<'_>) -> Part {
    let mut columns: Vec<String> = Vec::new();
    let mut rows: Vec<(String, Vec<Option<HeatCell>>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in 0..view.0.rows.len() {
        let (item, group) = (view.text(row, "item"), view.group(row));
        let column = columns.iter().position(|known| *known == item).unwrap_or_else(|| {
            columns.push(item);
            columns.len() - 1
        });
        let place = *places.entry(group.clone()).or_insert_with(|| {
            rows.push((group, Vec::new()));
            rows.len() - 1
        });
        let cells = &mut rows[place].1;
        cells.resize(column + 1, None);
        let apart = match view.text(row, "against_state").as_str() {
            "above" => Some(true),
            "below" => Some(false),
            _ => None,
        };
        cells[column] = Some(HeatCell { share: view.share(row), apart });
    }
    rows.iter_mut().for_each(|(_, cells)| cells.resize(columns.len(), None));
    rows.sort_by_key(|(name, _)| name == "all");
    let caption = "Percent Strength of applicable reviews, darker where it is higher; + and - \
                   stand where a group lies above or below the state by more than \
                   chance explains (95 of 100). The table below has the numbers."
        .to_owned();
    Part::Figure { caption, svg: heat(&Heat { columns, rows }) }
}

/// The groups of an item, without their total.
struct OfItem {
    item: String,
    title: String,
    rows: Vec<usize>,
}

/// Item by item.
fn by_item(view: &View<'_>) -> Vec<OfItem> {
    let mut items: Vec<OfItem> = Vec::new();
    for row in (0..view.0.rows.len()).filter(|row| !view.is_total(*row)) {
        let item = view.text(row, "item");
        match items.last_mut().filter(|known| known.item == item) {
            Some(known) => known.rows.push(row),
            None => items.push(OfItem { item, title: view.text(row, "title"), rows: vec![row] }),
        }
    }
    items
}

/// The groups of an item beside each other; none where they are too many to be read.
fn beside(view: &View<'_>, of: &OfItem) -> Option<Part> {
    if !(2..=BARS).contains(&of.rows.len()) {
        return None;
    }
    let state = |row: usize| match view.cell(row, "state_percent") {
        Some(Cell::Share { x, n }) if *n > 0 => Some(*x as f64 / *n as f64),
        _ => None,
    };
    let rows: Vec<Bar> = of
        .rows
        .iter()
        .map(|row| Bar {
            label: view.group(*row),
            share: view.share(*row),
            interval: view.interval(*row),
            bar: state(*row),
        })
        .collect();
    let tick = match rows.iter().any(|row| row.bar.is_some()) {
        true => "; the upright tick is the state",
        false => "",
    };
    let OfItem { item, title, .. } = of;
    let caption = format!(
        "Item {item}, {title}: percent Strength of applicable reviews with its interval{tick}. \
         The table below has the numbers."
    );
    Some(Part::Figure { caption, svg: vec![bars(&rows)] })
}

/// A funnel of an item that has groups enough.
fn funnel_of(view: &View<'_>, of: &OfItem) -> Option<Part> {
    let dot = |row: &usize| view.share(*row).map(|share| Dot { label: view.group(*row), share });
    // A funnel with a dot hidden would show by its gap where it lies.
    let dots: Option<Vec<Dot>> = of.rows.iter().map(dot).collect();
    let dots = dots.filter(|dots| dots.len() >= FUNNEL)?;
    let all = dots.iter().fold((0, 0), |(x, n), dot| (x + dot.share.0, n + dot.share.1));
    if all.1 == 0 {
        return None;
    }
    let OfItem { item, title, .. } = of;
    Some(Part::Figure {
        caption: format!(
            "Item {item}, {title}: groups by number of reviews. Inside of the lines chance alone \
             explains how a group differs from all together (95 of 100, dashed 99.8); with a few \
             reviews it may outside of them too. The table below has the numbers."
        ),
        svg: vec![funnel(&dots, all)],
    })
}

/// A line for each item, with the goals and marks there are.
pub(super) fn trends(
    view: &View<'_>,
    goals: &BTreeMap<String, f64>,
    marks: &[(String, String, String)],
) -> Vec<Part> {
    let mut lines_of: Vec<(String, String, Vec<usize>)> = Vec::new();
    let period = view.0.groups.iter().position(|name| *name == "period");
    let Some(period) = period else { return Vec::new() };
    for row in 0..view.0.rows.len() {
        let group = &view.0.rows[row].0;
        let others = group.iter().enumerate().filter(|(at, _)| *at != period);
        let others: Vec<&str> = others.map(|(_, value)| named(value.as_deref())).collect();
        let key = format!("{}\u{1f}{}", view.text(row, "item"), others.join(" · "));
        let title = match others.as_slice() {
            [] => format!("Item {}, {}", view.text(row, "item"), view.text(row, "title")),
            others => format!(
                "Item {}, {} · {}",
                view.text(row, "item"),
                view.text(row, "title"),
                others.join(" · ")
            ),
        };
        match lines_of.iter_mut().find(|(known, _, _)| *known == key) {
            Some((_, _, rows)) => rows.push(row),
            None => lines_of.push((key, title, vec![row])),
        }
    }
    if lines_of.len() > LINES {
        return Vec::new();
    }
    let mut parts = Vec::new();
    for (_, title, rows) in lines_of {
        let item = view.text(rows[0], "item");
        let points = rows.iter().map(|row| Point {
            period: view.0.rows[*row].0[period].clone().unwrap_or_default(),
            share: view.share(*row),
            interval: view.interval(*row),
        });
        let marks: Vec<(String, String)> = marks
            .iter()
            .filter(|(of, _, _)| *of == item)
            .map(|(_, period, words)| (period.clone(), words.clone()))
            .collect();
        let told = marks.iter().enumerate().map(|(at, (_, words))| format!("({}) {words}", at + 1));
        let told = told.collect::<Vec<_>>().join("; ");
        let goal = goals.get(&item).copied();
        let mut caption = format!("{title}: percent Strength by period, with its interval");
        if let Some(goal) = goal {
            caption += &format!(" and the goal of {} %", proportion_text(goal));
        }
        caption += if told.is_empty() { "." } else { ". " };
        caption += &told;
        let line = Line { points: points.collect(), goal, marks };
        parts.push(Part::Figure { caption, svg: vec![lines(&line)] });
    }
    parts
}
