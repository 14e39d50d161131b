//! What a reading made with one edition would come to under another.

use crate::instrument::diff::Matching;
use crate::instrument::{Instrument, ItemIx, OutcomeIx, QuestionIx, words};

use super::explain::row_line;
use super::{
    Answers, Asked, Cause, OutcomeCause, Scores, Value, outcome_token, read_value, score, token,
    write_value,
};

/// What is rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RatedKind {
    /// An item.
    Item,
    /// A sub-item.
    SubItem,
    /// An outcome.
    Outcome,
}

impl RatedKind {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::SubItem => "sub-item",
            Self::Outcome => "outcome",
        }
    }
}

/// A rating and what decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Id of the item or outcome in that edition.
    pub id: String,
    /// Code of the rating.
    pub rating: &'static str,
    /// Its words.
    pub title: &'static str,
    /// The reason token, as `score` prints it.
    pub reason: String,
    /// The row, rule or gap in words.
    pub why: String,
}

/// An item, sub-item or outcome that comes out differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rerated {
    /// What it is.
    pub kind: RatedKind,
    /// Its title in the new edition.
    pub title: String,
    /// As it was made.
    pub old: Decided,
    /// As it would be.
    pub new: Decided,
}

/// An answer that the other edition does not take.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoneAnswer {
    /// Id of the question in the old edition.
    pub question: String,
    /// Codes, where the question is still there but the answer is not; none where the question
    /// is gone. Never a text.
    pub answer: Option<String>,
}

/// What becomes of one reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// The other edition does not know the case type: nothing can be rated.
    pub no_case_type: bool,
    /// What comes out differently, in the order of the new edition.
    pub changed: Vec<Rerated>,
    /// Answers that were asked for and that the new edition has no place for.
    pub gone: Vec<GoneAnswer>,
    /// Questions a rating now needs, whose answer is not there since they were not asked then.
    pub missing: Vec<String>,
}

/// What a reading with these answers would come to. Only what both editions rate is compared;
/// nothing is changed.
pub fn impact(matching: &Matching<'_>, answers: &Answers) -> Impact {
    let (old, new) = (matching.old, matching.new);
    let code = &old.case_types()[usize::from(answers.case_type.0)].code;
    let Some(case_type) = new.find_case_type(code) else {
        return Impact { no_case_type: true, ..Impact::default() };
    };
    let before = score(old, answers);
    let mut carried = Answers::new(case_type).up_to(answers.pur_end);
    let mut gone = Vec::new();
    for (at, value) in answers.iter() {
        let asked = before.asked(at) == Asked::Yes;
        match carry(matching, at, value, &carried) {
            Ok((there, value)) => {
                carried.set(there, Some(value));
            }
            Err(answer) if asked => gone.push(answer),
            Err(_) => {}
        }
    }
    let after = score(new, &carried);
    Impact {
        no_case_type: false,
        changed: changed(matching, &before, &after),
        missing: missing(matching, answers, &before, &carried, &after),
        gone,
    }
}

/// An answer as the new edition takes it.
fn carry(
    matching: &Matching<'_>,
    at: QuestionIx,
    value: &Value,
    carried: &Answers,
) -> Result<(QuestionIx, Value), GoneAnswer> {
    let question = matching.old.question(at);
    let gone = |answer| GoneAnswer { question: question.id().to_owned(), answer };
    let there = matching.question(at).ok_or_else(|| gone(None))?;
    let text = write_value(question, value);
    match read_value(matching.new.question(there), carried.case_type, &text) {
        Ok(value) => Ok((there, value)),
        Err(_) => Err(gone(Some(match value {
            Value::Codes(_) | Value::Integer(_) => text,
            _ => "its answer".to_owned(),
        }))),
    }
}

fn changed(matching: &Matching<'_>, before: &Scores, after: &Scores) -> Vec<Rerated> {
    let (old, new) = (matching.old, matching.new);
    let mut found = Vec::new();
    for at in new.item_positions() {
        let Some(was) = matching.old_item(at) else { continue };
        if before.item(was).rating != after.item(at).rating {
            let sub = new.item(at).parent().is_some();
            found.push(Rerated {
                kind: if sub { RatedKind::SubItem } else { RatedKind::Item },
                title: new.item(at).title().to_owned(),
                old: decided(old, before, was),
                new: decided(new, after, at),
            });
        }
    }
    for at in new.outcome_positions() {
        let id = new.outcome(at).id();
        let Some(was) = old.outcome_positions().find(|was| old.outcome(*was).id() == id) else {
            continue;
        };
        if before.outcome(was).rating != after.outcome(at).rating {
            found.push(Rerated {
                kind: RatedKind::Outcome,
                title: new.outcome(at).title().to_owned(),
                old: outcome_decided(old, before, was),
                new: outcome_decided(new, after, at),
            });
        }
    }
    found
}

fn decided(instrument: &Instrument, scores: &Scores, at: ItemIx) -> Decided {
    let (item, result) = (instrument.item(at), scores.item(at));
    let why = match &result.cause {
        Cause::Row { row } => {
            let row = &item.rows()[*row];
            let words = || words::row(instrument, at, row);
            row_line(&row.id, row.say.as_deref(), row.give.title(), words)
        }
        Cause::Rule { item, rule } => {
            let rule = &instrument.item(*item).rules()[*rule];
            format!("Rule {} is broken: {}", rule.id, rule.say)
        }
        Cause::Missing(questions) => {
            let ids: Vec<&str> = questions.iter().map(|q| instrument.question(*q).id()).collect();
            format!("Not answered: {}.", ids.join(", "))
        }
        Cause::Section { met, of } => format!("{met} of {of} that apply are met."),
        Cause::CaseType => "It is not rated for this case type.".to_owned(),
        Cause::Applies => "The reviewer answered that it does not apply.".to_owned(),
    };
    Decided {
        id: item.id().to_owned(),
        rating: result.rating.code(),
        title: result.rating.title(),
        reason: token(instrument, at, &result.cause),
        why,
    }
}

fn outcome_decided(instrument: &Instrument, scores: &Scores, at: OutcomeIx) -> Decided {
    let (outcome, result) = (instrument.outcome(at), scores.outcome(at));
    let why = match &result.cause {
        OutcomeCause::Row { row } => {
            let row = &outcome.rows()[*row];
            let words = || words::outcome_row(instrument, row);
            row_line(&row.id, row.say.as_deref(), row.give.title(), words)
        }
        OutcomeCause::Items(items) => {
            let ids: Vec<&str> = items.iter().map(|at| instrument.item(*at).id()).collect();
            format!("Not rated: {}.", ids.join(", "))
        }
        OutcomeCause::Absent => {
            format!("The instrument does not hold {}.", outcome.absent().join(", "))
        }
    };
    Decided {
        id: outcome.id().to_owned(),
        rating: result.rating.code(),
        title: result.rating.title(),
        reason: outcome_token(instrument, at, &result.cause),
        why,
    }
}

fn missing(
    matching: &Matching<'_>,
    answers: &Answers,
    before: &Scores,
    carried: &Answers,
    after: &Scores,
) -> Vec<String> {
    let new = matching.new;
    let needed = new.question_positions().filter(|at| {
        new.question(*at).needed_for_rating()
            && after.asked(*at) == Asked::Yes
            && carried.get(*at).is_none()
    });
    // What was left open then is not for the new edition to say.
    let open_then = |at: &QuestionIx| {
        matching
            .old_question(*at)
            .is_some_and(|was| before.asked(was) == Asked::Yes && answers.get(was).is_none())
    };
    needed.filter(|at| !open_then(at)).map(|at| new.question(at).id().to_owned()).collect()
}
