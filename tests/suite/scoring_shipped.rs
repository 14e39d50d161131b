//! What scoring says of its ratings, held against the ratings themselves, for answers to every
//! shipped instrument: worked examples of its file with a few answers changed at random.

#![allow(clippy::unwrap_used)]

use casereview::instrument::rate::{Asked, Cause};
use casereview::instrument::{
    CaseTypeIx, CodeSet, Counts, Facts, Instrument, ItemIx, Kind, Mode, Place, QuestionIx, Rating,
    Truth, load_shipped, shipped,
};
use casereview::scoring::{Answers, Scores, Value, changes, explain_item, score};

/// SplitMix64, so that every run takes the same.
pub struct Chance(pub u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

/// A worked example of each item, then up to forty answers changed, taken out or put in.
pub fn some_answers(instrument: &Instrument, chance: &mut Chance) -> Answers {
    let case_type = CaseTypeIx(chance.below(instrument.case_types().len()) as u8);
    let mut answers = Answers::new(case_type);
    for item in instrument.items() {
        let examples: Vec<_> =
            item.examples().iter().filter(|example| example.case_type == case_type).collect();
        if examples.is_empty() {
            continue;
        }
        let example = examples[chance.below(examples.len())];
        for (at, codes) in &example.answers {
            answers.set(*at, Some(Value::Codes(*codes)));
        }
        for (at, number) in &example.integers {
            answers.set(*at, Some(Value::Integer(*number)));
        }
    }
    let read: Vec<QuestionIx> = instrument
        .question_positions()
        .filter(|at| !values(instrument, *at, case_type).is_empty())
        .collect();
    for _ in 0..chance.below(40) {
        let at = read[chance.below(read.len())];
        let values = values(instrument, at, case_type);
        let value = values.get(chance.below(values.len() + 1)).cloned();
        answers.set(at, value);
    }
    answers
}

/// Everything a question of an item can be answered with, as far as conditions can read it.
fn values(instrument: &Instrument, at: QuestionIx, case_type: CaseTypeIx) -> Vec<Value> {
    let question = instrument.question(at);
    if question.place() == Place::Face {
        return Vec::new();
    }
    match question.kind() {
        Kind::Choice(options) => {
            let offered = (0..options.len()).filter(|at| options[*at].case_types.has(case_type));
            offered.map(|at| Value::Codes(CodeSet::one(at))).collect()
        }
        Kind::Checklist(options) if options.len() <= 5 => {
            let (least, most) = question.ticks();
            let sets = (0..1_u64 << options.len()).map(CodeSet);
            let fitting = sets.filter(|set| (least..=most).contains(&set.len()));
            fitting.map(Value::Codes).collect()
        }
        Kind::Integer { least, most } => {
            (*least..=*most).filter(|n| n - least < 4).map(Value::Integer).collect()
        }
        Kind::Checklist(_) | Kind::Text | Kind::Date | Kind::Table { .. } => Vec::new(),
    }
}

/// The answers as the reviewer gave them, those that are not asked left out.
struct Sheet<'s> {
    answers: &'s Answers,
    scores: &'s Scores,
}

impl Sheet<'_> {
    fn given(&self, at: QuestionIx) -> Result<&Value, Truth> {
        match self.scores.asked(at) {
            Asked::No => Err(Truth::False),
            Asked::Later => Err(Truth::Unknown),
            Asked::Yes => self.answers.get(at).ok_or(Truth::Unknown),
        }
    }
}

impl Facts for Sheet<'_> {
    fn codes(&self, at: QuestionIx) -> Result<CodeSet, Truth> {
        match self.given(at)? {
            Value::Codes(codes) => Ok(*codes),
            _ => Err(Truth::Unknown),
        }
    }
    fn integer(&self, at: QuestionIx) -> Result<i64, Truth> {
        match self.given(at)? {
            Value::Integer(number) => Ok(*number),
            _ => Err(Truth::Unknown),
        }
    }
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth> {
        Ok(self.scores.item(item).rating)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.answers.case_type
    }
}

#[test]
fn the_row_or_rule_that_the_why_names_holds() {
    let (mut rows, mut rules, mut sections) = (0, 0, 0);
    for shipped in shipped() {
        let instrument = load_shipped(shipped.id).unwrap();
        let mut chance = Chance(17);
        for _ in 0..60 {
            let answers = some_answers(&instrument, &mut chance);
            let scores = score(&instrument, &answers);
            let sheet = Sheet { answers: &answers, scores: &scores };
            for at in instrument.item_positions() {
                let item = instrument.item(at);
                let why = explain_item(&instrument, &answers, &scores, at);
                let result = scores.item(at);
                for used in &result.used {
                    assert!(sheet.given(*used).is_ok(), "{} {why:?}", item.id());
                }
                match &result.cause {
                    Cause::Row { row } => {
                        rows += 1;
                        let named = &item.rows()[*row];
                        assert_eq!(named.when.truth(&sheet), Truth::True, "{} {why:?}", item.id());
                        let told = |line: &String| match &named.say {
                            Some(say) => line.ends_with(say.as_str()),
                            None => line.contains(&named.id),
                        };
                        assert!(why.iter().any(told), "{} {why:?}", named.id);
                        for other in item.rows() {
                            let holds = other.when.truth(&sheet) == Truth::True;
                            assert!(!holds || other.give == result.rating, "{}", item.id());
                        }
                    }
                    Cause::Rule { item: of, rule } => {
                        rules += 1;
                        let named = &instrument.item(*of).rules()[*rule];
                        assert_eq!(named.broken_when.truth(&sheet), Truth::True, "{why:?}");
                        assert!(why.iter().any(|line| line.ends_with(&named.say)), "{why:?}");
                    }
                    Cause::Section { met, of } => {
                        sections += 1;
                        assert_eq!((*met, *of), counted(&instrument, at, &sheet), "{why:?}");
                    }
                    Cause::Missing(_) | Cause::CaseType | Cause::Applies => {}
                }
            }
        }
    }
    assert!(rows > 1_000 && rules > 200 && sections > 500, "{rows} {rules} {sections}");
}

