//! `import ratings`: finished ratings of earlier reviews, a row an item.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::instrument::{Instrument, Rating};
use crate::review::{ImportedCase, ImportedRatings};
use crate::text::{did_you_mean, list_or};

use super::facts;
use super::mapped::{RatingsMapping, SheetRows, translate};
use super::{Columns, Problem, Row, Rows};

const COLUMNS: Columns<'static> = Columns {
    required: &["case", "region", "county", "case_type", "period", "instrument", "item", "rating"],
    optional: &["review_kind", "round", "sample_id"],
    otherwise: "a sheet with columns of its own is read with --mapping MAP",
};
const CASE: usize = 0;
const CASE_TYPE: usize = 3;
const PERIOD: usize = 4;
const INSTRUMENT: usize = 5;
const ITEM: usize = 6;
const RATING: usize = 7;
const REVIEW_KIND: usize = 8;
const ROUND: usize = 9;
/// Columns that are the same on all rows of a case.
const FACTS: [(usize, &str); 5] = [
    (1, "region"),
    (2, "county"),
    (CASE_TYPE, "case_type"),
    (REVIEW_KIND, "review_kind"),
    (10, "sample_id"),
];

/// What a file of ratings brings.
#[derive(Debug, Clone, Default)]
pub struct RatingsImport {
    /// Per instrument its cases, in order of first appearance.
    pub cases: Vec<(Arc<Instrument>, Vec<ImportedRatings>)>,
    /// What is wrong with the file, by line. The cases are not to be used then.
    pub problems: Vec<Problem>,
}

/// Where the instruments a file names come from.
pub trait Instruments {
    /// The instrument with this id.
    fn find(&self, id: &str) -> Option<Arc<Instrument>>;
    /// All ids, for a hint.
    fn ids(&self) -> Vec<String>;
}

/// Reads a whole file of ratings.
pub fn import_ratings(instruments: &dyn Instruments, bytes: &[u8]) -> RatingsImport {
    let rows = match Rows::new(bytes, COLUMNS) {
        Ok(rows) => rows,
        Err(problems) => return RatingsImport { cases: Vec::new(), problems },
    };
    let mut problems = Vec::new();
    let mut gathering =
        Gathering { instruments, known: HashMap::new(), cases: Vec::new(), by_key: HashMap::new() };
    rows.each(&mut problems, |row, problems| gathering.take(&row, problems));
    RatingsImport { cases: gathering.finish(), problems }
}

/// The same of a spreadsheet whose columns a mapping names.
pub fn import_mapped(
    instruments: &dyn Instruments,
    mapping: &RatingsMapping,
    sheet: &SheetRows,
) -> RatingsImport {
    let mut problems = Vec::new();
    let mut gathering =
        Gathering { instruments, known: HashMap::new(), cases: Vec::new(), by_key: HashMap::new() };
    translate(mapping, sheet, instruments, &mut problems, |row, problems| {
        gathering.take(&row, problems);
    });
    RatingsImport { cases: gathering.finish(), problems }
}

/// Whether a value is one of a column.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(
    instruments: &dyn Instruments,
    instrument: Option<&Instrument>,
    column: &str,
    value: &str,
) -> Result<(), Problem> {
    match (column, instrument) {
        ("case", _) if value.is_empty() => Err(Problem::whole("the case is empty")),
        ("period", _) => facts::period(value).map(drop),
        ("review_kind", _) => facts::review_kind(value).map(drop),
        ("rating", _) => rating(value).map(drop),
        ("instrument", None) => Err(unknown_instrument(instruments, value)),
        ("item", Some(instrument)) => item(instrument, value),
        ("case_type", Some(instrument)) => case_type(instrument, value),
        _ => Ok(()),
    }
}

fn unknown_instrument(instruments: &dyn Instruments, id: &str) -> Problem {
    if id.is_empty() {
        return Problem::whole("the instrument is empty");
    }
    let ids = instruments.ids();
    let problem = Problem::whole(format!("instrument {id} is unknown"));
    match did_you_mean(id, ids.iter().map(String::as_str)) {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("it is {}", list_or(&ids))),
    }
}

struct Gathering<'i> {
    instruments: &'i dyn Instruments,
    known: HashMap<String, Option<Arc<Instrument>>>,
    cases: Vec<Case>,
    by_key: HashMap<[String; 4], usize>,
}

struct Case {
    line: u64,
    facts: [String; FACTS.len()],
    instrument: Arc<Instrument>,
    rated: ImportedRatings,
    lines: HashMap<String, u64>,
}

