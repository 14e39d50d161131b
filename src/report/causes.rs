//! Root causes of settled differences: which wording to mend, who needs coaching.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Sheet};
use crate::text::{clean, count, fit, fit_right, width, wrap};

/// Lines fit this.
const SCREEN: usize = 80;

/// A kind of cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CauseKind {
    /// Column in files.
    pub column: &'static str,
    /// Head of its column on screen, two lines.
    pub head: [&'static str; 2],
    /// In words.
    pub title: &'static str,
    /// What to do about it where it is the most frequent one of a question or a reviewer.
    pub advice: [Option<&'static str>; 2],
}

/// The causes, in the order of their codes.
pub const CAUSES: [CauseKind; 6] = [
    CauseKind {
        column: "missed_evidence",
        head: ["evidence", "missed"],
        title: "evidence missed",
        advice: [Some("say in its guidance where to look"), Some("coach on finding evidence")],
    },
    CauseKind {
        column: "read_differently",
        head: ["read dif-", "ferently"],
        title: "instrument read differently",
        advice: [Some("mend its wording or guidance"), Some("go through the guidance together")],
    },
    CauseKind {
        column: "applicability",
        head: ["applica-", "bility"],
        title: "applicability",
        advice: [
            Some("say more clearly when it applies"),
            Some("go through when items apply together"),
        ],
    },
    CauseKind {
        column: "period",
        head: ["", "period"],
        title: "period under review",
        advice: [Some("name the period in its wording"), Some("coach on the period under review")],
    },
    CauseKind {
        column: "slip",
        head: ["", "slip"],
        title: "slip",
        advice: [None, Some("have answers read over before they are handed in")],
    },
    CauseKind {
        column: "judgment",
        head: ["judg-", "ment"],
        title: "true judgment",
        advice: [Some("talk it over in the group: the facts were the same"), None],
    },
];

/// A settled difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// Review number.
    pub case: String,
    /// Id of the question.
    pub question: String,
    /// Its wording.
    pub title: String,
    /// Its place in its instrument, for the order of rows.
    pub place: usize,
    /// Codes of who read first and second.
    pub readers: [String; 2],
    /// Whose answer was taken; neither where the lead gave another.
    pub taken: [bool; 2],
    /// Place of the cause in [`CAUSES`].
    pub cause: usize,
}

/// What the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CauseLines {
    /// A row a question: which wording to mend.
    #[default]
    Question,
    /// A row a cause.
    Cause,
    /// A row a reviewer: who needs coaching. Counted are the differences in which their answer
    /// was not the one taken.
    Reviewer,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseRow {
    /// Id of the question, code of the reviewer, or column of the cause.
    pub id: String,
    /// Its wording or words.
    pub title: String,
    /// Different cases.
    pub cases: u64,
    /// Differences settled: of a reviewer all those in cases they read.
    pub settled: u64,
    /// Those counted by cause: of a reviewer the ones in which another answer was taken.
    pub counted: u64,
    /// How many of each of [`CAUSES`].
    pub causes: [u64; CAUSES.len()],
    /// The most frequent one, where it makes at least half, of two or more.
    pub most: Option<usize>,
    /// What to do about it.
    pub advice: Option<&'static str>,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseTable {
    /// What the rows are.
    pub lines: CauseLines,
    /// The rows: questions in the order of their instrument, causes by frequency, reviewers in
    /// byte order.
    pub rows: Vec<CauseRow>,
    /// Differences settled, and in how many cases.
    pub settled: (u64, u64),
}

/// Counts root causes.
pub fn causes(seen: &[Cause], lines: CauseLines) -> CauseTable {
    // By line its title, and the settled differences, each with whether it counts.
    type Line<'c> = (String, Vec<(&'c Cause, bool)>);
    let mut rows: BTreeMap<(usize, String), Line<'_>> = BTreeMap::new();
    for one in seen {
        let mut add = |key: (usize, String), title: String, counts: bool| {
            rows.entry(key).or_insert((title, Vec::new())).1.push((one, counts));
        };
        match lines {
            CauseLines::Question => {
                add((one.place, one.question.clone()), one.title.clone(), true);
            }
            CauseLines::Cause => {
                let kind = CAUSES[one.cause];
                add((one.cause, kind.column.to_owned()), kind.title.to_owned(), true);
            }
            CauseLines::Reviewer => {
                for (reader, taken) in one.readers.iter().zip(one.taken) {
                    add((0, reader.clone()), String::new(), !taken);
                }
            }
        }
    }
    let advice = usize::from(lines == CauseLines::Reviewer);
    let mut rows: Vec<CauseRow> = rows
        .into_iter()
        .map(|((_, id), (title, found))| {
            let mut causes = [0; CAUSES.len()];
            found.iter().filter(|(_, counts)| *counts).for_each(|(one, _)| causes[one.cause] += 1);
            let counted: u64 = causes.iter().sum();
            let most = (0..CAUSES.len()).rev().max_by_key(|at| causes[*at]);
            let most = most.filter(|at| counted > 1 && 2 * causes[*at] >= counted);
            CauseRow {
                id,
                title,
                cases: cases(found.iter().map(|(one, _)| *one)),
                settled: found.len() as u64,
                counted,
                causes,
                most: most.filter(|_| lines != CauseLines::Cause),
                advice: most
                    .filter(|_| lines != CauseLines::Cause)
                    .and_then(|at| CAUSES[at].advice[advice]),
            }
        })
        .collect();
    if lines == CauseLines::Cause {
        rows.sort_by_key(|row| std::cmp::Reverse(row.counted));
    }
    CauseTable { lines, rows, settled: (seen.len() as u64, cases(seen.iter())) }
}

