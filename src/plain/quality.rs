//! QA line by line.

use std::io;

use crate::instrument::Rating;
use crate::task::quality::{Ask, Note, Opened};
use crate::task::{Action, Effect, Screen};
use crate::text::count;

use super::alerts;
use super::choosing::Choice;
use super::face::{Face, Flow};

/// What can be typed at the list of reviews with QA.
const HELP_IN_LIST: [&str; 3] = [
    "A number or a case opens that review with its notes.",
    ":alert CASE: record a concern about a case.",
    ":quit: leave. Everything done is saved already.",
];

/// What can be typed at the notes on a review; which of it works now is said above each prompt.
const HELP: [&str; 11] = [
    ":pin 20.C WORDS: pin a note to a question or item.",
    ":reply 1 WORDS: reply to note 1.",
    ":settle 1 WORDS: settle note 1, changed or explained; the words may be left out.",
    ":talked 1 WORDS: settle note 1 in conversation, with what came of it.",
    ":send-back: send the review back to its reader with the open notes.",
    ":approve: approve it at its level, once no note is open.",
    ":override 20 ani WHY: set the rating of item 20 against the computed one; computed instead \
     of a rating takes that back.",
    ":reopen WHY: open a final review again; every report tells of it.",
    ":review: read the review itself.",
    ":alert: record a concern about the case.",
    ":back: the list. :quit: leave. Everything done is saved already.",
];

