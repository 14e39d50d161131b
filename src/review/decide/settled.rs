//! What may be written into a settled review beside settling, and when it may be handed in.

use crate::instrument::{QuestionIx, Role};
use crate::review::rate::is_words;
use crate::review::{PairRefusal, Reading, Refusal, Slot, Taken, noted};
use crate::scoring::{Lack, score, unfinished};

use super::Known;
use super::reading::find;
use super::reconcile::{Desk, desk};

/// What keeps a settled review from being handed in; nothing for any other review.
pub(super) fn settled_whole(known: &dyn Known, reading: &Reading) -> Result<(), Refusal> {
    let Some(pair) = &reading.pair else { return Ok(()) };
    let desk = desk(known, reading.id)?;
    let open = desk.differences().into_iter().map(|at| desk.instrument.question(at).id());
    let open: Vec<String> =
        open.filter(|id| !pair.settled.contains_key(*id)).map(str::to_owned).collect();
    if open.is_empty() {
        Ok(())
    } else {
        Err(PairRefusal::Unsettled { case: reading.case.number, questions: open }.into())
    }
}

/// Refuses what would pass a settlement by: an answer or narrative that the readers gave, or
/// on which they differ. What neither was asked, and what closes an item, is the lead's to
/// write. Nothing is refused of any other review, nor a note to oneself.
pub(super) fn may_write(
    known: &dyn Known,
    reading: &Reading,
    question: &str,
    slot: Slot,
) -> Result<(), Refusal> {
    if reading.pair.is_none() || noted(question).is_some() {
        return Ok(());
    }
    let desk = desk(known, reading.id)?;
    let at = find(&desk.instrument, question)?;
    let case = reading.case.number;
    let differs = desk.differences().contains(&at);
    let free = match slot {
        Slot::Answer => !differs && desk.answer_is_free(at),
        Slot::Narrative => desk.text_is_free(at, differs),
    };
    let settled = reading.pair.as_ref().is_some_and(|pair| pair.settled.contains_key(question));
    let question = question.to_owned();
    match (free, differs && (slot == Slot::Answer || !settled)) {
        (true, _) => Ok(()),
        (false, true) => Err(PairRefusal::SettleIt { case, question }.into()),
        (false, false) => Err(PairRefusal::SettledElsewhere { case, question }.into()),
    }
}

impl Desk {
    /// Whether the lead may answer a question on which the two don't differ.
    fn answer_is_free(&self, at: QuestionIx) -> bool {
        let question = self.instrument.question(at);
        let [first, second] = [0, 1].map(|side| self.sides.value(&self.instrument, side, at));
        matches!(question.role(), Role::Closing | Role::Explanation { .. })
            || self.is_own(at)
            || self.settled.get(at).is_none()
            // Words are not compared: where the two wrote different ones, nobody chose yet.
            || (is_words(question) && first != second)
    }

    /// Whether the lead may write the text beside an answer: it is the lead's own answer, or
    /// the text is needed and no reader wrote one.
    fn text_is_free(&self, at: QuestionIx, differs: bool) -> bool {
        let question = self.instrument.question(at);
        if differs {
            let pair = self.reading.pair.as_ref();
            let settled = pair.and_then(|pair| pair.settled.get(question.id()));
            return settled.is_some_and(|one| one.taken() == Taken::Own);
        }
        let is_free =
            matches!(question.role(), Role::Closing | Role::Explanation { .. }) || self.is_own(at);
        let is_missing = || {
            let scores = score(&self.instrument, &self.settled);
            let missing = unfinished(&self.instrument, &self.settled, &scores);
            let text = |lack: &Lack| matches!(lack, Lack::Narrative | Lack::OptionText);
            missing.iter().any(|one| one.question == at && text(&one.what))
        };
        is_free || is_missing()
    }
}
