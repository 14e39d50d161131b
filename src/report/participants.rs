//! Participants apart: in how many reviews nothing an item rates about one person fell short.

use super::FinalReading;
use super::packed::option;
use super::subject::{Asked, Line, Lines, Said, Shape, Subject, asked};
use crate::instrument::{
    CaseTypeIx, CodeSet, Condition, Facts, Instrument, ItemIx, Mode, Place, QuestionIx, Rating,
    Truth,
};

/// Per person and item. Mother and father are never taken together.
///
/// In a rated instrument only the questions count that a row giving ANI reads: a descriptive
/// question, or one that merely opens another way to a Strength, rates nobody. Not met is a
/// review in which the answers about the person are enough, alone, for such a row: mostly a No,
/// but a Yes where the question asks for a concern, and no No that an exception makes good. Met
/// is any other in which one of these questions applied. So where an item rates one person
/// only, the figure is the item's own, as the answers give it.
///
/// In a checklist, whose questions have no table, not met is a counted question answered No,
/// and met at least one Yes without a No.
#[derive(Debug, Default)]
pub struct Participants {
    editions: Vec<Edition>,
}

/// What one edition asks about people.
#[derive(Debug)]
struct Edition {
    case_types: Vec<String>,
    lines: Vec<(usize, Counted)>,
}

/// How one line is counted.
#[derive(Debug)]
enum Counted {
    /// Of a checklist: the questions about the person.
    Said(Vec<Asked>),
    /// Of a rated item.
    Rated(Rated),
}

/// What an item rates about one person.
#[derive(Debug)]
struct Rated {
    /// The questions, their places among packed answers, and what is NA in each.
    questions: Vec<(QuestionIx, usize, CodeSet)>,
    /// The conditions of the rows that give ANI, of the item and its sub-items.
    short: Vec<Condition>,
}

/// The answers about one person, as if nothing else had been asked.
struct Alone<'r> {
    rated: &'r Rated,
    answers: &'r [u8],
    case_type: CaseTypeIx,
}

impl Facts for Alone<'_> {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        let known = self.rated.questions.iter().find(|(at, _, _)| *at == question);
        let chosen = known.and_then(|(_, place, _)| option(self.answers, *place));
        chosen.map(CodeSet::one).ok_or(Truth::False)
    }
    fn integer(&self, _: QuestionIx) -> Result<i64, Truth> {
        Err(Truth::False)
    }
    fn rating(&self, _: ItemIx) -> Result<Rating, Truth> {
        Err(Truth::False)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.case_type
    }
}

impl Rated {
    /// What a review comes to; none where nothing about the person was asked.
    fn stands(&self, answers: &[u8], case_type: CaseTypeIx) -> Option<usize> {
        let alone = Alone { rated: self, answers, case_type };
        let (mut applied, mut na) = (false, false);
        for (question, _, is_na) in &self.questions {
            match alone.codes(*question) {
                Ok(codes) if codes.meets(*is_na) => na = true,
                Ok(_) => applied = true,
                Err(_) => {}
            }
        }
        let short = || self.short.iter().any(|row| row.truth(&alone) == Truth::True);
        match (applied, na) {
            (true, _) if short() => Some(NOT_MET),
            (true, _) => Some(MET),
            (false, true) => Some(NA),
            (false, false) => None,
        }
    }
}

/// What a review of a checklist comes to.
fn said(questions: &[Asked], answers: &[u8]) -> Option<usize> {
    let (mut yes, mut no, mut na) = (false, false, false);
    for asked in questions {
        match asked.said(answers) {
            Some(Said::Yes | Said::GoodFaith) => yes = true,
            Some(Said::No) => no = true,
            Some(Said::Na) => na = true,
            None => {}
        }
    }
    match (yes, no, na) {
        (_, true, _) => Some(NOT_MET),
        (true, false, _) => Some(MET),
        (false, false, true) => Some(NA),
        (false, false, false) => None,
    }
}

/// Position of the person a question is about, and of the item it stands in.
fn about(instrument: &Instrument, at: QuestionIx) -> Option<(usize, usize)> {
    let question = instrument.question(at);
    let part = question.part()?;
    let part = instrument.parts().iter().position(|known| known.id == part)?;
    let Place::Item(item) = question.place() else { return None };
    Some((part, usize::from(instrument.item(item).parent().unwrap_or(item).0)))
}

