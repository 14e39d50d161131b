//! A report made of final readings, before it leaves: the commands and the screen make it alike.

use super::counting::{Beside, Wants, count_readings};
use super::origin::Whence;
use super::put::{marked, page_of};
use super::sampled::Sampled;
use super::{RATINGS, item_table, tally};
use crate::cli::way_out::rendered;
use crate::cli::{Failure, workspace};
use crate::instrument::load_shipped;
use crate::report::explore::Topic;
use crate::report::{
    Column, Components, Counter, Filter, Issues, Measures, Participants, Query, Questions, Reasons,
    Sections, ShareTable, Sheet, Subject, TrendTable, issues_text, items_text, outcomes_text,
    shares_text, trend_text,
};
use crate::store::{StoreError, Workspace};
use crate::task::saving::FileFormat;

/// A report.
pub struct Made {
    /// Its title.
    pub title: &'static str,
    /// It as text, made only when wanted.
    pub text: Box<dyn FnOnce() -> String>,
    /// It as cells.
    pub sheet: Sheet,
    /// What is said beside it.
    pub beside: Beside,
    /// What its filters keep.
    kept: Option<String>,
    /// The filters on the round.
    rounds: Vec<Filter>,
}

impl Made {
    fn new(
        title: &'static str,
        sheet: Sheet,
        beside: Beside,
        text: impl FnOnce() -> String + 'static,
    ) -> Self {
        let empty = sheet.rows.is_empty();
        let text = Box::new(move || if empty { String::new() } else { text() });
        Self { title, text, sheet, beside, kept: None, rounds: Vec::new() }
    }

    /// It as the bytes of a file.
    ///
    /// # Errors
    /// Exit 2 where it is too long for a workbook.
    pub fn bytes(self, workspace: &Workspace, format: FileFormat) -> Result<Vec<u8>, Failure> {
        let sheet = self.beside.marks.on(&self.sheet);
        if format == FileFormat::Html {
            let whence = Whence::of(workspace, &sheet, &self.beside, self.rounds)
                .map_err(|error| workspace::failure(workspace.path(), &error))?;
            let page = page_of(self.title, &sheet, &self.beside, self.kept, whence);
            return Ok(page.html().into_bytes());
        }
        let text = || marked((self.text)(), &self.beside, self.kept.as_deref(), true);
        rendered(format, text, &[(self.title, &sheet)])
    }
}

/// What is said of reviews that have nothing of a topic.
fn otherwise(topic: Topic) -> &'static str {
    match topic {
        Topic::Items | Topic::Trend | Topic::Outcomes => RATINGS.otherwise,
        Topic::Questions => "have no question on practice answered by Yes or No",
        Topic::Sections | Topic::Issues => "are rated item by item: `report items` tells of them",
        Topic::Measures => "have no measure",
        Topic::Components => "are of no CFSR round that the components name",
        Topic::Participants => "have no question about a person answered by Yes or No",
        Topic::Reasons => "ask for no reason",
    }
}

/// Makes a report. `for_people`: what is said of the sample is said even where nothing happened.
///
/// # Errors
/// When the workspace can't be read.
pub fn make(
    workspace: &Workspace,
    topic: Topic,
    query: &Query,
    for_people: bool,
) -> Result<Made, StoreError> {
    let mut made = match topic {
        Topic::Items => {
            let (table, beside) = item_table(workspace, None, query.clone())?;
            Made::new("Items", table.sheet(), beside, move || items_text(&table))
        }
        Topic::Trend => {
            let (table, beside) = item_table(workspace, None, TrendTable::by_period(query))?;
            let table = TrendTable::of(&table);
            Made::new("Trend", table.sheet(), beside, move || trend_text(&table))
        }
        Topic::Outcomes => {
            let (tally, beside) = tally(workspace, query.clone())?;
            let table = tally.outcome_table();
            Made::new("Outcomes", table.sheet(), beside, move || outcomes_text(&table))
        }
        Topic::Questions => shares(workspace, Questions::default(), topic, query)?,
        Topic::Participants => shares(workspace, Participants::default(), topic, query)?,
        Topic::Sections => shares(workspace, Sections::default(), topic, query)?,
        Topic::Measures => shares(workspace, Measures::default(), topic, query)?,
        Topic::Reasons => shares(workspace, Reasons::default(), topic, query)?,
        Topic::Components => {
            let model = load_shipped(Components::MODEL)
                .ok_or_else(|| StoreError::Damaged("the practice model is missing".to_owned()))?;
            shares(workspace, Components::of(model), topic, query)?
        }
        Topic::Issues => issues(workspace, query)?,
    };
    let lines = Sampled::read(workspace)?.lines(&query.filters, for_people);
    made.beside.said.extend(lines);
    made.kept = query.kept();
    let of_round = query.filters.iter().filter(|filter| filter.column == Column::Round);
    made.rounds = of_round.cloned().collect();
    Ok(made)
}

/// A report of shares, without what is said of the sample.
///
/// # Errors
/// When the workspace can't be read.
pub fn shares<S: Subject>(
    workspace: &Workspace,
    subject: S,
    topic: Topic,
    query: &Query,
) -> Result<Made, StoreError> {
    let mut counter = Counter::new(subject, query.clone());
    let wants = Wants { answers: counter.needs_answers(), otherwise: otherwise(topic) };
    let beside = count_readings(workspace, &mut counter, query, wants)?;
    let table: ShareTable = counter.table();
    Ok(Made::new(table.shape.title, table.sheet(), beside, move || shares_text(&table)))
}

fn issues(workspace: &Workspace, wanted: &Query) -> Result<Made, StoreError> {
    let months: Vec<String> = wanted.only(Column::Month).into_iter().map(str::to_owned).collect();
    let all_months = !months.is_empty() || wanted.by.contains(&Column::Month);
    let query = Issues::by_month(wanted);
    let mut counter = Counter::new(Issues::default(), query.clone());
    let wants = Wants { answers: true, otherwise: otherwise(Topic::Issues) };
    let beside = count_readings(workspace, &mut counter, &query, wants)?;
    let table = counter.issue_table(&months);
    Ok(Made::new("Issues cited", table.sheet(), beside, move || issues_text(&table, all_months)))
}
