//! A diagnostic as data (code, severity, spans, help) and its renderers: excerpt, one line, JSON.
//!
//! Nothing here knows what was checked: instruments, plans and frames all report with it.

mod data;
mod place;
mod render;
mod sources;
mod toml_kind;
mod toml_table;

pub use data::{Diagnostic, Related, Severity};
pub use place::Place;
pub use render::{JsonDiagnostic, excerpts, excerpts_in, json, json_in, one_line, one_line_in};
pub use sources::{Source, Sources};
pub use toml_kind::toml_kind;
pub use toml_table::{Placed, Problems, Table, Value, single, texts};
