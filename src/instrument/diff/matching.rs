//! Which item and question of one edition is which of another, and conditions carried over.

use crate::instrument::{
    CaseTypeIx, CaseTypeSet, CodeSet, Condition, Instrument, ItemIx, Place, Question, QuestionIx,
    Test, counterpart, joined,
};

/// How items were matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy {
    /// By their ids.
    Id,
    /// By the crosswalk of either instrument.
    Crosswalk,
    /// By their ids, since no crosswalk joins the two instruments.
    IdForWant,
}

/// Two editions with their items, questions and case types matched.
#[derive(Debug)]
pub struct Matching<'i> {
    /// The one compared from.
    pub old: &'i Instrument,
    /// The one compared to.
    pub new: &'i Instrument,
    /// How items were matched.
    pub by: MatchedBy,
    items: Vec<Option<ItemIx>>,
    questions: Vec<Option<QuestionIx>>,
}

impl<'i> Matching<'i> {
    /// Matches two editions; each item has at most one partner.
    pub fn new(old: &'i Instrument, new: &'i Instrument) -> Self {
        let by = match (old.id() == new.id(), joined(old, new)) {
            (true, _) => MatchedBy::Id,
            (false, true) => MatchedBy::Crosswalk,
            (false, false) => MatchedBy::IdForWant,
        };
        let mut items: Vec<Option<ItemIx>> = Vec::new();
        for at in old.item_positions() {
            let found = match by {
                MatchedBy::Crosswalk => counterpart(old, at, new).map(|other| other.item),
                MatchedBy::Id | MatchedBy::IdForWant => new.find_item(old.item(at).id()),
            };
            let level = |item: &ItemIx| new.item(*item).parent().is_some();
            let found = found.filter(|item| {
                !items.contains(&Some(*item)) && level(item) == old.item(at).parent().is_some()
            });
            items.push(found);
        }
        let mut matching = Self { old, new, by, items, questions: Vec::new() };
        matching.questions =
            old.question_positions().map(|at| matching.find(old.question(at))).collect();
        matching
    }

    /// The new item that an old one is.
    pub fn item(&self, old: ItemIx) -> Option<ItemIx> {
        self.items[usize::from(old.0)]
    }

    /// The new question that an old one is.
    pub fn question(&self, old: QuestionIx) -> Option<QuestionIx> {
        self.questions[usize::from(old.0)]
    }

    /// The old item that a new one is.
    pub fn old_item(&self, new: ItemIx) -> Option<ItemIx> {
        self.old.item_positions().find(|at| self.item(*at) == Some(new))
    }

    /// The old question that a new one is.
    pub fn old_question(&self, new: QuestionIx) -> Option<QuestionIx> {
        self.questions.iter().position(|q| *q == Some(new)).map(|at| QuestionIx(at as u16))
    }

    /// Case types that both have, old and new.
    pub fn case_types(&self) -> Vec<(CaseTypeIx, CaseTypeIx)> {
        (0..)
            .map(CaseTypeIx)
            .zip(self.old.case_types())
            .filter_map(|(at, one)| Some((at, self.new.find_case_type(&one.code)?)))
            .collect()
    }

    /// The same id under the matched item's id.
    fn find(&self, question: &Question) -> Option<QuestionIx> {
        let Place::Item(place) = question.place() else {
            return self.new.find_question(question.id());
        };
        let homes = [Some(place), self.old.item(place).parent()];
        homes.into_iter().flatten().find_map(|home| {
            let rest = question.id().strip_prefix(self.old.item(home).id())?;
            let there = self.new.item(self.item(home)?).id();
            rest.starts_with('.').then(|| self.new.find_question(&format!("{there}{rest}")))?
        })
    }

    /// An old condition in terms of the new edition; none where it reads what is not there.
    pub fn condition(&self, old: &Condition) -> Option<Condition> {
        let conditions = |parts: &[Condition]| -> Option<Vec<Condition>> {
            parts.iter().map(|part| self.condition(part)).collect()
        };
        let tests = |tests: &[Test]| -> Option<Vec<Test>> {
            tests.iter().map(|test| self.test(test)).collect()
        };
        Some(match old {
            Condition::Always => Condition::Always,
            Condition::Is(test) => Condition::Is(self.test(test)?),
            Condition::All(parts) => Condition::All(conditions(parts)?),
            Condition::Any(parts) => Condition::Any(conditions(parts)?),
            Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner)?)),
            Condition::Some(inner) => Condition::Some(tests(inner)?),
            Condition::Every(inner) => Condition::Every(tests(inner)?),
            Condition::None(inner) => Condition::None(tests(inner)?),
            Condition::Count { tests: inner, at_least, at_most } => {
                Condition::Count { tests: tests(inner)?, at_least: *at_least, at_most: *at_most }
            }
        })
    }

    fn test(&self, old: &Test) -> Option<Test> {
        Some(match old {
            Test::Answer { question, codes } => Test::Answer {
                question: self.question(*question)?,
                codes: self.codes(*question, *codes)?,
            },
            Test::NothingTicked { question } => {
                Test::NothingTicked { question: self.question(*question)? }
            }
            Test::Integer { question, least, most } => {
                Test::Integer { question: self.question(*question)?, least: *least, most: *most }
            }
            Test::Compare { question, order, other } => Test::Compare {
                question: self.question(*question)?,
                order: *order,
                other: self.question(*other)?,
            },
            Test::Rating { item, ratings } => {
                Test::Rating { item: self.item(*item)?, ratings: *ratings }
            }
            Test::CaseType(types) => Test::CaseType(self.case_type_set(*types)),
        })
    }

    /// Options of an old question as options of the new one, by their codes; none where a code
    /// is no longer there.
    pub fn codes(&self, old: QuestionIx, codes: CodeSet) -> Option<CodeSet> {
        let new = self.new.question(self.question(old)?);
        codes.positions().try_fold(CodeSet::EMPTY, |set, at| {
            let option = self.old.question(old).options().get(at)?;
            Some(set.with(new.code(&option.code)?))
        })
    }

    /// A set of old case types as a set of new ones.
    pub fn case_type_set(&self, old: CaseTypeSet) -> CaseTypeSet {
        if old == CaseTypeSet::ALL {
            return old;
        }
        let kept = self.case_types().into_iter().filter(|(at, _)| old.has(*at));
        CaseTypeSet(kept.fold(0, |set, (_, new)| set | 1 << new.0))
    }
}
