//! What a subject must be to pass: codes, bounds and ratings -> tests.

use std::ops::Range;

use super::conditions::{Resolver, Scope};
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{Aim, At};
use crate::instrument::{
    CodeSet, ItemIx, Kind, Order, Question, QuestionIx, Rating, RatingSet, Test,
};
use crate::text::did_you_mean;

impl Resolver<'_, '_> {
    pub(super) fn question_test(&self, at: QuestionIx, id: &At<String>, aim: &Aim) -> Option<Test> {
        let question = &self.questions[usize::from(at.0)];
        let wrong = |span: Range<usize>, message: String, help: &str| {
            self.problems.add(Diagnostic::error("bad-test", message).at(span).help(help));
            None
        };
        match (question.kind(), aim) {
            (Kind::Choice(_) | Kind::Checklist(_), Aim::Codes(codes)) => {
                self.codes(question, codes).map(|codes| Test::Answer { question: at, codes })
            }
            (Kind::Checklist(_), Aim::NothingTicked(_)) => {
                Some(Test::NothingTicked { question: at })
            }
            (Kind::Checklist(options), Aim::SomethingTicked(_)) => {
                let all = (0..options.len()).map(CodeSet::one);
                let codes = all.fold(CodeSet::EMPTY, CodeSet::with);
                // Without options the checklist could not be read, which was told there.
                (!codes.is_empty()).then_some(Test::Answer { question: at, codes })
            }
            (Kind::Integer { least, most }, Aim::Amount(amount)) => {
                let (low, high) = (amount.least.unwrap_or(*least), amount.most.unwrap_or(*most));
                if low > high || low > *most || high < *least {
                    return wrong(
                        amount.span.clone(),
                        format!(
                            "{} is never between these: it takes {least} to {most}",
                            question.id()
                        ),
                        "mend the bounds",
                    );
                }
                Some(Test::Integer { question: at, least: low, most: high })
            }
            (Kind::Text | Kind::Date, _) => wrong(
                id.span.clone(),
                format!("{} is a text or date, which no condition can read", question.id()),
                "ask for what decides as a choice of its own",
            ),
            (Kind::Table { .. }, _) => wrong(
                id.span.clone(),
                format!("{} is a table, which no condition can read", question.id()),
                "count its rows in an integer question: counted-from = { table = \"...\" }",
            ),
            // Resolved beside this, as it names a question of its own.
            (Kind::Integer { .. } | Kind::Choice(_) | Kind::Checklist(_), Aim::Compare { .. }) => {
                None
            }
            (Kind::Integer { .. }, Aim::Codes(codes)) => wrong(
                codes[0].span.clone(),
                format!("{} is a whole number", question.id()),
                "write { equals = 0 } or { at-least = 1, at-most = 3 }",
            ),
            (
                Kind::Integer { .. } | Kind::Choice(_),
                Aim::NothingTicked(span) | Aim::SomethingTicked(span),
            ) => wrong(
                span.clone(),
                format!("{} is not a checklist", question.id()),
                "name one of its answers",
            ),
            (Kind::Choice(_) | Kind::Checklist(_), Aim::Amount(amount)) => wrong(
                amount.span.clone(),
                format!("{} is not a whole number", question.id()),
                "name one of its answers",
            ),
        }
    }

    /// A comparison of two whole numbers.
    pub(super) fn compare_test(
        &self,
        at: QuestionIx,
        id: &At<String>,
        order: Order,
        other: &At<String>,
        scope: Scope<'_>,
    ) -> Option<Test> {
        let second = self.question(other, scope)?;
        for (question, id) in [(at, id), (second, other)] {
            let question = &self.questions[usize::from(question.0)];
            if !matches!(question.kind(), Kind::Integer { .. }) {
                self.problems.add(
                    Diagnostic::error(
                        "bad-test",
                        format!("{} is not a whole number", question.id()),
                    )
                    .at(id.span.clone())
                    .help("only whole numbers are compared with one another"),
                );
                return None;
            }
        }
        if at == second {
            let message = format!("{} is compared with itself", id.value);
            self.problems.add(
                Diagnostic::error("bad-test", message)
                    .at(other.span.clone())
                    .help("name the number it is to be compared with"),
            );
            return None;
        }
        Some(Test::Compare { question: at, order, other: second })
    }

    /// The set of some answers of a question; unknown ones are reported.
    pub(super) fn codes(&self, question: &Question, codes: &[At<String>]) -> Option<CodeSet> {
        let options = question.options();
        if options.is_empty() {
            // Its options could not be read; that was reported where they stand.
            return None;
        }
        let mut set = CodeSet::EMPTY;
        let mut whole = true;
        for code in codes {
            match question.code(&code.value) {
                Some(one) => set = set.with(one),
                None => {
                    whole = false;
                    let all: Vec<&str> = options.iter().map(|o| o.code.as_str()).collect();
                    self.problems.add(
                        Diagnostic::error(
                            "unknown-answer",
                            format!("{} has no answer {:?}", question.id(), code.value),
                        )
                        .at(code.span.clone())
                        .did_you_mean(did_you_mean(&code.value, all.iter().copied()))
                        .help(format!("its answers are {}", all.join(", "))),
                    );
                }
            }
        }
        whole.then_some(set)
    }

    pub(super) fn rating_test(&self, at: ItemIx, id: &At<String>, aim: &Aim) -> Option<Test> {
        let Aim::Codes(codes) = aim else {
            self.problems.add(
                Diagnostic::error("bad-test", format!("{} is an item", id.value))
                    .at(id.span.clone())
                    .help("its ratings are strength, ani, na"),
            );
            return None;
        };
        let mut set = RatingSet::default();
        let mut whole = true;
        for code in codes {
            match Rating::from_code(&code.value).filter(|rating| rating.is_final()) {
                Some(rating) => set = set.with(RatingSet::one(rating)),
                None => {
                    whole = false;
                    let all = ["strength", "ani", "na"];
                    self.problems.add(
                        Diagnostic::error(
                            "unknown-answer",
                            format!(
                                "item {} has no rating {:?} that a row can read",
                                id.value, code.value
                            ),
                        )
                        .at(code.span.clone())
                        .did_you_mean(did_you_mean(&code.value, all))
                        .help("its ratings are strength, ani, na"),
                    );
                }
            }
        }
        whole.then_some(Test::Rating { item: at, ratings: set })
    }
}
