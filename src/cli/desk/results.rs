//! The reviews results are counted from, read for the screen; and the improvement plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Desk;
use crate::cli::Failure;
use crate::cli::pip::{measure, plan_of};
use crate::cli::report::Clusters;
use crate::report::Facts;
use crate::report::explore::{Held, HeldReading, Waiting};
use crate::review::{ReadingId, Status, Which};
use crate::store::{PackedReading, ReadingRow, StoreError};
use crate::task::goals::Page;
use crate::task::results::Loaded;

impl Desk {
    /// The final readings, and for a lead who asks the drafts of cases read once.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn results(&self, drafts: bool) -> Result<Loaded, StoreError> {
        let (workspace, lead) = (&self.workspace, self.is_lead());
        let clusters = Clusters::of(workspace)?;
        // Who is no lead isn't told which review counts, which would tell of a second one.
        let which: BTreeMap<ReadingId, Which> = match lead {
            true => workspace.final_readings()?.iter().map(|r| (r.reading, r.which)).collect(),
            false => BTreeMap::new(),
        };
        let late: BTreeSet<ReadingId> =
            workspace.changed_late()?.iter().map(|row| row.reading).collect();
        let mut overridden: BTreeMap<ReadingId, Vec<String>> = BTreeMap::new();
        for row in workspace.overrides()? {
            overridden.entry(row.reading).or_default().push(row.item);
        }
        let mut held = Held::default();
        workspace.each_final(true, |row| {
            let edition = held.edition(&workspace.edition_beginning(row.facts.edition)?);
            let role = match (which.get(&row.reading), row.facts.reviewer) {
                (Some(_), "") => "imported",
                (Some(which), _) => role(*which),
                (None, _) => "",
            };
            let late = late.contains(&row.reading);
            let overridden = overridden.remove(&row.reading).unwrap_or_default();
            let read = packed(&row, edition, &clusters, role, "final");
            held.add(HeldReading { late, overridden, ..read });
            Ok(())
        })?;
        if drafts && lead {
            workspace.each_draft(|status, row| {
                let edition = held.edition(&workspace.edition_beginning(row.facts.edition)?);
                let state = match status {
                    Status::Submitted => "handed in",
                    Status::InQa => "with QA",
                    _ => "being read",
                };
                let role = role(Which::First);
                let draft = packed(&row, edition, &clusters, role, state);
                held.add(HeldReading { draft: true, ..draft });
                Ok(())
            })?;
        }
        for row in workspace.waiting()? {
            let edition = held.edition(&workspace.instrument(&row.instrument)?);
            let waiting = match row.status {
                Status::InQa => Waiting::Qa,
                _ => Waiting::Settling,
            };
            held.wait_for(waiting, waited_for(&row, edition, &clusters));
        }
        let mut case_types: Vec<(String, String)> = Vec::new();
        for edition in held.instruments() {
            let types = edition.case_types().iter();
            case_types.extend(types.map(|one| (one.code.clone(), one.title.clone())));
        }
        Ok(Loaded { held: Arc::new(held), drafts, lead, case_types, folder: folder() })
    }

    /// The improvement plan in force, with its measures counted.
    ///
    /// # Errors
    /// Why it can't be shown, in words for a person.
    pub fn goals(&self) -> Result<Page, String> {
        let plan = plan_of(&self.workspace).map_err(first_line)?;
        let standing = measure(&self.workspace, &plan, &[])
            .map_err(|error| format!("the workspace {error}"))?;
        Ok(Page { plan, standing, folder: folder() })
    }
}

/// Where files are written to whose name has no folder.
fn folder() -> String {
    std::env::current_dir().unwrap_or_default().display().to_string()
}

/// What went wrong, in one line without the mark of an error.
pub(super) fn first_line(failure: Failure) -> String {
    match failure {
        Failure::BadInput(text) | Failure::Workspace(text) | Failure::Wrong(text) => {
            text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
        Failure::ClosedPipe => String::new(),
    }
}

/// Who made a review that counts.
fn role(which: Which) -> &'static str {
    match which {
        Which::First => "one reader",
        Which::Second => "second reader",
        Which::Third => "third reader",
        Which::Final => "settled of two",
    }
}

fn packed(
    row: &PackedReading<'_>,
    edition: usize,
    clusters: &Clusters,
    role: &'static str,
    state: &'static str,
) -> HeldReading {
    HeldReading {
        case: row.number.to_string(),
        reading: row.reading.to_string(),
        role,
        state,
        draft: false,
        late: false,
        overridden: Vec::new(),
        edition,
        cluster: clusters.name(row.facts.county).to_owned(),
        facts: row.facts.pack().into(),
        ratings: row.ratings.into(),
        answers: row.answers.into(),
    }
}

/// A reading that is only waited for: its facts alone.
fn waited_for(row: &ReadingRow, edition: usize, clusters: &Clusters) -> HeldReading {
    let facts = Facts {
        region: &row.region,
        county: &row.county,
        case_type: &row.case_type,
        period: &row.period,
        reviewer: &row.reviewer,
        round: &row.round,
        review_kind: row.review_kind.code(),
        ..Facts::default()
    };
    HeldReading {
        case: row.number.to_string(),
        reading: row.reading.to_string(),
        role: "",
        state: "",
        draft: true,
        late: false,
        overridden: Vec::new(),
        edition,
        cluster: clusters.name(&row.county).to_owned(),
        facts: facts.pack().into(),
        ratings: Box::default(),
        answers: Box::default(),
    }
}
