//! What a report needs of an instrument's edition: ids and titles in order.

use crate::instrument::Instrument;

/// An item or sub-item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemHead {
    /// Id: `17`, `17A`.
    pub id: String,
    /// Title.
    pub title: String,
    /// It stands under an item and is reported only when asked for.
    pub sub_item: bool,
    /// Conformity bar as a proportion.
    pub bar: Option<f64>,
}

/// An outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeHead {
    /// Id: `well-being-1`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Ids of items the instrument lacks; any makes the outcome not computed.
    pub absent: Vec<String>,
    /// Conformity bar as a proportion.
    pub bar: Option<f64>,
}

/// An edition of an instrument, as reports see it. Packed ratings follow its order.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Id of the instrument.
    pub instrument: String,
    /// Its title for a narrow place.
    pub short: String,
    /// Items, each followed by its sub-items.
    pub items: Vec<ItemHead>,
    /// Outcomes.
    pub outcomes: Vec<OutcomeHead>,
}

impl From<&Instrument> for Edition {
    fn from(instrument: &Instrument) -> Self {
        Self {
            instrument: instrument.id().to_owned(),
            short: instrument.short().to_owned(),
            items: instrument
                .items()
                .iter()
                .map(|item| ItemHead {
                    id: item.id().to_owned(),
                    title: item.title().to_owned(),
                    sub_item: item.parent().is_some(),
                    bar: item.bar(),
                })
                .collect(),
            outcomes: instrument
                .outcomes()
                .iter()
                .map(|outcome| OutcomeHead {
                    id: outcome.id().to_owned(),
                    title: outcome.title().to_owned(),
                    absent: outcome.absent().to_vec(),
                    bar: outcome.bar(),
                })
                .collect(),
        }
    }
}
