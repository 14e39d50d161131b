//! The workspace reports are made from, and who may be told what of whom.

use crate::cli::output::note;
use crate::cli::{Failure, Global, workspace};
use crate::report::{Column, Filter, Query};
use crate::review::Refusal;
use crate::store::Workspace;
use crate::text::clean;

/// The workspace; where drafts are asked for only for a lead: what is not final is nobody
/// else's yet.
///
/// # Errors
/// As [`own_alone`], and for drafts.
pub fn opened(global: &Global, query: &mut Query) -> Result<Workspace, Failure> {
    let workspace = workspace::open(global)?;
    if query.drafts && !workspace.sees_seconds() {
        let refusal = Refusal::NotLead(workspace.user().clone());
        return Err(workspace::refusal(workspace.path(), &refusal.into()));
    }
    own_alone(&workspace, query)?;
    Ok(workspace)
}

/// Results by reviewer are private to the reviewer and the leads: anyone else has the own ones
/// alone counted, and is told.
///
/// # Errors
/// Exit 2 where another reviewer's are asked for.
pub fn own_alone(workspace: &Workspace, query: &mut Query) -> Result<(), Failure> {
    let wanted = query.only(Column::Reviewer);
    if workspace.sees_seconds() || (wanted.is_empty() && !query.by.contains(&Column::Reviewer)) {
        return Ok(());
    }
    let own = workspace.user().as_str();
    if let Some(other) = wanted.iter().find(|code| **code != own) {
        let text = format!(
            "error: --where reviewer={other}: results by reviewer are private to the reviewer and \
             the leads"
        );
        let help = format!("\n  help: --where reviewer={own} has your own");
        return Err(Failure::BadInput(clean(&text).into_owned() + &help));
    }
    if wanted.is_empty() {
        note("results by reviewer are private to the reviewer and the leads: counted are your own");
        query.filters.push(Filter { column: Column::Reviewer, value: own.to_owned() });
    }
    Ok(())
}
