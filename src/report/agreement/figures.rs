//! The figures of one table of two readers, and what must be said beside them.

use crate::report::SMALL;
use crate::stats::{self, Agreement, Level, Reader};

/// A line of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementRow {
    /// The mode, then the values of the further columns; `None` over all groups.
    pub group: Vec<Option<String>>,
    /// Id of the item or question; empty over all items.
    pub id: String,
    /// Its title or wording.
    pub title: String,
    /// The figures.
    pub figures: Figures,
}

/// How far two readers agree on something.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Cases behind it.
    pub cases: u64,
    /// Pairs of which one half is missing; they don't count.
    pub missing: u64,
    /// Everything about the table of pairs.
    pub agreement: Agreement,
    /// What makes a figure undefined or misleading.
    pub notes: Vec<String>,
}

/// A table of pairs as it fills.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    pub cases: u64,
    pub missing: u64,
    table: Vec<Vec<u64>>,
}

impl Pairs {
    /// Counts a pair of places among the categories.
    pub fn add(&mut self, given: [Option<u16>; 2]) {
        let [Some(first), Some(second)] = given.map(|at| at.map(usize::from)) else {
            self.missing += 1;
            return;
        };
        self.grow(first.max(second) + 1);
        self.table[first][second] += 1;
    }

    fn grow(&mut self, side: usize) {
        if self.table.len() < side {
            self.table.resize(side, Vec::new());
            self.table.iter_mut().for_each(|row| row.resize(side, 0));
        }
    }

    /// The figures, with the categories that could be given: code and words. Pooled: several
    /// items of a case count.
    pub fn figures(
        mut self,
        categories: &[(String, String)],
        pooled: bool,
        level: Level,
    ) -> Figures {
        self.grow(categories.len());
        let agreement = stats::agreement(&self.table, level);
        let words = |at: usize| categories.get(at).map_or("", |(_, words)| words.as_str());
        let notes = notes(&agreement, &self.table, &words, self.cases, pooled);
        Figures { cases: self.cases, missing: self.missing, agreement, notes }
    }
}

/// The ratings that each of the two always gave, where both are so and they are not the same.
fn always(table: &[Vec<u64>]) -> Option<[usize; 2]> {
    let cells = |row: usize| (0..table[row].len()).map(move |column| (row, column));
    let mut used = (0..table.len()).flat_map(cells).filter(|(row, at)| table[*row][*at] > 0);
    match (used.next(), used.next()) {
        (Some((first, second)), None) if first != second => Some([first, second]),
        _ => None,
    }
}

/// What must be said beside the figures, in whole clauses.
fn notes<'w>(
    found: &Agreement,
    table: &[Vec<u64>],
    words: &impl Fn(usize) -> &'w str,
    cases: u64,
    pooled: bool,
) -> Vec<String> {
    let mut notes = Vec::new();
    let used =
        |at: usize| table[at].iter().sum::<u64>() + table.iter().map(|row| row[at]).sum::<u64>();
    let most = (0..table.len()).max_by_key(|at| (used(*at), usize::MAX - at));
    if found.n == 0 {
        notes.push("undefined (no complete pair)".to_owned());
    } else if found.one_rating {
        let only = most.map_or("", words);
        notes.push(format!("kappa is undefined: both always gave {only}"));
    } else if let Some([first, second]) = always(table) {
        notes.push(format!(
            "the first reviews always gave {}, the second {}: no figure says more than that",
            words(first),
            words(second)
        ));
    } else if let Some((reader, at)) = found.constant {
        let which = match reader {
            Reader::First => "first",
            Reader::Second => "second",
        };
        notes.push(format!(
            "the {which} reviews always gave {}: kappa is 0 however often they agree, AC1 is not",
            words(at)
        ));
    } else if let Some((most, of)) = found.paradox(table) {
        let percent = stats::percent_text(of, 2 * found.n);
        notes.push(format!(
            "kappa is low although they agree: {percent} % of all ratings are {}; AC1 says more",
            words(most)
        ));
    }
    let few = if pooled { cases } else { found.n };
    if found.n > 0 && few <= SMALL {
        let of = if pooled { "cases" } else { "pairs" };
        notes.push(format!("{SMALL} {of} or fewer: read with care"));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(table: &[Vec<u64>]) -> Vec<String> {
        let words = |at: usize| ["Strength", "ANI", "NA"][at];
        notes(&stats::agreement(table, Level::P95), table, &words, 0, false)
    }

    #[test]
    fn readers_who_both_always_gave_the_same_are_told_of() {
        let both = "the first reviews always gave Strength, the second ANI: no figure says more \
                    than that";
        assert_eq!(said(&[vec![0, 40], vec![0, 0]]), [both]);
        let one = "kappa is undefined: both always gave Strength";
        assert_eq!(said(&[vec![40, 0], vec![0, 0]]), [one]);
        let first = "the first reviews always gave Strength: kappa is 0 however often they agree, \
                     AC1 is not";
        assert_eq!(said(&[vec![20, 20], vec![0, 0]]), [first]);
        assert!(said(&[vec![20, 10], vec![5, 20]]).is_empty());
    }
}
