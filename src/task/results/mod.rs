//! Results to walk about in: what is counted, by what, sorted how; from a cell to its cases,
//! from a case to its answers; and out into a file.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | the state and what moves it |
//! | `axis` | what stands down and across |
//! | `table` | the table shown: counted, sorted, its cells |
//! | `choosing` | the form on which it is chosen |
//! | `cases` | the cases behind a cell, and what one says |
//! | `writable` | what can be written to a file |
//!
//! Readings are read once ([`Loaded`]); every further table is counted from memory.

mod axis;
mod cases;
mod choosing;
mod table;
mod writable;

use std::sync::Arc;

pub use axis::{Axis, Entry, Head, Offers};
pub use cases::{About, Case, CaseList, Look, line_words};
pub use choosing::Slot;
pub use table::Table;

use crate::report::explore::{GridLine, Held, Topic};
use crate::report::{Column, Filter};

use super::available::is_move;
use super::form::Form;
use super::list::Cursor;
use super::saving::Saving;
use super::{Action, Effect};

/// The readings results are counted from.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The readings.
    pub held: Arc<Held>,
    /// Reviews that are not final were read too.
    pub drafts: bool,
    /// The one who looks is a lead.
    pub lead: bool,
    /// Codes and titles of case types.
    pub case_types: Vec<(String, String)>,
    /// The folder files are written to where a name has none.
    pub folder: String,
}

impl Loaded {
    /// The title of a case type, else its code.
    pub fn case_type<'a>(&'a self, code: &'a str) -> &'a str {
        self.case_types.iter().find(|(known, _)| known == code).map_or(code, |(_, title)| title)
    }
}

/// The results screen.
#[derive(Debug, Clone)]
pub struct State {
    /// What is counted.
    pub topic: Topic,
    /// What the rows are.
    pub rows: Axis,
    /// What stands across; none: the counts of each row.
    pub across: Option<Axis>,
    /// Which readings count: at most one value a column.
    pub filters: Vec<Filter>,
    /// Reviews that are not final count too.
    pub drafts: bool,
    /// What the rows are sorted by, and whether the smallest stands first.
    pub order: Option<(Head, bool)>,
    /// Opened from the queue, to which it goes back.
    pub from_queue: bool,
    /// The readings; none until they arrived.
    pub loaded: Option<Loaded>,
    /// What rows can be, and the values of the columns there are filters for.
    pub(super) offers: Offers,
    /// The table shown; none until it was counted.
    pub table: Option<Table>,
    /// The line shown, where lines stand neither down nor across.
    pub line: Cursor,
    /// The highlighted row.
    pub row: Cursor,
    /// The highlighted column.
    pub column: Cursor,
    /// The form on which what is shown is chosen.
    pub choosing: Option<Form<Slot>>,
    /// The cases behind a cell.
    pub cases: Option<CaseList>,
    /// What one of them says.
    pub look: Option<Look>,
    /// The form on which it is written to a file.
    pub saving: Option<Saving>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            topic: Topic::default(),
            rows: Axis::By(Column::Region),
            across: None,
            filters: Vec::new(),
            drafts: false,
            order: None,
            from_queue: false,
            loaded: None,
            offers: Offers::default(),
            table: None,
            line: Cursor::default(),
            row: Cursor::default(),
            column: Cursor::default(),
            choosing: None,
            cases: None,
            look: None,
            saving: None,
        }
    }
}

/// What results are turned to at once, line by line instead of key by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What is counted.
    pub topic: Topic,
    /// What the rows are.
    pub rows: Axis,
    /// What stands across.
    pub across: Option<Axis>,
    /// Only this period.
    pub period: Option<String>,
    /// The line shown, by its place.
    pub line: Option<usize>,
    /// The row highlighted, by its place.
    pub row: usize,
    /// The column highlighted, by its place.
    pub column: usize,
}

impl State {
    /// The table itself is shown, nothing lies over it.
    pub fn is_at_table(&self) -> bool {
        self.saving.is_none()
            && self.choosing.is_none()
            && self.cases.is_none()
            && self.look.is_none()
    }

