//! Alerts as the tasks see them.

use super::{Desk, day};
use crate::cli::mail::{NEVER_INSTEAD, way_back};
use crate::cli::review;
use crate::review::{AlertStep, Command, EventHash, ReadingId, Words};
use crate::store::{AlertRow, StoreError};
use crate::task::alerts::{Ask, Line, SHEETS, Told};

impl Desk {
    /// Does what the screen of alerts asks, and reads the open ones anew.
    pub(super) fn on_alerts(&mut self, ask: Ask) -> Result<Told, StoreError> {
        let done = match ask {
            Ask::Load => Ok(None),
            Ask::Raise { reading, case, kind, text, told, when } => {
                let key = match reading.as_str() {
                    "" => self.reading_of(&case),
                    _ => Ok(reading),
                };
                let step = AlertStep::Raise { kind, text, told, when };
                key.and_then(|key| self.alert(&key, step)).map(|()| Some(self.recorded()))
            }
            Ask::Answer { reading, alert, text } => self
                .alert(&reading, AlertStep::Answer { alert, text })
                .map(|()| Some(self.told("written down", alert))),
            Ask::Close { reading, alert, text } => self
                .alert(&reading, AlertStep::Close { alert, text })
                .map(|()| Some(self.told("closed", alert))),
        };
        let (said, problem) = match done {
            Ok(said) => (said, None),
            Err(problem) => (None, Some(problem)),
        };
        let rows = self.workspace.alerts()?;
        // A reader learns how theirs ended; a lead ended them.
        let ended = self.workspace.team().is_readers();
        let (open, closed): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| row.alert.closed.is_none());
        let closed = closed.into_iter().filter(|_| ended);
        let open = open.into_iter().chain(closed).map(line).collect();
        Ok(Told { open, said, problem, drafts: self.sheets(SHEETS)? })
    }

    /// What was done, and how whoever raised the alert hears of it.
    fn told(&self, done: &str, alert: EventHash) -> String {
        let rows = self.workspace.alerts().unwrap_or_default();
        let raised = rows.iter().find(|row| row.alert.id == alert);
        let way = raised.and_then(|row| way_back(&self.workspace, &row.alert.by));
        way.map_or_else(|| done.to_owned(), |way| format!("{done}; {way}"))
    }

    fn recorded(&self) -> String {
        let out = if self.workspace.team().is_readers() { "; `alert out` sends it" } else { "" };
        format!("recorded{out}: {NEVER_INSTEAD}")
    }

    fn reading_of(&self, case: &str) -> Result<String, String> {
        review::reading(self, case).map_err(|failure| match failure {
            crate::cli::Failure::BadInput(text) => {
                let line = text.lines().next().unwrap_or_default();
                line.trim_start_matches("error: ").to_owned()
            }
            _ => format!("{case} can't be read"),
        })
    }

    fn alert(&mut self, reading: &str, step: AlertStep) -> Result<(), String> {
        let reading: ReadingId =
            reading.parse().map_err(|_| "nobody reads this case yet".to_owned())?;
        let done = self.workspace.act(&Command::Alert { reading, step });
        done.map(drop).map_err(|error| error.to_string())
    }
}

fn line(row: &AlertRow) -> Line {
    let text = |words: &Words| words.text().unwrap_or("(removed)").to_owned();
    let alert = &row.alert;
    let told = match (&alert.told, &alert.when) {
        (Some(told), Some(when)) => format!("{}, {}", text(told), text(when)),
        (Some(one), None) | (None, Some(one)) => text(one),
        (None, None) => String::new(),
    };
    let answers = alert.answers.iter();
    let closed = alert.closed.as_ref().map(|end| {
        let done = end.text.as_ref().map(|done| format!(": {}", text(done)));
        format!("by {} {}{}", end.by, day(end.at), done.unwrap_or_default())
    });
    Line {
        closed,
        reading: row.reading.to_string(),
        case: row.number.to_string(),
        id: alert.id,
        kind: alert.kind.title().to_owned(),
        raised: format!("{} {}", alert.by, day(alert.at)),
        text: text(&alert.text),
        told,
        answers: answers.map(|(_, by, _, words)| format!("{by}: {}", text(words))).collect(),
    }
}
