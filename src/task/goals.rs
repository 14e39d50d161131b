//! The improvement plan's page: where each measure stands, and the form on which its quarterly
//! table is written to a file.

use crate::pip::{MeasureStanding, Plan, Standing};

use super::available::is_move;
use super::list::Cursor;
use super::saving::{FileFormat, Saving, What};
use super::{Action, Effect};

/// So many paragraphs PageUp and PageDown turn over.
const TURNED: usize = 4;

/// The plan in force with its measures counted.
#[derive(Debug, Clone)]
pub struct Page {
    /// The plan.
    pub plan: Plan,
    /// Where it stands.
    pub standing: Standing,
    /// The folder files are written to where a name has none.
    pub folder: String,
}

/// The page.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What was counted; none until it arrived.
    pub page: Option<Page>,
    /// The highlighted measure.
    pub measure: Cursor,
    /// So many paragraphs of what is said of it are above the window.
    pub above: usize,
    /// Opened from the results, to which it goes back.
    pub from_results: bool,
    /// The form on which the quarterly table is written to a file.
    pub saving: Option<Saving>,
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

    /// How many paragraphs there are at most of the highlighted measure: a line a period, the
    /// legends, what is done about it, and what is said of it and of all.
    fn paragraphs(&self) -> usize {
        let (Some(page), Some(one)) = (&self.page, self.chosen()) else { return 0 };
        let said = one.sentences(&page.plan).len() + page.standing.notes.len();
        4 + one.periods.len() + page.standing.strategies.len() + said
    }

    /// Whether an action works here.
    pub fn takes(&self, action: Action) -> bool {
        if let Some(saving) = &self.saving {
            return saving.takes(action);
        }
        match action {
            Action::NextItem | Action::PreviousItem | Action::Back => true,
            Action::SaveAs => self.page.is_some(),
            other => is_move(other),
        }
    }

    /// Moves about, or fills the form in.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.saving.is_some() {
            return Saving::act(&mut self.saving, action);
        }
        let len = self.page.as_ref().map_or(0, |page| page.standing.measures.len());
        match action {
            Action::SaveAs => self.saving = Some(Saving::of(vec![What::Plan(FileFormat::Csv)])),
            Action::PageDown => self.above = (self.above + TURNED).min(self.paragraphs()),
            Action::PageUp => self.above = self.above.saturating_sub(TURNED),
            other => {
                self.above = 0;
                let at = self.measure.at();
                match other {
                    Action::NextItem => self.measure.put(at + 1, len),
                    Action::PreviousItem => self.measure.put(at.saturating_sub(1), len),
                    _ => {
                        self.measure.act(other, len);
                    }
                }
            }
        }
        Vec::new()
    }
}
