//! Cases go to the program and their ratings come back, both as CSV; every line is compared
//! with what the statement says.

use std::fmt::Write as _;
use std::process::Command;

use super::case::{Line, Verdict};
use super::form::ITEMS;
use super::ways::Answers;
use super::{outcomes, statement};

/// The answers of a case, item by item as in [`ITEMS`]; none where an item is left blank.
pub type Case = Vec<Option<Answers>>;

/// Cases scored by one call of the program.
const CHUNK: usize = 20_000;

/// Scores cases of one type and compares every line.
pub struct Compared<'c> {
    instrument: &'c str,
    case_type: &'c str,
    /// What an item without any answer comes out as.
    blank: Vec<Vec<Line>>,
    lines: u64,
}

impl<'c> Compared<'c> {
    pub fn new(instrument: &'c str, case_type: &'c str) -> Self {
        let in_home = case_type != "foster-care";
        let blank = (0..ITEMS.len()).map(|at| statement::item(at, in_home, &[])).collect();
        Self { instrument, case_type, blank, lines: 0 }
    }

    pub fn cases(&mut self, cases: &[Case]) {
        let case_type = self.case_type;
        let mut file = String::from("case,case_type,question,answer\n");
        for (at, case) in cases.iter().enumerate() {
            writeln!(file, "{at},{case_type},,").unwrap();
            for (question, answer) in case.iter().flatten().flatten() {
                if let Some(answer) = answer {
                    writeln!(file, "{at},{case_type},{question},{answer}").unwrap();
                }
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.csv");
        std::fs::write(&path, file).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_casereview"))
            .args(["score", self.instrument, "--answers"])
            .arg(&path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let out = String::from_utf8(output.stdout).unwrap();

        let mut lines = out.lines();
        assert_eq!(lines.next(), Some("case,kind,id,rating,reason"));
        let (mut wrong, mut shown) = (0, String::new());
        let mut wanted = String::new();
        for (at, case) in cases.iter().enumerate() {
            for (kind, id, Verdict { rating, reason }) in self.expected(case) {
                wanted.clear();
                write!(wanted, "{at},{kind},{id},{rating},{reason}").unwrap();
                let got = lines.next();
                self.lines += 1;
                if got != Some(wanted.as_str()) {
                    wrong += 1;
                    if wrong <= 10 {
                        let item = ITEMS.iter().position(|item| id.starts_with(item.id));
                        let given = item.map(|item| &case[item]);
                        writeln!(
                            shown,
                            "{case_type} {given:?}\n  expected {wanted}\n  got      {got:?}"
                        )
                        .unwrap();
                    }
                }
            }
        }
        assert_eq!(wrong, 0, "{}: {wrong} lines differ:\n{shown}", self.instrument);
        assert_eq!(lines.next(), None);
    }

    pub fn expected(&self, case: &Case) -> Vec<Line> {
        let in_home = self.case_type != "foster-care";
        let mut lines = Vec::with_capacity(28);
        for (position, given) in case.iter().enumerate() {
            match given {
                Some(given) => lines.extend(statement::item(position, in_home, given)),
                None => lines.extend_from_slice(&self.blank[position]),
            }
        }
        let rating = |id: &str| lines.iter().find(|line| line.1 == id).unwrap().2.rating;
        let education = ["16.A", "16.B"].map(|question| {
            let given = case[15].iter().flatten().find(|(id, _)| *id == question);
            given.and_then(|(_, answer)| *answer)
        });
        let outcomes = outcomes::outcomes(&rating, education);
        lines.extend(outcomes);
        lines
    }
}

/// Compares cases of one type that come one by one; gives how many there were, and lines.
pub fn compare(
    instrument: &str,
    case_type: &str,
    mut cases: impl Iterator<Item = Case>,
) -> [u64; 2] {
    let mut compared = Compared::new(instrument, case_type);
    let mut count = 0;
    loop {
        let chunk: Vec<Case> = cases.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return [count, compared.lines];
        }
        count += chunk.len() as u64;
        compared.cases(&chunk);
    }
}
