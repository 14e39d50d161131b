//! Answers -> item, sub-item and outcome ratings, with the trace of each.

mod answers;
mod beside;
mod changes;
mod explain;
mod filled;
mod impact;
mod outcome_changes;
mod result;
mod rows;
mod score;
mod section;
mod token;
mod unfinished;
mod unfinished_rows;
mod value;

pub use answers::{Answers, Value};
pub use beside::text_beside;
pub use changes::{Change, MOST_CHANGES, NewAnswer, changes, changes_giving};
pub use explain::{explain_item, explain_outcome, why_title};
pub use filled::{is_filled, value as value_of};
pub use impact::{Decided, GoneAnswer, Impact, RatedKind, Rerated, impact};
pub use outcome_changes::{OutcomeChange, outcome_changes};
pub use result::{Asked, Cause, ItemResult, OutcomeCause, OutcomeResult, Scores};
pub use rows::{Row, cell_asks_for_text, cell_codes, read_cell, text_key};
pub use score::{score, score_with};
pub use section::{SectionResult, counts_as, section};
pub use token::{outcome_token, token};
pub use unfinished::{Lack, Missing, unfinished};
pub use value::{BadValue, parse_value, read_value, value_words, write_value};
