//! `sample draw` from the frame that a round's log holds.

use super::files;
use super::receipt::Files;
use super::told::{drawn_text, tell_short};
use crate::cli::frame::sizes;
use crate::cli::output::print;
use crate::cli::{Failure, Format, Global, round, workspace};
use crate::exchange::read_frame;
use crate::review::{Command, DrawCase, DrawSample, FrameFacts, Place};
use crate::sampling::{self, Field, Frame, Origin, Receipt, Role};
use crate::text::clean;

/// A draw from the round's frame into the workspace.
pub(super) struct InWorkspace {
    pub(super) seed: String,
    pub(super) seed_source: Option<String>,
    pub(super) round: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) witnesses: Vec<String>,
    pub(super) files: Files,
}

impl InWorkspace {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let (mut workspace, row, state) = round::open(global, self.round.as_deref())?;
        let path = workspace.path().to_owned();
        let fail = |error| workspace::failure(&path, &error);
        let edition = workspace.instrument(&row.instrument).map_err(fail)?;
        let Some(held) = state.frame() else {
            let name = clean(&row.name).into_owned();
            return Err(Failure::BadInput(format!(
                "error: round {name} has no frame to draw from\n  help: bring one in with `frame import FILE --plan PLAN`"
            )));
        };
        let Some(text) = held.data.frame.text() else {
            return Err(files::bad(&"the frame's text was removed from the workspace"));
        };
        let plan = files::plan("plan", &held.data.plan)?;
        let frame = read_frame(text.as_bytes(), plan.mapping())
            .map_err(|error| files::bad(&format!("the frame of round {}: {error}", row.name)))?;
        let draw = sampling::draw(&frame, &plan, &self.seed)
            .map_err(|problems| files::draw_problems("plan", &problems))?;
        let origin = Origin {
            seed_source: self.seed_source.clone(),
            round: Some(row.name.clone()),
            instrument: Some(format!("{} {}", edition.id(), edition.edition())),
            witnesses: self.witnesses.clone(),
            draw: Some(state.draws.len() as u32 + 1),
            reason: self.reason.clone(),
        };
        let mut receipt = Receipt::new(&draw, &frame, &plan, origin);
        // The file as it came, which may have been a workbook.
        receipt.frame.file_sha256.clone_from(&held.data.file_hash);
        let mut commands = vec![Command::DrawSample(DrawSample {
            round: row.id,
            seed: self.seed.clone(),
            seed_source: self.seed_source.clone(),
            strata: sizes(&draw),
            cases: cases(&draw, &frame),
            reason: self.reason.clone(),
        })];
        if !self.witnesses.is_empty() {
            let (round, witnesses) = (row.id, self.witnesses.clone());
            commands.push(Command::WitnessSeed { round, draw: None, witnesses });
        }
        workspace.act_all(&commands).map_err(|error| workspace::refusal(&path, &error))?;
        // The log holds the draw now; a receipt that can't be written can be had again.
        self.files.write(&receipt, "the sample is drawn, but ")?;
        tell_short(&draw);
        print(&match global.format {
            Some(Format::Json) => receipt.public().to_json(),
            _ => drawn_text(&draw, &receipt),
        })
    }
}

/// The drawn cases, the sample before the spares, so that numbers of the sample run on.
pub fn cases(draw: &sampling::Draw, frame: &Frame) -> Vec<DrawCase> {
    let of_role = |role: Role| {
        draw.strata.iter().flat_map(move |stratum| {
            let drawn = stratum.cases.iter().filter(move |case| case.role == role);
            drawn.map(move |case| (stratum, case))
        })
    };
    let case = |(stratum, drawn): (&sampling::DrawnStratum, &sampling::Drawn)| {
        drawn_case(&stratum.name, drawn, frame)
    };
    of_role(Role::Sample).chain(of_role(Role::Spare)).map(case).collect()
}

/// A drawn case as the log takes it.
pub(super) fn drawn_case(stratum: &str, drawn: &sampling::Drawn, frame: &Frame) -> DrawCase {
    let case = frame.case(drawn.position);
    DrawCase {
        case_type: case.fact(Field::CaseType).to_owned(),
        region: case.fact(Field::Region).to_owned(),
        county: case.fact(Field::County).to_owned(),
        place: Place {
            order: drawn.order as u32,
            spare: drawn.role == Role::Spare,
            stratum: stratum.to_owned(),
        },
        ticket: drawn.ticket.to_string(),
        frame: facts(case),
    }
}

fn facts(case: sampling::Case<'_>) -> FrameFacts {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        ("case", case.id().to_owned()),
        ("worker", case.fact(Field::Worker).to_owned()),
        ("family", case.fact(Field::Family).to_owned()),
        ("opened", day(case.opened())),
        ("closed", day(case.closed())),
        ("unit", case.fact(Field::Unit).to_owned()),
        ("supervisor", case.fact(Field::Supervisor).to_owned()),
        ("agency", case.fact(Field::Agency).to_owned()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}
