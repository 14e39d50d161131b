//! How far two readers agree.

use super::{Interval, Level, wilson};

/// A coefficient with its standard error and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The coefficient, at most 1.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// value +- z standard errors, cut at -1 and 1, which no coefficient passes.
    pub interval: Interval,
}

/// Everything about one table of two readers.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Pairs in the table.
    pub n: u64,
    /// Pairs with the same rating.
    pub same: u64,
    /// The share of same pairs, `None` without pairs.
    pub share: Option<(f64, Interval)>,
    /// Cohen's kappa; `None` without pairs or with one rating only.
    pub kappa: Option<Coefficient>,
    /// Gwet's AC1; `None` without pairs.
    pub ac1: Option<Coefficient>,
    /// Krippendorff's alpha for nominal ratings; `None` without pairs or with one rating only.
    pub alpha: Option<f64>,
    /// Only one rating was used, by both readers.
    pub one_rating: bool,
    /// The category that one reader, and only one, always gave: kappa is 0 whatever else.
    pub constant: Option<(Reader, usize)>,
}

impl Agreement {
    /// The category that is to blame where kappa is low although the readers agree, and how
    /// many of all ratings it has: nearly all ratings are the same.
    ///
    /// Source of the paradox: A. R. Feinstein and D. V. Cicchetti, Journal of Clinical
    /// Epidemiology 43 (1990) 543-549; where it is told is our choice.
    pub fn paradox(&self, table: &[Vec<u64>]) -> Option<(usize, u64)> {
        let ((share, _), kappa, ac1) = (self.share?, self.kappa?, self.ac1?);
        if share < PARADOX_SHARE || ac1.value - kappa.value < PARADOX_GAP {
            return None;
        }
        let used = |at: usize| {
            table[at].iter().sum::<u64>() + table.iter().map(|row| row[at]).sum::<u64>()
        };
        (0..table.len()).map(|at| (at, used(at))).max_by_key(|(at, n)| (*n, usize::MAX - at))
    }
}

/// Agreement from which a low kappa is told to come of lopsided margins, and how far kappa
/// then lies under AC1.
const PARADOX_SHARE: f64 = 0.8;
const PARADOX_GAP: f64 = 0.2;

/// Which reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The rows of the table.
    First,
    /// The columns of the table.
    Second,
}

/// Compares two readers. `table[i][j]` counts the pairs where the first reader gave
/// category i and the second category j; the table is square, and its side is the number
/// of categories that could have been given, used or not (AC1 counts them).
///
/// Sources: J. Cohen, Educational and Psychological Measurement 20 (1960) 37-46, with the
/// standard error for intervals of J. L. Fleiss, J. Cohen and B. S. Everitt, Psychological
/// Bulletin 72 (1969) 323-327, formula 13; K. L. Gwet, British Journal of Mathematical and
/// Statistical Psychology 61 (2008) 29-48, without the finite population factor;
/// [`krippendorff`]; share of same pairs by [`wilson`].
pub fn agreement(table: &[Vec<u64>], level: Level) -> Agreement {
    let margins = Margins::of(table);
    let (n, same) = (margins.n, margins.same);
    let single = |side: &[u64]| side.iter().position(|&count| count == n && n > 0);
    let (first, second) = (single(&margins.rows), single(&margins.columns));
    let constant = match (first, second) {
        (Some(at), None) => Some((Reader::First, at)),
        (None, Some(at)) => Some((Reader::Second, at)),
        _ => None,
    };
    let around = |value: f64, variance: f64| {
        let error = variance.max(0.0).sqrt();
        let reach = level.z() * error;
        let interval = Interval { low: (value - reach).max(-1.0), high: (value + reach).min(1.0) };
        Coefficient { value, error, interval }
    };
    Agreement {
        n,
        same,
        share: wilson(same, n, level).map(|interval| (same as f64 / n as f64, interval)),
        kappa: kappa(table, &margins).map(|(value, variance)| around(value, variance)),
        ac1: ac1(table, &margins).map(|(value, variance)| around(value, variance)),
        alpha: alpha(table, &margins),
        one_rating: first.is_some() && first == second,
        constant,
    }
}

struct Margins {
    n: u64,
    same: u64,
    rows: Vec<u64>,
    columns: Vec<u64>,
}

impl Margins {
    fn of(table: &[Vec<u64>]) -> Self {
        let rows: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
        let columns = (0..table.len()).map(|j| table.iter().map(|row| row[j]).sum()).collect();
        let same = table.iter().enumerate().map(|(i, row)| row[i]).sum();
        Self { n: rows.iter().sum(), same, rows, columns }
    }
}