impl Face<'_> {
    /// Says what is with QA and has one chosen.
    pub fn ask_for_qa(&mut self) -> io::Result<Flow> {
        self.say_notice()?;
        let lines = self.app.quality.list.clone().unwrap_or_default();
        self.say(&format!("{} with QA or sent back", count(lines.len(), "review", "reviews")))?;
        for (at, line) in lines.iter().enumerate() {
            let notes = match line.notes {
                0 => String::new(),
                open => format!(", {}", count(open, "open note", "open notes")),
            };
            let yours = if line.mine { ", for you" } else { "" };
            self.say_entry(&format!(
                "{}. {}, {}, {}, {}: {}{notes}{yours}",
                at + 1,
                line.case,
                line.case_type,
                line.region,
                line.reviewer,
                line.standing
            ))?;
        }
        let cases: Vec<String> = lines.iter().map(|line| line.case.clone()).collect();
        loop {
            let prompt = "Choose a review by its number or case; :alert, :help, :quit.";
            let at = match self.choose_line(prompt, &cases, "reviews")? {
                Choice::At(at) => at,
                Choice::Command(command) if command == ":help" => {
                    self.say_entries(&HELP_IN_LIST)?;
                    continue;
                }
                Choice::Command(command) => {
                    if let Some(rest) = alerts::asked(&command) {
                        if self.take_alert_in_list(rest, &cases)? == Flow::End {
                            return Ok(Flow::End);
                        }
                        continue;
                    }
                    self.say(&format!("{command} is not a command here."))?;
                    continue;
                }
                Choice::Leave => return Ok(Flow::End),
            };
            let reading = lines[at].reading.clone();
            self.ask_outside(Effect::Quality(Ask::Open { reading }));
            if self.app.screen == Screen::Notes {
                return Ok(Flow::On);
            }
            self.say_notice()?;
        }
    }

    /// Says the notes of the review and takes a line.
    pub fn ask_qa(&mut self) -> io::Result<Flow> {
        let Some(opened) = self.app.quality.opened.clone() else { return Ok(Flow::End) };
        self.say_notice()?;
        self.pause()?;
        self.say(&format!("{}, {}: {}.", opened.case, opened.about, opened.standing))?;
        for line in opened.overrides.iter().chain(&opened.late) {
            self.say(line)?;
        }
        if opened.notes.is_empty() {
            self.say("No note is pinned to it.")?;
        }
        for (at, note) in opened.notes.iter().enumerate() {
            self.say_qa_note(at + 1, note)?;
        }
        self.say(&commands(&opened))?;
        let Some(line) = self.read_line()? else { return Ok(Flow::End) };
        self.take_qa(&opened, line.trim())
    }

    fn say_qa_note(&mut self, number: usize, note: &Note) -> io::Result<()> {
        let state = if note.settled.is_some() { "settled" } else { "open" };
        self.say_entry(&format!("{number}. {}, {state}: {}", note.place, note.ask))?;
        self.say_entry(&format!("   answer: {}", note.answer))?;
        if !note.narrative.is_empty() {
            self.say_entry(&format!("   writes: {}", note.narrative))?;
        }
        self.say_entry(&format!("   {}: {}", note.who, note.text))?;
        for (who, text) in &note.replies {
            self.say_entry(&format!("   {who}: {text}"))?;
        }
        if let Some(settled) = &note.settled {
            self.say_entry(&format!("   {settled}"))?;
        }
        Ok(())
    }

    fn take_qa(&mut self, opened: &Opened, line: &str) -> io::Result<Flow> {
        if let Some(kind) = alerts::asked(line) {
            return self.take_alert(&opened.reading, &opened.case, kind);
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (rest, reading) = (rest.trim(), opened.reading.clone());
        let (first, words) = rest.split_once(' ').unwrap_or((rest, ""));
        let words = words.trim().to_owned();
        let note = || {
            let at = first.parse::<usize>().ok()?.checked_sub(1)?;
            opened.notes.get(at).map(|note| note.id)
        };
        let ask = match (word, note()) {
            (":quit" | ":exit", _) => return Ok(Flow::End),
            (":back", _) => {
                self.act(Action::Back);
                return Ok(Flow::On);
            }
            (":help", _) => {
                self.say_entries(&HELP)?;
                return Ok(Flow::On);
            }
            (":review", _) => {
                self.act(Action::ReadReview);
                return Ok(Flow::On);
            }
            (":pin", _) if !first.is_empty() => {
                Ask::Pin { reading, place: first.to_owned(), text: words }
            }
            (":reply", Some(note)) => Ask::Reply { reading, note, text: words },
            (":settle", Some(note)) => Ask::Settle { reading, note, talked: false, summary: words },
            (":talked", Some(note)) => Ask::Settle { reading, note, talked: true, summary: words },
            (":send-back", _) => Ask::SendBack { reading },
            (":approve", _) => Ask::Approve { reading },
            (":override", _) if !first.is_empty() => {
                let (code, why) = words.split_once(' ').unwrap_or((&words, ""));
                let rating = Rating::from_code(code);
                if rating.is_none() && code != "computed" {
                    self.say("Name the rating: strength, ani, na, or computed to take it back.")?;
                    return Ok(Flow::On);
                }
                let (item, why) = (first.to_owned(), why.trim().to_owned());
                Ask::Override { reading, item, rating, why }
            }
            (":reopen", _) => Ask::Reopen { reading, why: rest.to_owned() },
            (":reply" | ":settle" | ":talked", None) => {
                self.say("Name the note by its number first.")?;
                return Ok(Flow::On);
            }
            _ => {
                self.say("That is not one of the commands.")?;
                return Ok(Flow::On);
            }
        };
        self.ask_outside(Effect::Quality(ask));
        Ok(Flow::On)
    }
}

/// What can be done with a review now.
fn commands(opened: &Opened) -> String {
    let mut known = Vec::new();
    if opened.with_me {
        known.push(":pin 20.C WORDS");
    }
    if opened.with_me || opened.is_mine {
        known.push(":reply 1 WORDS");
    }
    if opened.with_me {
        known.extend([":settle 1 WORDS", ":talked 1 WORDS", ":send-back", ":approve"]);
    }
    if opened.may_override {
        known.push(":override 20 ani WHY");
    }
    if opened.may_reopen {
        known.push(":reopen WHY");
    }
    known.extend([":review", ":alert", ":help", ":back", ":quit"]);
    format!("{}.", known.join(", "))
}
