//! The full report of a round: items, groups, trend, outcomes, people, sample.

use std::collections::BTreeMap;

use super::figures::{View, named, trends};
use super::{Audience, Further, Grid, Page, Part, Section};
use crate::report::Sheet;
use crate::stats::{Level, fisher, percent_text, proportion_text};

/// What a full report is made of: sheets of the reports it joins, so that its numbers are
/// theirs.
#[derive(Debug, Clone)]
pub struct Results<'r> {
    /// Title of the page.
    pub title: String,
    /// Whom it is for.
    pub audience: Audience,
    /// Final reviews counted, and the instruments they were made with.
    pub readings: u64,
    /// Short titles of the instruments.
    pub instruments: &'r [String],
    /// Of which rounds and periods the reviews are, and what the filters keep; nothing of it on
    /// a page for the public.
    pub says: Vec<String>,
    /// The filters leave only a part of a state's cases.
    pub part: bool,
    /// Whose draws the eliminations and receipts are of: "of the draw of round A".
    pub draws: String,
    /// What the groups are, in words: "region".
    pub group: &'r str,
    /// `report items`.
    pub items: &'r Sheet,
    /// `report items` by the group.
    pub by_group: &'r Sheet,
    /// `report trend`; empty where there is one period.
    pub trend: &'r Sheet,
    /// `report trend` by the group.
    pub trend_by_group: &'r Sheet,
    /// `report outcomes`.
    pub outcomes: &'r Sheet,
    /// `report outcomes` by the group.
    pub outcomes_by_group: &'r Sheet,
    /// `report participants`.
    pub participants: &'r Sheet,
    /// `report eliminations`.
    pub eliminations: &'r Sheet,
    /// Further reports.
    pub more: &'r [Further],
    /// Goals of items, as proportions.
    pub goals: &'r BTreeMap<String, f64>,
    /// Strategies: item, period they begin in, words.
    pub marks: &'r [(String, String, String)],
    /// What is said of the numbers and of the sample behind them.
    pub said: &'r [String],
    /// Where the numbers come from: receipt of the draw, checkpoint of the log.
    pub foot: Vec<String>,
}

/// The page of a full report.
pub fn results(from: &Results<'_>) -> Page {
    let mut sections = vec![in_short(from.items, from.trend, None)];
    let mut help = vec![reading_help()];
    help.extend(from.part.then(|| PART.to_owned()));
    sections.push(Section::of("Items", from.items, &help));
    if !from.by_group.rows.is_empty() {
        let title = format!("Items by {}", from.group);
        sections.push(Section::of(&title, from.by_group, &[for_reference(from.group)]));
    }
    if !from.trend.rows.is_empty() {
        let mut parts = trends(&View(from.trend), from.goals, from.marks);
        parts.push(Part::Table(Grid::of("Trend", from.trend)));
        parts.extend(by_group_and_period(from));
        sections.push(Section { title: "Trend".to_owned(), parts });
    }
    sections.push(Section::of("Outcomes", from.outcomes, &[]));
    if !from.outcomes_by_group.rows.is_empty() {
        let title = format!("Outcomes by {}", from.group);
        sections.push(Section::of(&title, from.outcomes_by_group, &[]));
    }
    if !from.participants.rows.is_empty() {
        let says = "A review counts here once for each item and person it rates. It is met where \
                    a question that rates the person applied and none of the answers fell short; \
                    questions that do not rate the item are left out."
            .to_owned();
        sections.push(Section::of(
            "Mother, father, child and others apart",
            from.participants,
            &[says],
        ));
    }
    let more = from.more.iter().filter(|one| !one.sheet.rows.is_empty());
    sections.extend(more.map(Further::section));
    let mut parts: Vec<Part> = from.said.iter().cloned().map(Part::Text).collect();
    if from.eliminations.rows.is_empty() {
        parts.push(Part::Text(format!("No case {} was eliminated.", from.draws)));
    } else {
        let caption = format!("Cases eliminated {}, by reason", from.draws);
        parts.push(Part::Table(Grid::of(&caption, from.eliminations)));
    }
    sections.push(Section { title: "The sample behind the numbers".to_owned(), parts });
    let mut says = from.says.clone();
    if says.is_empty() {
        says.push(super::counted_of(from.readings, from.instruments, None));
    }
    Page {
        title: from.title.clone(),
        audience: from.audience,
        says,
        sections,
        foot: from.foot.clone(),
    }
}

