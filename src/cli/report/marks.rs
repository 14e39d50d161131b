//! What every report tells of the reviews it counts: ratings set against the computed ones
//! (`**`), and changes after a review was final. In files two columns mark the rows.

use std::collections::BTreeMap;

use crate::instrument::Instrument;
use crate::report::{Cell, Column, Query, Sheet};
use crate::review::CaseNumber;
use crate::store::{StoreError, Workspace};
use crate::text::{clean, count};

/// The columns that mark rows, where there is anything to mark.
const COLUMNS: [&str; 2] = ["overridden", "changed_after_final"];

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
        Self { marks: Vec::new(), of_answers, by, items }
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
        let mut lines = marks.lines();
        if !lines.is_empty() {
            lines.push(measured.to_owned());
        }
        Ok(lines)
    }

    fn group(&self, mark: &Mark) -> String {
        let values: Vec<&str> = self.by.iter().map(|column| mark.fact(*column)).collect();
        values.join(" ")
    }

    /// What is said under the report, by group where it is grouped.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut items: BTreeMap<&str, BTreeMap<String, u64>> = BTreeMap::new();
        for mark in &self.marks {
            for (item, _) in &mark.items {
                *items.entry(item).or_default().entry(self.group(mark)).or_default() += 1;
            }
        }
        let overridden: u64 = items.values().flat_map(BTreeMap::values).sum();
        if overridden > 0 {
            let each: Vec<String> = items
                .iter()
                .map(|(item, groups)| match (self.by.is_empty(), groups.values().sum::<u64>()) {
                    (true, 1) => format!("item {item}"),
                    (true, several) => format!("item {item} {several} times"),
                    (false, _) => format!("item {item} in {}", told(groups)),
                })
                .collect();
            let ratings = whole(overridden, "rating", "ratings");
            let were = if overridden == 1 { "was" } else { "were" };
            let said = match self.of_answers {
                false => format!("** {ratings} counted here {were}"),
                true => format!("** of the reviews counted here {ratings} {were}"),
            };
            let each = each.join("; ");
            lines.push(format!(
                "{said} set against the computed one ({each}): `report overrides` says by which rule"
            ));
        }
        lines.extend(self.late_lines());
        lines.iter().map(|line| clean(line).into_owned()).collect()
    }

    /// Of these the line on changes after a review was final.
    pub fn late_lines(&self) -> Vec<String> {
        let mut late: BTreeMap<String, u64> = BTreeMap::new();
        for mark in self.marks.iter().filter(|mark| mark.late) {
            *late.entry(self.group(mark)).or_default() += 1;
        }
        let changed: u64 = late.values().sum();
        let mut lines = Vec::new();
        if changed > 0 {
            let reviews = whole(changed, "review was", "reviews were");
            let each = match self.by.is_empty() {
                true => String::new(),
                false => format!(" ({})", told(&late)),
            };
            lines.push(format!("{reviews} changed after being final{each}: `qa CASE` says why"));
        }
        lines.iter().map(|line| clean(line).into_owned()).collect()
    }

    /// The report with its rows marked, in two columns more; as it is where nothing is marked.
    pub fn on(&self, sheet: &Sheet) -> Sheet {
        let mut sheet = sheet.clone();
        if self.marks.is_empty() || sheet.rows.is_empty() {
            return sheet;
        }
        let columns: Vec<Option<Column>> =
            sheet.groups.iter().map(|name| Column::from_name(name).ok()).collect();
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
        sheet
    }
}

impl Mark {
    fn fact(&self, column: Column) -> &str {
        let found = self.facts.iter().find(|(known, _)| *known == column);
        found.map_or("", |(_, value)| value)
    }
}

/// "Knox 1, Shelby 2".
fn told(groups: &BTreeMap<String, u64>) -> String {
    let each: Vec<String> = groups
        .iter()
        .map(|(name, n)| format!("{} {n}", if name.is_empty() { "(none)" } else { name }))
        .collect();
    each.join(", ")
}

fn whole(n: u64, one: &str, many: &str) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), one, many)
}