    /// What has the readings read.
    pub fn load(&self) -> Effect {
        Effect::LoadResults { drafts: self.drafts }
    }

    /// What stands across now: a trend has its periods there.
    pub fn stands_across(&self) -> Option<Axis> {
        let period = Axis::By(Column::Period);
        match self.topic {
            Topic::Trend if self.rows != period => Some(period),
            Topic::Trend => None,
            _ => self.across.filter(|axis| *axis != self.rows),
        }
    }

    /// Lines stand neither down nor across, so that one of them is shown.
    pub fn shows_one_line(&self) -> bool {
        self.rows != Axis::Line && self.stands_across() != Some(Axis::Line)
    }

    /// The line shown, where it is one.
    pub fn shown(&self) -> Option<&GridLine> {
        let line = self.table.as_ref()?.grid.lines.get(self.line.at())?;
        self.shows_one_line().then_some(line)
    }

    /// The value a column is filtered by.
    pub fn filter(&self, column: Column) -> Option<&str> {
        let found = self.filters.iter().find(|filter| filter.column == column)?;
        Some(&found.value)
    }

    /// Counts only readings with this value, or all again.
    pub(super) fn filter_by(&mut self, column: Column, value: Option<String>) {
        self.filters.retain(|filter| filter.column != column);
        self.filters.extend(value.map(|value| Filter { column, value }));
    }

    /// The periods that have a reading.
    pub fn periods(&self) -> &[String] {
        self.offers.values(Column::Period)
    }

    /// What an entry of an axis is called.
    pub fn entry_words(&self, axis: Axis, entry: &Entry) -> String {
        match (axis, entry) {
            (_, Entry::All) => "all".to_owned(),
            (_, Entry::Line(at)) => {
                let Some(table) = &self.table else { return String::new() };
                let Some(line) = table.grid.lines.get(*at) else { return String::new() };
                let indent = if line.sub_item { "  " } else { "" };
                match table.grid.has_several_instruments() {
                    true => format!("{indent}{} ({})", line.label, line.instrument.1),
                    false => format!("{indent}{}", line.label),
                }
            }
            (_, Entry::Value(value)) if value.is_empty() => "(none)".to_owned(),
            (Axis::By(Column::CaseType), Entry::Value(code)) => {
                let loaded = self.loaded.as_ref();
                loaded.map_or(code.as_str(), |loaded| loaded.case_type(code)).to_owned()
            }
            (_, Entry::Value(value)) => value.clone(),
        }
    }

    /// Takes in readings; those asked for before something else was are dropped.
    pub fn learn(&mut self, loaded: Loaded) {
        if loaded.drafts != self.drafts {
            return;
        }
        self.offers = Offers::of(&loaded);
        let first = self.loaded.replace(loaded).is_none();
        self.recount();
        if first {
            self.go_to_applicable();
            self.go_to_percent();
        }
        self.renew_form();
    }

    /// Takes in what a case says.
    pub fn take_look(&mut self, look: Look) {
        if self.case_here().is_some_and(|case| case.case == look.case) {
            self.look = Some(look);
        }
    }

    /// Turns to what is wished for.
    pub fn turn_to(&mut self, wish: Wish) {
        (self.topic, self.rows, self.across) = (wish.topic, wish.rows, wish.across);
        self.filter_by(Column::Period, wish.period);
        (self.cases, self.look, self.order) = Default::default();
        self.line.put(wish.line.unwrap_or(0), usize::MAX);
        self.recount();
        let rows = self.table.as_ref().map_or(0, |table| table.rows.len());
        self.row.put(wish.row, rows);
        self.column.put(wish.column, self.heads_now().len());
    }

