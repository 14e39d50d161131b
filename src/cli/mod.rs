//! One file per command, thin: arguments -> domain -> print.

mod demo;
mod desk;
mod export;
mod failure;
mod global;
mod import;
mod instrument;
mod interface;
mod output;
mod report;
mod review;
mod sample;
mod score;
mod source;
mod stats;
mod submit;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use failure::Failure;
pub use global::{Color, Format, Global};

/// Structured child-welfare case review in the terminal.
#[derive(Debug, Parser)]
#[command(name = "casereview", version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// One variant a command; each variant's arguments and `run` stand in a file of that name.
#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Export(export::Export),
    Import(import::Import),
    Instrument(instrument::Instruments),
    Report(report::Report),
    Review(review::Review),
    Sample(sample::Sample),
    Score(score::Score),
    Stats(stats::Stats),
    Submit(submit::Submit),
}

impl Command {
    fn run(self, global: &Global) -> Result<(), Failure> {
        match self {
            Self::Demo(command) => command.run(global),
            Self::Export(command) => command.run(global),
            Self::Import(command) => command.run(global),
            Self::Instrument(command) => command.run(global),
            Self::Report(command) => command.run(global),
            Self::Review(command) => command.run(global),
            Self::Sample(sample) => sample.run(global),
            Self::Score(command) => command.run(global),
            Self::Stats(stats) => stats.run(global),
            Self::Submit(command) => command.run(global),
        }
    }
}

/// Parses the arguments of the process, runs the command, and says how it went.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help on stdout and problems on stderr; both may meet a closed pipe.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match cli.command.run(&cli.global) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(&cli.global),
    }
}
