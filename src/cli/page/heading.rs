//! What stands above a page of results: of which rounds the reviews and the samples are.

use crate::report::{Column, Query, Sources};
use crate::store::{StoreError, Workspace};
use crate::text::{clean, count, list_and};

/// The one round the reviews are of, or how many there are and from when.
pub fn rounds_of(rounds: &[&str], periods: &[&str]) -> String {
    let when = match periods {
        [] => String::new(),
        [period] => (*period).to_owned(),
        [first, .., last] => format!("{first} to {last}"),
    };
    match rounds {
        // Imported reviews may be of no round.
        [""] => when,
        [round] => (*round).to_owned(),
        several => format!("{} rounds, {when}", several.len()),
    }
}

/// A title that names it.
pub fn titled(rounds: &[&str], periods: &[&str]) -> String {
    let of = rounds_of(rounds, periods);
    clean(&format!("Results of case reviews: {of}")).into_owned()
}

/// How many reviews are counted, with what and of which rounds, not how many of each.
pub fn counted(readings: u64, instruments: &[String], sources: &Sources) -> String {
    let reviews = count(usize::try_from(readings).unwrap_or(0), "final review", "final reviews");
    let with = (!instruments.is_empty()).then(|| list_and(instruments));
    let of = sources.of_rounds();
    let parts: Vec<String> = [Some(reviews), with, of].into_iter().flatten().collect();
    clean(&format!("{}.", parts.join(", "))).into_owned()
}

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
