//! A random workspace in which people work: reviews answered question by question, alerts; pairs
//! that are settled, or QA with overridden ratings.

use std::collections::BTreeSet;

use casereview::instrument::{CaseTypeIx, Kind, Rating};
use casereview::review::{
    AlertKind, AlertStep, AssignCases, CaseNumber, Command, InterviewMode, PairRefusal, QaLevel,
    QaStep, ReadingId, Refusal, RootCause, SettleDifference, Sides, Taken, Which, answers,
};
use casereview::store::{ActError, QueueFilter, Workspace};
use tempfile::TempDir;

use super::world::{Dice, World};
use crate::quality::set_levels;
use crate::report_file::random_case;
use crate::workspace::{answer, create, draw, fill, fill_next, instrument, open_as};

const READERS: [&str; 4] = ["ann", "ben", "cy", "di"];
const FILE: &str = "w.db";

struct Desk {
    folder: TempDir,
    dice: Dice,
    cases: u32,
}

/// A workspace made from a number.
pub fn world(seed: u64) -> World {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice::new(seed ^ 0x5eed);
    let cases = 3 + dice.roll(4) as u32;
    let mut lead = create(folder.path());
    draw(&mut lead, cases);
    let mut desk = Desk { folder, dice, cases };
    if desk.dice.roll(2) == 0 {
        set_levels(&mut lead, &[QaLevel::Final]);
        desk.with_qa(&mut lead);
    } else {
        desk.with_pairs(&mut lead);
    }
    desk.alerts(&mut lead);
    drop(lead);
    World::read(desk.folder, FILE)
}

impl Desk {
    fn give(&mut self, lead: &mut Workspace, case: u32, to: &str, which: Which) -> ReadingId {
        let cases = vec![CaseNumber(case)];
        lead.act(&Command::Assign(AssignCases { cases, to: to.parse().unwrap(), which })).unwrap();
        reading(lead, case, which).unwrap()
    }

    /// Answers a review at random and hands it in; now and then leaves it half done or alone.
    fn read(&mut self, id: ReadingId, by: &str) {
        let mut theirs = open_as(self.folder.path(), by);
        let instrument = instrument();
        let case_type = theirs.reading(id).unwrap().case.case_type.clone();
        let at = instrument.case_types().iter().position(|one| one.code == case_type).unwrap();
        let dice = &mut self.dice;
        let mut roll = |sides: usize| dice.roll(sides as u64) as usize;
        let all = random_case(&instrument, &mut roll, CaseTypeIx(at as u8));
        let far = roll(12);
        if far == 0 {
            return;
        }
        let rated = all.iter().filter(|(question, _)| {
            let at = instrument.find_question(question).unwrap();
            question.starts_with(|c: char| c.is_ascii_digit())
                && matches!(instrument.question(at).kind(), Kind::Choice(_))
        });
        let rated: Vec<_> = rated.collect();
        let rated = &rated[..if far == 1 { rated.len() / 2 } else { rated.len() }];
        for (question, value) in rated {
            answer(&mut theirs, id, question, value);
        }
        if far > 1 {
            fill(&mut theirs, id);
            theirs.act(&Command::Submit { reading: id }).unwrap();
        }
    }

    fn with_qa(&mut self, lead: &mut Workspace) {
        for case in 1..=self.cases {
            if self.dice.roll(8) == 0 {
                continue;
            }
            let reader = *self.dice.pick(&READERS);
            let id = self.give(lead, case, reader, Which::First);
            self.read(id, reader);
            if lead.reading(id).unwrap().seal.is_none() {
                continue;
            }
            for _ in 0..self.dice.roll(3) {
                let item = (*self.dice.pick(&["17", "18", "19", "20"])).to_owned();
                let rating = Some(*self.dice.pick(&[Rating::Strength, Rating::Ani, Rating::Na]));
                let why = "seen by another agency".to_owned();
                // The computed rating, and one set already, are refused.
                tried(lead.act(&Command::Override { reading: id, item, rating, why }));
            }
            if self.dice.roll(4) > 0 {
                let mut quinn = open_as(self.folder.path(), "quinn");
                quinn.act(&Command::Qa { reading: id, step: QaStep::Approve }).unwrap();
            }
        }
    }

