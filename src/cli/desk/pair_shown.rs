//! A pair as the screen of differences shows it.

use super::side::{reason, rows};
use crate::instrument::{self, Choice, CodeSet, Instrument, ItemIx, Kind, Place, QuestionIx, Role};
use crate::review::{self, Differs, ItemSides, Settling, Sides};
use crate::scoring::{Answers, Asked, Scores, Value, score, unfinished, value_words};
use crate::task::reconcile::{
    Beside, C, Difference, Follow, ItemLine, Lacking, Ratings, Said, Settled, side_of,
};

/// A pair on its way to the screen.
pub(super) struct Shown<'p> {
    pub(super) edition: &'p Instrument,
    pub(super) items: &'p [ItemSides],
    pub(super) sides: &'p Sides,
    pub(super) answers: &'p Answers,
    pub(super) scores: &'p Scores,
    pub(super) pair: &'p Settling,
    pub(super) swapped: bool,
}

impl Shown<'_> {
    /// The sides in the order they are shown: A and B, then a third reader's.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = self.sides.places().collect();
        if self.swapped {
            order.swap(0, 1);
        }
        order
    }

    pub(super) fn item(&self, item: &ItemSides) -> ItemLine {
        let ratings = |at: ItemIx| {
            let sides = self.order().into_iter().filter_map(|side| self.sides.rating(side, at));
            Ratings { sides: sides.collect(), now: self.scores.item(at).rating }
        };
        let follows = item.differences.iter().filter(|one| one.differs == Differs::Follows);
        let follows =
            follows.map(|one| Follow { question: one.question, sides: self.said(one.question) });
        let differences = item.differences.iter().filter(|one| one.differs != Differs::Follows);
        let line = |one: &review::Difference| Difference {
            question: one.question,
            is_root: one.differs == Differs::Root,
            is_asked: self.scores.asked(one.question) == Asked::Yes,
            sides: self.said(one.question),
            is_words: false,
            settled: self.how(one.question),
        };
        let mut differences: Vec<Difference> =
            differences.map(line).chain(self.words_of(item.item)).collect();
        differences.sort_by_key(|one| one.question);
        ItemLine {
            item: item.item,
            ratings: item.item.map(ratings),
            differences,
            follows: follows.collect(),
            beside: item.item.map(|at| self.beside(at)).unwrap_or_default(),
        }
    }

    /// Free texts of an item that differ: nobody has to decide between them, but whoever
    /// settles it is to see both.
    fn words_of(&self, item: Option<ItemIx>) -> impl Iterator<Item = Difference> {
        let sides = self.order();
        let is_words = move |at: &QuestionIx| {
            let question = self.edition.question(*at);
            let here = match question.place() {
                Place::Face => item.is_none(),
                Place::Item(place) => self.edition.item(place).parent().or(Some(place)) == item,
            };
            let texts: Vec<Option<Value>> =
                sides.iter().map(|side| self.sides.value(self.edition, *side, *at)).collect();
            here && matches!(question.kind(), Kind::Text)
                && *question.role() == Role::Question
                && question.from_review().is_none()
                && texts[0].is_some()
                && texts[1].is_some()
                && texts[0] != texts[1]
        };
        self.edition.question_positions().filter(is_words).map(|at| Difference {
            question: at,
            is_root: false,
            is_asked: self.scores.asked(at) == Asked::Yes,
            sides: self.said(at),
            is_words: true,
            settled: None,
        })
    }

    /// The answer of each side in words, with the text beside it.
    fn said(&self, at: QuestionIx) -> Vec<Said> {
        let said = |side| {
            let value = self.sides.value(self.edition, side, at);
            let text = self.sides.narrative(side, at).unwrap_or_default().to_owned();
            let reason = reason(self.edition, self.sides, side, at);
            let rows = rows(self.edition.question(at), value.as_ref());
            Said { answer: self.words(at, value.as_ref()), text, reason, rows, value }
        };
        self.order().into_iter().map(said).collect()
    }

    /// What else the sides have apart in an item: sources and other closing answers, and the
    /// narratives beside answers.
    fn beside(&self, item: ItemIx) -> Vec<Beside> {
        let order = self.order();
        let questions = self.edition.question_positions().filter(|at| {
            let Place::Item(place) = self.edition.question(*at).place() else { return false };
            place == item || self.edition.item(place).parent() == Some(item)
        });
        let mut found = Vec::new();
        for at in questions {
            let question = self.edition.question(at);
            let is_closing =
                matches!(question.role(), Role::Closing | Role::Explanation { .. } | Role::Reason)
                    || matches!(question.kind(), Kind::Text);
            let values: Vec<Option<Value>> =
                order.iter().map(|side| self.sides.value(self.edition, *side, at)).collect();
            let text = |side: &usize| {
                let text = self.sides.narrative(*side, at).filter(|_| self.sides.asked(*side, at));
                text.unwrap_or_default().to_owned()
            };
            let texts: Vec<String> = order.iter().map(text).collect();
            let same = texts.iter().all(|text| *text == texts[0])
                && (!is_closing || values.iter().all(|value| *value == values[0]));
            if same {
                continue;
            }
            // A third reader who was not asked takes nothing from what the two have apart.
            let ticks: Option<Vec<CodeSet>> = values
                .iter()
                .enumerate()
                .map(|(at, value)| match value {
                    Some(Value::Codes(codes)) => Some(*codes),
                    None if at == C => Some(CodeSet::EMPTY),
                    _ => None,
                })
                .collect();
            let only = ticks.filter(|_| is_closing).map(|ticks| {
                let side = |side| only(question.options(), &ticks, side);
                (0..ticks.len()).map(side).collect()
            });
            let side = |side: usize| {
                let value = values[side].as_ref().filter(|_| is_closing);
                let value = value.map(|value| value_words(question, value)).unwrap_or_default();
                let parts = [value.as_str(), texts[side].as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                parts.join(": ")
            };
            let name = instrument::words::name(self.edition, at);
            found.push(Beside { name, sides: (0..order.len()).map(side).collect(), only });
        }
        found
    }

    fn words(&self, at: QuestionIx, value: Option<&Value>) -> String {
        value.map_or_else(
            || "not asked".to_owned(),
            |value| value_words(self.edition.question(at), value),
        )
    }

    fn how(&self, at: QuestionIx) -> Option<Settled> {
        let settled = self.pair.settled.get(self.edition.question(at).id())?;
        Some(Settled {
            side: side_of(settled.taken(), self.swapped),
            answer: self.words(at, self.answers.get(at)),
            cause: settled.cause,
            reason: settled.reason.text().unwrap_or("(removed)").to_owned(),
        })
    }

    /// What the settled review would lack if it were handed in now.
    pub(super) fn missing(&self) -> Vec<Lacking> {
        let mut whole = self.answers.clone();
        review::fill_closing(self.edition, self.sides, &mut whole);
        let scores = score(self.edition, &whole);
        let differ = self.items.iter().flat_map(|item| &item.differences);
        let open: Vec<QuestionIx> = differ.map(|one| one.question).collect();
        unfinished(self.edition, &whole, &scores)
            .into_iter()
            .filter(|missing| !open.contains(&missing.question))
            .map(|missing| Lacking {
                question: missing.question,
                words: missing.line(self.edition),
            })
            .collect()
    }
}

/// The titles of the options that this side alone ticked.
fn only(options: &[Choice], ticks: &[CodeSet], side: usize) -> String {
    let ticked = |one: &CodeSet, at: usize| one.meets(CodeSet::one(at));
    let alone = options.iter().enumerate().filter(|(at, _)| {
        ticks.iter().enumerate().all(|(other, one)| ticked(one, *at) == (other == side))
    });
    alone.map(|(_, option)| option.title.as_str()).collect::<Vec<_>>().join(", ")
}
