//! Moving through the questions. The reviewer only ever stands at one that is asked now.

use crate::instrument::{CountedFrom, ItemIx, Kind, Place, QuestionIx, words};
use crate::scoring::{Asked, is_filled};

use super::State;

impl State {
    /// The questions asked now, in order.
    pub fn asked_questions(&self) -> impl DoubleEndedIterator<Item = QuestionIx> + '_ {
        (0..self.asked.len()).map(|at| QuestionIx(at as u16)).filter(|at| self.is_asked(*at))
    }

    /// Whether a question is asked here and now: not one that the program fills in, or will
    /// once the table it is counted from has its rows.
    pub fn is_asked(&self, question: QuestionIx) -> bool {
        self.asked[usize::from(question.0)]
    }

    /// What [`is_asked`](Self::is_asked) holds, from the answers.
    pub(super) fn is_asked_here(&self, question: QuestionIx) -> bool {
        self.scores.asked(question) == Asked::Yes
            && !is_filled(&self.instrument, &self.answers, question)
            && self.waits_for_rows(question).is_none()
    }

    /// The table a question is counted from that can't stay empty: nobody types the number.
    fn waits_for_rows(&self, question: QuestionIx) -> Option<QuestionIx> {
        let table = self.instrument.question(question).counted_from()?.table()?;
        let has_rows =
            matches!(self.instrument.question(table).kind(), Kind::Table { least: 1.., .. });
        (has_rows && self.scores.asked(table) == Asked::Yes).then_some(table)
    }

    /// How the answer to a question follows from others: "counted", "as in face.entered".
    pub fn filled_from(&self, question: QuestionIx) -> Option<String> {
        let asked = self.instrument.question(question);
        let is_filled = self.scores.asked(question) == Asked::Yes
            && is_filled(&self.instrument, &self.answers, question);
        if !is_filled {
            return None;
        }
        Some(match asked.from_answer() {
            Some(from) if asked.counted_from().is_none() => {
                format!("as {} says", words::name(&self.instrument, from))
            }
            _ if asked.from_review().is_some() => "filled in on submission".to_owned(),
            _ => "counted".to_owned(),
        })
    }

    /// Where an answer is given: at the question itself, or where it is filled from.
    pub(super) fn home_of(&self, question: QuestionIx) -> QuestionIx {
        let asked = self.instrument.question(question);
        if self.is_asked(question) {
            return question;
        }
        let from = asked.from_answer().or(asked.counted_from().and_then(CountedFrom::table));
        from.filter(|from| *from != question).map_or(question, |from| self.home_of(from))
    }

    /// The top-level item a question stands in; none on the face sheet.
    pub fn item_of(&self, question: QuestionIx) -> Option<ItemIx> {
        match self.instrument.question(question).place() {
            Place::Face => None,
            Place::Item(item) => Some(self.instrument.item(item).parent().unwrap_or(item)),
        }
    }

    /// The sub-item a question stands in, if any.
    pub fn sub_item_of(&self, question: QuestionIx) -> Option<ItemIx> {
        match self.instrument.question(question).place() {
            Place::Item(item) if self.instrument.item(item).parent().is_some() => Some(item),
            _ => None,
        }
    }

    /// The top-level item the reviewer stands in; none on the face sheet.
    pub fn item(&self) -> Option<ItemIx> {
        self.item_of(self.at)
    }

    /// "question 4 of 6": place among the questions asked now in this item (or on the face
    /// sheet), counted from 1, and how many there are.
    pub fn ordinal(&self) -> (usize, usize) {
        let here = self.item();
        let asked: Vec<QuestionIx> =
            self.asked_questions().filter(|q| self.item_of(*q) == here).collect();
        let place = asked.iter().position(|q| *q == self.at).map_or(0, |p| p + 1);
        (place, asked.len())
    }

    /// Whether no question is asked after this one.
    pub fn is_at_the_last(&self) -> bool {
        self.asked_questions().next_back() == Some(self.at)
    }

    /// Whether no question is asked before this one.
    pub fn is_at_the_first(&self) -> bool {
        self.asked_questions().next() == Some(self.at)
    }

    /// The next question asked, if there is one.
    pub(super) fn following(&self) -> Option<QuestionIx> {
        self.asked_questions().find(|q| *q > self.at)
    }

    /// The question asked before this one, if there is one.
    pub(super) fn preceding(&self) -> Option<QuestionIx> {
        self.asked_questions().rev().find(|q| *q < self.at)
    }

    /// The first question that still lacks something.
    pub fn first_open(&self) -> Option<QuestionIx> {
        self.asked_questions().find(|q| self.lacks(*q))
    }

    /// The next question that still lacks something, beginning again at the top.
    pub fn next_open(&self) -> Option<QuestionIx> {
        self.asked_questions()
            .find(|q| *q > self.at && self.lacks(*q))
            .or_else(|| self.first_open())
    }

    /// The first question asked of an item or sub-item.
    pub fn first_of(&self, item: ItemIx) -> Option<QuestionIx> {
        self.asked_questions()
            .find(|q| self.item_of(*q) == Some(item) || self.sub_item_of(*q) == Some(item))
    }

    /// The first question of the next item of which something is asked.
    pub fn next_item(&self) -> Option<QuestionIx> {
        let here = self.item();
        self.asked_questions().skip_while(|q| *q <= self.at).find(|q| self.item_of(*q) != here)
    }

    /// The first question of the item before, or of the face sheet.
    pub fn previous_item(&self) -> Option<QuestionIx> {
        let here = self.item();
        let before = self.asked_questions().rev().skip_while(|q| *q >= self.at);
        let item = before.map(|q| self.item_of(q)).find(|item| *item != here)?;
        self.asked_questions().find(|q| self.item_of(*q) == item)
    }

    /// The first question of the face sheet.
    pub fn face_sheet(&self) -> Option<QuestionIx> {
        self.asked_questions().find(|q| self.item_of(*q).is_none())
    }

    /// Goes to a question asked now; else says why it can't and stays.
    pub(super) fn go(&mut self, to: QuestionIx) {
        if self.is_asked(to) {
            self.stand_at(to);
        } else {
            let id = words::name(&self.instrument, to);
            self.notice = Some(match self.scores.asked(to) {
                Asked::Later => format!("{id} hangs on a question that is still open"),
                Asked::Yes => self.said_elsewhere(to),
                _ => format!("{id} is not asked of this case"),
            });
        }
    }

    /// Why nobody is asked a question that is answered elsewhere.
    fn said_elsewhere(&self, question: QuestionIx) -> String {
        let name = words::name(&self.instrument, question);
        let home = words::name(&self.instrument, self.home_of(question));
        match (self.answer_words(question), self.instrument.question(question).from_review()) {
            (_, Some(_)) => format!("{name} is filled in when the review is submitted"),
            (Some(answer), None) => format!("{name} is {answer}, from {home}"),
            (None, None) => format!("{name} is counted from the rows of {home}"),
        }
    }

    /// Stands at a question and drops what belonged to the one before.
    pub(super) fn stand_at(&mut self, to: QuestionIx) {
        self.at = to;
        self.highlight = None;
        self.editing = None;
        self.table = None;
    }

    /// After a change of answers: stays where that is still asked, else goes back to the
    /// nearest question before that is.
    pub(super) fn settle(&mut self) {
        if !self.is_asked(self.at) {
            let to = self.preceding().or_else(|| self.asked_questions().next());
            self.stand_at(to.unwrap_or(self.at));
        }
        self.settle_table();
        self.gap.settle(self.missing.len());
    }
}
