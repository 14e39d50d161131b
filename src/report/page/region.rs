//! A region's one page for its director.

use std::collections::BTreeSet;

use super::{Audience, Grid, Page, Part, Section};
use crate::report::chart::{Bar, bars};
use crate::report::{ItemRow, ItemTable, TrendTable};
use crate::stats::{percent_cell, percent_text, proportion_text};
use crate::text::count;

/// What the page is made of.
#[derive(Debug, Clone, Copy)]
pub struct RegionResults<'r> {
    /// The region.
    pub region: &'r str,
    /// The period told of.
    pub period: &'r str,
    /// The period before it that has a final review of the region.
    pub before: Option<&'r str>,
    /// `report items --by region` of the period: the state stands in each row.
    pub now: &'r ItemTable,
    /// `report trend --by region`.
    pub trend: &'r TrendTable,
    /// Items of which a rating counted here was set against the computed one.
    pub set: &'r BTreeSet<String>,
    /// What is said of those, and of reviews changed after they were final.
    pub noted: &'r [String],
    /// That practice reviews are counted, where any is.
    pub practice: Option<&'r str>,
    /// Where the numbers come from.
    pub foot: &'r [String],
}

/// Fewest reviews a sentence is made from: below, the numbers alone are given.
const FEW: u64 = 10;

/// What a rating set against the computed one is, for who doesn't know the program.
const HOW_SET: &str = "Ratings are computed from the answers. A lead, or whoever does final QA, \
                       may set another one, with a reason.";

/// The page: what is strong, what moved, what did not, against the state.
pub fn region(from: &RegionResults<'_>) -> Page {
    let rows: Vec<&ItemRow> = from
        .now
        .rows
        .iter()
        .filter(|row| row.group.first().and_then(Option::as_deref) == Some(from.region))
        .collect();
    let named = |row: &ItemRow| {
        let n = row.applicable();
        let few = if n < FEW { ", few reviews" } else { "" };
        format!(
            "Item {}, {}: Strength in {} % of {n}{few}; the state {} %",
            row.item,
            row.title,
            percent_text(row.strength, n),
            percent_text(row.state.0, row.state.1)
        )
    };
    let rated: Vec<&ItemRow> = rows.iter().copied().filter(|row| row.applicable() > 0).collect();
    let mut sections = Vec::new();
    for (title, wanted, none) in [
        (
            "Stronger than the state",
            "above",
            "No item lies above the state by more than chance explains.",
        ),
        (
            "Weaker than the state",
            "below",
            "No item lies below the state by more than chance explains.",
        ),
    ] {
        let points: Vec<String> = rated
            .iter()
            .filter(|row| row.against_state() == Some(wanted))
            .map(|row| named(row))
            .collect();
        let part = if points.is_empty() { Part::Text(none.to_owned()) } else { Part::List(points) };
        sections.push(Section { title: title.to_owned(), parts: vec![part] });
    }
    sections.push(moved(from));
    let figure = rows.iter().map(|row| Bar {
        label: format!("{} {}", row.item, row.title),
        share: Some((row.strength, row.applicable())),
        interval: row.interval.map(|interval| (interval.low, interval.high)),
        bar: (row.state.1 > 0).then(|| row.state.0 as f64 / row.state.1 as f64),
    });
    let caption = "Percent Strength of applicable reviews with its interval; the upright tick is \
                   the state. The table below has the numbers, the ends of the interval under \
                   from and to."
        .to_owned();
    let table = rows.iter().map(|row| {
        let mark = if from.set.contains(&row.item) { " **" } else { "" };
        vec![
            format!("{}{mark}", row.item),
            row.title.clone(),
            row.applicable().to_string(),
            row.strength.to_string(),
            percent_cell(row.strength, row.applicable()),
            row.interval.map(|ends| proportion_text(ends.low)).unwrap_or_default(),
            row.interval.map(|ends| proportion_text(ends.high)).unwrap_or_default(),
            percent_cell(row.state.0, row.state.1),
        ]
    });
    let heads = ["item", "title", "applicable", "strength", "%", "from %", "to %", "state %"];
    let table = Grid::words("All items", &heads, table.collect()).with_numbers(2);
    let mut parts = vec![
        Part::Figure { caption, svg: vec![bars(&figure.collect::<Vec<_>>())] },
        Part::Table(table),
    ];
    parts.extend(from.noted.iter().map(|line| Part::Text(format!("{line}."))));
    if !from.set.is_empty() {
        parts.push(Part::Text(HOW_SET.to_owned()));
    }
    sections.push(Section { title: "All items".to_owned(), parts });
    let reviews =
        rows.iter().map(|row| row.strength + row.ani + row.na + row.incomplete).max().unwrap_or(0);
    let mut says: Vec<String> = from.practice.into_iter().map(str::to_owned).collect();
    says.push(format!(
        "{}. With so few, a percentage moves much by chance: a difference is only named here \
         where chance does not explain it (95 of 100).",
        count(reviews as usize, "final review", "final reviews")
    ));
    says.push("Results are there to improve practice, not to punish.".to_owned());
    Page {
        title: format!("{}: case reviews of {}", from.region, from.period),
        audience: Audience::Director,
        says,
        sections,
        foot: from.foot.to_vec(),
    }
}

