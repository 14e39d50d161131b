//! Suppression: what of a release is hidden so that nobody can be made out in it.
//!
//! A [`Release`] is everything that is published together, as whole counts of cases and the sums
//! between them. Whoever reads it knows the published counts, the sums, and that counts are
//! whole and not negative. From these [`hide`] keeps:
//!
//! * **small counts**: 1 to under the threshold (11: counts of 1 to 10). A nothing names nobody
//!   and is published, except where it tells: no Strength among reviews that apply says that
//!   each of them is an ANI, so a nothing among the parts of a telling sum is hidden, and with
//!   it what it would follow from;
//! * **others beside them**, until every hidden count could be anything within `threshold - 1`:
//!   there are two possible releases, both fitting all that is published, in which it differs
//!   by at least that much. The ten counts 1 to 10 lie within 9, so that no reader can tell a
//!   hidden count from a large one or from nothing by less than a whole width of small counts.
//!
//! **Why the result holds.** Each hidden count carries its proof: the two releases themselves
//! (a `Witness`), written as changes of hidden counts that cancel out in every sum and leave
//! no count negative. They are whole numbers, so that the true range, which a solver of integer
//! programs finds, contains both. The proofs are gone through once more at the end by code that
//! shares nothing with the search. The search may miss a proof and hide more than needed; it
//! cannot hide less.
//!
//! **Why there is always a result.** Where counts are so few that the search finds no proof, an
//! integer program looks for one in a release of few cells (`exact`). Where none is found even by
//! hiding more, everything of the tables that hang together is withheld: nothing is published of
//! them, so that any multiple of the true tables is possible.
//!
//! What is hidden for others is tried once more, one at a time, and published where all proofs
//! can be made without it.
//!
//! **Why it ends.** The work is bounded, in cells looked at, since a clock would not give the same
//! answer twice; what is not proven by then is withheld. In a large release a search carries as
//! much at a time as it can (`moves`), a proof of one group or line is tried for the others
//! (`twins`), and groups so fine that they would be withheld are left out of it (`fine`). In a
//! release of few cells some of what is hidden for others is then taken back together and made
//! good in other ways (`improve`), which are kept where they hide no more.

mod cover;
mod exact;
mod families;
mod fine;
mod improve;
mod layout;
mod mask;
mod moves;
mod page;
mod proofs;
mod release;
mod rules;
mod spots;
mod tables;
mod twins;
mod ways;
mod wholes;
mod witness;

pub use layout::{Division, Layout, Sum};
pub use mask::{Public, public, together};
pub use page::public_text;
pub use release::{CellIx, Relation, Release, Unbalanced};
pub use rules::{Follows, LineRef, rules};

use cover::{Cover, Style};

/// Counts below this are small, unless another is asked for.
pub const THRESHOLD: u64 = 11;

/// Orders in which protection is tried; the one that hides least is taken.
const STYLES: [Style; 6] = [
    Style { largest_first: false, totals_first: true, total_price: 0, by_size: false },
    Style { largest_first: true, totals_first: true, total_price: 300, by_size: true },
    Style { largest_first: false, totals_first: false, total_price: 300, by_size: true },
    Style { largest_first: true, totals_first: false, total_price: 0, by_size: false },
    Style { largest_first: false, totals_first: true, total_price: 900, by_size: true },
    Style { largest_first: true, totals_first: false, total_price: 900, by_size: false },
];

/// Releases of more cells are protected in one order only.
const FEW_CELLS: usize = 400;

/// How much is looked at, at most, to publish again what was hidden for others.
const REDUCE_WORK: u64 = 3_000_000;

/// How much is looked at, at most, to find a cover that hides less, and after how many tries
/// without one it is left.
const IMPROVE_WORK: u64 = 6_000_000;
const PATIENCE: usize = 60;

/// Which counts of a release are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// By cell: hidden.
    pub cells: Vec<bool>,
    /// By cell: nothing of the tables it hangs together with is published.
    pub withheld: Vec<bool>,
}

/// Decides what of a release is hidden. The same release gives the same answer.
///
/// # Errors
/// A sum that does not come out.
pub fn hide(release: &Release, threshold: u64) -> Result<Hidden, Unbalanced> {
    release.check()?;
    let few = release.len() <= FEW_CELLS;
    let styles = if few { &STYLES[..] } else { &STYLES[..1] };
    let mut best: Option<(usize, Cover<'_>)> = None;
    for style in styles {
        let mut cover = Cover::new(release, threshold, *style, !few);
        cover.build(*style);
        cover.reduce(REDUCE_WORK);
        let hidden = cover.count();
        if best.as_ref().is_none_or(|(known, _)| hidden < *known) {
            best = Some((hidden, cover));
        }
    }
    let Some((_, mut cover)) = best else {
        return Ok(Hidden { cells: Vec::new(), withheld: Vec::new() });
    };
    if few {
        // No cover hides less than the small counts.
        let least = cover.small.iter().zip(&release.unprinted);
        let least = least.filter(|(small, unprinted)| **small && !**unprinted).count();
        cover.improve(IMPROVE_WORK, PATIENCE, least);
    }
    let sound = cover.is_sound();
    let (mut cells, mut withheld) = (cover.state.hidden, cover.state.withheld);
    if !sound {
        cells.fill(true);
        withheld.fill(true);
    }
    Ok(Hidden { cells, withheld })
}
