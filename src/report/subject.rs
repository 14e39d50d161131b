//! What a report counts beside ratings: questions, sections, participants, reasons, components.
//!
//! A [`Subject`] says which lines an edition gives and what one reading adds to them; grouping,
//! filtering, totals and rendering are the same for all.

use super::counts::Counts;
use super::groups::{Groups, Placed};
use super::{Column, FinalReading, Query, ShareRow, ShareTable, counted};
use crate::instrument::{Instrument, Question};
use crate::scoring::{Value, counts_as};
use crate::stats::{self, Interval, Level};

/// One line of a report: a question, a section, a component, of one instrument.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Position of the instrument among those known.
    pub(super) instrument: usize,
    /// Texts of the key columns; the first [`Shape::ids`] of them tell lines apart.
    pub keys: Vec<String>,
    /// The item it belongs to, for the filter on items.
    pub item: String,
    /// Id of the person it is about, for the filter on participants; may be empty.
    pub participant: String,
    /// The proportion that is wanted.
    pub target: Option<f64>,
    /// What there is to say beside the numbers.
    pub note: Option<String>,
}

/// How a report of shares is laid out.
#[derive(Debug)]
pub struct Shape {
    /// Its name on screen: "Questions".
    pub title: &'static str,
    /// Names of the key columns in files.
    pub keys: &'static [&'static str],
    /// How many of them tell lines apart.
    pub ids: usize,
    /// What a line is called on screen, from its keys.
    pub label: fn(&[String]) -> String,
    /// The counts: name in files, head on screen.
    pub counts: &'static [(&'static str, &'static str)],
    /// What the percentage is, for the legend.
    pub share: &'static str,
    /// What lines are called is too long for a label.
    pub long: bool,
    /// How the interval is made.
    pub interval: &'static str,
    /// More for the legend.
    pub legend: &'static [&'static str],
}

/// What a report counts.
pub trait Subject {
    /// How it is laid out.
    fn shape(&self) -> &'static Shape;
    /// How many numbers are kept of a line.
    fn width(&self) -> usize;
    /// Learns the lines of an edition; false where it has nothing this report counts.
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool;
    /// What a reading of the edition learnt at this position adds: `cells` are the numbers of
    /// all lines.
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]);
    /// The counts as printed.
    fn shown(&self, cell: &[u64]) -> Vec<u64>;
    /// The percentage: this many of so many.
    fn share(&self, cell: &[u64]) -> (u64, u64);
    /// It counts answers, which imported ratings lack.
    fn needs_answers(&self) -> bool {
        true
    }
    /// The interval of the percentage.
    fn interval(&self, cell: &[u64], level: Level) -> Option<Interval> {
        let (x, n) = self.share(cell);
        stats::wilson(x, n, level)
    }
}

impl Subject for Box<dyn Subject> {
    fn shape(&self) -> &'static Shape {
        (**self).shape()
    }
    fn width(&self) -> usize {
        (**self).width()
    }
    fn know(&mut self, instrument: &Instrument, lines: &mut Lines<'_>) -> bool {
        (**self).know(instrument, lines)
    }
    fn count(&self, edition: usize, reading: &FinalReading<'_>, cells: &mut [u64]) {
        (**self).count(edition, reading, cells);
    }
    fn shown(&self, cell: &[u64]) -> Vec<u64> {
        (**self).shown(cell)
    }
    fn share(&self, cell: &[u64]) -> (u64, u64) {
        (**self).share(cell)
    }
    fn needs_answers(&self) -> bool {
        (**self).needs_answers()
    }
    fn interval(&self, cell: &[u64], level: Level) -> Option<Interval> {
        (**self).interval(cell, level)
    }
}

/// The lines of a report while an edition's are added.
pub struct Lines<'l> {
    list: &'l mut Vec<Line>,
    instrument: usize,
    ids: usize,
}

impl Lines<'_> {
    /// Position of a line of the edition's instrument; editions share lines of the same ids.
    pub fn place(&mut self, line: Line) -> usize {
        let same = |known: &Line| {
            known.instrument == self.instrument && known.keys[..self.ids] == line.keys[..self.ids]
        };
        self.list.iter().position(same).unwrap_or_else(|| {
            self.list.push(Line { instrument: self.instrument, ..line });
            self.list.len() - 1
        })
    }
}

/// Counts a subject by group.
pub struct Counter<S> {
    pub(super) query: Query,
    pub(super) groups: Groups,
    pub(super) lines: Vec<Line>,
    pub(super) counts: Counts,
    /// Instrument of each edition; none for one that has nothing to count.
    editions: Vec<Option<usize>>,
    pub(super) subject: S,
}

impl<S: Subject> Counter<S> {
    /// Nothing counted yet, no edition known.
    pub fn new(subject: S, query: Query) -> Self {
        Self {
            groups: Groups::new(&query),
            query,
            lines: Vec::new(),
            counts: Counts::new(subject.width()),
            editions: Vec::new(),
            subject,
        }
    }

    /// It counts answers, which imported ratings lack.
    pub fn needs_answers(&self) -> bool {
        self.subject.needs_answers()
    }

    /// Adds an edition after those known; false where it has nothing this report counts.
    pub fn know(&mut self, instrument: &Instrument) -> bool {
        let place = self.groups.instrument(instrument.id(), instrument.short());
        let ids = self.subject.shape().ids;
        let mut lines = Lines { list: &mut self.lines, instrument: place, ids };
        let counts = self.subject.know(instrument, &mut lines);
        self.editions.push(counts.then_some(place));
        counts
    }

