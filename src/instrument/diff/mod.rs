//! What changed between two editions, in the field's terms.
//!
//! Wordings, answers, gates, rules and applicability are compared by id; items of different
//! instruments are matched through the crosswalk. Tables whose text differs are compared by
//! what they do: every set of answers that either edition can have is rated by both.

mod change;
mod classes;

mod items;
mod matching;
mod outcomes;
mod questions;
mod ratings;
mod sameness;
mod walk;
mod whole;

pub use change::{About, Aspect, Change, Subject, Thing};
pub use matching::{MatchedBy, Matching};
pub use ratings::{Came, Example, Sampled, TableChange, Transition};

use super::Instrument;

/// Which edition a comparison is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionName {
    /// Id of the instrument.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// Its full title.
    pub title: String,
    /// The edition's identity.
    pub hash: String,
}

impl From<&Instrument> for EditionName {
    fn from(instrument: &Instrument) -> Self {
        Self {
            id: instrument.id().to_owned(),
            edition: instrument.edition().to_owned(),
            title: instrument.title().to_owned(),
            hash: instrument.hash().to_owned(),
        }
    }
}

/// What changed between two editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The one compared from.
    pub old: EditionName,
    /// The one compared to.
    pub new: EditionName,
    /// How items were matched.
    pub by: MatchedBy,
    /// What reads differently: the instrument, the face sheet, item by item, the outcomes.
    pub changes: Vec<Change>,
    /// What rates differently, item by item, then outcomes; tables that do the same are left
    /// out.
    pub ratings: Vec<TableChange>,
}

impl Difference {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.ratings.is_empty()
    }
}

/// Compares two editions.
pub fn diff(old: &Instrument, new: &Instrument) -> Difference {
    let matching = Matching::new(old, new);
    let mut changes = Vec::new();
    whole::instrument(&matching, &mut changes);
    questions::face_sheet(&matching, &mut changes);
    questions::closing(&matching, &mut changes);
    items::all(&matching, &mut changes);
    outcomes::all(&matching, &mut changes);
    let mut ratings = ratings::items(&matching);
    ratings.extend(outcomes::ratings(&matching));
    Difference { old: old.into(), new: new.into(), by: matching.by, changes, ratings }
}
