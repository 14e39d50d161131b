//! A report as columns of typed cells: what file formats are written from.

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text, e.g. a title.
    Text(String),
    /// A text or nothing.
    Note(Option<String>),
    /// A number of reviews.
    Count(u64),
    /// `x` of `n`: percent with one decimal in CSV, an unrounded proportion in JSON, nothing
    /// where `n` is 0.
    Share {
        /// How many of them.
        x: u64,
        /// Out of.
        n: u64,
    },
    /// An end of an interval, as a proportion.
    Bound(Option<f64>),
    /// A coefficient of agreement, -1 to 1; three decimals in CSV.
    Figure(Option<f64>),
    /// A number that must not be published.
    Hidden,
    /// Names, such as those of the hidden cells of a row.
    Names(Vec<String>),
}

/// A report as columns of typed cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Names of the group columns.
    pub groups: Vec<&'static str>,
    /// Names of the other columns in CSV and in JSON, which differ where CSV holds percents.
    pub columns: Vec<(&'static str, &'static str)>,
    /// Per row the group's values (`None`: all groups together) and the cells.
    pub rows: Vec<(Vec<Option<String>>, Vec<Cell>)>,
}

impl Sheet {
    /// A sheet without any row.
    pub const fn empty() -> Self {
        Self { groups: Vec::new(), columns: Vec::new(), rows: Vec::new() }
    }

    /// The same rows with these columns alone, in this order, by their names in CSV; what the
    /// sheet does not have is passed over.
    pub fn only(&self, names: &[&str]) -> Self {
        let at = |name: &&str| self.columns.iter().position(|(csv, _)| csv == name);
        let kept: Vec<usize> = names.iter().filter_map(at).collect();
        let row = |(group, cells): &(Vec<Option<String>>, Vec<Cell>)| {
            (group.clone(), kept.iter().map(|at| cells[*at].clone()).collect())
        };
        Self {
            groups: self.groups.clone(),
            columns: kept.iter().map(|at| self.columns[*at]).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}
