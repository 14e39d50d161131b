//! Conditions in plain words.

use crate::instrument::{
    Condition, Instrument, ItemIx, Kind, Order, Place, QuestionIx, Rating, Rule, Strictness, Test,
};
use crate::text::{in_words, list_and, list_or};

/// A condition in words, with questions of `home` and its sub-items by their short ids.
pub fn condition(instrument: &Instrument, home: Option<ItemIx>, condition: &Condition) -> String {
    Words { instrument, home }.whole(condition)
}

/// What a rule demands, in words: "if A2 is No, then C is No".
pub fn rule(instrument: &Instrument, home: ItemIx, rule: &Rule) -> String {
    let words = Words { instrument, home: Some(home) };
    if let Some((first, then)) = implication(&rule.broken_when) {
        return format!("if {}, then {}", words.whole(first), words.whole(then));
    }
    if let Condition::Any(ways) = &rule.broken_when
        && let [one, other] = ways.as_slice()
        && let (Some((first, then)), Some((back, _))) = (implication(one), implication(other))
        && then == back
    {
        return format!("{} exactly when {}", words.whole(then), words.whole(first));
    }
    match rule.strictness {
        Strictness::Hard => format!("never: {}", words.whole(&rule.broken_when)),
        Strictness::Explain => format!("only with a reason: {}", words.whole(&rule.broken_when)),
    }
}

/// "First, and not then" is how a rule "if first, then then" is broken.
fn implication(broken: &Condition) -> Option<(&Condition, &Condition)> {
    match broken {
        Condition::All(parts) => match parts.as_slice() {
            [first, Condition::Not(then)] => Some((first, then)),
            _ => None,
        },
        _ => None,
    }
}

struct Words<'i> {
    instrument: &'i Instrument,
    home: Option<ItemIx>,
}

