//! `instrument`: what is shipped, its questions and tables, and the check of a file.

mod browse;
pub mod codebook;
mod diff;
mod impact;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::output::print;
use super::source;
use super::{Color, Failure, Format, Global};
use crate::diagnostic::{Diagnostic, excerpts_in, json_in};
use crate::instrument::{self, Checked, Instrument, OutcomeIx, load_shipped, shipped, words};
use crate::text::{clean_lines, count, did_you_mean, fit, width};

/// Review instruments: list, read and check them
#[derive(Debug, Args)]
pub struct Instruments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// The instruments compiled in
    List,
    /// Read instruments and try answers on screen, without a workspace; line by line, `explain`
    Browse {
        /// Id of a shipped instrument, or path to a TOML file; the list of them when left out
        #[arg(value_name = "INSTRUMENT")]
        name: Option<String>,
    },
    /// The questions of an instrument
    Show {
        /// Id of a shipped instrument, or path to a TOML file
        #[arg(value_name = "INSTRUMENT")]
        name: String,
    },
    /// The rating tables in words and as Markdown, for sign-off
    Explain {
        /// Id of a shipped instrument, or path to a TOML file
        #[arg(value_name = "INSTRUMENT")]
        name: String,
        /// An item, sub-item or outcome; all when left out
        #[arg(value_name = "ITEM")]
        item: Option<String>,
    },
    /// Every variable, its codes and labels, and when it is asked
    Codebook {
        /// Id of a shipped instrument, or path to a TOML file
        #[arg(value_name = "INSTRUMENT")]
        name: String,
    },
    /// What changed between two editions, and which answers now rate differently
    Diff {
        /// Id of a shipped instrument, or path to a TOML file
        #[arg(value_name = "OLD")]
        old: String,
        /// The same, of the other edition
        #[arg(value_name = "NEW")]
        new: String,
    },
    /// Which reviews of the workspace would rate differently under another edition
    Impact {
        /// The edition they were made with: an id, a path, or the beginning of its hash
        #[arg(value_name = "OLD")]
        old: String,
        /// The other edition: an id, a path, or the beginning of a stored edition's hash
        #[arg(value_name = "NEW")]
        new: String,
    },
    /// Every problem of instrument files, with its line and what to do
    Check {
        /// Paths to TOML files, or ids of shipped instruments
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
    },
}

impl Instruments {
    /// Runs the command.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.command {
            Task::List => list(global),
            Task::Browse { name } => browse::run(name.as_deref(), global),
            Task::Show { name } => {
                let instrument = source::instrument(&name)?;
                show(&instrument, global)
            }
            Task::Explain { name, item } => {
                let instrument = source::instrument(&name)?;
                explain(&instrument, item.as_deref(), global)
            }
            Task::Codebook { name } => {
                let book = instrument::codebook(&*source::instrument(&name)?);
                print(&codebook::render(&[book], global.format.unwrap_or(Format::Text)))
            }
            Task::Diff { old, new } => {
                let format = global.format.unwrap_or(Format::Text);
                if format == Format::Csv {
                    return no_csv("diff");
                }
                let (old, new) = (source::instrument(&old)?, source::instrument(&new)?);
                print(&diff::render(&instrument::diff(&old, &new), format))
            }
            Task::Impact { old, new } => impact::run(&old, &new, global),
            Task::Check { files } => check_files(&files, global),
        }
    }
}

#[derive(Serialize)]
struct Listed<'l> {
    id: &'l str,
    title: &'l str,
    edition: &'l str,
    items: usize,
    questions: usize,
    default: bool,
    hash: &'l str,
}

