//! What comes in and goes out as files: frames, answers, ratings, exports.

mod answers;
mod problem;
mod rows;

pub use answers::{AnswersFile, CaseAnswers, MoreColumns, read_answers};
pub use problem::{Problem, problems_text};
pub use rows::{Columns, Row, Rows};
