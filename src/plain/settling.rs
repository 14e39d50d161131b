//! Settling two reviews line by line.

use std::io;

use crate::instrument::{Kind, words};
use crate::task::reconcile::{
    C, Difference, LETTERS, PairStatus, State, Step, Third, read_by, to_settle_again,
};
use crate::task::{Action, Effect, Screen};
use crate::text::count;

use super::alerts;
use super::choosing::Choice;
use super::face::{Face, Flow};
use super::own::is_on_rows;
use super::words::{is_command, text_of};

/// What can be typed at the list of pairs.
const HELP_IN_LIST: [&str; 4] = [
    "A number or a name opens that case, once both have handed in.",
    ":third CASE CODE: ask a third reader for a case, as tie-break.",
    ":alert CASE: record a concern about a case.",
    ":quit: leave. Everything settled is saved already.",
];

/// What can be typed at a difference.
const HELP: [&str; 9] = [
    "a, b or c takes that review's answer; a code, a date, a number is an answer of your own. \
     The cause and the reason are asked next.",
    ":add, :row 2, :delete 2: rows of your own, where the question is a table.",
    ":next: the next difference that is open.",
    ":go 20.C: that difference, open or settled; what is given there replaces the decision. :go \
     alone lists them.",
    ":evidence: what else the reviews have apart in the item, and what only follows.",
    ":third CODE: ask a third reader, as tie-break.",
    ":alert: record a concern about the case.",
    ":hand-in: hand the settled review in; what is missing is asked for first, and once more \
     whether it is meant.",
    ":back: the list of pairs. :quit: leave. Everything settled is saved already.",
];

/// What an answer of one's own is typed as.
fn own_words(state: &State) -> &'static str {
    let question = state.here().map(|one| state.pair.instrument.question(one.question));
    match question.map(|question| question.kind()) {
        Some(Kind::Table { .. }) => "rows of your own with :add",
        Some(Kind::Date) => "a date of your own",
        Some(Kind::Integer { .. }) => "a number of your own",
        _ => "an answer of your own by its code",
    }
}

