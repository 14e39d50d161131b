//! Who reads with whom, and how far the two agree.

use super::{AgreementQuery, AgreementTable, Figures, Measured, PairColumn, Twice, mode_title};
use crate::report::{Cell, Sheet};
use crate::stats::percent_text;
use crate::text::{clean, fit, fit_right, width};

/// Lines fit this.
const SCREEN: usize = 80;

/// Two readers, the smaller code first.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixCell {
    /// One reader.
    pub one: String,
    /// The other.
    pub other: String,
    /// How far they agree on the ratings of all items.
    pub figures: Figures,
}

/// Everyone with everyone, in one mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Code of the mode.
    pub mode: String,
    /// The readers, in byte order.
    pub readers: Vec<String>,
    /// The pairs that read a case together, in byte order.
    pub cells: Vec<MatrixCell>,
}

impl Matrix {
    /// The cell of two readers.
    pub fn cell(&self, one: &str, other: &str) -> Option<&MatrixCell> {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        self.cells.iter().find(|cell| cell.one == one && cell.other == other)
    }
}

impl Twice {
    /// A matrix for every mode.
    pub fn matrices(&self, query: &AgreementQuery) -> Vec<Matrix> {
        let query = AgreementQuery {
            measured: Measured::Pooled,
            by: vec![PairColumn::Pair],
            total: false,
            ..query.clone()
        };
        let AgreementTable { rows, .. } = self.table(&query);
        let mut matrices: Vec<Matrix> = Vec::new();
        for row in rows {
            let [Some(mode), Some(pair)] = row.group.as_slice() else { continue };
            let Some((one, other)) = pair.split_once('+') else { continue };
            if matrices.last().is_none_or(|matrix| matrix.mode != *mode) {
                let (mode, readers) = (mode.clone(), Vec::new());
                matrices.push(Matrix { mode, readers, cells: Vec::new() });
            }
            let Some(matrix) = matrices.last_mut() else { continue };
            matrix.readers.extend([one.to_owned(), other.to_owned()]);
            let (one, other) = (one.to_owned(), other.to_owned());
            matrix.cells.push(MatrixCell { one, other, figures: row.figures });
        }
        for matrix in &mut matrices {
            matrix.readers.sort();
            matrix.readers.dedup();
        }
        matrices
    }
}

/// The matrices as typed cells, a row two readers.
pub fn matrix_sheet(matrices: &[Matrix]) -> Sheet {
    let rows = matrices.iter().flat_map(|matrix| {
        matrix.cells.iter().map(|cell| {
            let mut cells = vec![Cell::Text(cell.one.clone()), Cell::Text(cell.other.clone())];
            cells.extend(cell.figures.cells());
            (vec![Some(matrix.mode.clone())], cells)
        })
    });
    let keys = [("reader", "reader"), ("with", "with")];
    Sheet {
        groups: vec!["mode"],
        columns: keys.into_iter().chain(Figures::COLUMNS).collect(),
        rows: rows.collect(),
    }
}

/// The matrices as text: percent agreement, and cases.
pub fn matrix_text(matrices: &[Matrix]) -> String {
    let mut out = String::from("Who reads with whom: percent of item ratings that agree (cases)\n");
    for matrix in matrices {
        let names: Vec<String> =
            matrix.readers.iter().map(|reader| clean(reader).into_owned()).collect();
        let label = names.iter().map(|name| width(name)).max().unwrap_or(0).min(20);
        let column = label.max(width("100.0 (99)")) + 2;
        let fitting = ((SCREEN - 2 - label) / column).max(1);
        for from in (0..names.len()).step_by(fitting) {
            let to = (from + fitting).min(names.len());
            out += &format!("\nIn mode: {}\n", mode_title(&matrix.mode));
            let heads = names[from..to].iter().map(|name| fit_right(name, column));
            put(&mut out, &format!("  {}{}", fit("", label), heads.collect::<String>()));
            for (row, name) in names.iter().enumerate() {
                let cells = (from..to).map(|at| {
                    let cell = matrix.cell(&matrix.readers[row], &matrix.readers[at]);
                    let text = cell.map_or(if row == at { "." } else { "" }.to_owned(), told);
                    fit_right(&text, column)
                });
                let cells: String = cells.collect();
                put(&mut out, &format!("  {}{cells}", fit(name, label)));
            }
        }
    }
    out
}

/// "85.7 (2)".
fn told(cell: &MatrixCell) -> String {
    let found = &cell.figures.agreement;
    format!("{} ({})", percent_text(found.same, found.n), cell.figures.cases)
}

fn put(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}
