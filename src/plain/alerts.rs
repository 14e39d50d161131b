//! Recording an alert line by line, from wherever the person is.

use std::io;

use crate::review::AlertKind;
use crate::task::Effect;
use crate::task::alerts::Ask;
use crate::text::list_or;

use super::face::{Face, Flow, sentence};
use super::words::Words;

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
    /// `reading` is the key of the review the person is at, or empty. Whether the session goes
    /// on comes back: every prompt can be left by a command.
    pub fn take_alert(&mut self, reading: &str, case: &str, kind: &str) -> io::Result<Flow> {
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
                    match self.ask_line(&asks)? {
                        Ok(line) if !line.is_empty() => line,
                        Ok(_) => return self.leave_alert(Flow::On),
                        Err(flow) => return self.leave_alert(flow),
                    }
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
        let text = match self.ask_line(asks)? {
            Ok(text) if !text.is_empty() => text,
            Ok(_) => return self.leave_alert(Flow::On),
            Err(flow) => return self.leave_alert(flow),
        };
        let told = match self.ask_line("Who was told? An empty line if nobody yet.")? {
            Ok(told) => told,
            // The input may end where nobody was told.
            Err(Flow::End) if self.ended => String::new(),
            Err(flow) => return self.leave_alert(flow),
        };
        let when = match told.is_empty() {
            true => String::new(),
            false => match self.ask_line("When?")? {
                Ok(when) => when,
                Err(Flow::End) if self.ended => String::new(),
                Err(flow) => return self.leave_alert(flow),
            },
        };
        let (reading, case) = (reading.to_owned(), case.to_owned());
        self.ask_outside(Effect::Alerts(Ask::Raise { reading, case, kind, text, told, when }));
        match self.app.alerts.problem.clone() {
            Some(problem) => self.say(&sentence(&format!("not recorded: {problem}")))?,
            None => self.say_notice()?,
        }
        Ok(Flow::On)
    }

    /// Records an alert from a list: behind the command may stand a case of it and a kind.
    pub fn take_alert_in_list(&mut self, rest: &str, cases: &[String]) -> io::Result<Flow> {
        let (first, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let is_case = cases.iter().any(|case| case.eq_ignore_ascii_case(first));
        let (case, kind) = match is_case {
            true => (first.to_uppercase(), more.trim()),
            false => {
                let asks = "An alert about which case? An empty line leaves.";
                match self.ask_line(asks)? {
                    Ok(case) if !case.is_empty() => (case.to_uppercase(), rest),
                    Ok(_) => return self.leave_alert(Flow::On),
                    Err(flow) => return self.leave_alert(flow),
                }
            }
        };
        self.take_alert("", &case, kind)
    }

    fn leave_alert(&mut self, flow: Flow) -> io::Result<Flow> {
        self.say("No alert was recorded.")?;
        Ok(flow)
    }

    /// The line to a question; where it is left instead, whether the session goes on.
    fn ask_line(&mut self, asks: &str) -> io::Result<Result<String, Flow>> {
        Ok(match self.take_words(asks, "The line is the answer.")? {
            Words::Text(line) => Ok(line),
            Words::Back => Err(Flow::On),
            Words::Quit => Err(Flow::End),
        })
    }
}
