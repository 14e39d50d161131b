//! `report ... --public`: reports with what could give a person away taken out.

use super::asked::Asked;
use super::counting::Beside;
use super::tally;
use crate::cli::output::note;
use crate::cli::{Failure, Global};
use crate::report::page::{Audience, Page, Section};
use crate::report::suppress::{Layout, Public, THRESHOLD, public, public_text};
use crate::report::{Column, Query, Sheet};
use crate::store::{StoreError, Workspace};
use crate::text::clean;

/// The layout of a report, by its title; none of one whose sums are not known, which is never
/// published.
fn layout(title: &str) -> Option<Layout> {
    Some(match title {
        "Items" => Layout::items(),
        "Outcomes" => Layout::outcomes(),
        "Trend" => Layout::trend(),
        "Questions" => Layout::questions(),
        "Participants" => Layout::participants(),
        "Progress" => Layout::progress(),
        _ => return None,
    })
}

/// The table as it may be published.
///
/// # Errors
/// Exit 2 for a report whose numbers are not known to hang together in ways that can be
/// guarded.
fn masked(title: &str, sheet: &Sheet, threshold: u64) -> Result<Public, Failure> {
    let Some(layout) = layout(title) else {
        return Err(Failure::BadInput(format!(
            "error: --public: {} can't be published: how its numbers follow from each other is \
             not guarded\n  help: items, outcomes, trend, questions, participants and progress can",
            title.to_lowercase()
        )));
    };
    let made = public(&[(sheet, &layout)], threshold)
        .map_err(|error| Failure::BadInput(format!("error: --public: {error}")))?;
    made.into_iter().next().ok_or_else(|| Failure::BadInput("error: --public: no table".to_owned()))
}

impl Asked {
    /// The threshold, where the report is for the public.
    pub fn threshold(&self) -> u64 {
        self.threshold.unwrap_or(THRESHOLD)
    }
}

/// Prints a report for the public, or writes it to the file asked for. Gives what was published.
///
/// # Errors
/// Exit 2 for a report that can't be published.
pub fn put(
    global: &Global,
    asked: &Asked,
    title: &str,
    sheet: &Sheet,
    beside: &Beside,
) -> Result<Public, Failure> {
    let threshold = asked.threshold();
    let public = masked(title, sheet, threshold)?;
    if global.is_page() {
        asked.way.put_page(&Page {
            title: title.to_owned(),
            audience: Audience::Public { threshold },
            says: Vec::new(),
            sections: vec![Section::of(title, &public.sheet, &[])],
            foot: Vec::new(),
        })?;
    } else {
        let empty = sheet.rows.is_empty();
        let text = || if empty { String::new() } else { public_text(title, &public, threshold) };
        asked.way.put(global, text, &[(title, &public.sheet)])?;
    }
    if sheet.rows.is_empty() {
        // What is said of the sample behind a report is counts too: only what explains an
        // empty one is said.
        beside.said.iter().take(1).for_each(|line| note(line));
        return Ok(public);
    }
    let Public { hidden, counts, .. } = &public;
    note(&format!(
        "for the public: {hidden} of {counts} counts are hidden, so that none of 1 to {} can be \
         worked out from this report; one that counts the same reviews otherwise may give away \
         what this one hides",
        threshold - 1
    ));
    Ok(public)
}

/// Says which grouping leaves most of a report on ratings whole, where this one does not.
///
/// # Errors
/// When the workspace can't be read.
pub fn advise(
    workspace: &Workspace,
    asked: &Asked,
    query: &Query,
    items: bool,
    public: &Public,
) -> Result<(), StoreError> {
    if public.survives() || public.sheet.rows.is_empty() {
        return Ok(());
    }
    let least = asked.threshold();
    note(&format!(
        "at the size of a case review most groups have fewer than {least} reviews of an item"
    ));
    let mut groupings: Vec<Vec<Column>> = vec![query.by.clone()];
    for most in (1..query.by.len()).rev() {
        groupings.push(query.by[..most].to_vec());
    }
    groupings.extend([vec![Column::CaseType], Vec::new()]);
    for by in groupings {
        let (tally, _) = tally(workspace, Query { by: by.clone(), ..query.clone() })?;
        let item_filter = query.filters.iter().any(|filter| filter.column == Column::Item);
        let tables = [("items", "Items", tally.item_table().sheet())];
        let outcomes = [("outcomes", "Outcomes", tally.outcome_table().sheet())];
        let outcomes = outcomes.into_iter().filter(|_| !item_filter);
        for (name, title, sheet) in tables.into_iter().chain(outcomes) {
            if by == query.by && (name == "items") == items {
                continue;
            }
            if masked(title, &sheet, least).is_ok_and(|public| public.survives()) {
                note(&format!("what stays readable: {}", command(asked, query, name, &by)));
                return Ok(());
            }
        }
    }
    note("no grouping leaves half of its rows whole: wait until more reviews are final");
    Ok(())
}

/// The command for a grouping.
fn command(asked: &Asked, query: &Query, name: &str, by: &[Column]) -> String {
    let mut text = format!("casereview report {name}");
    for column in by {
        text.push_str(&format!(" --by {}", column.name()));
    }
    for filter in &query.filters {
        let value = filter.value.replace('\'', "'\\''");
        text.push_str(&format!(" --where '{}={value}'", filter.column.name()));
    }
    if query.total {
        text.push_str(" --total");
    }
    text.push_str(" --public");
    if let Some(threshold) = asked.threshold {
        text.push_str(&format!(" --threshold {threshold}"));
    }
    clean(&text).into_owned()
}
