//! How far a review is, as every screen and list says it.

use std::sync::Arc;

use crate::instrument::Instrument;
use crate::review::{ReadingId, Status};
use crate::store::{CaseRow, StoreError, Workspace};
use crate::task::queue::Status as Standing;

/// Answers that the frame may have filled in at assignment: with so few, a review may not be
/// begun yet.
const FROM_FRAME: u32 = 8;

/// How far a review is. What the frame filled in is no beginning, so a reading with few
/// answers is looked into.
pub fn standing_of(workspace: &Workspace, row: &CaseRow) -> Standing {
    match (row.status, row.reading) {
        (Status::Open, None) => Standing::NotAssigned,
        // All that is known of it: what it was when it was given out says nothing.
        (Status::Open, Some(id)) if workspace.is_sealed_elsewhere(id).unwrap_or(false) => {
            Standing::Sealed
        }
        (Status::Open, Some(id)) if row.answered <= FROM_FRAME => match is_begun(workspace, id) {
            Ok(false) => Standing::NotStarted,
            Ok(true) | Err(_) => Standing::InProgress,
        },
        (Status::Open, Some(_)) => Standing::InProgress,
        (Status::Final, _) => Standing::Final,
        (Status::InQa, _) => Standing::InQa,
        (Status::Submitted | Status::Withdrawn, _) => Standing::Submitted,
    }
}

/// Titles of the case types of a workspace's rounds.
#[derive(Debug)]
pub struct CaseTypes(Vec<(String, Arc<Instrument>)>);

impl CaseTypes {
    /// Read from the workspace.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn of(workspace: &Workspace) -> Result<Self, StoreError> {
        let rounds = workspace.rounds()?.into_iter();
        let edition = |hash: &str| workspace.instrument(hash);
        rounds
            .map(|round| Ok((round.name, edition(&round.instrument)?)))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The title of a case's type in its round, else the code as it is.
    pub fn title(&self, row: &CaseRow) -> String {
        let edition = self.0.iter().find(|(round, _)| *round == row.round);
        let types = edition.map(|(_, edition)| edition.case_types()).unwrap_or_default();
        let found = types.iter().find(|case_type| case_type.code == row.case_type);
        found.map_or_else(|| row.case_type.clone(), |found| found.title.clone())
    }
}

/// Whether anything was answered that the frame does not fill in.
fn is_begun(workspace: &Workspace, id: ReadingId) -> Result<bool, StoreError> {
    let reading = workspace.reading(id)?;
    let edition = workspace.instrument(&reading.instrument)?;
    let given = reading.answers.keys().filter_map(|id| edition.find_question(id));
    Ok(given.into_iter().any(|at| edition.question(at).from_frame().is_none()))
}
