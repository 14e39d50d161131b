//! A reviewer who gets through any instrument: reads what is asked off the state, picks
//! answers that are offered and contradict none given, fills in tables and texts, and presses
//! only keys that the screen shows.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{CodeSet, CountedFrom, Kind, QuestionIx};
use casereview::scoring::{Answers, Asked, Value, score, unfinished, value_of, write_value};
use casereview::task::Backend;
use casereview::task::review::{Entry, State};

use crate::storyboard::Storyboard;

/// One thing a reviewer did.
#[derive(Debug, Clone)]
pub enum Step {
    /// Pressed a key, by its word.
    Press(String),
    /// Typed into the text box.
    Type(String),
}

/// A walk that keeps what was done and the frame after it.
pub struct Answerer<B> {
    pub walk: Storyboard<B>,
    pub steps: Vec<(Step, Vec<String>)>,
}

/// The day that stands wherever a date is asked for.
const DAY: &str = "2026-05-04";

impl<B: Backend> Answerer<B> {
    pub fn new(walk: Storyboard<B>) -> Self {
        Self { walk, steps: Vec::new() }
    }

    pub fn press(&mut self, key: &str) -> &mut Self {
        self.walk.press(key);
        self.steps.push((Step::Press(key.to_owned()), self.walk.rows()));
        self
    }

    pub fn types(&mut self, text: &str) -> &mut Self {
        self.walk.types(text);
        self.steps.push((Step::Type(text.to_owned()), self.walk.rows()));
        self
    }

    pub fn review(&self) -> &State {
        self.walk.app.review.as_ref().unwrap()
    }

    /// Answers everything that is asked, and submits.
    pub fn finish(&mut self) {
        for _ in 0..600 {
            if self.review().can_submit() {
                break;
            }
            self.answer();
            // Where an answer lacks nothing and wasn't gone on from by itself.
            let review = self.review();
            if !review.can_submit() && !review.lacks(review.at()) {
                self.press("n");
            }
        }
        let gaps: Vec<String> = self.review().gaps().into_iter().map(|gap| gap.words).collect();
        assert!(self.review().can_submit(), "the review never gets finished: {gaps:#?}");
        self.press("s");
        self.walk.sees("Nothing is missing");
        self.press("Enter");
        self.walk.sees("read only");
    }

    fn answer(&mut self) {
        let review = self.review();
        let at = review.at();
        match review.entry() {
            Entry::One | Entry::Any if review.lacks_text(at) && !review.lacks_answer() => {
                self.press("e");
            }
            Entry::One => {
                let position = choice(review);
                let options = review.options();
                let row = options.iter().position(|o| o.position == position).unwrap();
                self.pick(row);
            }
            Entry::Any => match ticks(review) {
                None => drop(self.press("0")),
                Some(position) => {
                    let options = review.options();
                    let row = options.iter().position(|o| o.position == position).unwrap();
                    self.pick(row);
                }
            },
            Entry::Table => return self.fill_table(),
            Entry::Text => drop(self.press("Enter")),
            Entry::Date => drop(self.press("Enter").types(DAY)),
            Entry::Number { least, most } => {
                let fits = |number: &i64| broken(review, Some(Value::Integer(*number))) == 0;
                let number = [least, most].into_iter().find(fits).unwrap_or(least);
                self.press("Enter").types(&number.to_string());
            }
        }
        let Some(editing) = self.review().editing() else { return };
        if !editing.several_lines {
            if editing.text.is_empty() {
                self.types("Seen in the file.");
            }
            self.press("Enter");
        } else {
            if editing.text.is_empty() {
                self.types("Seen in the file.");
            }
            self.press("Esc");
        }
    }

    /// Picks the option at a place of the list.
    fn pick(&mut self, row: usize) {
        if row < 9 {
            self.press(&(row + 1).to_string());
            return;
        }
        while self.review().highlight() != Some(row) {
            self.press("Down");
        }
        self.press(if self.review().entry() == Entry::Any { "Space" } else { "Enter" });
    }

