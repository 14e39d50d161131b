//! How a final reading is kept for reports: its facts and answers as bytes.
//!
//! A report goes through every final reading there is, so each is one short row that is read
//! without parsing texts: the lengths of all facts come first, and an answer has its place by
//! its question.

use std::ops::Range;

use crate::instrument::{Instrument, Kind, Place, QuestionIx};
use crate::scoring::{Answers, Asked, Scores, Value, value_of};

/// The facts of a final reading in the order they are packed in. New ones go to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts<'a> {
    /// The first [`EDITION`] digits of the hash of the instrument edition.
    pub edition: &'a str,
    /// Region of the case.
    pub region: &'a str,
    /// County of the case.
    pub county: &'a str,
    /// Code of the case type.
    pub case_type: &'a str,
    /// The period the result belongs to.
    pub period: &'a str,
    /// Code of who read it; empty for imported ratings.
    pub reviewer: &'a str,
    /// Name of the round.
    pub round: &'a str,
    /// Kind of review.
    pub review_kind: &'a str,
    /// Month of the review: `2026-03`.
    pub month: &'a str,
    /// Stratum of the case in its draw, or empty.
    pub stratum: &'a str,
}

/// Digits of an edition's hash that are packed: enough to tell any editions apart.
pub const EDITION: usize = 16;

const FACTS: usize = 10;
const LENGTHS: usize = FACTS * 2;

impl<'a> Facts<'a> {
    /// As bytes; a text is cut at 65,535 bytes.
    pub fn pack(&self) -> Vec<u8> {
        let texts = self.texts().map(|text| {
            let end = (0..=text.len().min(usize::from(u16::MAX)))
                .rev()
                .find(|at| text.is_char_boundary(*at));
            &text[..end.unwrap_or(0)]
        });
        let lengths = texts.iter().flat_map(|text| (text.len() as u16).to_le_bytes());
        let mut bytes: Vec<u8> = lengths.collect();
        texts.iter().for_each(|text| bytes.extend(text.as_bytes()));
        bytes
    }

    /// From [`pack`](Self::pack); `None` when the bytes are not its.
    pub fn unpack(bytes: &'a [u8]) -> Option<Self> {
        let (lengths, texts) = bytes.split_at_checked(LENGTHS)?;
        let mut rest = std::str::from_utf8(texts).ok()?;
        let mut found = [""; FACTS];
        for (text, length) in found.iter_mut().zip(lengths.as_chunks().0) {
            (*text, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        }
        let [
            edition,
            region,
            county,
            case_type,
            period,
            reviewer,
            round,
            review_kind,
            month,
            stratum,
        ] = found;
        Some(Self {
            edition,
            region,
            county,
            case_type,
            period,
            reviewer,
            round,
            review_kind,
            month,
            stratum,
        })
    }

    fn texts(&self) -> [&'a str; FACTS] {
        [
            self.edition,
            self.region,
            self.county,
            self.case_type,
            self.period,
            self.reviewer,
            self.round,
            self.review_kind,
            self.month,
            self.stratum,
        ]
    }
}

/// Where the answers of an edition stand: a byte for a choice of an item, four for a number
/// that a measure sums up. Texts, dates and the face sheet are not packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerPlaces {
    places: Vec<Option<Range<usize>>>,
    length: usize,
}

const NO_NUMBER: i32 = i32::MIN;
const NO_OPTION: u8 = u8::MAX;

impl AnswerPlaces {
    /// Of an edition.
    pub fn of(instrument: &Instrument) -> Self {
        let mut length = 0;
        let place = |at: QuestionIx| {
            let question = instrument.question(at);
            let summed = instrument.measures().iter().any(|m| m.of == at || m.met == at);
            let width = match (question.kind(), question.place()) {
                (Kind::Choice(_), Place::Item(_)) => 1,
                (Kind::Integer { .. }, _) if summed => 4,
                _ => return None,
            };
            length += width;
            Some(length - width..length)
        };
        let places = instrument.question_positions().map(place).collect();
        Self { places, length }
    }

    /// The answers that count: of questions that are asked.
    pub fn pack(&self, instrument: &Instrument, answers: &Answers, scores: &Scores) -> Vec<u8> {
        let mut bytes = vec![NO_OPTION; self.length];
        for at in instrument.question_positions() {
            let Some(place) = self.place(at) else { continue };
            let asked = scores.asked(at) == Asked::Yes;
            let value = asked.then(|| value_of(instrument, answers, at)).flatten();
            if place.len() == 1 {
                if let Some(Value::Codes(codes)) = value
                    && let Some(option) = codes.positions().next()
                {
                    bytes[place.start] = option as u8;
                }
                continue;
            }
            let number = match value {
                Some(Value::Integer(number)) => i32::try_from(number).unwrap_or(i32::MAX),
                _ => NO_NUMBER,
            };
            bytes[place].copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// Where the option chosen for a choice stands among packed answers, as
    /// [`option`] reads it.
    pub fn place(&self, at: QuestionIx) -> Option<Range<usize>> {
        self.places.get(usize::from(at.0))?.clone()
    }
}

/// The option at a place of packed answers; none where the question was not asked or not
/// answered, or the reading has no answers.
pub fn option(answers: &[u8], place: usize) -> Option<usize> {
    answers.get(place).filter(|option| **option != NO_OPTION).map(|option| usize::from(*option))
}

/// The number at a place of packed answers.
pub fn number(answers: &[u8], place: &Range<usize>) -> Option<i64> {
    let bytes = answers.get(place.clone())?.try_into().ok()?;
    let number = i32::from_le_bytes(bytes);
    (number != NO_NUMBER).then_some(i64::from(number))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_as_they_were() {
        let long = "å".repeat(40_000);
        let facts = Facts { region: "Åre", stratum: "foster-care | East", ..Facts::default() };
        assert_eq!(Facts::unpack(&facts.pack()), Some(facts));
        let packed = Facts { county: &long, ..facts }.pack();
        let back = Facts::unpack(&packed).unwrap();
        assert_eq!((back.county.len(), back.stratum), (65_534, facts.stratum));
        assert_eq!(Facts::unpack(&packed[..30]), None);
        assert_eq!(Facts::unpack(b""), None);
    }
}
