//! Saying results: what is counted, by what; the cases behind a number and what one says; and
//! writing what was said to a file.

use std::io;

use crate::report::explore::{GridCell, Topic};
use crate::report::{Column, counted};
use crate::stats::{percent_text, proportion_text};
use crate::task::results::{Axis, Entry, Head, State, line_words};
use crate::task::review::PageLine;
use crate::task::saving::{FileFormat, Save, What};
use crate::task::{Action, Effect, Event, Screen};
use crate::text::{count, list_and};

use super::asked::{FOLLOWS, behind, read, wish};
use super::face::{Face, ended};

/// So many cases are named where one is asked for that is not among them.
const TOLD: usize = 12;

impl Face<'_> {
    /// `:results`, `:results 20`, `:results 20 county 2026-H1`, `:results outcomes region drafts`:
    /// said from the list of cases.
    pub fn say_results(&mut self, words: &str) -> io::Result<()> {
        let before = self.app.results.clone();
        let (drafts, words): (Vec<&str>, Vec<&str>) =
            words.split_whitespace().partition(|word| *word == "drafts");
        self.app.results.drafts = !drafts.is_empty();
        let words = &words.join(" ");
        if !self.turn_to_results()? {
            return Ok(());
        }
        let lead = self.app.results.loaded.as_ref().is_some_and(|loaded| loaded.lead);
        if self.app.results.drafts && !lead {
            self.app.results = before;
            self.say("Drafts are counted for leads only.")?;
            self.act(Action::Back);
            return Ok(());
        }
        let whole = wish(Topic::default(), Axis::Line);
        self.give(Event::Results(whole));
        match read(words, &mut |wish| {
            self.give(Event::Results(wish));
            self.app.results.clone()
        }) {
            Err(problem) => {
                // What was said last stays what cases and files are of.
                self.app.results = before;
                self.say(&problem)?;
            }
            Ok(()) => {
                self.said_plan = false;
                self.say_table()?;
            }
        }
        self.act(Action::Back);
        Ok(())
    }

    /// `:behind Knox`, `:behind Knox ANI`, `:behind Knox ANI R-0004`: the cases behind a number
    /// of what was said last, or what one of them says.
    pub fn say_behind(&mut self, words: &str) -> io::Result<()> {
        if !self.turn_to_results()? {
            return Ok(());
        }
        match behind(words, &self.app.results) {
            Err(problem) => self.say(&problem)?,
            Ok((wish, case)) => {
                self.give(Event::Results(wish));
                self.act(Action::Behind);
                match case {
                    None => self.say_cases()?,
                    Some(case) => self.say_case(&case)?,
                }
                self.app.results.look = None;
                self.app.results.cases = None;
            }
        }
        self.act(Action::Back);
        Ok(())
    }

    /// `:save-as items.csv`: what was said last, in a file.
    pub fn save_results(&mut self, file: &str) -> io::Result<()> {
        let ending = file.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        let formats = FileFormat::ALL.into_iter();
        let Some(format) = formats.into_iter().find(|format| format.ending() == ending) else {
            return self.say(
                "Type :save-as and the name of a file that ends in .txt, .csv, .xlsx, .json or \
                 .html.",
            );
        };
        let results = &self.app.results;
        let of_items = matches!(results.topic, Topic::Items | Topic::Trend);
        let item = results.shown().map(|line| line.item.clone()).filter(|_| of_items);
        let what = match self.said_plan {
            true => What::Plan(format),
            false => What::Report { choice: results.choice(), item, format },
        };
        self.app.notice = None;
        self.ask_outside(Effect::SaveResults(Save { what, file: file.to_owned() }));
        self.say_notice()
    }

    /// Turns to the results, read anew; whether they are there.
    fn turn_to_results(&mut self) -> io::Result<bool> {
        self.act(Action::Results);
        if self.app.screen != Screen::Results {
            self.say_notice()?;
            return Ok(false);
        }
        if self.app.results.table.is_none() {
            self.say_notice()?;
            self.act(Action::Back);
            return Ok(false);
        }
        Ok(true)
    }

    fn say_table(&mut self) -> io::Result<()> {
        let results = self.app.results.clone();
        let Some(table) = &results.table else { return Ok(()) };
        self.pause()?;
        let reviews = counted(table.grid.readings, results.drafts);
        let periods = results.periods();
        let of = match (results.filter(Column::Period), periods) {
            (Some(period), _) => format!(" of {period}"),
            (None, [] | [_]) => String::new(),
            (None, periods) => format!(" of {} together", list_and(periods)),
        };
        self.say(&format!("{} of {reviews}{of}.", heading(&results)))?;
        for note in &table.said {
            self.say(&ended(note))?;
        }
        for row in &table.rows {
            let name = results.entry_words(results.rows, row).trim().to_owned();
            self.say_entry(&format!("{name}: {}", row_words(&results, row)))?;
        }
        if table.rows.is_empty() {
            return self.say("Nothing to report yet: no review is final.");
        }
        match results.rows {
            Axis::Line if words_of(&results).is_empty() => self.say(FOLLOWS)?,
            _ => {}
        }
        let counts = |row: &&Entry| {
            let cells = table.heads.iter().filter_map(|head| results.cell(row, head));
            cells.into_iter().any(|cell| cell.n > 0)
        };
        if let Some(first) = table.rows.iter().find(counts) {
            let first = results.entry_words(results.rows, first);
            self.say(&format!(":behind {} says the cases behind it.", first.trim()))?;
        }
        self.pause()
    }

    fn say_cases(&mut self) -> io::Result<()> {
        let Some(list) = self.app.results.cases.clone() else {
            return self.say("There is no case behind it.");
        };
        self.pause()?;
        let cases = count(list.cases.len(), "case", "cases");
        self.say(&format!("{}: {cases}.", list.title))?;
        for case in &list.cases {
            let facts = [&case.region, &case.case_type, &case.says];
            let facts = facts.into_iter().map(String::as_str).chain([case.role, case.state]);
            let facts: Vec<&str> = facts.filter(|fact| !fact.is_empty()).collect();
            self.say_entry(&format!("{}: {}.", case.case, facts.join(", ")))?;
        }
        self.pause()
    }

    fn say_case(&mut self, case: &str) -> io::Result<()> {
        let list = self.app.results.cases.as_ref();
        let at = list.and_then(|list| list.cases.iter().position(|one| one.case == case));
        let Some(at) = at else {
            let cases: Vec<&str> =
                list.iter().flat_map(|list| &list.cases).map(|one| one.case.as_str()).collect();
            let there = match cases.as_slice() {
                [] => "there is no case".to_owned(),
                some if some.len() > TOLD => {
                    format!("they are {} and {} more", some[..TOLD].join(", "), some.len() - TOLD)
                }
                some => format!("they are {}", list_and(some)),
            };
            return self.say(&format!("{case} is not among them: {there}."));
        };
        for _ in 0..at {
            self.act(Action::Down);
        }
        self.app.notice = None;
        self.act(Action::Look);
        let Some(look) = self.app.results.look.clone() else { return self.say_notice() };
        self.pause()?;
        self.say(&look.page.title)?;
        for line in &look.page.lines {
            match line {
                PageLine::Heading(text) => self.say(text)?,
                PageLine::Text(text) | PageLine::Point(text) => self.say_entry(text)?,
            }
        }
        self.pause()
    }
}

