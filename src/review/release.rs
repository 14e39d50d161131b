//! When what came of a reading may be opened: the one rule of blind second readings.

use super::Which;

/// A reading of a case as the rule sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// Which review of the case.
    pub which: Which,
    /// Whether it was taken from its reader.
    pub withdrawn: bool,
    /// Whether it is sealed: submitted here, or here as a sealed parcel not yet opened. This
    /// one bit is all that is known of it until then.
    pub sealed: bool,
}

impl Side {
    /// Whether it is one of those that must not know of each other.
    fn blind(self) -> bool {
        !self.withdrawn && matches!(self.which, Which::First | Which::Second)
    }
}

/// Whether what came of one reading of a case may be opened: at once where nobody else reads
/// the case blind, else when all who do have sealed. `others` are the case's other readings.
pub fn may_open(this: Side, others: &[Side]) -> bool {
    let mut blind = others.iter().filter(|side| side.blind()).peekable();
    if blind.peek().is_none() {
        return true;
    }
    let mine = this.sealed || !this.blind();
    mine && blind.all(|side| side.sealed)
}
