//! A diagnostic as data (code, severity, spans, help) and its renderers: excerpt, one line, JSON.
//!
//! Nothing here knows what was checked: instruments, plans and frames all report with it.

mod data;
mod place;
mod render;
mod toml_kind;

pub use data::{Diagnostic, Related, Severity};
pub use place::Place;
pub use render::{JsonDiagnostic, excerpts, json, one_line};
pub use toml_kind::toml_kind;
