//! All integration tests, one binary.

mod report_tables;
mod screen;
mod stats_agreement;
mod stats_allocate;
mod stats_estimate;
mod tui_screens;
