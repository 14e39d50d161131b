//! `sample report`: what was drawn, what became of it, and where the sample is short.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::output::{note, print};
use crate::cli::table::table;
use crate::cli::{Failure, Format, Global, round, workspace};
use crate::review::{Draw, Elimination, Round, StratumStanding, Supplement};
use crate::store::{SampleCase, SampleCounts};
use crate::text::{clean, count};

/// What was drawn, eliminated and replaced, and which strata are short
#[derive(Debug, Args)]
pub(super) struct Report {
    /// Round; without it the last one that is open
    #[arg(long, value_name = "N")]
    round: Option<String>,
    /// Also what was written about eliminations, which may tell of people
    #[arg(long)]
    texts: bool,
}

const STRATA: [&str; 10] = [
    "draw",
    "stratum",
    "planned",
    "sample",
    "brought_in",
    "read",
    "open",
    "eliminated",
    "spares_left",
    "short",
];
const GONE: [&str; 7] =
    ["case", "region", "reason", "asked_by", "approved_by", "told_by", "replaced_by"];

/// A stratum with its cases as they stand.
struct Line {
    standing: StratumStanding,
    read: u64,
    open: u64,
}

impl Report {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let workspace = workspace::open(global)?;
        let fail = |error| workspace::failure(workspace.path(), &error);
        let row = round::find(&workspace, self.round.as_deref())?;
        let state = workspace.round(row.id).map_err(fail)?;
        let mut cases = workspace.sample_cases().map_err(fail)?;
        cases.retain(|case| case.round_id == Some(row.id));
        let counts = workspace.sample_counts(&state).map_err(fail)?;
        let lines: Vec<Line> = state.strata().into_iter().map(|one| line(one, &cases)).collect();
        print(&match global.format {
            Some(Format::Csv) => table(global.format, &STRATA, &rows(&lines)),
            Some(Format::Json) => {
                format!("{:#}\n", self.json(&state, &counts, &lines))
            }
            _ => self.text(&state, &counts, &lines),
        })?;
        if global.format == Some(Format::Csv) {
            note(&counts.to_string());
        }
        if counts.hold() {
            return Ok(());
        }
        Err(Failure::Wrong(
            "error: the sample does not add up\n  help: `log verify` checks the workspace\n"
                .to_owned(),
        ))
    }

    fn text(&self, state: &Round, counts: &SampleCounts, lines: &[Line]) -> String {
        let mut text = heads(state);
        if state.draws.is_empty() {
            return clean(&format!("round {} has no sample yet", state.name)).into_owned() + "\n";
        }
        text += &format!("\n{counts}\n\n{}", table(None, &STRATA, &rows(lines)));
        for line in lines.iter().filter(|line| line.standing.missing() > 0) {
            let name = clean(&line.standing.stratum);
            let short = line.standing.short();
            let open = line.standing.missing() - short;
            if short > 0 {
                let cases = count(short as usize, "case", "cases");
                text += &format!("stratum {name} is {cases} short: no spare is left\n");
            }
            if open > 0 {
                let cases = count(open as usize, "case", "cases");
                text += &format!("stratum {name}: {cases} can still be replaced by spares\n");
            }
        }
        let changes = &state.changes;
        if !changes.eliminations.is_empty() {
            let rows: Vec<[String; 7]> =
                changes.eliminations.values().map(|one| gone(state, one)).collect();
            text += &format!("\n{}", table(None, &GONE, &rows));
        }
        for one in &changes.declined {
            let (case, reason) = (one.asked.case, &one.asked.reason);
            let asked = &one.asked.asked_by;
            let how = if one.by == *asked { "taken back" } else { "declined" };
            let line = format!("{case}: {reason}, asked for by {asked}, {how} by {}", one.by);
            text += &clean(&line);
            text.push('\n');
        }
        for one in changes.eliminations.values().filter(|one| one.unlocked) {
            text += &format!("{} had an item rating: a lead unlocked it\n", one.case);
        }
        if self.texts {
            for one in changes.eliminations.values() {
                for said in one.text.iter().chain(&one.unlock) {
                    text += &format!("{}: {}\n", one.case, clean(said));
                }
            }
        }
        text
    }

    fn json(&self, state: &Round, counts: &SampleCounts, lines: &[Line]) -> Value {
        let draws: Vec<Value> = state
            .draws
            .iter()
            .map(|draw| {
                let [sample, spares] = drawn(draw);
                json!({ "draw": draw.number, "at": draw.at.to_string(), "sample": sample,
                    "spares": spares, "seed": draw.seed, "seed_source": draw.seed_source,
                    "witnesses": draw.witnesses, "reason": draw.reason,
                    "supplements": draw.supplements.iter().map(supplement).collect::<Vec<_>>() })
            })
            .collect();
        let strata: Vec<Value> = lines
            .iter()
            .map(|Line { standing, read, open }| {
                json!({ "draw": standing.draw, "stratum": standing.stratum,
                    "planned": standing.planned, "sample": standing.sample,
                    "brought_in": standing.brought_in, "read": read, "open": open,
                    "eliminated": standing.eliminated, "spares_left": standing.spares_left,
                    "short": standing.short() })
            })
            .collect();
        let gone: Vec<Value> = state
            .changes
            .eliminations
            .values()
            .map(|one| {
                let mut object = json!({ "case": one.case.to_string(), "reason": one.reason,
                    "asked_by": one.asked_by.to_string(), "asked_at": one.asked_at.to_string(),
                    "approved_by": one.approval.as_ref().map(|a| a.by.to_string()),
                    "told_by": one.approval.as_ref().map(|a| a.told_by.to_string()),
                    "approved_at": one.approval.as_ref().map(|a| a.at.to_string()),
                    "unlocked": one.unlocked,
                    "replaced_by": state.changes.spare_for(one.case).map(|n| n.to_string()) });
                if self.texts {
                    object["text"] = one.text.clone().into();
                    object["unlock"] = one.unlock.clone().into();
                }
                object
            })
            .collect();
        let declined: Vec<Value> = state
            .changes
            .declined
            .iter()
            .map(|one| {
                let mut object = json!({ "case": one.asked.case.to_string(),
                    "reason": one.asked.reason, "asked_by": one.asked.asked_by.to_string(),
                    "asked_at": one.asked.asked_at.to_string(), "declined_by": one.by.to_string(),
                    "declined_at": one.at.to_string() });
                if self.texts {
                    object["text"] = one.asked.text.clone().into();
                    object["why"] = one.why.clone().into();
                }
                object
            })
            .collect();
        json!({ "round": state.name, "draws": draws, "holds": counts.hold(),
            "counts": { "sample": counts.sample, "brought_in": counts.brought_in,
                "read": counts.read, "open": counts.open, "eliminated": counts.eliminated },
            "strata": strata, "eliminations": gone, "declined": declined })
    }
}

