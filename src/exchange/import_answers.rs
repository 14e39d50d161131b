//! `import answers`: whole readings from a file of answers.

use crate::instrument::{Instrument, ItemIx, Rating};
use crate::review::{GivenAnswer, ImportedCase, ImportedReading, Which};
use crate::scoring::{Cause, Scores, score, write_value};

use super::facts;
use super::{CaseAnswers, MoreColumns, Problem, read_answers};

const MORE: MoreColumns<'static> = MoreColumns {
    required: &["region", "county", "period", "reviewer"],
    optional: &["review_kind", "round", "sample_id"],
    apart: &["period", "round"],
};

/// What a file of answers brings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswersImport {
    /// The readings, in order of first appearance.
    pub readings: Vec<ImportedReading>,
    /// Readings with an incomplete or invalid item: drafts where drafts are wanted, else a
    /// reason to refuse the file. By line.
    pub unfinished: Vec<Problem>,
    /// What is wrong with the file, by line. The readings are not to be used then.
    pub problems: Vec<Problem>,
}

/// Reads a whole file of answers as readings; those with an item that has no rating become
/// drafts.
pub fn import_answers(instrument: &Instrument, bytes: &[u8]) -> AnswersImport {
    let file = read_answers(instrument, bytes, MORE);
    let mut import = AnswersImport { problems: file.problems, ..AnswersImport::default() };
    for case in &file.cases {
        let Some(mut reading) = reading(instrument, case, &mut import.problems) else { continue };
        let scores = score(instrument, &case.answers);
        // What a row with a problem meant to say is not missing.
        if !case.faulty
            && let Some(problem) = unfinished(instrument, case, &scores)
        {
            reading.draft = true;
            import.unfinished.push(problem);
        }
        import.readings.push(reading);
    }
    import.problems.sort_by_key(|problem| problem.line);
    import
}

fn reading(
    instrument: &Instrument,
    case: &CaseAnswers,
    problems: &mut Vec<Problem>,
) -> Option<ImportedReading> {
    let fact = |at: usize| case.facts.get(at).map_or("", String::as_str);
    let (region, county) = (fact(0), fact(1));
    let (period, reviewer) = (facts::period(fact(2)), facts::reviewer(fact(3)));
    let (kind, round, sample_id) = (facts::review_kind(fact(4)), fact(5), fact(6));
    let mut kept = |problem: Problem| problems.push(Problem { line: Some(case.line), ..problem });
    let period = period.map_err(&mut kept).ok();
    let reviewer = reviewer.map_err(&mut kept).ok();
    let review_kind = kind.map_err(&mut kept).ok();
    let period = period?;
    let answers = case.answers.iter().map(|(at, value)| {
        let question = instrument.question(at);
        GivenAnswer {
            question: question.id().to_owned(),
            value: Some(write_value(question, value)),
            narrative: None,
        }
    });
    Some(ImportedReading {
        case: ImportedCase {
            id: case.case.clone(),
            case_type: instrument.case_types()[usize::from(case.answers.case_type.0)].code.clone(),
            region: region.to_owned(),
            county: county.to_owned(),
            round: facts::round(round, &period),
            period,
            under_review: None,
            sample_id: sample_id.to_owned(),
            review_kind: review_kind?,
        },
        which: Which::First,
        reviewer: reviewer?,
        answers: answers.collect(),
        draft: false,
    })
}

/// Says which items have no rating, if any.
fn unfinished(instrument: &Instrument, case: &CaseAnswers, scores: &Scores) -> Option<Problem> {
    let mut said = Vec::new();
    for at in instrument.item_positions() {
        let result = scores.item(at);
        let id = instrument.item(at).id();
        match &result.cause {
            // An item's list holds what its sub-items lack.
            Cause::Missing(questions) if instrument.item(at).parent().is_none() => {
                let ids: Vec<&str> =
                    questions.iter().map(|at| instrument.question(*at).id()).collect();
                said.push(format!("item {id} lacks {}", ids.join(" ")));
            }
            Cause::Rule { item, rule } if *item == at => {
                let rule = &instrument.item(*item).rules()[*rule];
                let say = rule.say.trim_end_matches('.');
                said.push(format!("item {id} breaks its rule {}: {say}", rule.id));
            }
            _ => {}
        }
    }
    let unrated =
        |at: ItemIx| matches!(scores.item(at).rating, Rating::Incomplete | Rating::Invalid);
    instrument.item_positions().any(unrated).then(|| {
        Problem::on(case.line, format!("case {} is not finished: {}", case.case, said.join("; ")))
    })
}
