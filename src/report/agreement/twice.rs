//! Cases read twice, each with what the two readers gave side by side.

use std::collections::HashMap;

use super::{AgreementLine, Measured};
use crate::instrument::Instrument;
use crate::scoring::Answers;

/// What is known of a case read twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TwiceFacts {
    /// Review number: `R-0042`.
    pub case: String,
    /// Codes of who read first and second.
    pub readers: [String; 2],
    /// Code of how the two came by their evidence, or [`NO_MODE`](super::NO_MODE).
    pub mode: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Code of the case type.
    pub case_type: String,
    /// The period the result belongs to.
    pub period: String,
    /// Name of the round.
    pub round: String,
    /// Month in which the later of the two was first handed in: `2026-04`.
    pub month: String,
    /// Code of what the review is held for.
    pub review_kind: String,
}

/// What both gave to one line: places among its categories; none where one of them has
/// nothing that compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The line, by its place in [`Twice::lines`].
    pub line: usize,
    /// What the first and the second reader gave.
    pub given: [Option<u16>; 2],
}

impl Mark {
    /// Both gave something, and the same.
    pub fn agrees(&self) -> Option<bool> {
        let [Some(first), Some(second)] = self.given else { return None };
        Some(first == second)
    }
}

/// A case read twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwiceRead {
    /// What is known of it.
    pub facts: TwiceFacts,
    /// Id of the instrument.
    pub instrument: String,
    /// What the two gave.
    pub marks: Vec<Mark>,
}

/// Every case read twice that agreement is measured on.
#[derive(Debug, Clone, Default)]
pub struct Twice {
    /// Lines, in the order of the instruments.
    pub lines: Vec<AgreementLine>,
    /// The cases, in the order they were added.
    pub reads: Vec<TwiceRead>,
    places: HashMap<(String, Measured, String), usize>,
}

impl Twice {
    /// Takes in a case: its facts, and both readers' answers as they were first handed in.
    pub fn add(&mut self, facts: TwiceFacts, instrument: &Instrument, answers: [&Answers; 2]) {
        self.know(instrument);
        let marks = super::marks::marks(self, instrument, answers);
        self.reads.push(TwiceRead { facts, instrument: instrument.id().to_owned(), marks });
    }

    /// The place of a line.
    pub(super) fn place(&self, instrument: &str, measured: Measured, id: &str) -> Option<usize> {
        self.places.get(&(instrument.to_owned(), measured, id.to_owned())).copied()
    }

    fn know(&mut self, instrument: &Instrument) {
        let items = instrument.item_positions().flat_map(|at| {
            [AgreementLine::item(instrument, at), AgreementLine::applicability(instrument, at)]
        });
        let questions =
            instrument.question_positions().map(|at| AgreementLine::question(instrument, at));
        for line in items.chain(questions).flatten() {
            let key = (line.instrument.clone(), line.measured, line.id.clone());
            match self.places.get(&key) {
                // Another edition may offer more.
                Some(at) => {
                    for (code, title) in &line.categories {
                        self.lines[*at].category(code, title);
                    }
                }
                None => {
                    self.places.insert(key, self.lines.len());
                    self.lines.push(line);
                }
            }
        }
    }
}
