//! How far two readers agree: measured on cases read twice, always by how the two came by
//! their evidence.
//!
//! [`Twice`] takes in pairs of reviews and keeps of each what the two gave side by side, its
//! [`Mark`]s. Out of it come an [`AgreementTable`] (by item, question, applicability, or over
//! all items by groups), a [`Matrix`] (who with whom) and the [`TwiceCase`]s of two readers.

mod cases;
mod column;
mod figures;
mod line;
mod marks;
mod matrix;
mod table;
mod text;
mod twice;

pub use cases::{TwiceCase, cases_sheet, cases_text};
pub use column::{AgreementQuery, Measured, PairColumn, PairFilter};
pub use figures::{AgreementRow, Figures};
pub use line::AgreementLine;
pub use matrix::{Matrix, MatrixCell, matrix_sheet, matrix_text};
pub use table::AgreementTable;
pub use text::agreement_text;
pub use twice::{Mark, Twice, TwiceFacts, TwiceRead};

/// The code of a pair for which no mode was fixed.
pub const NO_MODE: &str = "not-fixed";

/// A mode of interviews in words.
pub fn mode_title(code: &str) -> &str {
    match code {
        "joint" => "joint interviews",
        "evidence-shared" => "evidence shared",
        "file-only" => "file only",
        NO_MODE => "mode not fixed",
        other => other,
    }
}

/// The name of two readers together, whoever read first: `john+mary`.
pub fn pair_name(readers: &[String; 2]) -> String {
    let [one, other] = readers;
    if one <= other { format!("{one}+{other}") } else { format!("{other}+{one}") }
}