fn list(global: &Global) -> Result<(), Failure> {
    let loaded: Vec<_> = shipped().iter().filter_map(|one| load_shipped(one.id)).collect();
    let rows: Vec<Listed<'_>> = loaded
        .iter()
        .map(|instrument| Listed {
            id: instrument.id(),
            title: instrument.title(),
            edition: instrument.edition(),
            items: instrument.items().iter().filter(|item| item.parent().is_none()).count(),
            questions: instrument.questions().len(),
            default: instrument.id() == instrument::DEFAULT,
            hash: instrument.hash(),
        })
        .collect();
    match global.format.unwrap_or(Format::Text) {
        Format::Json => print_json(&rows),
        Format::Csv => {
            let mut out = csv::Writer::from_writer(Vec::new());
            for row in &rows {
                out.serialize(row).map_err(|error| Failure::BadInput(error.to_string()))?;
            }
            let bytes = out.into_inner().map_err(|error| Failure::BadInput(error.to_string()))?;
            print(&String::from_utf8_lossy(&bytes))
        }
        Format::Text => {
            let column = rows.iter().map(|row| width(row.id)).max().unwrap_or_default();
            let mut out = String::new();
            for row in &rows {
                let default = if row.default { " (default)" } else { "" };
                out.push_str(&format!(
                    "{}  {}, edition {}, {}{default}\n",
                    fit(row.id, column),
                    row.title,
                    row.edition,
                    count(row.items, "item", "items")
                ));
            }
            print(&clean_lines(&out))
        }
    }
}

#[derive(Serialize)]
struct ShownQuestion<'q> {
    id: &'q str,
    part: Option<&'q str>,
    ask: &'q str,
    kind: &'static str,
    answers: Vec<ShownAnswer<'q>>,
    asked_when: Option<String>,
    rates: bool,
    required: bool,
}

#[derive(Serialize)]
struct ShownAnswer<'q> {
    code: &'q str,
    title: &'q str,
}

fn show(instrument: &Instrument, global: &Global) -> Result<(), Failure> {
    match global.format.unwrap_or(Format::Text) {
        Format::Text => print(&clean_lines(&words::show(instrument))),
        Format::Csv => no_csv("show"),
        Format::Json => {
            let questions: Vec<ShownQuestion<'_>> = instrument
                .question_positions()
                .map(|at| {
                    let question = instrument.question(at);
                    ShownQuestion {
                        id: question.id(),
                        part: question.part(),
                        ask: question.ask(),
                        kind: instrument::kind_name(question.kind()),
                        answers: question
                            .options()
                            .iter()
                            .map(|option| ShownAnswer { code: &option.code, title: &option.title })
                            .collect(),
                        asked_when: words::asked_when(instrument, at),
                        rates: question.needed_for_rating(),
                        required: question.required(),
                    }
                })
                .collect();
            print_json(&questions)
        }
    }
}

#[derive(Serialize)]
struct Table<'t> {
    kind: &'static str,
    id: &'t str,
    title: &'t str,
    rows: Vec<TableRow<'t>>,
    rules: Vec<TableRule<'t>>,
}

#[derive(Serialize)]
struct TableRow<'t> {
    id: &'t str,
    rating: &'static str,
    when: String,
    say: Option<&'t str>,
}

#[derive(Serialize)]
struct TableRule<'t> {
    id: &'t str,
    strength: &'static str,
    demands: String,
    say: &'t str,
}

fn explain(instrument: &Instrument, only: Option<&str>, global: &Global) -> Result<(), Failure> {
    let outcomes: Vec<OutcomeIx> = (0..instrument.outcomes().len() as u16).map(OutcomeIx).collect();
    let item = only.and_then(|id| instrument.find_item(id));
    let outcome =
        only.and_then(|id| outcomes.iter().copied().find(|at| instrument.outcome(*at).id() == id));
    if let (Some(id), None, None) = (only, item, outcome) {
        let known = instrument.items().iter().map(|item| item.id());
        let known: Vec<&str> =
            known.chain(instrument.outcomes().iter().map(|outcome| outcome.id())).collect();
        let help = match did_you_mean(id, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("there is {}", known.join(", ")),
        };
        let message = format!("error: {} has no item {id}\n  help: {help}", instrument.id());
        return Err(Failure::BadInput(clean_lines(&message).into_owned()));
    }
    match global.format.unwrap_or(Format::Text) {
        Format::Csv => no_csv("explain"),
        Format::Text => {
            let text = match (item, outcome) {
                (Some(item), _) => words::explain_item(instrument, item),
                (None, Some(outcome)) => words::explain_outcome(instrument, outcome),
                (None, None) => words::explain(instrument),
            };
            print(&clean_lines(&text))
        }
        Format::Json => {
            let items = instrument.item_positions().filter(|at| match (item, only) {
                (Some(item), _) => *at == item || instrument.item(*at).parent() == Some(item),
                (None, only) => only.is_none(),
            });
            let mut tables: Vec<Table<'_>> = items.map(|at| item_table(instrument, at)).collect();
            let shown = outcomes.into_iter().filter(|at| only.is_none() || outcome == Some(*at));
            tables.extend(shown.map(|at| outcome_table(instrument, at)));
            print_json(&tables)
        }
    }
}

