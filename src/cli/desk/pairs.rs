//! Pairs of reviews as the tasks settle them.

use std::sync::Arc;

use super::pair_shown::Shown;
use super::saving::reason_on;
use super::{Desk, day};
use crate::cli::pair_standing::{again, is_settled, is_to_settle, rests, sides, who_sealed};
use crate::instrument::{Instrument, QuestionIx};
use crate::review::{
    self, AssignCases, CaseNumber, Command, Differs, Held, Note, PersonCode, PersonRole, Reading,
    ReadingId, SettleDifference, Settling, Slot, Status, Which, fill_answers,
};
use crate::scoring::{Answers, Asked, Value, score, write_value};
use crate::store::{ActError, PairRow, StoreError};
use crate::task::Field;
use crate::task::reconcile::{
    ItemLine, Opened, Pair, PairStatus, Settling as Wanted, Third, taken_of,
};
use crate::text::did_you_mean;

impl Desk {
    /// The cases with two reviews, for a lead.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(super) fn pairs(&self) -> Result<Vec<Pair>, StoreError> {
        // A reader isn't told which cases are read twice.
        if !self.is_lead() {
            return Ok(Vec::new());
        }
        self.workspace.pairs()?.iter().map(|row| self.pair_line(row)).collect()
    }

    /// How many pairs are sealed and not settled; none without a case read twice, or for
    /// someone who settles none.
    pub(super) fn pairs_open(&self) -> Result<Option<usize>, StoreError> {
        if !self.is_lead() {
            return Ok(None);
        }
        let pairs = self.workspace.pairs()?;
        let mut open = 0;
        for pair in &pairs {
            open += usize::from(is_to_settle(&self.workspace, pair)?);
        }
        Ok((!pairs.is_empty()).then_some(open))
    }

    fn pair_line(&self, row: &PairRow) -> Result<Pair, StoreError> {
        let edition = self.workspace.instrument(&row.instrument)?;
        let status = if !row.is_sealed() {
            PairStatus::Waiting
        } else if let Some(answers) = again(&self.workspace, row)? {
            PairStatus::Again { answers }
        } else if is_settled(row) {
            PairStatus::Settled
        } else {
            let (items, answers) = self.disagreement(&edition, row)?;
            PairStatus::ToSettle { items, answers }
        };
        let case_type = edition.case_types().iter().find(|known| known.code == row.case_type);
        Ok(Pair {
            case: row.number.to_string(),
            case_type: case_type.map_or_else(|| row.case_type.clone(), |known| known.title.clone()),
            region: row.region.clone(),
            status,
            sealed: who_sealed(&self.workspace, row)?,
            begun: row.settled.is_some(),
            third: third(row),
            free: self.free(row),
        })
    }

    /// Codes of people who could be the third reader of a pair: they read it not, and don't
    /// lead, so that a lead stays free to settle it.
    fn free(&self, row: &PairRow) -> Vec<String> {
        let reads = |code: &PersonCode| row.reviewers.contains(code);
        let people = self.workspace.people().into_iter();
        let free = people.filter(|one| one.role == PersonRole::Reviewer && !reads(&one.code));
        free.map(|one| one.code.to_string()).collect()
    }

    /// Asks a third reader for a case; what to say, and the pairs as they are then.
    pub(super) fn ask_third(
        &mut self,
        case: &str,
        to: &str,
    ) -> Result<(String, Vec<Pair>), String> {
        let number: CaseNumber = case.parse().map_err(|_| format!("{case} is no case"))?;
        let to: PersonCode = to.parse().map_err(|error| format!("{error}"))?;
        let given = AssignCases { cases: vec![number], to: to.clone(), which: Which::Third };
        // What can't be done is said before who is to do it is asked about.
        let would = self.workspace.would(&Command::Assign(given.clone()));
        would.map_err(|error| error.to_string())?;
        if let Some(doubt) = self.doubt(number, &to)? {
            return Err(doubt);
        }
        let done =
            self.workspace.act(&Command::Assign(given)).map_err(|error| error.to_string())?;
        let new = done.notes.contains(&Note::PersonAdded(to.clone()));
        let new = if new { ", new on the team list," } else { "" };
        let out = match self.workspace.team().card(&to) {
            Some(_) => format!("`work out {to}` sends it"),
            None => "they read it in this file".to_owned(),
        };
        let pairs = self.pairs().map_err(|error| format!("the workspace {error}"))?;
        let from = done.notes.iter().find_map(|note| match note {
            Note::TakenOver { from, .. } => {
                Some(format!(", and {from} no more: it goes over with what was answered"))
            }
            _ => None,
        });
        let from = from.unwrap_or_default();
        if done.notes.contains(&Note::AlreadyTheirs(number)) {
            return Ok((format!("{number}: {to} is asked as third reader already; {out}"), pairs));
        }
        Ok((format!("{number}: {to}{new} is asked as third reader{from}; {out}"), pairs))
    }

    /// What is said before someone joins the team list as third reader, since the code may be a
    /// slip of the keys, and before the case is taken from the one asked already. Once said, it
    /// is not said again.
    fn doubt(&mut self, case: CaseNumber, to: &PersonCode) -> Result<Option<String>, String> {
        let meant = Some((case, to.clone()));
        if self.doubted.take() == meant {
            return Ok(None);
        }
        let people = self.workspace.people();
        let known = || people.iter().map(|one| one.code.as_str());
        let doubt = if !known().any(|code| code == to.as_str()) {
            let near = did_you_mean(to.as_str(), known());
            let near = near.map(|near| format!(" ({near}?)")).unwrap_or_default();
            format!("{to} is not on the team list{near}: asked once more, they join it")
        } else if let Some(before) = self.asked_third(case)?.filter(|before| before != to) {
            format!("{before} is third reader already: asked once more, it goes over to {to}")
        } else {
            return Ok(None);
        };
        self.doubted = meant;
        Ok(Some(doubt))
    }

    /// Who was asked as third reader of a case and has not handed in.
    fn asked_third(&self, case: CaseNumber) -> Result<Option<PersonCode>, String> {
        let said = |error: StoreError| format!("the workspace {error}");
        let pairs = self.workspace.pairs().map_err(said)?;
        let found = pairs.into_iter().find(|pair| pair.number == case);
        let third = found.and_then(|pair| pair.third).filter(|(_, is_in)| !is_in);
        let reading = third.map(|(id, _)| self.workspace.reading(id)).transpose().map_err(said)?;
        Ok(reading.map(|reading| reading.reviewer.clone()))
    }

    /// Items rated differently and answers to settle.
    fn disagreement(
        &self,
        edition: &Instrument,
        row: &PairRow,
    ) -> Result<(usize, usize), StoreError> {
        let third = row.third.filter(|(_, is_in)| *is_in).map(|(id, _)| id);
        let Some(sides) = sides(&self.workspace, edition, row.readings, third)? else {
            return Ok((0, 0));
        };
        let begun = row.settled.map(|(id, _)| self.workspace.reading(id)).transpose()?;
        // Not begun, it is counted as it will begin.
        let fresh = || {
            let [side, _] = &sides.answers;
            let mut settled = Answers::new(side.case_type).up_to(side.pur_end);
            fill_answers(edition, &sides, &mut settled);
            settled
        };
        let settled = begun.as_ref().and_then(|reading| review::answers(edition, reading));
        let scores = score(edition, &settled.unwrap_or_else(fresh));
        let pair = begun.as_ref().and_then(|reading| reading.pair.as_ref());
        let is_done = |at: QuestionIx| {
            pair.is_some_and(|pair| pair.settled.contains_key(edition.question(at).id()))
        };
        let items = sides.compare(edition);
        let answers = items.iter().flat_map(|item| &item.differences).filter(|one| {
            let at = one.question;
            one.differs != Differs::Follows && scores.asked(at) == Asked::Yes && !is_done(at)
        });
        let answers = answers.count();
        Ok((items.iter().filter(|item| item.is_apart()).count(), answers))
    }

    /// Begins or goes on with the settling of a case.
    pub(super) fn open_pair(&mut self, case: &str) -> Result<Opened, String> {
        let number: CaseNumber = case.parse().map_err(|_| format!("{case} is no case"))?;
        let begin = |error: ActError| error.to_string();
        let said = |error: StoreError| format!("the workspace {error}");
        let found = self.pair_of(number)?;
        if self.is_lead() && !found.is_sealed() {
            let who = who_sealed(&self.workspace, &found).map_err(said)?;
            return Err(format!("{number} has no two sealed reviews to settle: {who}"));
        }
        // What is settled for good is only looked at.
        if !is_settled(&found) || !rests(&self.workspace, &found).map_err(said)? {
            self.workspace.act(&Command::Reconcile { case: number }).map_err(begin)?;
        }
        self.pair(number)
    }

    /// Whether a review is a settled one on its way, of the one who acts: it is written by
    /// settling.
    pub(super) fn is_settling(&self, reading: &str) -> bool {
        let found = self.settled(reading).ok();
        found.is_some_and(|(_, state, _)| {
            state.pair.is_some()
                && state.status == Status::Open
                && state.reviewer == *self.workspace.user()
        })
    }

    /// Goes on with the settling that a settled review comes of.
    pub(super) fn open_settling(&mut self, reading: &str) -> Result<Opened, String> {
        let (_, state, _) = self.settled(reading)?;
        self.open_pair(&state.case.number.to_string())
    }

    fn pair_of(&self, number: CaseNumber) -> Result<PairRow, String> {
        let pairs = self.workspace.pairs().map_err(|error| format!("the workspace {error}"))?;
        let found = pairs.into_iter().find(|pair| pair.number == number);
        found.ok_or_else(|| format!("{number} has no two reviews"))
    }

    /// Stores a settlement.
    pub(super) fn settle(&mut self, reading: &str, wanted: Wanted) -> Result<Opened, String> {
        let (id, state, edition) = self.settled(reading)?;
        let pair = state.pair.as_ref().ok_or("the review settles no pair")?;
        let swapped = is_swapped(pair);
        let question = edition.question(wanted.question);
        let command = Command::Settle(SettleDifference {
            reading: id,
            question: question.id().to_owned(),
            took: taken_of(wanted.taking.side, swapped),
            value: wanted.taking.value.map(|value| write_value(question, &value)),
            narrative: wanted.taking.narrative,
            cause: wanted.cause,
            reason: wanted.reason,
        });
        self.workspace.act(&command).map_err(|error| error.to_string())?;
        self.draft(reading, usize::from(wanted.question.0), Field::Reason, "");
        self.pair(state.case.number)
    }

    /// Stores what the settled review lacks and neither review was asked.
    pub(super) fn complete(
        &mut self,
        reading: &str,
        at: QuestionIx,
        value: Option<Value>,
        narrative: Option<String>,
    ) -> Result<Opened, String> {
        let (id, state, edition) = self.settled(reading)?;
        let question = edition.question(at);
        let name = question.id().to_owned();
        let value = value.map(|value| write_value(question, &value));
        let held = |slot| state.held(&name, slot);
        let same = |slot, new: Option<&str>| held(slot).as_ref().and_then(Held::text) == new;
        let mut act = |command: &Command| {
            self.workspace.act(command).map(drop).map_err(|error| error.to_string())
        };
        if !same(Slot::Answer, value.as_deref()) {
            act(&Command::Answer { reading: id, question: name.clone(), value })?;
        }
        if !same(Slot::Narrative, narrative.as_deref()) {
            act(&Command::Narrate { reading: id, question: name.clone(), text: narrative })?;
        }
        self.draft(reading, usize::from(at.0), Field::Reason, "");
        self.pair(state.case.number)
    }

    /// Takes over what is asked at the end of every item, and hands the settled review in.
    pub(super) fn hand_in(&mut self, reading: &str) -> Result<Opened, String> {
        let (id, state, _) = self.settled(reading)?;
        let act = |desk: &mut Self, command: &Command| {
            desk.workspace.act(command).map(|_| ()).map_err(|error| error.to_string())
        };
        act(self, &Command::TakeClosing { reading: id })?;
        act(self, &Command::Submit { reading: id })?;
        self.pair(state.case.number)
    }

    /// Reasons that were being written when the program ended.
    fn reasons(
        &self,
        id: ReadingId,
        edition: &Instrument,
    ) -> Result<Vec<(QuestionIx, String)>, StoreError> {
        let drafts = self.workspace.drafts(id)?;
        let found = edition.question_positions().filter_map(|at| {
            let place = (reason_on(edition.question(at).id()), Slot::Narrative);
            drafts.get(&place).map(|text| (at, text.clone()))
        });
        Ok(found.collect())
    }

    fn settled(&self, reading: &str) -> Result<(ReadingId, Arc<Reading>, Arc<Instrument>), String> {
        let said = |error: StoreError| format!("the workspace {error}");
        let id: ReadingId = reading.parse().map_err(|_| "no pair is open".to_owned())?;
        let state = self.workspace.reading(id).map_err(said)?;
        let edition = self.workspace.instrument(&state.instrument).map_err(said)?;
        Ok((id, state, edition))
    }

    /// The pair of a case as it stands.
    fn pair(&mut self, number: CaseNumber) -> Result<Opened, String> {
        let said = |error: StoreError| format!("the workspace {error}");
        let row = self.pair_of(number)?;
        let (id, _) = row.settled.ok_or_else(|| format!("settling of {number} is not begun"))?;
        let (_, settled, edition) = self.settled(&id.to_string())?;
        let pair = settled.pair.as_ref().ok_or("the review settles no pair")?;
        let swapped = is_swapped(pair);
        let third_in = row.third.filter(|(_, is_in)| *is_in).map(|one| one.0);
        let sides = sides(&self.workspace, &edition, pair.readings, third_in)
            .map_err(said)?
            .ok_or("the instrument has no such case type")?;
        let answers = review::answers(&edition, &settled).ok_or("the case type is unknown")?;
        let items = sides.compare(&edition);
        let shown = Shown {
            edition: &edition,
            items: &items,
            sides: &sides,
            answers: &answers,
            scores: &score(&edition, &answers),
            pair,
            swapped,
        };
        let third_reader = match row.third {
            Some((id, true)) => {
                Some(self.workspace.reading(id).map_err(said)?.reviewer.to_string())
            }
            _ => None,
        };
        let done = settled.seal.as_ref().map(|seal| {
            let mut readers: Vec<String> = row.reviewers.iter().map(ToString::to_string).collect();
            if swapped {
                readers.reverse();
            }
            readers.extend(third_reader);
            (format!("handed in {}", day(seal.at)), readers)
        });
        let case_type = edition.case_types().iter().find(|known| known.code == row.case_type);
        let case_type = case_type.map_or(row.case_type.as_str(), |known| known.title.as_str());
        let opened = Opened {
            reading: id.to_string(),
            case_type: answers.case_type,
            third: third(&row),
            case: number.to_string(),
            about: format!("{case_type}, {}", row.region),
            items: items.iter().map(|item| shown.item(item)).filter(has_something).collect(),
            done,
            missing: shown.missing(),
            answers: answers.clone(),
            drafts: self.reasons(id, &edition).map_err(said)?,
            instrument: Arc::clone(&edition),
        };
        self.edition = Some(edition);
        self.look_from(id);
        Ok(opened)
    }
}

fn has_something(line: &ItemLine) -> bool {
    !line.differences.is_empty()
}

/// Whether the second review is shown as A. It hangs on the case alone, so it stays the same
/// from one look to the next, and tells nothing of who read first.
fn is_swapped(pair: &Settling) -> bool {
    let bytes = pair.readings.iter().flat_map(|id| id.0);
    bytes.fold(0, |sum: u8, byte| sum ^ byte).count_ones() % 2 == 1
}

/// How far the third reader of a pair is.
fn third(row: &PairRow) -> Third {
    match row.third {
        None => Third::Unasked,
        Some((_, false)) => Third::Asked,
        Some((_, true)) => Third::In,
    }
}
