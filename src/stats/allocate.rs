//! A sample's cases shared out to strata.

use thiserror::Error;

/// A stratum as the allocation sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stratum<'a> {
    /// Its name, which breaks the last ties.
    pub name: &'a str,
    /// How many cases the frame has of it.
    pub size: u64,
}

/// A request that can't be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AllocationError {
    /// More cases than there are.
    #[error("{asked} cases are asked for, but the frame holds {held}")]
    TooMany {
        /// Cases to give.
        asked: u64,
        /// Cases in the frame.
        held: u64,
    },
    /// Fewer cases than the minima of the strata need.
    #[error(
        "{asked} cases can't give each of {strata} strata its minimum of {minimum}: \
         that takes {needed}"
    )]
    TooFew {
        /// Cases to give.
        asked: u64,
        /// Strata with any case.
        strata: u64,
        /// The minimum per stratum.
        minimum: u64,
        /// The sum of the minima, a stratum smaller than its minimum counted whole.
        needed: u64,
    },
}

/// Shares `n` cases out in proportion to size by largest remainder, in the order of
/// `strata`. Ties go to the larger stratum, then to the name first in byte order.
///
/// With a `minimum` above 0, strata whose quota lies below it are set to it (to their whole
/// size, if that is less) and taken out, again and again on the rest; the largest remainder
/// then shares out what is left. No stratum can get more than it holds: quotas of the rest
/// only fall when others are raised, and a quota of at most the frame never passes a
/// stratum's size, rounded up or not. All arithmetic is in whole numbers.
///
/// Source: A. Hamilton's method of 1792; M. L. Balinski and H. P. Young, Fair
/// Representation, 2nd ed. (2001), appendix A.
///
/// # Errors
/// More cases than the frame holds, or fewer than the minima need.
pub fn allocate(strata: &[Stratum<'_>], n: u64, minimum: u64) -> Result<Vec<u64>, AllocationError> {
    allocate_at_least(strata, n, &vec![minimum; strata.len()])
}

/// The same with a minimum for each stratum.
///
/// # Errors
/// As [`allocate`]; the minimum told is the largest.
///
/// # Panics
/// Where there are not as many minima as strata.
pub fn allocate_at_least(
    strata: &[Stratum<'_>],
    n: u64,
    minima: &[u64],
) -> Result<Vec<u64>, AllocationError> {
    assert_eq!(strata.len(), minima.len(), "every stratum has its minimum");
    let held = sum(strata.iter().map(|stratum| stratum.size));
    if u128::from(n) > held {
        let held = u64::try_from(held).unwrap_or(u64::MAX);
        return Err(AllocationError::TooMany { asked: n, held });
    }
    let floor = |at: usize| minima[at].min(strata[at].size);
    let needed = sum((0..strata.len()).map(floor));
    if needed > u128::from(n) {
        let filled = strata.iter().filter(|stratum| stratum.size > 0).count() as u64;
        let needed = u64::try_from(needed).unwrap_or(u64::MAX);
        let minimum = minima.iter().max().copied().unwrap_or(0);
        return Err(AllocationError::TooFew { asked: n, strata: filled, minimum, needed });
    }

    let mut given = vec![0; strata.len()];
    let mut open: Vec<usize> = (0..strata.len()).collect();
    let (mut left, mut size) = (u128::from(n), held);
    loop {
        let low = |at: &usize| {
            left * u128::from(strata[*at].size) < u128::from(minima[*at]) * size
                || strata[*at].size == 0
        };
        let (raised, rest): (Vec<_>, Vec<_>) = open.iter().copied().partition(low);
        if raised.is_empty() {
            break;
        }
        for at in raised {
            given[at] = floor(at);
            left -= u128::from(given[at]);
            size -= u128::from(strata[at].size);
        }
        open = rest;
    }
    largest_remainder(strata, &mut open, left, size, &mut given);
    Ok(given)
}

/// Whole quotas first, then one case each by remainder.
fn largest_remainder(
    strata: &[Stratum<'_>],
    open: &mut [usize],
    left: u128,
    size: u128,
    given: &mut [u64],
) {
    if size == 0 {
        return;
    }
    let quota = |at: usize| left * u128::from(strata[at].size);
    let mut rest = left;
    for &at in open.iter() {
        given[at] = u64::try_from(quota(at) / size).expect("a quota never passes the sample");
        rest -= u128::from(given[at]);
    }
    open.sort_unstable_by(|&a, &b| {
        (quota(b) % size)
            .cmp(&(quota(a) % size))
            .then(strata[b].size.cmp(&strata[a].size))
            .then(strata[a].name.cmp(strata[b].name))
    });
    let extra = usize::try_from(rest).expect("fewer cases are left than there are strata");
    for &at in &open[..extra] {
        given[at] += 1;
    }
}

fn sum(sizes: impl Iterator<Item = u64>) -> u128 {
    sizes.map(u128::from).sum()
}
