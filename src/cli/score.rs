//! `score`: answers in, ratings out, without a workspace.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::output::{note, print};
use super::{Failure, Format, Global, source};
use crate::exchange::{CaseAnswers, MoreColumns, problems_text, read_answers};
use crate::instrument::{Instrument, Mode};
use crate::scoring::{
    Answers, NewAnswer, Value, changes, explain_item, explain_outcome, outcome_changes,
    outcome_token, score, token, write_value,
};
use crate::text::{clean, guard, width};

/// Rate cases from a file of answers
#[derive(Debug, Args)]
pub struct Score {
    /// Id of a shipped instrument, or path to a TOML file
    #[arg(value_name = "INSTRUMENT")]
    instrument: String,
    /// CSV with the columns case,case_type,question,answer (- reads stdin)
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
}

/// What one item, sub-item or outcome of a case came out as.
struct Line<'l> {
    case: &'l CaseAnswers,
    kind: &'static str,
    id: &'l str,
    title: &'static str,
    rating: &'static str,
    reason: String,
}

impl Score {
    /// Reads the answers and prints the ratings.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let instrument = source::instrument(&self.instrument)?;
        let name = if self.answers == Path::new("-") {
            "stdin".to_owned()
        } else {
            self.answers.display().to_string()
        };
        let file = read_answers(&instrument, &self.read(&name)?, MoreColumns::default());
        if !file.problems.is_empty() {
            return Err(Failure::BadInput(problems_text(&name, &file.problems)));
        }
        if file.cases.is_empty() {
            note(&format!("note: {name} holds no case"));
        }
        print(&match global.format.unwrap_or(Format::Csv) {
            Format::Csv => csv(&instrument, &file.cases),
            Format::Json => json(&instrument, &file.cases),
            Format::Text => text(&instrument, &file.cases),
        })
    }

    fn read(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let read = if self.answers == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        } else {
            std::fs::read(&self.answers)
        };
        read.map_err(|error| {
            Failure::BadInput(clean(&format!("error: {name} can't be read: {error}")).into_owned())
        })
    }
}

/// The lines of a case: items in instrument order, each before its sub-items, then outcomes.
fn each_line<'l>(
    instrument: &'l Instrument,
    case: &'l CaseAnswers,
    mut each: impl FnMut(Line<'l>),
) {
    let scores = score(instrument, &case.answers);
    for at in instrument.item_positions() {
        let (item, result) = (instrument.item(at), scores.item(at));
        each(Line {
            case,
            kind: match (item.parent(), instrument.mode()) {
                (Some(_), _) => "sub-item",
                (None, Mode::Rated) => "item",
                (None, Mode::Checklist) => "section",
            },
            id: item.id(),
            title: result.rating.title(),
            rating: result.rating.code(),
            reason: token(instrument, at, &result.cause),
        });
    }
    for at in instrument.outcome_positions() {
        let result = scores.outcome(at);
        each(Line {
            case,
            kind: "outcome",
            id: instrument.outcome(at).id(),
            title: result.rating.title(),
            rating: result.rating.code(),
            reason: outcome_token(instrument, at, &result.cause),
        });
    }
}

fn csv(instrument: &Instrument, cases: &[CaseAnswers]) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut write = |row: [&str; 5]| {
        out.write_record(row).expect("writing rows of five fields to memory can't fail");
    };
    write(["case", "kind", "id", "rating", "reason"]);
    for case in cases {
        each_line(instrument, case, |line| {
            write([&guard(&line.case.case), line.kind, line.id, line.rating, &line.reason]);
        });
    }
    let bytes = out.into_inner().expect("flushing to memory can't fail");
    String::from_utf8(bytes).expect("only text was written")
}

#[derive(Serialize)]
struct JsonLine<'l> {
    case: &'l str,
    kind: &'static str,
    id: &'l str,
    rating: &'static str,
    reason: String,
    why: Vec<String>,
    changes: Vec<JsonChange>,
}

#[derive(Serialize)]
struct JsonChange {
    rating: &'static str,
    answers: Vec<JsonAnswer>,
}

#[derive(Serialize)]
struct JsonAnswer {
    question: String,
    from: Option<String>,
    to: String,
    /// For a number counted from a table: the rows that would have to be others.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<String>,
}

fn json(instrument: &Instrument, cases: &[CaseAnswers]) -> String {
    let mut lines = Vec::new();
    for case in cases {
        let answers = &case.answers;
        let mut told = why_and_changes(instrument, answers).into_iter();
        each_line(instrument, case, |Line { case, kind, id, rating, reason, .. }| {
            let (why, changes) = told.next().unwrap_or_default();
            lines.push(JsonLine { case: &case.case, kind, id, rating, reason, why, changes });
        });
    }
    let mut text = serde_json::to_string_pretty(&lines).expect("strings and lists are JSON");
    text.push('\n');
    text
}

/// For every line of a case, in the same order.
fn why_and_changes(
    instrument: &Instrument,
    answers: &Answers,
) -> Vec<(Vec<String>, Vec<JsonChange>)> {
    let scores = score(instrument, answers);
    let items = instrument.item_positions().map(|at| {
        let changes = changes(instrument, answers, at);
        let changes = changes.iter().map(|c| change(instrument, c.rating.code(), &c.answers));
        (explain_item(instrument, answers, &scores, at), changes.collect())
    });
    let outcomes = instrument.outcome_positions().map(|at| {
        let changes = outcome_changes(instrument, answers, at);
        let changes = changes.iter().map(|c| change(instrument, c.rating.code(), &c.answers));
        (explain_outcome(instrument, &scores, at), changes.collect())
    });
    items.chain(outcomes).collect()
}

fn change(instrument: &Instrument, rating: &'static str, answers: &[NewAnswer]) -> JsonChange {
    let write = |answer: &NewAnswer, value: &Value| {
        write_value(instrument.question(answer.question), value)
    };
    let told = |answer: &NewAnswer| JsonAnswer {
        question: instrument.question(answer.question).id().to_owned(),
        from: answer.old.as_ref().map(|old| write(answer, old)),
        to: write(answer, &answer.new),
        rows: answer.rows.clone(),
    };
    JsonChange { rating, answers: answers.iter().map(told).collect() }
}

fn text(instrument: &Instrument, cases: &[CaseAnswers]) -> String {
    let mut out = String::new();
    let widest = |words: &mut dyn Iterator<Item = &str>| words.map(width).max().unwrap_or(0);
    let ids = widest(
        &mut (instrument.items().iter().map(|item| item.id()))
            .chain(instrument.outcomes().iter().map(|outcome| outcome.id())),
    );
    for (at, case) in cases.iter().enumerate() {
        let case_type = &instrument.case_types()[usize::from(case.answers.case_type.0)];
        let gap = if at > 0 { "\n" } else { "" };
        out.push_str(&format!("{gap}{}  {}\n", clean(&case.case), clean(&case_type.title)));
        each_line(instrument, case, |line| {
            let indent = if line.kind == "sub-item" { "  " } else { "" };
            let id = format!("{indent}{}", line.id);
            out.push_str(&format!("  {id:ids$}  {:24}  {}\n", line.title, line.reason));
        });
    }
    out
}
