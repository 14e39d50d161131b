//! Settling two reviews line by line.

use std::io;

use crate::review::RootCause;
use crate::scoring::read_value;
use crate::task::reconcile::{Difference, PairStatus, State, Step};
use crate::task::{Action, Event, Screen};
use crate::text::count;

use super::face::{Face, Flow, sentence};

impl Face<'_> {
    /// Says the pairs and has one chosen.
    pub fn ask_for_pair(&mut self) -> io::Result<Flow> {
        self.say_notice()?;
        let pairs = self.app.pairs.pairs.clone().unwrap_or_default();
        self.say(&format!("{} with two reviews", count(pairs.len(), "case", "cases")))?;
        for (at, pair) in pairs.iter().enumerate() {
            let status = match pair.status {
                PairStatus::Waiting => "not both handed in".to_owned(),
                PairStatus::Settled => "settled".to_owned(),
                PairStatus::ToSettle { items, answers } => format!(
                    "{} rated apart, {} to settle",
                    count(items, "item", "items"),
                    count(answers, "answer", "answers")
                ),
            };
            let line =
                format!("{}. {}, {}, {}: {status}", at + 1, pair.case, pair.case_type, pair.region);
            self.say_entry(&line)?;
        }
        loop {
            self.say("Choose a case by its number or name; :quit.")?;
            let Some(line) = self.read_line()? else { return Ok(Flow::End) };
            let choice = line.trim();
            if matches!(choice, ":quit" | ":exit") {
                return Ok(Flow::End);
            }
            let by_number = choice.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            let found = by_number
                .filter(|at| *at < pairs.len())
                .or_else(|| pairs.iter().position(|pair| pair.case.eq_ignore_ascii_case(choice)));
            let Some(at) = found else {
                self.say(&format!("\"{choice}\" is not one of the cases."))?;
                continue;
            };
            self.act(Action::First);
            for _ in 0..at {
                self.act(Action::Down);
            }
            self.act(Action::Open);
            if self.app.screen != Screen::Settle {
                self.say_notice()?;
                self.say("Both reviews must be handed in first.")?;
                continue;
            }
            return Ok(Flow::On);
        }
    }

    /// Says the difference at hand and takes a line.
    pub fn ask_to_settle(&mut self) -> io::Result<Flow> {
        let Some(state) = self.app.settle.clone() else { return Ok(Flow::End) };
        let (done, all) = state.progress();
        if let Some((when, [a, b])) = &state.pair.done {
            self.say(&format!("{} is {when}. A was read by {a}, B by {b}.", state.pair.case))?;
            self.act(Action::Back);
            return Ok(Flow::On);
        }
        if let Some(text) = state.writing() {
            let text = text.to_owned();
            return self.go_on_writing(&state, &text);
        }
        self.pause()?;
        self.say(&format!("{}, {}: {done} of {all} settled.", state.pair.case, state.pair.about))?;
        let open = state.here().filter(|one| one.is_asked && one.settled.is_none());
        match open {
            Some(one) => self.say_difference(&state, one)?,
            None if state.is_whole() => {
                self.say("Every difference is settled.")?;
                for missing in &state.pair.missing {
                    self.say_entry(&format!("still missing: {missing}"))?;
                }
            }
            None => {}
        }
        self.say(
            "a, b, or an answer of your own by its code; :next, :evidence, :hand-in, :back, :quit.",
        )?;
        let Some(line) = self.read_line()? else { return Ok(Flow::End) };
        self.take_settling(&state, line.trim())
    }

    fn say_difference(&mut self, state: &State, one: &Difference) -> io::Result<()> {
        let question = state.pair.instrument.question(one.question);
        self.say(&format!("{}: {}", question.id(), question.ask()))?;
        if let (true, Some(item)) = (one.is_root, state.item_here())
            && let Some([a, b, _]) = item.ratings
        {
            self.say(&format!("The ratings part here: A {}, B {}.", a.title(), b.title()))?;
        }
        for (letter, (answer, text)) in ["A", "B"].into_iter().zip(&one.sides) {
            self.say_entry(&format!("{letter}: {answer}"))?;
            if !text.is_empty() {
                self.say_entry(&format!("{letter} writes: {text}"))?;
            }
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

    /// What else the two have apart in the item at hand.
    fn say_evidence(&mut self, state: &State) -> io::Result<()> {
        let beside = state.item_here().map(|item| item.beside.clone()).unwrap_or_default();
        if beside.is_empty() {
            return self.say("Sources and narratives of the item are the same in both.");
        }
        for one in beside {
            self.say(&format!("{}:", one.name))?;
            for (at, letter) in ["A", "B"].into_iter().enumerate() {
                let text = if one.sides[at].is_empty() { "nothing" } else { &one.sides[at] };
                self.say_entry(&format!("{letter}: {text}"))?;
                if let Some(only) = one.only.as_ref().filter(|only| !only[at].is_empty()) {
                    self.say_entry(&format!("only {letter}: {}", only[at]))?;
                }
            }
        }
        Ok(())
    }

    /// A reason that was being written when the program ended.
    fn go_on_writing(&mut self, state: &State, text: &str) -> io::Result<Flow> {
        if let Some(one) = state.here() {
            self.say_difference(state, one)?;
        }
        self.say(&format!("You were writing why: {text}"))?;
        self.say("An empty line keeps it, another one replaces it; :back leaves it out.")?;
        let Some(line) = self.read_line()? else { return Ok(Flow::End) };
        match line.trim() {
            ":quit" | ":exit" => return Ok(Flow::End),
            ":back" => {
                self.act(Action::DropText);
                return Ok(Flow::On);
            }
            "" => {}
            _ => {
                self.give(Event::Text(line));
            }
        }
        self.act(Action::Commit);
        self.say_notice()?;
        Ok(Flow::On)
    }

    fn take_settling(&mut self, state: &State, line: &str) -> io::Result<Flow> {
        match line {
            ":quit" | ":exit" => return Ok(Flow::End),
            ":back" => {
                self.act(Action::Back);
                return Ok(Flow::On);
            }
            ":evidence" => {
                self.say_evidence(state)?;
                return Ok(Flow::On);
            }
            ":next" => {
                self.act(Action::NextOpen);
                return Ok(Flow::On);
            }
            ":hand-in" | ":submit" => {
                if !state.is_whole() || !state.pair.missing.is_empty() {
                    self.say("Not yet: settle every difference first, and write what is missing.")?;
                    return Ok(Flow::On);
                }
                self.act(Action::HandIn);
                self.say_notice()?;
                return Ok(Flow::On);
            }
            "a" | "A" => self.act(Action::TakeA),
            "b" | "B" => self.act(Action::TakeB),
            own => {
                let Some(here) = state.here() else {
                    self.say("There is nothing to settle.")?;
                    return Ok(Flow::On);
                };
                let question = state.pair.instrument.question(here.question);
                match read_value(question, state.pair.case_type, own) {
                    Ok(value) => {
                        if let Some(settle) = &mut self.app.settle {
                            settle.step = Step::Cause { side: None, value: Some(value) };
                        }
                        false
                    }
                    Err(why) => {
                        self.say(&sentence(&why))?;
                        return Ok(Flow::On);
                    }
                }
            }
        };
        self.ask_why()
    }

    /// The cause and the reason of the settlement begun.
    fn ask_why(&mut self) -> io::Result<Flow> {
        loop {
            self.say("Why did the two differ?")?;
            for (at, cause) in RootCause::ALL.iter().enumerate() {
                self.say_entry(&format!("{}. {}", at + 1, cause.title()))?;
            }
            let Some(line) = self.read_line()? else { return Ok(Flow::End) };
            let line = line.trim();
            if line == ":back" {
                self.act(Action::Back);
                return Ok(Flow::On);
            }
            let by_code = RootCause::from_code(line);
            let by_code = by_code.and_then(|c| RootCause::ALL.iter().position(|one| *one == c));
            let number = line.parse().ok().or(by_code.map(|at| at + 1));
            self.give(Event::Pick(number.unwrap_or(0)));
            if self.app.settle.as_ref().is_some_and(|settle| settle.writing().is_some()) {
                break;
            }
            self.say("Type one of the numbers; :back to leave the difference open.")?;
        }
        loop {
            self.say("In a few words, why?")?;
            let Some(line) = self.read_line()? else { return Ok(Flow::End) };
            self.give(Event::Text(line));
            self.act(Action::Commit);
            let left = self.app.settle.as_ref().is_some_and(|settle| settle.writing().is_some());
            if !left {
                self.say("Settled. Saved.")?;
                return Ok(Flow::On);
            }
            self.say_notice()?;
        }
    }
}
