//! `log verify|show`: the chains of events.

use clap::{Args, Subcommand};
use serde_json::json;

use super::output::{note, print};
use super::table::table;
use super::{Failure, Format, Global, workspace};
use crate::store::{StoreError, Verified, Workspace};
use crate::text::count;

/// The log everything else is made from
#[derive(Debug, Args)]
pub struct Log {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check every chain, text, seal and table
    Verify,
    /// List the events; texts are left out
    Show {
        /// Only the last so many
        #[arg(long, value_name = "COUNT")]
        last: Option<i64>,
        /// Only events about this case, such as R-0042
        #[arg(long, value_name = "CASE")]
        case: Option<crate::review::CaseNumber>,
    },
}

impl Log {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Verify => verify(global),
            What::Show { last, case } => show(&workspace::open(global)?, global.format, last, case),
        }
    }
}

fn verify(global: &Global) -> Result<(), Failure> {
    let (path, format) = (&global.workspace, global.format);
    let found = Workspace::verify_file(path).map_err(|error| workspace::failure(path, &error))?;
    print(&match format {
        Some(Format::Json) => verified_json(&found),
        Some(Format::Csv) => {
            let rows: Vec<[String; 1]> = found.problems.iter().map(|p| [p.clone()]).collect();
            table(format, &["problem"], &rows)
        }
        _ => verified_text(&found),
    })?;
    match found.problems.len() {
        0 => Ok(()),
        problems => Err(Failure::Wrong(format!(
            "error: the log does not verify: {}\n  help: compare with a backup (`log verify --workspace BACKUP`) before working on",
            count(problems, "problem", "problems")
        ))),
    }
}

/// What to do about a fork.
pub const FORKED: &str = "read on where the first bundle came from, and enter there what was read \
                      in the copy";

fn verified_text(found: &Verified) -> String {
    if !found.problems.is_empty() {
        return found.problems.iter().map(|problem| format!("{problem}\n")).collect();
    }
    let forks: String = found.forks.iter().map(|fork| format!("{fork}; {FORKED}\n")).collect();
    let mut text = format!(
        "the log verifies: {}, {}, {}, {}; tables as the log gives them\n",
        count(found.heads.len(), "chain", "chains"),
        count(found.events, "event", "events"),
        count(found.texts, "text", "texts"),
        count(found.seals, "seal", "seals"),
    );
    if found.removed > 0 {
        text.push_str(&format!("{} removed\n", count(found.removed, "text was", "texts were")));
    }
    if found.signatures > 0 {
        text.push_str(&format!(
            "{} under seals hold\n",
            count(found.signatures, "signature", "signatures")
        ));
    }
    if found.withheld > 0 {
        let events = count(found.withheld, "event", "events");
        text.push_str(&format!("{events} elsewhere: only their hashes are here\n"));
    }
    if found.unknown > 0 {
        let events = count(found.unknown, "event is", "events are");
        text.push_str(&format!("{events} of kinds a newer version knows\n"));
    }
    for head in &found.heads {
        text.push_str(&format!("{}  {} events  {}\n", head.chain(), head.seq, head.hash));
    }
    text + &forks
}

fn verified_json(found: &Verified) -> String {
    let heads: Vec<_> = found
        .heads
        .iter()
        .map(|head| {
            json!({
                "author": head.author.as_str(),
                "workspace": head.workspace.to_string(),
                "events": head.seq,
                "head": head.hash.to_string(),
            })
        })
        .collect();
    let report = json!({
        "sound": found.problems.is_empty(),
        "events": found.events,
        "texts": found.texts,
        "removed": found.removed,
        "seals": found.seals,
        "signatures": found.signatures,
        "withheld": found.withheld,
        "unknown": found.unknown,
        "chains": heads,
        "forks": found.forks,
        "problems": found.problems,
    });
    format!("{report}\n")
}

const HEADER: [&str; 8] = ["position", "at", "chain", "seq", "kind", "about", "what", "hash"];

fn show(
    workspace: &Workspace,
    format: Option<Format>,
    last: Option<i64>,
    case: Option<crate::review::CaseNumber>,
) -> Result<(), Failure> {
    let fail = |error: StoreError| workspace::failure(workspace.path(), &error);
    let end = workspace.last_position().map_err(fail)?;
    let after = last.map_or(0, |last| end.saturating_sub(last.max(0)));
    let lines = workspace.visible_events(after, case).map_err(fail)?;
    if !workspace.sees_seconds() {
        note("events of other people's reviews are left out: a lead sees them");
    }
    let text = !matches!(format, Some(Format::Json | Format::Csv));
    let rows: Vec<[String; 8]> = lines
        .into_iter()
        .map(|line| {
            let hash = line.hash.to_string();
            let hash = if text { hash[..12].to_owned() } else { hash };
            [
                line.position.to_string(),
                line.at.to_string(),
                line.chain,
                line.seq.to_string(),
                line.kind,
                line.about,
                line.what,
                hash,
            ]
        })
        .collect();
    print(&table(format, &HEADER, &rows))
}
