//! Going through the final readings of a workspace, and what must be said beside the numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::clusters::Clusters;
use super::marks::{Marked, Marks};
use crate::cli::Failure;
use crate::instrument::Instrument;
use crate::report::{
    Column, Counting, EDITION, Filter, FinalReading, Interner, Query, Sources, counted, not_counted,
};
use crate::review::{CaseNumber, ReviewKind, Status};
use crate::store::{PackedReading, ReadingRow, StoreError, Workspace};
use crate::text::{clean, clean_lines, count, did_you_mean, list_or};

/// What must be said beside the numbers.
#[derive(Debug, Default)]
pub struct Beside {
    /// What was not counted, and why.
    pub said: Vec<String>,
    /// Where nothing was counted: filters on names that no final review has.
    pub unheard: Vec<Unheard>,
    /// Several periods, or several rounds, were counted together, and how to keep them apart.
    pub mixed: Option<String>,
    /// Every period that has a final review, in byte order, whatever the filters.
    pub periods: Vec<String>,
    /// Of which rounds and periods the counted reviews are.
    pub sources: Sources,
    /// Counted reviews with overridden ratings, or changed after they were final.
    pub marks: Marks,
}

impl Beside {
    /// What is marked, then what was not counted.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.marks.noted().lines();
        lines.extend(self.said.iter().cloned());
        lines
    }
}

impl Beside {
    /// Refuses names in filters that no final review has: a page that is passed on must not bear
    /// one that is misspelt.
    ///
    /// # Errors
    /// Exit 2 with the names there are.
    pub fn must_be_heard(&self) -> Result<(), Failure> {
        if self.unheard.is_empty() {
            return Ok(());
        }
        let unheard: Vec<String> = self.unheard.iter().map(Unheard::error).collect();
        Err(Failure::BadInput(unheard.join("\n")))
    }
}

/// A filter that no final review meets even alone.
#[derive(Debug)]
pub struct Unheard {
    filter: Filter,
    known: BTreeSet<String>,
}

impl Unheard {
    fn said(&self) -> String {
        let Filter { column, value } = &self.filter;
        let near = did_you_mean(value, self.known.iter().map(String::as_str));
        let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        clean(&format!("no final review has {}={value}{near}", column.name())).into_owned()
    }

    /// As a reason to refuse, with the names there are.
    pub fn error(&self) -> String {
        let Filter { column, value } = &self.filter;
        let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
        let known = list_or(&known);
        let text =
            format!("error: no final review has {}={value}\n  help: it is {known}", column.name());
        clean_lines(&text).into_owned()
    }
}

/// What a report takes in, for the messages.
#[derive(Debug, Clone, Copy)]
pub struct Wants {
    /// It counts answers, so that imported ratings have nothing for it.
    pub answers: bool,
    /// Said of reviews made with an instrument that has nothing to count: "have no sections".
    pub otherwise: &'static str,
}

