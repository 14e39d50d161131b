//! The answers to one item of one case, and what rules say of them.
//!
//! A consistency rule is taken at its word: it is broken when every way of filling in the
//! answers still missing leaves it false.

use std::borrow::Cow;

use super::form::{Answer, Given, Item};

/// What an item or outcome must come out as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub rating: &'static str,
    pub reason: Cow<'static, str>,
}

/// Kind, id, verdict.
pub type Line = (&'static str, &'static str, Verdict);

/// The answers to one item of one case.
pub struct Case<'c> {
    pub item: &'c Item,
    pub in_home: bool,
    pub given: &'c Given,
}

impl Case<'_> {
    /// The reviewer says whether the item applies, whatever the type of the case.
    pub fn asked_everywhere(&self, rated: impl FnOnce(&Self) -> Verdict) -> Verdict {
        let applies = self.item.questions[0].id;
        match self.answer(applies) {
            None => verdict("incomplete", format!("missing:{applies}")),
            Some("no") => verdict("na", "applies"),
            Some(_) => rated(self),
        }
    }

    /// Not rated in in-home cases; else the reviewer says.
    pub fn asked_in_foster_care(&self, rated: impl FnOnce(&Self) -> Verdict) -> Verdict {
        self.foster_care_only(|case| case.asked_everywhere(rated))
    }

    /// Not rated in in-home cases; else always.
    pub fn foster_care_only(&self, rated: impl FnOnce(&Self) -> Verdict) -> Verdict {
        if self.in_home { verdict("na", "case-type") } else { rated(self) }
    }

    /// Any no: ani; else at least one yes: strength; else all are na.
    pub fn some_yes_no_no(
        &self,
        of: &[&str],
        strength: &'static str,
        ani: &'static str,
    ) -> Verdict {
        self.missing(of).unwrap_or_else(|| {
            if self.any(of, "no") {
                verdict("ani", ani)
            } else if self.any(of, "yes") {
                verdict("strength", strength)
            } else {
                verdict("na", "all-na")
            }
        })
    }

    pub fn missing(&self, needed: &[&str]) -> Option<Verdict> {
        let open: Vec<&str> =
            needed.iter().copied().filter(|question| self.answer(question).is_none()).collect();
        (!open.is_empty()).then(|| verdict("incomplete", format!("missing:{}", open.join(" "))))
    }

    pub fn any(&self, of: &[&str], code: &str) -> bool {
        of.iter().any(|question| self.answer(question) == Some(code))
    }

    pub fn answer(&self, question: &str) -> Answer {
        self.given.iter().find(|(id, _)| *id == question).and_then(|(_, answer)| *answer)
    }

    /// The answers to questions that are all answered.
    pub fn answers<const N: usize>(&self, questions: [&str; N]) -> [&'static str; N] {
        questions.map(|question| self.answer(question).unwrap())
    }

    /// Whether no way of filling in the missing answers to these questions lets the rule hold.
    pub fn broken(&self, reads: &[&str], holds: impl Fn(&[&str]) -> bool) -> bool {
        !self.possible(reads, &holds)
    }

    /// Whether some way of filling in the missing answers to these questions (at most three)
    /// is as wanted.
    pub fn possible(&self, reads: &[&str], wanted: &dyn Fn(&[&str]) -> bool) -> bool {
        self.possible_from(reads, 0, &mut [""; 3], wanted)
    }

    fn possible_from(
        &self,
        reads: &[&str],
        place: usize,
        filled: &mut [&'static str; 3],
        wanted: &dyn Fn(&[&str]) -> bool,
    ) -> bool {
        if place == reads.len() {
            return wanted(&filled[..place]);
        }
        let given = self.answer(reads[place]);
        let open = match &given {
            Some(answer) => std::slice::from_ref(answer),
            None => self.item.offered(reads[place]),
        };
        open.iter().any(|answer| {
            filled[place] = answer;
            self.possible_from(reads, place + 1, filled, wanted)
        })
    }
}

pub fn verdict(rating: &'static str, reason: impl Into<Cow<'static, str>>) -> Verdict {
    Verdict { rating, reason: reason.into() }
}
