//! `sample`: the draw, its verification, and what becomes of the drawn cases.

pub mod again;
mod draw;
mod eliminate;
pub mod files;
mod in_workspace;
mod receipt;
mod replace;
mod report;
mod show;
mod supplement;
pub mod told;
mod verify;
mod witness;

pub use again::receipt_of;
pub use in_workspace::cases;

use clap::{Args, Subcommand};

use super::{Failure, Global};

/// Draw a sample that anyone with the frame can draw again
#[derive(Debug, Args)]
pub struct Sample {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Approve(eliminate::Approve),
    Decline(eliminate::Decline),
    Draw(draw::Draw),
    Eliminate(eliminate::Eliminate),
    Receipt(receipt::Receipt),
    Replace(replace::Replace),
    Report(report::Report),
    Show(show::Show),
    Supplement(supplement::Supplement),
    Verify(verify::Verify),
    Witness(witness::Witness),
}

impl Sample {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Approve(what) => what.run(global),
            What::Decline(what) => what.run(global),
            What::Draw(what) => what.run(global),
            What::Eliminate(what) => what.run(global),
            What::Receipt(what) => what.run(global),
            What::Replace(what) => what.run(global),
            What::Report(what) => what.run(global),
            What::Show(what) => what.run(global),
            What::Supplement(what) => what.run(global),
            What::Verify(what) => what.run(global),
            What::Witness(what) => what.run(global),
        }
    }
}