fn item_table(instrument: &Instrument, at: instrument::ItemIx) -> Table<'_> {
    let item = instrument.item(at);
    Table {
        kind: if item.parent().is_some() { "sub-item" } else { "item" },
        id: item.id(),
        title: item.title(),
        rows: item
            .rows()
            .iter()
            .map(|row| TableRow {
                id: &row.id,
                rating: row.give.code(),
                when: words::row(instrument, at, row),
                say: row.say.as_deref(),
            })
            .collect(),
        rules: item
            .rules()
            .iter()
            .map(|rule| TableRule {
                id: &rule.id,
                strength: match rule.strictness {
                    instrument::Strictness::Hard => "hard",
                    instrument::Strictness::Explain => "explain",
                },
                demands: words::rule(instrument, at, rule),
                say: &rule.say,
            })
            .collect(),
    }
}

fn outcome_table(instrument: &Instrument, at: OutcomeIx) -> Table<'_> {
    let outcome = instrument.outcome(at);
    Table {
        kind: "outcome",
        id: outcome.id(),
        title: outcome.title(),
        rows: outcome
            .rows()
            .iter()
            .map(|row| TableRow {
                id: &row.id,
                rating: row.give.code(),
                when: words::outcome_row(instrument, row),
                say: row.say.as_deref(),
            })
            .collect(),
        rules: Vec::new(),
    }
}

fn check_files(files: &[String], global: &Global) -> Result<(), Failure> {
    let format = global.format.unwrap_or(Format::Text);
    if format == Format::Csv {
        return no_csv("check");
    }
    let texts = source::texts(files)?;
    let (mut data, mut out, mut wrong) = (Vec::new(), String::new(), false);
    for text in texts {
        let name = text.file.name.clone();
        let Checked { diagnostics: problems, sources, .. } = text.check();
        let errors = problems.iter().filter(|problem| problem.is_error()).count();
        wrong |= errors > 0;
        match format {
            Format::Json => data.extend(json_in(&sources, &problems)),
            Format::Text | Format::Csv => {
                out.push_str(&excerpts_in(&sources, &problems, colored(global)));
                out.push_str(&summary(&name, errors, &problems));
            }
        }
    }
    match format {
        Format::Json => print_json(&data)?,
        Format::Text | Format::Csv => print(&out)?,
    }
    if wrong { Err(Failure::Wrong(String::new())) } else { Ok(()) }
}

fn summary(name: &str, errors: usize, problems: &[Diagnostic]) -> String {
    let warnings = problems.len() - errors;
    let words = match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (0, _) => count(warnings, "warning", "warnings"),
        (_, 0) => count(errors, "error", "errors"),
        _ => format!(
            "{}, {}",
            count(errors, "error", "errors"),
            count(warnings, "warning", "warnings")
        ),
    };
    format!("{}: {words}\n", crate::text::clean(name))
}

fn colored(global: &Global) -> bool {
    use std::io::IsTerminal;
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                && std::io::stdout().is_terminal()
        }
    }
}

fn no_csv(command: &str) -> Result<(), Failure> {
    Err(Failure::BadInput(format!(
        "error: instrument {command} has no csv\n  help: use --format text or --format json"
    )))
}

fn print_json(data: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(data)
        .map_err(|error| Failure::BadInput(format!("error: {error}")))?;
    print(&format!("{text}\n"))
}
