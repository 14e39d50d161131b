//! `report ... --public`: reports with what could give a person away taken out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;

use super::asked::Asked;
use super::counting::Beside;
use super::origin::foot;
use super::put::{counted_only, narrowed};
use super::tally;
use crate::cli::output::note;
use crate::cli::{Failure, Global, workspace};
use crate::report::page::{Audience, Page, Section};
use crate::report::suppress::{
    Follows, Layout, Public, THRESHOLD, Unbalanced, public_text, rules, together,
};
use crate::report::{Column, Query, Sheet};
use crate::store::{StoreError, Workspace};
use crate::text::{clean, list_and, shell_word};

/// The layout of a report, by its title; for one that is never published, why not and what
/// may be published instead.
fn layout(title: &str) -> Result<Layout, (&'static str, &'static str)> {
    let answers = "`report questions --public` counts cases, question by question";
    let items = "`report items --public` counts cases, item by item";
    Err(match title {
        "Items" => return Ok(Layout::items()),
        "Outcomes" => return Ok(Layout::outcomes()),
        "Trend" => return Ok(Layout::trend()),
        "Questions" => return Ok(Layout::questions()),
        "Participants" => return Ok(Layout::participants()),
        "Progress" => return Ok(Layout::progress()),
        "Eliminations" => return Ok(Layout::eliminations()),
        "Reasons for not applicable" => return Ok(Layout::reasons()),
        "Overrides" => return Ok(Layout::overrides()),
        "Sections" => (
            "its counts are of answers, several of one case, so that a large one may be one child",
            answers,
        ),
        "Issues cited" => (
            "a section counts the cases with any of its issues, so that these bound it and it \
             them, and a year to date less the month before it tells each month",
            answers,
        ),
        "Components" => (
            "its counts are of ratings, several of one case, so that a large one may be one child",
            items,
        ),
        "Measures" => {
            ("its sums are of visits and the like, so that a large one may be one child", answers)
        }
        "State" => (
            "a weighted percent is made of the counts of every stratum, which could be worked \
             out from it, since the sizes of the strata are known",
            items,
        ),
        "Alerts" => (
            "every alert is a concern about one case, and several may be about the same",
            "the number of cases under review is in `report progress --public`",
        ),
        _ => ("it tells of the readers' work, not of cases", items),
    })
}

/// What refuses a report that is never published.
fn refused(title: &str, (why, instead): (&str, &str)) -> Failure {
    Failure::BadInput(format!(
        "error: --public: {} can't be published: {why}\n  help: {instead}",
        title.to_lowercase()
    ))
}

/// The table as it may be published.
///
/// # Errors
/// Exit 2 for a report that is never published.
fn masked(
    title: &str,
    sheet: &Sheet,
    rules: &[Follows],
    threshold: u64,
) -> Result<Public, Failure> {
    let layout = layout(title).map_err(|why| refused(title, why))?;
    say_wait(sheet.rows.len());
    let made = together(&[(sheet, &layout)], rules, threshold).map_err(unbalanced)?;
    made.into_iter().next().ok_or_else(|| Failure::BadInput("error: --public: no table".to_owned()))
}

fn unbalanced(error: Unbalanced) -> Failure {
    Failure::BadInput(format!(
        "error: --public: {error}\n  help: take one round or one instrument with --where"
    ))
}

/// Tables of more rows take some seconds.
const MANY_ROWS: usize = 1000;

/// Says to who waits that it takes some seconds.
fn say_wait(rows: usize) {
    if rows > MANY_ROWS && std::io::stderr().is_terminal() {
        note(&format!(
            "what is to be hidden in {rows} rows is looked for: this takes some seconds"
        ));
    }
}

/// What was done to tables that are published together.
pub struct Released {
    /// Counts that were hidden.
    pub hidden: usize,
    /// Counts there are.
    pub counts: usize,
    /// What was left out, in words.
    pub left_out: Vec<String>,
}

