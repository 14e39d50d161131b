//! The practice workspace: two rounds of invented reviews on an invented frame.

use std::path::Path;
use std::sync::Arc;

use crate::cli::Failure;
use crate::cli::workspace::{failure, refusal};
use crate::exchange::read_frame;
use crate::instrument::{DEFAULT, Instrument, load_shipped};
use crate::review::{
    AssignCases, CaseNumber, Command, Days, DrawCase, DrawSample, FrameFacts, ImportFrame,
    ImportedCase, ImportedReading, OpenRound, PersonCode, PersonRole, Place, ReviewKind, RoundId,
    StratumSize, Which,
};
use crate::sampling::{self, Draw, Field, Frame, Period, Plan, Role};
use crate::store::{NewWorkspace, Workspace};

use super::chance::Chance;
use super::fill::Dates;
use super::invent::{Reader, Subject, begun, review};

/// The invented statewide frame, compiled in.
pub(super) const FRAME: &str = include_str!("../../../samples/tennessee-frame.csv");
/// Its plan.
pub(super) const PLAN: &str = include_str!("../../../samples/plan.toml");

/// Name of the workspace and its round; how a practice workspace is known again.
pub(super) const NAME: &str = "Practice 2026-H2 (all invented)";
const PERIOD: &str = "2026-H2";
const BASELINE: &str = "Practice baseline 2025-H2 (all invented)";
const BASELINE_PERIOD: &str = "2025-H2";
const BASELINE_CASES: usize = 80;

/// Codes of the invented reviewers.
const REVIEWERS: [&str; 5] = ["R1", "R2", "R3", "R4", "R5"];
/// Reviews in one transaction.
const BATCH: usize = 1_000;
/// Every so many a case of the sample is read twice.
const TWICE: usize = 7;

/// What is to be built.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    /// Reviews to be finished in this and, past the sample, earlier periods.
    pub(super) read: usize,
    /// What all invention hangs on.
    pub(super) seed: &'a str,
    /// Who opens the workspace.
    pub(super) user: PersonCode,
}

/// Builds the workspace in a new file.
pub(super) fn build(path: &Path, wanted: &Wanted<'_>) -> Result<Workspace, Failure> {
    let instrument = load_shipped(DEFAULT).expect("the default instrument is compiled in");
    let plan = sampling::check(PLAN).plan.expect("the shipped plan is right");
    let frame = read_frame(FRAME.as_bytes(), plan.mapping()).expect("the shipped frame is right");
    let draw = sampling::draw(&frame, &plan, wanted.seed).map_err(|problems| {
        let texts: Vec<String> = problems.iter().map(|p| format!("error: --seed: {p}")).collect();
        Failure::BadInput(texts.join("\n"))
    })?;
    let new = NewWorkspace {
        name: NAME.to_owned(),
        lead: wanted.user.clone(),
        instrument: instrument.clone(),
        review_kind: ReviewKind::Practice,
        period: PERIOD.to_owned(),
        under_review: None,
    };
    let workspace = Workspace::create(path, &new).map_err(|error| refusal(path, &error))?;
    let mut builder = Builder { workspace, instrument, frame, wanted };
    builder.people()?;
    let round = builder.round()?;
    builder.baseline()?;
    builder.sample(round, &plan, &draw)?;
    builder.reviews(&draw)?;
    Ok(builder.workspace)
}

struct Builder<'a> {
    workspace: Workspace,
    instrument: Arc<Instrument>,
    frame: Frame,
    wanted: &'a Wanted<'a>,
}

