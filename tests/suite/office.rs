//! Tables read back by LibreOffice: `tests/office/read_back.py`.
//!
//! Only where it is asked for, since it needs LibreOffice and Python:
//! `cargo test --test suite office -- --ignored`, or `.ci/office`, which installs them.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::process::Command;

use casereview::text::guard;
use serde_json::Value;

use crate::place::Place;

/// What a region may be called by someone who means harm, or not.
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

fn place() -> Place {
    let place = Place::new();
    let mut file =
        "case,region,county,case_type,period,instrument,item,rating,review_kind,sample_id\n"
            .to_owned();
    for (nth, region) in HOSTILE.iter().enumerate() {
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

/// A text as LibreOffice gives it back: it makes a line of its own of a carriage return.
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
    let mut wanted: Vec<String> = HOSTILE.map(lines).into();
    wanted.sort();
    let mut book = column("items.xlsx", "Items", "region");
    book.sort();
    assert_eq!(book, wanted, "a workbook holds the texts themselves");
    for (file, sheet, times) in [("items.csv", "items", 1), ("export.csv", "export", 2)] {
        let mut found = column(file, sheet, "region");
        found.sort();
        let guarded = HOSTILE.iter().flat_map(|text| vec![lines(&guard(text)); times]);
        let mut guarded: Vec<String> = guarded.collect();
        guarded.sort();
        assert_eq!(found, guarded, "{file}");
        assert!(found.iter().all(|text| !text.starts_with(['=', '+', '-', '@', '\t', '\n'])));
    }
}
