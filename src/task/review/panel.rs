//! Panels over the walk: guidance, why, what would change it, the list of items.

use crate::instrument::{ItemIx, Place, Role, words};
use crate::scoring::{self, Value};
use crate::text;

use super::super::list::Cursor;
use super::State;

/// An open panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// Guidance to the question and its item; scrolled down by so many paragraphs.
    Guidance(Cursor),
    /// The texts given to the question.
    Reading(Cursor),
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

/// Letters that are one place of a page to move to; longer paragraphs are several.
const PLACE: usize = 300;

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

/// A part of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which, from 0.
    pub part: usize,
    /// Of how many.
    pub of: usize,
}

impl Page {
    /// An empty page under a heading.
    pub(in super::super) fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), lines: Vec::new() }
    }
    /// The page without paragraphs that say nothing.
    pub(in super::super) fn without_empty(mut self) -> Self {
        self.lines.retain(|line| match line {
            PageLine::Heading(text) | PageLine::Text(text) | PageLine::Point(text) => {
                !text.trim().is_empty()
            }
        });
        self
    }
    /// Where one can move to in the page: a paragraph, by its place among
    /// [`lines`](Self::lines), and which of its equal parts.
    pub fn places(&self) -> Vec<(usize, Part)> {
        let parts = |line: &PageLine| {
            let (PageLine::Heading(text) | PageLine::Text(text) | PageLine::Point(text)) = line;
            1 + text.chars().count() / PLACE
        };
        let places = self.lines.iter().enumerate().flat_map(|(at, line)| {
            let of = parts(line);
            (0..of).map(move |part| (at, Part { part, of }))
        });
        places.collect()
    }
    pub(in super::super) fn heading(&mut self, text: impl Into<String>) {
        self.lines.push(PageLine::Heading(text.into()));
    }
    pub(in super::super) fn text(&mut self, text: impl Into<String>) {
        self.lines.push(PageLine::Text(text.into()));
    }
    pub(in super::super) fn point(&mut self, text: impl Into<String>) {
        self.lines.push(PageLine::Point(text.into()));
    }
}

impl State {
    /// What the open panel says; none for the list of items, see [`State::item_rows`].
    pub fn page(&self) -> Option<Page> {
        match self.panel? {
            Panel::Guidance(_) => Some(self.guidance()),
            Panel::Reading(_) => Some(self.reading_page()),
            Panel::Why(_) => Some(self.why()),
            Panel::Changes(_) => Some(self.changes()),
            Panel::Items(_) => None,
        }
    }

    /// Guidance to the question here: its own help, defined terms, then its item's
    /// purpose, applicability and instructions.
    pub fn guidance(&self) -> Page {
        let question = self.instrument.question(self.at);
        let of = match question.place() {
            Place::Face => "the face sheet".to_owned(),
            Place::Item(_) if *question.role() == Role::Applies => "whether it applies".to_owned(),
            Place::Item(_) => words::name(&self.instrument, self.at),
        };
        let mut page = Page { title: format!("Guidance to {of}"), ..Page::default() };
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
            let heading = words::item_heading(&self.instrument, at);
            page.heading(format!("{heading}: {}", item.title()));
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

    /// The texts given to the question here: what it was answered with in writing, what
    /// stands beside the answer, and the note.
    pub fn texts(&self) -> Vec<String> {
        let written = match self.answers.get(self.at) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let beside = self.narrative(self.at).into_iter().chain(self.note(self.at));
        written.into_iter().chain(beside).map(str::to_owned).collect()
    }

    fn reading_page(&self) -> Page {
        let question = self.instrument.question(self.at);
        let name = words::name(&self.instrument, self.at);
        let mut page = Page { title: format!("Text at {name}"), ..Page::default() };
        page.heading(question.ask());
        if let (Some(words), false) = (self.answer_words(self.at), question.options().is_empty()) {
            page.text(words);
        }
        let note = self.note(self.at);
        let texts = self.texts();
        let (texts, _) = texts.split_at(texts.len() - usize::from(note.is_some()));
        texts.iter().flat_map(|text| text.split('\n')).for_each(|line| page.text(line));
        if let Some(note) = note {
            page.heading("Note");
            note.split('\n').for_each(|line| page.text(line));
        }
        page
    }

    /// Why the item here has its rating, its sub-item first.
    pub fn why(&self) -> Page {
        let mut page = Page::default();
        for at in self.rated_here() {
            let title = scoring::why_title(&self.instrument, &self.scores, at);
            if page.title.is_empty() {
                page.title = title;
            } else {
                page.heading(title);
            }
            let (answers, scores) = (&self.answers, &self.scores);
            for sentence in scoring::explain_item(&self.instrument, answers, scores, at) {
                page.point(sentence);
            }
        }
        if page.title.is_empty() {
            page.title = "The face sheet has no rating.".to_owned();
        }
        page
    }

    /// What would change the rating of the item here, its sub-item first.
    pub fn changes(&self) -> Page {
        let mut page = Page { title: "What would change it".to_owned(), ..Page::default() };
        for at in self.rated_here() {
            page.heading(self.item_line(at));
            let changes = scoring::changes(&self.instrument, &self.answers, at);
            if changes.is_empty() {
                page.text("No change of answers gives another rating.");
            }
            for change in changes {
                let answers: Vec<String> =
                    change.answers.iter().map(|answer| self.new_answer_words(answer)).collect();
                page.point(format!("{}: {}", change.rating.title(), text::list_and(&answers)));
            }
        }
        page
    }

    /// The sub-item the reviewer stands in, then the item.
    fn rated_here(&self) -> impl Iterator<Item = ItemIx> {
        self.sub_item_of(self.at).into_iter().chain(self.item())
    }

    fn new_answer_words(&self, answer: &scoring::NewAnswer) -> String {
        let name = || words::name(&self.instrument, answer.question);
        let rows = answer.rows.as_ref().map(|rows| format!("{rows}:"));
        let id = rows.unwrap_or_else(name);
        let new = self.value_words(answer.question, &answer.new);
        match &answer.old {
            Some(old) => {
                format!("{id} {new} instead of {}", self.value_words(answer.question, old))
            }
            None => format!("{id} {new}"),
        }
    }

    /// How many places the open panel can be moved through.
    pub(super) fn panel_len(&self) -> usize {
        match self.panel {
            Some(Panel::Items(_)) => self.item_rows().len(),
            Some(_) => self.page().map_or(0, |page| page.places().len()),
            None => 0,
        }
    }

    /// The cursor of the open panel.
    pub(super) fn panel_cursor(&mut self) -> Option<&mut Cursor> {
        match &mut self.panel {
            Some(
                Panel::Guidance(cursor)
                | Panel::Reading(cursor)
                | Panel::Why(cursor)
                | Panel::Changes(cursor)
                | Panel::Items(cursor),
            ) => Some(cursor),
            None => None,
        }
    }
}
