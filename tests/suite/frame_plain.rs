//! Plain CSV is read in blocks by several threads, any other by a full reader: both must see
//! the same frame and the same problems, and the order of rows must change nothing.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use casereview::exchange::{FrameError, read_frame};
use casereview::sampling::{Plan, Receipt, check, draw};

const PLAN: &str = "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\ncase_type = \"Type\"\n\
    opened = \"Opened\"\nclosed = \"Closed\"\nfamily = \"Family\"\n\
    [values.case_type]\nFC = \"foster-care\"\nIH = \"in-home\"\n\
    [period]\nsampling = \"2026-H1\"\n[eligible]\nin-home.open_days_at_least = 45\n\
    [strata]\nby = [\"case_type\", \"region\"]\n[sizes]\ntotal = 40\n[spares]\nper_stratum = 3\n";

fn plan(text: &str) -> Plan {
    let checked = check(text);
    checked.plan.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

/// A small generator of numbers: the same ones in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % most
    }
}

const HEADER: &str = "Family,Case ID,Region,Type,Opened,Closed,Note";

/// Rows as people's lists have them; `wrong`: with faults here and there.
fn rows(numbers: &mut Numbers, count: usize, wrong: bool) -> Vec<String> {
    let mut rows = Vec::new();
    for at in 0..count {
        let region = ["East", " Knox ", "Do\u{f1}a Ana", "Shelby"][numbers.below(4) as usize];
        let kind = ["FC", "IH"][numbers.below(2) as usize];
        let day = 1 + numbers.below(28);
        let closed = if numbers.below(3) == 0 { "2026-05-30" } else { "" };
        let note = ["", "'=1+1", "a;b", "\u{a0}x"][numbers.below(4) as usize];
        let mut row =
            format!("F-{},C-{at:07},{region},{kind},2026-02-{day:02},{closed},{note}", at / 2);
        if wrong {
            row = match numbers.below(400) {
                0 => row.replace(",FC,", ",Foster,"),
                1 => row + ",",
                2 => row.replace("2026-02-", "2026-2-"),
                3 => row.replace("C-0", "C-1"),
                4 => format!("F-1,,{region},{kind},2026-02-01,2026-01-01,{note}"),
                5 => String::new(),
                6 => ",,,,,,".to_owned(),
                7 => "  ,".to_owned(),
                _ => row,
            };
        }
        rows.push(row);
    }
    rows
}

fn file(rows: &[String], end: &str) -> String {
    let mut text = format!("{HEADER}{end}");
    for row in rows {
        let _ = write!(text, "{row}{end}");
    }
    text
}

/// What a file is read as: hash and receipt, or every problem.
fn seen(text: &[u8]) -> String {
    let plan = plan(PLAN);
    match read_frame(text, plan.mapping()) {
        Ok(frame) => {
            let drawn = match draw(&frame, &plan, "7") {
                Ok(drawn) => drawn,
                Err(problems) => return format!("{problems:?}"),
            };
            let mut receipt = Receipt::new(&drawn, &frame, &plan, Default::default());
            // The file itself differs by the quotation marks.
            receipt.frame.file_sha256.clear();
            let all: Vec<String> = frame.cases().map(|case| case.cells().join("|")).collect();
            format!("{}\n{}", receipt.to_json(), all.join("\n"))
        }
        Err(FrameError::Problems(problems)) => {
            let list: Vec<String> = problems.list().iter().map(|p| format!("{p:?}")).collect();
            format!("{}\n{} more", list.join("\n"), problems.more())
        }
        Err(error) => error.to_string(),
    }
}

/// The same file with one cell in quotation marks, which the full reader takes over from.
fn quoted(text: &str, at: usize) -> String {
    let end = at + text[at..].find([',', '\r', '\n']).unwrap_or(text.len() - at);
    format!("{}\"{}\"{}", &text[..at], &text[at..end], &text[end..])
}

#[test]
fn blocks_and_the_full_reader_see_the_same_frame() {
    let mut numbers = Numbers(11);
    for (count, wrong) in [(3, true), (300, false), (40_000, false), (60, true), (40_000, true)] {
        for end in ["\n", "\r\n"] {
            let rows = rows(&mut numbers, count, wrong);
            let text = file(&rows, end);
            let plain = seen(text.as_bytes());
            // One case is fewer than the plan asks for.
            let drawn = wrong || count < 40 || plain.contains("\"full\"");
            assert!(drawn, "{}", &plain[..plain.len().min(300)]);
            assert_eq!(plain, seen(quoted(&text, 0).as_bytes()), "{count} {wrong} {end:?}");
            // Plain up to the middle; without an end of the last line.
            let half = &text.as_bytes()[..text.len() / 2];
            let middle = half.iter().rposition(|byte| *byte == b'\n').unwrap_or(0) + 1;
            let mixed = quoted(&text, middle);
            assert_eq!(plain, seen(mixed.trim_end().as_bytes()), "{count} {wrong} {end:?} mixed");
        }
    }
}

#[test]
fn the_order_of_rows_changes_nothing_but_the_file() {
    let mut numbers = Numbers(5);
    let mut rows = rows(&mut numbers, 30_000, false);
    let first = seen(file(&rows, "\n").as_bytes());
    rows.reverse();
    assert_eq!(first, seen(file(&rows, "\n").as_bytes()));
}

#[test]
fn a_byte_order_mark_only_counts_at_the_start() {
    let row = "F-1,C-1,East,FC,2026-02-01,,x";
    let text = format!("\u{feff}{HEADER}\n{row}\n\u{feff}{row}\n");
    let plain = seen(text.as_bytes());
    assert_eq!(plain, seen(quoted(&text, 3).as_bytes()));
    assert!(plain.contains("stands in row 2 too"), "{plain}");
}
