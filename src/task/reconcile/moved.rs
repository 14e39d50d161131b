//! A pair that another window changed while it was open here.

use crate::task::MOVED;

use super::opened::Opened;
use super::settle::State;

impl State {
    /// Takes in the pair as another window changed it, and says so.
    pub fn learn_moved(&mut self, pair: Opened) {
        self.saving = false;
        self.learn(pair);
        self.said = Some(MOVED.to_owned());
    }

    /// The pair was read anew just now, instead of settling over another window's decision.
    pub fn was_moved(&self) -> bool {
        self.said.as_deref() == Some(MOVED)
    }
}
