//! The steps from a list of cases to assigned reviews, on the workspace.

use std::fs::File;

use super::Desk;
use super::aside::{Aside, Job, plan, problems, stratum};
use crate::cli::frame::sizes;
use crate::cli::round::of_period;
use crate::cli::sample::{self, again::Again};
use crate::exchange::{FrameError, preview_frame, read_frame};
use crate::review::{
    AllotCases, AllotRules, AssignCases, Command, DrawSample, ImportFrame, Note, PersonCode,
    PersonRole, Which,
};
use crate::sampling;
use crate::store::{ActError, QueueFilter, RoundRow, StoreError};
use crate::task::drawing::{Ask, Counted, Given, Opened, Preview, Receipts, Rules, Standing, Told};

/// What went wrong, a line each.
type Problems = Vec<String>;

fn of_store(error: StoreError) -> Problems {
    vec![format!("the workspace {error}")]
}

/// Why the workspace did not do it, and what to do.
pub(super) fn refused(error: &ActError) -> String {
    match error {
        ActError::Refused(refusal) => match refusal.help() {
            Some(help) => format!("{refusal}: {help}"),
            None => refusal.to_string(),
        },
        ActError::Store(_) => error.to_string(),
    }
}

impl Desk {
    /// Does what a step asks.
    pub(super) fn step(&mut self, ask: Ask) -> Option<Told> {
        let done = match ask {
            Ask::Standing => self.standing().map(|found| Told::Standing(Box::new(found))),
            Ask::Preview { file, plan_file } => {
                preview(&file, &plan_file).map(|seen| Told::Preview(Box::new(seen)))
            }
            Ask::Read { file, plan } => return self.start(Job { file, plan, count: None }),
            Ask::Count { file, plan } => {
                let types = self.standing().map(|standing| {
                    standing.case_types.into_iter().map(|(code, _)| code).collect()
                });
                match types {
                    Ok(types) => {
                        return self.start(Job { file, plan, count: Some(types) });
                    }
                    Err(problems) => Err(problems),
                }
            }
            Ask::Stop => {
                if let Some(aside) = self.aside.take() {
                    aside.stop();
                }
                Ok(Told::Stopped)
            }
            Ask::Seal => self.seal().map(|found| Told::Sealed(Box::new(found))),
            Ask::Draw { seed, given_by, watched, reason } => {
                let drawn = self.draw(seed, given_by, watched, reason);
                drawn.map(|(found, receipts)| Told::Drawn(Box::new(found), receipts))
            }
            Ask::Assign(rules) => self.assign(rules).map(|given| Told::Given(Box::new(given))),
            Ask::Leave => return None,
        };
        Some(done.unwrap_or_else(Told::Problems))
    }

    fn start(&mut self, job: Job) -> Option<Told> {
        let name = job.file.clone();
        match Aside::start(job) {
            Ok(aside) => {
                self.aside = Some(aside);
                None
            }
            Err(error) => Some(Told::Problems(vec![format!("{name} can't be read: {error}")])),
        }
    }

    fn open_round(&self) -> Result<RoundRow, Problems> {
        let round = self.workspace.current_round().map_err(of_store)?;
        round.ok_or_else(|| vec!["no round is open: begin one with `round new`".to_owned()])
    }