    /// Whether an action works here.
    pub fn takes(&self, action: Action) -> bool {
        use Action as A;
        if let Some(saving) = &self.saving {
            return saving.takes(action);
        }
        if let Some(form) = &self.choosing {
            return form.takes(action) || action == A::Back;
        }
        if self.look.is_some() || self.cases.is_some() {
            let some = self.cases.as_ref().is_some_and(|list| !list.cases.is_empty());
            return match action {
                A::Back => true,
                A::Look => self.look.is_none() && some,
                A::SaveAs => self.case_here().is_some_and(|case| !case.draft),
                _ => is_move(action) && some,
            };
        }
        let Some(table) = &self.table else { return action == A::Back };
        let cells = !table.rows.is_empty();
        match action {
            A::Back | A::Arrange => true,
            A::By => true,
            A::Period => self.filter(Column::Period).is_some() || self.periods().len() > 1,
            A::Behind => self.leads_on(),
            A::Order => cells,
            A::SaveAs => cells,
            A::ColumnLeft => self.column.at() > 0,
            A::ColumnRight => self.column.at() + 1 < table.heads.len(),
            A::NextItem | A::PreviousItem => self.shows_one_line() && table.grid.lines.len() > 1,
            _ => is_move(action) && cells,
        }
    }

    /// There is a case behind the highlighted cell.
    fn leads_on(&self) -> bool {
        let found = self.here().zip(self.head_here());
        let cell = found.and_then(|(row, head)| Some((self.cell(row, head)?, head)));
        cell.is_some_and(|(cell, head)| cell.part(Self::part(head)) > 0)
    }

    /// Does it.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.saving.is_some() {
            return Saving::act(&mut self.saving, action);
        }
        if self.choosing.is_some() {
            return self.act_on_choosing(action);
        }
        if action == Action::SaveAs {
            self.saving = Some(Saving::of(self.writable()));
            return Vec::new();
        }
        if self.look.is_some() || self.cases.is_some() {
            return self.move_behind(action);
        }
        let lines = self.table.as_ref().map_or(0, |table| table.grid.lines.len());
        let columns = self.heads_now().len();
        match action {
            Action::NextItem => self.show_line(self.line.at() + 1, lines),
            Action::PreviousItem => self.show_line(self.line.at().saturating_sub(1), lines),
            Action::ColumnLeft => self.column.put(self.column.at().saturating_sub(1), columns),
            Action::ColumnRight => self.column.put(self.column.at() + 1, columns),
            Action::By => self.next_rows(),
            Action::Period => self.next_period(),
            Action::Arrange => self.begin_choosing(),
            Action::Behind => self.cases = self.behind(),
            Action::Order => self.next_order(),
            other => {
                let rows = self.table.as_ref().map_or(0, |table| table.rows.len());
                self.row.act(other, rows);
            }
        }
        Vec::new()
    }

    pub(super) fn show_line(&mut self, at: usize, lines: usize) {
        self.line.put(at, lines);
        let here = self.here().cloned();
        self.put_in_order();
        self.stand_at(here.as_ref());
    }

    /// The next of what rows can be.
    fn next_rows(&mut self) {
        let offered = self.offered();
        if offered.is_empty() {
            return;
        }
        let at = offered.iter().position(|axis| *axis == self.rows).unwrap_or(0);
        self.rows = offered[(at + 1) % offered.len()];
        self.row = Cursor::default();
        self.recount();
    }

    /// The latest period first: that is what a review just submitted is looked for in.
    fn next_period(&mut self) {
        let now = self.filter(Column::Period).map(str::to_owned);
        let earlier = |p: &&String| now.as_ref().is_none_or(|now| *p < now);
        let next = self.periods().iter().rev().find(earlier).cloned();
        self.filter_by(Column::Period, next);
        self.recount();
    }

    /// By the highlighted column: the largest first, the smallest first, as they stand.
    fn next_order(&mut self) {
        let Some(head) = self.head_here().cloned() else { return };
        let here = self.here().cloned();
        self.order = match self.order.take() {
            Some((known, false)) if known == head => Some((head, true)),
            Some((known, true)) if known == head => None,
            _ => Some((head, false)),
        };
        self.put_in_order();
        self.stand_at(here.as_ref());
    }
}