/// The first section: what the tables come to, in sentences. `only` are the periods whose changes
/// are told, where these are not all.
pub(super) fn in_short(items: &Sheet, trend: &Sheet, only: Option<&[String]>) -> Section {
    let view = View(items);
    let mut rated: Vec<(usize, (u64, u64))> = (0..items.rows.len())
        .filter_map(|row| view.share(row).map(|share| (row, share)))
        .filter(|(_, (_, n))| *n > 0)
        .collect();
    // Compared as whole numbers: x / n < y / m.
    rated.sort_by(|(_, (x, n)), (_, (y, m))| {
        (u128::from(*y) * u128::from(*n)).cmp(&(u128::from(*x) * u128::from(*m)))
    });
    let name =
        |row: usize| format!("item {} ({})", view.text(row, "item"), view.text(row, "title"));
    let told = |(row, (x, n)): &(usize, (u64, u64))| {
        format!("{}: Strength in {} % of {n}", name(*row), percent_text(*x, *n))
    };
    let mut parts = Vec::new();
    if let (Some(best), Some(least)) = (rated.first(), rated.last()) {
        // What is hidden is not compared: the sentence must not say it was.
        let most = match hides(items) {
            true => "Among the items whose numbers are shown, most often a Strength",
            false => "Most often a Strength",
        };
        parts.push(Part::Text(format!("{most}: {}.", told(best))));
        let ((x, n), (y, m)) = (best.1, least.1);
        if u128::from(x) * u128::from(m) != u128::from(y) * u128::from(n) {
            parts.push(Part::Text(format!("Least often: {}.", told(least))));
        }
    }
    let trend = View(trend);
    let is_told = |row: &usize| {
        let values = || trend.0.rows[*row].0.iter().flatten();
        only.is_none_or(|only| values().any(|value| only.contains(value)))
    };
    let sure: Vec<String> = (0..trend.0.rows.len())
        .filter(is_told)
        .filter_map(|row| moved(&trend, row).map(|points| (row, points)))
        .map(|(row, points)| {
            let item = trend.text(row, "item");
            let title = trend.text(row, "title");
            format!("item {item} ({title}) in {}: {points} points", trend.group(row))
        })
        .collect();
    // One period alone is compared with nothing.
    let change = trend.at("change");
    let is_compared = (0..trend.0.rows.len()).filter(is_told).any(|row| {
        let cell = change.and_then(|at| trend.0.rows[row].1.get(at));
        !matches!(cell, None | Some(crate::report::Cell::Bound(None)))
    });
    if is_compared {
        parts.push(if sure.is_empty() {
            let none = match hides(trend.0) {
                true => "None of the changes that are shown is more than chance explains.",
                false => "No item changed from a period to the next by more than chance explains.",
            };
            Part::Text(none.to_owned())
        } else {
            Part::Text("Changed by more than chance explains:".to_owned())
        });
        if !sure.is_empty() {
            parts.push(Part::List(sure));
        }
    }
    if rated.is_empty() {
        parts.push(Part::Text("No item has an applicable final review yet.".to_owned()));
    }
    Section { title: "In short".to_owned(), parts }
}

/// Whether a number of a table is hidden.
fn hides(sheet: &Sheet) -> bool {
    sheet.rows.iter().any(|(_, cells)| cells.contains(&crate::report::Cell::Hidden))
}

