//! What the proof of the tables has to say.

use super::Draft;
use crate::diagnostic::Diagnostic;
use crate::instrument::proof::{
    Budget, MOST_SETS, Reach, TooLarge, answers_as_condition, answers_in_words,
    impossible_in_words, prove_item, prove_outcome, ratings_in_words, reach_question, reach_rule,
};
use crate::instrument::raw::Problems;
use crate::instrument::{
    Applies, CaseTypeIx, Instrument, ItemIx, OutcomeIx, Place, QuestionIx, Role,
};
use crate::text::list_or;

/// Proves the tables of everything that could be built.
pub(super) fn prove(draft: &Draft, problems: &Problems) {
    let prover =
        Prover { draft, instrument: &draft.instrument, problems, budget: Budget::default() };
    let items: Vec<ItemIx> = draft.instrument.item_positions().collect();
    // Whatever a broken item reads or is read by says nothing yet.
    let mut sound: Vec<bool> = items.iter().copied().map(|at| !prover.is_broken(at)).collect();
    for question in draft.instrument.question_positions() {
        if prover.can_judge(question) {
            prover.question(question);
        }
    }
    for at in items.iter().copied() {
        if sound[usize::from(at.0)] && !draft.marks.unsure_items[usize::from(at.0)] {
            prover.rules(at);
            prover.applies(at);
        }
    }
    // Sub-items first: their item's proof takes their tables for granted.
    let (subs, tops): (Vec<ItemIx>, Vec<ItemIx>) =
        items.into_iter().partition(|at| draft.instrument.item(*at).parent().is_some());
    for at in subs.into_iter().chain(tops) {
        let item = draft.instrument.item(at);
        let parts = item.sub_items().iter().all(|sub| sound[usize::from(sub.0)]);
        let before = problems.errors();
        let idle = item.rows().is_empty() || prover.never_applies(at);
        if sound[usize::from(at.0)] && parts && !idle {
            prover.item(at);
        }
        let unsure = draft.marks.unsure_items[usize::from(at.0)];
        sound[usize::from(at.0)] &= parts && problems.errors() == before && !unsure;
    }
    for (position, outcome) in draft.instrument.outcomes().iter().enumerate() {
        let items = outcome.items().iter().all(|item| sound[usize::from(item.0)]);
        if items && !draft.marks.broken_outcomes[position] && !outcome.rows().is_empty() {
            prover.outcome(OutcomeIx(position as u16));
        }
    }
}

struct Prover<'d> {
    draft: &'d Draft,
    instrument: &'d Instrument,
    problems: &'d Problems,
    budget: Budget,
}