/// What is left out of tables, in words: groups so fine that nothing of them could be published,
/// and what follows by rule.
fn left_out<'p>(made: impl IntoIterator<Item = &'p Public>) -> Vec<String> {
    let mut groupings: Vec<&[&str]> = Vec::new();
    let mut lines: BTreeMap<&str, BTreeSet<&[String]>> = BTreeMap::new();
    for public in made {
        for line in &public.lines_left_out {
            lines.entry(line.table).or_default().insert(&line.ids);
        }
        for names in &public.left_out {
            if !groupings.contains(&names.as_slice()) {
                groupings.push(names);
            }
        }
    }
    let words = |names: &&[&str]| {
        let names: Vec<String> = names.iter().map(|name| name.replace('_', " ")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        format!(
            "left out: the rows by {}, in which too few reviews are counted for anything to be \
             published",
            list_and(&names)
        )
    };
    let mut said: Vec<String> = groupings.iter().map(words).collect();
    if !lines.is_empty() {
        let lines: Vec<String> = lines.iter().map(|(table, ids)| in_words(table, ids)).collect();
        said.push(format!(
            "left out, since by rule they follow from what is partly hidden here, or it from \
             them: {}",
            lines.join("; ")
        ));
    }
    said
}

/// Lines of a table in words.
fn in_words(table: &str, ids: &BTreeSet<&[String]>) -> String {
    let ids: Vec<String> = ids.iter().map(|ids| ids.join(" in item ")).collect();
    let one = ids.len() == 1;
    let name = match table {
        "outcomes" if one => "the outcome ",
        "outcomes" => "the outcomes ",
        "items" if one => "the item ",
        "items" => "the items ",
        "questions" if one => "the question ",
        "questions" => "the questions ",
        _ => "",
    };
    format!("{name}{}", list_and(&ids))
}

/// Tables of these reports as they may be published together: what one shows, no other gives
/// away. An empty table stays as it is.
///
/// # Errors
/// Exit 2 for a report that is never published.
pub fn release(
    tables: &mut [(&str, &mut Sheet)],
    rules: &[Follows],
    threshold: u64,
) -> Result<Released, Failure> {
    let mut layouts = Vec::new();
    for (title, _) in tables.iter() {
        layouts.push(layout(title).map_err(|why| refused(title, why))?);
    }
    let full = |sheet: &Sheet| !sheet.rows.is_empty();
    say_wait(tables.iter().map(|(_, sheet)| sheet.rows.len()).sum());
    let made = {
        let given: Vec<(&Sheet, &Layout)> = tables
            .iter()
            .zip(&layouts)
            .filter(|((_, sheet), _)| full(sheet))
            .map(|((_, sheet), layout)| (&**sheet, layout))
            .collect();
        together(&given, rules, threshold).map_err(unbalanced)?
    };
    let released = Released {
        hidden: made.iter().map(|one| one.hidden).sum(),
        counts: made.iter().map(|one| one.counts).sum(),
        left_out: left_out(&made),
    };
    for ((_, sheet), made) in tables.iter_mut().filter(|(_, sheet)| full(sheet)).zip(made) {
        **sheet = made.sheet;
    }
    Ok(released)
}

/// What a report published by itself is safe against, and what to do about several.
const ONE_RELEASE: &str = "this report is a release by itself: another one of the same reviews, \
                           published too, may give away what this one hides. Reports that shall \
                           go out together are made together: `page results --public`";

/// What follows from what in the instruments of a workspace.
///
/// # Errors
/// When the workspace can't be read.
pub fn all_rules(workspace: &Workspace) -> Result<Vec<Follows>, StoreError> {
    let mut found = Vec::new();
    for round in workspace.rounds()? {
        for rule in rules(&*workspace.instrument(&round.instrument)?) {
            if !found.contains(&rule) {
                found.push(rule);
            }
        }
    }
    Ok(found)
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
    let failed = |error: StoreError| workspace::failure(&global.workspace, &error);
    let workspace = workspace::open(global)?;
    let rules = all_rules(&workspace).map_err(failed)?;
    let public = masked(title, sheet, &rules, threshold)?;
    let kept = asked.kept();
    if global.is_page() {
        let query = Query { filters: asked.rounds(), ..Query::by(&[]) };
        let foot = foot(&workspace, &query).map_err(failed)?;
        let of = beside.sources.of_rounds();
        let mut says: Vec<String> =
            of.iter().map(|of| clean(&format!("Final reviews {of}.")).into_owned()).collect();
        says.extend(beside.sources.practice().map(str::to_owned));
        says.extend(kept.iter().map(|kept| counted_only(kept)));
        says.extend(left_out([&public]));
        asked.way.put_page(&Page {
            title: title.to_owned(),
            audience: Audience::Public { threshold },
            says,
            sections: vec![Section::of(title, &public.sheet, &[])],
            foot,
        })?;
    } else {
        let empty = sheet.rows.is_empty();
        let text = || match empty {
            true if asked.way.is_file() => {
                beside.said.first().map(|line| format!("{line}\n")).unwrap_or_default()
            }
            true => String::new(),
            false => narrowed(public_text(title, &public, threshold), kept.as_deref()),
        };
        asked.way.put(global, text, &[(title, &public.sheet)])?;
    }
    if sheet.rows.is_empty() {
        // What is said of the sample behind a report is counts too: only what explains an
        // empty one is said.
        beside.said.iter().take(1).for_each(|line| note(line));
        return Ok(public);
    }
    let Public { hidden, counts, .. } = &public;
    if *counts > 0 {
        note(&format!(
            "for the public: {hidden} of {counts} counts are hidden, so that none of 1 to {} can \
             be worked out from this report",
            threshold - 1
        ));
    }
    left_out([&public]).iter().for_each(|line| note(line));
    note(ONE_RELEASE);
    Ok(public)
}

/// Says which grouping leaves most of a report on ratings whole, where this one does not.
///
/// # Errors
/// When the workspace can't be read.
pub fn advise(
    global: &Global,
    workspace: &Workspace,
    asked: &Asked,
    query: &Query,
    items: bool,
    public: &Public,
) -> Result<(), StoreError> {
    let is_bare = public.sheet.rows.is_empty() && public.left_out.is_empty();
    if public.survives() || is_bare {
        return Ok(());
    }
    let least = asked.threshold();
    let rules = all_rules(workspace)?;
    match public.rows {
        0 => note("nothing of this grouping can be published"),
        _ => note(&under(query, public, least)),
    }
    let mut groupings: Vec<Vec<Column>> = vec![query.by.clone()];
    groupings.extend(joined(&query.by));
    for most in (1..query.by.len()).rev() {
        groupings.push(query.by[..most].to_vec());
    }
    groupings.extend([vec![Column::CaseType], Vec::new()]);
    for by in groupings {
        let (tally, _) = tally(workspace, Query { by: by.clone(), ..query.clone() })?;
        let item_filter = query.filters.iter().any(|filter| filter.column == Column::Item);
        let mut tables = vec![("items", "Items", tally.item_table().sheet())];
        if !item_filter {
            tables.push(("outcomes", "Outcomes", tally.outcome_table().sheet()));
        }
        // The same report first.
        tables.sort_by_key(|(name, ..)| (*name == "items") != items);
        for (name, title, sheet) in tables {
            if by == query.by && (name == "items") == items {
                continue;
            }
            let made = masked(title, &sheet, &rules, least).ok();
            if let Some(made) = made.filter(Public::survives) {
                let (rows, of) = (made.whole_rows, made.rows);
                let command = command(global, asked, query, name, &by);
                note(&format!("what stays readable, {rows} of {of} rows whole: {command}"));
                return Ok(());
            }
        }
    }
    note("no grouping leaves half of its rows whole: wait until more reviews are final");
    Ok(())
}

/// The grouping with its places joined to larger ones: counties to clusters, either to regions.
fn joined(by: &[Column]) -> Vec<Vec<Column>> {
    let larger = [
        (Column::County, Column::Cluster),
        (Column::County, Column::Region),
        (Column::Cluster, Column::Region),
    ];
    let larger = larger.iter().filter(|(from, to)| by.contains(from) && !by.contains(to));
    let one = |(from, to): &(Column, Column)| {
        by.iter().map(|column| if column == from { *to } else { *column }).collect()
    };
    larger.map(one).collect()
}

/// How many rows are whole and how many count too few reviews, in words.
fn under(query: &Query, public: &Public, least: u64) -> String {
    let rows = public.rows;
    let (few, groups) = (public.few_rows, public.few_groups);
    let mut text = format!("{} of {rows} rows are whole", public.whole_rows);
    text.push_str(&format!(", in {few} fewer than {least} reviews are applicable"));
    if !query.by.is_empty() {
        let names: Vec<&str> = query.by.iter().map(|column| column.title()).collect();
        let of = public.groups;
        text.push_str(&format!(
            "; {groups} of {of} groups by {} are under it in half of their rows",
            names.join(" and ")
        ));
    }
    text
}

/// The command for a grouping.
fn command(global: &Global, asked: &Asked, query: &Query, name: &str, by: &[Column]) -> String {
    let mut text = format!("casereview{} report {name}", global.workspace_option());
    for column in by {
        text.push_str(&format!(" --by {}", column.name()));
    }
    for filter in &query.filters {
        let filter = format!("{}={}", filter.column.name(), filter.value);
        text.push_str(&format!(" --where {}", shell_word(&filter)));
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