impl Words<'_> {
    /// A condition that stands by itself.
    fn whole(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) => {
                let mut words: Vec<String> = Vec::new();
                for (at, part) in parts.iter().enumerate() {
                    let before = at.checked_sub(1).map(|at| &parts[at]);
                    words.push(self.part(part, before));
                }
                words.join(", and ")
            }
            Condition::Any(parts) => {
                let words: Vec<String> = parts.iter().map(|part| self.part(part, None)).collect();
                words.join(", or ")
            }
            _ => self.part(condition, None),
        }
    }

    /// A condition beside others; `before` is the one just said.
    fn part(&self, condition: &Condition, before: Option<&Condition>) -> String {
        match condition {
            Condition::Always => "always".to_owned(),
            Condition::Is(test) => self.test(test, false),
            Condition::All(parts) | Condition::Any(parts) if parts.len() == 1 => {
                self.part(&parts[0], before)
            }
            Condition::All(_) | Condition::Any(_) => format!("({})", self.whole(condition)),
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Is(test) => self.test(test, true),
                inner => format!("not ({})", self.whole(inner)),
            },
            Condition::Some(tests) => self.group("at least one of", tests, before),
            Condition::Every(tests) => self.group("each of", tests, before),
            Condition::None(tests) => match tests.as_slice() {
                [one] => self.test(one, true),
                _ => self.group("none of", tests, before),
            },
            Condition::Count { tests, at_least, at_most } => {
                let (least, most) = (in_words(*at_least), in_words(*at_most));
                let how_many = if at_least == at_most {
                    format!("exactly {least} of")
                } else if *at_least == 0 {
                    format!("at most {most} of")
                } else if *at_most >= tests.len() {
                    format!("at least {least} of")
                } else {
                    format!("{least} to {most} of")
                };
                self.group(&how_many, tests, before)
            }
        }
    }

    fn group(&self, how_many: &str, tests: &[Test], before: Option<&Condition>) -> String {
        if let ([one], false) = (tests, how_many.starts_with("exactly")) {
            return self.test(one, false);
        }
        let predicates: Vec<String> =
            tests.iter().map(|test| self.predicate(test, false)).collect();
        if predicates.iter().any(|predicate| *predicate != predicates[0]) {
            let each: Vec<String> = tests.iter().map(|test| self.test(test, false)).collect();
            return format!("{how_many} these hold: {}", each.join("; "));
        }
        let subjects: Vec<String> = tests.iter().map(|test| self.subject(test)).collect();
        let said = before.is_some_and(|before| self.subjects(before) == subjects);
        let of = if said { "them".to_owned() } else { list_and(&subjects) };
        format!("{how_many} {of} {}", predicates[0])
    }

    /// The subjects of a group said just before.
    fn subjects(&self, condition: &Condition) -> Vec<String> {
        match condition {
            Condition::Some(tests)
            | Condition::Every(tests)
            | Condition::None(tests)
            | Condition::Count { tests, .. } => tests.iter().map(|t| self.subject(t)).collect(),
            _ => Vec::new(),
        }
    }

    fn test(&self, test: &Test, negated: bool) -> String {
        format!("{} {}", self.subject(test), self.predicate(test, negated))
    }

    fn subject(&self, test: &Test) -> String {
        match test {
            Test::Answer { question, .. }
            | Test::NothingTicked { question }
            | Test::Integer { question, .. }
            | Test::Compare { question, .. } => self.question(*question),
            Test::Rating { item, .. } => self.instrument.item(*item).id().to_owned(),
            Test::CaseType(_) => "the case".to_owned(),
        }
    }

    fn question(&self, at: QuestionIx) -> String {
        let question = self.instrument.question(at);
        let top = |item: ItemIx| self.instrument.item(item).parent().unwrap_or(item);
        match (question.place(), self.home) {
            // A sub-item's own applies question has the sub-item's id.
            (Place::Item(item), Some(home))
                if top(item) == top(home)
                    && !(question.asks_applicability() && item != top(item)) =>
            {
                question.local().to_owned()
            }
            _ => question.id().to_owned(),
        }
    }

    fn predicate(&self, test: &Test, negated: bool) -> String {
        let is = if negated { "is not" } else { "is" };
        match test {
            Test::Answer { question, codes } => {
                let question = self.instrument.question(*question);
                let titles: Vec<&str> =
                    codes.positions().map(|at| question.options()[at].title.as_str()).collect();
                let all = codes.len() == question.options().len();
                match question.kind() {
                    Kind::Checklist(_) if all && negated => "has nothing ticked".to_owned(),
                    Kind::Checklist(_) if all => "has a tick".to_owned(),
                    Kind::Checklist(_) if negated => format!("has no tick at {}", list_or(&titles)),
                    Kind::Checklist(_) => format!("has a tick at {}", list_or(&titles)),
                    _ => format!("{is} {}", list_or(&titles)),
                }
            }
            Test::NothingTicked { .. } if negated => "has a tick".to_owned(),
            Test::NothingTicked { .. } => "has nothing ticked".to_owned(),
            Test::Integer { question, least, most } => {
                let (low, high) = match self.instrument.question(*question).kind() {
                    Kind::Integer { least, most } => (*least, *most),
                    _ => (i64::MIN, i64::MAX),
                };
                if least == most {
                    format!("{is} {least}")
                } else if *most >= high {
                    format!("{is} at least {least}")
                } else if *least <= low {
                    format!("{is} at most {most}")
                } else {
                    format!("{is} {least} to {most}")
                }
            }
            Test::Compare { order, other, .. } => {
                let than = match order {
                    Order::Less => "less than",
                    Order::AtMost => "at most",
                    Order::Equal => "the same as",
                    Order::AtLeast => "at least",
                    Order::More => "more than",
                };
                format!("{is} {than} {}", self.question(*other))
            }
            Test::Rating { ratings, .. } => {
                let titles: Vec<&str> = Rating::ALL
                    .into_iter()
                    .filter(|rating| ratings.has(*rating))
                    .map(Rating::title)
                    .collect();
                format!("{is} {}", list_or(&titles))
            }
            Test::CaseType(types) => {
                let titles: Vec<&str> = (0..)
                    .map(crate::instrument::CaseTypeIx)
                    .zip(self.instrument.case_types())
                    .filter(|(at, _)| types.has(*at))
                    .map(|(_, case_type)| case_type.title.as_str())
                    .collect();
                format!("{is} {}", list_or(&titles))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::row;
    use crate::instrument::load_shipped;

    #[test]
    fn round_two_tables_read_like_sentences() {
        let instrument = load_shipped("cfsr-r2-items-14-20").unwrap();
        let words = |item: &str, at: usize| {
            let item = instrument.find_item(item).unwrap();
            row(&instrument, item, &instrument.item(item).rows()[at])
        };
        assert_eq!(words("14", 0), "A is Yes, and each of C and D is Yes or NA");
    }
}
