//! `sample`: the draw and its verification.

mod draw;
pub mod files;
mod in_workspace;
mod show;
mod verify;

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
    Draw(draw::Draw),
    Show(show::Show),
    Verify(verify::Verify),
}

impl Sample {
    /// Draws or verifies.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::Draw(what) => what.run(global),
            What::Show(what) => what.run(global),
            What::Verify(what) => what.run(global),
        }
    }
}
