//! `score --answers`: what a good file may look like, and the exact words for a bad one.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs `score` with the file's bytes on stdin.
fn score(bytes: &[u8], more: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_casereview"))
        .args(["score", "cfsr-r2-items-14-20", "--answers", "-"])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A run that refuses its arguments doesn't read.
    let _ = child.stdin.take().unwrap().write_all(bytes);
    child.wait_with_output().unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The problems of a bad file: exit code 2, nothing on stdout.
fn problems(bytes: &[u8]) -> String {
    let output = score(bytes, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(output.stderr));
    assert_eq!(text(output.stdout), "");
    text(output.stderr)
}

/// The lines of one item or outcome, all cases.
fn lines_of(id: &str, bytes: &[u8]) -> Vec<String> {
    let output = score(bytes, &[]);
    assert_eq!((output.status.code(), text(output.stderr)), (Some(0), String::new()));
    let mark = format!(",{id},");
    text(output.stdout).lines().filter(|l| l.contains(&mark)).map(str::to_owned).collect()
}

#[test]
fn columns_come_in_any_order_with_byte_order_mark_crlf_and_blanks() {
    let file = "\u{feff}answer, question ,extra,case_type,case\r\n\
                yes , 19.A,x,in-home, C 1 \r\n\
                \r\n\
                weekly,19.A1,,in-home,C 1\r\n\
                ,,,,\r\n\
                yes,19.B,\"a, b\",in-home,\"C 1\"\r\n";
    assert_eq!(
        lines_of("19", file.as_bytes()),
        ["C 1,item,19,strength,row:often-and-well"],
        "the case is trimmed, but not inside"
    );
}

#[test]
fn a_row_without_question_and_answer_declares_a_case() {
    let file = "case,case_type,question,answer\nb,in-home,,\na,foster-care,,\nb,in-home,19.A,no\n";
    assert_eq!(
        lines_of("19", file.as_bytes()),
        ["b,item,19,incomplete,missing:19.A1 19.B", "a,item,19,incomplete,missing:19.A1 19.A 19.B"]
    );
    assert_eq!(
        lines_of("14", file.as_bytes()),
        ["b,item,14,na,case-type", "a,item,14,incomplete,missing:14.applies"]
    );
}

#[test]
fn ids_are_compared_byte_by_byte() {
    // The second e carries its accent as a mark of its own.
    let file =
        "case,case_type,question,answer\n\u{e9},in-home,,\ne\u{301},in-home,,\nE,in-home,,\n";
    assert_eq!(lines_of("19", file.as_bytes()).len(), 3);
}

#[test]
fn a_guarded_case_loses_its_apostrophe_and_gets_it_back() {
    let file = "case,case_type,question,answer\n'=1+1,in-home,,\n=1+1,in-home,,\n";
    assert_eq!(
        lines_of("14", file.as_bytes()),
        ["'=1+1,item,14,na,case-type"],
        "one case, guarded again on the way out"
    );
}

#[test]
fn no_cases_is_not_an_error() {
    let output = score(b"case,case_type,question,answer\n", &[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(output.stdout), "case,kind,id,rating,reason\n");
    assert_eq!(text(output.stderr), "note: stdin holds no case\n");
}

#[test]
fn everything_wrong_is_told_at_once_with_its_line() {
    let file = b"case,case_type,question,answer\n\
        c1,foster-care,19.A,yes\n\
        c1,foster-care,19.A9,yes\n\
        c1,foster-care,19.B,maybe\n\
        c1,foster-care,19.B,Yes\n\
        c1,foster-care,19.A,no\n\
        c1,in-home,16.A,yes\n\
        c2,fostercare,16.A,yes\n\
        c2,adoption,16.Z,yes\n\
        ,in-home,16.A,yes\n\
        c3,in-home,,yes\n\
        c3,in-home,19.A,\n\
        c3,in-home,19.A\n\
        c3,in-home,19.rationale,one, two\n\
        c3,,19.A,yes\n\
        c4,in-home,face.opened,31.12.2026\n\
        c4,in-home,20.mother.reason,deceased\n\
        c4,in-home,face.involvement,neglect;neglect\n\
        c4,in-home,face.involvement,neglect;other;abuse\n\
        c4,in-home,banana,yes\n\
        c\xe9,in-home,19.A,yes\n";
    assert_eq!(
        problems(file),
        "\
error: stdin:3: question 19.A9 is unknown
  help: did you mean 19.A1?
error: stdin:4: \"maybe\" is not an answer to 19.B
  help: it takes yes, no or na
error: stdin:5: \"Yes\" is not an answer to 19.B
  help: did you mean yes?
error: stdin:6: question 19.A of case c1 is answered twice
  help: its first answer stands on line 2
error: stdin:7: case c1 is in-home here
  help: line 2 says foster-care; a case has one type
error: stdin:8: case type fostercare is unknown
  help: did you mean foster-care?
error: stdin:9: case type adoption is unknown
  help: it is foster-care, in-home or in-home-dr
error: stdin:9: question 16.Z is unknown
  help: did you mean 16.A?
error: stdin:10: the case is empty
error: stdin:11: the answer yes stands without a question
error: stdin:12: the answer to 19.A is empty
  help: leave the row out while the question is unanswered
error: stdin:13: the row has 3 fields where the header has 4
error: stdin:14: the row has 5 fields where the header has 4
  help: put a value that holds a comma in double quotes
error: stdin:15: the type of case c3 is empty
  help: it is foster-care, in-home or in-home-dr
error: stdin:16: \"31.12.2026\" is not a date, which face.opened takes
  help: write year-month-day, such as 2026-04-30
error: stdin:17: deceased is not offered to this case type in 20.mother.reason
  help: it takes not-parent or other
error: stdin:18: neglect is ticked twice in face.involvement
error: stdin:19: \"abuse\" is not an answer to face.involvement
  help: it takes physical-abuse, sexual-abuse, emotional-maltreatment, neglect, medical-neglect, \
abandonment, parent-health, child-health, parent-substance-use, child-substance-use, \
domestic-violence, child-behavior, juvenile-justice or other
error: stdin:20: question banana is unknown
error: stdin:21: column case is not UTF-8: byte 0xE9
  help: save the file as CSV UTF-8
"
    );
}

#[test]
fn a_header_that_cannot_be_used_is_told() {
    assert_eq!(
        problems(b""),
        "error: stdin: the file is empty\n  \
         help: its first line names the columns: case,case_type,question,answer\n"
    );
    assert_eq!(
        problems(b"\ncase,casetype,question,question\n1,2,3,4\n"),
        "error: stdin:2: column question stands twice\n\
         error: stdin:2: column case_type is missing\n  help: is it the one named casetype?\n\
         error: stdin:2: column answer is missing\n  \
         help: the file needs case, case_type, question and answer\n"
    );
    assert_eq!(
        problems(b"case,case_type,question,answer,r\xe9gion\n"),
        "error: stdin:1: the header is not UTF-8: byte 0xE9\n  help: save the file as CSV UTF-8\n"
    );
    assert_eq!(
        problems(b"\xff\xfec\0a\0s\0e\0"),
        "error: stdin: the file is UTF-16, not UTF-8\n  help: save the file as CSV UTF-8\n"
    );
}

#[test]
fn lines_count_line_ends_inside_quotes_and_empty_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let file = format!(
            "case,case_type,question,answer{end}{end}\
             1,in-home,19.rationale,\"two{end}lines\"{end}{end}{end}\
             1,in-home,19.X,yes{end}\
             1,in-home,19.Y,yes"
        );
        assert_eq!(
            problems(file.as_bytes()).lines().step_by(2).collect::<Vec<_>>(),
            [
                "error: stdin:7: question 19.X is unknown",
                "error: stdin:8: question 19.Y is unknown"
            ],
            "{end:?}"
        );
    }
}

