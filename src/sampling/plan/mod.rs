//! The plan of a draw: a TOML file, checked.
//!
//! # Reference
//!
//! | table | keys (all may be left out but `columns.case` and some size) |
//! |---|---|
//! | `[columns]` | the frame's column for each of `case`, `region`, `county`, `case_type`, `worker`, `family`, `opened`, `closed`, `child`, `born`, `unit`, `supervisor`, `agency`, `group`, and the flags `in_care`, `subsidy_only`, `out_of_state` |
//! | `[frame]` | `sheet`: the sheet of a workbook that holds the cases; without it the only one that has the columns |
//! | `[values.case_type]`, `[values.region]`, `[values.county]` | the frame's word = our code. A case type that is neither a word nor a code there is a problem of the frame; other regions and counties pass as they are |
//! | `[values]` | `yes`: the words that mean yes in a flag, in any case; without it yes, y, true, 1 and x. Any other word means no |
//! | `[period]` | `sampling`, `under_review`: `2026-04-01/2026-09-30`, or `2026`, `2026-H1`, `2026-Q2`, `2026-03` |
//! | `[eligible]` | per case type `sampling`: a sampling period of its own; `open_days_at_least`: days open inside the sampling period, first and last counted; `under_age`: younger than this at its first day (by `born`); `leave_out`: a list of flags |
//! | `[clusters]` | a name = a list of counties that make one county of the strata |
//! | `[strata]` | `by`: any of `case_type`, `region`, `county`, `worker`, `group`, `status` (`open`, or `closed` by the end of the sampling period); a stratum's name is their values joined by ` \| `; without it all cases are one stratum, `all` |
//! | `[sizes]` | `total`, or a size per case type, or a size per stratum name; `minimum` per stratum. `preset = "r3-r4-state"`: foster-care at least 40 and in-home at least 25, which are also the sizes where none are given; a `total` from 65 up is shared 40 to 25. `preset = "r2-onsite"`: 40 foster-care cases in the four groups of the column `group`, ten of each, and 25 in-home, in three `[sites]`; it makes strata and sizes itself ([`onsite`](super::onsite) says how): `foster-care \| SITE \| GROUP` and `in-home \| SITE`. A `total` beside sizes per case type is their sum |
//! | `[sites]` | with `preset = "r2-onsite"` alone: `metro`, the site that is the largest metro, and `counties`, a table of three sites with their lists of counties, the metro's among them. Cases of other counties are left out |
//! | `[spares]` | `per_stratum`; `percent` of a stratum's size, rounded up: 100 draws twice as many as are read. Of both, the larger |
//! | `[limits]` | `per_worker`, `per_family`, `per_child`: cases at most; a case without worker, family or child shares none |
//!
//! Foster care is sampled by child and in-home by family: [`repeated`](super::repeated) lists
//! those that have several cases, and a limit of 1 keeps a sample from holding two of them.
//!
//! A sampling period leaves out every case that was not open on one of its days.

mod check;
mod filters;
mod sites;
mod sizes;

use std::collections::BTreeMap;

pub use check::check;

use super::{Case, Field, Hash, Period, onsite};
use crate::diagnostic::Diagnostic;

/// A plan that is right in itself; whether it fits a frame shows in
/// [`draw`](super::draw).
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) text: String,
    pub(super) mapping: Mapping,
    pub(super) sampling: Option<Period>,
    pub(super) under_review: Option<Period>,
    pub(super) eligible: Vec<Eligible>,
    pub(super) strata: Vec<Field>,
    pub(super) sizes: Sizes,
    pub(super) spares: u64,
    /// Spares for every hundred cases of a stratum.
    pub(super) spares_percent: u64,
    pub(super) per_worker: Option<u64>,
    pub(super) per_family: Option<u64>,
    pub(super) per_child: Option<u64>,
    /// Words that mean yes in a flag, in lower case.
    pub(super) yes: Vec<String>,
    /// The cluster of each clustered county; the site, where there are sites.
    pub(super) clusters: BTreeMap<String, String>,
    /// The largest metro among the three sites of an onsite review.
    pub(super) metro: Option<String>,
}