    /// Counts a reading, if the filters keep it and its edition has what is counted. Says
    /// whether it was.
    pub fn add(&mut self, reading: &FinalReading<'_>) -> bool {
        let Some(Some(instrument)) = self.editions.get(reading.edition) else { return false };
        let Some(group) = self.groups.place(*instrument, reading) else { return false };
        let cells = self.counts.cells(group, self.lines.len());
        self.subject.count(reading.edition, reading, cells);
        true
    }

    /// Whether the filters keep a reading that has what is counted.
    pub fn fits(&self, reading: &FinalReading<'_>) -> bool {
        let edition = self.editions.get(reading.edition).copied().flatten();
        edition.is_some_and(|instrument| self.groups.fits(instrument, reading))
    }

    /// A reading's value in a column; none where the column is not a fact of the reading.
    pub fn fact<'a>(&'a self, column: Column, reading: &FinalReading<'a>) -> Option<&'a str> {
        let instrument = (*self.editions.get(reading.edition)?)?;
        (!column.is_of_line()).then(|| self.groups.fact(column, instrument, reading))
    }

    /// How many readings were counted.
    pub fn readings(&self) -> u64 {
        self.groups.readings()
    }

    /// What one reading adds to a line; none where its edition has nothing to count.
    pub(super) fn one(&self, reading: &FinalReading<'_>, line: usize) -> Option<Vec<u64>> {
        self.editions.get(reading.edition).copied().flatten()?;
        let width = self.subject.width();
        let mut cells = vec![0; self.lines.len() * width];
        self.subject.count(reading.edition, reading, &mut cells);
        Some(cells[line * width..(line + 1) * width].to_vec())
    }

    /// Groups, lines and counts of the lines kept.
    pub(super) fn placed(&self) -> Vec<Placed> {
        let kept = |line: &Line| {
            let keeps = |column, value| self.groups.keeps(column, value).unwrap_or(true);
            keeps(Column::Item, line.item.as_str())
                && keeps(Column::Participant, line.participant.as_str())
        };
        let lines = self.lines.iter().enumerate().filter(|(_, line)| kept(line));
        let lines = lines.map(|(at, line)| (at, line.instrument));
        self.groups.rows(lines, |group, line| self.counts.get(group, line))
    }

    /// The report.
    pub fn table(&self) -> ShareTable {
        let rows = self.placed();
        let level = self.query.level;
        let row = |placed: Placed| {
            let line = &self.lines[placed.line];
            let mut cell = placed.counts;
            cell.resize(self.subject.width(), 0);
            let (x, n) = self.subject.share(&cell);
            ShareRow {
                group: placed.group,
                keys: line.keys.clone(),
                counts: self.subject.shown(&cell),
                x,
                n,
                interval: self.subject.interval(&cell, level),
                target: line.target,
                note: line.note.clone(),
            }
        };
        ShareTable {
            shape: self.subject.shape(),
            columns: self.groups.columns(),
            rows: rows.into_iter().map(row).collect(),
            readings: self.readings(),
            counted: counted(self.readings(), self.query.drafts),
            drafts: self.query.drafts,
            instruments: self.groups.titles(),
            level,
        }
    }
}

/// What an answer says of the practice a question asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Yes, plainly.
    Yes,
    /// Another answer that counts as yes.
    GoodFaith,
    /// No.
    No,
    /// Not applicable.
    Na,
}

/// What each option of a question says: of a counted question of a checklist what it counts
/// as, of a rated instrument's question yes, no and na by their codes. Nothing where it is no
/// question on practice answered by yes or no.
pub(super) fn said(question: &Question) -> Option<Vec<Option<Said>>> {
    use crate::instrument::{Counts, Place, Role};
    if !matches!(question.place(), Place::Item(_)) || *question.role() != Role::Question {
        return None;
    }
    let options = question.options();
    if question.counted() {
        let one = |at| {
            let value = Value::Codes(crate::instrument::CodeSet::one(at));
            Some(match counts_as(question, &value)? {
                (Counts::Met, false) => Said::Yes,
                (Counts::Met, true) => Said::GoodFaith,
                (Counts::NotMet, _) => Said::No,
                (Counts::NotApplicable, _) => Said::Na,
            })
        };
        return Some((0..options.len()).map(one).collect());
    }
    let has = |code: &str| options.iter().any(|option| option.code == code);
    let checklist = options.iter().any(|option| option.counts.is_some());
    if checklist || !has("yes") || !has("no") {
        return None;
    }
    let one = |code: &str| match code {
        "yes" => Some(Said::Yes),
        "no" => Some(Said::No),
        "na" => Some(Said::Na),
        _ => None,
    };
    Some(options.iter().map(|option| one(&option.code)).collect())
}

/// A question whose answers are counted: its place among packed answers, and what each option
/// says.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    place: usize,
    said: Vec<Option<Said>>,
}

impl Asked {
    pub(super) fn new(place: usize, said: Vec<Option<Said>>) -> Self {
        Self { place, said }
    }
    /// What a reading says.
    pub(super) fn said(&self, answers: &[u8]) -> Option<Said> {
        *self.said.get(super::option(answers, self.place)?)?
    }
}

/// The questions of an edition that are answered by yes or no, in order.
pub(super) fn asked(
    instrument: &Instrument,
) -> impl Iterator<Item = (crate::instrument::QuestionIx, Asked)> {
    let places = super::AnswerPlaces::of(instrument);
    instrument.question_positions().filter_map(move |at| {
        let question = instrument.question(at);
        // A question of a checklist that does not count is no practice.
        if instrument.mode() == crate::instrument::Mode::Checklist && !question.counted() {
            return None;
        }
        Some((at, Asked::new(places.place(at)?.start, said(question)?)))
    })
}
