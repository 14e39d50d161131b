//! How the numbers of a report's rows hang together.

/// A count that is the sum of others in its row. Positions are those of the row's cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: usize,
    /// Its parts.
    pub parts: Vec<usize>,
    /// There is one more part, which is not printed but follows from the others.
    pub rest: bool,
    /// A nothing among the parts says something of every case of the total.
    pub tells: bool,
}

/// Rows that share a total: the lines of one group divide it among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// The total, the same number in each of the rows.
    pub total: usize,
    /// The count of a row that is a part of it.
    pub part: usize,
    /// Cells that tell apart what is divided: the question whose reasons the rows are.
    pub of: Vec<usize>,
}

/// How the numbers of a report's rows hang together: which are counts of cases, which sums hold
/// in each row, and from which counts the others are made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// What is counted: rows of two tables that count the same are linked, and a count of one
    /// stands at the same position in the other.
    pub name: &'static str,
    /// Cells that tell lines apart: the id of an item.
    pub lines: Vec<usize>,
    /// The counts.
    pub counts: Vec<usize>,
    /// The sums of a row.
    pub sums: Vec<Sum>,
    /// What the rows of a group divide among them.
    pub divided: Option<Division>,
    /// Counts that together are all readings of the group, whatever the line.
    pub whole: Vec<usize>,
    /// The cell with the item, where these are all readings of the group that were asked of it.
    pub whole_of: Option<usize>,
    /// Cells made of counts of their row.
    pub derived: Vec<(usize, Vec<usize>)>,
    /// Cells made also of these counts of the row over all groups.
    pub of_total: Vec<(usize, Vec<usize>)>,
    /// Cells made also of these counts of the rows before in the line.
    pub of_before: Vec<(usize, Vec<usize>)>,
    /// Cells that are not published at all.
    pub dropped: Vec<usize>,
}

fn sum(total: usize, parts: &[usize], tells: bool) -> Sum {
    Sum { total, parts: parts.to_vec(), rest: false, tells }
}

fn made_of(cells: &[usize], counts: &[usize]) -> Vec<(usize, Vec<usize>)> {
    cells.iter().map(|cell| (*cell, counts.to_vec())).collect()
}

impl Layout {
    /// Of an [`ItemTable`](crate::report::ItemTable).
    pub fn items() -> Self {
        Self {
            name: "items",
            lines: vec![0],
            counts: vec![2, 3, 4, 5, 6],
            sums: vec![sum(2, &[3, 4], true)],
            whole: vec![2, 5, 6],
            derived: made_of(&[7, 8, 9, 12], &[2, 3]),
            of_total: made_of(&[11, 12], &[2, 3]),
            ..Self::default()
        }
    }
    /// Of an [`OutcomeTable`](crate::report::OutcomeTable).
    pub fn outcomes() -> Self {
        Self {
            name: "outcomes",
            lines: vec![0],
            counts: vec![2, 3, 4, 5, 6, 10],
            sums: vec![sum(2, &[3, 4, 5], true)],
            whole: vec![2, 6, 10],
            derived: made_of(&[7, 8, 9], &[2, 3]),
            ..Self::default()
        }
    }
    /// Of a [`TrendTable`](crate::report::TrendTable): items, with what changed since the row
    /// before.
    pub fn trend() -> Self {
        Self {
            derived: made_of(&[7, 8, 9, 10, 11, 12], &[2, 3]),
            of_before: made_of(&[10, 11, 12], &[2, 3]),
            of_total: Vec::new(),
            ..Self::items()
        }
    }
    /// Of the [`ShareTable`](crate::report::ShareTable) of questions.
    pub fn questions() -> Self {
        Self {
            name: "questions",
            lines: vec![0, 1],
            counts: vec![4, 5, 6, 7, 8],
            sums: vec![
                sum(4, &[5, 7], true),
                Sum { total: 5, parts: vec![6], rest: true, tells: false },
            ],
            whole: vec![4, 8],
            whole_of: Some(0),
            derived: made_of(&[9, 10, 11], &[4, 5]),
            ..Self::default()
        }
    }
    /// Of the [`ShareTable`](crate::report::ShareTable) of participants.
    pub fn participants() -> Self {
        Self {
            name: "participants",
            lines: vec![0, 1, 2],
            counts: vec![4, 5, 6, 7],
            sums: vec![sum(4, &[5, 6], true)],
            whole: vec![4, 7],
            whole_of: Some(2),
            derived: made_of(&[8, 9, 10], &[4, 5]),
            ..Self::default()
        }
    }
    /// Of the progress of cases.
    pub fn progress() -> Self {
        Self {
            name: "progress",
            counts: vec![0, 1, 2, 3, 4, 5],
            sums: vec![sum(0, &[1, 2, 3, 4, 5], false)],
            derived: made_of(&[6, 7, 8], &[0, 5]),
            ..Self::default()
        }
    }
    /// Of an [`EliminationTable`](crate::report::EliminationTable). A reason that no case of a
    /// group was eliminated for has no row there.
    pub fn eliminations() -> Self {
        Self {
            name: "eliminations",
            lines: vec![0],
            counts: vec![2, 3, 4],
            sums: vec![Sum { total: 2, parts: vec![3], rest: true, tells: false }],
            divided: Some(Division { total: 4, part: 2, of: Vec::new() }),
            derived: made_of(&[5], &[2, 4]),
            ..Self::default()
        }
    }
    /// Of the [`ShareTable`](crate::report::ShareTable) of reasons: each review that was asked
    /// gave one.
    pub fn reasons() -> Self {
        Self {
            name: "reasons",
            lines: vec![0, 1, 2, 3],
            counts: vec![5, 6],
            divided: Some(Division { total: 5, part: 6, of: vec![0, 1, 2] }),
            derived: made_of(&[7, 8, 9], &[5, 6]),
            ..Self::default()
        }
    }
    /// Of overridden ratings. A percent of all of them would tell their number beside a row.
    pub fn overrides() -> Self {
        Self {
            name: "overrides",
            lines: vec![0, 1],
            counts: vec![2, 3, 4, 5],
            sums: vec![sum(2, &[3, 4, 5], true)],
            dropped: vec![6, 7, 8, 9, 10],
            ..Self::default()
        }
    }
    /// Counts that are no total of a row: sums over groups are taken of these, from which those
    /// of the totals follow.
    pub(super) fn leaves(&self) -> Vec<usize> {
        let total = |at: &usize| self.sums.iter().any(|sum| sum.total == *at);
        self.counts.iter().copied().filter(|at| !total(at)).collect()
    }
}