/// The change of a row in points, where its interval leaves out 0 and so does the exact test.
fn moved(view: &View<'_>, row: usize) -> Option<String> {
    let bound = |name| match view.at(name).map(|at| &view.0.rows[row].1[at]) {
        Some(crate::report::Cell::Bound(bound)) => *bound,
        _ => None,
    };
    let (low, high) = bound("change_low").zip(bound("change_high"))?;
    let change = bound("change")?;
    // The row before of the same item is the one it is a change from.
    let is_same = |at: &usize| view.text(*at, "item") == view.text(row, "item");
    let mut earlier = (0..row).rev().take_while(is_same).map(|at| view.share(at));
    let (x1, n1) = earlier.find(|share| share.is_none_or(|(_, n)| n > 0))??;
    let (x, n) = view.share(row)?;
    let by_chance = fisher(x, n, x1, n1)?;
    let sign = if change > 0.0 { "+" } else { "" };
    let is_sure = (low > 0.0 || high < 0.0) && by_chance <= 2.0 * Level::P95.tail();
    is_sure.then(|| format!("{sign}{}", proportion_text(change)))
}

/// One narrow table for each item: groups down, periods across, `percent / reviews`.
fn by_group_and_period(from: &Results<'_>) -> Vec<Part> {
    let view = View(from.trend_by_group);
    if view.0.rows.is_empty() {
        return Vec::new();
    }
    let Some(period) = view.0.groups.iter().position(|name| *name == "period") else {
        return Vec::new();
    };
    // By item: its caption, its periods as met, the cells of each group.
    type ByGroup = (String, Vec<String>, BTreeMap<String, Vec<String>>);
    let mut tables: Vec<ByGroup> = Vec::new();
    for row in 0..view.0.rows.len() {
        let caption = format!("Item {}, {}", view.text(row, "item"), view.text(row, "title"));
        if tables.last().is_none_or(|(known, _, _)| *known != caption) {
            tables.push((caption, Vec::new(), BTreeMap::new()));
        }
        let Some((_, periods, groups)) = tables.last_mut() else { continue };
        let values = &view.0.rows[row].0;
        let when = values[period].clone().unwrap_or_default();
        let column = periods.iter().position(|known| *known == when).unwrap_or_else(|| {
            periods.push(when);
            periods.len() - 1
        });
        let others = values.iter().enumerate().filter(|(at, _)| *at != period);
        let group: Vec<&str> = others.map(|(_, value)| named(value.as_deref())).collect();
        let cells = groups.entry(group.join(" · ")).or_default();
        cells.resize(column.max(cells.len()), String::new());
        let said = match view.share(row) {
            Some((_, 0)) => "n/a".to_owned(),
            Some((x, n)) => format!("{}/{n}", percent_text(x, n)),
            None => "*".to_owned(),
        };
        if cells.len() == column { cells.push(said) } else { cells[column] = said }
    }
    let mut parts = vec![Part::Heading(format!("By {} and period", from.group))];
    for (caption, periods, groups) in tables {
        // Periods are met group by group: sorted, they are in order for all.
        let mut order: Vec<usize> = (0..periods.len()).collect();
        order.sort_by(|a, b| periods[*a].cmp(&periods[*b]));
        let heads: Vec<String> = std::iter::once(from.group.to_owned())
            .chain(order.iter().map(|at| periods[*at].clone()))
            .collect();
        let rows = groups.into_iter().map(|(group, cells)| {
            let cell = |at: &usize| cells.get(*at).cloned().unwrap_or_default();
            (group, order.iter().map(cell).collect())
        });
        let caption = format!("{caption}: percent Strength / applicable reviews");
        parts.push(Part::Table(Grid::matrix(&caption, &heads, rows.collect())));
    }
    if parts.len() == 1 { Vec::new() } else { parts }
}

/// Said of bars where only a part of the state is counted.
const PART: &str = "The bar is the whole state's: against the part counted here it stands for \
                    reference. State % is of all its reviews that fit the other filters.";

fn reading_help() -> String {
    "Percent is Strength of applicable (Strength and ANI). From and to are the ends of the \
     95 % Wilson interval: with few reviews they lie far apart, and the percentage says little."
        .to_owned()
}

fn for_reference(group: &str) -> String {
    format!(
        "The bar is the whole state's: against a {group} it stands for reference. A {group} is \
         said to lie above or below only where chance does not explain it."
    )
}
