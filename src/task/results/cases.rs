//! From a cell to the cases behind it, and from a case to what it says.

use super::super::list::Cursor;
use super::super::review::Page;
use super::super::{Action, Effect};
use super::{Entry, Head, State};
use crate::report::explore::{GridLine, Topic};

/// A case behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Review number.
    pub case: String,
    /// Id of the reading.
    pub reading: String,
    /// Region.
    pub region: String,
    /// Case type in words.
    pub case_type: String,
    /// What it was counted as.
    pub says: String,
    /// How much of the number it is.
    pub adds: u64,
    /// Who made the review; empty where that isn't told.
    pub role: &'static str,
    /// Where the review stands.
    pub state: &'static str,
    /// It is not final.
    pub draft: bool,
}

/// The cases behind a cell.
#[derive(Debug, Clone)]
pub struct CaseList {
    /// What they are the cases of: "Item 20, Davidson".
    pub title: String,
    /// The number they add up to.
    pub total: u64,
    /// The cases.
    pub cases: Vec<Case>,
    /// The highlighted one.
    pub cursor: Cursor,
    /// What a case is read for.
    pub(super) about: About,
}

/// What of a review is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What was counted.
    pub topic: Topic,
    /// What tells the line apart: id of the item, outcome or question.
    pub keys: Vec<String>,
    /// Id of the line's item, or empty.
    pub item: String,
    /// What the line is called.
    pub label: String,
}

/// What a review says of a line.
#[derive(Debug, Clone)]
pub struct Look {
    /// The case.
    pub case: String,
    /// Its answers, with the why.
    pub page: Page,
    /// Where the reader stands in it.
    pub cursor: Cursor,
}

impl State {
    /// The cases behind the highlighted cell.
    pub(super) fn behind(&self) -> Option<CaseList> {
        let (loaded, table) = (self.loaded.as_ref()?, self.table.as_ref()?);
        let (row, head) = (self.here()?, self.head_here()?);
        let (at, group) = self.place(row, head);
        let (line, part) = (table.grid.lines.get(at)?, Self::part(head));
        let found = table.grid.behind(&loaded.held, at, &group, part);
        let total = found.iter().map(|one| one.adds).sum();
        let cases = found.into_iter().filter_map(|one| {
            let reading = loaded.held.reading(one.at)?;
            let seen = reading.seen();
            Some(Case {
                case: reading.case.clone(),
                reading: reading.reading.clone(),
                region: seen.region.to_owned(),
                case_type: loaded.case_type(seen.case_type).to_owned(),
                says: one.says,
                adds: one.adds,
                role: reading.role,
                state: reading.state,
                draft: reading.draft,
            })
        });
        Some(CaseList {
            title: self.cell_title(line, row, head),
            total,
            cases: cases.collect(),
            cursor: Cursor::default(),
            about: About {
                topic: self.topic,
                keys: line.keys.clone(),
                item: line.item.clone(),
                label: line.label.clone(),
            },
        })
    }

    /// What a cell is of, in words: "Item 20, Davidson, ANI".
    fn cell_title(&self, line: &GridLine, row: &Entry, head: &Head) -> String {
        let mut parts = vec![line_words(self.topic, line)];
        if !matches!(row, Entry::Line(_) | Entry::All) {
            parts.push(self.entry_words(self.rows, row));
        }
        match head {
            Head::Of(entry @ Entry::Value(_)) => {
                parts.extend(self.stands_across().map(|axis| self.entry_words(axis, entry)));
            }
            Head::Count(at) if *at > 0 => {
                let heads = self.table.as_ref().map(|table| &table.grid.heads);
                parts.extend(heads.and_then(|heads| heads.get(*at)).map(|head| (*head).to_owned()));
            }
            Head::Count(_) | Head::Share | Head::Of(_) => {}
        }
        parts.join(", ")
    }

    /// The highlighted case.
    pub fn case_here(&self) -> Option<&Case> {
        let list = self.cases.as_ref()?;
        list.cases.get(list.cursor.at())
    }

    /// Has the highlighted case read.
    pub(super) fn read_case(&self) -> Vec<Effect> {
        let about = self.cases.as_ref().map(|list| list.about.clone());
        let reading = self.case_here().map(|case| case.reading.clone());
        let wanted = reading.zip(about);
        wanted.map(|(reading, about)| Effect::ReadCase { reading, about }).into_iter().collect()
    }

    /// Moves in the list of cases or in what one says.
    pub(super) fn move_behind(&mut self, action: Action) -> Vec<Effect> {
        if let Some(look) = &mut self.look {
            if action == Action::Back {
                self.look = None;
            } else {
                let len = look.page.places().len();
                look.cursor.act(action, len);
            }
            return Vec::new();
        }
        match (action, &mut self.cases) {
            (Action::Back, _) => self.cases = None,
            (Action::Look, _) => return self.read_case(),
            (other, Some(list)) => {
                let len = list.cases.len();
                list.cursor.act(other, len);
            }
            (_, None) => {}
        }
        Vec::new()
    }
}

/// A line in a few words: of an item its number.
pub fn line_words(topic: Topic, line: &GridLine) -> String {
    match topic {
        Topic::Items | Topic::Trend => format!("Item {}", line.label),
        _ => line.label.clone(),
    }
}
