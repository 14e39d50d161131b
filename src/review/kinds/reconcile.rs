//! The data of events about pairs of reviews: reconciliation and reopening. As in `kinds`,
//! what is released never changes.

use serde::{Deserialize, Serialize};

use crate::review::{EventHash, Held, ReadingId, RootCause, Taken, Took, Words};

/// The settled review of a pair rests on these two seals from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciliationBegun {
    /// The first and the second review.
    pub readings: [ReadingId; 2],
    /// The seals they carry.
    pub seals: [EventHash; 2],
    /// Questions settled before whose decision no longer holds, since an answer under it
    /// changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reopens: Vec<String>,
}

/// A difference between the two reviews is settled; the answers follow in `answered` events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceSettled {
    /// The question's id.
    pub question: String,
    /// Whose answer was taken.
    pub took: Took,
    /// Why the two differed.
    pub cause: RootCause,
    /// The lead's reason.
    pub reason: Words,
    /// What the two had answered.
    pub sides: [Option<Held>; 2],
    /// The third reader's answer, where it was taken; `took` is then [`Took::Own`], as it is
    /// neither of the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub third: Option<ThirdAnswer>,
}

/// An answer of a third reader that settled a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThirdAnswer {
    /// The third review.
    pub reading: ReadingId,
    /// The seal it carried.
    pub seal: EventHash,
    /// What it had answered.
    pub held: Option<Held>,
}

/// A sealed review is opened again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingReopened {
    /// The seal that is opened.
    pub seal: EventHash,
    /// Why.
    pub reason: Words,
    /// The review was final: every report tells of such a change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_final: bool,
}

impl ReconciliationBegun {
    /// Every text the event brings: none.
    pub fn words(&mut self) -> Vec<&mut Words> {
        Vec::new()
    }
}

impl DifferenceSettled {
    /// Whose answer was taken.
    pub fn taken(&self) -> Taken {
        match (self.took, &self.third) {
            (Took::First, _) => Taken::First,
            (Took::Second, _) => Taken::Second,
            (Took::Own, Some(_)) => Taken::Third,
            (Took::Own, None) => Taken::Own,
        }
    }
    /// Whether the answer of the first (0) or the second (1) review was taken, or the third
    /// reader's that says the same.
    pub fn stood(&self, side: usize) -> bool {
        let text = |held: &Option<Held>| held.as_ref().and_then(Held::text).map(str::to_owned);
        match self.taken() {
            Taken::First => side == 0,
            Taken::Second => side == 1,
            Taken::Third => {
                let third = self.third.as_ref().and_then(|third| text(&third.held));
                third.is_some() && self.sides.get(side).and_then(text) == third
            }
            Taken::Own => false,
        }
    }

    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        let third = self.third.iter_mut().map(|third| &mut third.held);
        let typed = self.sides.iter_mut().chain(third).filter_map(|side| match side {
            Some(Held::Text(words)) => Some(words),
            Some(Held::Code(_)) | None => None,
        });
        std::iter::once(&mut self.reason).chain(typed).collect()
    }
}

impl ReadingReopened {
    /// Every text the event brings.
    pub fn words(&mut self) -> Vec<&mut Words> {
        vec![&mut self.reason]
    }
}
