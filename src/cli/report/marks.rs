//! What every report tells of the reviews it counts: ratings set against the computed ones
//! (`**`), and changes after a review was final. In files two columns mark the rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::instrument::Instrument;
use crate::report::{Cell, Column, Noted, Query, Sheet};
use crate::review::CaseNumber;
use crate::store::{StoreError, Workspace};

/// The columns that mark rows, where there is anything to mark.
const COLUMNS: [&str; 2] = ["overridden", "changed_after_final"];
/// The column that says how many drafts count in a row, where any does.
const DRAFTS: &str = "drafts";

/// The cases whose final review is marked; few, whatever the size of a workspace.
#[derive(Debug, Default)]
pub struct Marked {
    cases: BTreeMap<CaseNumber, Case>,
}

#[derive(Debug, Default)]
struct Case {
    items: Vec<String>,
    late: bool,
}

impl Marked {
    /// Reads them.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn read(workspace: &Workspace) -> Result<Self, StoreError> {
        let mut marked = Self::default();
        for row in workspace.overrides()?.into_iter().filter(|row| row.counts) {
            marked.cases.entry(row.number).or_default().items.push(row.item);
        }
        for row in workspace.changed_late()? {
            marked.cases.entry(row.number).or_default().late = true;
        }
        Ok(marked)
    }
}

/// A marked review that a report counts.
#[derive(Debug, Clone)]
struct Mark {
    /// What is known of it, by column.
    facts: Vec<(Column, String)>,
    /// Items with an overridden rating, each with the outcomes it belongs to.
    items: Vec<(String, Vec<String>)>,
    late: bool,
}

/// The marked reviews that a report counts.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    marks: Vec<Mark>,
    /// How many drafts are counted, by what the groups can be told by.
    drafts: BTreeMap<Vec<String>, u64>,
    /// The report is made of answers, which no override changes.
    of_answers: bool,
    /// How it is grouped.
    by: Vec<Column>,
    /// The only items that are counted; all where there is none.
    items: Vec<String>,
}

impl Marks {
    /// None yet, for what is asked; `of_answers` says that the report is made of answers, not of
    /// ratings.
    pub fn new(query: &Query, of_answers: bool) -> Self {
        let by = query.by.iter().copied().filter(|column| !column.is_of_line()).collect();
        let items = query.filters.iter().filter(|filter| filter.column == Column::Item);
        let items = items.map(|filter| filter.value.clone()).collect();
        Self { of_answers, by, items, ..Self::default() }
    }