fn supplement(one: &Supplement) -> Value {
    json!({ "at": one.at.to_string(), "by": one.by.to_string(), "stratum": one.stratum,
        "cases": one.cases, "approved_by": one.approved_by, "why": one.why })
}

fn line(standing: StratumStanding, cases: &[SampleCase]) -> Line {
    let sample_id = format!("draw-{}", standing.draw);
    let of = cases.iter().filter(|case| {
        case.sample_id == sample_id && case.stratum == standing.stratum && case.eliminated.is_none()
    });
    let (read, open): (Vec<_>, Vec<_>) = of.partition(|case| case.read);
    Line { standing, read: read.len() as u64, open: open.len() as u64 }
}

fn rows(lines: &[Line]) -> Vec<[String; 10]> {
    let row = |Line { standing, read, open }: &Line| {
        [
            standing.draw.to_string(),
            standing.stratum.clone(),
            standing.planned.to_string(),
            standing.sample.to_string(),
            standing.brought_in.to_string(),
            read.to_string(),
            open.to_string(),
            standing.eliminated.to_string(),
            standing.spares_left.to_string(),
            standing.short().to_string(),
        ]
    };
    lines.iter().map(row).collect()
}

fn gone(state: &Round, one: &Elimination) -> [String; 7] {
    let region = state.drawn(one.case).map(|(_, case)| case.case.region.clone());
    let told = one.approval.as_ref().filter(|a| a.by != a.told_by);
    [
        one.case.to_string(),
        region.unwrap_or_default(),
        one.reason.clone(),
        one.asked_by.to_string(),
        one.approval.as_ref().map_or_else(|| "(waiting)".to_owned(), |a| a.by.to_string()),
        told.map(|a| a.told_by.to_string()).unwrap_or_default(),
        state.changes.spare_for(one.case).map(|n| n.to_string()).unwrap_or_default(),
    ]
}

fn drawn(draw: &Draw) -> [usize; 2] {
    let spares = draw.cases.iter().filter(|case| case.place.spare).count();
    [draw.cases.len() - spares, spares]
}

/// Every draw of the round: none is ever hidden by a later one.
fn heads(state: &Round) -> String {
    let mut text = clean(&format!("round {}", state.name)).into_owned() + "\n";
    for draw in &state.draws {
        let [sample, spares] = drawn(draw);
        let (sample, spares) = (count(sample, "case", "cases"), count(spares, "spare", "spares"));
        let mut line = format!("draw {}: {sample}, {spares}, seed {}", draw.number, draw.seed);
        if let Some(source) = &draw.seed_source {
            line += &format!(", from {source}");
        }
        if !draw.witnesses.is_empty() {
            line += &format!(", watched by {}", draw.witnesses.join("; "));
        }
        if let Some(reason) = &draw.reason {
            line += &format!(", drawn again because: {reason}");
        }
        text += &clean(&line);
        text.push('\n');
        for more in &draw.supplements {
            let spares = count(more.cases as usize, "further spare", "further spares");
            let told = |said: &Option<String>| said.clone().unwrap_or_else(|| "(removed)".into());
            let (who, why) = (told(&more.approved_by), told(&more.why));
            let (number, stratum) = (draw.number, &more.stratum);
            let line =
                format!("draw {number}: {spares} for stratum {stratum}, approved by {who}: {why}");
            text += &clean(&line);
            text.push('\n');
        }
    }
    text
}
