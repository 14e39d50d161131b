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
