//! `report narratives`: the texts of final reviews, by simple counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::asked::{Asked, LineColumns};
use super::counting::Beside;
use super::marks::{Marked, Marks};
use super::{can_leave, own_alone, put};
use crate::cli::{Failure, Global, workspace};
use crate::instrument::{Instrument, Place};
use crate::report::{Column, NarrativeTable, Query};
use crate::review::{Reading, answers};
use crate::scoring::{Asked as IsAsked, Value, score};
use crate::store::{ReadingRow, StoreError, Workspace};

const NARRATIVES: LineColumns = LineColumns { lines: "narratives", columns: &[Column::Item] };

/// Counts and prints.
pub fn run(global: &Global, asked: &Asked) -> Result<(), Failure> {
    can_leave(global, asked)?;
    let mut query = asked.query(NARRATIVES)?;
    query.by.retain(|column| *column != Column::Item);
    let unknown = [Column::Month, Column::Stratum, Column::Cluster];
    let used = query.by.iter().chain(query.filters.iter().map(|filter| &filter.column));
    if let Some(column) = used.clone().find(|column| unknown.contains(column)) {
        return Err(Failure::BadInput(format!(
            "error: narratives are not counted by {}\n  help: region, county, case_type, period, round, review_kind, reviewer and instrument are",
            column.name()
        )));
    }
    let workspace = workspace::open(global)?;
    own_alone(&workspace, &mut query)?;
    let (table, bare, marks) =
        gather(&workspace, &query).map_err(|error| workspace::failure(workspace.path(), &error))?;
    let mut beside = Beside { marks, ..Beside::default() };
    if table.rows.is_empty() {
        beside.said.push("nothing to report: no final review had to have a narrative".to_owned());
    }
    if bare > 0 {
        let were = crate::text::count(bare, "review was", "reviews were");
        beside.said.push(format!("{were} imported as ratings, without texts, and not counted"));
    }
    let text = || if table.rows.is_empty() { String::new() } else { table.text() };
    put(global, asked, "Narratives", text, &table.sheet(), &beside)
}

fn gather(
    workspace: &Workspace,
    query: &Query,
) -> Result<(NarrativeTable, usize, Marks), StoreError> {
    let marked = Marked::read(workspace)?;
    let mut marks = Marks::new(query, true);
    let mut table =
        NarrativeTable { columns: query.by.clone(), readings: 0, rows: BTreeMap::new() };
    let mut editions: HashMap<String, Arc<Instrument>> = HashMap::new();
    let mut bare = 0;
    for row in workspace.final_readings()? {
        if !editions.contains_key(&row.instrument) {
            editions.insert(row.instrument.clone(), workspace.instrument(&row.instrument)?);
        }
        let edition = &editions[&row.instrument];
        let fits = |column: Column| {
            let mut wanted = query.filters.iter().filter(|f| f.column == column).peekable();
            wanted.peek().is_none() || wanted.any(|f| f.value == fact(&row, edition, column))
        };
        if !Column::ALL.into_iter().filter(|column| !column.is_of_line()).all(fits) {
            continue;
        }
        if row.reviewer.is_empty() {
            bare += 1;
            continue;
        }
        table.readings += 1;
        marks.add(&marked, row.number, edition, |column| Some(fact(&row, edition, column)));
        let group: Vec<String> =
            query.by.iter().map(|column| fact(&row, edition, *column).to_owned()).collect();
        let reading = workspace.reading(row.reading)?;
        texts(edition, &reading, |item, text| {
            let head = &edition.items()[item];
            let mut wanted = query.filters.iter().filter(|f| f.column == Column::Item).peekable();
            if wanted.peek().is_some() && !wanted.any(|filter| filter.value == head.id()) {
                return;
            }
            let key = (item, head.id().to_owned(), head.title().to_owned());
            table.rows.entry(key).or_default().entry(group.clone()).or_default().add(text);
        });
    }
    Ok((table, bare, marks))
}

/// Every text beside an answer that has to have one, with the place of its item.
fn texts(edition: &Instrument, reading: &Reading, mut take: impl FnMut(usize, &str)) {
    let Some(given) = answers(edition, reading) else { return };
    let scores = score(edition, &given);
    for at in edition.question_positions() {
        let question = edition.question(at);
        let Place::Item(item) = question.place() else { continue };
        let codes = match given.get(at) {
            Some(Value::Codes(codes)) if scores.asked(at) == IsAsked::Yes => *codes,
            _ => continue,
        };
        if !codes.meets(question.narrative_on()) {
            continue;
        }
        let item = edition.item(item).parent().unwrap_or(item);
        let held = reading.answers.get(question.id());
        let text = held.and_then(|held| held.narrative.as_deref()).unwrap_or_default();
        take(usize::from(item.0), text);
    }
}

fn fact<'r>(row: &'r ReadingRow, edition: &'r Instrument, column: Column) -> &'r str {
    match column {
        Column::Region => &row.region,
        Column::County => &row.county,
        Column::CaseType => &row.case_type,
        Column::Period => &row.period,
        Column::Reviewer => &row.reviewer,
        Column::Round => &row.round,
        Column::ReviewKind => row.review_kind.code(),
        Column::Instrument => edition.id(),
        Column::Month | Column::Stratum | Column::Cluster | Column::Item | Column::Participant => {
            ""
        }
    }
}