/// What moved since the period before, and what did not.
fn moved(from: &RegionResults<'_>) -> Section {
    let title = match from.before {
        Some(before) => format!("Since {before}"),
        None => "Since the period before".to_owned(),
    };
    let Some(_) = from.before else {
        let none = "There is no earlier period to compare with.".to_owned();
        return Section { title, parts: vec![Part::Text(none)] };
    };
    let of_period = from.trend.rows.iter().filter(|one| {
        let group = &one.row.group;
        group.first().and_then(Option::as_deref) == Some(from.region)
            && group.get(1).and_then(Option::as_deref) == Some(from.period)
    });
    let (mut better, mut worse, mut same) = (Vec::new(), Vec::new(), Vec::new());
    for one in of_period {
        let (Some(change), Some(first)) = (one.change, compared_with(from, &one.row)) else {
            continue;
        };
        let sign = if change.difference > 0.0 { "+" } else { "" };
        // An item that applied to nobody in the period before is compared with an older one.
        let of = match first.group.get(1).and_then(Option::as_deref) {
            Some(period) if Some(period) != from.before => format!(" in {period}"),
            _ => String::new(),
        };
        let share = |row: &ItemRow| {
            let n = row.applicable();
            format!("{} % of {n}", percent_text(row.strength, n))
        };
        let text = format!(
            "Item {}, {}: from {}{of} to {}, {sign}{} points",
            one.row.item,
            one.row.title,
            share(first),
            share(&one.row),
            proportion_text(change.difference)
        );
        match (one.is_sure(), change.difference > 0.0) {
            (true, true) => better.push(text),
            (true, false) => worse.push(text),
            (false, _) => same.push(text),
        }
    }
    let mut parts = Vec::new();
    for (head, points) in [
        ("Better", better),
        ("Worse", worse),
        ("These changes are within what chance alone would explain", same),
    ] {
        if !points.is_empty() {
            parts.push(Part::Heading(head.to_owned()));
            parts.push(Part::List(points));
        }
    }
    if parts.is_empty() {
        parts.push(Part::Text("No item can be compared with the period before.".to_owned()));
    }
    Section { title, parts }
}

/// The row a change is counted from: the last one before it of the same item in the same group
/// that had an applicable review.
fn compared_with<'r>(from: &RegionResults<'r>, row: &ItemRow) -> Option<&'r ItemRow> {
    let earlier = from.trend.rows.iter().map(|one| &one.row).filter(|one| {
        one.item == row.item
            && one.group.first() == row.group.first()
            && one.group.get(1) < row.group.get(1)
            && one.applicable() > 0
    });
    earlier.max_by(|one, other| one.group.get(1).cmp(&other.group.get(1)))
}