#[test]
fn nothing_of_the_file_reaches_the_terminal_raw() {
    let file = "case,case_type,question,answer\n1,in-home,\u{1b}[2J19.\u{202e}X,yes\n";
    assert!(problems(file.as_bytes()).starts_with("error: stdin:2: question [2J19.X is unknown\n"));
}

#[test]
fn a_missing_file_and_an_unknown_instrument_are_bad_input() {
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_casereview")).args(args).output().unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, err) = run(&["score", "cfsr-r2-items-14-20", "--answers", "nowhere.csv"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("error: nowhere.csv can't be read: "), "{err}");
    let (code, out, err) = run(&["score", "cfsr-r2-items-14-21", "--answers", "nowhere.csv"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert_eq!(
        err,
        "error: instrument cfsr-r2-items-14-21 is unknown\n  \
         help: did you mean cfsr-r2-items-14-20?\n"
    );
}

#[test]
fn answers_behind_a_closed_gate_are_set_aside() {
    let file = "case,case_type,question,answer\n\
        a,foster-care,15.applies,yes\na,foster-care,15.A1,yes\na,foster-care,15.A2,yes\n\
        a,foster-care,15.B,no\n\
        b,in-home,14.applies,yes\nb,in-home,14.A,no\n\
        c,foster-care,16.applies,no\nc,foster-care,16.A,no\n";
    assert_eq!(
        lines_of("15", file.as_bytes()),
        [
            "a,item,15,strength,row:with-relative",
            "b,item,15,na,case-type",
            "c,item,15,incomplete,missing:15.applies"
        ]
    );
    assert_eq!(lines_of("14", file.as_bytes())[1], "b,item,14,na,case-type");
    assert_eq!(lines_of("16", file.as_bytes())[2], "c,item,16,na,applies");
}

#[test]
fn json_says_why_and_what_would_change_it() {
    let file = "case,case_type,question,answer\n\
        a,foster-care,16.applies,yes\na,foster-care,16.A,yes\na,foster-care,16.B,no\n";
    let output = score(file.as_bytes(), &["--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == "16").unwrap();
    assert_eq!(
        *row,
        serde_json::json!({
            "case": "a", "kind": "item", "id": "16", "rating": "ani", "reason": "row:any-no",
            "why": [
                "16.B Father: No.",
                "One No, for the mother or the father, makes the item an Area Needing \
                 Improvement.",
                "Not used: 16.A Mother Yes."
            ],
            "changes": [
                {"rating": "na", "answers": [
                    {"question": "16.applies", "from": "yes", "to": "no"}]},
                {"rating": "strength", "answers": [
                    {"question": "16.B", "from": "no", "to": "yes"}]},
                {"rating": "strength", "answers": [
                    {"question": "16.B", "from": "no", "to": "na"}]},
            ],
        })
    );
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == "permanency-2").unwrap();
    assert_eq!(row["changes"], serde_json::json!([]));
    assert_eq!(
        row["why"],
        serde_json::json!([
            "Not computed: it needs items 11, 12 and 13, which this instrument does not hold."
        ])
    );
}

#[test]
fn text_is_a_page_for_people() {
    let file = "case,case_type,question,answer\nR-1,in-home,19.A,yes\n";
    let output = score(file.as_bytes(), &["--format", "text"]);
    assert_eq!(
        text(output.stdout),
        "\
R-1  In-home services
  14            Not Applicable            case-type
  15            Not Applicable            case-type
  16            Not Applicable            case-type
  17            Incomplete                missing:17.A1 17.A2 17.B1 17.B2 17.B3 17.B4
    17A         Incomplete                missing:17.A1 17.A2
    17B         Incomplete                missing:17.B1 17.B2 17.B3 17.B4
    17C         Not Applicable            case-type
  18            Incomplete                missing:18.A 18.B 18.C
  19            Incomplete                missing:19.A1 19.B
  20            Incomplete                missing:20.applies
  permanency-2  Not computed              needs:11 12 13
  well-being-1  Incomplete                needs:17 18 19 20
"
    );
}
