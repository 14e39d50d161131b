//! Saying a question: where it stands, what is asked, what is accepted.

use std::io;

use crate::instrument::words;
use crate::task::Field;
use crate::task::queue::Further;
use crate::task::review::{Entry, OptionRow, State};

use super::face::{Face, ended, one_line, sentence};
use super::table::{accepted_rows, rows_words};

impl Face<'_> {
    /// What stands before everything: the case, the instrument, how to go about it.
    pub fn begin(&mut self) -> io::Result<()> {
        let Some(review) = self.review() else { return Ok(()) };
        let card = review.card().clone();
        let kind = Further::of(card.which)
            .map(|further| format!(", {}", further.words))
            .unwrap_or_default();
        let mut case = format!("Case {}, {}{kind}.", card.case, card.case_type);
        if !card.under_review.is_empty() {
            case += &format!(" Period under review {}.", card.under_review.replace("..", "to"));
        }
        let instrument = review.instrument().short().to_owned();
        let notice = review.instrument().notice().map(str::to_owned);
        let submitted = review.submitted().map(sentence);
        self.say(&case)?;
        self.say(&sentence(&instrument))?;
        if let Some(notice) = notice {
            self.say(&notice)?;
        }
        match submitted {
            Some(submitted) => self.say(&format!("{submitted} It can only be read."))?,
            None => self.say(
                "A number or a code answers; every answer is saved when it is given. \
                 :help lists the commands, :quit leaves.",
            )?,
        }
        self.say_notice()
    }

    /// Says the question here, in full where it wasn't said just before.
    pub fn say_question(&mut self) -> io::Result<()> {
        let Some(review) = self.review() else { return Ok(()) };
        let at = review.at();
        let asked = asked_words(review);
        if self.told == Some(at) {
            let again = !std::mem::take(&mut self.was_corrected);
            return if again { self.say(&asked) } else { Ok(()) };
        }
        self.was_corrected = false;
        self.say_item()?;
        let Some(review) = self.review() else { return Ok(()) };
        let (place, of) = review.ordinal();
        let options: Vec<String> = review.options().iter().map(option_words).collect();
        let given = given_words(review);
        let rows = rows_words(review);
        let accepts = accepted_in_short(review);
        self.pause()?;
        self.say(&format!("Question {place} of {of}. {asked}"))?;
        for option in options {
            self.say_entry(&option)?;
        }
        for line in given {
            self.say(&line)?;
        }
        if let Some((first, rows)) = rows.split_first() {
            self.say(first)?;
            for row in rows {
                self.say_entry(row)?;
            }
        }
        self.say(&accepts)?;
        self.told = Some(at);
        Ok(())
    }

    /// On entering an item: how the one before stands, and which this is.
    fn say_item(&mut self) -> io::Result<()> {
        let Some(review) = self.review() else { return Ok(()) };
        let here = review.item();
        if self.in_item == Some(here) {
            return Ok(());
        }
        let before = self.in_item.flatten().map(|item| sentence(&review.item_line(item)));
        let title = match here {
            None => "Face sheet".to_owned(),
            Some(at) => {
                let item = review.instrument().item(at);
                format!("{}: {}", words::item_heading(review.instrument(), at), item.title())
            }
        };
        if let Some(before) = before {
            self.say(&before)?;
        }
        self.pause()?;
        self.say(&title)?;
        self.in_item = Some(here);
        Ok(())
    }
}

/// The question as asked, with its id and the person it is about.
fn asked_words(review: &State) -> String {
    let question = review.instrument().question(review.at());
    let part = question
        .part()
        .and_then(|id| review.instrument().part(id))
        .filter(|part| !question.ask().starts_with(&part.title))
        .map(|part| format!(", {}", part.title))
        .unwrap_or_default();
    format!("{}{part}: {}", question.id(), question.ask())
}

fn option_words(option: &OptionRow) -> String {
    let hint = option.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let chosen = if option.chosen { ", chosen" } else { "" };
    format!("{}. {}{hint}{chosen}", option.number, option.title)
}

/// What the question holds already.
fn given_words(review: &State) -> Vec<String> {
    let at = review.at();
    let mut lines = Vec::new();
    if let Some(words) = review.answer_words(at)
        && review.entry() != Entry::Table
        && !review.options().iter().any(|option| option.chosen)
    {
        lines.push(format!("Answer now: {}.", one_line(&words)));
    }
    if review.asks_for_text(at) {
        match review.narrative(at) {
            Some(text) => {
                lines.push(format!("Text now: {}", one_line(text)));
                if review.is_begun(at, Field::Narrative) {
                    lines.push("Another was begun and is kept; :text goes on with it.".to_owned());
                }
            }
            None => lines.push(match review.drafted(at, Field::Narrative) {
                Some(kept) => format!(
                    "Its text was begun and is kept: {} :text goes on with it.",
                    ended(&one_line(kept))
                ),
                None => "Its text is missing; :text writes it.".to_owned(),
            }),
        }
    }
    if let Some(note) = review.note(at) {
        lines.push(format!("Note: {}", one_line(note)));
    }
    if review.is_not_saved(at) {
        lines.push("This answer is NOT SAVED.".to_owned());
    }
    lines
}

/// What the question accepts, as a sentence, without the codes of a long list.
fn accepted_in_short(review: &State) -> String {
    const FEW: usize = 4;
    let last = review.options().len();
    match review.entry() {
        Entry::One if last > FEW && review.is_open() => {
            format!("Answer with a number from 1 to {last}, or a code.")
        }
        Entry::Any if last > FEW && review.is_open() => {
            format!("Answer with one or several numbers from 1 to {last} or codes, or with :none.")
        }
        _ => accepted(review),
    }
}

/// The answer here is one line.
pub fn is_one_line(review: &State) -> bool {
    review.instrument().question(review.at()).is_one_line()
}

/// What the question accepts, as a sentence.
pub fn accepted(review: &State) -> String {
    let question = review.instrument().question(review.at());
    if !review.is_open() {
        return "The review can only be read.".to_owned();
    }
    let codes: Vec<String> = review.options().into_iter().map(|o| o.code).collect();
    let accepts = match review.entry() {
        Entry::One => format!("Answer with a number or a code: {}.", codes.join(", ")),
        Entry::Any => format!(
            "Answer with one or several numbers or codes, or with :none. Codes: {}.",
            codes.join(", ")
        ),
        Entry::Text if is_one_line(review) => "Write it on one line.".to_owned(),
        Entry::Text => "Write the text; a line with only a dot ends it.".to_owned(),
        Entry::Date => "Write a date such as 2026-04-30.".to_owned(),
        Entry::Number { least, most } => format!("Write a whole number from {least} to {most}."),
        Entry::Table => return accepted_rows(review),
    };
    match (review.lacks_answer(), question.required()) {
        (false, _) => format!("{accepts} An empty line keeps the answer."),
        (true, false) => format!("{accepts} An empty line leaves it out."),
        (true, true) => accepts,
    }
}
