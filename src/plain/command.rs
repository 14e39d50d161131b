//! Commands: a line that begins with `:`, from the table of actions.

use std::io;

use crate::instrument::words;
use crate::task::action::{Line, TABLE};
use crate::task::review::{Page, PageLine, State};
use crate::task::{Action, Event, Field, Screen, is_available};
use crate::text::{did_you_mean, list_or};

use super::face::{Face, Flow, sentence};

/// Other names of commands.
const ALIASES: [(&str, Action); 3] =
    [("skip", Action::Next), ("items", Action::Items), ("exit", Action::Quit)];

fn commands() -> impl Iterator<Item = &'static Line> {
    TABLE.iter().filter(|line| line.plain)
}

/// The command a word after `:` names.
pub fn find(word: &str) -> Option<Action> {
    let named = commands().find(|line| line.id == word).map(|line| line.action);
    named.or_else(|| ALIASES.iter().find(|(alias, _)| *alias == word).map(|(_, action)| *action))
}

/// Whether a line is a command there is, so that it isn't taken for a text.
pub fn is_known(line: &str) -> bool {
    let Some(command) = line.strip_prefix(':') else { return false };
    command.split_whitespace().next().is_some_and(|word| find(word).is_some())
}

impl Face<'_> {
    /// Does what a command says.
    pub fn command(&mut self, line: &str) -> io::Result<Flow> {
        let (word, argument) = match line[1..].trim().split_once(char::is_whitespace) {
            Some((word, argument)) => (word, argument.trim()),
            None => (line[1..].trim(), ""),
        };
        let Some(action) = find(word) else {
            let near = did_you_mean(word, commands().map(|line| line.id));
            let hint = near.map(|near| format!(" Did you mean :{near}?")).unwrap_or_default();
            return self.correct(&format!(":{word} is not a command.{hint} :help lists them."));
        };
        match action {
            Action::Help => self.say_help()?,
            Action::Alert => return self.alert_here(line),
            Action::Quit => return self.leave(),
            Action::Finish => return self.say_missing(),
            Action::Submit => return self.submit(),
            Action::GoTo => self.go_to(argument)?,
            Action::Items => self.say_items()?,
            Action::Why | Action::Guidance | Action::Changes => self.look_up(action)?,
            Action::Next => return self.go_on(),
            Action::Cases => return self.leave_case(),
            Action::Results => {
                self.was_corrected = true;
                self.say("Results are said at the list of cases: :cases goes there.")?;
            }
            Action::Behind | Action::SaveAs => {
                self.was_corrected = true;
                self.say("That belongs to results, which are said at the list of cases.")?;
            }
            Action::Goals => {
                self.was_corrected = true;
                self.say("Goals are said at the list of cases: :cases goes there.")?;
            }
            Action::Note if is_available(self.app, action) => return self.take_note(argument),
            Action::EditCell | Action::DeleteRow => return self.at_row(action, argument),
            Action::Nothing if is_available(self.app, action) => return self.tick_nothing(),
            other => self.do_action(other, word)?,
        }
        Ok(Flow::On)
    }

    /// Does an action that changes the review or the place in it.
    fn do_action(&mut self, action: Action, word: &str) -> io::Result<()> {
        let written = matches!(action, Action::Text) && is_available(self.app, Action::Write);
        if !written && !is_available(self.app, action) {
            self.was_corrected = true;
            return self.say(&format!(":{word}: {}", refusal(action)));
        }
        if written {
            self.act(Action::Write);
        } else {
            self.act(action);
        }
        match action {
            Action::Undo | Action::Redo | Action::Clear => {
                let Some(review) = self.review() else { return Ok(()) };
                let done = match action {
                    Action::Undo => "Undone.",
                    Action::Redo => "Done again.",
                    _ => "Taken back.",
                };
                let at =
                    sentence(&format!("at {}", review.instrument().question(review.at()).id()));
                let saved = self.saved_words();
                self.told = None;
                self.say(&format!("{done} {at} {saved}"))?;
                self.say_notice()?;
                self.close_table();
                Ok(())
            }
            Action::Retry => {
                let saved = self.saved_words();
                self.say(&saved)
            }
            _ => {
                self.told = None;
                self.say_notice()
            }
        }
    }

    /// Answers a checklist with nothing ticked, and goes on as after any answer.
    fn tick_nothing(&mut self) -> io::Result<Flow> {
        let Some(at) = self.review().map(State::at) else { return Ok(Flow::End) };
        self.act(Action::Nothing);
        self.acknowledge(at, Field::Answer)?;
        self.go_on()
    }

    /// Back to the list of cases, once everything is on disk.
    fn leave_case(&mut self) -> io::Result<Flow> {
        self.act(Action::Back);
        if self.app.screen == Screen::Review {
            self.say_notice()?;
        }
        Ok(Flow::On)
    }

    fn look_up(&mut self, action: Action) -> io::Result<()> {
        if !is_available(self.app, action) {
            self.was_corrected = true;
            return self.say(refusal(action));
        }
        let Some(review) = self.review() else { return Ok(()) };
        let page = match action {
            Action::Why => review.why(),
            Action::Guidance => review.guidance(),
            _ => review.changes(),
        };
        self.say_page(&page)
    }

    fn say_page(&mut self, page: &Page) -> io::Result<()> {
        self.pause()?;
        self.say(&page.title)?;
        for line in &page.lines {
            match line {
                PageLine::Heading(text) => self.say(text)?,
                PageLine::Text(text) | PageLine::Point(text) => self.say_entry(text)?,
            }
        }
        self.pause()
    }

    fn say_items(&mut self) -> io::Result<()> {
        let rows = self.review().map(State::item_rows).unwrap_or_default();
        for row in rows {
            let name = match row.item {
                Some(at) => {
                    let heading = self.review().map(|r| words::item_heading(r.instrument(), at));
                    format!("{}, {}", heading.unwrap_or_default(), row.title)
                }
                None => row.title,
            };
            let open = match row.open {
                0 => String::new(),
                n => format!(", {n} open"),
            };
            self.say_entry(&format!("{name}: {}{open}.", row.sign.word()))?;
        }
        for (title, says) in self.review().map(State::outcome_lines).unwrap_or_default() {
            self.say_entry(&format!("{title}: {}", sentence(&says)))?;
        }
        Ok(())
    }

    /// `:go 20`, `:go 20.C`, `:go 17B`.
    fn go_to(&mut self, id: &str) -> io::Result<()> {
        let Some(review) = self.review() else { return Ok(()) };
        let instrument = review.instrument();
        let question = instrument
            .find_question(id)
            .or_else(|| instrument.find_item(id).and_then(|item| review.first_of(item)));
        match question {
            Some(question) => {
                self.give(Event::Goto(question));
                if self.review().is_some_and(|r| r.at() == question) {
                    self.told = None;
                }
                self.say_notice()
            }
            None if instrument.find_item(id).is_some() => {
                let refused = format!("Nothing is asked of {id} in this case.");
                self.was_corrected = true;
                self.say(&refused)
            }
            None => {
                let ids: Vec<&str> = instrument.items().iter().map(|i| i.id()).collect();
                let refused = format!(
                    "There is no item or question \"{id}\". Type :go and {}, or a question \
                     such as {}.",
                    list_or(&ids),
                    instrument.question(review.at()).id()
                );
                self.was_corrected = true;
                self.say(&refused)
            }
        }
    }

    fn say_help(&mut self) -> io::Result<()> {
        self.say("A number or a code answers the question. Commands:")?;
        for line in commands() {
            let argument = match line.action {
                Action::GoTo => " ITEM",
                Action::EditCell | Action::DeleteRow => " NUMBER",
                _ => "",
            };
            let names: Vec<String> = std::iter::once(line.id)
                .chain(
                    ALIASES
                        .iter()
                        .filter(|(alias, action)| *action == line.action && *alias != line.id)
                        .map(|(alias, _)| *alias),
                )
                .map(|name| format!(":{name}{argument}"))
                .collect();
            self.say_entry(&format!("{}: {}", list_or(&names), line.help))?;
        }
        Ok(())
    }
}

/// Why an action isn't possible here.
fn refusal(action: Action) -> &'static str {
    match action {
        Action::Undo => "There is nothing to undo.",
        Action::Redo => "There is nothing to do again.",
        Action::Text => "The answer here asks for no text. :note writes a note.",
        Action::Note => "The review can only be read.",
        Action::Nothing => "Only a question that takes several answers can be answered so.",
        Action::Clear => "There is no answer to take back.",
        Action::Retry => "There is nothing to save again.",
        Action::ReadAnew => "The review stands here as it is.",
        Action::NextOpen => "No question is open.",
        Action::Previous => "This is the first question.",
        Action::NextItem => "This is the last item.",
        Action::PreviousItem => "This is the first item.",
        Action::FaceSheet => "This is the face sheet.",
        Action::AddRow => "This question has no rows.",
        Action::Why => "The face sheet has no rating.",
        Action::Changes => {
            "What would change a rating is shown in practice, to leads, and after submission."
        }
        _ => "That is not possible here.",
    }
}
