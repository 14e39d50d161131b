//! What is wrong with a frame or a plan is told at once, word for word, and nothing is written.

use crate::sampling_cli::{FRAME, Folder, PLAN};

#[test]
fn every_problem_of_a_frame_at_once() {
    let frame = "Case ID,Region,County,Type,Worker,Family ID,Opened,Closed\r\n\
        C-01,East,Anderson,FC,W1,F1,2026-01-05,\r\n\
        \r\n\
        C-02,,Anderson,FX,W1,F1,31/01/2026,\r\n\
        \" C-01 \",East,\"An\r\nderson\",FC,W1,F1,2026-01-05,2025-12-31\r\n\
        ,East,Anderson,FX,W1,F1,,2026-02-30\r\n\
        C-03,East,FC\r\n\
        ,,,,,,,\r\n";
    let mut bytes = frame.as_bytes().to_vec();
    bytes.extend(b"C-04,East,And\xe9,FC,W\x81,F1,2026-01-05,\r\n");
    let folder = Folder::new(bytes, PLAN);
    assert_eq!(
        folder.refused(),
        "error: frame.csv: row 4, column \"Region\": the region is missing\n  \
         help: the plan needs it of every case\n\
         error: frame.csv: row 4, column \"Opened\": \"31/01/2026\" is not a date\n  \
         help: dates are written 2026-04-30\n\
         error: frame.csv: row 4, column \"Type\": \"FX\" has no code (in 2 rows, first here)\n  \
         help: did you mean FC? else give it a code in [values.case_type]\n\
         error: frame.csv: row 5, column \"Closed\": closed 2025-12-31, before it was opened \
         2026-01-05\n  \
         help: mend the dates, or leave closed empty for an open case\n\
         error: frame.csv: row 5: case id \"C-01\" stands in row 2 too\n  \
         help: a case stands once: take out one of the rows\n\
         error: frame.csv: row 6, column \"Case ID\": the case id is missing\n  \
         help: every case needs one\n\
         error: frame.csv: row 6, column \"Opened\": the day it was opened is missing\n  \
         help: the plan needs it of every case\n\
         error: frame.csv: row 6, column \"Closed\": \"2026-02-30\" is not a date\n  \
         help: dates are written 2026-04-30\n\
         error: frame.csv: row 7: the row has 3 cells, the header 8\n  \
         help: a comma inside a cell needs quotation marks around the cell\n\
         error: frame.csv: row 9, column \"County\": byte 0xE9 is not UTF-8\n  \
         help: save the file as CSV in UTF-8\n\
         error: frame.csv: row 9, column \"Worker\": byte 0x81 is not UTF-8\n  \
         help: save the file as CSV in UTF-8\n"
    );
}

#[test]
fn missing_columns_are_all_named_in_one_message() {
    assert_eq!(
        Folder::new("CaseID;Region\n1;2\n", PLAN).refused(),
        "error: frame.csv: row 1: columns \"Case ID\", \"Region\", \"County\", \"Type\", \
         \"Worker\", \"Family ID\", \"Opened\" and \"Closed\" are missing\n  \
         help: the columns are not parted by commas: save the file as CSV with commas\n"
    );
    assert_eq!(
        Folder::new("Case No,Region,Date\nC-1,East,2026-01-01\n", PLAN).refused(),
        "error: frame.csv: row 1: columns \"Case ID\", \"County\", \"Type\", \"Worker\", \
         \"Family ID\", \"Opened\" and \"Closed\" are missing\n  \
         help: did you mean Case No for \"Case ID\"? name it under [columns] of the plan; the \
         columns are Case No, Region and Date\n"
    );
    let two = FRAME.replacen("Case ID", "CaseID", 1).replacen("County", "Cuonty", 1);
    assert_eq!(
        Folder::new(&two, PLAN).refused(),
        "error: frame.csv: row 1: columns \"Case ID\" and \"County\" are missing\n  \
         help: did you mean CaseID for \"Case ID\" and Cuonty for \"County\"? name them under \
         [columns] of the plan\n"
    );
    assert_eq!(
        Folder::new(FRAME.replacen("Case ID", "CaseID", 1), PLAN).refused(),
        "error: frame.csv: row 1: column \"Case ID\" is missing\n  \
         help: did you mean CaseID? name it under [columns] of the plan\n"
    );
    let folder =
        Folder::new(FRAME.replacen("Case ID", "CaseID", 1).replacen("Opened", "Closed", 1), PLAN);
    assert_eq!(
        folder.refused(),
        "error: frame.csv: row 1: columns \"Case ID\" and \"Opened\" are missing\n  \
         help: did you mean CaseID for \"Case ID\"? name it under [columns] of the plan; the \
         columns are CaseID, Region, County, Type, Worker, Family ID, Closed and Closed\n\
         error: frame.csv: row 1: column \"Closed\" stands twice\n  \
         help: give every column a name of its own\n"
    );
    assert_eq!(
        Folder::new("", PLAN).refused(),
        "error: frame.csv: the file is empty: the first row must name the columns\n"
    );
    assert_eq!(
        Folder::new(b"\xff\xfeC\0a\0", PLAN).refused(),
        "error: frame.csv: the file is UTF-16: save it as CSV in UTF-8\n"
    );
    let header = FRAME.lines().next().unwrap();
    assert_eq!(
        Folder::new(header, PLAN).refused(),
        "error: frame.csv: the frame has no cases\n  \
         help: below the header every row is a case\n"
    );
}

#[test]
fn every_problem_of_a_plan_at_once() {
    let plan = "[columns]\n\
        case = \"Case ID\"\n\
        regoin = \"Region\"\n\
        case_type = 4\n\
        worker = \"Case ID\"\n\
        [values.case_type]\n\
        FC = \"foster-care\"\n\
        [period]\n\
        sampling = \"2026-13\"\n\
        [eligible]\n\
        foster_care.open_days_at_least = 45\n\
        foster-care.opened_days = 45\n\
        [strata]\n\
        by = [\"case_type\", \"country\"]\n\
        [sizes]\n\
        total = 65\n\
        foster-care = 40\n\
        in-home = 20\n\
        in-home-dr = -1\n\
        [spare]\n\
        [limits]\n\
        per_family = 0\n\
        = 3\n";
    let folder = Folder::new(FRAME, plan);
    let err = folder.refused();
    let heads: Vec<&str> = err.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        heads,
        [
            "error[unknown-key]: columns has no key regoin",
            "error[wrong-type]: columns.case_type must be a text in quotation marks, not a whole \
             number",
            "error[repeated-column]: column \"Case ID\" is named twice",
            "error[bad-period]: period.sampling \"2026-13\" is no period",
            "error[unknown-case-type]: values.case_type gives no case type foster_care",
            "error[missing-column]: eligible needs the column of opened",
            "error[unknown-key]: eligible.foster-care has no key opened_days",
            "error[unknown-stratum]: strata can't be made by country",
            "error[bad-number]: sizes.in-home-dr can't be -1",
            "error[unknown-key]: a plan has no table spare",
            "error[bad-number]: limits.per_family can't be 0",
            "error[syntax]: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`",
        ],
        "{err}"
    );
    for help in [
        "did you mean region?",
        "did you mean foster-care?",
        "did you mean county?",
        "did you mean spares?",
    ] {
        assert!(err.contains(help), "{help}\n{err}");
    }
    assert!(err.contains("plan.toml:3:1"), "{err}");
    let err = Folder::new(FRAME, &PLAN.replace("minimum = 1", "total = 5")).refused();
    assert!(err.contains("sizes.total is 5, but the parts add up to 4"), "{err}");
}