    /// One row, every cell that is needed; the rest left out.
    fn fill_table(&mut self) {
        if self.review().rows().is_empty() {
            self.press("Enter").press("a");
        } else {
            self.press("Enter").press("n");
        }
        for _ in 0..60 {
            let Some(entry) = self.review().cell_entry() else { break };
            let stand = self.review().table().unwrap();
            let (_, column) = self.review().column().unwrap();
            let (required, is_text) = (column.required, matches!(column.kind, Kind::Text));
            match (entry, self.review().editing().is_some()) {
                (Entry::One, false) if required => drop(self.press("1")),
                (Entry::One, false) => drop(self.press("Right")),
                (Entry::Any, _) => drop(self.press("1").press("Enter")),
                // The words to an option.
                (Entry::One, true) => drop(self.types("An aunt").press("Enter")),
                (Entry::Number { least, .. }, _) if required => {
                    self.types(&least.to_string()).press("Enter");
                }
                (Entry::Date, _) if required => drop(self.types(DAY).press("Enter")),
                _ if is_text && required => drop(self.types("Ann").press("Enter")),
                _ => drop(self.press("Enter")),
            }
            let review = self.review();
            let last = review.table() == Some(stand) && review.editing().is_none();
            if last && stand.column + 1 == review.columns().len() {
                break;
            }
        }
        while self.review().table().is_some() {
            self.press("Esc");
        }
    }
}

/// The first option offered that contradicts nothing given.
fn choice(review: &State) -> usize {
    let options = review.options();
    let fits = |position: &usize| contradictions(review, Some(CodeSet::one(*position))) == 0;
    let positions: Vec<usize> = options.iter().map(|o| o.position).collect();
    positions.iter().copied().find(|p| fits(p)).unwrap_or(positions[0])
}

/// The first option of a checklist that contradicts nothing; none where nothing ticked is
/// the better answer, as it is where the ratings don't wait for the ticks.
fn ticks(review: &State) -> Option<usize> {
    let question = review.instrument().question(review.at());
    let options = review.options();
    if review.may_tick_nothing() && !question.waited_for() {
        return None;
    }
    let fits = |position: &usize| contradictions(review, Some(CodeSet::one(*position))) == 0;
    let positions: Vec<usize> = options.iter().map(|o| o.position).collect();
    Some(positions.iter().copied().find(|p| fits(p)).unwrap_or(positions[0]))
}

/// How many hard rules the answers break with this answer to the question here.
fn contradictions(review: &State, codes: Option<CodeSet>) -> usize {
    broken(review, codes.map(Value::Codes))
}

fn broken(review: &State, value: Option<Value>) -> usize {
    let mut answers = review.answers().clone();
    answers.set(review.at(), value);
    score(review.instrument(), &answers).broken.len()
}

/// The answers of a finished review as a file of answers has them: question and answer.
pub fn as_rows(review: &State) -> Vec<(String, String)> {
    let instrument = review.instrument();
    let answers: &Answers = review.answers();
    let scores = score(instrument, answers);
    assert!(unfinished(instrument, answers, &scores).is_empty());
    let given = answers.iter().map(|(at, value): (QuestionIx, &Value)| {
        let question = instrument.question(at);
        (question.id().to_owned(), write_value(question, value))
    });
    // A file of answers has no period to count months up to.
    let months = instrument.question_positions().filter_map(|at| {
        let question = instrument.question(at);
        let counted = matches!(question.counted_from(), Some(CountedFrom::MonthsBetween { .. }));
        let value = value_of(instrument, answers, at)?;
        (counted && scores.asked(at) == Asked::Yes && answers.get(at).is_none())
            .then(|| (question.id().to_owned(), write_value(question, &value)))
    });
    given.chain(months).collect()
}