    fn standing(&self) -> Result<Standing, Problems> {
        let row = self.open_round()?;
        let state = self.workspace.round(row.id).map_err(of_store)?;
        let edition = self.workspace.instrument(&row.instrument).map_err(of_store)?;
        let held = state.frame();
        let strata = |draw: &crate::review::Draw| {
            let mut strata: Vec<(String, u64, u64)> =
                draw.strata.iter().map(|one| (one.stratum.clone(), 0, 0)).collect();
            for case in &draw.cases {
                let of = strata.iter_mut().find(|(name, ..)| *name == case.place.stratum);
                if let Some((_, sample, spares)) = of {
                    *(if case.place.spare { spares } else { sample }) += 1;
                }
            }
            strata
        };
        let drawn = state.draws.iter().map(|draw| Opened {
            number: draw.number,
            seed: draw.seed.clone(),
            given_by: draw.seed_source.clone().unwrap_or_else(|| "not recorded".to_owned()),
            strata: strata(draw),
            of_sealed: held.is_some_and(|frame| frame.event == draw.frame),
        });
        let people = self.workspace.team().people.values();
        let readers = people.filter(|one| one.role == PersonRole::Reviewer);
        Ok(Standing {
            round: row.name.clone(),
            case_types: edition
                .case_types()
                .iter()
                .map(|one| (one.code.clone(), one.title.clone()))
                .collect(),
            under_review: state.under_review.map(|days| days.to_string()).unwrap_or_default(),
            sealed: held.map(|frame| Counted {
                file_hash: frame.data.file_hash.clone(),
                canonical_hash: frame.data.canonical_hash.clone(),
                cases: frame.data.rows,
                strata: frame.data.strata.iter().map(stratum).collect(),
                ..Counted::default()
            }),
            drawn: drawn.collect(),
            open: self.open_cases(&row)?.len(),
            reviewers: readers.map(|one| one.code.to_string()).collect(),
        })
    }

    fn open_cases(&self, row: &RoundRow) -> Result<Vec<crate::review::Case>, Problems> {
        let round = Some(row.name.clone());
        let filter = QueueFilter { round, unassigned: true, ..QueueFilter::default() };
        let mut cases = Vec::new();
        for line in self.workspace.queue(&filter).map_err(of_store)? {
            if line.reading.is_none() {
                cases.extend(self.workspace.case(line.number).map_err(of_store)?);
            }
        }
        Ok(cases)
    }

    fn seal(&mut self) -> Result<Standing, Problems> {
        let row = self.open_round()?;
        let Some(ready) = self.ready.take() else {
            return Err(vec!["the list is to be read once more".to_owned()]);
        };
        let command = Command::ImportFrame(ImportFrame {
            round: row.id,
            file_hash: ready.file_hash.clone(),
            canonical_hash: ready.canonical_hash.clone(),
            rows: ready.rows,
            strata: ready.strata.clone(),
            sampling: ready.plan.sampling().map(of_period),
            under_review: ready.plan.under_review().map(of_period),
            plan: ready.plan.text().to_owned(),
            frame: ready.text.clone(),
        });
        if let Err(error) = self.workspace.act(&command) {
            self.ready = Some(ready);
            return Err(vec![refused(&error)]);
        }
        self.sealed = Some(ready.file);
        self.standing()
    }

    fn draw(
        &mut self,
        seed: String,
        given_by: String,
        watched: Vec<String>,
        reason: String,
    ) -> Result<(Standing, Receipts), Problems> {
        let row = self.open_round()?;
        let state = self.workspace.round(row.id).map_err(of_store)?;
        let Some(held) = state.frame() else {
            return Err(vec!["no frame is sealed".to_owned()]);
        };
        let Some(text) = held.data.frame.text() else {
            return Err(vec!["the frame's text was removed from the workspace".to_owned()]);
        };
        let plan = plan(&held.data.plan)?;
        let frame = read_frame(text.as_bytes(), plan.mapping()).map_err(|e| problems(&e))?;
        if frame.canonical_hash().to_string() != held.data.canonical_hash {
            return Err(vec![
                "the list in the log is not the one that was sealed: `log verify` looks why"
                    .to_owned(),
            ]);
        }
        let draw = sampling::draw(&frame, &plan, &seed)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let mut commands = vec![Command::DrawSample(DrawSample {
            round: row.id,
            seed,
            seed_source: Some(given_by),
            strata: sizes(&draw),
            cases: sample::cases(&draw, &frame),
            reason: Some(reason).filter(|reason| !reason.is_empty()),
        })];
        if !watched.is_empty() {
            let witnesses = watched;
            commands.push(Command::WitnessSeed { round: row.id, draw: None, witnesses });
        }
        self.workspace.act_all(&commands).map_err(|error| vec![refused(&error)])?;
        let file_hash = held.data.file_hash.clone();
        let mut receipts = self.write_receipts(&row, Again::made(frame, plan, draw, &file_hash));
        receipts.said.extend(self.changed_since(&file_hash));
        Ok((self.standing()?, receipts))
    }