/// Cells of the table as shares.
fn cells(table: &[Vec<u64>], n: u64) -> impl Iterator<Item = (usize, usize, f64)> {
    table.iter().enumerate().flat_map(move |(i, row)| {
        row.iter().enumerate().map(move |(j, &count)| (i, j, count as f64 / n as f64))
    })
}

/// Kappa and its variance.
fn kappa(table: &[Vec<u64>], margins: &Margins) -> Option<(f64, f64)> {
    let n = u128::from(margins.n);
    let chance: u128 = margins
        .rows
        .iter()
        .zip(&margins.columns)
        .map(|(&row, &column)| u128::from(row) * u128::from(column))
        .sum();
    if n == 0 || chance == n * n {
        return None;
    }
    // In whole numbers, so that agreement at chance is exactly 0.
    let (hits, total) = (n * u128::from(margins.same), (n * n - chance) as f64);
    let above = if hits >= chance { (hits - chance) as f64 } else { -((chance - hits) as f64) };
    let value = above / total;
    let pe = chance as f64 / (n * n) as f64;
    let share = |side: &[u64], at: usize| side[at] as f64 / margins.n as f64;
    let spread: f64 = cells(table, margins.n)
        .map(|(i, j, p)| {
            if i == j {
                let both = share(&margins.rows, i) + share(&margins.columns, i);
                p * (1.0 - both * (1.0 - value)).powi(2)
            } else {
                let crossed = share(&margins.columns, i) + share(&margins.rows, j);
                p * (1.0 - value).powi(2) * crossed.powi(2)
            }
        })
        .sum();
    let centre = value - pe * (1.0 - value);
    Some((value, (spread - centre * centre) / (margins.n as f64 * (1.0 - pe).powi(2))))
}

/// AC1 and its variance.
fn ac1(table: &[Vec<u64>], margins: &Margins) -> Option<(f64, f64)> {
    let n = margins.n as f64;
    if margins.n == 0 {
        return None;
    }
    if table.len() < 2 {
        return Some((1.0, 0.0));
    }
    let pi: Vec<f64> = margins
        .rows
        .iter()
        .zip(&margins.columns)
        .map(|(&row, &column)| (row + column) as f64 / (2.0 * n))
        .collect();
    let others = (table.len() - 1) as f64;
    let pe = pi.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others;
    let pa = margins.same as f64 / n;
    let value = (pa - pe) / (1.0 - pe);
    let spread: f64 = cells(table, margins.n)
        .map(|(i, j, p)| {
            let hit = if i == j { 1.0 } else { 0.0 };
            let drift = 2.0 * (1.0 - value) * (1.0 - (pi[i] + pi[j]) / 2.0) / others;
            p * (hit - drift).powi(2)
        })
        .sum();
    let centre = pa - 2.0 * (1.0 - value) * pe;
    Some((value, (spread - centre * centre) / (n * (1.0 - pe).powi(2))))
}

/// Alpha of a table of pairs: 1 - (2n - 1) observed / expected disagreements.
fn alpha(table: &[Vec<u64>], margins: &Margins) -> Option<f64> {
    let used: Vec<u128> = margins
        .rows
        .iter()
        .zip(&margins.columns)
        .map(|(&row, &column)| u128::from(row) + u128::from(column))
        .collect();
    let differing = 2 * u128::from(margins.n - margins.same);
    debug_assert_eq!(table.len(), used.len());
    alpha_of(differing as f64, &used)
}

/// Krippendorff's alpha for nominal ratings by any number of readers with gaps: each unit
/// is the list of categories its readers gave, units with fewer than two ratings don't
/// count. `None` where nothing can be compared or one rating only was used.
///
/// Source: K. Krippendorff, Content Analysis, 2nd ed. (2004), section 11.3.
pub fn krippendorff(units: &[Vec<usize>]) -> Option<f64> {
    let categories = units.iter().flatten().max()? + 1;
    let mut used = vec![0_u128; categories];
    let mut differing = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut here = vec![0_u128; categories];
        for &category in unit {
            here[category] += 1;
            used[category] += 1;
        }
        let ratings = unit.len() as u128;
        let pairs: u128 = here.iter().map(|&count| count * (ratings - count)).sum();
        differing += pairs as f64 / (ratings - 1) as f64;
    }
    alpha_of(differing, &used)
}

/// `differing`: coincidences off the diagonal; `used`: ratings per category.
fn alpha_of(differing: f64, used: &[u128]) -> Option<f64> {
    let total: u128 = used.iter().sum();
    let expected: u128 = used.iter().map(|&count| count * (total - count)).sum();
    (expected > 0).then(|| 1.0 - (total - 1) as f64 * differing / expected as f64)
}
