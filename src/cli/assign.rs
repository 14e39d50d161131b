//! `assign CASE... --to CODE`: gives cases to a reviewer; by rule: see `allot`.

use clap::Args;

use super::output::{note, print};
use super::{Failure, Global, workspace};
use crate::review::{
    AssignCases, AssignPair, BadId, CaseNumber, Command, InterviewMode, Note, PersonCode, Which,
};
use crate::store::Workspace;
use crate::text::{clean, count, did_you_mean, list_or};

/// Give cases to a reviewer; a case someone has open goes over with what was answered
#[derive(Debug, Args)]
pub struct Assign {
    /// Review numbers, such as R-0042
    #[arg(required_unless_present_any = ["balanced", "random"], value_name = "CASE")]
    cases: Vec<String>,
    /// Who gets them: a code; one not on the team list joins it as a reviewer
    #[arg(long, value_name = "CODE", required_unless_present_any = ["balanced", "random"])]
    to: Option<String>,
    /// A second person who fills in the same form: both names stand on it, the first one writes
    #[arg(long, value_name = "CODE", requires = "to")]
    with: Option<String>,
    /// They are new: join the team list though their code is much like another's
    #[arg(long, requires = "to")]
    new: bool,
    /// As which review of the case: first, second or third
    #[arg(long, value_name = "WHICH", default_value = "first")]
    which: String,
    /// For a case that is read twice, how interviews are held: joint, evidence-shared or
    /// file-only; fixed for both readers
    #[arg(long, value_name = "MODE", conflicts_with_all = ["balanced", "random"])]
    mode: Option<String>,
    /// Period under review of both readers, such as 2026-04-01/2026-11-30
    #[arg(long, value_name = "PERIOD", requires = "mode")]
    under_review: Option<String>,
    #[command(flatten)]
    rules: super::allot::Rules,
}

impl Assign {
    /// Assigns all of them or none.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        if self.rules.asked() {
            let which = match self.which.as_str() {
                "second" => Which::Second,
                "first" => Which::First,
                _ => {
                    return Err(Failure::BadInput(
                        "error: first and second reviews are given out by rule\n  help: name the cases of a third review\n".to_owned(),
                    ));
                }
            };
            return self.rules.run(global, which);
        }
        let mut wrong = Vec::new();
        let mut told = |error: BadId| wrong.push(format!("error: {}\n", clean(&error.to_string())));
        let cases: Vec<CaseNumber> =
            self.cases.iter().filter_map(|text| text.parse().map_err(&mut told).ok()).collect();
        let to: Option<PersonCode> =
            self.to.as_deref().unwrap_or_default().parse().map_err(&mut told).ok();
        let with: Option<PersonCode> = match self.with.as_deref().map(str::parse) {
            None => None,
            Some(Ok(code)) => Some(code),
            Some(Err(error)) => {
                told(error);
                None
            }
        };
        let readers = [Which::First, Which::Second, Which::Third];
        let which = readers.into_iter().find(|which| which.code() == self.which);
        if which.is_none() {
            let codes = list_or(&readers.map(Which::code));
            let given = clean(&self.which);
            wrong.push(format!("error: {given} is not a review of a case\n  help: give {codes}\n"));
        }
        let mode = self.mode.as_deref().map(|text| {
            let mode = InterviewMode::from_code(text);
            if mode.is_none() {
                let codes: Vec<&str> = InterviewMode::ALL.iter().map(|mode| mode.code()).collect();
                let (given, codes) = (clean(text), list_or(&codes));
                wrong.push(format!(
                    "error: {given} is not a mode of interviews\n  help: give {codes}\n"
                ));
            }
            mode
        });
        let under_review = self.under_review.as_deref().map(super::round::days).transpose()?;
        let (Some(to), Some(which), true) = (to, which, wrong.is_empty()) else {
            return Err(Failure::BadInput(wrong.concat()));
        };
        let mut workspace = workspace::open(global)?;
        let path = workspace.path().to_owned();
        if !self.new {
            let wrong: String = [Some(&to), with.as_ref()]
                .into_iter()
                .flatten()
                .filter_map(|code| misspelt(&workspace, code))
                .collect();
            if !wrong.is_empty() {
                return Err(Failure::BadInput(wrong));
            }
        }
        let (listed, name) = (cases.clone(), to.clone());
        let mut commands = vec![match with.clone() {
            Some(with) => Command::AssignPair(AssignPair { cases: listed, to: name, with, which }),
            None => Command::Assign(AssignCases { cases: listed, to: name, which }),
        }];
        let mode = mode.flatten();
        let mut before = Vec::new();
        if let Some(mode) = mode {
            for case in &cases {
                let known = workspace.pair_mode(*case);
                let known = known.map_err(|error| workspace::failure(&path, &error))?;
                before.extend(known.filter(|known| *known != mode).map(|known| (*case, known)));
            }
            let cases = cases.clone();
            commands.insert(0, Command::ArrangePairs { cases, mode, under_review });
        }
        let done =
            workspace.act_all(&commands).map_err(|error| workspace::refusal(&path, &error))?;
        for (case, known) in before {
            let mode = mode.unwrap_or(known);
            note(&format!("{case} was {known} before: it is {mode} for both readers now"));
        }
        if which == Which::Second && workspace.team().card(&to).is_none() {
            note(&format!(
                "{to} has no card and works in this file: nothing keeps the two readers from \
                 each other's reviews but their word"
            ));
        }
        let mut given = cases.len();
        for said in done.iter().flat_map(|one| &one.notes) {
            match said {
                Note::PersonAdded(code) => note(&format!("{code} is new on the team list")),
                Note::AlreadyTheirs(case) => {
                    given -= 1;
                    note(&format!("{case} is already with {to}"));
                }
                Note::TakenOver { case, from } => {
                    note(&format!("{case} goes over from {from} with what was answered"));
                    if workspace.team().card(from).is_some() && from != workspace.user() {
                        note(&format!(
                            "  help: {from} hears of it by the next `work out`; what {from} hands \
                             in for it no longer counts"
                        ));
                    }
                }
                Note::PartnerLeft { case, partner } => {
                    note(&format!("{partner} read {case} too and is on it no more"));
                    if with.is_none() {
                        note(&format!(
                            "  help: `assign {case} --to {to} --with {partner}` puts {partner} on it again"
                        ));
                    }
                }
                Note::BothNew(one, other) => {
                    note(&format!("warning: {one} and {other} are both new to reviews"));
                }
                _ => {}
            }
        }
        let pair = with.map_or_else(String::new, |with| format!(" with {with}"));
        print(&format!("{} assigned to {to}{pair}\n", count(given, "case", "cases")))
    }
}

/// What is said of a code that nobody has and that is much like somebody's.
fn misspelt(workspace: &Workspace, code: &PersonCode) -> Option<String> {
    let people = workspace.people();
    let known = || people.iter().map(|one| one.code.as_str());
    let nearest = did_you_mean(code.as_str(), known())?;
    // Codes with running numbers are alike and different: rev1, rev2.
    let letters = |code: &str| code.to_lowercase().replace(|c: char| c.is_ascii_digit(), "");
    if known().any(|one| one == code.as_str()) || letters(nearest) == letters(code.as_str()) {
        return None;
    }
    Some(format!(
        "error: {code} is not on the team list\n  help: did you mean {nearest}? give --new too if \
         {code} is someone new\n"
    ))
}