/// "Results", "Results of item 20 by region", "Outcomes by county".
fn heading(results: &State) -> String {
    let axes = [Some(results.rows), results.stands_across()];
    let by = axes.into_iter().flatten().filter(|axis| *axis != Axis::Line);
    let by: Vec<&str> = by.map(|axis| axis.title(results.topic)).collect();
    let by = if by.is_empty() { String::new() } else { format!(" by {}", list_and(&by)) };
    let what = match (results.shown(), results.topic) {
        (Some(line), topic) => line_words(topic, line),
        (None, Topic::Items) => "Results".to_owned(),
        (None, topic) => topic.title().to_owned(),
    };
    format!("{what}{by}")
}

/// A row: its number, or one for each of what stands across.
fn row_words(results: &State, row: &Entry) -> String {
    let Some(table) = &results.table else { return String::new() };
    let Some(axis) = results.stands_across() else {
        return words(results.topic, results.cell(row, &Head::Share));
    };
    let each = table.heads.iter().filter_map(|head| {
        let Head::Of(entry) = head else { return None };
        let name = results.entry_words(axis, entry);
        let cell = results.cell(row, head).filter(|cell| cell.n > 0)?;
        let percent = percent_text(cell.x, cell.n);
        Some(format!("{} {} of {}, {percent} %", name.trim(), cell.x, cell.n))
    });
    let each: Vec<String> = each.collect();
    match each.is_empty() {
        true => "no applicable case.".to_owned(),
        false => ended(&each.join("; ")),
    }
}

/// "3 of 5 Strength, 60.0 %, 95 % interval 23.1 to 88.2."
fn words(topic: Topic, cell: Option<&GridCell>) -> String {
    let Some(cell) = cell.filter(|cell| cell.n > 0) else {
        return "no applicable case.".to_owned();
    };
    let what = match topic {
        Topic::Items | Topic::Trend => " Strength",
        Topic::Outcomes => " substantially achieved",
        _ => "",
    };
    let percent = percent_text(cell.x, cell.n);
    let ends = cell.interval.map_or_else(String::new, |(low, high)| {
        format!(", 95 % interval {} to {}", proportion_text(low), proportion_text(high))
    });
    format!("{} of {}{what}, {percent} %{ends}.", cell.x, cell.n)
}

/// Whether anything but all items together was asked for.
fn words_of(results: &State) -> &'static str {
    match (results.topic, results.stands_across()) {
        (Topic::Items, None) => "",
        _ => "more",
    }
}
