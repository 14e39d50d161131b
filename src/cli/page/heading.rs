//! What stands above a page of results: of which rounds the reviews and the samples are.

use crate::report::{Column, Query};
use crate::store::{StoreError, Workspace};
use crate::text::{clean, list_and};

/// Whose draws a sample is of.
pub fn of_draws(drawn: &[&str]) -> String {
    match drawn {
        [] => "of the sample".to_owned(),
        [one] => clean(&format!("of the sample of round {one}")).into_owned(),
        all => clean(&format!("of the samples of rounds {}", list_and(all))).into_owned(),
    }
}

/// Rounds whose reviews are counted though no draw of theirs is here.
pub fn undrawn(counted: &[&str], drawn: &[&str]) -> Option<String> {
    let others: Vec<&str> =
        counted.iter().copied().filter(|round| !drawn.contains(round)).collect();
    let rounds = if others.len() == 1 { "round" } else { "rounds" };
    let line = format!(
        "What is said of the sample, of eliminations and receipts is {}; no draw of {rounds} {} \
         is in this workspace.",
        of_draws(drawn),
        list_and(&others)
    );
    // A workspace without any draw has nothing to tell apart.
    let wanted = !drawn.is_empty() && !others.is_empty() && !others.contains(&"");
    wanted.then(|| clean(&line).into_owned())
}

/// The title of a page without a review: the rounds asked for, or the one at work.
///
/// # Errors
/// When the file can't be read.
pub fn title(workspace: &Workspace, query: &Query) -> Result<String, StoreError> {
    let rounds = query.only(Column::Round);
    let names = if rounds.is_empty() {
        workspace.current_round()?.map(|round| round.name).unwrap_or_default()
    } else {
        rounds.join(", ")
    };
    Ok(clean(&format!("Results of case reviews: {names}")).into_owned())
}
