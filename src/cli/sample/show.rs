//! `sample show`: the drawn cases of a round.

use clap::Args;
use serde_json::json;

use crate::cli::output::print;
use crate::cli::table::{objects, table};
use crate::cli::{Failure, Format, Global, round};
use crate::review::{Draw, DrawnCase, frame_facts};
use crate::text::{clean, count};

/// Show the samples of a round
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Round; without it the last one that is open
    #[arg(long, value_name = "N")]
    round: Option<String>,
    /// Also the agency's case ids and the tickets, from which ids can be guessed
    #[arg(long)]
    case_ids: bool,
}

const HEADER: [&str; 8] =
    ["draw", "case", "role", "stratum", "order", "case_type", "region", "county"];
const WITH_IDS: [&str; 10] = [
    "draw",
    "case",
    "role",
    "stratum",
    "order",
    "case_type",
    "region",
    "county",
    "case_id",
    "ticket",
];

impl Show {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let (_, row, state) = round::open(global, self.round.as_deref())?;
        let drawn =
            || state.draws.iter().flat_map(|draw| draw.cases.iter().map(move |case| (draw, case)));
        let cells = |(draw, case): (&Draw, &DrawnCase)| {
            [
                draw.number.to_string(),
                case.case.number.to_string(),
                if case.place.spare { "spare" } else { "sample" }.to_owned(),
                case.place.stratum.clone(),
                case.place.order.to_string(),
                case.case.case_type.clone(),
                case.case.region.clone(),
                case.case.county.clone(),
            ]
        };
        let with_ids = |pair: (&Draw, &DrawnCase)| {
            let [a, b, c, d, e, f, g, h] = cells(pair);
            let id = frame_facts(Some(&pair.1.frame)).remove("case").unwrap_or_default();
            let ticket = pair.1.ticket.text().unwrap_or_default().to_owned();
            [a, b, c, d, e, f, g, h, id, ticket]
        };
        let (rows, wide): (Vec<_>, Vec<_>) = if self.case_ids {
            (Vec::new(), drawn().map(with_ids).collect())
        } else {
            (drawn().map(cells).collect(), Vec::new())
        };
        let list = |format| {
            if self.case_ids {
                table(format, &WITH_IDS, &wide)
            } else {
                table(format, &HEADER, &rows)
            }
        };
        print(&match global.format {
            Some(Format::Csv) => list(Some(Format::Csv)),
            Some(Format::Json) => {
                let cases =
                    if self.case_ids { objects(&WITH_IDS, &wide) } else { objects(&HEADER, &rows) };
                let draws: Vec<_> = state
                    .draws
                    .iter()
                    .map(|draw| json!({ "draw": draw.number, "seed": draw.seed }))
                    .collect();
                format!("{}\n", json!({ "round": row.name, "draws": draws, "cases": cases }))
            }
            _ if state.draws.is_empty() => {
                clean(&format!("round {} has no sample yet", row.name)).into_owned() + "\n"
            }
            _ => head(&row.name, &state.draws) + "\n" + &list(None),
        })
    }
}

fn head(round: &str, draws: &[Draw]) -> String {
    let mut text = String::new();
    for draw in draws {
        let spares = draw.cases.iter().filter(|case| case.place.spare).count();
        let line = format!(
            "round {round}, draw {}: {}, {}, seed {}",
            draw.number,
            count(draw.cases.len() - spares, "case", "cases"),
            count(spares, "spare", "spares"),
            draw.seed
        ) + &draw
            .reason
            .as_ref()
            .map_or_else(String::new, |why| format!(", drawn again because: {why}"));
        text.push_str(&clean(&line));
        text.push('\n');
    }
    text
}
