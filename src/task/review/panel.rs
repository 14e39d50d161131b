//! Panels over the walk: guidance, why, what would change it, the list of items.

use crate::instrument::ItemIx;

use super::super::list::Cursor;
use super::{State, interim as scoring};

/// An open panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// Guidance to the question and its item; scrolled down by so many paragraphs.
    Guidance(Cursor),
    /// Why the item has its rating.
    Why(Cursor),
    /// What would change the item's rating.
    Changes(Cursor),
    /// The list of items, to go to one: place in [`State::item_rows`].
    Items(Cursor),
}

/// A page of words in a panel; the face wraps it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<PageLine>,
}

/// One paragraph of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageLine {
    /// A heading.
    Heading(String),
    /// Running text.
    Text(String),
    /// One of a list.
    Point(String),
}

impl Page {
    fn heading(&mut self, text: impl Into<String>) {
        self.lines.push(PageLine::Heading(text.into()));
    }
    fn text(&mut self, text: impl Into<String>) {
        self.lines.push(PageLine::Text(text.into()));
    }
    fn point(&mut self, text: impl Into<String>) {
        self.lines.push(PageLine::Point(text.into()));
    }
}

impl State {
    /// What the open panel says; none for the list of items, see [`State::item_rows`].
    pub fn page(&self) -> Option<Page> {
        match self.panel? {
            Panel::Guidance(_) => Some(self.guidance()),
            Panel::Why(_) => Some(self.why()),
            Panel::Changes(_) => Some(self.changes()),
            Panel::Items(_) => None,
        }
    }

    /// Guidance to the question here: its own help, defined terms, then its item's
    /// purpose, applicability and instructions.
    pub fn guidance(&self) -> Page {
        let question = self.instrument.question(self.at);
        let mut page = Page { title: format!("Guidance to {}", question.id()), ..Page::default() };
        page.text(question.ask());
        for paragraph in question.help() {
            page.text(paragraph);
        }
        for term in question.see() {
            if let Some(definition) = self.instrument.definitions().iter().find(|d| d.id == *term) {
                page.heading(&definition.term);
                page.text(&definition.text);
            }
        }
        if let Some(at) = self.item() {
            let item = self.instrument.item(at);
            page.heading(format!("Item {}: {}", item.id(), item.title()));
            page.text(item.purpose());
            page.heading("When it applies");
            page.text(item.applicability());
            if !item.guidance().is_empty() {
                page.heading("Instructions");
                for paragraph in item.guidance() {
                    page.point(paragraph);
                }
            }
        }
        page
    }

    /// Why the item here has its rating, its sub-item first.
    pub fn why(&self) -> Page {
        let mut page = Page { title: "Why".to_owned(), ..Page::default() };
        let Some(item) = self.item() else {
            page.text("The face sheet has no rating.");
            return page;
        };
        if let Some(sub_item) = self.sub_item_of(self.at) {
            self.explain(&mut page, sub_item);
        }
        self.explain(&mut page, item);
        page
    }

    fn explain(&self, page: &mut Page, at: ItemIx) {
        page.heading(self.item_line(at));
        for sentence in scoring::explain_item(&self.instrument, &self.answers, &self.scores, at) {
            page.point(sentence);
        }
    }

    /// What would change the rating of the item here.
    pub fn changes(&self) -> Page {
        let page = Page { title: "What would change it".to_owned(), ..Page::default() };
        page
    }

    /// How many places the open panel can be moved through.
    pub(super) fn panel_len(&self) -> usize {
        match self.panel {
            Some(Panel::Items(_)) => self.item_rows().len(),
            Some(_) => self.page().map_or(0, |page| page.lines.len()),
            None => 0,
        }
    }

    /// The cursor of the open panel.
    pub(super) fn panel_cursor(&mut self) -> Option<&mut Cursor> {
        match &mut self.panel {
            Some(
                Panel::Guidance(cursor)
                | Panel::Why(cursor)
                | Panel::Changes(cursor)
                | Panel::Items(cursor),
            ) => Some(cursor),
            None => None,
        }
    }
}
