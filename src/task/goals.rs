//! The improvement plan's page: where each measure stands.

use crate::pip::{MeasureStanding, Plan, Standing};

use super::list::Cursor;
use super::{Action, Effect};

/// The plan in force with its measures counted.
#[derive(Debug, Clone)]
pub struct Page {
    /// The plan.
    pub plan: Plan,
    /// Where it stands.
    pub standing: Standing,
}

/// The page.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What was counted; none until it arrived.
    pub page: Option<Page>,
    /// The highlighted measure.
    pub measure: Cursor,
    /// Opened from the results, to which it goes back.
    pub from_results: bool,
}

impl State {
    /// What has it counted.
    pub fn load(&self) -> Effect {
        Effect::LoadGoals
    }

    /// Takes in what was counted.
    pub fn learn(&mut self, page: Page) {
        self.measure.settle(page.standing.measures.len());
        self.page = Some(page);
    }

    /// The highlighted measure.
    pub fn chosen(&self) -> Option<&MeasureStanding> {
        self.page.as_ref()?.standing.measures.get(self.measure.at())
    }

    /// Moves about.
    pub fn act(&mut self, action: Action) {
        let len = self.page.as_ref().map_or(0, |page| page.standing.measures.len());
        match action {
            Action::NextItem => self.measure.put(self.measure.at() + 1, len),
            Action::PreviousItem => self.measure.put(self.measure.at().saturating_sub(1), len),
            other => {
                self.measure.act(other, len);
            }
        }
    }
}
