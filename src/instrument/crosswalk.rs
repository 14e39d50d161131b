//! Which item of one instrument is which of another.

use std::fmt;

use super::{Instrument, ItemIx};

/// Where an item of one instrument stands in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counterpart {
    /// The item there.
    pub item: ItemIx,
    /// The meaning is the same, so that a trend may run across.
    pub same: bool,
}

/// Why results of an item can't be told as results of an item of another instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSame {
    /// Neither instrument names the other in its crosswalk.
    NoCrosswalk {
        /// The instrument the item is of.
        from: String,
        /// The other instrument.
        to: String,
    },
    /// The crosswalk names no item for it.
    NoCounterpart {
        /// The item.
        item: String,
        /// The instrument the item is of.
        from: String,
        /// The other instrument.
        to: String,
    },
    /// There is one, but it does not mean the same.
    OtherMeaning {
        /// The item.
        item: String,
        /// The instrument the item is of.
        from: String,
        /// The item there.
        other: String,
        /// The other instrument.
        to: String,
    },
}

impl fmt::Display for NotSame {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCrosswalk { from, to } => {
                write!(out, "there is no crosswalk between {from} and {to}")
            }
            Self::NoCounterpart { item, from, to } => {
                write!(out, "item {item} of {from} has no counterpart in {to}")
            }
            Self::OtherMeaning { item, from, other, to } => write!(
                out,
                "item {item} of {from} is item {other} of {to}, but does not mean the same"
            ),
        }
    }
}

impl std::error::Error for NotSame {}

/// Whether a crosswalk joins two instruments: they are editions of one or extend one, or one of
/// them names the other.
pub fn joined(from: &Instrument, to: &Instrument) -> bool {
    lineage(from).any(|id| lineage(to).any(|other| other == id))
        || from.crosswalk().iter().any(|row| lineage(to).any(|id| id == row.instrument))
        || to.crosswalk().iter().any(|row| lineage(from).any(|id| id == row.instrument))
}

/// The instrument itself and those it extends.
fn lineage(instrument: &Instrument) -> impl Iterator<Item = &str> {
    std::iter::once(instrument.id()).chain(instrument.bases().iter().map(String::as_str))
}

/// The item of `to` that an item of `from` is: by its id where both were written for one
/// instrument, be it extended or not, else by the crosswalk of either. Where both speak of it, both must call the meaning the
/// same. A sub-item that no crosswalk names goes with its item, if what follows the item's id
/// is the same.
pub fn counterpart(from: &Instrument, at: ItemIx, to: &Instrument) -> Option<Counterpart> {
    let item = from.item(at);
    let alike = to
        .find_item(item.id())
        .filter(|other| from.id() == to.id() || to.item(*other).origin() == item.origin());
    if alike.is_some() || from.id() == to.id() {
        return alike.map(|item| Counterpart { item, same: true });
    }
    let there = from.crosswalk().iter().filter(|row| row.item == at).filter_map(|row| {
        let item = to.find_item(&row.other)?;
        let named = row.instrument == to.item(item).origin();
        named.then_some(Counterpart { item, same: row.same })
    });
    let back = to.crosswalk().iter().filter_map(|row| {
        let named = row.instrument == item.origin() && row.other == item.id();
        named.then_some(Counterpart { item: row.item, same: row.same })
    });
    let mut found: Option<Counterpart> = None;
    for one in there.chain(back) {
        match &mut found {
            None => found = Some(one),
            Some(known) if known.item == one.item => known.same &= one.same,
            // An item that was split is none of its parts.
            Some(known) => known.same = false,
        }
    }
    found.or_else(|| {
        let parent = item.parent()?;
        let suffix = item.id().strip_prefix(from.item(parent).id())?;
        let above = counterpart(from, parent, to)?;
        let sub = to.find_item(&format!("{}{suffix}", to.item(above.item).id()))?;
        (to.item(sub).parent() == Some(above.item))
            .then_some(Counterpart { item: sub, same: above.same })
    })
}

/// The item of `to` whose results those of this item are.
///
/// # Errors
/// [`NotSame`], whose text is a sentence, where the meaning is not the same.
pub fn same_item(from: &Instrument, at: ItemIx, to: &Instrument) -> Result<ItemIx, NotSame> {
    let (item, from_id, to_id) =
        (from.item(at).id().to_owned(), from.id().to_owned(), to.id().to_owned());
    if !joined(from, to) {
        return Err(NotSame::NoCrosswalk { from: from_id, to: to_id });
    }
    match counterpart(from, at, to) {
        None => Err(NotSame::NoCounterpart { item, from: from_id, to: to_id }),
        Some(Counterpart { item: other, same: false }) => Err(NotSame::OtherMeaning {
            item,
            from: from_id,
            other: to.item(other).id().to_owned(),
            to: to_id,
        }),
        Some(Counterpart { item, same: true }) => Ok(item),
    }
}