/// Under each person and item, how it is counted.
type Found = Vec<((usize, usize), Counted)>;

fn of_checklist(instrument: &Instrument) -> Found {
    let mut found: Found = Vec::new();
    for (at, asked) in asked(instrument) {
        let Some(key) = about(instrument, at) else { continue };
        match found.iter_mut().find(|known| known.0 == key) {
            Some((_, Counted::Said(questions))) => questions.push(asked),
            _ => found.push((key, Counted::Said(vec![asked]))),
        }
    }
    found
}

fn of_rated(instrument: &Instrument) -> Found {
    let places = super::AnswerPlaces::of(instrument);
    let mut found: Found = Vec::new();
    for item in instrument.items().iter().filter(|item| item.parent().is_none()) {
        let subs = item.sub_items().iter().map(|sub| instrument.item(*sub));
        let rows = std::iter::once(item).chain(subs).flat_map(|item| item.rows());
        let short: Vec<Condition> =
            rows.filter(|row| row.give == Rating::Ani).map(|row| row.when.clone()).collect();
        let mut read: Vec<QuestionIx> = short.iter().flat_map(Condition::questions).collect();
        read.sort_unstable();
        read.dedup();
        for at in read {
            // A choice is packed in one byte; numbers and ticks tell nothing of a person.
            let place = places.place(at).filter(|place| place.len() == 1);
            let (Some(key), Some(place)) = (about(instrument, at), place) else { continue };
            let na = instrument.question(at).code("na").unwrap_or_default();
            let question = (at, place.start, na);
            match found.iter_mut().find(|known| known.0 == key) {
                Some((_, Counted::Rated(rated))) => rated.questions.push(question),
                _ => {
                    let rated = Rated { questions: vec![question], short: short.clone() };
                    found.push((key, Counted::Rated(rated)));
                }
            }
        }
    }
    found
}

const SHAPE: Shape = Shape {
    title: "Participants",
    keys: &["participant", "participant_title", "item", "title"],
    ids: 3,
    label: |keys| format!("{}: item {} {}", keys[1], keys[2], keys[3]),
    counts: &[("applicable", "n"), ("met", "Met"), ("not_met", "Not met"), ("na", "NA")],
    share: "of n reviews in which a question that rates the person applied: nothing fell short (a No, or a Yes to a concern)",
    long: false,
    interval: "Wilson interval",
    legend: &[],
};

const MET: usize = 0;
const NOT_MET: usize = 1;
const NA: usize = 2;

impl Subject for Participants {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }
    fn width(&self) -> usize {
        3
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        let mut found = match instrument.mode() {
            Mode::Rated => of_rated(instrument),
            Mode::Checklist => of_checklist(instrument),
        };
        // Items under each person, persons in the order of the instrument.
        found.sort_by_key(|(key, _)| *key);
        let any = !found.is_empty();
        let place = |((part, item), counted): ((usize, usize), Counted)| {
            let part = &instrument.parts()[part];
            let item = &instrument.items()[item];
            let keys: [&str; 4] = [&part.id, &part.title, item.id(), item.title()];
            let line = Line {
                keys: keys.map(str::to_owned).into(),
                item: item.id().to_owned(),
                participant: part.id.clone(),
                target: instrument.reporting().target,
                ..Line::default()
            };
            (lines.place(line), counted)
        };
        let case_types = instrument.case_types().iter().map(|one| one.code.clone()).collect();
        let lines = found.into_iter().map(place).collect();
        self.editions.push(Edition { case_types, lines });
        any
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        let edition = &self.editions[edition];
        let known = edition.case_types.iter().position(|code| code == reading.case_type);
        let case_type = CaseTypeIx(known.unwrap_or_default() as u8);
        for (line, counted) in &edition.lines {
            let number = match counted {
                Counted::Said(questions) => said(questions, reading.answers),
                Counted::Rated(rated) => rated.stands(reading.answers, case_type),
            };
            if let Some(number) = number {
                cells[line * 3 + number] += 1;
            }
        }
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        vec![cell[MET] + cell[NOT_MET], cell[MET], cell[NOT_MET], cell[NA]]
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        (cell[MET], cell[MET] + cell[NOT_MET])
    }
}
