//! Where two reviews of a case part.

use crate::instrument::{Instrument, ItemIx, Kind, Place, QuestionIx, Rating, Role};
use crate::scoring::{Answers, Asked, Scores, Value, is_filled, score, value_of};

/// What a difference is to the ratings of its item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differs {
    /// The first question of the item from which the two part, where their ratings differ.
    Root,
    /// Another question both were asked.
    Further,
    /// Only one was asked it, since an answer before it differs; or it is counted from one.
    Follows,
}

/// One question the two answered differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The question.
    pub question: QuestionIx,
    /// What it is to the item's rating.
    pub differs: Differs,
    /// The first and the second review's answer; none where the question was not asked.
    pub values: [Option<Value>; 2],
}

/// One item, or (`item: None`) the face sheet, with both reviews' ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemSides {
    /// The item, never a sub-item; none for the face sheet.
    pub item: Option<ItemIx>,
    /// Both ratings; the same twice for the face sheet.
    pub ratings: [Rating; 2],
    /// Its sub-items whose ratings differ.
    pub sub_items: Vec<(ItemIx, [Rating; 2])>,
    /// What differs, in instrument order.
    pub differences: Vec<Difference>,
}

impl ItemSides {
    /// The question from which the two part.
    pub fn root(&self) -> Option<&Difference> {
        self.differences.iter().find(|one| one.differs == Differs::Root)
    }
    /// Whether the ratings differ.
    pub fn is_apart(&self) -> bool {
        self.ratings[0] != self.ratings[1] || !self.sub_items.is_empty()
    }
}

/// Two reviews side by side.
#[derive(Debug, Clone)]
pub struct Sides {
    /// The answers of the first and the second.
    pub answers: [Answers; 2],
    /// What they come to.
    pub scores: [Scores; 2],
    /// The same of the third reader asked as tie-break; it is compared with neither.
    third: Option<(Answers, Scores)>,
}

/// The place of a third reader behind the first and the second review.
pub const THIRD: usize = 2;

impl Sides {
    /// Scores both.
    pub fn new(instrument: &Instrument, answers: [Answers; 2]) -> Self {
        let scores = [score(instrument, &answers[0]), score(instrument, &answers[1])];
        Self { answers, scores, third: None }
    }

    /// Puts a third reader's answers beside the two.
    #[must_use]
    pub fn with_third(self, instrument: &Instrument, answers: Option<Answers>) -> Self {
        let third = answers.map(|answers| {
            let scores = score(instrument, &answers);
            (answers, scores)
        });
        Self { third, ..self }
    }

    /// Whose answers there are: 0 the first, 1 the second, [`THIRD`] a third reader's.
    pub fn places(&self) -> std::ops::Range<usize> {
        0..if self.third.is_some() { 3 } else { 2 }
    }

    fn side(&self, side: usize) -> Option<(&Answers, &Scores)> {
        match side {
            0 | 1 => Some((&self.answers[side], &self.scores[side])),
            _ => self.third.as_ref().map(|(answers, scores)| (answers, scores)),
        }
    }

    /// Whether a side was asked a question.
    pub fn asked(&self, side: usize, question: QuestionIx) -> bool {
        self.side(side).is_some_and(|(_, scores)| scores.asked(question) == Asked::Yes)
    }

    /// The text beside a side's answer.
    pub fn narrative(&self, side: usize, question: QuestionIx) -> Option<&str> {
        self.side(side)?.0.narrative(question)
    }

    /// A side's rating of an item.
    pub fn rating(&self, side: usize, item: ItemIx) -> Option<Rating> {
        self.side(side).map(|(_, scores)| scores.item(item).rating)
    }

    /// A side's answer that counts: none where the question was not asked.
    pub fn value(&self, instrument: &Instrument, side: usize, at: QuestionIx) -> Option<Value> {
        let (answers, scores) = self.side(side)?;
        (scores.asked(at) == Asked::Yes).then(|| value_of(instrument, answers, at)).flatten()
    }

    /// Face sheet and items in instrument order, those without a difference too. Texts are
    /// no difference, nor is what is asked at the end of every item: two people never write
    /// the same sentence.
    pub fn compare(&self, instrument: &Instrument) -> Vec<ItemSides> {
        let top = instrument.item_positions().filter(|at| instrument.item(*at).parent().is_none());
        std::iter::once(None).chain(top.map(Some)).map(|at| self.item(instrument, at)).collect()
    }

    fn item(&self, instrument: &Instrument, item: Option<ItemIx>) -> ItemSides {
        let rating = |side: usize, at: ItemIx| self.scores[side].item(at).rating;
        let ratings = item.map_or([Rating::Na; 2], |at| [rating(0, at), rating(1, at)]);
        let sub_items: Vec<_> = instrument
            .item_positions()
            .filter(|at| item.is_some() && instrument.item(*at).parent() == item)
            .map(|at| (at, [rating(0, at), rating(1, at)]))
            .filter(|(_, ratings)| ratings[0] != ratings[1])
            .collect();
        let mut sides = ItemSides { item, ratings, sub_items, differences: Vec::new() };
        let mut parted = !sides.is_apart();
        for question in instrument.question_positions() {
            if home(instrument, question) != item {
                continue;
            }
            let Some(mut difference) = self.difference(instrument, question) else { continue };
            let asked = instrument.question(question);
            let may_decide = asked.needed_for_rating() || *asked.role() == Role::Applies;
            if difference.differs == Differs::Further && may_decide && !parted {
                difference.differs = Differs::Root;
                parted = true;
            }
            sides.differences.push(difference);
        }
        sides
    }

    fn difference(&self, instrument: &Instrument, at: QuestionIx) -> Option<Difference> {
        if !is_compared(instrument, at) {
            return None;
        }
        let values = [self.value(instrument, 0, at), self.value(instrument, 1, at)];
        if values[0] == values[1] {
            return None;
        }
        let asked = [self.asked(0, at), self.asked(1, at)];
        let counted = self.answers.iter().any(|answers| is_filled(instrument, answers, at));
        let differs = if asked == [true, true] && !counted {
            // What one may leave out, the other's answer fills.
            if values.iter().any(Option::is_none) {
                return None;
            }
            Differs::Further
        } else {
            Differs::Follows
        };
        Some(Difference { question: at, differs, values })
    }
}

/// The item a question stands in, never a sub-item; none for the face sheet.
fn home(instrument: &Instrument, question: QuestionIx) -> Option<ItemIx> {
    match instrument.question(question).place() {
        Place::Face => None,
        Place::Item(item) => Some(instrument.item(item).parent().unwrap_or(item)),
    }
}

/// Whether two answers to a question can be told the same or different by their codes.
pub(super) fn is_compared(instrument: &Instrument, at: QuestionIx) -> bool {
    let question = instrument.question(at);
    let is_words = matches!(question.kind(), Kind::Text) || question.from_review().is_some();
    !is_words && !matches!(question.role(), Role::Closing | Role::Explanation { .. })
}
