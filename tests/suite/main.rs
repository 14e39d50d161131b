//! All integration tests, one binary.

mod answers_file;
mod demo;
mod import_answers;
mod instrument_invalid;
mod pty;
mod redraw;
mod report_tables;
mod rules_r2;
mod sampling_cli;
mod sampling_draw;
mod sampling_redraw;
mod scoring;
mod screen;
mod shown;
mod stats_agreement;
mod stats_allocate;
mod stats_cli;
mod stats_estimate;
mod storyboard;
mod task_queue;
mod task_review;
mod task_table;
mod task_walk;
mod task_world;
mod tui_screens;
mod tui_terminal;