/// What [`check`] found.
#[derive(Debug)]
pub struct CheckedPlan {
    /// The plan, where nothing is wrong with it.
    pub plan: Option<Plan>,
    /// Every problem, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Plan {
    /// The file as written: the receipt carries it.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// SHA-256 of the file as written.
    pub fn hash(&self) -> Hash {
        Hash::of(self.text.as_bytes())
    }
    /// Which columns and words of a frame mean what.
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }
    /// The months a case must fall in to be drawn.
    pub fn sampling(&self) -> Option<Period> {
        self.sampling
    }
    /// The period under review.
    pub fn under_review(&self) -> Option<Period> {
        self.under_review
    }
    /// Each clustered county with its cluster.
    pub fn clusters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.clusters.iter().map(|(county, cluster)| (county.as_str(), cluster.as_str()))
    }
    /// Spares of a stratum of this size.
    pub(super) fn spares_for(&self, size: u64) -> u64 {
        self.spares.max((size * self.spares_percent).div_ceil(100))
    }
    /// The name a fact has in a stratum: a county's cluster, else the fact itself.
    pub(super) fn cluster<'p>(&'p self, field: Field, name: &'p str) -> &'p str {
        match self.clusters.get(name) {
            Some(cluster) if field == Field::County => cluster,
            _ => name,
        }
    }
    /// The name a case's stratum has.
    pub(super) fn stratum_name(&self, case: Case<'_>, is_closed: bool) -> String {
        let part = |field: &Field| match field {
            Field::Status if is_closed => "closed",
            Field::Status => "open",
            field => self.cluster(*field, self.stratum_fact(case, *field)),
        };
        let in_group = |field: &&Field| **field != Field::Group || self.is_grouped(case);
        let parts: Vec<&str> = self.strata.iter().filter(in_group).map(part).collect();
        if parts.is_empty() { "all".to_owned() } else { parts.join(" | ") }
    }
    /// A fact as strata take it.
    pub(super) fn stratum_fact<'f>(&self, case: Case<'f>, field: Field) -> &'f str {
        if field == Field::Group && !self.is_grouped(case) { "" } else { case.fact(field) }
    }
    /// Onsite reviews sample foster care alone by group.
    fn is_grouped(&self, case: Case<'_>) -> bool {
        self.metro.is_none() || case.fact(Field::CaseType) == onsite::FOSTER_CARE
    }
    /// The facts that make the strata.
    pub fn strata(&self) -> &[Field] {
        &self.strata
    }
}

/// Which columns and words of a frame mean what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pub(super) columns: BTreeMap<Field, String>,
    pub(super) values: BTreeMap<Field, BTreeMap<String, String>>,
    /// Facts that no case may lack.
    pub(super) needed: Vec<Field>,
    /// The sheet of a workbook.
    pub(super) sheet: Option<String>,
}

impl Mapping {
    /// A mapping of columns alone, for a frame read without a plan.
    pub fn of(columns: impl IntoIterator<Item = (Field, String)>) -> Self {
        Self {
            columns: columns.into_iter().collect(),
            needed: vec![Field::Case],
            ..Self::default()
        }
    }

    /// Every mapped fact with the name of its column.
    pub fn columns(&self) -> impl Iterator<Item = (Field, &str)> {
        self.columns.iter().map(|(field, name)| (*field, name.as_str()))
    }

    /// The sheet of a workbook that holds the frame, where the plan names it.
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// The column of a fact.
    pub fn column(&self, field: Field) -> Option<&str> {
        self.columns.get(&field).map(String::as_str)
    }
}

/// The filters of one case type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Eligible {
    pub(super) case_type: String,
    /// Its own sampling period.
    pub(super) sampling: Option<Period>,
    pub(super) open_days: Option<u64>,
    /// Younger than this on the first day of the sampling period.
    pub(super) under_age: Option<u64>,
    /// Flags that leave a case out.
    pub(super) leave_out: Vec<Field>,
}

/// How many cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sizes {
    pub(super) total: Option<u64>,
    /// Per case type or per stratum: which of the two shows with the frame.
    pub(super) each: Vec<(String, u64)>,
    pub(super) minimum: u64,
    /// An onsite review of Round 2: sizes by site and group.
    pub(super) onsite: bool,
}
