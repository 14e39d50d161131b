//! The ways to answer the questions of an item.

use super::form::{Answer, ITEMS, Item};
use super::statement;

/// Combinations of one item that are all gone through.
const MOST: u64 = 5_000_000;

/// Combinations taken by chance where there are more.
const BY_CHANCE: u64 = 1_000_000;

/// The questions of one item with what was answered, in asking order.
pub type Answers = Vec<(&'static str, Answer)>;

/// SplitMix64, so that every run takes the same.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// The ways to answer the questions of an item: for each, how many of its answers are varied.
pub struct Ways<'i> {
    item: &'i Item,
    digits: Vec<u64>,
}

impl<'i> Ways<'i> {
    /// Every answer and none.
    pub fn any(item: &'i Item) -> Self {
        let digits = item.questions.iter().map(|q| q.answers.len() as u64 + 1).collect();
        Self { item, digits }
    }
    /// Those in which nothing is missing that a rating waits for.
    pub fn complete(item: &'i Item) -> Self {
        let digits = item.questions.iter();
        let digits = digits.map(|q| q.answers.len() as u64 + u64::from(q.descriptive)).collect();
        Self { item, digits }
    }
    /// Every answer and none to what in-home cases are asked; the rest left out.
    pub fn at_home(item: &'i Item) -> Self {
        let digits = item.questions.iter();
        let digits = digits.map(|q| if q.foster_care { 1 } else { q.answers.len() as u64 + 1 });
        Self { item, digits: digits.collect() }
    }
    pub fn count(&self) -> u64 {
        self.digits.iter().product()
    }
    /// One of them by its position: the answers as digits of a number, none being the last.
    pub fn at(&self, mut position: u64) -> Answers {
        let mut answers = Vec::with_capacity(self.digits.len());
        for (question, digit) in self.item.questions.iter().zip(&self.digits) {
            let given =
                if *digit == 1 { None } else { question.answers.get((position % digit) as usize) };
            answers.push((question.id, given.copied()));
            position /= digit;
        }
        answers
    }
    /// All of them; where there are many, about one of so many.
    pub fn some(self, one_of: u64, chance: &mut Chance) -> impl Iterator<Item = Answers> + 'i {
        let step = if self.count() <= 2_000 { 1 } else { one_of };
        let mut chance = Chance(chance.below(u64::MAX));
        let mut next = if step == 1 { 0 } else { chance.below(2 * step) };
        std::iter::from_fn(move || {
            let at = next;
            next += if step == 1 { 1 } else { 1 + chance.below(2 * step - 1) };
            (at < self.count()).then(|| self.at(at))
        })
    }
}

/// What an item is answered with in cases of a type.
pub fn plan(
    position: usize,
    in_home: bool,
    one_of: u64,
    chance: &mut Chance,
) -> Box<dyn Iterator<Item = Answers>> {
    let item: &'static Item = &ITEMS[position];
    let any = Ways::any(item);
    if any.count() < MOST {
        return Box::new(any.some(one_of, chance));
    }
    if in_home {
        // What is set aside anyway is answered by chance.
        let mut filler = Chance(chance.below(u64::MAX));
        return Box::new(Ways::at_home(item).some(one_of, chance).map(move |mut answers| {
            for ((_, answer), question) in answers.iter_mut().zip(&item.questions) {
                if question.foster_care {
                    let given = filler.below(question.answers.len() as u64 + 1);
                    *answer = question.answers.get(given as usize).copied();
                }
            }
            answers
        }));
    }
    let reachable = Ways::complete(item).some(one_of, chance).filter(move |answers| {
        statement::item(position, in_home, answers)[0].2.rating != "invalid"
    });
    let mut random = Chance(chance.below(u64::MAX));
    let drawn = BY_CHANCE / one_of;
    Box::new(reachable.chain((0..drawn).map(move |_| any.at(random.below(any.count())))))
}