    /// Takes a counted review in, if it is marked.
    pub fn add<'f>(
        &mut self,
        marked: &Marked,
        number: CaseNumber,
        edition: &Instrument,
        fact: impl Fn(Column) -> Option<&'f str>,
    ) {
        let Some(case) = marked.cases.get(&number) else { return };
        let columns = Column::ALL.into_iter().filter(|column| !column.is_of_line());
        let outcomes = |id: &String| {
            let at = edition.find_item(id);
            let of = edition.outcomes().iter();
            of.filter(|one| at.is_some_and(|at| one.items().contains(&at)))
                .map(|one| one.id().to_owned())
                .collect()
        };
        let wanted = |id: &&String| self.items.is_empty() || self.items.contains(id);
        let items = case.items.iter().filter(wanted);
        let items: Vec<_> = items.map(|id| (id.clone(), outcomes(id))).collect();
        if !items.is_empty() || case.late {
            let facts = columns.filter_map(|one| Some((one, fact(one)?.to_owned()))).collect();
            self.marks.push(Mark { facts, items, late: case.late });
        }
    }

    /// Takes a counted draft in.
    pub fn add_draft<'f>(&mut self, fact: impl Fn(Column) -> Option<&'f str>) {
        let facts = self.told_by().map(|column| fact(column).unwrap_or_default().to_owned());
        *self.drafts.entry(facts.collect()).or_default() += 1;
    }

    /// The columns by which groups are told apart: several instruments always are.
    fn told_by(&self) -> impl Iterator<Item = Column> {
        self.by.iter().copied().chain([Column::Instrument])
    }

    /// How many drafts count in a row.
    fn drafts_in(&self, columns: &[Option<Column>], group: &[Option<String>]) -> u64 {
        let told_by: Vec<Column> = self.told_by().collect();
        let inside = |facts: &[String]| {
            columns.iter().zip(group).all(|(column, value)| {
                let at = told_by.iter().position(|known| Some(*known) == *column);
                match (at, value) {
                    (Some(at), Some(value)) => facts[at] == *value,
                    _ => true,
                }
            })
        };
        self.drafts.iter().filter(|(facts, _)| inside(facts)).map(|(_, n)| n).sum()
    }

    /// Takes in the marked final reviews of some cases.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn of_cases(
        &mut self,
        workspace: &Workspace,
        fits: impl Fn(CaseNumber) -> bool,
    ) -> Result<(), StoreError> {
        let marked = Marked::read(workspace)?;
        if marked.cases.is_empty() {
            return Ok(());
        }
        for row in workspace.final_readings()? {
            if marked.cases.contains_key(&row.number) && fits(row.number) {
                let edition = workspace.instrument(&row.instrument)?;
                let fact = |column| match column {
                    Column::Region => Some(row.region.as_str()),
                    Column::County => Some(row.county.as_str()),
                    Column::CaseType => Some(row.case_type.as_str()),
                    Column::Period => Some(row.period.as_str()),
                    Column::Round => Some(row.round.as_str()),
                    Column::Reviewer => Some(row.reviewer.as_str()),
                    _ => None,
                };
                self.add(&marked, row.number, &edition, fact);
            }
        }
        Ok(())
    }

    /// The lines under a report on pairs of reviews as they were first handed in.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn under_pairs(
        workspace: &Workspace,
        fits: impl Fn(CaseNumber) -> bool,
        measured: &str,
    ) -> Result<Vec<String>, StoreError> {
        let mut marks = Self { of_answers: true, ..Self::default() };
        marks.of_cases(workspace, fits)?;
        let mut lines = marks.noted().lines();
        if !lines.is_empty() {
            lines.push(measured.to_owned());
        }
        Ok(lines)
    }

    fn group(&self, mark: &Mark) -> String {
        let values: Vec<&str> = self.by.iter().map(|column| mark.fact(*column)).collect();
        values.join(" ")
    }

    /// Those of the reviews with this value, told without groups.
    pub fn only(&self, column: Column, value: &str) -> Self {
        let fits = |mark: &&Mark| mark.fact(column) == value;
        let marks = self.marks.iter().filter(fits).cloned().collect();
        Self { marks, by: Vec::new(), ..self.clone() }
    }

    /// Items with a rating set against the computed one.
    pub fn items(&self) -> BTreeSet<String> {
        let items = self.marks.iter().flat_map(|mark| &mark.items);
        items.map(|(id, _)| id.clone()).collect()
    }

    /// What there is to say of them.
    pub fn noted(&self) -> Noted {
        let mut noted = Noted::new(self.of_answers, !self.by.is_empty());
        for mark in &self.marks {
            let items = mark.items.iter().map(|(id, _)| id.as_str());
            noted.add(&self.group(mark), items, mark.late);
        }
        noted.add_drafts(self.drafts.values().sum());
        noted
    }

    /// The report with its rows marked, in further columns; as it is where nothing is marked.
    pub fn on(&self, sheet: &Sheet) -> Sheet {
        let mut sheet = sheet.clone();
        if sheet.rows.is_empty() {
            return sheet;
        }
        let columns: Vec<Option<Column>> =
            sheet.groups.iter().map(|name| Column::from_name(name).ok()).collect();
        if !self.marks.is_empty() {
            self.mark(&mut sheet, &columns);
        }
        if !self.drafts.is_empty() {
            for (group, cells) in &mut sheet.rows {
                cells.push(Cell::Count(self.drafts_in(&columns, group)));
            }
            sheet.columns.push((DRAFTS, DRAFTS));
        }
        sheet
    }

    fn mark(&self, sheet: &mut Sheet, columns: &[Option<Column>]) {
        let place = |wanted: &str| sheet.columns.iter().position(|(name, _)| *name == wanted);
        let line = match (self.of_answers, place("item"), place("outcome")) {
            (true, ..) | (false, None, None) => None,
            (false, Some(at), _) => Some((at, false)),
            (false, None, Some(at)) => Some((at, true)),
        };
        for (group, cells) in &mut sheet.rows {
            let inside = |mark: &&Mark| {
                columns.iter().zip(&*group).all(|(column, value)| match (column, value) {
                    (Some(column), Some(value)) => mark.fact(*column) == value,
                    _ => true,
                })
            };
            let named = line.and_then(|(at, outcome)| match cells.get(at) {
                Some(Cell::Text(id)) => Some((id.clone(), outcome)),
                _ => None,
            });
            let here = |mark: &Mark| {
                let hit = |(item, outcomes): &&(String, Vec<String>)| match &named {
                    None => true,
                    Some((id, false)) => item == id,
                    Some((id, true)) => outcomes.contains(id),
                };
                mark.items.iter().filter(hit).count() as u64
            };
            let overridden = self.marks.iter().filter(inside).map(here).sum();
            let late = self.marks.iter().filter(inside).filter(|mark| mark.late).count() as u64;
            cells.extend([Cell::Count(overridden), Cell::Count(late)]);
        }
        sheet.columns.extend(COLUMNS.map(|name| (name, name)));
    }
}

impl Mark {
    fn fact(&self, column: Column) -> &str {
        let found = self.facts.iter().find(|(known, _)| *known == column);
        found.map_or("", |(_, value)| value)
    }
}
