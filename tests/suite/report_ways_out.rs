//! Reports as files: workbook, byte-order mark, and what stands in the way.

#![allow(clippy::unwrap_used)]

use std::fs;

use calamine::{Data, Reader, Xlsx};

use crate::import_answers;
use crate::place::Place;

fn filled() -> Place {
    let place = Place::new();
    let (text, _) = import_answers::file(60);
    place.write("answers.csv", &text);
    place.ok(&["import", "answers", "answers.csv"]);
    place
}

#[test]
fn a_workbook_holds_numbers_as_numbers_and_texts_as_texts() {
    let place = filled();
    place.ok(&["report", "items", "--by", "region", "--format", "xlsx", "--out", "items.xlsx"]);
    let csv = place.ok(&["report", "items", "--by", "region", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let wanted: Vec<_> = reader.records().map(Result::unwrap).collect();
    let bytes = fs::read(place.path("items.xlsx")).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Items", "Codebook"]);
    let sheet = book.worksheet_range("Items").unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let names: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
    assert_eq!(names, header);
    assert_eq!(rows.len(), wanted.len() + 1);
    let mut guarded = 0;
    for (row, wanted) in rows[1..].iter().zip(&wanted) {
        for ((cell, name), text) in row.iter().zip(&header).zip(wanted) {
            match (cell, name.as_str()) {
                (Data::Float(share), "percent" | "low" | "high" | "bar" | "state_percent") => {
                    assert!((share * 100.0 - text.parse::<f64>().unwrap()).abs() < 0.050_001);
                }
                (Data::Float(count), _) => assert_eq!(count.to_string(), text),
                (Data::Int(count), _) => assert_eq!(count.to_string(), text),
                (Data::String(same), _) => {
                    guarded += u32::from(text.starts_with('\''));
                    assert_eq!(same, text.strip_prefix('\'').unwrap_or(text));
                }
                (Data::Empty, "percent" | "low" | "high" | "against_state") => assert_eq!(text, ""),
                (other, name) => panic!("{other:?} in {name}"),
            }
        }
    }
    assert!(guarded > 0, "a region that begins with = is there, as a text");
    assert_eq!(book.worksheet_formula("Items").unwrap().used_cells().count(), 0);
    let codebook = book.worksheet_range("Codebook").unwrap();
    assert_eq!(codebook.rows().count(), header.len() + 1);
    for row in codebook.rows() {
        assert!(!row[2].to_string().is_empty(), "{} has no meaning", row[1]);
    }
}

#[test]
fn every_column_of_every_report_has_a_meaning() {
    let place = filled();
    for subject in ["items", "outcomes", "questions", "components", "participants", "reasons"] {
        let csv = place.ok(&["report", subject, "--by", "region", "--format", "csv"]);
        for name in csv.lines().next().unwrap().split(',') {
            assert!(!casereview::report::meaning(name).is_empty(), "{name} of {subject}");
        }
    }
}

#[test]
fn csv_begins_with_a_byte_order_mark_only_when_asked() {
    let place = filled();
    let plain = place.ok(&["report", "items", "--format", "csv"]);
    let marked = place.ok(&["report", "items", "--format", "csv", "--bom"]);
    assert_eq!(marked, format!("\u{feff}{plain}"));
    let (code, out, err) = place.run(&["report", "items", "--bom"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: --bom: only CSV has a byte-order mark\n  help: use it with --format csv\n"
    );
}

#[test]
fn a_file_is_there_whole_or_not_at_all() {
    let place = filled();
    let refused = |line: &str, code: i32, begins: &str| {
        let line: Vec<&str> = line.split(' ').collect();
        let (found, out, err) = place.run(&line);
        assert_eq!((found, out.as_str()), (code, ""), "{line:?}: {err}");
        assert!(err.starts_with(begins), "{err}");
    };
    refused("report items --format xlsx", 2, "error: --format xlsx: a workbook is a file\n");
    refused("status --format xlsx", 2, "error: --format xlsx: only reports leave as a workbook\n");
    place.ok(&["report", "items", "--format", "csv", "--out", "a.csv"]);
    let before = fs::read(place.path("a.csv")).unwrap();
    assert_eq!(before, place.ok(&["report", "items", "--format", "csv"]).as_bytes());
    refused(
        "report items --by region --format csv --out a.csv",
        2,
        "error: a.csv is there already\n",
    );
    assert_eq!(fs::read(place.path("a.csv")).unwrap(), before);
    place
        .ok(&["report", "items", "--by", "region", "--format", "csv", "--out", "a.csv", "--force"]);
    assert_ne!(fs::read(place.path("a.csv")).unwrap(), before);
    let named = "error: --out a.csv: the name is of csv, but text would be written\n  \
                 help: add --format csv, or let the name end in .txt\n";
    refused("report items --out a.csv --force", 2, named);
    let named = "error: --out b.TXT: the name is of text, but xlsx would be written\n  \
                 help: add --format text, or let the name end in .xlsx\n";
    refused("pip status --format xlsx --out b.TXT", 2, named);
    refused(
        "report items --format csv --out none/a.csv",
        3,
        "error: none/a.csv can't be written: its folder is not there: make it first, or name another\n",
    );
    let names = fs::read_dir(place.path(".")).unwrap().map(|one| one.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().ends_with(".part")));
}

#[test]
fn nothing_replaces_a_workspace() {
    let place = filled();
    place.ok(&["backup", "copy.db"]);
    let before = fs::read(place.path("casereview.db")).unwrap();
    for (line, file) in [
        ("page results --out casereview.db --force", "casereview.db"),
        ("report items --out casereview.db --force", "casereview.db"),
        ("report items --format csv --out copy.db --force", "copy.db"),
        ("export items --format csv --out casereview.db --force", "casereview.db"),
        ("export codebook --out casereview.db --force", "casereview.db"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let (code, _, err) = place.run(&words);
        let told = format!(
            "error: {file} is a workspace or a backup of one, and stays\n  \
             help: name another file with --out\n"
        );
        assert_eq!((code, err), (2, told), "{line}");
    }
    let (code, _, err) = place.run(&["backup", "casereview.db", "--force"]);
    let told = "error: casereview.db is the workspace itself\n  \
                help: name another file for its backup\n";
    assert_eq!((code, err.as_str()), (2, told));
    assert_eq!(fs::read(place.path("casereview.db")).unwrap(), before);
    place.ok(&["backup", "copy.db", "--force"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_closed_pipe() {
    let place = filled();
    let run = |out: std::process::Stdio| {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("casereview"));
        command.current_dir(place.path(".")).args(["report", "items", "--by", "region"]);
        command.env_remove("CASEREVIEW_WORKSPACE").env_remove("CASEREVIEW_USER");
        command.stdout(out).stderr(std::process::Stdio::piped()).output().unwrap()
    };
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = run(full.into());
    assert_eq!(output.status.code(), Some(3));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.starts_with("error: the output can't be written: "), "{err}");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = run(writer.into());
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn progress_adds_up_to_what_status_lists() {
    let place = filled();
    let json = place.ok(&["report", "progress", "--by", "region", "--total", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let status = place.ok(&["status", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(status.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let listed: Vec<_> = reader.records().map(Result::unwrap).collect();
    for row in &rows {
        let region = row["group"]["region"].as_str();
        let here = |line: &&csv::StringRecord| {
            region.is_none_or(|region| line[column("region")].trim_start_matches('\'') == region)
        };
        let cases = listed.iter().filter(here).count() as u64;
        let done = listed.iter().filter(here).filter(|l| &l[column("status")] == "final").count();
        assert_eq!(row["cases"], cases, "{row}");
        assert_eq!(row["final"], done as u64, "{row}");
    }
    assert_eq!(rows.last().unwrap()["cases"], 60);
    let text = place.ok(&["report", "progress"]);
    assert!(text.starts_with("Progress: 60 final reviews\n"), "{text}");
    let (code, _, err) = place.run(&["report", "progress", "--by", "period"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: --by period: progress is not counted by it\n"), "{err}");
}
