//! `sample supplement`: further spares for a stratum that has none left.

use clap::Args;

use super::again::{self, Again};
use super::in_workspace::drawn_case;
use super::{files, receipt};
use crate::cli::output::{note, print};
use crate::cli::{Failure, Global, round, workspace};
use crate::review::{Command, SupplementSample};
use crate::sampling::{self, Supplement as More};
use crate::text::{clean, count};

/// Draw further spares for a stratum whose spares are used up: the next ones of the draw's own
/// tickets, with no new seed
#[derive(Debug, Args)]
pub(super) struct Supplement {
    /// The stratum, as `sample report` names it
    #[arg(long, value_name = "NAME")]
    stratum: String,
    /// How many
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    cases: u32,
    /// Who approved it: someone else's code, a name or an office
    #[arg(long, value_name = "WHO")]
    approved_by: String,
    /// Why it is needed
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Number of the draw; without it the last one
    #[arg(long, value_name = "N")]
    draw: Option<u32>,
    /// Round; without it the last one that is open
    #[arg(long, value_name = "N")]
    round: Option<String>,
    #[command(flatten)]
    files: receipt::Files,
}

impl Supplement {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let (mut workspace, row, state) = round::open(global, self.round.as_deref())?;
        let path = workspace.path().to_owned();
        let fail = |error| workspace::failure(&path, &error);
        let drawn = again::find(&state, self.draw)?;
        let before = Again::of(&state, drawn)?;
        let had = of_stratum(&before.draw, &self.stratum).map_or(0, |one| one.cases.len());
        let mut all = before.supplements.clone();
        all.push(More { stratum: self.stratum.clone(), cases: u64::from(self.cases) });
        let after = sampling::draw_with(&before.frame, &before.plan, &drawn.seed, &all)
            .map_err(|problems| files::draw_problems("plan", &problems))?;
        let more = of_stratum(&after, &self.stratum);
        let cases: Vec<_> = more
            .into_iter()
            .flat_map(|stratum| {
                let new = stratum.cases.iter().skip(had);
                new.map(|case| drawn_case(&stratum.name, case, &before.frame))
            })
            .collect();
        let found = cases.len();
        let command = Command::SupplementSample(SupplementSample {
            round: row.id,
            draw: drawn.number,
            stratum: self.stratum.clone(),
            cases,
            approved_by: self.approved_by,
            why: self.why,
        });
        workspace.act(&command).map_err(|error| workspace::refusal(&path, &error))?;
        let state = workspace.round(row.id).map_err(fail)?;
        let drawn = again::find(&state, Some(drawn.number))?;
        let receipt = Again::of(&state, drawn)?.receipt(&workspace, &state, drawn)?;
        self.files.write(&receipt, "the supplement is drawn, but ")?;
        if found < self.cases as usize {
            let cases = count(found, "case", "cases");
            note(&format!("warning: {} asked, {cases} drawn: no more are left", self.cases));
        }
        let stratum = clean(&self.stratum).into_owned();
        let spares = count(found, "further spare", "further spares");
        print(&format!("{spares} drawn for stratum {stratum}: `sample replace` brings them in\n"))
    }
}

fn of_stratum<'d>(draw: &'d sampling::Draw, name: &str) -> Option<&'d sampling::DrawnStratum> {
    draw.strata.iter().find(|one| one.name == name)
}