impl Face<'_> {
    /// Says the pairs and has one chosen.
    pub fn ask_for_pair(&mut self) -> io::Result<Flow> {
        self.again = None;
        self.say_notice()?;
        let pairs = self.app.pairs.pairs.clone().unwrap_or_default();
        self.say(&format!("{} with two reviews", count(pairs.len(), "case", "cases")))?;
        for (at, pair) in pairs.iter().enumerate() {
            let status = match pair.status {
                PairStatus::Waiting => pair.sealed.clone(),
                PairStatus::Again { answers } => to_settle_again(answers),
                PairStatus::Settled => "settled".to_owned(),
                PairStatus::ToSettle { items, answers } => format!(
                    "{} rated apart, {} to settle",
                    count(items, "item", "items"),
                    count(answers, "answer", "answers")
                ),
            };
            let third = match pair.third {
                Third::Unasked => "",
                Third::Asked => "; a third reader was asked",
                Third::In => "; a third reader handed in",
            };
            let (case, case_type, region) = (&pair.case, &pair.case_type, &pair.region);
            let line = format!("{}. {case}, {case_type}, {region}: {status}{third}", at + 1);
            self.say_entry(&line)?;
        }
        let cases: Vec<String> = pairs.iter().map(|pair| pair.case.clone()).collect();
        loop {
            let prompt = "Choose a case by its number or name; :third CASE CODE asks a third \
                          reader; :alert, :help, :quit.";
            match self.choose_line(prompt, &cases, "cases")? {
                Choice::At(at) => self.open_line(at),
                Choice::Command(command) if command == ":help" => {
                    self.say_entries(&HELP_IN_LIST)?;
                    continue;
                }
                Choice::Command(command) if alerts::asked(&command).is_some() => {
                    let rest = alerts::asked(&command).unwrap_or_default();
                    if self.take_alert_in_list(rest, &cases)? == Flow::End {
                        return Ok(Flow::End);
                    }
                    continue;
                }
                Choice::Command(command) => match third(&command) {
                    Some((case, to)) if !to.is_empty() => return self.ask_third(case, to),
                    Some(_) => {
                        self.say("Name the case and who is asked: :third R-0001 CODE.")?;
                        continue;
                    }
                    None => {
                        self.say(&format!("{command} is not a command here."))?;
                        continue;
                    }
                },
                Choice::Leave => return Ok(Flow::End),
            }
            if self.app.screen == Screen::Settle {
                return Ok(Flow::On);
            }
            self.say_notice()?;
            self.say("Both reviews must be handed in first.")?;
        }
    }

    /// Asks a third reader for a case.
    fn ask_third(&mut self, case: &str, to: &str) -> io::Result<Flow> {
        let (case, to) = (case.to_uppercase(), to.to_owned());
        self.app.pairs.problem = None;
        self.ask_outside(Effect::AskThird { case, to });
        self.say_notice()?;
        self.app.notice = None;
        self.app.pairs.problem = None;
        Ok(Flow::On)
    }

    /// Says the difference at hand and takes a line.
    pub fn ask_to_settle(&mut self) -> io::Result<Flow> {
        let Some(state) = self.app.settle.clone() else { return Ok(Flow::End) };
        let (done, all) = state.progress();
        if let Some((when, readers)) = &state.pair.done {
            self.say(&format!("{} is {when}. {}", state.pair.case, read_by(readers)))?;
            self.act(Action::Back);
            return Ok(Flow::On);
        }
        if let Some(text) = state.writing() {
            let text = text.to_owned();
            return self.go_on_writing(&state, &text);
        }
        match state.step {
            Step::Cause(_) => return self.ask_why(),
            Step::Own | Step::Missing(_) => return self.ask_on_pad(&state),
            _ => {}
        }
        self.pause()?;
        self.say(&format!("{}, {}: {done} of {all} settled.", state.pair.case, state.pair.about))?;
        let open = self.open_here(&state);
        match open {
            Some(one) => self.say_open(&state, one)?,
            None if state.is_whole() => {
                self.say("Every difference is settled.")?;
                for missing in &state.pair.missing {
                    self.say_entry(&format!("still missing: {}", missing.words))?;
                }
            }
            None => {}
        }
        let (sides, third) = match state.pair.third {
            Third::In if state.can_take(C) => ("a, b, c", ""),
            Third::Unasked => ("a, b", ":third CODE, "),
            Third::In | Third::Asked => ("a, b", ""),
        };
        let takes = match open {
            Some(_) => format!("{sides}, or {}; :next, :evidence", own_words(&state)),
            None if state.is_whole() => ":go QUESTION settles one anew".to_owned(),
            None => ":next goes to the next open one, :go QUESTION to any".to_owned(),
        };
        self.say(&format!("{takes}, {third}:alert, :hand-in, :help, :back, :quit."))?;
        let Some(line) = self.read_line()? else { return Ok(Flow::End) };
        self.take_settling(&state, line.trim())
    }

    pub fn say_difference(&mut self, state: &State, one: &Difference) -> io::Result<()> {
        let question = state.pair.instrument.question(one.question);
        self.say(&format!("{}: {}", question.id(), question.ask()))?;
        if let (true, Some(item)) = (one.is_root, state.item_here())
            && let Some(ratings) = &item.ratings
        {
            let sides = LETTERS.iter().zip(&ratings.sides);
            let sides: Vec<String> =
                sides.map(|(letter, rating)| format!("{letter} {}", rating.title())).collect();
            self.say(&format!("The ratings part here: {}.", sides.join(", ")))?;
        }
        for (letter, said) in LETTERS.iter().zip(&one.sides) {
            self.say_entry(&format!("{letter}: {}", said.answer))?;
            if !said.text.is_empty() {
                self.say_entry(&format!("{letter} writes: {}", said.text))?;
            }
            if !said.reason.is_empty() {
                self.say_entry(&format!("{letter} because: {}", said.reason))?;
            }
            for row in &said.rows {
                self.say_entry(&format!("  {row}"))?;
            }
        }
        if state.pair.third == Third::Asked {
            self.say("A third reader was asked, and has not handed in.")?;
        }
        let codes: Vec<String> = question
            .options()
            .iter()
            .map(|option| format!("{} ({})", option.code, option.title))
            .collect();
        if !codes.is_empty() {
            self.say(&format!("Its codes: {}.", codes.join(", ")))?;
        }
        Ok(())
    }

    /// What else the sides have apart in the item at hand.
    fn say_evidence(&mut self, state: &State) -> io::Result<()> {
        let beside = state.item_here().map(|item| item.beside.clone()).unwrap_or_default();
        let item = state.item_here().and_then(|item| item.item);
        let item = item.map(|at| words::item_heading(&state.pair.instrument, at));
        let item = item.unwrap_or_else(|| "The face sheet".to_owned());
        if beside.is_empty() {
            return self.say(&format!("{item}: sources and narratives are the same in both."));
        }
        self.say(&format!("{item}, what else differs:"))?;
        for one in beside {
            self.say(&format!("{}:", one.name))?;
            for (at, (letter, text)) in LETTERS.iter().zip(&one.sides).enumerate() {
                let text = if text.is_empty() { "nothing" } else { text };
                self.say_entry(&format!("{letter}: {text}"))?;
                if let Some(only) = one.only.as_ref().filter(|only| !only[at].is_empty()) {
                    self.say_entry(&format!("only {letter}: {}", only[at]))?;
                }
            }
        }
        Ok(())
    }

    /// The words that differ and are settled by nobody, and the answers that only follow.
    fn say_what_else(&mut self, state: &State) -> io::Result<()> {
        let Some(item) = state.item_here() else { return Ok(()) };
        let name = |at| words::name(&state.pair.instrument, at);
        for one in item.differences.iter().filter(|one| one.is_words) {
            self.say(&format!("{}, their words differ:", name(one.question)))?;
            for (letter, said) in LETTERS.iter().zip(&one.sides) {
                self.say_entry(&format!("{letter}: {}", said.answer))?;
            }
        }
        for one in &item.follows {
            let sides = LETTERS.iter().zip(&one.sides);
            let sides: Vec<String> =
                sides.map(|(letter, said)| format!("{letter}: {}", said.answer)).collect();
            self.say_entry(&format!("{} follows: {}", name(one.question), sides.join(", ")))?;
        }
        Ok(())
    }

    fn take_side(&mut self, state: &State, side: usize, action: Action) -> io::Result<bool> {
        if !state.can_take(side) {
            self.say(&format!("There is nothing of {} to take here.", LETTERS[side]))?;
            return Ok(false);
        }
        self.act(action);
        Ok(true)
    }

    fn take_settling(&mut self, state: &State, line: &str) -> io::Result<Flow> {
        if let Some(kind) = alerts::asked(line) {
            return self.take_alert("", &state.pair.case, kind);
        }
        if let (Some(named), true) = (third(line), state.pair.third == Third::Unasked) {
            // The case may be named here too.
            let (case, to) = match named {
                (to, "") => (state.pair.case.clone(), to),
                (case, to) => (case.to_owned(), to),
            };
            self.act(Action::Back);
            return self.ask_third(&case, to);
        }
        let taken = match line {
            ":quit" | ":exit" => return Ok(Flow::End),
            ":back" => {
                self.act(Action::Back);
                return Ok(Flow::On);
            }
            ":evidence" => {
                self.say_evidence(state)?;
                self.say_what_else(state)?;
                return Ok(Flow::On);
            }
            ":help" => {
                self.say_entries(&HELP)?;
                return Ok(Flow::On);
            }
            ":next" => {
                self.again = None;
                self.act(Action::NextOpen);
                return Ok(Flow::On);
            }
            ":hand-in" | ":submit" => return self.hand_in(state),
            go if go.split_whitespace().next() == Some(":go") => {
                return self.go_to_difference(state, go.trim_start_matches(":go").trim());
            }
            takes if is_taking(takes) && self.open_here(state).is_none() => {
                self.say(
                    "No difference is open here, so nothing was taken. :go and a question's name \
                     settles that one anew.",
                )?;
                return Ok(Flow::On);
            }
            "a" | "A" => self.take_side(state, 0, Action::TakeA),
            "b" | "B" => self.take_side(state, 1, Action::TakeB),
            "c" | "C" if state.pair.third == Third::In => self.take_side(state, C, Action::TakeC),
            rows if is_on_rows(rows) => return self.begin_rows(rows),
            other if is_command(other) && other != ":none" => {
                self.say(&format!("{other} is not a command here; :help lists them."))?;
                return Ok(Flow::On);
            }
            own => return self.take_own(state, text_of(own)),
        }?;
        if taken { self.ask_why() } else { Ok(Flow::On) }
    }
}

/// Whether a line is an answer, or rows of one.
fn is_taking(line: &str) -> bool {
    !is_command(line) || line == ":none" || is_on_rows(line)
}

/// What stands behind `:third`: the case and the reader, or the reader alone.
fn third(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(":third")?.trim();
    Some(rest.split_once(char::is_whitespace).map_or((rest, ""), |(case, to)| (case, to.trim())))
}
