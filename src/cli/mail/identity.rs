//! `identity new|card`: a person's keys and public card.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::keys::{Keys, bad};
use crate::cli::output::{note, print};
use crate::cli::person::code;
use crate::cli::{Failure, Global};
use crate::exchange::mail::{Identity as Secret, USUAL_WORK, WORK, write_card};
use crate::exchange::{NewFile, NewFileError, write_private};
use crate::text::clean;

/// Your keys, and the card others need of you
#[derive(Debug, Args)]
pub struct Identity {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make keys for whoever --as names, in a file that a passphrase opens, and a card beside it
    New(New),
    /// Show your card and its fingerprint
    Card(ShowCard),
}

#[derive(Debug, Args)]
struct New {
    /// Your name, as it is printed under reviews you sign
    #[arg(long, value_name = "NAME")]
    name: String,
    /// How much work a guess at the passphrase costs: 2 to this power (low only for tests)
    #[arg(long, value_name = "N", default_value_t = USUAL_WORK)]
    work_factor: u8,
    #[command(flatten)]
    keys: Keys,
}

#[derive(Debug, Args)]
struct ShowCard {
    /// Write the card to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
}

impl Identity {
    /// Does it.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.what {
            What::New(new) => new.run(global),
            What::Card(card) => card.run(),
        }
    }
}

impl New {
    fn run(self, global: &Global) -> Result<(), Failure> {
        let user = global.user.as_deref().ok_or_else(|| {
            bad("whose keys these are is not given", "say your code with --as CODE")
        })?;
        let user = code(user)?;
        if self.name.trim().is_empty() {
            return Err(bad("a card needs a name", "give it with --name NAME"));
        }
        if !WORK.contains(&self.work_factor) {
            let (least, most) = (WORK.start(), WORK.end());
            return Err(bad(
                &format!("{} is no work factor", self.work_factor),
                &format!("give {least} to {most}; {USUAL_WORK} is usual"),
            ));
        }
        let path = &self.keys.identity;
        if path.exists() {
            return Err(there(path));
        }
        let passphrase = self.keys.new_passphrase()?;
        let failed = |error| bad(&format!("{error}"), "try again");
        let secret = Secret::generate(user, self.name.trim()).map_err(failed)?;
        let file = secret.lock(&passphrase, self.work_factor).map_err(failed)?;
        write_new(path, &file)?;
        let card_path = path.with_extension("card");
        write(&card_path, write_card(&secret).as_bytes())?;
        let card = secret.card();
        print(&clean(&format!("{} holds the keys of {}", path.display(), card.code)))?;
        print(&clean(&format!("; {} is the card to give away", card_path.display())))?;
        print(&format!("\nfingerprint {}\n", card.fingerprint.short()))
    }
}

impl ShowCard {
    fn run(self) -> Result<(), Failure> {
        let secret = self.keys.unlock()?;
        let text = write_card(&secret);
        let print_of = secret.card().fingerprint.short();
        match &self.out {
            Some(path) => {
                write(path, text.as_bytes())?;
                print(&clean(&format!("{} written", path.display())))?;
                print(&format!("\nfingerprint {print_of}\n"))
            }
            None => {
                note(&format!("fingerprint {print_of}"));
                print(&text)
            }
        }
    }
}

/// Writes a file for its owner's eyes, over one that is there.
///
/// # Errors
/// Exit 2 with what is wrong.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_private(&[(path, bytes)]).map_err(|(path, error)| {
        bad(&format!("{} can't be written: {error}", path.display()), "name another file")
    })
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    use std::io::Write;
    let failed = |error: NewFileError| match error {
        NewFileError::Exists(path) => there(&path),
        error => bad(&error.to_string(), "name another file with --identity FILE"),
    };
    let mut file = NewFile::create(path, false).map_err(failed)?;
    file.write_all(bytes)
        .map_err(|error| failed(NewFileError::Io { path: path.to_owned(), error }))?;
    file.finish().map_err(failed)
}

fn there(path: &Path) -> Failure {
    bad(
        &format!("{} is there already", path.display()),
        "keep it: a key that is written over is lost; name another file with --identity FILE",
    )
}