/// Counts the final readings of a workspace.
///
/// # Errors
/// When the workspace can't be read.
pub fn count_readings(
    workspace: &Workspace,
    counting: &mut dyn Counting,
    query: &Query,
    wants: Wants,
) -> Result<Beside, StoreError> {
    let clusters = Clusters::wanted(workspace, query)?;
    let mut editions = EditionsMet::default();
    let (mut finished, mut bare) = (0, 0);
    let mut others: Vec<(String, usize)> = Vec::new();
    let mut periods = Interner::default();
    let mut sources = Sources::new(query.drafts);
    let marked = Marked::read(workspace)?;
    let mut marks = Marks::new(query, wants.answers);
    let mut drafts = BTreeSet::new();
    let mut take = |row: PackedReading<'_>, is_draft: bool| {
        let (edition, counts) = editions.of(workspace, counting, row.facts.edition)?;
        finished += 1;
        periods.number(row.facts.period);
        if !counts {
            let short = editions.instruments[edition].short();
            match others.iter_mut().find(|(known, _)| known == short) {
                Some((_, reviews)) => *reviews += 1,
                None => others.push((short.to_owned(), 1)),
            }
            return Ok(());
        }
        if wants.answers && row.answers.is_empty() {
            bare += 1;
            return Ok(());
        }
        let reading = clusters.seen(seen(&row, edition));
        if counting.add(&reading) {
            let instrument = &editions.instruments[edition];
            if is_draft {
                marks.add_draft(|column| counting.fact(column, &reading));
                drafts.insert(row.number);
            } else {
                let fact = |column| counting.fact(column, &reading);
                marks.add(&marked, row.number, instrument, fact);
            }
            let practice = row.facts.review_kind == ReviewKind::Practice.code();
            let short = editions.instruments[edition].short();
            sources.add(&row.facts, practice, (edition, short));
        }
        Ok(())
    };
    workspace.each_final(wants.answers, |row| take(row, false))?;
    if query.drafts {
        workspace.each_draft(|_, row| take(row, true))?;
    }
    let mut said = unknown_lines(&editions.instruments, &query.filters);
    let is_counted = said.is_empty();
    let mut unheard = Vec::new();
    if counting.readings() == 0 {
        said.push(match finished {
            0 if query.drafts => {
                "nothing to report: no review is final, and no item of a draft is rated yet"
                    .to_owned()
            }
            0 => "nothing to report: no review is final yet".to_owned(),
            _ if others.iter().map(|(_, n)| n).sum::<usize>() + bare == finished => {
                "nothing to report".to_owned()
            }
            _ => {
                let finished = counted(finished as u64, query.drafts);
                format!("nothing to report: none of {finished} fits the filters")
            }
        });
        unheard = unheard_of(workspace, counting, (&query.filters, &clusters), &mut editions)?;
        said.extend(unheard.iter().map(Unheard::said));
    }
    for (short, reviews) in others {
        let reviews = count(reviews, "review", "reviews");
        said.push(clean(&format!("{reviews} of {short} {}", wants.otherwise)).into_owned());
    }
    if bare > 0 {
        let were = count(bare, "review was", "reviews were");
        said.push(format!("{were} imported as ratings, without answers, and not counted"));
    }
    said.extend(waiting(workspace, counting, (&mut editions, &clusters), &drafts)?);
    let mixed = mixed(query, &sources);
    Ok(Beside {
        said,
        unheard,
        mixed: mixed.filter(|_| is_counted),
        periods: sorted(&periods).into_iter().map(str::to_owned).collect(),
        sources,
        marks,
    })
}

/// Editions in the order they are met, which is that of the report.
#[derive(Default)]
pub struct EditionsMet {
    hashes: Vec<(String, bool)>,
    instruments: Vec<Arc<Instrument>>,
    last: usize,
}

impl EditionsMet {
    /// Position of an edition, and whether the report has anything to count of it.
    fn of(
        &mut self,
        workspace: &Workspace,
        counting: &mut dyn Counting,
        hash: &str,
    ) -> Result<(usize, bool), StoreError> {
        // Packed readings name an edition by the beginning of its hash.
        let hash = hash.get(..EDITION).unwrap_or(hash);
        if self.hashes.get(self.last).is_none_or(|(known, _)| known != hash) {
            let known = self.hashes.iter().position(|(known, _)| known == hash);
            self.last = match known {
                Some(at) => at,
                None => {
                    let instrument = workspace.edition_beginning(hash)?;
                    self.hashes.push((hash.to_owned(), counting.know(&instrument)));
                    self.instruments.push(instrument);
                    self.hashes.len() - 1
                }
            };
        }
        Ok((self.last, self.hashes[self.last].1))
    }
}

/// A packed reading as reports see it.
pub fn seen<'r>(row: &PackedReading<'r>, edition: usize) -> FinalReading<'r> {
    FinalReading::of(edition, row.facts, row.ratings, row.answers)
}

/// How many cases are handed in but not counted yet, also not as drafts, where there are any
/// that fit the filters.
fn waiting(
    workspace: &Workspace,
    counting: &mut dyn Counting,
    (editions, clusters): (&mut EditionsMet, &Clusters),
    drafts: &BTreeSet<CaseNumber>,
) -> Result<Vec<String>, StoreError> {
    let (mut unsettled, mut with_qa) = (BTreeSet::new(), BTreeSet::new());
    for reading in workspace.waiting()? {
        let (edition, _) = editions.of(workspace, counting, &reading.instrument)?;
        let fits = counting.fits(&clusters.seen(as_counted(&reading, edition)));
        if fits && !drafts.contains(&reading.number) {
            let in_qa = reading.status == Status::InQa;
            let among = if in_qa { &mut with_qa } else { &mut unsettled };
            among.insert(reading.number);
        }
    }
    Ok(not_counted(&with_qa, unsettled))
}

