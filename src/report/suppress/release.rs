//! What is published together: counts and how they add up.

use std::fmt;

/// Position of a count in its release.
pub type CellIx = usize;

/// One total and the counts it is the sum of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The total.
    pub total: CellIx,
    /// Its parts.
    pub parts: Vec<CellIx>,
    /// A nothing among the parts says something of every case of the total: no Strength is all
    /// ANI.
    pub tells: bool,
}

/// Where a count stands: tables are made of lines, groups and columns, so that counts of one
/// column hang together with others in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    pub(super) line: u32,
    /// The columns that make groups, with the value of each.
    pub(super) group: Vec<(u32, u32)>,
    pub(super) at: u32,
}

/// All tables that are published together: counts of cases and the sums between them. A count
/// that stands in several tables is one cell. A sum that follows from others need not be given.
#[derive(Debug, Clone, Default)]
pub struct Release {
    pub(super) values: Vec<i64>,
    /// Published whatever else is hidden, if it is no small count.
    pub(super) known: Vec<bool>,
    /// Printed nowhere.
    pub(super) unprinted: Vec<bool>,
    pub(super) relations: Vec<Relation>,
    /// By cell its relations, +1 where it is the total and -1 where it is a part.
    pub(super) places: Vec<Vec<(usize, i64)>>,
    /// By cell where it stands, if tables say so.
    pub(super) spots: Vec<Option<Spot>>,
}

/// A sum that does not come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unbalanced {
    /// Position of the relation.
    pub relation: usize,
    /// What the total is.
    pub total: i64,
    /// What its parts come to.
    pub sum: i64,
}

impl fmt::Display for Unbalanced {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { relation, total, sum } = self;
        write!(out, "sum {relation} of the release: parts come to {sum}, the total is {total}")
    }
}

impl std::error::Error for Unbalanced {}

impl Release {
    /// A release of nothing.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds a count.
    pub fn cell(&mut self, value: u64) -> CellIx {
        self.values.push(i64::try_from(value).unwrap_or(i64::MAX));
        self.known.push(false);
        self.unprinted.push(false);
        self.places.push(Vec::new());
        self.spots.push(None);
        self.values.len() - 1
    }
    /// Adds a count that everybody knows, such as the size of the sample: it is not hidden for
    /// the sake of others.
    pub fn known(&mut self, value: u64) -> CellIx {
        let cell = self.cell(value);
        self.known[cell] = true;
        cell
    }
    /// Adds a count that is printed nowhere and only links others: how many reviews a group has.
    /// Nobody is told it; if it is small, it must not be worked out all the same.
    pub fn unprinted(&mut self, value: u64) -> CellIx {
        let cell = self.cell(value);
        self.unprinted[cell] = true;
        cell
    }
    /// Says that a count is the sum of others.
    pub fn sum(&mut self, total: CellIx, parts: &[CellIx]) {
        self.relate(Relation { total, parts: parts.to_vec(), tells: false });
    }
    /// Says that a count is the sum of others, and that a nothing among them says something of
    /// every case counted.
    pub fn telling_sum(&mut self, total: CellIx, parts: &[CellIx]) {
        self.relate(Relation { total, parts: parts.to_vec(), tells: true });
    }
    fn relate(&mut self, relation: Relation) {
        let at = self.relations.len();
        self.places[relation.total].push((at, 1));
        for part in &relation.parts {
            self.places[*part].push((at, -1));
        }
        self.relations.push(relation);
    }
    /// Whether everybody knows a count.
    pub fn is_known(&self, cell: CellIx) -> bool {
        self.known[cell]
    }
    /// How many counts there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
    /// The counts.
    pub fn values(&self) -> &[i64] {
        &self.values
    }
    /// The sums.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }
    /// The cells of a relation with their signs.
    pub(super) fn of(&self, relation: usize) -> impl Iterator<Item = (CellIx, i64)> + '_ {
        let relation = &self.relations[relation];
        let parts = relation.parts.iter().map(|part| (*part, -1));
        std::iter::once((relation.total, 1)).chain(parts)
    }
    /// Checks that every sum comes out.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&self) -> Result<(), Unbalanced> {
        for (at, relation) in self.relations.iter().enumerate() {
            let sum: i64 = relation.parts.iter().map(|part| self.values[*part]).sum();
            let total = self.values[relation.total];
            if sum != total {
                return Err(Unbalanced { relation: at, total, sum });
            }
        }
        Ok(())
    }
    /// Whether a count is hidden for its own sake: 1 to under the threshold, or a nothing that
    /// tells.
    pub fn is_small(&self, cell: CellIx, threshold: u64) -> bool {
        let value = self.values[cell];
        if value > 0 {
            return (value as u64) < threshold;
        }
        // A nothing that everybody knows beforehand tells nobody anything.
        !self.known[cell]
            && self.places[cell].iter().any(|(at, sign)| {
                let relation = &self.relations[*at];
                *sign < 0 && relation.tells && self.values[relation.total] > 0
            })
    }
    /// By cell a number of the tables it hangs together with.
    pub(super) fn components(&self) -> Vec<usize> {
        let mut of = vec![usize::MAX; self.len()];
        let mut next = 0;
        for start in 0..self.len() {
            if of[start] != usize::MAX {
                continue;
            }
            let mut open = vec![start];
            of[start] = next;
            while let Some(cell) = open.pop() {
                for (at, _) in &self.places[cell] {
                    for (other, _) in self.of(*at) {
                        if of[other] == usize::MAX {
                            of[other] = next;
                            open.push(other);
                        }
                    }
                }
            }
            next += 1;
        }
        of
    }
}