    fn assign(&mut self, rules: Rules) -> Result<Given, Problems> {
        let row = self.open_round()?;
        let among: Result<Vec<PersonCode>, _> =
            rules.people.iter().map(|code| code.parse::<PersonCode>()).collect();
        let mut among = among.map_err(|error| vec![error.to_string()])?;
        among.sort();
        among.dedup();
        let load = self.load(&row)?;
        let rules = AllotRules {
            among,
            other_region: rules.other_region,
            other_county: rules.other_county,
            at_most: rules.at_most,
            ..AllotRules::default()
        };
        let cases = self.open_cases(&row)?;
        if cases.is_empty() {
            return Err(vec!["no case is open: every case is with someone".to_owned()]);
        }
        let allotment = rules.allot(self.workspace.team(), &cases, &load);
        let give = allotment.given.iter().map(|(to, cases)| {
            let (cases, to) = (cases.clone(), to.clone());
            Command::Assign(AssignCases { cases, to, which: Which::First })
        });
        let mut commands: Vec<Command> = give.collect();
        if !commands.is_empty() {
            let allotment = allotment.clone();
            commands.push(Command::Allot(AllotCases { round: row.id, rules, allotment }));
            // The rules stand before what came of them.
            commands.rotate_right(1);
        }
        let done = self.workspace.act_all(&commands).map_err(|error| vec![refused(&error)])?;
        let new = done.iter().flat_map(|one| &one.notes);
        let joined = new.filter(|note| matches!(note, Note::PersonAdded(_))).count();
        debug_assert!(joined <= allotment.given.len());
        let line = |(code, cases): (&PersonCode, &Vec<_>)| {
            let had = load.get(code).copied().unwrap_or(0) as usize;
            (code.to_string(), cases.len(), had + cases.len())
        };
        let left = allotment.left.iter().map(|one| {
            let why: Vec<String> =
                one.why.iter().map(|(code, bar)| format!("{code}: {bar}")).collect();
            format!("{} can't be given to anyone: {}", one.case, why.join("; "))
        });
        Ok(Given { people: allotment.given.iter().map(line).collect(), left: left.collect() })
    }

    fn load(
        &self,
        row: &RoundRow,
    ) -> Result<std::collections::BTreeMap<PersonCode, u32>, Problems> {
        let filter = QueueFilter { round: Some(row.name.clone()), ..QueueFilter::default() };
        let mut load = std::collections::BTreeMap::new();
        for line in self.workspace.queue(&filter).map_err(of_store)? {
            if let Ok(code) = line.reviewer.parse() {
                *load.entry(code).or_default() += 1;
            }
        }
        Ok(load)
    }
}

fn preview(file: &str, plan_file: &str) -> Result<Preview, Problems> {
    let unread =
        |name: &str, error: &dyn std::fmt::Display| vec![format!("{name} can't be read: {error}")];
    let plan = match plan_file {
        "" => None,
        name => {
            let text = std::fs::read_to_string(name).map_err(|error| unread(name, &error))?;
            plan(&text)?;
            Some(text)
        }
    };
    let seen = File::open(file).map_err(FrameError::Read).and_then(preview_frame);
    let seen = seen.map_err(|error| match error {
        FrameError::Read(error) => unread(file, &error),
        error => problems(&error),
    })?;
    Ok(Preview { columns: seen.columns, examples: seen.examples, sheet: seen.sheet, plan })
}