impl Gathering<'_> {
    /// Takes in one row, or says everything that is wrong with it.
    fn take(&mut self, row: &Row<'_>, problems: &mut Vec<Problem>) {
        let before = problems.len();
        let mut on = |problem: Problem| problems.push(Problem { line: Some(row.line), ..problem });
        if row.value(CASE).is_empty() {
            on(Problem::whole("the case is empty"));
        }
        let period = facts::period(row.value(PERIOD)).map_err(&mut on);
        let review_kind = facts::review_kind(row.value(REVIEW_KIND)).map_err(&mut on);
        let rating = rating(row.value(RATING)).map_err(&mut on);
        let instrument = self.instrument(row.value(INSTRUMENT)).map_err(&mut on);
        if let Ok(instrument) = &instrument {
            item(instrument, row.value(ITEM)).unwrap_or_else(&mut on);
            case_type(instrument, row.value(CASE_TYPE)).unwrap_or_else(&mut on);
        }
        let (Ok(period), Ok(review_kind), Ok(rating), Ok(instrument)) =
            (period, review_kind, rating, instrument)
        else {
            return;
        };
        if problems.len() > before {
            return;
        }
        let round = facts::round(row.value(ROUND), &period);
        let key = [row.value(CASE), &period, &round, instrument.id()].map(str::to_owned);
        let cases = &mut self.cases;
        let at = *self.by_key.entry(key).or_insert_with(|| {
            let fact = |at: usize| row.value(at).to_owned();
            cases.push(Case {
                line: row.line,
                facts: FACTS.map(|(at, _)| fact(at)),
                instrument,
                rated: ImportedRatings {
                    case: ImportedCase {
                        id: fact(CASE),
                        case_type: fact(CASE_TYPE),
                        region: fact(1),
                        county: fact(2),
                        period,
                        under_review: None,
                        round,
                        sample_id: fact(10),
                        review_kind,
                    },
                    ratings: BTreeMap::new(),
                },
                lines: HashMap::new(),
            });
            cases.len() - 1
        });
        self.cases[at].take(row, rating, problems);
    }

    fn instrument(&mut self, id: &str) -> Result<Arc<Instrument>, Problem> {
        let found = self.known.entry(id.to_owned()).or_insert_with(|| self.instruments.find(id));
        found.clone().ok_or_else(|| unknown_instrument(self.instruments, id))
    }

    fn finish(self) -> Vec<(Arc<Instrument>, Vec<ImportedRatings>)> {
        let mut found: Vec<(Arc<Instrument>, Vec<ImportedRatings>)> = Vec::new();
        for case in self.cases {
            match found.iter_mut().find(|(known, _)| known.id() == case.instrument.id()) {
                Some((_, cases)) => cases.push(case.rated),
                None => found.push((case.instrument, vec![case.rated])),
            }
        }
        found
    }
}

impl Case {
    fn take(&mut self, row: &Row<'_>, rating: Rating, problems: &mut Vec<Problem>) {
        let id = &self.rated.case.id;
        for ((at, name), first) in FACTS.iter().zip(&self.facts) {
            let here = row.value(*at);
            if first != here {
                let problem =
                    Problem::on(row.line, format!("{name} of case {id} is \"{here}\" here"));
                problems.push(problem.help(format!("line {} says \"{first}\"", self.line)));
            }
        }
        let item = row.value(ITEM);
        if let Some(first) = self.lines.get(item) {
            let problem = Problem::on(row.line, format!("item {item} of case {id} is rated twice"));
            problems.push(problem.help(format!("its first rating stands on line {first}")));
            return;
        }
        self.lines.insert(item.to_owned(), row.line);
        self.rated.ratings.insert(item.to_owned(), rating.code().to_owned());
    }
}

fn rating(code: &str) -> Result<Rating, Problem> {
    const TAKEN: [Rating; 4] = [Rating::Strength, Rating::Ani, Rating::Na, Rating::Incomplete];
    TAKEN.into_iter().find(|rating| rating.code() == code).ok_or_else(|| {
        let known = TAKEN.map(Rating::code);
        let problem = match code {
            "" => Problem::whole("the rating is empty"),
            _ => Problem::whole(format!("rating {code} is unknown")),
        };
        match did_you_mean(code, known) {
            Some(near) => problem.did_you_mean(Some(near)),
            None => problem.help(format!("it is {}", list_or(&known))),
        }
    })
}

fn item(instrument: &Instrument, id: &str) -> Result<(), Problem> {
    if instrument.find_item(id).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = instrument.items().iter().map(|item| item.id()).collect();
    let problem = Problem::whole(format!("item {id} is not in {}", instrument.id()));
    Err(problem.help(format!("it has {}", crate::text::list_and(&known))))
}

fn case_type(instrument: &Instrument, code: &str) -> Result<(), Problem> {
    if instrument.find_case_type(code).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = instrument.case_types().iter().map(|t| t.code.as_str()).collect();
    let problem = Problem::whole(format!("case type {code} is unknown"));
    Err(match did_you_mean(code, known.iter().copied()) {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("it is {}", list_or(&known))),
    })
}
