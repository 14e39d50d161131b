//! `sample verify`: a receipt held against the frame.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::files;
use crate::cli::output::{note, print};
use crate::cli::{Failure, Format, Global};
use crate::sampling::{self, Difference, Hash, Receipt};
use crate::text::clean;

/// More differences than this follow from the first ones.
const SHOWN: usize = 10;

/// Draw again from receipt and frame and name what differs
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Receipt of a draw, full or public
    #[arg(value_name = "RECEIPT")]
    receipt: PathBuf,
    /// CSV file or Excel workbook of all cases, rows in any order
    #[arg(long, value_name = "FRAME")]
    frame: PathBuf,
}

impl Verify {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let name = self.receipt.display().to_string();
        let receipt = Receipt::from_json(&files::text(&self.receipt)?)
            .map_err(|error| files::bad(&format!("{name} is no receipt of a sample: {error}")))?;
        // A plan changed after the draw may read the frame differently or not at all.
        let changed = changed_plan(&receipt);
        let held = files::plan(&format!("{name}, plan"), &receipt.plan.text).and_then(|plan| {
            let frame = files::frame(&self.frame, plan.mapping())?;
            let resaved = receipt.frame.file_sha256 != frame.file_hash().to_string();
            Ok((sampling::verify(&receipt, &plan, &frame), resaved))
        });
        let (differences, resaved) = match (held, changed) {
            (Ok(held), _) => held,
            (Err(_), Some(changed)) => (vec![changed], false),
            (Err(failure), None) => return Err(failure),
        };
        print(&match global.format {
            Some(Format::Json) => as_json(&differences),
            _ if differences.is_empty() => same(&receipt),
            _ => as_text(&differences),
        })?;
        let frame = self.frame.display();
        if !differences.is_empty() {
            let message = format!("error: {name} doesn't match {frame}");
            return Err(Failure::Wrong(clean(&message).into_owned()));
        }
        if resaved {
            note(&clean(&format!(
                "note: {frame} was sorted or saved anew since the draw; its cases are the same"
            )));
        }
        Ok(())
    }
}

fn changed_plan(receipt: &Receipt) -> Option<Difference> {
    let found = Hash::of(receipt.plan.text.as_bytes()).to_string();
    (found != receipt.plan.sha256).then(|| Difference {
        what: "SHA-256 of the plan".to_owned(),
        receipt: receipt.plan.sha256.clone(),
        found,
    })
}

fn same(receipt: &Receipt) -> String {
    let [sample, spares] = receipt
        .strata
        .iter()
        .fold([0, 0], |[sample, spares], one| [sample + one.sample, spares + one.spares]);
    let what = match &receipt.cases {
        Some(_) => "every case and ticket is the same",
        None => "the counts are the same, and so is the full receipt by its SHA-256",
    };
    format!("verified: {sample} cases and {spares} spares drawn again, {what}\n")
}

fn as_text(differences: &[Difference]) -> String {
    let mut out = String::new();
    for difference in differences.iter().take(SHOWN) {
        out += &clean(&format!("differs: {difference}"));
        out.push('\n');
    }
    if differences.len() > SHOWN {
        out += &format!("and in {} more places\n", differences.len() - SHOWN);
    }
    out
}

fn as_json(differences: &[Difference]) -> String {
    let list: Vec<_> = differences
        .iter()
        .map(|one| json!({"what": one.what, "receipt": one.receipt, "found": one.found}))
        .collect();
    let all = json!({"verified": differences.is_empty(), "differences": list});
    format!("{all:#}\n")
}
