//! Towards submission: everything that is missing, and the submission itself.

use crate::instrument::{ItemIx, QuestionIx};
use crate::scoring::Lack;

use super::super::{Action, Effect};
use super::{Saved, State};

/// One thing that stands between the review and its submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The question to go to.
    pub question: QuestionIx,
    /// The item it concerns; none for the face sheet.
    pub item: Option<ItemIx>,
    /// What is missing, in words: "16.B needs a narrative".
    pub words: String,
}

impl State {
    /// Everything that is missing, in asking order.
    pub fn gaps(&self) -> Vec<Gap> {
        self.missing
            .iter()
            .map(|missing| Gap {
                question: missing.question,
                item: self.item_of(missing.question),
                words: missing.line(&self.instrument),
            })
            .collect()
    }

    /// How many things are missing.
    pub fn count_gaps(&self) -> usize {
        self.missing.len()
    }

    /// Whether it can be submitted now: nothing missing, and everything on disk.
    pub fn can_submit(&self) -> bool {
        self.is_open() && self.journal.is_settled() && self.missing.is_empty()
    }

    /// Moves about in the list of what is missing; false when the action isn't one of it.
    pub(in super::super) fn act_on_gaps(&mut self, action: Action) -> bool {
        self.gap.act(action, self.missing.len())
    }

    /// Goes to the question of the highlighted gap.
    pub(in super::super) fn go_to_gap(&mut self) {
        let Some(missing) = self.missing.get(self.gap.at()).cloned() else { return };
        self.go(self.home_of(missing.question));
        match missing.what {
            Lack::Cell { row, column } | Lack::CellText { row, column } => {
                let place = self.columns().iter().position(|(at, _)| *at == column);
                self.open_table_at(row, place.unwrap_or(0));
            }
            Lack::Rows { .. } => self.open_table(),
            _ => {}
        }
    }

    /// Submits, where nothing is missing and everything is on disk.
    pub(in super::super) fn submit(&mut self) -> Vec<Effect> {
        if !self.can_submit() {
            self.notice = Some(match self.saved() {
                Saved::Failed { .. } => "not submitted: answers are NOT SAVED".to_owned(),
                _ => "not submitted: something is missing".to_owned(),
            });
            return Vec::new();
        }
        self.submitting = true;
        vec![Effect::Submit { reading: self.reading.clone() }]
    }

    /// The submission is on disk.
    pub(in super::super) fn submitted_at(&mut self, at: &str) {
        if self.submitting {
            self.submitting = false;
            self.submitted = Some(format!("submitted {at}"));
            self.notice = Some("submitted: the review is sealed".to_owned());
            self.undo.clear();
            self.redo.clear();
        }
    }

    /// The submission failed.
    pub(in super::super) fn not_submitted(&mut self, why: &str) {
        self.submitting = false;
        self.notice = Some(format!("not submitted: {why}"));
    }
}
