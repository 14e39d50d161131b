//! A person's key file: where it lies, and what opens it.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::Failure;
use crate::exchange::mail::{Identity, IdentityError};
use crate::review::{Card, PersonCode};
use crate::text::clean;

/// Where a passphrase may stand for scripts.
const PASSPHRASE: &str = "CASEREVIEW_PASSPHRASE";

/// The key file of whoever acts.
#[derive(Debug, Clone, Args)]
pub struct Keys {
    /// Your key file
    #[arg(
        long,
        value_name = "FILE",
        env = "CASEREVIEW_IDENTITY",
        default_value = "casereview.key"
    )]
    pub identity: PathBuf,
    /// A file whose first line is the passphrase; without it CASEREVIEW_PASSPHRASE, or it is asked
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Keys {
    /// Opens the key file.
    ///
    /// # Errors
    /// Exit 2 with what is wrong.
    pub fn unlock(&self) -> Result<Identity, Failure> {
        let file = read(&self.identity, "make one with `identity new --as CODE --name NAME`")?;
        let passphrase = self.passphrase("Passphrase: ")?;
        Identity::unlock(&file, &passphrase).map_err(|error| {
            let help = match error {
                IdentityError::NotAKey => "name your key file with --identity FILE",
                IdentityError::Passphrase => "try again; without it the key is lost for good",
                _ => "go back to a copy of it, or make a new one and tell the lead",
            };
            bad(&format!("{}: {error}", self.identity.display()), help)
        })
    }

    /// [`unlock`](Self::unlock) for someone who acts.
    ///
    /// # Errors
    /// Exit 2 with what is wrong, also when the key is someone else's.
    pub fn unlock_as(&self, user: &PersonCode) -> Result<Identity, Failure> {
        let identity = self.unlock()?;
        let code = &identity.card().code;
        if code == user {
            return Ok(identity);
        }
        let path = self.identity.display();
        Err(bad(
            &format!("{path} is the key of {code}, and {user} acts"),
            &format!("say --as {code}, or name the key of {user} with --identity FILE"),
        ))
    }

    /// The passphrase: from a file, from the environment, or asked without showing it.
    ///
    /// # Errors
    /// Exit 2 where there is none.
    pub fn passphrase(&self, prompt: &str) -> Result<String, Failure> {
        if let Some(given) = self.given()? {
            return Ok(given);
        }
        if !std::io::stdin().is_terminal() {
            return Err(bad(
                "the passphrase of the key is not given",
                "name a file with --passphrase-file FILE, or set CASEREVIEW_PASSPHRASE",
            ));
        }
        ask(prompt)
    }

    /// A new passphrase: asked twice where it is asked.
    ///
    /// # Errors
    /// Exit 2 where there is none, or a poor one.
    pub fn new_passphrase(&self) -> Result<String, Failure> {
        let given = self.given()?;
        let asked = given.is_none();
        let short = |passphrase: &str| passphrase.chars().count() < 8;
        let mut passphrase = match given {
            Some(given) => given,
            None => self.passphrase(NEW)?,
        };
        // On a terminal it is asked again.
        while asked && short(&passphrase) && !passphrase.is_empty() {
            crate::cli::output::note(&format!("The passphrase is too short: {LONGER}"));
            passphrase = self.passphrase(NEW)?;
        }
        if short(&passphrase) {
            return Err(bad("the passphrase is too short", LONGER));
        }
        if asked && ask("The same again: ")? != passphrase {
            return Err(bad("the two passphrases are not the same", "try again"));
        }
        Ok(passphrase)
    }

    fn given(&self) -> Result<Option<String>, Failure> {
        if let Some(path) = &self.passphrase_file {
            let bytes = read(path, "name the file that holds the passphrase")?;
            let text = String::from_utf8(bytes).map_err(|_| {
                bad(&format!("{} is not text", path.display()), "its first line is taken")
            })?;
            return Ok(Some(text.lines().next().unwrap_or_default().to_owned()));
        }
        Ok(std::env::var(PASSPHRASE).ok().filter(|text| !text.is_empty()))
    }
}

const NEW: &str = "New passphrase, at least 8 characters: ";
const LONGER: &str = "take at least 8 characters; a few words that belong to no sentence are good";

fn ask(prompt: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt)
        .map_err(|error| bad(&format!("the passphrase can't be asked: {error}"), "try again"))
}

/// Makes sure that a card's fingerprint was compared: the one given, or asked on a terminal.
///
/// # Errors
/// Exit 2 when it was not, or is another.
pub fn compared(card: &Card, given: Option<&str>) -> Result<(), Failure> {
    let print = card.fingerprint.short();
    let whose = clean(&format!("{} ({})", card.code, card.name)).into_owned();
    let other = || {
        bad(
            &format!("the card of {whose} has the fingerprint {print}, not the one given"),
            "it is not the card that person made: ask for it anew, another way",
        )
    };
    if let Some(given) = given {
        return if card.fingerprint.is_typed(given) { Ok(()) } else { Err(other()) };
    }
    if !std::io::stdin().is_terminal() {
        return Err(bad(
            &format!("the fingerprint of {whose} is not compared yet: it is {print}"),
            "have it read aloud by phone (`identity card` shows it there), then give it with \
             --fingerprint TEXT",
        ));
    }
    crate::cli::output::note(&format!(
        "Card of {whose}\nFingerprint {print}\n\
         Call the person on a number you knew before, and have it read aloud from there.\n\
         Is it the same, every group? Type yes to take the card in:"
    ));
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    if read.is_ok() && line.trim().eq_ignore_ascii_case("yes") {
        Ok(())
    } else {
        Err(bad("the card was not taken in", "compare the fingerprint, then type yes"))
    }
}

/// Reads a card file.
///
/// # Errors
/// Exit 2 with what is wrong.
pub fn card(path: &Path) -> Result<Card, Failure> {
    let bytes = read(path, "a card is what `identity card` writes")?;
    let text = String::from_utf8_lossy(&bytes);
    crate::exchange::mail::read_card(&text).map_err(|error| {
        bad(&format!("{}: {error}", path.display()), "a card is what `identity card` writes")
    })
}

/// Reads a whole file.
///
/// # Errors
/// Exit 2 with what is wrong.
pub fn read(path: &Path, help: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|error| bad(&format!("{} can't be read: {error}", path.display()), help))
}

/// Exit 2 with what is wrong and what to do.
pub fn bad(message: &str, help: &str) -> Failure {
    Failure::BadInput(format!("error: {}\n  help: {}\n", clean(message), clean(help)))
}