/// How many counted questions of a section are met, and of how many.
fn counted(instrument: &Instrument, at: ItemIx, sheet: &Sheet<'_>) -> (u32, u32) {
    let (mut met, mut of) = (0, 0);
    for question in instrument.item(at).questions() {
        let asked = instrument.question(*question);
        if let (true, Ok(codes)) = (asked.counted(), sheet.codes(*question)) {
            let position = codes.positions().next().unwrap();
            met += u32::from(asked.options()[position].counts == Some(Counts::Met));
            of += u32::from(asked.options()[position].counts != Some(Counts::NotApplicable));
        }
    }
    (met, of)
}

/// Questions of the item and its sub-items that some answer can be given to.
fn own(instrument: &Instrument, item: ItemIx) -> Vec<QuestionIx> {
    let here = |at: &QuestionIx| match instrument.question(*at).place() {
        Place::Face => false,
        Place::Item(place) => place == item || instrument.item(place).parent() == Some(item),
    };
    let read = |at: &QuestionIx| {
        let question = instrument.question(*at);
        question.needed_for_rating() || question.asks_applicability() || !question.waited_for()
    };
    instrument.question_positions().filter(here).filter(read).collect()
}

#[test]
fn the_smallest_changes_give_what_they_say_and_no_smaller_ones_do() {
    let (mut confirmed, mut excluded) = (0, 0);
    for id in ["cfsr-r2-items-14-20", "cfsr-r3", "cfsr-r4"] {
        let instrument = load_shipped(id).unwrap();
        assert_eq!(instrument.mode(), Mode::Rated);
        let tops: Vec<ItemIx> = instrument
            .item_positions()
            .filter(|at| instrument.item(*at).parent().is_none())
            .collect();
        let mut chance = Chance(23);
        for round in 0..40 {
            let answers = some_answers(&instrument, &mut chance);
            let item = tops[round % tops.len()];
            let now = score(&instrument, &answers).item(item).rating;
            let found = changes(&instrument, &answers, item);
            let size = found.first().map_or(usize::MAX, |change| change.answers.len());
            for change in &found {
                assert_eq!(change.answers.len(), size);
                let mut changed = answers.clone();
                for new in &change.answers {
                    assert_eq!(new.old.as_ref(), answers.get(new.question));
                    assert_ne!(Some(&new.new), answers.get(new.question));
                    changed.set(new.question, Some(new.new.clone()));
                }
                let then = score(&instrument, &changed).item(item).rating;
                assert_eq!(then, change.rating, "{id} {}", instrument.item(item).id());
                assert!(then.is_final() && then != now, "{id} {}", instrument.item(item).id());
                confirmed += 1;
            }
            // Every set of one change, and of two, smaller than those found.
            let sets = smaller(&instrument, &answers, item, size.min(3));
            for set in &sets {
                let mut changed = answers.clone();
                for (question, value) in set {
                    changed.set(*question, Some(value.clone()));
                }
                let then = score(&instrument, &changed).item(item).rating;
                assert!(
                    !then.is_final() || then == now,
                    "{id} {}: {set:?} gives {then:?} with fewer changes than {found:?}",
                    instrument.item(item).id()
                );
            }
            excluded += sets.len();
        }
    }
    assert!(confirmed > 80 && excluded > 1_000, "{confirmed} {excluded}");
}

/// All sets of fewer than so many other answers (at most two) to questions of an item.
fn smaller(
    instrument: &Instrument,
    answers: &Answers,
    item: ItemIx,
    size: usize,
) -> Vec<Vec<(QuestionIx, Value)>> {
    let mut single: Vec<(QuestionIx, Value)> = Vec::new();
    for at in own(instrument, item) {
        let values = values(instrument, at, answers.case_type).into_iter();
        single
            .extend(values.filter(|value| answers.get(at) != Some(value)).map(|value| (at, value)));
    }
    let mut sets = Vec::new();
    if size > 1 {
        sets.extend(single.iter().map(|one| vec![one.clone()]));
    }
    if size > 2 {
        for (position, first) in single.iter().enumerate() {
            for second in &single[position + 1..] {
                if first.0 != second.0 {
                    sets.push(vec![first.clone(), second.clone()]);
                }
            }
        }
    }
    sets
}
