//! `page exit`: the sheet of an exit conference, from ratings, remarks and the notes of QA.

use clap::Args;

use super::Target;
use super::named::Named;
use super::results::Sheets;
use crate::cli::report::{Asked, LineColumns};
use crate::cli::{Failure, Global, workspace};
use crate::instrument::{Instrument, ItemIx, Place, QuestionIx, Rating};
use crate::report::page::{self, ExitSheet, PinnedNote, Remark, Theme};
use crate::report::{Column, Filter, Query, Sources};
use crate::review::{Reading, Refusal, answers, effective};
use crate::scoring::{Answers, Scores, Value};
use crate::store::{ReadingRow, StoreError, Workspace};
use crate::text::clean;

const EXIT: LineColumns = LineColumns { lines: "exit sheets", columns: &[] };

/// The closing questions that hold remarks, by what they are about.
const REMARKS: [(&str, Theme); 3] = [
    ("remark-practice", Theme::Practice),
    ("remark-systemic", Theme::Systemic),
    ("remark-resource", Theme::Resource),
];

/// `page exit`.
#[derive(Debug, Args)]
pub struct Exit {
    /// Say of which case each remark and note is, by its review number
    #[arg(long)]
    cases: bool,
    #[command(flatten)]
    asked: Asked,
}

impl Exit {
    /// # Errors
    /// Exit 2 for anyone but a lead, who sees everybody's remarks; for `--by`, since the sheet
    /// is of one place; for `--public`; for a name that no final review has.
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let query = self.asked.query(EXIT)?;
        let bad = |text: &str| Err(Failure::BadInput(text.to_owned()));
        if self.asked.public {
            return bad("error: --public: the sheet holds what was written about cases\n  \
                 help: `page results --public` has numbers alone");
        }
        if let Some(column) = query.by.first() {
            let text = format!(
                "error: --by {column}: the sheet is of one conference\n  help: --where {column}=NAME takes one",
                column = column.name()
            );
            return bad(&text);
        }
        let strange = |filter: &&Filter| matches!(filter.column, Column::Month | Column::Stratum);
        if let Some(filter) = query.filters.iter().find(strange) {
            let text = format!(
                "error: --where {}: what was written is not looked for by it\n  help: take round, region, county, case_type or period",
                filter.column.name()
            );
            return bad(&text);
        }
        let workspace = workspace::open(global)?;
        if !workspace.sees_seconds() {
            let refusal = Refusal::NotLead(workspace.user().clone());
            return Err(workspace::refusal(workspace.path(), &refusal.into()));
        }
        let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
        let sheets = Sheets::read(&workspace, &query, true).map_err(failed)?;
        sheets.beside.must_be_heard()?;
        let (remarks, notes) = written(&workspace, &query, self.cases).map_err(failed)?;
        let mut said = sheets.beside.lines();
        said.extend(sheets.beside.mixed.clone());
        // Who sits at the conference has no program to look it up with.
        let mut told = sheets.beside.marks.noted().words();
        told.extend(sheets.beside.said.iter().chain(&sheets.beside.mixed).cloned());
        let page = page::exit(&ExitSheet {
            title: title(&query, &sheets.beside.sources),
            readings: sheets.readings,
            instruments: &sheets.instruments,
            items: &sheets.items,
            remarks: &remarks,
            notes: &notes,
            practice: sheets.beside.sources.practice(),
            said: &told,
            // The heads of the log bear the codes of people, so they stand on other pages.
            foot: vec!["Made by casereview from the final reviews of one workspace.".to_owned()],
        });
        let (out, force) = self.asked.way.into_file();
        Target { out, force }.put(&page, &said)
    }
}

/// "Exit conference: Shelby, 2026-H2".
fn title(query: &Query, sources: &Sources) -> String {
    let values: Vec<&str> = query.filters.iter().map(|filter| filter.value.as_str()).collect();
    let of = match values.is_empty() {
        true => sources.span(),
        false => values.join(", "),
    };
    clean(&format!("Exit conference: {of}")).into_owned()
}

/// Whether filters keep a review; several on one column widen.
fn fits(filters: &[Filter], row: &ReadingRow, edition: &Instrument) -> bool {
    let value = |column: Column| match column {
        Column::Region => Some(row.region.as_str()),
        Column::County => Some(row.county.as_str()),
        Column::CaseType => Some(row.case_type.as_str()),
        Column::Period => Some(row.period.as_str()),
        Column::Reviewer => Some(row.reviewer.as_str()),
        Column::Instrument => Some(edition.id()),
        Column::Round => Some(row.round.as_str()),
        Column::ReviewKind => Some(row.review_kind.code()),
        _ => None,
    };
    filters.iter().all(|filter| {
        let Some(value) = value(filter.column) else { return false };
        filters.iter().any(|other| other.column == filter.column && other.value == value)
    })
}

