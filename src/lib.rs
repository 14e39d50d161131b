//! `casereview`: structured child-welfare case review.
//!
//! # The map
//!
//! | room | holds |
//! |---|---|
//! | [`text`] | wrapping, counting, "did you mean", sanitisers |
//! | [`diagnostic`] | a problem as data, and its renderers |
//! | [`instrument`] | raw file -> checked instrument; conditions; tables and their proof |
//! | [`scoring`] | answers -> ratings with their why |
//! | [`stats`] | proportions, estimates, agreement, goals |
//! | [`sampling`] | frame, plan, allocation, tickets, receipt |
//! | [`review`] | events, commands, state |
//! | [`report`] | aggregation, then renderers |
//! | [`pip`] | Program Improvement Plans: baseline, goals, where they stand |
//! | [`store`] | the log and its projections in SQLite |
//! | [`exchange`] | files in and out |
//! | [`task`] | what a person does, as pure state machines |
//! | [`tui`], [`plain`] | two faces of the tasks |
//! | [`cli`] | one file per command |
//!
//! # The one direction
//!
//! `main -> cli -> tui, plain -> task -> pip -> review, sampling, report -> scoring, stats ->
//! instrument -> diagnostic, text`; `store` and `exchange` stand beside `task` and reach
//! down to pip and what lies below. Rooms of one level don't import each other; `cli`
//! joins them. Everything up to `pip` does no I/O, reads no clock, draws no random
//! number and prints nothing. `tests/suite/architecture.rs` reads the imports and fails on
//! an arrow that points up.

pub mod cli;
pub mod diagnostic;
pub mod exchange;
pub mod instrument;
pub mod pip;
pub mod plain;
pub mod report;
pub mod review;
pub mod sampling;
pub mod scoring;
pub mod stats;
pub mod store;
pub mod task;
pub mod text;
pub mod tui;