fn as_counted(reading: &ReadingRow, edition: usize) -> FinalReading<'_> {
    FinalReading {
        edition,
        region: &reading.region,
        county: &reading.county,
        cluster: &reading.county,
        case_type: &reading.case_type,
        period: &reading.period,
        reviewer: &reading.reviewer,
        round: &reading.round,
        review_kind: reading.review_kind.code(),
        month: "",
        stratum: "",
        ratings: reading.ratings.as_bytes(),
        answers: &[],
    }
}

/// The texts met, in byte order.
fn sorted(met: &Interner) -> BTreeSet<&str> {
    met.texts().collect()
}

/// A report that keeps neither periods nor rounds apart though it counted several of them.
fn mixed(query: &Query, sources: &Sources) -> Option<String> {
    let (periods, rounds) = (sources.periods(), sources.rounds());
    let parts = [(Column::Period, "periods", periods), (Column::Round, "rounds", rounds)];
    let apart = [Column::Period, Column::Round, Column::Month];
    if apart.iter().any(|column| query.by.contains(column)) {
        return None;
    }
    parts.into_iter().find_map(|(column, several, found)| {
        let last = found.last().filter(|_| found.len() > 1)?;
        let (name, number) = (column.name(), found.len());
        Some(format!(
            "{number} {several} are counted together; --by {name} keeps them apart, \
             --where {name}={last} takes one"
        ))
    })
}

/// Items and participants asked for that no instrument in use has.
fn unknown_lines(instruments: &[Arc<Instrument>], filters: &[Filter]) -> Vec<String> {
    let mut said = Vec::new();
    for column in [Column::Item, Column::Participant] {
        let known: Vec<&str> = instruments
            .iter()
            .flat_map(|one| match column {
                Column::Item => one.items().iter().map(|item| item.id()).collect::<Vec<_>>(),
                _ => one.parts().iter().map(|part| part.id.as_str()).collect(),
            })
            .collect();
        let wanted: Vec<&str> = filters
            .iter()
            .filter(|filter| filter.column == column)
            .map(|filter| filter.value.as_str())
            .collect();
        let unknown: Vec<&str> =
            wanted.iter().copied().filter(|id| !known.is_empty() && !known.contains(id)).collect();
        let nothing = if unknown.len() == wanted.len() { "nothing to report: " } else { "" };
        said.extend(unknown.iter().map(|id| {
            let near = did_you_mean(id, known.iter().copied());
            let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            let name = column.name();
            clean(&format!("{nothing}there is no {name} {id}{near}")).into_owned()
        }));
    }
    said
}

/// Filters that no final review meets even alone.
fn unheard_of(
    workspace: &Workspace,
    counting: &mut dyn Counting,
    (filters, clusters): (&[Filter], &Clusters),
    editions: &mut EditionsMet,
) -> Result<Vec<Unheard>, StoreError> {
    let filters: Vec<&Filter> = filters.iter().filter(|f| !f.column.is_of_line()).collect();
    if filters.is_empty() {
        return Ok(Vec::new());
    }
    let mut known = vec![BTreeSet::new(); filters.len()];
    workspace.each_final(false, |row| {
        let (edition, _) = editions.of(workspace, counting, row.facts.edition)?;
        for (filter, known) in filters.iter().zip(&mut known) {
            let reading = clusters.seen(seen(&row, edition));
            if let Some(value) = counting.fact(filter.column, &reading)
                && !known.contains(value)
            {
                known.insert(value.to_owned());
            }
        }
        Ok(())
    })?;
    let unheard = filters
        .iter()
        .zip(known)
        .filter(|(filter, known)| !known.is_empty() && !known.contains(&filter.value));
    Ok(unheard.map(|(filter, known)| Unheard { filter: (*filter).clone(), known }).collect())
}
