//! One file per command, thin: arguments -> domain -> print.

mod agreement;
mod allot;
mod assign;
mod backup;
mod conflict;
mod demo;
mod desk;
mod export;
mod failure;
mod fairness;
mod frame;
mod global;
mod import;
mod init;
mod instrument;
mod interface;
mod keying;
mod log;
mod mail;
mod opening;
mod output;
mod page;
mod pair_standing;
mod person;
mod pip;
mod qa;
mod reconcile;
mod report;
mod review;
mod round;
mod sample;
mod score;
mod second;
mod source;
mod standing;
mod stats;
mod status;
mod submit;
mod table;
mod way_out;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use global::Output;

pub use desk::Desk;
pub use failure::Failure;
pub use global::{Color, Format, Global};

/// What stands under the help of the program itself.
const BEGIN: &str = "\
To begin:  casereview demo          a practice workspace, everything in it invented
           casereview review        the cases assigned to you
           casereview COMMAND -h    what a command takes";

/// Structured child-welfare case review in the terminal.
#[derive(Debug, Parser)]
#[command(name = "casereview", version, about, propagate_version = true, after_help = BEGIN)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// One variant a command; each variant's arguments and `run` stand in a file of that name.
#[derive(Debug, Subcommand)]
enum Command {
    Alert(mail::Alert),
    Assign(assign::Assign),
    Backup(backup::Backup),
    Bundle(mail::Bundle),
    Conflict(conflict::Conflict),
    Demo(demo::Demo),
    Evidence(mail::Evidence),
    Export(export::Export),
    Frame(frame::Frame),
    Identity(mail::Identity),
    Import(import::Import),
    Init(init::Init),
    Instrument(instrument::Instruments),
    Log(log::Log),
    Page(page::Page),
    Person(person::Person),
    Qa(qa::Qa),
    Pip(pip::Pip),
    Report(report::Report),
    Restore(backup::Restore),
    Review(review::Review),
    Reconcile(reconcile::Reconcile),
    Round(round::Round),
    Sample(sample::Sample),
    Score(score::Score),
    Second(second::Second),
    Stats(stats::Stats),
    Status(status::Status),
    Submit(submit::Submit),
    Team(mail::Team),
    Work(mail::Work),
}

impl Command {
    fn run(self, global: &Global) -> Result<(), Failure> {
        match self {
            Self::Alert(command) => command.run(global),
            Self::Assign(command) => command.run(global),
            Self::Backup(command) => command.run(global),
            Self::Bundle(command) => command.run(global),
            Self::Conflict(command) => command.run(global),
            Self::Demo(command) => command.run(global),
            Self::Evidence(command) => command.run(global),
            Self::Export(command) => command.run(global),
            Self::Frame(command) => command.run(global),
            Self::Identity(command) => command.run(global),
            Self::Import(command) => command.run(global),
            Self::Init(command) => command.run(global),
            Self::Instrument(command) => command.run(global),
            Self::Log(command) => command.run(global),
            Self::Page(command) => command.run(global),
            Self::Person(command) => command.run(global),
            Self::Qa(command) => command.run(global),
            Self::Pip(command) => command.run(global),
            Self::Report(command) => command.run(global),
            Self::Restore(command) => command.run(global),
            Self::Review(command) => command.run(global),
            Self::Reconcile(command) => command.run(global),
            Self::Round(command) => command.run(global),
            Self::Sample(sample) => sample.run(global),
            Self::Score(command) => command.run(global),
            Self::Second(command) => command.run(global),
            Self::Stats(stats) => stats.run(global),
            Self::Status(command) => command.run(global),
            Self::Submit(command) => command.run(global),
            Self::Team(command) => command.run(global),
            Self::Work(command) => command.run(global),
        }
    }
}

/// What is wrong with a `--format` that the command does not write.
fn wrong_format(cli: &Cli) -> Option<String> {
    let is_page = matches!(cli.command, Command::Page(_));
    let is_report = matches!(cli.command, Command::Report(_) | Command::Pip(_));
    let asked = cli.global.asked?;
    let name = asked.to_possible_value()?.get_name().to_owned();
    let (wrong, help) = match asked {
        Output::Xlsx if is_report => return None,
        Output::Xlsx => {
            let help = match is_page {
                true => "`report ... --format xlsx --out FILE` makes one of each table".to_owned(),
                false => "csv opens in a spreadsheet too".to_owned(),
            };
            ("only reports leave as a workbook", help)
        }
        Output::Html if is_report || is_page => return None,
        Output::Html => ("only reports leave as a page", "`page` makes further ones".to_owned()),
        _ if !is_page => return None,
        _ => (
            "a page is written as HTML",
            format!("leave --format out; `report ... --format {name}` has the numbers"),
        ),
    };
    Some(format!("error: --format {name}: {wrong}\n  help: {help}"))
}

/// Parses the arguments of the process, runs the command, and says how it went.
pub fn main() -> ExitCode {
    let mut cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help on stdout and problems on stderr; both may meet a closed pipe.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    cli.global.settle();
    if let Some(text) = wrong_format(&cli) {
        return Failure::BadInput(text).report(&cli.global);
    }
    match cli.command.run(&cli.global) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(&cli.global),
    }
}
