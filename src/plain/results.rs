//! Saying results: every item in a line, or one item by region, county, case type or period.

use std::io;

use crate::pip::MeasureStanding;
use crate::stats::{percent_text, proportion_text};
use crate::task::goals::Page;
use crate::task::results::{By, Item, Line, Measured};
use crate::task::{Action, Screen};
use crate::text::{count, did_you_mean, list_and};

use super::face::Face;

/// What `:results` is asked for.
#[derive(Debug, Default)]
struct Wanted {
    by: By,
    period: Option<String>,
    item: Option<String>,
}

impl Face<'_> {
    /// `:results`, `:results 20`, `:results 20 county 2026-H1`: said from the list of cases.
    pub fn say_results(&mut self, words: &str) -> io::Result<()> {
        self.act(Action::Results);
        if self.app.screen != Screen::Results {
            return self.say_notice();
        }
        let wanted = self.app.results.measured.as_ref().map(|m| read(words, m));
        match wanted {
            None => self.say_notice()?,
            Some(Err(problem)) => self.say(&problem)?,
            Some(Ok(wanted)) => {
                self.turn_to(&wanted);
                if let Some(measured) = self.app.results.measured.clone() {
                    self.say_measured(&wanted, &measured)?;
                }
            }
        }
        self.act(Action::Back);
        Ok(())
    }

    /// `:goals`: the improvement plan, every measure in a few lines.
    pub fn say_goals(&mut self) -> io::Result<()> {
        if !self.app.start.info.plan {
            return self
                .say("No improvement plan is in force: `casereview pip plan FILE` sets one.");
        }
        self.act(Action::Back);
        self.act(Action::Goals);
        let page = self.app.goals.page.clone();
        match page {
            None => self.say_notice()?,
            Some(page) => {
                self.pause()?;
                self.say(&format!("{}.", page.plan.title))?;
                for one in &page.standing.measures {
                    self.say_entry(&goal_words(&page, one))?;
                    for sentence in one.sentences(&page.plan) {
                        self.say(&format!("{sentence}."))?;
                    }
                }
                for note in &page.standing.notes {
                    self.say(note)?;
                }
                self.pause()?;
            }
        }
        self.act(Action::Back);
        self.act(Action::Cases);
        Ok(())
    }

    /// Turns the results to what is wanted, as the keys of the full screen would.
    fn turn_to(&mut self, wanted: &Wanted) {
        for _ in By::ALL {
            if self.app.results.by != wanted.by {
                self.act(Action::By);
            }
        }
        let periods = self.app.results.measured.as_ref().map_or(0, |m| m.periods.len());
        for _ in 0..=periods {
            if self.app.results.period != wanted.period {
                self.act(Action::Period);
            }
        }
    }

    fn say_measured(&mut self, wanted: &Wanted, measured: &Measured) -> io::Result<()> {
        self.pause()?;
        let reviews = count(measured.reviews, "final review", "final reviews");
        let of = match (&measured.period, measured.periods.as_slice()) {
            (Some(period), _) => format!(" of {period}"),
            (None, [] | [_]) => String::new(),
            (None, periods) => format!(" of {} together", list_and(periods)),
        };
        self.say(&format!("Results of {reviews}{of}."))?;
        for note in &measured.notes {
            self.say(note)?;
        }
        let named = |item: &Item| format!("Item {}, {}", item.id, item.title);
        let one = wanted.item.as_ref();
        for item in measured.items.iter().filter(|item| one.is_none_or(|id| *id == item.id)) {
            self.say_entry(&format!("{}: {}", named(item), words(&item.total)))?;
            if one.is_some() {
                for line in &item.groups {
                    self.say_entry(&format!("{}: {}", line.group, words(line)))?;
                }
            }
        }
        if measured.items.is_empty() {
            return self.say("Nothing to report yet: no review is submitted.");
        }
        if let (None, Some(first)) = (one, measured.items.first()) {
            self.say(&format!(
                ":results {} says item {} by region; county, case-type, period or the name of a \
                 period may follow.",
                first.id, first.id
            ))?;
        }
        self.pause()
    }
}

/// "17 Needs and services: baseline 45.0 %, goal 52.1 %, 2026-H1 55.0 %, met."
fn goal_words(page: &Page, one: &MeasureStanding) -> String {
    let percent = |(x, n): (u64, u64)| match n {
        0 => "n/a".to_owned(),
        _ => format!("{} %", percent_text(x, n)),
    };
    let goal = one.goal.map_or_else(
        || "no goal".to_owned(),
        |goal| format!("goal {} %", proportion_text(goal.value)),
    );
    let periods = one.periods.iter().map(|row| {
        let letters: Vec<&str> =
            row.due.iter().map(|at| page.standing.strategies[*at].1.title.as_str()).collect();
        let due = match letters.is_empty() {
            true => String::new(),
            false => format!(", due: {}", list_and(&letters)),
        };
        let (n, name) = (row.n, &row.window.name);
        format!("; {name} {} of {n}, {}{due}", percent((row.x, row.n)), row.state.title())
    });
    let periods: String = periods.collect();
    format!("{} {}: baseline {}, {goal}{periods}.", one.id, one.title, percent(one.baseline))
}

/// "3 of 5 Strength, 60.0 %, 95 % interval 23.1 to 88.2."
fn words(line: &Line) -> String {
    match line.interval {
        None => "no applicable case.".to_owned(),
        Some((low, high)) => format!(
            "{} of {} Strength, {} %, 95 % interval {} to {}.",
            line.strength,
            line.applicable(),
            line.percent,
            proportion_text(low),
            proportion_text(high)
        ),
    }
}

/// What the words behind `:results` ask for.
fn read(words: &str, measured: &Measured) -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    for word in words.split_whitespace() {
        let by = By::ALL.into_iter().find(|by| by.column().replace('_', "-") == word);
        if let Some(by) = by {
            wanted.by = by;
        } else if measured.periods.iter().any(|period| period == word) {
            wanted.period = Some(word.to_owned());
        } else if let Some(item) = measured.items.iter().find(|i| i.id.eq_ignore_ascii_case(word)) {
            wanted.item = Some(item.id.clone());
        } else {
            let known = ["region", "county", "case-type", "period"].into_iter();
            let ids = measured.items.iter().map(|item| item.id.as_str());
            let periods = measured.periods.iter().map(String::as_str);
            let near = did_you_mean(word, known.chain(ids).chain(periods));
            let hint = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            return Err(format!(
                "\"{word}\" is no item, grouping or period.{hint} Type :results, and behind it \
                 an item, region, county, case-type or period, or the name of a period."
            ));
        }
    }
    Ok(wanted)
}
