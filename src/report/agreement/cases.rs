//! The cases two people read, with the items they rate differently.

use std::collections::BTreeSet;

use super::table::counts_line;
use super::{AgreementLine, AgreementQuery, Measured, Twice, TwiceRead, mode_title, pair_name};
use crate::report::{Cell, Sheet};
use crate::text::{clean, count, fit, width, wrap};

/// A case read twice, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwiceCase {
    /// Review number.
    pub case: String,
    /// Code of the mode.
    pub mode: String,
    /// Region.
    pub region: String,
    /// Code of the case type.
    pub case_type: String,
    /// Month of the later first seal.
    pub month: String,
    /// The two readers in byte order.
    pub readers: [String; 2],
    /// Items both rated.
    pub n: u64,
    /// Those rated the same.
    pub same: u64,
    /// Items rated differently: id, and both ratings in byte order: who gave which is told once
    /// the case is settled, by the screen that settles it.
    pub differ: Vec<(String, [String; 2])>,
}

impl TwiceCase {
    /// "14: ANI and Strength".
    pub fn differs(&self) -> Vec<String> {
        self.differ.iter().map(|(id, [one, other])| format!("{id}: {one} and {other}")).collect()
    }
}

impl Twice {
    /// The cases that fit, in the order of their numbers.
    pub fn cases(&self, query: &AgreementQuery) -> Vec<TwiceCase> {
        let query = AgreementQuery { measured: Measured::Items, sub_items: false, ..query.clone() };
        let fitting = self.reads.iter().filter(|read| query.fits(read));
        let mut cases: Vec<TwiceCase> = fitting.map(|read| self.case(&query, read)).collect();
        cases.sort_by(|a, b| a.case.cmp(&b.case));
        cases
    }

    /// The cases in which the two differ on a line of this id.
    pub fn parted(&self, measured: Measured, id: &str) -> BTreeSet<String> {
        let is_it = |line: &AgreementLine| line.measured == measured && line.id == id;
        let differ = |read: &&TwiceRead| {
            let mut marks = read.marks.iter().filter(|mark| is_it(&self.lines[mark.line]));
            marks.any(|mark| mark.agrees() == Some(false))
        };
        self.reads.iter().filter(differ).map(|read| read.facts.case.clone()).collect()
    }

    fn case(&self, query: &AgreementQuery, read: &TwiceRead) -> TwiceCase {
        let mut readers = read.facts.readers.clone();
        readers.sort();
        let mut case = TwiceCase {
            case: read.facts.case.clone(),
            mode: read.facts.mode.clone(),
            region: read.facts.region.clone(),
            case_type: read.facts.case_type.clone(),
            month: read.facts.month.clone(),
            readers,
            n: 0,
            same: 0,
            differ: Vec::new(),
        };
        for mark in &read.marks {
            let line = &self.lines[mark.line];
            let (Some(agrees), true) = (mark.agrees(), counts_line(query, line)) else { continue };
            case.n += 1;
            case.same += u64::from(agrees);
            if !agrees {
                let mut words = mark.given.map(|at| {
                    let found = at.and_then(|at| line.categories.get(usize::from(at)));
                    found.map(|(_, words)| words.clone()).unwrap_or_default()
                });
                words.sort();
                case.differ.push((line.id.clone(), words));
            }
        }
        case
    }
}

/// The cases as typed cells.
pub fn cases_sheet(cases: &[TwiceCase]) -> Sheet {
    let row = |case: &TwiceCase| {
        let cells = vec![
            Cell::Text(case.case.clone()),
            Cell::Text(case.region.clone()),
            Cell::Text(case.case_type.clone()),
            Cell::Text(case.month.clone()),
            Cell::Text(case.readers[0].clone()),
            Cell::Text(case.readers[1].clone()),
            Cell::Count(case.n),
            Cell::Count(case.same),
            Cell::Share { x: case.same, n: case.n },
            Cell::Text(case.differs().join("; ")),
        ];
        (vec![Some(case.mode.clone())], cells)
    };
    let columns = [
        ("case", "case"),
        ("region", "region"),
        ("case_type", "case_type"),
        ("month", "month"),
        ("reader", "reader"),
        ("with", "with"),
        ("n", "n"),
        ("same", "same"),
        ("percent_agreement", "agreement"),
        ("differ", "differ"),
    ];
    Sheet { groups: vec!["mode"], columns: columns.to_vec(), rows: cases.iter().map(row).collect() }
}

/// The cases as text.
pub fn cases_text(cases: &[TwiceCase]) -> String {
    let Some(first) = cases.first() else { return String::new() };
    let known = count(cases.len(), "case", "cases");
    let mut out = format!("{}: {known}\n\n", clean(&pair_name(&first.readers)));
    let region = cases.iter().map(|case| width(&clean(&case.region))).max().unwrap_or(0);
    let region = region.clamp(6, 24) + 2;
    for case in cases {
        let facts = format!(
            "  {}{}{}{}",
            fit(&case.case, 8),
            fit(&clean(&case.region), region),
            fit(mode_title(&case.mode), 18),
            fit(&case.month, 9),
        );
        out += &format!("{facts}{} of {} the same\n", case.same, case.n);
        for part in wrap(&clean(&case.differs().join("; ")), 74) {
            out += &format!("      {part}\n");
        }
    }
    out
}
