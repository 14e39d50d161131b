//! Cases of a round that are read a second time, independently of the first.

use std::collections::BTreeMap;

use super::{CaseNumber, Event, EventBody, Moment, Refusal, SampleRefusal, SecondsDrawn};

/// The draws of second reviews in a round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seconds {
    /// In their order, with the time of each.
    pub draws: Vec<(Moment, SecondsDrawn)>,
    /// Drawn cases that are not read a second time after all, with the reason where its text
    /// is still there.
    pub dropped: BTreeMap<CaseNumber, Option<String>>,
}

impl Seconds {
    /// Takes in an event; what is not about second reviews is passed over.
    pub fn apply(&mut self, event: &Event) {
        match &event.body {
            EventBody::SecondsDrawn(data) => self.draws.push((event.at, (**data).clone())),
            EventBody::SecondDropped(data) => {
                self.dropped.insert(data.case, data.why.text().map(str::to_owned));
            }
            _ => {}
        }
    }

    /// Whether a case is to be read a second time.
    pub fn is_drawn(&self, case: CaseNumber) -> bool {
        self.cases().any(|drawn| drawn == case)
    }

    /// The cases to be read a second time, in the order they were drawn.
    pub fn cases(&self) -> impl Iterator<Item = CaseNumber> {
        let drawn = self.draws.iter().flat_map(|(_, draw)| draw.cases.iter().map(|one| one.case));
        drawn.filter(|case| !self.dropped.contains_key(case))
    }

    /// Whether a draw could have taken the case: it has no second chance.
    pub fn was_in_pool(&self, case: CaseNumber) -> bool {
        self.draws.iter().any(|(_, draw)| draw.pool.contains(&case))
    }

    /// Why a case can't be in the pool of a further draw.
    ///
    /// # Errors
    /// It was in one already.
    pub fn can_join(&self, case: CaseNumber) -> Result<(), Refusal> {
        if self.was_in_pool(case) { Err(SampleRefusal::SecondKnown(case).into()) } else { Ok(()) }
    }
}
