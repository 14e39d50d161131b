//! Sections of checklist instruments: what was met of what applies.

use crate::instrument::{Counts, Instrument, ItemIx, Question};

use super::{Answers, Asked, Scores, Value, filled};

/// How the counted questions of a section were answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SectionResult {
    /// Met, those by good-faith efforts included.
    pub met: u32,
    /// Of the met ones, those by another answer than a plain Yes.
    pub good_faith: u32,
    /// Not met.
    pub not_met: u32,
    /// Not applicable.
    pub na: u32,
    /// Asked and not answered.
    pub missing: u32,
}

impl SectionResult {
    /// The denominator of percent Yes: met and not met.
    pub fn applicable(&self) -> u32 {
        self.met + self.not_met
    }
    /// Both together, for a whole case.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            met: self.met + other.met,
            good_faith: self.good_faith + other.good_faith,
            not_met: self.not_met + other.not_met,
            na: self.na + other.na,
            missing: self.missing + other.missing,
        }
    }
}

/// What an answer to a counted question counts as, and whether it is met by good faith only:
/// by an option that counts as met beside a plain `yes`.
pub fn counts_as(question: &Question, value: &Value) -> Option<(Counts, bool)> {
    let Value::Codes(codes) = value else { return None };
    let options = question.options();
    let chosen = options.get(codes.positions().next()?)?;
    let plain = chosen.code == "yes" || !options.iter().any(|option| option.code == "yes");
    let counts = chosen.counts.filter(|_| question.counted())?;
    Some((counts, counts == Counts::Met && !plain))
}

/// The counted questions of a section, those asked now.
pub fn section(
    instrument: &Instrument,
    answers: &Answers,
    scores: &Scores,
    at: ItemIx,
) -> SectionResult {
    let mut result = SectionResult::default();
    for question in instrument.item(at).questions() {
        let asked = instrument.question(*question);
        if !asked.counted() || scores.asked(*question) != Asked::Yes {
            continue;
        }
        let value = filled::value(instrument, answers, *question);
        match value.and_then(|value| counts_as(asked, &value)) {
            Some((Counts::Met, good_faith)) => {
                result.met += 1;
                result.good_faith += u32::from(good_faith);
            }
            Some((Counts::NotMet, _)) => result.not_met += 1,
            Some((Counts::NotApplicable, _)) => result.na += 1,
            None => result.missing += 1,
        }
    }
    result
}
