//! Taking a line as an answer.

use std::io;

use crate::instrument::CodeSet;
use crate::scoring::Value;
use crate::task::review::{Entry, OptionRow, State};
use crate::task::{Action, Event, Field, is_available};
use crate::text::did_you_mean;

use super::alerts;
use super::face::{Face, Flow, sentence};
use super::question::{accepted, is_one_line};
use super::words::text_of;

impl Face<'_> {
    /// Asks the question here and takes one line.
    pub fn ask(&mut self) -> io::Result<Flow> {
        self.say_question()?;
        let Some(line) = self.read_line()? else { return Ok(Flow::End) };
        match line.trim() {
            alert if alerts::asked(alert).is_some() => self.alert_here(alert),
            "" => self.empty_line(),
            command if command.starts_with(':') && !command.starts_with("::") => {
                self.command(command)
            }
            _ => self.answer(&line),
        }
    }

    /// Records an alert about the case at hand.
    pub fn alert_here(&mut self, line: &str) -> io::Result<Flow> {
        let Some(review) = self.review() else { return Ok(Flow::End) };
        let (reading, case) = (review.reading().to_owned(), review.card().case.clone());
        self.take_alert(&reading, &case, alerts::asked(line).unwrap_or_default())
    }

    /// An empty line goes on where nothing is lost by it.
    fn empty_line(&mut self) -> io::Result<Flow> {
        let Some(review) = self.review() else { return Ok(Flow::End) };
        if review.lacks_answer() && review.lacks(review.at()) && review.is_open() {
            let accepts = accepted(review);
            let problem = format!("Nothing was answered. {accepts} :skip goes on without.");
            return self.correct(&problem);
        }
        self.go_on()
    }

    /// Goes to the next question, after the last one to what is missing.
    pub fn go_on(&mut self) -> io::Result<Flow> {
        if self.review().is_some_and(State::is_at_the_last) {
            self.say("That was the last question.")?;
            return self.say_missing();
        }
        self.act(Action::Next);
        Ok(Flow::On)
    }

    fn answer(&mut self, line: &str) -> io::Result<Flow> {
        let Some(review) = self.review() else { return Ok(Flow::End) };
        if !review.is_open() {
            return self.correct("The review can only be read. :help lists the commands.");
        }
        match review.entry() {
            Entry::One | Entry::Any => self.choose(line),
            Entry::Table => self.correct("Rows are filled in cell by cell: :add adds a row."),
            Entry::Text if !is_one_line(review) => self.begin_text(line),
            Entry::Text | Entry::Date | Entry::Number { .. } => self.commit(text_of(line.trim())),
        }
    }

    fn choose(&mut self, line: &str) -> io::Result<Flow> {
        let Some(review) = self.review() else { return Ok(Flow::End) };
        let at = review.at();
        let options = review.options();
        match read(line, &options, review.entry()) {
            Ok(codes) => {
                self.give(Event::Answer(Value::Codes(codes)));
                self.acknowledge(at, Field::Answer)?;
            }
            Err(problem) => {
                let accepts = accepted(review);
                return self.correct(&format!("{problem} {accepts}"));
            }
        }
        Ok(Flow::On)
    }

    /// Takes a date, a number or a text of one line.
    fn commit(&mut self, line: &str) -> io::Result<Flow> {
        let Some(review) = self.review() else { return Ok(Flow::End) };
        let at = review.at();
        self.open_text();
        self.give(Event::Text(line.to_owned()));
        self.act(Action::Commit);
        let problem = self.review().and_then(|r| r.editing()).and_then(|e| e.problem.clone());
        match problem {
            Some(problem) => {
                self.act(Action::DropText);
                return self.correct(&sentence(&problem));
            }
            None => self.acknowledge(at, Field::Answer)?,
        }
        Ok(Flow::On)
    }

    /// Opens the text box of the question here.
    pub fn open_text(&mut self) {
        let action = [Action::Write, Action::Text].into_iter().find(|a| is_available(self.app, *a));
        if let Some(action) = action {
            self.act(action);
        }
    }
}

/// The options a line names, by number or code.
pub fn read(line: &str, options: &[OptionRow], entry: Entry) -> Result<CodeSet, String> {
    let words: Vec<&str> =
        line.split([',', ';', ' ', '\t']).filter(|word| !word.is_empty()).collect();
    let mut codes = CodeSet::EMPTY;
    for word in &words {
        codes = codes.with(CodeSet::one(find(word, options)?.position));
    }
    match (entry, codes.len()) {
        (_, 0) => Err("Nothing was answered.".to_owned()),
        (Entry::One, 2..) => Err("This question takes one answer.".to_owned()),
        _ => Ok(codes),
    }
}

fn find<'o>(word: &str, options: &'o [OptionRow]) -> Result<&'o OptionRow, String> {
    let named = |option: &&OptionRow| {
        option.code.eq_ignore_ascii_case(word) || option.title.eq_ignore_ascii_case(word)
    };
    let found = match word.parse::<usize>() {
        Ok(number) => options.iter().find(|o| o.number == number),
        Err(_) => options.iter().find(named),
    };
    found.ok_or_else(|| match did_you_mean(word, options.iter().map(|o| o.code.as_str())) {
        Some(near) => format!("\"{word}\" is not an answer here. Did you mean {near}?"),
        None => format!("\"{word}\" is not an answer here."),
    })
}
