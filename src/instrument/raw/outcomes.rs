//! Outcomes as written.

use super::At;
use super::condition::Condition;
use super::items::{ExampleValue, RATINGS, answers, few, row};
use super::table::Table;
use crate::instrument::{OutcomeRating, Rating};

/// `[[outcome.row]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct OutcomeRow {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) give: Option<OutcomeRating>,
    pub(in crate::instrument) say: Option<String>,
    pub(in crate::instrument) when: Condition,
}

/// `[[outcome.example]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct OutcomeExample {
    pub(in crate::instrument) title: String,
    pub(in crate::instrument) ratings: Vec<(At<String>, At<Rating>)>,
    pub(in crate::instrument) answers: Vec<(At<String>, ExampleValue)>,
    pub(in crate::instrument) case_type: Option<At<String>>,
    pub(in crate::instrument) expect: At<OutcomeRating>,
}

/// `[[outcome]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Outcome {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) title: String,
    pub(in crate::instrument) items: Vec<At<String>>,
    pub(in crate::instrument) absent: Vec<At<String>>,
    pub(in crate::instrument) bar: Option<f64>,
    pub(in crate::instrument) rows: Vec<OutcomeRow>,
    pub(in crate::instrument) examples: Vec<OutcomeExample>,
    pub(in crate::instrument) whole: bool,
}

const OUTCOME_RATINGS: [(&str, OutcomeRating); 6] = [
    ("substantially-achieved", OutcomeRating::Substantially),
    ("partially-achieved", OutcomeRating::Partially),
    ("not-achieved", OutcomeRating::NotAchieved),
    ("na", OutcomeRating::Na),
    ("incomplete", OutcomeRating::Incomplete),
    ("not-computed", OutcomeRating::NotComputed),
];

/// Reads an outcome.
pub(super) fn outcome(table: Table<'_>) -> Option<Outcome> {
    let problems = table.problems;
    let before = problems.errors();
    let id = table.need_id("id");
    table.name("outcome", id.as_ref());
    let title = table.need_text("title");
    let items = table.texts("items");
    if !table.has("items") {
        table.missing("items");
    }
    let absent = table.texts("absent");
    let bar = table.proportion("bar");
    let rows: Vec<OutcomeRow> = table
        .tables("row", "row")
        .into_iter()
        .filter_map(|t| {
            let (id, give, say, when) = row(t, &OUTCOME_RATINGS[..4])?;
            Some(OutcomeRow { id, give, say, when })
        })
        .collect();
    let examples =
        table.tables("example", "example").into_iter().filter_map(outcome_example).collect();
    few(&rows, "rows", problems, |row: &OutcomeRow| &row.id);
    let unread = table.is_unread("outcome");
    table.done();
    let whole = problems.errors() == before && !unread;
    Some(Outcome {
        id: id?,
        title: title.map(|t| t.value).unwrap_or_default(),
        items,
        absent,
        bar,
        rows,
        examples,
        whole,
    })
}

fn outcome_example(table: Table<'_>) -> Option<OutcomeExample> {
    let title = table.need_text("title");
    let ratings =
        table.need("ratings").and_then(|value| table.as_table("ratings", "ratings", value));
    let ratings = ratings.map(|inner| {
        let mut read = Vec::new();
        for (name, value) in inner.entries() {
            let id = At { value: name.get_ref().to_string(), span: name.span() };
            read.extend(inner.as_word(&id.value.clone(), value, &RATINGS).map(|r| (id, r)));
        }
        read
    });
    let answers = answers(&table, "answers").unwrap_or_default();
    let case_type = table.text("case-type");
    let expect =
        table.need("expect").and_then(|value| table.as_word("expect", value, &OUTCOME_RATINGS));
    table.done();
    Some(OutcomeExample {
        title: title.map(|t| t.value).unwrap_or_default(),
        ratings: ratings?,
        answers,
        case_type,
        expect: expect?,
    })
}