impl Prover<'_> {
    /// Whether the item, its item, or something it reads is broken.
    fn is_broken(&self, at: ItemIx) -> bool {
        let marks = &self.draft.marks;
        let instrument = self.instrument;
        let broken = |at: ItemIx| {
            let item = instrument.item(at);
            marks.broken_items[usize::from(at.0)]
                || item.parent().is_some_and(|p| marks.broken_items[usize::from(p.0)])
                || item.sub_items().iter().any(|sub| marks.broken_items[usize::from(sub.0)])
        };
        broken(at)
            || instrument.item(at).needed().iter().any(|question| {
                match instrument.question(*question).place() {
                    Place::Face => false,
                    Place::Item(other) => broken(other),
                }
            })
    }

    fn can_judge(&self, at: QuestionIx) -> bool {
        match self.instrument.question(at).place() {
            Place::Face => true,
            Place::Item(item) => {
                !self.is_broken(item) && !self.draft.marks.unsure_items[usize::from(item.0)]
            }
        }
    }

    fn case_type(&self, at: CaseTypeIx) -> &str {
        &self.instrument.case_types()[usize::from(at.0)].title
    }
    fn case_types(&self) -> impl Iterator<Item = CaseTypeIx> + use<> {
        (0..self.instrument.case_types().len() as u8).map(CaseTypeIx)
    }

    /// A question that can never be asked, or asked without an answer to give.
    fn question(&self, at: QuestionIx) {
        let question = self.instrument.question(at);
        if matches!(question.role(), Role::Explanation { .. } | Role::Closing | Role::Applies) {
            return;
        }
        let span = self.draft.marks.questions[usize::from(at.0)].clone();
        let mut asked = false;
        for case_type in self.case_types() {
            let reach = reach_question(self.instrument, at, case_type, &self.budget);
            asked |= reach != Reach::Never;
            let options = question.options();
            let offered = options.iter().any(|option| option.case_types.has(case_type));
            if reach == Reach::Can && !options.is_empty() && !offered {
                let message = format!(
                    "question {} is asked without any answer to give ({})",
                    question.id(),
                    self.case_type(case_type)
                );
                self.problems.add(
                    Diagnostic::error("no-options", message)
                        .at(span.clone())
                        .help("offer one of its answers to this case type, or close its gate"),
                );
            }
        }
        let never = match question.place() {
            Place::Face => false,
            // Said of the item instead.
            Place::Item(item) => self.never_applies(item),
        };
        if !asked && !never {
            let message = format!("question {} can never be asked", question.id());
            self.problems.add(
                Diagnostic::error("unreachable-question", message)
                    .at(span)
                    .help("no answers that keep the hard rules open its gate"),
            );
        }
    }

    fn never_applies(&self, at: ItemIx) -> bool {
        self.case_types().all(|case_type| {
            let item = self.instrument.item(at);
            item.applies(case_type) == Applies::Never
                || item
                    .parent()
                    .is_some_and(|p| self.instrument.item(p).applies(case_type) == Applies::Never)
        })
    }

    fn applies(&self, at: ItemIx) {
        if self.never_applies(at) {
            let message = format!("item {} applies to no case type", self.instrument.item(at).id());
            let span = self.draft.marks.items[usize::from(at.0)].clone();
            self.problems.add(
                Diagnostic::error("unreachable-item", message)
                    .at(span)
                    .help("give one case type ask or always, or take the item out"),
            );
        }
    }

    fn rules(&self, at: ItemIx) {
        if self.never_applies(at) {
            return;
        }
        let item = self.instrument.item(at);
        for (position, rule) in item.rules().iter().enumerate() {
            if reach_rule(self.instrument, at, position, &self.budget) == Reach::Never {
                let message = format!("rule {} of item {} can never be broken", rule.id, item.id());
                let span = self.draft.marks.rules[usize::from(at.0)][position].clone();
                self.problems.add(
                    Diagnostic::warning("idle-rule", message)
                        .at(span)
                        .help("take it out, or look for the answer it was meant to name"),
                );
            }
        }
    }

    fn item(&self, at: ItemIx) {
        let item = self.instrument.item(at);
        let rows = &self.draft.marks.rows[usize::from(at.0)];
        let span = self.draft.marks.items[usize::from(at.0)].clone();
        let id = item.id();
        let found = prove_item(self.instrument, at, &self.budget);
        if let Some(too_large) = &found.too_large {
            self.too_large(&format!("item {id}"), too_large, span);
            return;
        }
        if let Some(case_type) = found.impossible {
            let message = format!(
                "no answers to item {id} keep its hard rules ({})",
                self.case_type(case_type)
            );
            self.problems.add(
                Diagnostic::error("impossible", message)
                    .at(span.clone())
                    .help("its rules contradict each other: loosen one"),
            );
            return;
        }
        if let Some(gap) = &found.gap {
            let set = answers_in_words(self.instrument, at, gap);
            let help = match answers_as_condition(self.instrument, at, gap) {
                Some(when) => {
                    format!("add a row with when = {when}, or a hard rule with forbid = {when}")
                }
                None => "add a row that holds then, or a hard rule that forbids it".to_owned(),
            };
            let problem = Diagnostic::error("gap", format!("item {id} has no row for {set}"));
            self.problems.add(problem.at(span).help(help));
        }
        for (first, second, set) in &found.overlaps {
            let set = answers_in_words(self.instrument, at, set);
            let (a, b) = (&item.rows()[*first], &item.rows()[*second]);
            let rates = (a.give.title(), b.give.title());
            self.overlap(
                &format!("item {id}"),
                (&a.id, &b.id),
                rates,
                &set,
                (&rows[*first], &rows[*second]),
            );
        }
        let ids: Vec<&str> = item.rows().iter().map(|row| row.id.as_str()).collect();
        let clash = |row: usize| found.overlaps.iter().any(|(a, b, _)| row == *a || row == *b);
        let covered: Vec<_> = found.covered.iter().filter(|(row, _)| !clash(*row)).collect();
        self.idle_rows(&format!("item {id}"), &ids, rows, &found.dead, &covered);
    }

    fn outcome(&self, at: OutcomeIx) {
        let outcome = self.instrument.outcome(at);
        let rows = &self.draft.marks.outcome_rows[usize::from(at.0)];
        let span = self.draft.marks.outcomes[usize::from(at.0)].clone();
        let id = outcome.id();
        let found = prove_outcome(self.instrument, at, &self.budget);
        if let Some(too_large) = &found.too_large {
            self.too_large(&format!("outcome {id}"), too_large, span);
            return;
        }
        let read: Vec<_> = outcome.rows().iter().flat_map(|row| row.when.questions()).collect();
        if let Some(gap) = &found.gap {
            let set = ratings_in_words(self.instrument, &read, gap);
            self.problems.add(
                Diagnostic::error("gap", format!("outcome {id} has no row for {set}"))
                    .at(span)
                    .help("add a row that holds then"),
            );
        }
        for (first, second, set) in &found.overlaps {
            let set = ratings_in_words(self.instrument, &read, set);
            let (a, b) = (&outcome.rows()[*first], &outcome.rows()[*second]);
            let rates = (a.give.title(), b.give.title());
            self.overlap(
                &format!("outcome {id}"),
                (&a.id, &b.id),
                rates,
                &set,
                (&rows[*first], &rows[*second]),
            );
        }
        let ids: Vec<&str> = outcome.rows().iter().map(|row| row.id.as_str()).collect();
        let clash = |row: usize| found.overlaps.iter().any(|(a, b, _)| row == *a || row == *b);
        let covered: Vec<_> = found.covered.iter().filter(|(row, _)| !clash(*row)).collect();
        self.idle_rows(&format!("outcome {id}"), &ids, rows, &found.dead, &covered);
        let spans = &self.draft.marks.outcome_examples[usize::from(at.0)];
        for (example, reason) in &found.impossible {
            let title = &outcome.examples()[*example].title;
            let (why, help) = impossible_in_words(self.instrument, reason);
            let message = format!("example {title:?} of outcome {id} can't occur: {why}");
            self.problems.add(
                Diagnostic::error("example-impossible", message)
                    .at(spans[*example].clone())
                    .help(help),
            );
        }
    }

    fn overlap(
        &self,
        whose: &str,
        ids: (&str, &str),
        rates: (&str, &str),
        set: &str,
        spans: (&std::ops::Range<usize>, &std::ops::Range<usize>),
    ) {
        let message = format!(
            "rows {} and {} of {whose} both hold and rate differently: {set}",
            ids.0, ids.1
        );
        self.problems.add(
            Diagnostic::error("overlap", message)
                .at(spans.1.clone())
                .label(format!("gives {}", rates.1))
                .related(spans.0.clone(), format!("gives {}", rates.0))
                .help("narrow one of them, so that only one rating is given"),
        );
    }

    fn idle_rows(
        &self,
        whose: &str,
        ids: &[&str],
        spans: &[std::ops::Range<usize>],
        dead: &[usize],
        covered: &[&(usize, Vec<usize>)],
    ) {
        for row in dead {
            self.problems.add(
                Diagnostic::error("dead-row", format!("row {} of {whose} never holds", ids[*row]))
                    .at(spans[*row].clone())
                    .help("no reachable set of answers meets its when: mend it or take it out"),
            );
        }
        for (row, others) in covered {
            let others: Vec<&str> = others.iter().map(|other| ids[*other]).collect();
            let message = format!(
                "row {} of {whose} is not needed: wherever it holds, {} holds too",
                ids[*row],
                list_or(&others)
            );
            self.problems.add(
                Diagnostic::warning("covered-row", message)
                    .at(spans[*row].clone())
                    .help("take it out, or narrow the others"),
            );
        }
    }

    fn too_large(&self, whose: &str, too_large: &TooLarge, span: std::ops::Range<usize>) {
        let message = match too_large {
            TooLarge::Sets(sets) if *sets == u128::MAX => {
                format!(
                    "the table of {whose} is too large to prove: it ranges over countless sets of answers"
                )
            }
            TooLarge::Sets(sets) => format!(
                "the table of {whose} is too large to prove: it ranges over {} sets of answers, at most {} are possible",
                thousands(*sets),
                thousands(MOST_SETS)
            ),
            TooLarge::Work => format!(
                "the table of {whose} is too large to prove: its sets of answers are too many to go through"
            ),
        };
        self.problems.add(Diagnostic::error("too-large-to-prove", message).at(span).help(
            "split it into sub-items, each with a table over a few questions, and rate the \
                 item from their ratings",
        ));
    }
}

fn thousands(n: u128) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
