//! A whole invented review of a case.

use crate::instrument::{Instrument, Kind};
use crate::review::{GivenAnswer, ImportedCase, ImportedReading, PersonCode, Which};
use crate::scoring::{Answers, write_value};

use super::chance::Chance;
use super::fill::{Dates, complete};
use super::story::{Setting, differ, tell};

/// A case to be reviewed.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// What the workspace is to know of it.
    pub(super) case: ImportedCase,
    /// Its dates.
    pub(super) dates: Dates,
}

/// Who reads it, and as which review.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// The reader's code.
    pub(super) code: PersonCode,
    /// Which review of the case.
    pub(super) which: Which,
}

/// A finished review. The same seed and case give the same answers; the second review of a
/// case differs from its first in a few.
///
/// # Errors
/// What could not be answered, with an edition this was not written for.
pub(super) fn review(
    instrument: &Instrument,
    subject: &Subject,
    reader: Reader,
    seed: &str,
) -> Result<ImportedReading, String> {
    let case = &subject.case;
    let unknown = || format!("the instrument has no case type {}", case.case_type);
    let case_type = instrument.find_case_type(&case.case_type).ok_or_else(unknown)?;
    let names = [case.round.as_str(), case.id.as_str()];
    let setting =
        Setting { case_type: &case.case_type, region: &case.region, period: &case.period };
    let mut story = tell(setting, &mut Chance::new(seed, &names));
    let mut chance = Chance::new(seed, &[names[0], names[1], reader.which.code()]);
    if reader.which != Which::First {
        differ(&mut story, &mut chance);
    }
    let answers = complete(instrument, case_type, &story, subject.dates, &mut chance)?;
    Ok(ImportedReading {
        case: case.clone(),
        which: reader.which,
        reviewer: reader.code,
        answers: given(instrument, &answers, case),
        draft: false,
    })
}

/// The beginning of a review: its first `share` of answers.
pub(super) fn begun(mut review: ImportedReading, share: f64) -> ImportedReading {
    let kept = (review.answers.len() as f64 * share) as usize;
    review.answers.truncate(kept);
    review.draft = true;
    review
}

fn given(instrument: &Instrument, answers: &Answers, case: &ImportedCase) -> Vec<GivenAnswer> {
    let from_frame = |at| {
        let question = instrument.question(at);
        let fact = match question.from_frame()? {
            "region" => &case.region,
            "county" => &case.county,
            _ => return None,
        };
        matches!(question.kind(), Kind::Text).then(|| fact.clone())
    };
    let given = instrument.question_positions().filter_map(|at| {
        let question = instrument.question(at);
        let value = answers.get(at).map(|value| write_value(question, value));
        let value = value.or_else(|| from_frame(at));
        let narrative = answers.narrative(at).map(str::to_owned);
        (value.is_some() || narrative.is_some()).then(|| GivenAnswer {
            question: question.id().to_owned(),
            value,
            narrative,
        })
    });
    given.collect()
}
