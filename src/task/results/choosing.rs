//! The form on which what is shown is chosen. Every turn of it counts anew.

use super::super::form::Form;
use super::super::{Action, Effect};
use super::{Axis, State};
use crate::report::Column;
use crate::report::explore::Topic;

/// A line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named by its label")]
pub enum Slot {
    Topic,
    Rows,
    Across,
    Period,
    CaseType,
    Region,
    Drafts,
    Go,
}

/// The filters of the form.
const FILTERS: [(Slot, Column, &str); 3] = [
    (Slot::Period, Column::Period, "Only period"),
    (Slot::CaseType, Column::CaseType, "Only case type"),
    (Slot::Region, Column::Region, "Only region"),
];

impl State {
    pub(super) fn begin_choosing(&mut self) {
        self.choosing = Some(self.form());
    }

    /// What rows can be.
    pub fn offered(&self) -> &[Axis] {
        &self.offers.axes
    }

    fn form(&self) -> Form<Slot> {
        let titles = |axes: &[Axis]| -> Vec<String> {
            axes.iter().map(|axis| axis.title(self.topic).to_owned()).collect()
        };
        let place = |axes: &[Axis], wanted: Axis| axes.iter().position(|axis| *axis == wanted);
        let topic = Topic::ALL.iter().position(|topic| *topic == self.topic).unwrap_or(0);
        let topics = Topic::ALL.iter().map(|topic| topic.title().to_owned()).collect();
        let rows = self.offered();
        let mut form = Form::default().choice(Slot::Topic, "What", topics, topic).choice(
            Slot::Rows,
            "Rows",
            titles(rows),
            place(rows, self.rows).unwrap_or(0),
        );
        if self.topic != Topic::Trend {
            let across = self.across_offered();
            let at = self.stands_across().and_then(|axis| place(&across, axis));
            let options = ["counts and interval".to_owned()].into_iter().chain(titles(&across));
            let at = at.map_or(0, |at| at + 1);
            form = form.choice(Slot::Across, "Columns", options.collect(), at);
        }
        for (slot, column, label) in FILTERS {
            let values = self.offers.values(column);
            let chosen = self.filter(column);
            let at = values.iter().position(|value| Some(value.as_str()) == chosen);
            let words = |value: &String| match (column, value.as_str()) {
                (_, "") => "(none)".to_owned(),
                (Column::CaseType, code) => {
                    let loaded = self.loaded.as_ref();
                    loaded.map_or(code, |loaded| loaded.case_type(code)).to_owned()
                }
                (_, value) => value.to_owned(),
            };
            let options = ["all".to_owned()].into_iter().chain(values.iter().map(words));
            form = form.choice(slot, label, options.collect(), at.map_or(0, |at| at + 1));
        }
        // A lead may look ahead; what is not final is nobody else's yet.
        if self.loaded.as_ref().is_some_and(|loaded| loaded.lead) {
            let options = vec!["final".to_owned(), "final and drafts".to_owned()];
            form = form.choice(Slot::Drafts, "Reviews", options, usize::from(self.drafts));
        }
        form.go(Slot::Go, "Show it")
    }

    /// What the lines of the form offer may have changed; the highlight stays.
    pub(super) fn renew_form(&mut self) {
        let Some(here) = self.choosing.as_ref().map(|form| form.here().map(|line| line.key)) else {
            return;
        };
        let mut form = self.form();
        if let Some(slot) = here {
            form.go_to(slot);
        }
        self.choosing = Some(form);
    }

    fn across_offered(&self) -> Vec<Axis> {
        self.offered().iter().copied().filter(|axis| *axis != self.rows).collect()
    }

    pub(super) fn act_on_choosing(&mut self, action: Action) -> Vec<Effect> {
        let Some(form) = &mut self.choosing else { return Vec::new() };
        if action == Action::Back || form.act(action) == Some(Slot::Go) {
            self.choosing = None;
            return Vec::new();
        }
        let turned = matches!(action, Action::Turn | Action::TurnBack);
        match form.here().map(|line| line.key) {
            Some(slot) if turned => {
                let at = form.chosen(slot).unwrap_or(0);
                let effects = self.turn(slot, at);
                self.renew_form();
                effects
            }
            _ => Vec::new(),
        }
    }

    /// A line of the form now stands at its option `at`.
    fn turn(&mut self, slot: Slot, at: usize) -> Vec<Effect> {
        match slot {
            Slot::Topic => {
                self.topic = Topic::ALL.get(at).copied().unwrap_or_default();
                (self.line, self.row) = Default::default();
                self.order = None;
                self.recount();
                self.go_to_percent();
                return Vec::new();
            }
            Slot::Rows => {
                self.rows = self.offered().get(at).copied().unwrap_or(self.rows);
                self.row = Default::default();
            }
            Slot::Across => {
                let offered = self.across_offered();
                self.across = at.checked_sub(1).and_then(|at| offered.get(at).copied());
                self.order = None;
                self.recount();
                self.go_to_percent();
                return Vec::new();
            }
            Slot::Drafts => {
                self.drafts = at == 1;
                return vec![self.load()];
            }
            Slot::Go => return Vec::new(),
            Slot::Period | Slot::CaseType | Slot::Region => {
                let column = FILTERS.iter().find(|(known, ..)| *known == slot);
                let Some((_, column, _)) = column else { return Vec::new() };
                let value =
                    at.checked_sub(1).and_then(|at| self.offers.values(*column).get(at).cloned());
                self.filter_by(*column, value);
            }
        }
        self.recount();
        Vec::new()
    }
}
