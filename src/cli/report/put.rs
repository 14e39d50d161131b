//! How a report leaves: its text, page or file, and what stands beside it.

use super::asked::Asked;
use super::counting::Beside;
use super::origin::Whence;
use super::public;
use crate::cli::output::note;
use crate::cli::{Failure, Global, workspace};
use crate::report::Sheet;
use crate::report::page::{Audience, Page, Section};
use crate::text::wrap;

/// What stands under every report that may show small counts.
pub const INTERNAL: &str = "\n  Internal: not for release\n";

/// Said below a table that filters leave only a part of.
const FOR_REFERENCE: &str = "The bar is the whole state's: against a part of it, such as a region, it stands for reference.";

/// A report's text, marked as internal, and where drafts are counted as holding these. In a file
/// all that is told on stderr stands under it: that is gone when the file is read.
pub fn marked(text: String, beside: &Beside, kept: Option<&str>, is_file: bool) -> String {
    if text.is_empty() {
        // An empty file would not say why it is empty.
        let said = if is_file { beside.lines() } else { Vec::new() };
        return said.into_iter().map(|line| line + "\n").collect();
    }
    let text = narrowed(text, kept);
    let drafts = beside.marks.noted().drafts_line();
    let under = beside.lines().into_iter().chain(beside.mixed.clone());
    let under = under.filter(|line| is_file && drafts.as_ref() != Some(line));
    let under: String =
        under.flat_map(|line| wrap(&line, 76)).map(|line| format!("  {line}\n")).collect();
    let drafts = drafts.map(|line| format!("\n  {line}")).unwrap_or_default();
    text + &drafts + INTERNAL + &under
}

/// The text with what the filters keep under its title.
pub fn narrowed(text: String, kept: Option<&str>) -> String {
    match (kept, text.split_once('\n')) {
        (Some(kept), Some((title, rest))) => {
            format!("{title}\n  {}\n{rest}", wrap(kept, 78).join("\n  "))
        }
        _ => text,
    }
}

/// Prints a report, or writes it to the file asked for.
///
/// # Errors
/// When it can't be written.
pub fn put(
    global: &Global,
    asked: &Asked,
    title: &str,
    text: impl FnOnce() -> String,
    sheet: &Sheet,
    beside: &Beside,
) -> Result<(), Failure> {
    if asked.public {
        return public::put(global, asked, title, sheet, beside).map(drop);
    }
    // In groups as small as a public report hides, marks would tell of single cases.
    let sheet = &beside.marks.on(sheet);
    if global.is_page() {
        let workspace = workspace::open(global)?;
        let whence = Whence::of(&workspace, sheet, beside, asked.rounds())
            .map_err(|error| workspace::failure(workspace.path(), &error))?;
        asked.way.put_page(&page_of(title, sheet, beside, asked.kept(), whence))?;
    } else {
        // Files for programs have the mark in their absence of a column `suppressed`: a line or
        // a field more would break who reads them.
        let kept = asked.kept();
        let text = || marked(text(), beside, kept.as_deref(), asked.way.is_file());
        asked.way.put(global, text, &[(title, sheet)])?;
    }
    beside.lines().iter().chain(&beside.mixed).for_each(|line| note(line));
    asked.nothing_fits(sheet, beside).iter().for_each(|line| note(line));
    Ok(())
}

/// The page of one report; `kept` is what its filters keep.
pub fn page_of(
    title: &str,
    sheet: &Sheet,
    beside: &Beside,
    kept: Option<String>,
    whence: Whence,
) -> Page {
    let mut said = beside.lines();
    said.extend(beside.mixed.clone());
    let mut says: Vec<String> = beside.marks.noted().drafts_line().into_iter().collect();
    says.extend(beside.sources.says());
    if kept.is_some() && sheet.columns.iter().any(|(name, _)| *name == "bar") {
        said.push(FOR_REFERENCE.to_owned());
    }
    says.extend(kept.map(|kept| counted_only(&kept)));
    Page {
        title: title.to_owned(),
        audience: Audience::Internal,
        says,
        sections: vec![Section::with_goals(title, sheet, &said, &whence.goals)],
        foot: whence.foot,
    }
}

/// What a page says of its filters.
pub fn counted_only(kept: &str) -> String {
    format!("Counted is {kept}.")
}

/// Whether the way out asked for can be gone at all, before anything is counted.
///
/// # Errors
/// Exit 2 where it can't.
pub fn can_leave(global: &Global, asked: &Asked) -> Result<(), Failure> {
    asked.way.check(global)
}
