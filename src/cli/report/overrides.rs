//! `report overrides`: which computed ratings were overridden, by the rule that had decided.

use std::collections::BTreeMap;

use super::asked::{Asked, LineColumns};
use super::counting::Beside;
use super::marks::Marks;
use super::{can_leave, put};
use crate::cli::{Failure, Global, workspace};
use crate::instrument::Rating;
use crate::report::{Column, Shape, ShareRow, ShareTable, shares_text};
use crate::store::OverrideRow;
use crate::text::{count, list_or};

const OVERRIDES: LineColumns = LineColumns { lines: "overrides", columns: &[] };

/// The columns an override is counted by.
const KNOWN: [Column; 4] = [Column::Region, Column::County, Column::CaseType, Column::Round];

static SHAPE: Shape = Shape {
    title: "Overridden ratings",
    keys: &["item", "rule"],
    ids: 2,
    label: |keys| format!("{}  {}", keys[0], keys[1]),
    counts: &[
        ("overridden", "Overridden"),
        ("strength", "to S"),
        ("ani", "to ANI"),
        ("na", "to NA"),
    ],
    share: "of this item and rule, of all overridden ratings of final reviews",
    long: false,
    interval: "",
    legend: &["rule: what had decided the computed rating"],
};

/// Counts and prints.
pub fn run(global: &Global, asked: &Asked) -> Result<(), Failure> {
    can_leave(global, asked)?;
    let query = asked.query(OVERRIDES)?;
    let filters = query.filters.iter().map(|filter| ("--where", filter.column));
    for (option, column) in query.by.iter().map(|by| ("--by", *by)).chain(filters) {
        if !KNOWN.contains(&column) {
            let known = KNOWN.map(Column::name);
            return Err(Failure::BadInput(format!(
                "error: {option} {}: overrides are not counted by it\n  help: it is {}",
                column.name(),
                list_or(&known)
            )));
        }
    }
    let workspace = workspace::open(global)?;
    let all =
        workspace.overrides().map_err(|error| workspace::failure(workspace.path(), &error))?;
    let keeps = |row: &&OverrideRow| {
        let fits = |column: Column| {
            let mut wanted = query.filters.iter().filter(|f| f.column == column).peekable();
            wanted.peek().is_none() || wanted.any(|f| f.value == fact(row, column))
        };
        row.counts && KNOWN.into_iter().all(fits)
    };
    let mut lines: BTreeMap<(Vec<String>, Vec<String>), [u64; 4]> = BTreeMap::new();
    let mut all_of = 0;
    for row in all.iter().filter(keeps) {
        let group = query.by.iter().map(|column| fact(row, *column).to_owned()).collect();
        let keys = vec![row.item.clone(), row.rule.clone()];
        let counts = lines.entry((keys, group)).or_default();
        all_of += 1;
        counts[0] += 1;
        let to = [Rating::Strength, Rating::Ani, Rating::Na];
        if let Some(at) = to.iter().position(|rating| rating.code() == row.rating) {
            counts[1 + at] += 1;
        }
    }
    let row = |((keys, group), counts): ((Vec<String>, Vec<String>), [u64; 4])| ShareRow {
        group: group.into_iter().map(Some).collect(),
        keys,
        counts: counts.to_vec(),
        x: counts[0],
        n: all_of,
        interval: None,
        target: None,
        note: None,
    };
    let table = ShareTable {
        shape: &SHAPE,
        columns: query.by.clone(),
        readings: all_of,
        counted: count(all_of as usize, "rating", "ratings"),
        drafts: false,
        instruments: Vec::new(),
        level: query.level,
        rows: lines.into_iter().map(row).collect(),
    };
    // Which were overridden is the report itself: only late changes are told beside it.
    let mut marks = Marks::new(&query, false);
    let fits = |number| all.iter().filter(keeps).any(|row| row.number == number);
    marks
        .of_cases(&workspace, fits)
        .map_err(|error| workspace::failure(workspace.path(), &error))?;
    let mut beside = Beside { said: marks.noted().late_lines(), ..Beside::default() };
    if table.rows.is_empty() {
        beside.said.push("nothing to report: no rating of a final review is overridden".to_owned());
    }
    let text = || if table.rows.is_empty() { String::new() } else { shares_text(&table) };
    put(global, asked, "Overrides", text, &table.sheet(), &beside)
}

fn fact(row: &OverrideRow, column: Column) -> &str {
    match column {
        Column::Region => &row.region,
        Column::County => &row.county,
        Column::CaseType => &row.case_type,
        _ => &row.round,
    }
}
