//! Saying the improvement plan: every measure in a few lines.

use std::io;

use crate::pip::MeasureStanding;
use crate::stats::{percent_text, proportion_text};
use crate::task::Action;
use crate::task::goals::Page;
use crate::text::list_and;

use super::face::Face;

impl Face<'_> {
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
                self.said_plan = true;
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
        format!("; {name} {} of {n}, {}{due}", percent((row.x, row.n)), row.stands())
    });
    let periods: String = periods.collect();
    format!("{} {}: baseline {}, {goal}{periods}.", one.id, one.title, percent(one.baseline))
}
