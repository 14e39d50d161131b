//! `sample draw` from the frame that a round's log holds.

use std::path::PathBuf;

use super::files;
use super::told::{clean_page, drawn_text, tell_short};
use crate::cli::frame::sizes;
use crate::cli::output::print;
use crate::cli::{Failure, Format, Global, round, workspace};
use crate::exchange::{read_frame, write_private};
use crate::review::{Command, DrawCase, DrawSample, FrameFacts, Place};
use crate::sampling::{self, Field, Frame, Origin, Receipt, Role, page};
use crate::text::clean;

/// A draw from the round's frame into the workspace.
pub(super) struct InWorkspace {
    pub(super) seed: String,
    pub(super) seed_source: Option<String>,
    pub(super) round: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) receipt: Option<PathBuf>,
    pub(super) public_receipt: Option<PathBuf>,
    pub(super) page: Option<PathBuf>,
}

impl InWorkspace {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        let fail = |error| workspace::failure(&path, &error);
        let row = round::find(&workspace, self.round.as_deref())?;
        let state = workspace.round(row.id).map_err(fail)?;
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
        };
        let mut receipt = Receipt::new(&draw, &frame, &plan, origin);
        // The file as it came, which may have been a workbook.
        receipt.frame.file_sha256.clone_from(&held.data.file_hash);
        let command = Command::DrawSample(DrawSample {
            round: row.id,
            seed: self.seed.clone(),
            seed_source: self.seed_source.clone(),
            strata: sizes(&draw),
            cases: cases(&draw, &frame),
            reason: self.reason.clone(),
        });
        workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
        // The log holds the draw now; a receipt that can't be written can be had again.
        self.write(&receipt)?;
        tell_short(&draw);
        print(&match global.format {
            Some(Format::Json) => receipt.public().to_json(),
            _ => drawn_text(&draw, &receipt),
        })
    }

    fn write(&self, receipt: &Receipt) -> Result<(), Failure> {
        let (full, public) = (receipt.to_json(), receipt.public().to_json());
        let one_page = clean_page(&page(receipt));
        let wanted = [
            (&self.receipt, full.as_bytes()),
            (&self.public_receipt, public.as_bytes()),
            (&self.page, one_page.as_bytes()),
        ];
        let files: Vec<_> =
            wanted.iter().filter_map(|(path, bytes)| Some((path.as_deref()?, *bytes))).collect();
        write_private(&files).map_err(|(path, error)| {
            files::bad(&format!(
                "the sample is drawn, but {} can't be written: {error}",
                path.display()
            ))
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
        let case = frame.case(drawn.position);
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
            frame: facts(case),
        }
    };
    of_role(Role::Sample).chain(of_role(Role::Spare)).map(case).collect()
}

fn facts(case: sampling::Case<'_>) -> FrameFacts {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        ("case", case.id().to_owned()),
        ("worker", case.fact(Field::Worker).to_owned()),
        ("family", case.fact(Field::Family).to_owned()),
        ("opened", day(case.opened())),
        ("closed", day(case.closed())),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}
