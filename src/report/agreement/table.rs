//! Agreement counted, by line and group.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::Pairs;
use super::{AgreementLine, AgreementQuery, AgreementRow, Figures, Measured, PairColumn, Twice};
use crate::report::{Cell, Sheet};
use crate::stats::Level;

/// Agreement by line and group: lines in the order of the instruments, then groups in byte
/// order, the mode first.
#[derive(Debug, Clone)]
pub struct AgreementTable {
    /// On what it was measured.
    pub measured: Measured,
    /// What the groups are made of, the mode first.
    pub columns: Vec<PairColumn>,
    /// The rows.
    pub rows: Vec<AgreementRow>,
    /// Cases read twice that were counted.
    pub cases: u64,
    /// Short titles of their instruments.
    pub instruments: Vec<String>,
    /// Confidence level of the intervals.
    pub level: Level,
}

/// Line, mode, whether it is the row over all groups, group.
type Key = (usize, String, bool, Vec<String>);

impl Twice {
    /// Counts agreement.
    pub fn table(&self, query: &AgreementQuery) -> AgreementTable {
        let fitting: Vec<_> = self.reads.iter().filter(|read| query.fits(read)).collect();
        let ids: BTreeSet<&str> = fitting.iter().map(|read| read.instrument.as_str()).collect();
        let mut by: Vec<PairColumn> = query.by.clone();
        by.retain(|column| !matches!(column, PairColumn::Mode | PairColumn::Item));
        let several = ids.len() > 1 && query.measured != Measured::Pooled;
        if several && !by.contains(&PairColumn::Instrument) {
            by.push(PairColumn::Instrument);
        }
        let pooled = AgreementLine::pooled();
        let mut counts: BTreeMap<Key, Pairs> = BTreeMap::new();
        for read in &fitting {
            let mode = PairColumn::Mode.of(read);
            let group: Vec<String> = by.iter().map(|column| column.of(read)).collect();
            let mut met = BTreeSet::new();
            for mark in &read.marks {
                let line = &self.lines[mark.line];
                if !counts_line(query, line) {
                    continue;
                }
                let (at, given) = match query.measured {
                    Measured::Pooled => (0, mark.given.map(|at| pooled_place(line, &pooled, at))),
                    _ => (mark.line, mark.given),
                };
                let mut keys = vec![(at, mode.clone(), false, group.clone())];
                if query.total && !by.is_empty() {
                    keys.push((at, mode.clone(), true, Vec::new()));
                }
                for key in keys {
                    let pairs = counts.entry(key.clone()).or_default();
                    pairs.cases += u64::from(met.insert(key));
                    pairs.add(given);
                }
            }
        }
        let is_pooled = query.measured == Measured::Pooled;
        let rows = counts.into_iter().map(|((at, mode, is_total, group), pairs)| {
            let line = if is_pooled { &pooled } else { &self.lines[at] };
            let rest: Vec<Option<String>> = match is_total {
                true => vec![None; by.len()],
                false => group.into_iter().map(Some).collect(),
            };
            AgreementRow {
                group: std::iter::once(Some(mode)).chain(rest).collect(),
                id: line.id.clone(),
                title: line.title.clone(),
                figures: pairs.figures(&line.categories, is_pooled, query.level),
            }
        });
        let rows = rows.collect();
        let mut instruments: Vec<String> = Vec::new();
        for line in &self.lines {
            if ids.contains(line.instrument.as_str()) && !instruments.contains(&line.short) {
                instruments.push(line.short.clone());
            }
        }
        AgreementTable {
            measured: query.measured,
            columns: std::iter::once(PairColumn::Mode).chain(by).collect(),
            rows,
            cases: fitting.len() as u64,
            instruments,
            level: query.level,
        }
    }
}

/// Whether a line belongs to what is asked.
pub(super) fn counts_line(query: &AgreementQuery, line: &AgreementLine) -> bool {
    let measured = match query.measured {
        Measured::Pooled => Measured::Items,
        other => other,
    };
    let is_wanted = || {
        // A question belongs to the item its id begins with.
        let item = match line.measured {
            Measured::Questions => line.id.split('.').next().unwrap_or_default(),
            _ => line.id.as_str(),
        };
        query.wants(PairColumn::Item, item)
    };
    let sub_items = query.sub_items && query.measured != Measured::Pooled;
    line.measured == measured && (sub_items || !line.is_sub_item) && is_wanted()
}

/// A category of an item among those of all items.
fn pooled_place(line: &AgreementLine, pooled: &AgreementLine, at: Option<u16>) -> Option<u16> {
    let (code, _) = line.categories.get(usize::from(at?))?;
    pooled.categories.iter().position(|(known, _)| known == code).map(|at| at as u16)
}

impl AgreementTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let keys: &[(&str, &str)] = match self.measured {
            Measured::Items | Measured::Applicability => &[("item", "item"), ("title", "title")],
            Measured::Questions => &[("question", "question"), ("title", "title")],
            Measured::Pooled => &[],
        };
        let row = |row: &AgreementRow| {
            let mut cells = Vec::new();
            if !keys.is_empty() {
                cells.extend([Cell::Text(row.id.clone()), Cell::Text(row.title.clone())]);
            }
            cells.extend(row.figures.cells());
            (row.group.clone(), cells)
        };
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: keys.iter().copied().chain(Figures::COLUMNS).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

impl Figures {
    /// Columns of figures, in CSV and JSON.
    pub(super) const COLUMNS: [(&'static str, &'static str); 14] = [
        ("cases", "cases"),
        ("n", "n"),
        ("missing", "missing"),
        ("same", "same"),
        ("percent_agreement", "agreement"),
        ("low", "low"),
        ("high", "high"),
        ("kappa", "kappa"),
        ("kappa_low", "kappa_low"),
        ("kappa_high", "kappa_high"),
        ("ac1", "ac1"),
        ("ac1_low", "ac1_low"),
        ("ac1_high", "ac1_high"),
        ("note", "note"),
    ];

    /// Their cells.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let found = &self.agreement;
        let interval = found.share.map(|(_, interval)| interval);
        let mut cells = vec![
            Cell::Count(self.cases),
            Cell::Count(found.n),
            Cell::Count(self.missing),
            Cell::Count(found.same),
            Cell::Share { x: found.same, n: found.n },
            Cell::Bound(interval.map(|interval| interval.low)),
            Cell::Bound(interval.map(|interval| interval.high)),
        ];
        for figure in [found.kappa, found.ac1] {
            cells.extend([
                Cell::Figure(figure.map(|figure| figure.value)),
                Cell::Figure(figure.map(|figure| figure.interval.low)),
                Cell::Figure(figure.map(|figure| figure.interval.high)),
            ]);
        }
        let notes = self.notes.join("; ");
        cells.push(Cell::Note((!notes.is_empty()).then_some(notes)));
        cells
    }
}
