//! What comes in and goes out as files: frames, answers, ratings, exports.

mod answers;
mod frame;
mod private;
mod problem;
mod rows;

pub use answers::{AnswersFile, CaseAnswers, MoreColumns, read_answers};
pub use frame::{FrameError, read_frame};
pub use private::write_private;
pub use problem::{Problem, problems_text};
pub use rows::{Columns, Row, Rows};
