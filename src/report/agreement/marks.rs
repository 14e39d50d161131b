//! What two readers of a case gave, side by side.

use super::{Mark, Measured, Twice};
use crate::instrument::{Applies, Instrument, ItemIx, QuestionIx, Rating};
use crate::scoring::{Answers, Asked, Scores, score, value_of, value_words, write_value};

/// The marks of a case. An item that cases of the type never have is none; a question is one
/// only where both were asked it: where only one was, the two part at the gate before it,
/// and that is where it counts.
pub(super) fn marks(
    twice: &mut Twice,
    instrument: &Instrument,
    answers: [&Answers; 2],
) -> Vec<Mark> {
    let scores = answers.map(|answers| score(instrument, answers));
    let mut marks = Vec::new();
    for at in instrument.item_positions() {
        if is_possible(instrument, at, answers[0]) {
            marks.extend(items(twice, instrument, &scores, at));
        }
    }
    for at in instrument.question_positions() {
        if scores.iter().all(|scores| scores.asked(at) == Asked::Yes) {
            marks.extend(question(twice, instrument, answers, at));
        }
    }
    marks
}

/// Whether the item, and the item it is part of, can apply to the type of case.
fn is_possible(instrument: &Instrument, at: ItemIx, answers: &Answers) -> bool {
    let item = instrument.item(at);
    let here = item.applies(answers.case_type) != Applies::Never;
    here && item.parent().is_none_or(|parent| is_possible(instrument, parent, answers))
}

fn items(
    twice: &Twice,
    instrument: &Instrument,
    scores: &[Scores; 2],
    at: ItemIx,
) -> impl Iterator<Item = Mark> {
    let ratings = [0, 1].map(|side: usize| scores[side].item(at).rating);
    [Measured::Items, Measured::Applicability].into_iter().filter_map(move |measured| {
        let id = instrument.item(at).id();
        let line = twice.place(instrument.id(), measured, id)?;
        let categories = &twice.lines[line].categories;
        let place = |rating: Rating| {
            let code = match (measured, rating) {
                (_, Rating::Incomplete | Rating::Invalid | Rating::Complete) => return None,
                (Measured::Applicability, Rating::Strength | Rating::Ani) => "applicable",
                _ => rating.code(),
            };
            categories.iter().position(|(known, _)| known == code).map(|at| at as u16)
        };
        Some(Mark { line, given: ratings.map(place) })
    })
}

fn question(
    twice: &mut Twice,
    instrument: &Instrument,
    answers: [&Answers; 2],
    at: QuestionIx,
) -> Option<Mark> {
    let question = instrument.question(at);
    let line = twice.place(instrument.id(), Measured::Questions, question.id())?;
    let given = answers.map(|answers| {
        let value = value_of(instrument, answers, at)?;
        let code = write_value(question, &value);
        let words = value_words(question, &value);
        Some(twice.lines[line].category(&code, &words) as u16)
    });
    // What neither has to give and neither gave is no pair.
    (given != [None, None]).then_some(Mark { line, given })
}
