//! Workbooks made to do harm, and one with all the habits of Excel, through the program.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::tempdir;

use crate::frame_workbook::{HEADER, number, row, text, workbook};
use crate::program;

const PLAN: &str = "[columns]\ncase = \"Case ID\"\ncounty = \"County\"\nopened = \"Opened\"\n\
    [sizes]\ntotal = 2\n";

/// Draws from a workbook with 256 MB of memory for everything the program maps: exit code,
/// stdout and stderr.
fn draw(folder: &Path, file: &[u8]) -> (i32, String, String) {
    fs::write(folder.join("frame.xlsx"), file).unwrap();
    fs::write(folder.join("plan.toml"), PLAN).unwrap();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 262144 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_casereview")])
        .args(["sample", "draw", "frame.xlsx", "--plan", "plan.toml", "--seed", "1"])
        .args(["--out", "sample.csv", "--receipt", "receipt.json"])
        .current_dir(folder)
        // Threads' allocators set aside address space that they don't use.
        .env("MALLOC_ARENA_MAX", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn refused(file: &[u8], said: &str) {
    let folder = tempdir().unwrap();
    let (code, out, err) = draw(folder.path(), file);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.starts_with(&format!("error: frame.xlsx: {said}")), "{err}");
    assert!(!folder.path().join("sample.csv").exists());
}

fn one(rows: String) -> Vec<u8> {
    workbook("", &[("Cases", rows)], &[])
}

#[test]
fn a_lone_cell_in_the_last_corner_takes_nothing() {
    let corner = one(row(1 << 20, &[text("XFD1048576", "x")]));
    assert!(corner.len() < 2000, "{}", corner.len());
    refused(&corner, "no sheet has a row that names the plan's columns");
    let header = [text("A1048576", "Case ID"), text("XFD1048576", "x")];
    refused(
        &one(row(1 << 20, &header)),
        "the header of sheet \"Cases\" reaches to column XFD, a frame has at most 500 columns",
    );
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    // Small in the file, larger unpacked than any list of cases: as text, as rows, as cells.
    let spaces = vec![b' '; 100 << 20];
    let bomb = workbook("", &[("Cases", HEADER.to_owned())], &[("xl/sharedStrings.xml", &spaces)]);
    assert!(bomb.len() < 200_000, "{}", bomb.len());
    refused(&bomb, "the workbook, unpacked, is larger than 64 MB");
    let rows = "<row r=\"2\"/>".repeat(2_000_000);
    refused(&one(HEADER.to_owned() + &rows), "a sheet of the workbook has more than 1048576 rows");
    let cells = "<row><c s=\"1\"/></row>".repeat(1_000_000);
    refused(
        &one(HEADER.to_owned() + &cells),
        "a sheet of the workbook has more than 1000000 blank cells with a format",
    );
}

#[test]
fn a_million_blank_formatted_rows_are_passed_over() {
    let case = |at: usize, id: &str| {
        let place = |column: char| format!("{column}{at}");
        row(
            at,
            &[text(&place('A'), id), text(&place('B'), "Knox"), number(&place('C'), 1, 46_027.0)],
        )
    };
    let mut rows = HEADER.to_owned() + &case(2, "C-1");
    for at in 3..=1_000_002 {
        let _ = write!(rows, "<row r=\"{at}\" s=\"1\" customFormat=\"1\">");
        for column in ['A', 'B', 'H'] {
            let _ = write!(rows, "<c r=\"{column}{at}\" s=\"1\"/>");
        }
        rows += "</row>";
    }
    rows += &case(1_000_003, "C-2");
    let folder = tempdir().unwrap();
    let (code, out, err) = draw(folder.path(), &one(rows));
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("drawn with seed 1: 2 cases\n"), "{out}");
    let sample = fs::read_to_string(folder.path().join("sample.csv")).unwrap();
    assert!(sample.contains(",C-1,Knox,2026-01-05\n"), "{sample}");
    assert!(sample.contains(",C-2,Knox,2026-01-05\n"), "{sample}");
}

#[test]
fn a_workbook_with_the_habits_of_excel_goes_into_a_workspace() {
    let mut rows = row(1, &[text("A1", "Open cases, second quarter")]);
    // "Place" and "Dates" are merged over two columns each, the names stand below.
    rows += &row(
        3,
        &[text("A3", "Case ID"), text("B3", "Place"), text("D3", "Type"), text("E3", "Dates")],
    );
    rows += &row(
        4,
        &[text("B4", "Region"), text("C4", "County"), text("E4", "Opened"), text("F4", "Closed")],
    );
    for (at, id) in (5..9).zip([37.0, 38.0, 4711.0, 5.0]) {
        let cells = [
            number(&format!("A{at}"), 2, id),
            text(&format!("B{at}"), "East "),
            text(&format!("C{at}"), "Roane"),
            text(&format!("D{at}"), if at % 2 == 0 { "FC" } else { "IH" }),
            number(&format!("E{at}"), 1, 45_667.0),
            format!("<c r=\"F{at}\" s=\"1\"/>"),
        ];
        rows += &row(at, &cells);
    }
    for at in 9..200 {
        let _ = write!(rows, "<row r=\"{at}\" s=\"2\"><c r=\"A{at}\" s=\"2\"/></row>");
    }
    let notes = row(1, &[text("A1", "do not touch")]);
    let file = workbook("", &[("Notes", notes), ("Cases", rows)], &[]);
    let plan = "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\ncounty = \"County\"\n\
        case_type = \"Type\"\nopened = \"Opened\"\nclosed = \"Closed\"\n\
        [values.case_type]\nFC = \"foster-care\"\nIH = \"in-home\"\n\
        [period]\nsampling = \"2025-01-01/2025-06-30\"\n\
        [strata]\nby = [\"case_type\"]\n[sizes]\nfoster-care = 1\nin-home = 1\n\
        [spares]\nper_stratum = 1\n";
    let folder = tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("frame.xlsx"), file).unwrap();
    fs::write(folder.join("plan.toml"), plan).unwrap();
    let done = |line: &[&str]| {
        let (code, out, err) = program::run(folder, line);
        assert_eq!(code, 0, "{line:?}: {err}");
        (out, err)
    };
    done(&["init", "--instrument", "cfsr-r2-items-14-20", "--name", "2025-H1"]);
    let (out, err) = done(&["frame", "import", "frame.xlsx", "--plan", "plan.toml"]);
    assert!(
        out.starts_with("frame of 4 cases taken in: 4 eligible in 2 strata, 2 to draw\n"),
        "{out}"
    );
    assert_eq!(err, "note: frame.xlsx: the frame is read from sheet \"Cases\"\n");
    done(&["sample", "draw", "--seed", "7", "--receipt", "receipt.json"]);
    let (shown, _) = done(&["sample", "show", "--case-ids", "--format", "csv"]);
    for id in ["00037", "00038", "04711", "00005"] {
        assert!(shown.contains(&format!(",East,Roane,{id},")), "{id}: {shown}");
    }
    // The receipt is of the workbook itself.
    let (out, _) = done(&["sample", "verify", "receipt.json", "--frame", "frame.xlsx"]);
    assert!(!out.is_empty());
}
