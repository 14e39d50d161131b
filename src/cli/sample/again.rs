//! A draw of the workspace done again from what its log holds: frame, plan, seed, supplements.

use super::files;
use crate::cli::{Failure, workspace};
use crate::exchange::read_frame;
use crate::review::{Draw, Round};
use crate::sampling::{self, Frame, Origin, Plan, Receipt, ReceiptSupplement, Supplement};
use crate::store::Workspace;

/// A draw done again.
pub struct Again {
    /// Its frame.
    pub frame: Frame,
    /// Its plan.
    pub plan: Plan,
    /// Its supplements, in their order.
    pub supplements: Vec<Supplement>,
    /// What comes out.
    pub draw: sampling::Draw,
    /// The frame's file as it came, which may have been a workbook.
    file_hash: String,
}

impl Again {
    /// Does a draw again and holds it against the log.
    ///
    /// # Errors
    /// Where the frame's text was removed, or this version draws otherwise.
    pub fn of(state: &Round, drawn: &Draw) -> Result<Self, Failure> {
        let held = state.frames.iter().find(|frame| frame.event == drawn.frame);
        let text = held.and_then(|held| held.data.frame.text());
        let (Some(held), Some(text)) = (held, text) else {
            return Err(files::bad(&"the frame's text was removed from the workspace"));
        };
        let plan = files::plan("plan", &held.data.plan)?;
        let frame = read_frame(text.as_bytes(), plan.mapping())
            .map_err(|error| files::bad(&format!("the frame of round {}: {error}", state.name)))?;
        let supplements: Vec<Supplement> = drawn
            .supplements
            .iter()
            .map(|one| Supplement { stratum: one.stratum.clone(), cases: one.cases })
            .collect();
        let draw = sampling::draw_with(&frame, &plan, &drawn.seed, &supplements)
            .map_err(|problems| files::draw_problems("plan", &problems))?;
        let tickets = |place: &crate::review::Place| {
            let stratum = draw.strata.iter().find(|one| one.name == place.stratum)?;
            stratum.cases.get(place.order as usize - 1).map(|case| case.ticket.to_string())
        };
        let known = drawn.cases.iter().filter_map(|case| Some((&case.place, case.ticket.text()?)));
        for (place, ticket) in known {
            if tickets(place).as_deref() != Some(ticket) {
                return Err(files::bad(&format!(
                    "draw {} can't be done again from its frame: case {} of stratum {} differs",
                    drawn.number, place.order, place.stratum
                )));
            }
        }
        Ok(Self { frame, plan, supplements, draw, file_hash: held.data.file_hash.clone() })
    }

    /// A draw that was just made from the frame the log holds.
    pub fn made(frame: Frame, plan: Plan, draw: sampling::Draw, file_hash: &str) -> Self {
        Self { frame, plan, supplements: Vec::new(), draw, file_hash: file_hash.to_owned() }
    }

    /// The full receipt.
    ///
    /// # Errors
    /// When the workspace can't be read.
    pub fn receipt(
        &self,
        workspace: &Workspace,
        state: &Round,
        drawn: &Draw,
    ) -> Result<Receipt, Failure> {
        let edition = workspace
            .instrument(&state.instrument)
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        let origin = Origin {
            seed_source: drawn.seed_source.clone(),
            round: Some(state.name.clone()),
            instrument: Some(format!("{} {}", edition.id(), edition.edition())),
            witnesses: drawn.witnesses.clone(),
            draw: Some(drawn.number),
            reason: drawn.reason.clone(),
        };
        let mut receipt = Receipt::new(&self.draw, &self.frame, &self.plan, origin);
        receipt.frame.file_sha256.clone_from(&self.file_hash);
        let removed = || "(removed)".to_owned();
        receipt.supplements = drawn
            .supplements
            .iter()
            .map(|one| ReceiptSupplement {
                stratum: one.stratum.clone(),
                cases: one.cases,
                approved_by: one.approved_by.clone().unwrap_or_else(removed),
                reason: one.why.clone().unwrap_or_else(removed),
            })
            .collect();
        Ok(receipt)
    }
}

/// The full receipt of a draw, made again.
///
/// # Errors
/// As [`Again::of`].
pub fn receipt_of(workspace: &Workspace, state: &Round, drawn: &Draw) -> Result<Receipt, Failure> {
    Again::of(state, drawn)?.receipt(workspace, state, drawn)
}

/// A draw of a round by its number; without one the last.
///
/// # Errors
/// Exit 2 when there is none.
pub fn find(state: &Round, number: Option<u32>) -> Result<&Draw, Failure> {
    let found = match number {
        Some(number) => state.draws.iter().find(|draw| draw.number == number),
        None => state.draws.last(),
    };
    found.ok_or_else(|| {
        let round = crate::text::clean(&state.name).into_owned();
        match number {
            Some(number) => files::bad(&format!("round {round} has no draw {number}")),
            None => files::bad(&format!("round {round} has no draw yet")),
        }
    })
}
