//! Recording an alert line by line, from wherever the person is.

use std::io;

use crate::review::AlertKind;
use crate::task::Effect;
use crate::task::alerts::Ask;
use crate::text::list_or;

use super::face::{Face, sentence};

/// The two ways to record one: the command of the table, and the key of the full screen.
const COMMANDS: [&str; 2] = [":alert", "!"];

/// What stands behind the command on a line that records an alert; none where it is none.
pub fn asked(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = COMMANDS.iter().find_map(|command| line.strip_prefix(command))?;
    // A text may begin with either: they stand alone, or before a kind.
    let is_whole = rest.is_empty() || rest.starts_with(char::is_whitespace);
    is_whole.then(|| rest.trim())
}

impl Face<'_> {
    /// Records an alert about a case: `kind` may stand behind the command, all else is asked.
    /// `reading` is the key of the review the person is at, or empty.
    pub fn take_alert(&mut self, reading: &str, case: &str, kind: &str) -> io::Result<()> {
        self.was_corrected = true;
        let codes: Vec<&str> = AlertKind::ALL.iter().map(|kind| kind.code()).collect();
        let mut given = (!kind.is_empty()).then(|| kind.to_owned());
        let kind = loop {
            let line = match given.take() {
                Some(kind) => kind,
                None => {
                    let asks = format!(
                        "An alert about {case}: {}? An empty line leaves.",
                        list_or(&codes)
                    );
                    let Some(line) = self.ask_line(&asks)? else { return self.leave_alert() };
                    line
                }
            };
            let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let by_number = number.and_then(|at| AlertKind::ALL.get(at).copied());
            match by_number.or_else(|| AlertKind::from_code(&line.to_lowercase())) {
                Some(kind) => break kind,
                None => self.say(&format!("\"{line}\" is no kind of alert."))?,
            }
        };
        let asks = "What is it? Roles instead of names; an empty line leaves.";
        let Some(text) = self.ask_line(asks)? else { return self.leave_alert() };
        let told = self.ask_line("Who was told? An empty line if nobody yet.")?.unwrap_or_default();
        let when = match told.is_empty() {
            true => String::new(),
            false => self.ask_line("When?")?.unwrap_or_default(),
        };
        let (reading, case) = (reading.to_owned(), case.to_owned());
        self.ask_outside(Effect::Alerts(Ask::Raise { reading, case, kind, text, told, when }));
        match self.app.alerts.problem.clone() {
            Some(problem) => self.say(&sentence(&format!("not recorded: {problem}"))),
            None => self.say_notice(),
        }
    }

    /// Records an alert from a list: behind the command may stand a case of it and a kind.
    pub fn take_alert_in_list(&mut self, rest: &str, cases: &[String]) -> io::Result<()> {
        let (first, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let is_case = cases.iter().any(|case| case.eq_ignore_ascii_case(first));
        let (case, kind) = match is_case {
            true => (first.to_uppercase(), more.trim()),
            false => {
                let asks = "An alert about which case? An empty line leaves.";
                let Some(case) = self.ask_line(asks)? else { return self.leave_alert() };
                (case.to_uppercase(), rest)
            }
        };
        self.take_alert("", &case, kind)
    }

    fn leave_alert(&mut self) -> io::Result<()> {
        self.say("No alert was recorded.")
    }

    /// The line to a question, trimmed; none where it is empty or the input ended.
    fn ask_line(&mut self, asks: &str) -> io::Result<Option<String>> {
        self.say(asks)?;
        let line = self.read_line()?;
        Ok(line.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()))
    }
}
