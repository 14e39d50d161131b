//! The practice workspace: two rounds of invented reviews on an invented frame.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::cli::frame::sizes;
use crate::cli::round::of_period;
use crate::cli::workspace::{failure, refusal};
use crate::cli::{Failure, sample};
use crate::exchange::read_frame;
use crate::instrument::{DEFAULT, Instrument, load_shipped};
use crate::review::{
    AssignCases, CaseNumber, Command, DrawSample, ImportFrame, ImportedCase, ImportedReading,
    OpenRound, PersonCode, PersonRole, ReviewKind, RoundId, Which,
};
use crate::sampling::{self, Draw, Field, Frame, Plan};
use crate::store::{NewWorkspace, Workspace};

use super::chance::Chance;
use super::fill::Dates;
use super::invent::{Reader, Subject, begun, review};

/// The invented statewide frame, compiled in.
pub(super) const FRAME: &str = include_str!("../../../samples/tennessee-frame.csv");
/// Its plan.
pub(super) const PLAN: &str = include_str!("../../../samples/plan.toml");
/// The made-up improvement plan.
pub(super) const PIP_PLAN: &str = include_str!("../../../samples/pip-plan.toml");

/// Name of the workspace and its round; how a practice workspace is known again.
pub(super) const NAME: &str = "Practice 2026-H2 (all invented)";
const PERIOD: &str = "2026-H2";
const BASELINE: &str = "Practice baseline 2025-H2 (all invented)";
const BASELINE_PERIOD: &str = "2025-H2";
/// Cases of the baseline by type, as far as the frame has them.
const BASELINE_CASES: [(&str, usize); 2] = [("foster-care", 50), ("in-home", 30)];
/// Reviews an earlier half-year has at least.
const HALF_YEAR: usize = 80;

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
    let drawn = builder.sample(round, &plan, &draw)?;
    builder.baseline()?;
    builder.reviews(&drawn)?;
    builder.act(&Command::SetPipPlan { plan: PIP_PLAN.to_owned() })?;
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
        let cases = BASELINE_CASES.into_iter().flat_map(|(case_type, wanted)| {
            let earlier = self.earlier(case_type);
            let step = (earlier.len() / wanted).max(1);
            earlier.into_iter().step_by(step).take(wanted)
        });
        let subjects = cases.map(|position| {
            self.subject(position, BASELINE, BASELINE_PERIOD, ReviewKind::Baseline, "baseline")
        });
        let subjects: Vec<Subject> = subjects.collect();
        self.import(&subjects)?;
        self.act(&Command::CloseRound { round: opened })
    }

    /// Cases of a type that were open before the baseline ended.
    fn earlier(&self, case_type: &str) -> Vec<usize> {
        let day = NaiveDate::from_ymd_opt(2025, 11, 1);
        let fits = |at: &usize| {
            let case = self.frame.case(*at);
            case.fact(Field::CaseType) == case_type && case.opened() < day
        };
        (0..self.frame.len()).filter(fits).collect()
    }

    /// Takes in the frame and draws; gives the sample's review numbers, which start at 1 in a
    /// new workspace, and places in the frame.
    fn sample(
        &mut self,
        round: RoundId,
        plan: &Plan,
        draw: &Draw,
    ) -> Result<Vec<(CaseNumber, usize)>, Failure> {
        let strata = sizes(draw);
        self.act(&Command::ImportFrame(ImportFrame {
            round,
            file_hash: self.frame.file_hash().to_string(),
            canonical_hash: self.frame.canonical_hash().to_string(),
            rows: self.frame.len() as u64,
            strata: strata.clone(),
            sampling: plan.sampling().map(of_period),
            under_review: plan.under_review().map(of_period),
            plan: PLAN.to_owned(),
            frame: FRAME.to_owned(),
        }))?;
        let cases = sample::cases(draw, &self.frame);
        let positions = cases.iter().filter(|case| !case.place.spare).map(|case| {
            let id = case.frame.get("case").expect("every case of a frame has an id");
            self.frame.find(id).expect("drawn cases come from the frame").position()
        });
        let drawn = (1..).map(CaseNumber).zip(positions).collect();
        self.act(&Command::DrawSample(DrawSample {
            round,
            seed: draw.seed.clone(),
            seed_source: None,
            strata,
            cases,
            reason: None,
        }))?;
        Ok(drawn)
    }

    /// Reads the sample: most cases are final, every seventh is read twice and waits to be
    /// settled, some are with the user, begun or untouched.
    fn reviews(&mut self, drawn: &[(CaseNumber, usize)]) -> Result<(), Failure> {
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

    /// Reviews past the sample lie in earlier half-years, back from the baseline, at most
    /// twenty years.
    fn history(&mut self, reviews: usize) -> Result<(), Failure> {
        let periods = reviews.div_ceil(HALF_YEAR).clamp(1, 40);
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