fn cases<'c>(seen: impl Iterator<Item = &'c Cause>) -> u64 {
    seen.map(|one| one.case.as_str()).collect::<BTreeSet<_>>().len() as u64
}

impl CauseTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let mut columns: Vec<(&str, &str)> = match self.lines {
            CauseLines::Question => vec![("question", "question"), ("title", "title")],
            CauseLines::Cause => vec![("cause", "cause"), ("title", "title")],
            CauseLines::Reviewer => vec![("reviewer", "reviewer")],
        };
        columns.push(("cases", "cases"));
        columns.push(("settled", "settled"));
        match self.lines {
            CauseLines::Cause => columns.push(("percent", "proportion")),
            CauseLines::Question => {}
            CauseLines::Reviewer => columns.push(("not_taken", "not_taken")),
        }
        if self.lines != CauseLines::Cause {
            columns.extend(CAUSES.iter().map(|kind| (kind.column, kind.column)));
            columns.extend([("most", "most"), ("note", "note")]);
        }
        let row = |row: &CauseRow| {
            let mut cells = vec![Cell::Text(row.id.clone())];
            if self.lines != CauseLines::Reviewer {
                cells.push(Cell::Text(row.title.clone()));
            }
            cells.extend([Cell::Count(row.cases), Cell::Count(row.settled)]);
            match self.lines {
                CauseLines::Cause => {
                    cells.push(Cell::Share { x: row.counted, n: self.settled.0 });
                }
                CauseLines::Question => {}
                CauseLines::Reviewer => cells.push(Cell::Count(row.counted)),
            }
            if self.lines != CauseLines::Cause {
                cells.extend(row.causes.iter().map(|count| Cell::Count(*count)));
                let most = row.most.map(|at| CAUSES[at].title.to_owned());
                cells.extend([Cell::Note(most), Cell::Note(row.advice.map(str::to_owned))]);
            }
            (Vec::new(), cells)
        };
        Sheet { groups: Vec::new(), columns, rows: self.rows.iter().map(row).collect() }
    }

    /// The report as text.
    pub fn text(&self) -> String {
        let (settled, cases) = self.settled;
        let by = match self.lines {
            CauseLines::Question => "question",
            CauseLines::Cause => "cause",
            CauseLines::Reviewer => "reviewer",
        };
        let settled_words = count(settled as usize, "difference", "differences");
        let cases = count(cases as usize, "case", "cases");
        let mut out = format!("Root causes by {by}: {settled_words} settled in {cases}\n\n");
        if self.lines == CauseLines::Cause {
            for row in &self.rows {
                let percent = crate::stats::percent_text(row.counted, settled);
                let title = fit(&row.title, 30);
                let cases = count(row.cases as usize, "case", "cases");
                out += &format!("  {title}{:>5}{percent:>7} %   in {cases}\n", row.counted);
            }
            return out;
        }
        let label = self.rows.iter().map(|row| width(&clean(&row.id))).max().unwrap_or(0);
        let label = label.clamp(8, 22);
        for at in 0..2 {
            let mut line = format!("  {}", fit(if at == 1 { by } else { "" }, label));
            let counted = match (self.lines, at) {
                (CauseLines::Reviewer, 0) => "not",
                (CauseLines::Reviewer, _) => "taken",
                (_, 0) => "",
                _ => "n",
            };
            line += &fit_right(counted, 7);
            CAUSES.iter().for_each(|kind| line += &fit_right(kind.head[at], 10));
            out += &(line.trim_end().to_owned() + "\n");
        }
        for row in &self.rows {
            let mut line = format!("  {}{:>7}", fit(&clean(&row.id), label), row.counted);
            row.causes.iter().for_each(|count| line += &fit_right(&count.to_string(), 10));
            out += &(line + "\n");
            let said = match self.lines {
                CauseLines::Question => clean(&row.title).into_owned(),
                _ => String::new(),
            };
            for part in wrap(&said, SCREEN - 6).iter().filter(|part| !part.is_empty()) {
                out += &format!("      {part}\n");
            }
            if let Some(advice) = row.advice {
                out += &format!("      -> {advice}\n");
            }
        }
        if self.lines == CauseLines::Reviewer {
            out += "\n  Counted are differences in which another answer was taken. A disagreement\n  is no mistake: read them together with the reviewer. Private to the two of you.\n";
        }
        out
    }
}
