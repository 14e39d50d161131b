//! The answers to a question, as far as some test tells them apart.

use casereview::instrument::rate::Given;
use casereview::instrument::{
    CaseTypeIx, CodeSet, Facts, Instrument, ItemIx, Kind, QuestionIx, Rating, Test, Truth,
};

use super::same::conditions;

/// One answer of each kind that some test of either edition tells from the others.
pub fn answers(
    editions: [&Instrument; 2],
    at: [Option<QuestionIx>; 2],
    case_type: CaseTypeIx,
) -> Vec<Option<Given>> {
    let mut tests: Vec<(QuestionIx, &Test)> = Vec::new();
    for (edition, at) in editions.into_iter().zip(at) {
        let Some(at) = at else { continue };
        let gates = edition.questions().iter().map(|question| question.ask_when());
        let tables = edition.item_positions().flat_map(|item| conditions(edition, item));
        let rows = edition.outcomes().iter().flat_map(|outcome| outcome.rows());
        for condition in gates.chain(tables).chain(rows.map(|row| &row.when)) {
            condition.each_test(&mut |test| {
                if test.reads(at) {
                    tests.push((at, test));
                }
            });
        }
    }
    let asked = editions.into_iter().zip(at).filter_map(|(one, at)| Some(one.question(at?)));
    let asked: Vec<_> = asked.collect();
    let mut values: Vec<Option<Given>> = match asked[0].kind() {
        Kind::Choice(options) => (0..options.len())
            .filter(|option| options[*option].case_types.has(case_type))
            .map(|option| Some(Given::Codes(CodeSet::one(option))))
            .collect(),
        Kind::Checklist(options) => {
            assert!(options.len() <= 16, "{}", asked[0].id());
            let (least, most) = asked[0].ticks();
            (0..1_u64 << options.len())
                .map(CodeSet)
                .filter(|set| (least..=most).contains(&set.len()))
                .map(|set| Some(Given::Codes(set)))
                .collect()
        }
        Kind::Integer { least, most } => {
            (*least..=*most).map(|number| Some(Given::Integer(number))).collect()
        }
        Kind::Text | Kind::Date | Kind::Table { .. } => vec![Some(Given::Other)],
    };
    if asked.iter().any(|question| !question.waited_for()) {
        values.push(None);
    }
    let mut seen = Vec::new();
    values.retain(|value| {
        let truths: Vec<Truth> =
            tests.iter().map(|(at, test)| test.truth(&One { at: *at, value: *value })).collect();
        let counts: Vec<_> = match value {
            Some(Given::Codes(codes)) => (asked.iter())
                .filter(|question| question.counted())
                .map(|question| codes.positions().map(|at| question.options()[at].counts).collect())
                .collect::<Vec<Vec<_>>>(),
            _ => Vec::new(),
        };
        // Whether a section applies at all is told apart by its question's own yes and no.
        let code = match value {
            Some(Given::Codes(codes)) if asked[0].asks_applicability() => codes.0,
            _ => 0,
        };
        // What a number is compared with is not known here.
        let compared = tests.iter().any(|(_, test)| matches!(test, Test::Compare { .. }));
        let number = match value {
            Some(Given::Integer(number)) if compared => Some(*number),
            _ => None,
        };
        let key = (value.is_some(), truths, counts, code, number);
        let new = !seen.contains(&key);
        if new {
            seen.push(key);
        }
        new
    });
    values
}

/// One answer, to judge a test by.
struct One {
    at: QuestionIx,
    value: Option<Given>,
}

impl Facts for One {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        match self.value {
            Some(Given::Codes(codes)) if question == self.at => Ok(codes),
            _ => Err(Truth::Unknown),
        }
    }
    fn integer(&self, question: QuestionIx) -> Result<i64, Truth> {
        match self.value {
            Some(Given::Integer(number)) if question == self.at => Ok(number),
            _ => Err(Truth::Unknown),
        }
    }
    fn rating(&self, _: ItemIx) -> Result<Rating, Truth> {
        Err(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        CaseTypeIx(0)
    }
}
