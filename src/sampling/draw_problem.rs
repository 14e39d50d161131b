//! Why nothing can be drawn, and what to do.

use thiserror::Error;

use crate::stats::AllocationError;
use crate::text::list_and;

/// Why nothing can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DrawProblem {
    /// The seed can't be written down and given again.
    #[error("the seed must be printed text without blanks at its ends")]
    Seed,
    /// The filters left no case.
    #[error("no case of the frame is eligible")]
    NothingEligible,
    /// Sizes per case type with strata that mix them.
    #[error("sizes are per case type, but strata.by doesn't name case_type")]
    TypesNotStrata,
    /// A size for something the frame doesn't have.
    #[error("sizes names {key:?}, which is neither a case type nor a stratum of this frame")]
    UnknownSize {
        /// The key.
        key: String,
        /// What it may have meant.
        near: Option<String>,
    },
    /// A filter for a case type the frame doesn't have.
    #[error("eligible names the case type {case_type:?}, which this frame doesn't have")]
    UnknownType {
        /// The case type.
        case_type: String,
        /// What it may have meant.
        near: Option<String>,
    },
    /// A cluster of a county the frame doesn't have.
    #[error("cluster {cluster:?} names the county {county:?}, which this frame doesn't have")]
    UnknownCounty {
        /// The cluster.
        cluster: String,
        /// The county.
        county: String,
        /// What it may have meant.
        near: Option<String>,
    },
    /// Sizes per stratum leave one out.
    #[error("stratum {stratum:?} has {cases} eligible cases and no size")]
    Unsized {
        /// The stratum.
        stratum: String,
        /// Its eligible cases.
        cases: u64,
    },
    /// Foster care of an onsite review is sampled by four groups.
    #[error(
        "r2-onsite samples foster care by four groups, but the sites' cases have {}",
        if .found.is_empty() { "none".to_owned() } else { list_and(&.found.iter().map(|one| format!("{one:?}")).collect::<Vec<_>>()) }
    )]
    Groups {
        /// What stands in the column of groups.
        found: Vec<String>,
    },
    /// A site has fewer cases than an onsite review reads there.
    #[error(
        "site {site:?} has {held} eligible {case_type} cases; r2-onsite reads at least {least}"
    )]
    SmallSite {
        /// The site.
        site: String,
        /// The case type.
        case_type: String,
        /// Cases it must give.
        least: u64,
        /// Cases it has.
        held: u64,
    },
    /// A group has too few cases where there is room for them.
    #[error(
        "{asked} foster-care cases of group {group:?} don't fit the sizes of the sites: it has {}",
        list_and(&.found.iter().map(|(site, n)| format!("{n} in {site}")).collect::<Vec<_>>())
    )]
    SmallGroup {
        /// The group.
        group: String,
        /// Cases it must give.
        asked: u64,
        /// Its eligible cases by site.
        found: Vec<(String, u64)>,
    },
    /// The sizes can't be met.
    #[error("{}{problem}", if .scope.is_empty() { String::new() } else { format!("{scope}: ") })]
    Allocation {
        /// A case type, a stratum, or empty for the whole sample.
        scope: String,
        /// What can't be met.
        problem: AllocationError,
    },
}

impl DrawProblem {
    /// What to do.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::UnknownSize { near: Some(near), .. }
            | Self::UnknownCounty { near: Some(near), .. }
            | Self::UnknownType { near: Some(near), .. } => Some(format!("did you mean {near}?")),
            Self::UnknownSize { near: None, .. } => {
                Some("stratum names are their values joined by \" | \"".to_owned())
            }
            Self::UnknownCounty { near: None, .. } => {
                Some("mend its name under [clusters], or take it out".to_owned())
            }
            Self::UnknownType { near: None, .. } => {
                Some("map the frame's words under [values.case_type]".to_owned())
            }
            Self::TypesNotStrata => Some("put case_type into strata.by".to_owned()),
            Self::Unsized { stratum, .. } => {
                Some(format!("give it one under [sizes], 0 to leave it out: {stratum:?} = 0"))
            }
            Self::Groups { .. } => {
                Some("put the group of every foster-care case into the column of group".to_owned())
            }
            Self::SmallSite { .. } => {
                Some("add counties to it under [sites.counties], or take another site".to_owned())
            }
            Self::SmallGroup { .. } => Some(
                "add counties to a site, or size the strata yourself without the preset".to_owned(),
            ),
            Self::NothingEligible => Some("look at the sampling period and filters".to_owned()),
            Self::Allocation { .. } => {
                Some("of the eligible cases; change [sizes] or the filters".to_owned())
            }
            Self::Seed => Some("give dice, a date, a lottery number: --seed 20261121".to_owned()),
        }
    }
}
