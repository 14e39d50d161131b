//! Frames as they come: workbooks with the habits of Excel, hostile ones, and CSV that isn't
//! UTF-8.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use casereview::exchange::{FrameError, FrameFile, frame_csv, read_frame, read_frame_file};
use casereview::sampling::{Frame, Plan, check};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PLAN: &str = "[columns]\ncase = \"Case ID\"\ncounty = \"County\"\nopened = \"Opened\"\n\
    [sizes]\ntotal = 1\n";

pub const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Case ID</t></is></c>\
    <c r=\"B1\" t=\"inlineStr\"><is><t>County</t></is></c>\
    <c r=\"C1\" t=\"inlineStr\"><is><t>Opened</t></is></c></row>";

/// Styles 1: a date, 2: five digits, 3: a date of the built-in kind.
pub const STYLES: &str = "<styleSheet><numFmts count=\"2\">\
    <numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>\
    <numFmt numFmtId=\"165\" formatCode=\"00000\"/></numFmts>\
    <cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>\
    <xf numFmtId=\"14\"/></cellXfs></styleSheet>";

pub fn text(cell: &str, text: &str) -> String {
    format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

pub fn number(cell: &str, style: usize, number: f64) -> String {
    format!("<c r=\"{cell}\" s=\"{style}\"><v>{number}</v></c>")
}

pub fn row(number: usize, cells: &[String]) -> String {
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// A zip of named parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of sheets given as rows, with further parts.
pub fn workbook(properties: &str, sheets: &[(&str, String)], more: &[(&str, &[u8])]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let root = format!(
        "<Relationships><Relationship Id=\"r1\" Type=\"{kind}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let (mut list, mut targets) = (String::new(), String::new());
    for (at, (name, _)) in sheets.iter().enumerate() {
        let _ = write!(list, "<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"r{at}\"/>");
        let _ = write!(
            targets,
            "<Relationship Id=\"r{at}\" Type=\"{kind}/worksheet\" \
             Target=\"worksheets/sheet{at}.xml\"/>"
        );
    }
    let main = format!("<workbook>{properties}<sheets>{list}</sheets></workbook>");
    let targets = format!("<Relationships>{targets}</Relationships>");
    let sheets: Vec<(String, String)> = sheets
        .iter()
        .enumerate()
        .map(|(at, (_, rows))| (format!("xl/worksheets/sheet{at}.xml"), sheet(rows)))
        .collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", main.as_bytes()),
        ("xl/_rels/workbook.xml.rels", targets.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
    ];
    parts.extend(sheets.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())));
    parts.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    parts.extend(more);
    zipped(&parts)
}

fn plan(text: &str) -> Plan {
    let checked = check(text);
    checked.plan.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

fn read_with(file: &[u8], plan_text: &str) -> Result<FrameFile, String> {
    let plan = plan(plan_text);
    read_frame_file(Cursor::new(file), plan.mapping()).map_err(|error| match error {
        FrameError::Problems(problems) => {
            problems.list().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        error => error.to_string(),
    })
}

fn read(file: &[u8]) -> Result<FrameFile, String> {
    read_with(file, PLAN)
}

fn cells(frame: &Frame) -> Vec<String> {
    frame.cases().map(|case| case.cells().join(",")).collect()
}

#[test]
fn dates_zeros_and_blank_rows_as_excel_has_them() {
    let mut rows = HEADER.to_owned();
    rows += &row(2, &[number("A2", 2, 37.0), text("B2", " Knox "), number("C2", 1, 46_027.0)]);
    rows += &row(3, &[text("A3", "0038"), text("B3", "Knox"), number("C3", 3, 46_027.5)]);
    rows += &row(4, &[number("A4", 0, 4711.0), text("B4", "A &amp; B"), number("C4", 0, 46_027.0)]);
    rows += &row(5, &[text("A5", "C-1"), text("B5", "Knox"), text("C5", "2026-01-05")]);
    rows += "<row r=\"6\" s=\"1\" customFormat=\"1\"/><row r=\"7\"><c r=\"A7\" s=\"2\"/></row>";
    let found = read(&workbook("", &[("Cases", rows.clone())], &[])).unwrap();
    let expected = [
        "00037,Knox,2026-01-05",
        "0038,Knox,2026-01-05",
        "4711,A & B,2026-01-05",
        "C-1,Knox,2026-01-05",
    ];
    assert_eq!(cells(&found.frame), expected);
    assert!(found.notices.is_empty());
    // The same list as CSV is the same frame, and so is what we write of it.
    let csv = format!("Case ID,County,Opened\n{}\n", expected.join("\n"));
    let plan = plan(PLAN);
    let same = read_frame(csv.as_bytes(), plan.mapping()).unwrap();
    assert_eq!(same.canonical_hash(), found.frame.canonical_hash());
    assert_eq!(frame_csv(&found.frame), csv);
    // The days of a Macintosh count from 1904.
    let late = workbook("<workbookPr date1904=\"1\"/>", &[("Cases", rows)], &[]);
    let frame = read(&late).unwrap().frame;
    assert_eq!(cells(&frame)[0], "00037,Knox,2030-01-06");
}

#[test]
fn the_header_may_stand_below_a_title_and_take_two_rows() {
    let mut rows = row(1, &[text("A1", "Cases of the second quarter")]);
    rows += &row(3, &[text("A3", "Case ID"), text("B3", "Opened"), text("C3", "County")]);
    rows += &row(4, &[text("D4", "Note")]);
    rows += &row(5, &[text("A5", "C-1"), text("B5", "2026-01-05"), text("C5", "Knox")]);
    let found = read(&workbook("", &[("Cases", rows)], &[])).unwrap();
    assert_eq!(found.frame.header(), ["Case ID", "Opened", "County", "Note"]);
    assert_eq!(cells(&found.frame), ["C-1,2026-01-05,Knox,"]);

    // A name merged over two rows stands in the upper one.
    let mut rows = row(1, &[text("A1", "Case ID"), text("B1", "Place")]);
    rows += &row(2, &[text("B2", "County"), text("C2", "Opened")]);
    rows += &row(3, &[text("A3", "C-1"), text("B3", "Knox"), text("C3", "never")]);
    let problem = read(&workbook("", &[("Cases", rows)], &[])).unwrap_err();
    assert_eq!(problem, "row 3, column \"Opened\": \"never\" is not a date");
}

#[test]
fn the_sheet_with_the_columns_is_found_or_named() {
    let body = |id: &str| {
        let cells = [text("A2", id), text("B2", "Knox"), text("C2", "2026-01-05")];
        format!("{HEADER}{}", row(2, &cells))
    };
    let notes = ("Notes", row(1, &[text("A1", "do not touch")]));
    let file = workbook("", &[notes.clone(), ("Cases", body("C-1"))], &[]);
    let found = read(&file).unwrap();
    assert_eq!(cells(&found.frame), ["C-1,Knox,2026-01-05"]);
    assert_eq!(found.notices, ["the frame is read from sheet \"Cases\""]);

    let file = workbook("", &[("May", body("C-5")), ("June", body("C-6"))], &[]);
    assert_eq!(
        read(&file).unwrap_err(),
        "sheets \"May\" and \"June\" all have the plan's columns: name one in the plan, \
         [frame] sheet = \"May\""
    );
    let named = |name| format!("{PLAN}[frame]\nsheet = \"{name}\"\n");
    let found = read_with(&file, &named("June")).unwrap();
    assert_eq!(cells(&found.frame), ["C-6,Knox,2026-01-05"]);
    assert_eq!(
        read_with(&file, &named("Jun")).unwrap_err(),
        "the workbook has no sheet \"Jun\", which frame.sheet of the plan names: did you mean \
         June?"
    );
    assert_eq!(
        read(&workbook("", &[notes], &[])).unwrap_err(),
        "no sheet has a row that names the plan's columns \"Case ID\", \"County\" and \
         \"Opened\" (looked at the first 20 filled rows)"
    );
}

#[test]
fn every_problem_with_row_and_column() {
    let mut rows = row(2, &[text("A2", "Case ID"), text("B2", "County"), text("C2", "Opned")]);
    rows += &row(3, &[text("A3", "C-1")]);
    assert_eq!(
        read(&workbook("", &[("Cases", rows)], &[])).unwrap_err(),
        "row 2: column \"Opened\" is missing"
    );
    let mut rows = HEADER.to_owned();
    rows += &row(2, &[number("A2", 0, 1e15), text("B2", "Knox"), number("C2", 0, 2026.0)]);
    rows += "<row r=\"3\"><c r=\"A3\" t=\"e\"><v>#REF!</v></c></row>";
    rows += &row(4, &[text("A4", "C-3"), text("E4", "?")]);
    assert_eq!(
        read(&workbook("", &[("Cases", rows)], &[])).unwrap_err(),
        "row 2, column \"Case ID\": 1000000000000000 has more digits than Excel keeps of a \
         number\n\
         row 2, column \"Case ID\": the case id is missing\n\
         row 2, column \"Opened\": \"2026\" is not a date\n\
         row 3, column \"Case ID\": the cell holds #REF!\n\
         row 4: cell E4 stands under no column"
    );
}

#[test]
fn bombs_are_refused() {
    let body = format!("{HEADER}{}", row(2, &[text("A2", "C-1")]));
    let refused = |part: &str, bytes: &[u8], said: &str| {
        let file = workbook("", &[("Cases", body.clone())], &[(part, bytes)]);
        let found = read(&file).unwrap_err();
        assert!(found.starts_with(said), "{part}: {found}");
    };
    // As large as it says, and larger than what is kept.
    let spaces = vec![b' '; 65 << 20];
    refused("xl/sharedStrings.xml", &spaces, "the workbook, unpacked, is larger than 64 MB: ");
    refused("xl/theme.xml", &spaces[..1 << 20], "a cell of the workbook is longer than");
    // Every format is kept with the names it uses.
    let long = "x".repeat(200_000);
    let styles = format!(
        "<styleSheet><numFmt numFmtId=\"164\" formatCode=\"{long}\"/>{}</styleSheet>",
        "<xf numFmtId=\"164\"/>".repeat(1000)
    );
    refused("xl/styles.xml", styles.as_bytes(), "the workbook is laid out in a way");
    // Room is made for as many texts as a part says it has.
    let claim = b"<sst uniqueCount=\"99999999999\"><si><t>x</t></si></sst>";
    refused("xl/sharedStrings.xml", claim, "the workbook is laid out in a way that Excel doesn't");
    let comment = b"<sst><!-- x --><si><t>x</t></si></sst>";
    refused("xl/sharedStrings.xml", comment, "the workbook is laid out in a way that Excel");
    let texts = b"<si/>".repeat(2_000_001);
    refused("xl/sharedStrings.xml", &texts, "the workbook has too many different texts");
}

#[test]
fn what_is_no_workbook_is_said_to_be_none() {
    assert!(read(b"PK\x03\x04rubbish").unwrap_err().starts_with("the workbook can't be read ("));
    assert!(
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
            .unwrap_err()
            .starts_with("the file is an Excel workbook of the old kind or under a password")
    );
    let away = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
    let away = format!(
        "<Relationships><Relationship Id=\"r0\" Type=\"{away}\" Target=\"media/1.png\"/>\
         </Relationships>"
    );
    let parts = ("xl/_rels/workbook.xml.rels", away.as_bytes());
    let unmeasured = workbook("", &[], &[parts]);
    assert!(read(&unmeasured).unwrap_err().starts_with("the workbook is laid out in a way"));
    let document = zipped(&[("word/document.xml", b"<document/>")]);
    assert!(read(&document).unwrap_err().starts_with("the workbook is laid out in a way"));
}

#[test]
fn windows_1252_is_taken_with_a_notice_and_utf_16_refused() {
    let found = read(b"Case ID,County,Opened\nC-1,Do\xf1a Ana \x96 S,2026-01-05\n").unwrap();
    assert_eq!(cells(&found.frame), ["C-1,Do\u{f1}a Ana \u{2013} S,2026-01-05"]);
    assert_eq!(
        found.notices,
        ["the file is not UTF-8 and is read as Windows-1252: look whether names with accents are \
          right, or save it as CSV in UTF-8"]
    );
    // A file that is UTF-8 elsewhere, or says so at its start, is a broken one.
    for broken in [
        "Case ID,County,Opened\nC-1,Do?a Ana,2026-01-05\nC-2,Do\u{f1}a Ana,2026-01-05\n",
        "\u{feff}Case ID,County,Opened\nC-1,Do?a Ana,2026-01-05\n",
    ] {
        let mut bytes = broken.as_bytes().to_vec();
        let at = bytes.iter().position(|byte| *byte == b'?').unwrap();
        bytes[at] = 0xf1;
        let problem = read(&bytes).unwrap_err();
        assert_eq!(problem, "row 2, column \"County\": byte 0xF1 is not UTF-8");
    }
    let plain = read(b"\xef\xbb\xbfCase ID,County,Opened\r\nC-1,Knox,2026-01-05\r\n").unwrap();
    assert_eq!(cells(&plain.frame), ["C-1,Knox,2026-01-05"]);
    assert!(plain.notices.is_empty());
    assert_eq!(read(b"\xff\xfeC\0a\0").unwrap_err(), "the file is UTF-16: save it as CSV in UTF-8");
}