impl Builder<'_> {
    fn act(&mut self, command: &Command) -> Result<(), Failure> {
        let done = self.workspace.act(command);
        done.map(|_| ()).map_err(|error| refusal(self.workspace.path(), &error))
    }

    fn people(&mut self) -> Result<(), Failure> {
        REVIEWERS.iter().try_for_each(|code| {
            self.act(&Command::AddPerson { code: person(code), role: PersonRole::Reviewer })
        })
    }

    fn round(&self) -> Result<RoundId, Failure> {
        let round = self.workspace.current_round();
        let round = round.map_err(|error| failure(self.workspace.path(), &error))?;
        Ok(round.expect("a new workspace has a round").id)
    }

    /// An earlier, closed round: what a Program Improvement Plan starts from.
    fn baseline(&mut self) -> Result<(), Failure> {
        self.act(&Command::OpenRound(OpenRound {
            name: BASELINE.to_owned(),
            instrument: self.instrument.clone(),
            review_kind: ReviewKind::Baseline,
            period: BASELINE_PERIOD.to_owned(),
            under_review: None,
        }))?;
        let opened = self.round()?;
        let (year, share) = (2025, self.earlier(2025).len());
        let step = (share / BASELINE_CASES).max(1);
        let cases: Vec<usize> =
            self.earlier(year).into_iter().step_by(step).take(BASELINE_CASES).collect();
        let subjects = cases.into_iter().map(|position| {
            self.subject(position, BASELINE, BASELINE_PERIOD, ReviewKind::Baseline, "")
        });
        let subjects: Vec<Subject> = subjects.collect();
        self.import(&subjects)?;
        self.act(&Command::CloseRound { round: opened })
    }

    /// Cases of the frame that were open before a year's second half.
    fn earlier(&self, year: i32) -> Vec<usize> {
        let day = chrono::NaiveDate::from_ymd_opt(year, 7, 1);
        let before = |at: &usize| self.frame.case(*at).opened().is_some_and(|o| Some(o) < day);
        (0..self.frame.len()).filter(before).collect()
    }

    fn sample(&mut self, round: RoundId, plan: &Plan, draw: &Draw) -> Result<(), Failure> {
        let days = |period: Option<Period>| {
            period.map(|period| Days { start: period.first(), end: period.last() })
        };
        let strata: Vec<StratumSize> = draw
            .strata
            .iter()
            .map(|s| StratumSize { stratum: s.name.clone(), size: s.frame, n: s.size })
            .collect();
        self.act(&Command::ImportFrame(ImportFrame {
            round,
            file_hash: self.frame.file_hash().to_string(),
            canonical_hash: self.frame.canonical_hash().to_string(),
            rows: self.frame.len() as u64,
            strata: strata.clone(),
            sampling: days(plan.sampling()),
            under_review: days(plan.under_review()),
            plan: PLAN.to_owned(),
            frame: FRAME.to_owned(),
        }))?;
        let cases = draw.strata.iter().flat_map(|stratum| {
            stratum.cases.iter().map(|drawn| {
                let case = self.frame.case(drawn.position);
                let facts = Field::ALL.into_iter().filter_map(|field| {
                    let text = match field {
                        Field::Case => case.id().to_owned(),
                        Field::Opened => case.opened()?.to_string(),
                        Field::Closed => case.closed()?.to_string(),
                        other => case.fact(other).to_owned(),
                    };
                    Some((field.key().to_owned(), text))
                });
                DrawCase {
                    case_type: case.fact(Field::CaseType).to_owned(),
                    region: case.fact(Field::Region).to_owned(),
                    county: case.fact(Field::County).to_owned(),
                    place: Place {
                        order: drawn.order as u32,
                        spare: drawn.role == Role::Spare,
                        stratum: stratum.name.clone(),
                    },
                    ticket: drawn.ticket.to_string(),
                    frame: facts.collect::<FrameFacts>(),
                }
            })
        });
        let command = Command::DrawSample(DrawSample {
            round,
            seed: draw.seed.clone(),
            seed_source: None,
            strata,
            cases: cases.collect(),
            reason: None,
        });
        self.act(&command)
    }

    /// Reads the sample: most cases are final, every seventh is read twice and waits to be
    /// settled, some are with the user, begun or untouched.
    fn reviews(&mut self, draw: &Draw) -> Result<(), Failure> {
        let first = self.first_number()?;
        let drawn: Vec<(CaseNumber, usize)> = draw
            .strata
            .iter()
            .flat_map(|stratum| &stratum.cases)
            .zip(first..)
            .filter(|(case, _)| case.role == Role::Sample)
            .map(|(case, number)| (CaseNumber(number), case.position))
            .collect();
        // Shuffled, so that no region is left for last.
        let mut order: Vec<usize> = (0..drawn.len()).collect();
        let mut chance = Chance::new(self.wanted.seed, &["order"]);
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        let kept_open = 20.min(drawn.len() / 3);
        let read = self.wanted.read.min(drawn.len() - kept_open);
        let mut readings = Vec::new();
        for (at, case) in order[..read].iter().enumerate() {
            let subject = self.drawn_subject(drawn[*case].1);
            readings.push(self.read_by(&subject, REVIEWERS[at % 5], Which::First)?);
            if at % TWICE == TWICE - 1 {
                readings.push(self.read_by(&subject, REVIEWERS[(at + 1) % 5], Which::Second)?);
            }
        }
        let mut mine = Vec::new();
        for (at, case) in order[read..].iter().enumerate() {
            let (number, position) = drawn[*case];
            match at {
                0..3 => {
                    let user = self.wanted.user.to_string();
                    let whole = self.read_by(&self.drawn_subject(position), &user, Which::First)?;
                    readings.push(begun(whole, [0.2, 0.5, 0.85][at]));
                }
                3..14 => mine.push(number),
                _ => {}
            }
        }
        let instrument = self.instrument.clone();
        self.act(&Command::ImportReadings { instrument, readings })?;
        let to = self.wanted.user.clone();
        if !mine.is_empty() {
            self.act(&Command::Assign(AssignCases { cases: mine, to, which: Which::First }))?;
        }
        self.history(self.wanted.read - read)
    }

    fn first_number(&self) -> Result<u32, Failure> {
        // The baseline came first and was numbered from 1.
        Ok(self.baseline_size()? + 1)
    }

    fn baseline_size(&self) -> Result<u32, Failure> {
        let readings = self.workspace.readings();
        let readings = readings.map_err(|error| failure(self.workspace.path(), &error))?;
        Ok(readings.iter().map(|reading| reading.number.0).max().unwrap_or(0))
    }

    /// Reviews past the sample lie in earlier half-years, back from the baseline, at most
    /// twenty years.
    fn history(&mut self, reviews: usize) -> Result<(), Failure> {
        let periods = reviews.div_ceil(BASELINE_CASES).clamp(1, 40);
        for from in (0..reviews).step_by(BATCH) {
            let subjects: Vec<Subject> = (from..reviews.min(from + BATCH))
                .map(|at| {
                    let half = 2 * 2025 - (at % periods) as i32;
                    let period = format!("{}-H{}", half.div_euclid(2), half.rem_euclid(2) + 1);
                    let round = format!("Practice {period} (all invented)");
                    let position = (at * 7_919) % self.frame.len();
                    let mut subject =
                        self.subject(position, &round, &period, ReviewKind::Practice, "");
                    subject.case.id = format!("{}-{at}", subject.case.id);
                    subject
                })
                .collect();
            self.import(&subjects)?;
        }
        Ok(())
    }

    fn import(&mut self, subjects: &[Subject]) -> Result<(), Failure> {
        let mut readings = Vec::with_capacity(subjects.len());
        for (at, subject) in subjects.iter().enumerate() {
            readings.push(self.read_by(subject, REVIEWERS[at % 5], Which::First)?);
        }
        let instrument = self.instrument.clone();
        self.act(&Command::ImportReadings { instrument, readings })
    }

    fn read_by(
        &self,
        subject: &Subject,
        code: &str,
        which: Which,
    ) -> Result<ImportedReading, Failure> {
        let reader = Reader { code: person(code), which };
        review(&self.instrument, subject, reader, self.wanted.seed)
            .map_err(|left| Failure::Wrong(format!("error: the practice answers lack: {left}")))
    }

    fn drawn_subject(&self, position: usize) -> Subject {
        self.subject(position, NAME, PERIOD, ReviewKind::Practice, "draw-1")
    }

    fn subject(
        &self,
        position: usize,
        round: &str,
        period: &str,
        review_kind: ReviewKind,
        sample_id: &str,
    ) -> Subject {
        let case = self.frame.case(position);
        Subject {
            case: ImportedCase {
                id: case.id().to_owned(),
                case_type: case.fact(Field::CaseType).to_owned(),
                region: case.fact(Field::Region).to_owned(),
                county: case.fact(Field::County).to_owned(),
                period: period.to_owned(),
                under_review: None,
                round: round.to_owned(),
                sample_id: sample_id.to_owned(),
                review_kind,
            },
            dates: Dates { opened: case.opened().unwrap_or_default(), closed: case.closed() },
        }
    }
}

fn person(code: &str) -> PersonCode {
    code.parse().expect("the invented codes are codes")
}
