//! Pairs of reviews as agreement is measured on them, for reports and the interface.

use crate::report::{AgreementQuery, Cause, NO_MODE, Twice, TwiceFacts, TwiceRead};
use crate::review::{self, Reading, ReviewKind, RootCause};
use crate::scoring::Answers;
use crate::store::{PairRow, StoreError, Workspace};
use crate::text::count;

/// Which pairs were left out, and why.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing {
    /// Pairs of which one half is not handed in; not told to readers.
    pub unsealed: usize,
    /// Practice cases, which count only where there are no others, to practise with.
    pub practice: usize,
    /// Only one's own settled pairs were taken.
    pub own: bool,
}

impl Standing {
    /// In sentences.
    pub fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.unsealed > 0 {
            let pairs = count(self.unsealed, "pair is", "pairs are");
            said.push(format!("{pairs} not handed in by both, and not counted"));
        }
        if self.practice > 0 {
            let cases = count(self.practice, "practice case", "practice cases");
            said.push(format!("{cases} not counted"));
        }
        if self.own {
            said.push(
                "counted are your own pairs that are settled; a lead sees all of them".to_owned(),
            );
        }
        said
    }
}

/// Every pair that may be looked at, as it was first sealed. A lead sees those of which both
/// are handed in; anyone else their own, once they are settled: what others agree on is
/// between them and the lead.
///
/// # Errors
/// When the file can't be read.
pub fn read_twice(workspace: &Workspace) -> Result<(Twice, Standing), StoreError> {
    let mut twice = Twice::default();
    let mut standing = Standing { own: !workspace.sees_seconds(), ..Standing::default() };
    let rows = workspace.pairs()?;
    let practises = rows.iter().all(|row| row.review_kind == ReviewKind::Practice);
    for row in rows {
        if standing.own && !(row.reviewers.contains(workspace.user()) && is_settled(&row)) {
            continue;
        }
        // Where settling was begun both were open to the lead already.
        if !row.is_sealed() && row.settled.is_none() {
            standing.unsealed += 1;
            continue;
        }
        if row.review_kind == ReviewKind::Practice && !practises {
            standing.practice += 1;
            continue;
        }
        add(workspace, &mut twice, &row)?;
    }
    Ok((twice, standing))
}

/// Every settled difference of the pairs that fit, and whether they are only one's own: of
/// anyone but a lead those of pairs that are settled and handed in.
///
/// # Errors
/// When the file can't be read.
pub fn settled_causes(
    workspace: &Workspace,
    query: &AgreementQuery,
) -> Result<(Vec<Cause>, bool), StoreError> {
    let own = !workspace.sees_seconds();
    let mut seen = Vec::new();
    for row in workspace.pairs()? {
        if own && !(row.reviewers.contains(workspace.user()) && is_settled(&row)) {
            continue;
        }
        let Some((settled, _)) = row.settled else { continue };
        let edition = workspace.instrument(&row.instrument)?;
        let read = TwiceRead {
            facts: facts(&row, String::new()),
            instrument: edition.id().to_owned(),
            marks: Vec::new(),
        };
        if !query.fits(&read) {
            continue;
        }
        let settled = workspace.reading(settled)?;
        let Some(pair) = &settled.pair else { continue };
        for one in pair.settled.values() {
            let at = edition.find_question(&one.question);
            let item = one.question.split('.').next().unwrap_or_default();
            if !query.wants_item(item) {
                continue;
            }
            seen.push(Cause {
                case: row.number.to_string(),
                question: one.question.clone(),
                title: at.map_or("", |at| edition.question(at).ask()).to_owned(),
                place: at.map_or(usize::MAX, |at| usize::from(at.0)),
                readers: read.facts.readers.clone(),
                taken: [one.stood(0), one.stood(1)],
                cause: RootCause::ALL.iter().position(|known| *known == one.cause).unwrap_or(0),
            });
        }
    }
    Ok((seen, own))
}

/// Whether the pair is settled and handed in.
pub fn is_settled(row: &PairRow) -> bool {
    row.settled.is_some_and(|(_, status)| status != review::Status::Open)
}

fn add(workspace: &Workspace, twice: &mut Twice, row: &PairRow) -> Result<(), StoreError> {
    let edition = workspace.instrument(&row.instrument)?;
    let [first, second] = row.readings;
    let readings = [workspace.reading(first)?, workspace.reading(second)?];
    let sealed = |reading: &Reading| -> Option<(review::Moment, Answers)> {
        let (seal, given) = reading.first_sealed()?;
        Some((seal.at, review::answers_given(&edition, &reading.case.case_type, given)?))
    };
    let [Some(first), Some(second)] = readings.map(|reading| sealed(&reading)) else {
        return Ok(());
    };
    let later = first.0.max(second.0);
    let facts = facts(row, later.utc().format("%Y-%m").to_string());
    twice.add(facts, &edition, [&first.1, &second.1]);
    Ok(())
}

fn facts(row: &PairRow, month: String) -> TwiceFacts {
    TwiceFacts {
        case: row.number.to_string(),
        readers: row.reviewers.clone().map(|code| code.to_string()),
        mode: row.mode.map_or(NO_MODE, |mode| mode.code()).to_owned(),
        region: row.region.clone(),
        county: row.county.clone(),
        case_type: row.case_type.clone(),
        period: row.period.clone(),
        round: row.round.clone(),
        month,
        review_kind: row.review_kind.code().to_owned(),
    }
}
