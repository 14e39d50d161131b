//! What comes in and goes out as files: frames, answers, ratings, exports.

mod answers;
mod export_items;
mod facts;
mod frame;
mod import_answers;
mod import_ratings;
pub mod mail;
mod mapped;
mod na_reason;
mod new_file;
mod pairs;
mod private;
mod problem;
mod report_book;
mod rows;
mod workbook;

pub use answers::{AnswersFile, CaseAnswers, MoreColumns, read_answers};
pub use export_items::{ExportedReading, ITEM_COLUMNS, ItemsWriter, TableFormat};
pub use frame::{
    FrameError, FrameFile, FramePreview, frame_csv, preview_frame, read_frame, read_frame_file,
};
pub use import_answers::{AnswersImport, import_answers};
pub use import_ratings::{Instruments, RatingsImport, import_mapped, import_ratings};
pub use mapped::{CheckedMapping, RatingsMapping, SheetRows, check_mapping, sheet_rows};
pub use na_reason::{na_reason, na_reasons};
pub use new_file::{NewFile, NewFileError};
pub use pairs::{CountedPairs, count_pairs};
pub use private::write_private;
pub use problem::{Problem, problems_text};
pub use report_book::{BookError, report_books};
pub use rows::{Columns, Row, Rows};
