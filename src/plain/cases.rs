//! Choosing a case from the queue.

use std::io;

use crate::task::queue::{Case, Further};
use crate::task::{Action, Event, Screen};
use crate::text::count;

use super::alerts;
use super::choosing::Choice;
use super::face::{Face, Flow};

/// So many cases are said at once; a search narrows a longer list.
const MOST: usize = 50;

impl Face<'_> {
    /// Says the cases and has one chosen by number or name.
    pub fn ask_for_case(&mut self) -> io::Result<Flow> {
        let shown: Vec<Case> = self.app.queue.shown().into_iter().cloned().collect();
        self.say_notice()?;
        match (shown.is_empty(), self.app.queue.search.is_empty()) {
            (true, true) => self.say("No case is assigned to you yet.")?,
            (true, false) => {
                self.say("No case has all of these words; :search alone shows all.")?
            }
            (false, _) => self.say(&count(shown.len(), "case", "cases"))?,
        }
        for (at, case) in shown.iter().take(MOST).enumerate() {
            self.say_entry(&format!("{}. {}", at + 1, words(case)))?;
        }
        if shown.len() > MOST {
            let more = count(shown.len() - MOST, "more case", "more cases");
            self.say(&format!("And {more}: narrow the list with :search and words."))?;
        }
        let names: Vec<String> = shown.iter().map(|case| case.case.clone()).collect();
        loop {
            let prompt =
                "Choose a case by its number or name; :search WORDS, :results, :help, :quit.";
            let command = match self.choose_line(prompt, &names, "cases")? {
                Choice::At(at) => return self.open_case(at),
                Choice::Command(command) => command,
                Choice::Leave => return Ok(Flow::End),
            };
            if let Some(rest) = alerts::asked(&command) {
                if self.take_alert_in_list(rest, &names)? == Flow::End {
                    return Ok(Flow::End);
                }
                continue;
            }
            match command.as_str() {
                search if search.starts_with(":search") => {
                    let words = search.trim_start_matches(":search").trim().to_owned();
                    self.act(Action::Search);
                    self.give(Event::Text(words));
                    self.act(Action::LeaveSearch);
                    return Ok(Flow::On);
                }
                results if results == ":results" || results.starts_with(":results ") => {
                    self.say_results(results.trim_start_matches(":results"))?;
                }
                behind if behind.starts_with(":behind ") => {
                    self.say_behind(behind.trim_start_matches(":behind").trim())?;
                }
                save if save == ":save-as" || save.starts_with(":save-as ") => {
                    self.save_results(save.trim_start_matches(":save-as").trim())?;
                }
                ":goals" => self.say_goals()?,
                ":help" => self.say_list_help()?,
                other => self.say(&format!("\"{other}\" is not one of the cases."))?,
            }
        }
    }

    fn say_list_help(&mut self) -> io::Result<()> {
        for entry in [
            "A number or a name opens that case; in it :help lists the commands of a review.",
            ":search WORDS: only the cases in which every word is found; :search alone shows all.",
            ":results: the results, every item in a line. :results 20: item 20 by region. Behind \
             it may stand one or two of county, case-type, period and more, the name of a period, \
             and what is counted: outcomes, questions, participants, components, reasons, trend.",
            ":behind ROW: the cases behind a row of what :results said last; behind it may stand a \
             count such as ANI, and a case, to hear its answers and why.",
            ":save-as FILE: what :results or :goals said last, in a file that ends in .txt, .csv, \
             .xlsx, .json or .html.",
            ":alert CASE: record a concern about a case.",
            ":goals: the improvement plan, if one is in force: where each measure stands.",
            ":quit: leave. Every answer given is saved already.",
        ] {
            self.say_entry(entry)?;
        }
        self.say("`casereview instrument explain ID` prints the instrument's rating tables.")
    }

    fn open_case(&mut self, at: usize) -> io::Result<Flow> {
        self.open_line(at);
        if self.app.screen == Screen::Review {
            self.in_item = None;
            self.told = None;
            self.begin()?;
        } else {
            self.say_notice()?;
        }
        Ok(Flow::On)
    }
}

fn words(case: &Case) -> String {
    let further = Further::of(case.which);
    let further = further.map(|further| format!(", {}", further.words)).unwrap_or_default();
    format!(
        "{}, {}, {}, {}{further}: {}",
        case.case,
        case.case_type,
        case.region,
        case.county,
        case.status.title()
    )
}
