//! Which cases are read a second time: a random share, drawn by ticket as the sample is.

use std::collections::BTreeMap;

use super::Ticket;
use crate::stats::{Stratum, allocate};

/// A stratum of second reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondStratum {
    /// Reviewer and region, joined by ` | `.
    pub name: String,
    /// Cases in it.
    pub size: u64,
    /// The cases drawn, by ticket.
    pub cases: Vec<(String, Ticket)>,
}

/// Draws `percent` of a hundred cases, rounded up, from a pool of review number and stratum:
/// shared out to the strata by largest remainder, then the first of each by ticket, which is
/// SHA-256 of `SEED,REVIEW NUMBER`. The order of the pool changes nothing.
pub fn draw_seconds(pool: &[(String, String)], seed: &str, percent: u32) -> Vec<SecondStratum> {
    let mut strata: BTreeMap<&str, Vec<(Ticket, &str)>> = BTreeMap::new();
    for (case, stratum) in pool {
        strata.entry(stratum).or_default().push((Ticket::new(seed, case), case));
    }
    let sizes: Vec<Stratum<'_>> =
        strata.iter().map(|(name, cases)| Stratum { name, size: cases.len() as u64 }).collect();
    let wanted = (pool.len() as u64 * u64::from(percent.min(100))).div_ceil(100);
    let given = allocate(&sizes, wanted, 0).expect("a share of the pool is never more than all");
    let drawn = strata.iter().zip(given).map(|((name, cases), n)| {
        let mut cases = cases.clone();
        cases.sort_unstable();
        let size = cases.len() as u64;
        cases.truncate(n as usize);
        let cases = cases.into_iter().map(|(ticket, case)| (case.to_owned(), ticket)).collect();
        SecondStratum { name: (*name).to_owned(), size, cases }
    });
    drawn.collect()
}
