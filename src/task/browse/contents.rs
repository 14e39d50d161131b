//! The contents of an instrument, as a list to choose a page from.

use crate::instrument::{Instrument, ItemIx, OutcomeIx, Place};

/// One page of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// What it is, what it was made from, which types of case.
    About,
    /// The face sheet.
    Face,
    /// An item (a section, in a checklist) or sub-item.
    Item(ItemIx),
    /// An outcome.
    Outcome(OutcomeIx),
    /// Proportions of sums over cases.
    Measures,
    /// Other groupings of items.
    Components,
    /// Defined terms.
    Definitions,
}

/// The contents, in the order of reading.
pub(super) fn of(instrument: &Instrument) -> Vec<Entry> {
    let has_face = instrument.questions().iter().any(|q| q.place() == Place::Face);
    let mut entries = vec![Entry::About];
    entries.extend(has_face.then_some(Entry::Face));
    entries.extend(instrument.item_positions().map(Entry::Item));
    entries.extend(instrument.outcome_positions().map(Entry::Outcome));
    entries.extend((!instrument.measures().is_empty()).then_some(Entry::Measures));
    entries.extend((!instrument.components().is_empty()).then_some(Entry::Components));
    entries.extend((!instrument.definitions().is_empty()).then_some(Entry::Definitions));
    entries
}

impl Entry {
    /// Its name in the list: "14 Preserving connections", "Well-Being 1".
    pub fn title(self, instrument: &Instrument) -> String {
        match self {
            Self::About => "About this instrument".to_owned(),
            Self::Face => "Face sheet".to_owned(),
            Self::Item(at) => {
                let item = instrument.item(at);
                format!("{} {}", item.id(), item.title())
            }
            Self::Outcome(at) => {
                let title = instrument.outcome(at).title();
                title.split(':').next().unwrap_or(title).trim().to_owned()
            }
            Self::Measures => "Measures".to_owned(),
            Self::Components => "Components".to_owned(),
            Self::Definitions => "Definitions".to_owned(),
        }
    }

    /// Whether it stands under the entry before it: a sub-item.
    pub fn is_sub_item(self, instrument: &Instrument) -> bool {
        matches!(self, Self::Item(at) if instrument.item(at).parent().is_some())
    }
}
