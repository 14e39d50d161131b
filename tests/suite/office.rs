//! Tables read back by LibreOffice: `tests/office/read_back.py`.
//!
//! Only where it is asked for, since it needs LibreOffice and Python:
//! `cargo test --test suite office -- --ignored`, or `.ci/office`, which installs them.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // figures are printed

use std::cell::Cell;
use std::fmt::Write;
use std::process::Command;

use casereview::exchange::report_books;
use casereview::report::{self, Sheet, csv};
use casereview::text::guard;
use serde_json::Value;

use crate::place::Place;

/// What a text may begin with, by someone who means harm, or not.
const HOSTILE: [&str; 12] = [
    "=1+1",
    "=HYPERLINK(\"http://example.invalid\";\"x\")",
    "+cmd|'/C calc'!A0",
    "-1+2",
    "-",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
    "''@SUM(1)",
    "Knox",
    "'tis",
];

/// Those that an import takes as they are; it takes blanks and guards off others.
fn taken_in() -> Vec<&'static str> {
    HOSTILE
        .into_iter()
        .filter(|text| !text.starts_with(['\t', '\r', '\'']) || *text == "'tis")
        .collect()
}

/// A table of all of them, as every report is one.
fn table() -> Sheet {
    use report::Cell::{Count, Note, Text};
    Sheet {
        groups: vec!["region"],
        columns: vec![("title", "title"), ("note", "note"), ("strength", "strength")],
        rows: HOSTILE
            .iter()
            .map(|text| {
                let text = (*text).to_owned();
                let cells = vec![Text(text.clone()), Note(Some(text.clone())), Count(1)];
                (vec![Some(text)], cells)
            })
            .collect(),
    }
}

fn place() -> Place {
    let place = Place::new();
    let mut file =
        "case,region,county,case_type,period,instrument,item,rating,review_kind,sample_id\n"
            .to_owned();
    for (nth, region) in taken_in().iter().enumerate() {
        let quoted = format!("\"{}\"", region.replace('"', "\"\""));
        for (item, rating) in [("17", "strength"), ("20", "ani")] {
            let facts = "foster-care,2026-H1,cfsr-r2-items-14-20";
            writeln!(file, "C-{nth},{quoted},{quoted},{facts},{item},{rating},pip,s").unwrap();
        }
    }
    place.write("ratings.csv", &file);
    place.ok(&["import", "ratings", "ratings.csv"]);
    place
}

/// A text as LibreOffice may give it back: of CSV it makes a line of its own of a carriage
/// return, of a workbook some versions do.
fn lines(text: &str) -> String {
    text.replace('\r', "\n")
}

#[test]
#[ignore = "needs LibreOffice: .ci/office"]
fn no_cell_is_a_formula_and_every_text_comes_back() {
    let place = place();
    let tables: [(&str, &[&str]); 2] = [
        ("items", &["report", "items", "--by", "region", "--where", "item=17"]),
        ("export", &["export", "items"]),
    ];
    let mut files = Vec::new();
    for (name, line) in tables {
        for format in ["csv", "xlsx"] {
            // Every row's rating leaves as CSV or JSON only.
            if (name, format) == ("export", "xlsx") {
                continue;
            }
            let file = format!("{name}.{format}");
            place.ok(&[line, &["--format", format, "--out", &file]].concat());
            files.push(file);
        }
    }
    let sheet = table();
    place.write("table.csv", csv(&sheet));
    place.write("table.xlsx", report_books(&[("Items", &sheet)]).unwrap());
    files.extend(["table.csv", "table.xlsx"].map(str::to_owned));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/office/read_back.py");
    let folder = place.path(".");
    let done =
        Command::new("python3").arg(script).arg("office").args(&files).current_dir(folder).output();
    let done = done.unwrap();
    let failed = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{failed}");
    let found: Value = serde_json::from_slice(&done.stdout).unwrap();

    for text in HOSTILE {
        assert!(["", "'"].contains(&guard(text).strip_suffix(text).unwrap()), "{text:?}");
    }
    for file in &files {
        assert_eq!(found[file]["formulas"], Value::from(Vec::<Value>::new()), "{file}");
    }
    let column = |file: &str, sheet: &str, name: &str| -> Vec<String> {
        let rows = found[file]["sheets"][sheet].as_array().unwrap();
        let at = rows[0].as_array().unwrap().iter().position(|head| head == name).unwrap();
        rows[1..].iter().map(|row| row[at].as_str().unwrap().to_owned()).collect()
    };
    let known = taken_in();
    let cells = Cell::new(0);
    let same = |file: &str, sheet: &str, name: &str, wanted: Vec<String>| {
        let mut found: Vec<String> =
            column(file, sheet, name).iter().map(|text| lines(text)).collect();
        let mut wanted = wanted;
        cells.set(cells.get() + found.len());
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{name} of {file}");
    };
    let bare = |texts: &[&str]| texts.iter().map(|text| lines(text)).collect::<Vec<_>>();
    let guarded = |texts: &[&str]| texts.iter().map(|text| lines(&guard(text))).collect::<Vec<_>>();
    same("items.xlsx", "Items", "region", bare(&known));
    same("items.csv", "items", "region", guarded(&known));
    let twice = [guarded(&known), guarded(&known)].concat();
    same("export.csv", "export", "region", twice);
    for name in ["region", "title", "note"] {
        same("table.xlsx", "Items", name, bare(&HOSTILE));
        same("table.csv", "table", name, guarded(&HOSTILE));
    }
    eprintln!("{} texts in {} files came back, no formula among them", cells.get(), files.len());
}
