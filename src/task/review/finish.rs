//! Towards submission: everything that is missing, and the submission itself.

use crate::instrument::{ItemIx, QuestionIx, words};
use crate::scoring::Lack;

use super::super::{Action, Effect, Field};
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
    /// Everything that is missing, in asking order; then the texts begun and left, which would
    /// be lost with the review sealed.
    pub fn gaps(&self) -> Vec<Gap> {
        let gap = |question, words| Gap { question, item: self.item_of(question), words };
        let missing = self.missing.iter();
        let missing = missing.map(|one| gap(one.question, one.line(&self.instrument)));
        let begun = self.begun().into_iter().map(|(question, field)| {
            let what = if field == Field::Note { "a note" } else { "a text" };
            let name = words::name(&self.instrument, question);
            gap(question, format!("{name}: {what} was begun and not finished"))
        });
        missing.chain(begun).collect()
    }

    /// How many things are missing.
    pub fn count_gaps(&self) -> usize {
        self.missing.len() + self.begun().len()
    }

    /// Texts kept while they were written and not taken over since, at questions that are asked.
    fn begun(&self) -> Vec<(QuestionIx, Field)> {
        // A narrative that is needed is among what is missing already.
        let is_told = |question: QuestionIx, field: Field| {
            let mut narratives = self.missing.iter().filter(|one| one.what == Lack::Narrative);
            field == Field::Narrative && narratives.any(|one| one.question == question)
        };
        let is_begun = |(question, field): &(QuestionIx, Field)| {
            self.is_asked(*question)
                && self.is_begun(*question, *field)
                && !is_told(*question, *field)
        };
        self.drafts.keys().copied().filter(is_begun).collect()
    }

    /// Whether a text was begun at a question and not taken over since.
    pub fn is_begun(&self, question: QuestionIx, field: Field) -> bool {
        let kept = self.drafted(question, field);
        kept.is_some_and(|text| *text != self.text_of(question, field))
    }

    /// Whether it can be submitted now: nothing missing, and everything on disk.
    pub fn can_submit(&self) -> bool {
        self.is_open() && self.journal.is_settled() && self.count_gaps() == 0
    }

    /// Moves about in the list of what is missing; false when the action isn't one of it.
    pub(in super::super) fn act_on_gaps(&mut self, action: Action) -> bool {
        self.gap.act(action, self.count_gaps())
    }

    /// Goes to the question of the highlighted gap.
    pub(in super::super) fn go_to_gap(&mut self) {
        let Some(missing) = self.missing.get(self.gap.at()).cloned() else {
            let at = self.gap.at() - self.missing.len();
            return self.begun().get(at).into_iter().for_each(|begun| self.go_on_with(*begun));
        };
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

    /// Goes on with a text that was begun.
    fn go_on_with(&mut self, (question, field): (QuestionIx, Field)) {
        self.go(question);
        match field {
            Field::Cell { row, column } | Field::CellText { row, column } => {
                let place = self.columns().iter().position(|(at, _)| *at == column);
                self.open_table_at(row, place.unwrap_or(0));
            }
            _ => self.open_box(field),
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