/// What was written in the final reviews that fit, by item.
fn written(
    workspace: &Workspace,
    query: &Query,
    cases: bool,
) -> Result<(Vec<Remark>, Vec<PinnedNote>), StoreError> {
    let people = Named::people(workspace);
    let mut remarks: Vec<(ItemIx, Remark)> = Vec::new();
    let mut notes: Vec<(Option<ItemIx>, PinnedNote)> = Vec::new();
    // Of imported ratings there is no review in which something could be written.
    let read = workspace.final_readings()?.into_iter().filter(|row| !row.reviewer.is_empty());
    for row in read {
        let edition = workspace.instrument(&row.instrument)?;
        if !fits(&query.filters, &row, &edition) {
            continue;
        }
        let reading = workspace.reading(row.reading)?;
        let Some(given) = answers(&edition, &reading) else { continue };
        let (scores, _) = effective(&edition, &reading, &given);
        let review = Review {
            edition: &edition,
            given: &given,
            scores: &scores,
            named: Named::of_review(&people, &edition, &given, &reading),
            case: cases.then(|| row.number.to_string()),
        };
        remarks.extend(review.remarks());
        notes.extend(review.notes(&reading));
    }
    remarks.sort_by_key(|(item, _)| *item);
    notes.sort_by_key(|(item, _)| *item);
    let remarks = remarks.into_iter().map(|(_, remark)| remark).collect();
    Ok((remarks, notes.into_iter().map(|(_, note)| note).collect()))
}

/// A final review, as the sheet takes it.
struct Review<'r> {
    edition: &'r Instrument,
    given: &'r Answers,
    scores: &'r Scores,
    named: Named,
    case: Option<String>,
}

impl Review<'_> {
    fn head(&self, at: ItemIx) -> String {
        let item = self.edition.item(at);
        format!("Item {}, {}", item.id(), item.title())
    }

    fn remarks(&self) -> Vec<(ItemIx, Remark)> {
        let mut found = Vec::new();
        for at in self.edition.item_positions() {
            let strength = match self.scores.item(at).rating {
                Rating::Strength => Some(true),
                Rating::Ani => Some(false),
                _ => None,
            };
            for (closing, theme) in REMARKS {
                let id = format!("{}.{closing}", self.edition.item(at).id());
                let Some(question) = self.edition.find_question(&id) else { continue };
                let Some(Value::Text(text)) = self.given.get(question) else { continue };
                if text.trim().is_empty() {
                    continue;
                }
                let text = self.named.without(text);
                let (item, case) = (self.head(at), self.case.clone());
                found.push((at, Remark { item, strength, theme, text, case }));
            }
        }
        found
    }

    fn notes(&self, reading: &Reading) -> Vec<(Option<ItemIx>, PinnedNote)> {
        let removed = || "(removed)".to_owned();
        let told = |text: Option<&str>| text.map_or_else(removed, |text| self.named.without(text));
        reading
            .quality
            .notes
            .iter()
            .map(|note| {
                let (item, ask) = self.place(&note.place);
                let settled = note.settled.as_ref().map(|settled| {
                    settled.summary.as_ref().map_or_else(String::new, |words| told(words.text()))
                });
                let note = PinnedNote {
                    item: item.map_or_else(|| "Face sheet".to_owned(), |at| self.head(at)),
                    ask,
                    text: told(note.text.text()),
                    settled,
                    case: self.case.clone(),
                };
                (item, note)
            })
            .collect()
    }

    /// The item a note belongs to, and what is asked where it is pinned.
    fn place(&self, id: &str) -> (Option<ItemIx>, String) {
        if let Some(at) = self.edition.item_positions().find(|at| self.edition.item(*at).id() == id)
        {
            return (Some(self.whole(at)), "the item".to_owned());
        }
        let Some(question) = self.edition.find_question(id) else { return (None, id.to_owned()) };
        (self.item_of(question), id.to_owned())
    }

    /// The item a question stands in; a sub-item's is its whole item.
    fn item_of(&self, question: QuestionIx) -> Option<ItemIx> {
        match self.edition.question(question).place() {
            Place::Face => None,
            Place::Item(at) => Some(self.whole(at)),
        }
    }

    fn whole(&self, at: ItemIx) -> ItemIx {
        self.edition.item(at).parent().unwrap_or(at)
    }
}