    fn with_pairs(&mut self, lead: &mut Workspace) {
        let modes = [InterviewMode::Joint, InterviewMode::EvidenceShared, InterviewMode::FileOnly];
        for case in 1..=self.cases {
            let first = self.dice.roll(4) as usize;
            let second = (first + 1 + self.dice.roll(3) as usize) % 4;
            if self.dice.roll(5) > 0 {
                let (cases, mode) = (vec![CaseNumber(case)], *self.dice.pick(&modes));
                lead.act(&Command::ArrangePairs { cases, mode, under_review: None }).unwrap();
            }
            let readers = [READERS[first], READERS[second]];
            let one = self.give(lead, case, readers[0], Which::First);
            let other =
                (self.dice.roll(6) > 0).then(|| self.give(lead, case, readers[1], Which::Second));
            self.read(one, readers[0]);
            let Some(other) = other else { continue };
            self.read(other, readers[1]);
            let sealed = [one, other].iter().all(|id| lead.reading(*id).unwrap().seal.is_some());
            if sealed && self.dice.roll(4) > 0 {
                self.settle(lead, case, [one, other]);
            }
        }
    }

    /// Settles the differences of a pair one after the other; sometimes not all of them.
    fn settle(&mut self, lead: &mut Workspace, case: u32, pair: [ReadingId; 2]) {
        lead.act(&Command::Reconcile { case: CaseNumber(case) }).unwrap();
        let id = reading(lead, case, Which::Final).unwrap();
        let instrument = instrument();
        let read = pair.map(|id| answers(&instrument, &lead.reading(id).unwrap()).unwrap());
        let sides = Sides::new(&instrument, read);
        let mut left = if self.dice.roll(4) == 0 { 1 } else { usize::MAX };
        let mut settled = BTreeSet::new();
        // Where settling again mends nothing, the pair is left as it is.
        for _ in 0..200 {
            if self.settle_open(lead, id, &sides, &mut settled, &mut left) {
                continue;
            }
            if left == 0 || !tried(lead.act(&Command::TakeClosing { reading: id })) {
                return;
            }
            // What is filled in may open differences, and answers of both may break a rule
            // together: these are settled, or settled again.
            match fill_next(lead, id) {
                Ok(false) => {
                    tried(lead.act(&Command::Submit { reading: id }));
                    return;
                }
                Ok(true) => {}
                Err(ActError::Refused(Refusal::Pair(PairRefusal::SettleIt {
                    question, ..
                }))) => {
                    settled.remove(&question);
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }

    /// Settles what can be now, at most as many as are left; whether it was any.
    fn settle_open(
        &mut self,
        lead: &mut Workspace,
        id: ReadingId,
        sides: &Sides,
        settled: &mut BTreeSet<String>,
        left: &mut usize,
    ) -> bool {
        let instrument = instrument();
        let mut any = false;
        for difference in sides.compare(&instrument).iter().flat_map(|item| &item.differences) {
            let question = instrument.question(difference.question).id().to_owned();
            if *left == 0 || settled.contains(&question) {
                continue;
            }
            let took = *self.dice.pick(&[Taken::First, Taken::Second]);
            let done = lead.act(&Command::Settle(SettleDifference {
                reading: id,
                question: question.clone(),
                took,
                value: None,
                narrative: None,
                cause: *self.dice.pick(RootCause::ALL),
                reason: "the log of March".to_owned(),
            }));
            if tried(done) {
                settled.insert(question);
                *left -= 1;
                any = true;
            }
        }
        any
    }

    fn alerts(&mut self, lead: &mut Workspace) {
        for _ in 0..self.dice.roll(6) {
            let case = 1 + self.dice.roll(u64::from(self.cases)) as u32;
            let Some(id) = reading(lead, case, Which::First) else { continue };
            let kind = *self.dice.pick(AlertKind::ALL);
            let [text, told, when] = ["Bruises.", "the supervisor", "today"].map(str::to_owned);
            let step = AlertStep::Raise { kind, text, told, when };
            lead.act(&Command::Alert { reading: id, step }).unwrap();
            if self.dice.roll(2) == 0 {
                let alert = lead.reading(id).unwrap().alerts.last().unwrap().id;
                let step = AlertStep::Close { alert, text: "Seen by a doctor.".to_owned() };
                lead.act(&Command::Alert { reading: id, step }).unwrap();
            }
        }
    }
}

fn reading(lead: &Workspace, case: u32, which: Which) -> Option<ReadingId> {
    let queue = lead.queue(&QueueFilter::default()).unwrap();
    queue.iter().find(|row| row.number == CaseNumber(case) && row.which == which)?.reading
}

/// Whether it was done; only a refusal is no failure.
fn tried<T>(done: Result<T, ActError>) -> bool {
    match done {
        Ok(_) => true,
        Err(ActError::Refused(_)) => false,
        Err(other) => panic!("{other:?}"),
    }
}
