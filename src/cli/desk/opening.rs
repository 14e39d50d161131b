//! A reading as the tasks open it.

use std::sync::Arc;

use super::cells::cell;
use super::{Desk, day};
use crate::instrument::Instrument;
use crate::review::{
    self, Change, Days, Held, Reading, ReadingId, ReviewKind, Slot, Status, Which, noted,
};
use crate::scoring::{Answers, read_value};
use crate::store::StoreError;
use crate::task::review::{Card, Draft, Opened};
use crate::task::{Field, Write};

impl Desk {
    /// Opens a reading; changes that follow are of it.
    pub(super) fn open(&mut self, reading: &str) -> Result<Opened, String> {
        let id: ReadingId = reading
            .parse()
            .map_err(|_| "nobody reads this case yet: a lead assigns it".to_owned())?;
        let said = |error: StoreError| format!("the workspace {error}");
        let reading = self.workspace.reading(id).map_err(said)?;
        let edition = self.workspace.instrument(&reading.instrument).map_err(said)?;
        let answers = review::answers(&edition, &reading)
            .ok_or_else(|| format!("the instrument has no case type {}", reading.case.case_type))?;
        let drafts = self.workspace.drafts(id).map_err(said)?;
        let drafts = drafts.into_iter().filter_map(|((place, slot), text)| {
            let noted = noted(&place);
            let question = edition.find_question(noted.unwrap_or(&place))?;
            let is_table = !edition.question(question).columns().is_empty();
            let (field, text) = match slot {
                _ if noted.is_some() => (Field::Note, text),
                Slot::Answer if is_table => cell(&text)?,
                Slot::Answer => (Field::Answer, text),
                Slot::Narrative => (Field::Narrative, text),
            };
            Some(Draft { question, field, text })
        });
        let notes = reading.notes();
        let notes =
            notes.filter_map(|(q, note)| Some((edition.find_question(q)?, note.to_owned())));
        let practice = reading.case.review_kind == ReviewKind::Practice;
        let undo = writes(&edition, &answers, reading.undoable());
        let redo = writes(&edition, &answers, reading.redoable());
        let days = match reading.case.under_review {
            Some(days) => Some(days),
            // An imported review has the period of its round.
            None => self.round_of(&reading).map_err(said)?,
        };
        let (_, held) = review::effective(&edition, &reading, &answers);
        let opened = Opened {
            undo,
            redo,
            reading: id.to_string(),
            card: Card {
                // A reader isn't told: they read it as if they were the first.
                which: if self.is_lead() { reading.which } else { Which::First },
                ..card(&reading, &edition, days.map(between).unwrap_or_default())
            },
            answers,
            drafts: drafts.collect(),
            notes: notes.collect(),
            submitted: self.closed(&reading),
            overrides: held.into_iter().map(|(at, _, rating)| (at, rating)).collect(),
            has_qa: self.has_qa(&reading).map_err(said)?,
            shows_changes: practice || self.is_lead(),
            instrument: Arc::clone(&edition),
        };
        self.edition = Some(edition);
        self.look_from(id);
        Ok(opened)
    }

    /// The period under review of a reading's round.
    fn round_of(&self, reading: &Reading) -> Result<Option<Days>, StoreError> {
        let rounds = self.workspace.rounds()?;
        Ok(rounds.into_iter().find(|r| r.name == reading.case.round).and_then(|r| r.under_review))
    }

    /// Why a reading can only be read.
    pub(super) fn closed(&self, reading: &Reading) -> Option<String> {
        match (reading.status, &reading.seal) {
            (Status::Open, _) if reading.reviewer == *self.workspace.user() => None,
            (Status::Open, _) => Some(format!("read by {}, who alone writes it", reading.reviewer)),
            (Status::Withdrawn, _) => Some("withdrawn".to_owned()),
            (_, Some(seal)) => Some(format!("submitted {}", day(seal.at))),
            (status, None) => Some(status.code().to_owned()),
        }
    }
}

/// "2026-04-01 .. 2026-11-30".
fn between(days: Days) -> String {
    format!("{} .. {}", days.start, days.end)
}

fn card(reading: &Reading, edition: &Instrument, under_review: String) -> Card {
    let case = &reading.case;
    let case_type = edition.case_types().iter().find(|c| c.code == case.case_type);
    Card {
        case: case.number.to_string(),
        case_type: case_type.map_or_else(|| case.case_type.clone(), |c| c.title.clone()),
        under_review,
        region: case.region.clone(),
        county: case.county.clone(),
        which: Which::First,
        reviewer: reading.reviewer.to_string(),
    }
}

/// Changes as the tasks take them back or make them again: the latest ones, back to the
/// first that no longer can be (its text was removed).
fn writes(edition: &Instrument, answers: &Answers, changes: &[Change]) -> Vec<Write> {
    let write = |change: &Change| {
        let note = noted(&change.question);
        let question = edition.find_question(note.unwrap_or(&change.question))?;
        let text = |held: &Option<Held>| match held {
            Some(held) => held.text().map(|text| Some(text.to_owned())),
            None => Some(None),
        };
        let (old, new) = (text(&change.old)?, text(&change.new)?);
        let words = Option::unwrap_or_default;
        Some(match change.slot {
            Slot::Narrative if note.is_some() => {
                Write::Note { question, old: words(old), new: words(new) }
            }
            Slot::Narrative => Write::Narrative { question, old: words(old), new: words(new) },
            Slot::Answer => {
                let value = |text: Option<String>| {
                    text.map(|t| read_value(edition.question(question), answers.case_type, &t))
                        .transpose()
                        .ok()
                };
                Write::Answer { question, old: value(old)?, new: value(new)? }
            }
        })
    };
    let mut writes: Vec<Write> = changes.iter().rev().map_while(write).collect();
    writes.reverse();
    writes
}
