//! The instrument browser: read any instrument, and try answers in a scratch pad.
//!
//! It needs no workspace and writes nothing: instruments come from the binary or from a file
//! read before, and a scratch pad is a [review](super::review) of no case.

mod contents;
mod pages;

use std::sync::Arc;

use crate::instrument::{CaseTypeIx, Instrument, ItemIx, load_shipped, shipped};

use super::Action;
use super::list::Cursor;
use super::review::{self, Page};

pub use contents::Entry;

/// The browser.
#[derive(Debug, Clone, Default)]
pub struct State {
    shelf: Vec<Arc<Instrument>>,
    /// The highlighted instrument of [`shelf`](Self::shelf).
    pub cursor: Cursor,
    /// The instrument being read.
    pub reader: Option<Reader>,
    /// There is no screen before the list of instruments: the browser was started by itself.
    pub alone: bool,
}

/// An instrument being read.
#[derive(Debug, Clone)]
pub struct Reader {
    instrument: Arc<Instrument>,
    entries: Vec<Entry>,
    /// The highlighted one of [`entries`](Self::entries).
    pub cursor: Cursor,
    /// The highlighted entry's page fills the screen, scrolled to here.
    pub page: Option<Cursor>,
    /// A case type is being chosen for the scratch pad.
    pub types: Option<Cursor>,
    /// What was tried last, to go on with.
    pad: Option<Box<review::State>>,
}

impl State {
    /// The instruments there are to read, those compiled in among them.
    pub fn shelf(&self) -> &[Arc<Instrument>] {
        &self.shelf
    }

    /// Puts the instruments that are compiled in on the shelf, unless they are there.
    pub(super) fn fill(&mut self) {
        for instrument in shipped().iter().filter_map(|one| load_shipped(one.id)) {
            if self.shelf.iter().all(|there| there.hash() != instrument.hash()) {
                self.shelf.push(instrument);
            }
        }
        self.cursor.settle(self.shelf.len());
    }

    /// Puts an instrument first on the shelf, unless it is there; returns its place.
    pub fn offer(&mut self, instrument: Arc<Instrument>) -> usize {
        let there = self.shelf.iter().position(|there| there.hash() == instrument.hash());
        there.unwrap_or_else(|| {
            self.shelf.insert(0, instrument);
            0
        })
    }

    /// Opens an instrument, put on the shelf where it isn't yet.
    pub fn read(&mut self, instrument: Arc<Instrument>) {
        let at = self.offer(Arc::clone(&instrument));
        self.cursor.put(at, self.shelf.len());
        self.reader = Some(Reader::new(instrument));
    }

    /// Opens the highlighted instrument.
    pub(super) fn read_chosen(&mut self) {
        if let Some(instrument) = self.shelf.get(self.cursor.at()) {
            // What was tried in it is still there where it is opened again.
            let again =
                self.reader.as_ref().is_some_and(|r| Arc::ptr_eq(&r.instrument, instrument));
            if !again {
                self.reader = Some(Reader::new(Arc::clone(instrument)));
            }
        }
    }
}

impl Reader {
    /// The instrument, at its first page.
    pub fn new(instrument: Arc<Instrument>) -> Self {
        let entries = contents::of(&instrument);
        Self { instrument, entries, cursor: Cursor::default(), page: None, types: None, pad: None }
    }

    /// The instrument.
    pub fn instrument(&self) -> &Instrument {
        &self.instrument
    }

    /// Its contents, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The highlighted entry.
    pub fn chosen(&self) -> Entry {
        self.entries.get(self.cursor.at()).copied().unwrap_or(Entry::About)
    }

    /// What the highlighted entry says.
    pub fn shown(&self) -> Page {
        pages::page(&self.instrument, self.chosen())
    }

    /// The item that answers would be tried at: the highlighted one, else the first.
    fn item(&self) -> Option<ItemIx> {
        match self.chosen() {
            Entry::Item(item) => Some(item),
            _ => None,
        }
    }

    /// Turns to the entry before or after.
    pub(super) fn turn(&mut self, by: isize) {
        let to = self.cursor.at().saturating_add_signed(by);
        self.cursor.put(to, self.entries.len());
        self.page = self.page.map(|_| Cursor::default());
    }

    /// Moves about in what is open: the case types, a page, the contents.
    pub(super) fn move_about(&mut self, action: Action) {
        let places = self.page.map(|_| self.shown().places().len());
        if let Some(types) = &mut self.types {
            types.act(action, self.instrument.case_types().len());
        } else if let (Some(page), Some(places)) = (&mut self.page, places) {
            page.act(action, places);
        } else {
            self.cursor.act(action, self.entries.len());
        }
    }

    /// The scratch pad for a type of case, at the highlighted item: the one used last where it
    /// was of this type, else a new one.
    pub(super) fn try_answers(&mut self, case_type: CaseTypeIx) -> Option<review::State> {
        let item = self.item();
        let before = self.pad.take().filter(|pad| pad.answers().case_type == case_type);
        let mut pad = match before {
            Some(pad) => *pad,
            None => review::State::scratch(Arc::clone(&self.instrument), case_type)?,
        };
        pad.begin_at(item);
        self.types = None;
        Some(pad)
    }

    /// Takes a scratch pad back, to go on with.
    pub(super) fn put_away(&mut self, pad: review::State) {
        self.pad = Some(Box::new(pad));
    }
}
