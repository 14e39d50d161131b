//! What reports tell of the sample behind them: eliminations, strata left short, supplements,
//! second draws; and how far unread cases could move a percentage.

use std::collections::{BTreeMap, BTreeSet};

use super::Failure;
use super::workspace;
use crate::instrument::{Applies, Instrument, Rating};
use crate::report::{
    ABSENT, Column, Edition, EliminationTable, Filter, FinalReading, ItemTable, Query, SampledCase,
    Tally, eliminations,
};
use crate::review::{CaseNumber, Round, RoundId};
use crate::store::{SampleCounts, StoreError, Workspace};
use crate::text::{clean, count};

/// The samples of a workspace.
pub struct Sampled {
    /// Every case that was drawn or came in, with its round.
    cases: Vec<(Option<RoundId>, SampledCase)>,
    /// The rounds that have a draw, with their counts in words.
    rounds: Vec<(Round, String)>,
}

impl Sampled {
    /// Reads them.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn read(workspace: &Workspace) -> Result<Self, StoreError> {
        let mut drawn = Vec::new();
        for row in workspace.rounds()? {
            let state = workspace.round_outline(row.id)?;
            if !state.draws.is_empty() {
                drawn.push(state);
            }
        }
        let cases = workspace.sample_cases_of(&drawn)?;
        let rounds: Vec<(Round, String)> = drawn
            .into_iter()
            .map(|state| {
                let counts = SampleCounts::of(&state, &cases).to_string();
                (state, counts)
            })
            .collect();
        let replaced: BTreeSet<CaseNumber> = rounds
            .iter()
            .flat_map(|(round, _)| round.changes.brought_in.values().copied())
            .collect();
        let cases = cases.into_iter().map(|case| {
            let sampled = SampledCase {
                region: case.region,
                county: case.county,
                case_type: case.case_type,
                period: case.period,
                round: case.round,
                review_kind: case.review_kind,
                stratum: case.stratum,
                eliminated: case.eliminated,
                replaced: replaced.contains(&case.number),
                is_final: case.is_final,
            };
            (case.round_id, sampled)
        });
        let cases = cases.collect();
        Ok(Self { cases, rounds })
    }

    /// What every report says of the samples its filters touch.
    ///
    /// For programs nothing is said where nothing happened: no case was eliminated, no stratum
    /// is short, none was drawn from again.
    pub fn lines(&self, filters: &[Filter], for_people: bool) -> Vec<String> {
        let (said, happened) = self.all_lines(filters);
        if happened || for_people { said } else { Vec::new() }
    }

    /// The rounds whose samples the filters touch.
    pub fn rounds(&self, filters: &[Filter]) -> Vec<&str> {
        let touched =
            |id| self.cases.iter().any(|(of, case)| *of == Some(id) && case.fits(filters));
        let rounds = self.rounds.iter().filter(|(round, _)| touched(round.id));
        rounds.map(|(round, _)| round.name.as_str()).collect()
    }

    /// The lines, and whether they tell of more than counts.
    fn all_lines(&self, filters: &[Filter]) -> (Vec<String>, bool) {
        let mut happened = false;
        let fitting: Vec<_> = self.cases.iter().filter(|(_, case)| case.fits(filters)).collect();
        let mut said = Vec::new();
        for (round, counts) in &self.rounds {
            if !fitting.iter().any(|(id, _)| *id == Some(round.id)) {
                continue;
            }
            let name = &round.name;
            said.push(format!("round {name}: {counts}"));
            let counted = said.len();
            for draw in &round.draws {
                if let Some(why) = &draw.reason {
                    let number = draw.number;
                    said.push(format!("round {name}: draw {number} is drawn again: {why}"));
                }
                for more in &draw.supplements {
                    let spares = count(more.cases as usize, "further spare", "further spares");
                    let (stratum, removed) = (&more.stratum, "(removed)".to_owned());
                    let who = more.approved_by.as_ref().unwrap_or(&removed);
                    let why = more.why.as_ref().unwrap_or(&removed);
                    said.push(format!(
                        "round {name}: {spares} drawn for stratum {stratum}, approved by {who}: {why}"
                    ));
                }
            }
            for stratum in round.strata().iter().filter(|one| one.short() > 0) {
                let cases = count(stratum.short() as usize, "case", "cases");
                said.push(format!(
                    "round {name}: stratum {} is {cases} short: no spare is left",
                    stratum.stratum
                ));
            }
            happened |= said.len() > counted;
        }
        let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (_, case) in &fitting {
            if let Some(reason) = &case.eliminated {
                let region = if case.region.is_empty() { "(none)" } else { &case.region };
                *reasons.entry((region, reason)).or_default() += 1;
            }
        }
        if !self.rounds.is_empty() && !fitting.is_empty() {
            let gone: usize = reasons.values().sum();
            let each = reasons.iter().map(|((region, code), n)| format!("{region} {code} {n}"));
            let each: Vec<String> = each.collect();
            let each = if gone == 0 { String::new() } else { format!(": {}", each.join(", ")) };
            let cases = count(gone, "case", "cases");
            said.push(format!("{cases} eliminated of {} in the sample{each}", fitting.len()));
        }
        happened |= !reasons.is_empty();
        (said.iter().map(|line| clean(line).into_owned()).collect(), happened)
    }

    /// The report on eliminations.
    ///
    /// # Errors
    /// Exit 2 for a column that samples don't have.
    pub fn eliminations(
        &self,
        workspace: &Workspace,
        query: &Query,
    ) -> Result<EliminationTable, Failure> {
        let asked = query.by.iter().chain(query.filters.iter().map(|filter| &filter.column));
        let strange = |column: &&Column| {
            matches!(
                column,
                Column::Reviewer
                    | Column::Cluster
                    | Column::Instrument
                    | Column::Item
                    | Column::Month
                    | Column::Participant
            )
        };
        if let Some(column) = asked.copied().collect::<Vec<_>>().iter().find(strange) {
            let name = column.name();
            return Err(Failure::BadInput(format!(
                "error: eliminations are not counted by {name}\n  help: take region, county, case_type, period, round, review_kind or stratum\n"
            )));
        }
        let mut reasons = Vec::new();
        for (round, _) in &self.rounds {
            let edition = workspace
                .instrument(&round.instrument)
                .map_err(|error| workspace::failure(workspace.path(), &error))?;
            let codes = edition.eliminations().iter();
            reasons.extend(codes.map(|one| (one.code.clone(), one.title.clone())));
        }
        let cases: Vec<SampledCase> = self
            .cases
            .iter()
            .filter(|(_, case)| case.fits(&query.filters))
            .map(|(_, case)| case.clone())
            .collect();
        Ok(eliminations(&cases, &reasons, &query.by, query.total))
    }

    /// A table of the groups of another, in which every case eliminated or not finished is ANI
    /// for each item it could have; and how many cases stand in no group of the other.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn unread(
        &self,
        workspace: &Workspace,
        query: &Query,
        table: &ItemTable,
    ) -> Result<(ItemTable, u64), StoreError> {
        let mut editions: Vec<(RoundId, std::sync::Arc<Instrument>)> = Vec::new();
        for (round, _) in &self.rounds {
            editions.push((round.id, workspace.instrument(&round.instrument)?));
        }
        let heads: Vec<Edition> = editions.iter().map(|(_, one)| Edition::from(&**one)).collect();
        let query = Query { by: table.columns.clone(), ..query.clone() };
        let mut tally = Tally::new(&heads, query);
        let mut strays = 0;
        for (round, case) in &self.cases {
            if case.eliminated.is_none() && case.is_final {
                continue;
            }
            let Some(at) = editions.iter().position(|(id, _)| Some(*id) == *round) else {
                continue;
            };
            let ratings = all_ani(&editions[at].1, &case.case_type);
            let reading = FinalReading {
                edition: at,
                region: &case.region,
                county: &case.county,
                cluster: &case.county,
                case_type: &case.case_type,
                period: &case.period,
                reviewer: "",
                round: &case.round,
                review_kind: &case.review_kind,
                month: "",
                stratum: &case.stratum,
                ratings: &ratings,
                answers: &[],
            };
            let group: Vec<Option<String>> = table
                .columns
                .iter()
                .map(|column| tally.fact(*column, &reading).map(str::to_owned))
                .collect();
            let known = table.rows.iter().any(|row| row.group == group);
            strays += u64::from(!known && tally.fits(&reading));
            tally.add(&reading);
        }
        Ok((tally.item_table(), strays))
    }
}

/// ANI for every item that the case type can have.
fn all_ani(edition: &Instrument, case_type: &str) -> Vec<u8> {
    let case_type = edition.find_case_type(case_type);
    let item = |item: &crate::instrument::Item| {
        let never = case_type.is_some_and(|at| item.applies(at) == Applies::Never);
        if never { ABSENT } else { Rating::Ani as u8 }
    };
    let items = edition.items().iter().map(item);
    items.chain(edition.outcomes().iter().map(|_| ABSENT)).collect()
}
