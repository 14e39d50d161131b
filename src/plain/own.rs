//! An own answer to a difference of two reviews, taken from a line.

use std::io;

use crate::instrument::{CodeSet, words};
use crate::scoring::{Value, read_value};
use crate::task::reconcile::State;
use crate::task::review::{self, Entry};
use crate::task::{Action, Event};

use super::answer::read;
use super::face::{Face, Flow, sentence};
use super::question::accepted;
use super::words::Words;

/// What came of a line given as an own answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    /// It is the whole answer.
    Whole,
    /// It is none, and what was wrong with it was said.
    Not,
    /// The person leaves.
    Quit,
}

impl Face<'_> {
    /// Takes a line as an own answer, with the text it asks for, and then asks why.
    pub fn take_own(&mut self, state: &State, line: &str) -> io::Result<Flow> {
        if line.is_empty() {
            self.say("Nothing was answered.")?;
            return Ok(Flow::On);
        }
        self.act(Action::TakeOwn);
        match self.give_own(state, line)? {
            Given::Whole => {
                self.say_notice()?;
                self.ask_why()
            }
            Given::Not => Ok(Flow::On),
            Given::Quit => Ok(Flow::End),
        }
    }

    /// Gives the open pad what a line says, with the text that asks for.
    fn give_own(&mut self, state: &State, line: &str) -> io::Result<Given> {
        let at = self.pad().map(review::State::at);
        let Some((entry, options)) = self.pad().map(|pad| (pad.entry(), pad.options())) else {
            self.say("There is nothing to settle.")?;
            return Ok(Given::Not);
        };
        match entry {
            Entry::One | Entry::Any => {
                let nothing = entry == Entry::Any && line == ":none";
                let codes = if nothing { Ok(CodeSet::EMPTY) } else { read(line, &options, entry) };
                match codes {
                    Ok(codes) => self.give(Event::Answer(Value::Codes(codes))),
                    Err(problem) => return self.put_pad_away(&problem),
                };
            }
            Entry::Table => {
                let Some(at) = self.pad().map(review::State::at) else { return Ok(Given::Not) };
                let question = state.pair.instrument.question(at);
                match read_value(question, state.pair.case_type, line) {
                    Ok(value) => {
                        if let Some(settle) = &mut self.app.settle {
                            settle.take_own(value);
                        }
                    }
                    Err(why) => return self.put_pad_away(&sentence(&why)),
                }
            }
            Entry::Text | Entry::Date | Entry::Number { .. } => {
                self.give(Event::Text(line.to_owned()));
                let several = self.pad().and_then(|pad| pad.editing()).map(|b| b.several_lines);
                self.act(if several == Some(true) {
                    Action::LeaveTextNext
                } else {
                    Action::Commit
                });
                let problem = self.pad().and_then(|pad| pad.editing()?.problem.clone());
                if let Some(problem) = problem {
                    return self.put_pad_away(&sentence(&problem));
                }
            }
        }
        // What is missing next may be open already.
        if self.pad().map(review::State::at) != at {
            return Ok(Given::Whole);
        }
        if self.pad().is_some_and(|pad| pad.editing().is_some()) {
            let kept = self.pad().and_then(|pad| pad.editing()).map(|box_| box_.text.clone());
            let mut asks = "Write in a line what it rests on: roles, not names.".to_owned();
            if let Some(kept) = kept.as_ref().filter(|kept| !kept.is_empty()) {
                self.say(&asks)?;
                self.say(&format!("Kept from before: {kept}"))?;
                asks = "An empty line keeps it.".to_owned();
            }
            match self.take_words(&asks, "The line is the narrative of your answer.")? {
                Words::Text(text) if text.is_empty() => {}
                Words::Text(text) => {
                    self.give(Event::Text(text));
                }
                Words::Back => {
                    self.put_pad_away("Nothing was taken.")?;
                    return Ok(Given::Not);
                }
                // A script's last line may be the answer: then its text is not there.
                Words::Quit if self.ended => {}
                Words::Quit => {
                    self.leave_pad();
                    return Ok(Given::Quit);
                }
            }
            self.act(Action::LeaveTextNext);
        }
        // What the last question leaves open is the whole answer all the same.
        if self.pad().is_some() {
            self.act(Action::Next);
        }
        match self.pad() {
            Some(pad) if Some(pad.at()) == at => self.put_pad_away(""),
            _ => Ok(Given::Whole),
        }
    }

    /// `:add`, `:row 2` or `:delete 2` at a difference of two tables: rows of one's own.
    pub fn begin_rows(&mut self, line: &str) -> io::Result<Flow> {
        self.act(Action::TakeOwn);
        if self.pad().is_none_or(|pad| pad.entry() != Entry::Table) {
            if self.pad().is_some() {
                self.put_pad_away("")?;
            }
            self.say("This question has no rows.")?;
            return Ok(Flow::On);
        }
        self.say_notice()?;
        self.close_table();
        self.command(line)
    }

    /// Asks on with a pad that is open: rows not taken yet, a text kept from before, or what
    /// only the settled review is asked.
    pub fn ask_on_pad(&mut self, state: &State) -> io::Result<Flow> {
        let Some(pad) = self.pad().cloned() else {
            self.act(Action::Back);
            return Ok(Flow::On);
        };
        let name = words::name(&state.pair.instrument, pad.at());
        self.pause()?;
        let kept = pad.editing().map(|editing| editing.text.clone());
        let kept = kept.filter(|text| !text.is_empty());
        if pad.entry() == Entry::Table {
            return self.ask_for_rows(&pad, &name);
        }
        let question = state.pair.instrument.question(pad.at());
        let asks = match &kept {
            Some(text) => {
                let answer = pad.answer_words(pad.at()).unwrap_or_default();
                self.say(&format!("{name}, an answer of your own {answer}: {}", question.ask()))?;
                self.say(&format!("You were writing: {text}"))?;
                "An empty line keeps it, another one replaces it; :back leaves it.".to_owned()
            }
            None => {
                self.say(&format!("{name} is asked of the settled review: {}", question.ask()))?;
                let how = match pad.entry() {
                    Entry::Text => "Write it in a line.".to_owned(),
                    _ => accepted(&pad),
                };
                format!("{how} :back leaves it for later.")
            }
        };
        let line = match self.take_words(&asks, "The line is the answer.")? {
            Words::Quit => return Ok(Flow::End),
            Words::Back => {
                self.leave_pad();
                return Ok(Flow::On);
            }
            Words::Text(line) => line,
        };
        match (line.as_str(), kept) {
            (_, Some(_)) => {
                if !line.is_empty() {
                    self.give(Event::Text(line));
                }
                let several = pad.editing().is_some_and(|editing| editing.several_lines);
                self.act(if several { Action::LeaveTextNext } else { Action::Commit });
                self.say_notice()?;
            }
            (answer, None) => match self.give_own(state, answer)? {
                Given::Whole => {
                    if !self.app.settle.as_ref().is_some_and(State::was_moved) {
                        self.say("Saved.")?;
                    }
                    self.say_notice()?;
                }
                Given::Not => {}
                Given::Quit => return Ok(Flow::End),
            },
        }
        Ok(Flow::On)
    }

    fn ask_for_rows(&mut self, pad: &review::State, name: &str) -> io::Result<Flow> {
        self.say(&format!("{name}: the rows as they stand, not taken yet."))?;
        for row in 0..pad.rows().len() {
            let columns = pad.columns();
            let cells = columns.iter().map(|(_, column)| pad.cell_words(row, column));
            let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
            self.say_entry(&format!("{}. {}", row + 1, cells.join(", ")))?;
        }
        self.say(":add, :row 1, :delete 1; :take takes them; :back leaves them.")?;
        let Some(line) = self.read_line()? else { return Ok(Flow::End) };
        match line.trim() {
            ":quit" | ":exit" => return Ok(Flow::End),
            ":back" => self.leave_pad(),
            ":take" => {
                self.act(Action::Next);
                self.say_notice()?;
            }
            rows if is_on_rows(rows) => return self.command(rows),
            other => self.say(&format!("\"{other}\" is none of these."))?,
        }
        Ok(Flow::On)
    }

    /// Leaves the pad; what is half written on it is kept.
    fn leave_pad(&mut self) {
        self.act(Action::LeaveText);
        for _ in 0..2 {
            if self.pad().is_some() {
                self.act(Action::Back);
            }
        }
    }

    /// The pad an own answer is being given on.
    fn pad(&self) -> Option<&review::State> {
        self.app.settle.as_ref()?.pad()
    }

    /// Leaves the own answer, and says what was wrong with it and what is taken.
    fn put_pad_away(&mut self, problem: &str) -> io::Result<Given> {
        let accepts = self.pad().map(accepted).unwrap_or_default();
        let notice = self.app.notice().map(sentence).unwrap_or_default();
        self.act(Action::DropText);
        for _ in 0..2 {
            if self.pad().is_some() {
                self.act(Action::Back);
            }
        }
        self.say(format!("{problem} {notice} {accepts}").trim())?;
        Ok(Given::Not)
    }
}

/// Whether a line is about the rows of a table.
pub fn is_on_rows(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    matches!(word, ":add" | ":row" | ":delete")
}
