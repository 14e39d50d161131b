//! All integration tests, one binary.

mod import_answers;
mod pty;
mod report_tables;
mod sampling_draw;
mod screen;
mod shown;
mod stats_agreement;
mod stats_allocate;
mod stats_cli;
mod stats_estimate;
mod storyboard;
mod tui_screens;
mod tui_terminal;
