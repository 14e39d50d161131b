//! `review --plain`, `review` without a terminal, and `submit`, through the real program.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use casereview::instrument::{DEFAULT, load_shipped};
use casereview::review::{
    AssignCases, CaseNumber, Command, DrawCase, DrawSample, ImportFrame, Place, ReviewKind, Which,
};
use casereview::store::{NewWorkspace, Workspace};
use insta::assert_snapshot;
use tempfile::TempDir;

use crate::program;

/// A folder with a workspace: R-0001 foster care and R-0002 in-home, given to the lead, and
/// R-0003, which nobody reads.
struct Cases {
    folder: TempDir,
}

impl Cases {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewWorkspace {
            name: "Test".to_owned(),
            lead: "lead".parse().unwrap(),
            instrument: load_shipped(DEFAULT).unwrap(),
            review_kind: ReviewKind::Regular,
            period: "2026-H1".to_owned(),
            under_review: None,
        };
        let mut workspace = Workspace::create(&folder.path().join("casereview.db"), &new).unwrap();
        let round = workspace.current_round().unwrap().unwrap().id;
        workspace
            .act(&Command::ImportFrame(ImportFrame {
                round,
                file_hash: "0".repeat(64),
                canonical_hash: "0".repeat(64),
                rows: 3,
                strata: Vec::new(),
                sampling: None,
                under_review: Some("2026-04-01/2026-11-30".parse().unwrap()),
                plan: String::new(),
                frame: String::new(),
            }))
            .unwrap();
        let case = |order, case_type: &str| DrawCase {
            case_type: case_type.to_owned(),
            region: "Knox".to_owned(),
            county: "Knox".to_owned(),
            place: Place { order, spare: false, stratum: "all".to_owned() },
            ticket: order.to_string(),
            frame: BTreeMap::from([
                ("case".to_owned(), format!("C-{order}")),
                ("opened".to_owned(), "2025-03-01".to_owned()),
            ]),
        };
        workspace
            .act(&Command::DrawSample(DrawSample {
                round,
                seed: "seed".to_owned(),
                seed_source: None,
                strata: Vec::new(),
                cases: vec![case(1, "foster-care"), case(2, "in-home"), case(3, "in-home")],
                reason: None,
            }))
            .unwrap();
        workspace
            .act(&Command::Assign(AssignCases {
                cases: vec![CaseNumber(1), CaseNumber(2)],
                to: "lead".parse().unwrap(),
                which: Which::First,
            }))
            .unwrap();
        Self { folder }
    }

    /// Exit code, stdout, stderr.
    fn run(&self, line: &[&str], input: &str) -> (i32, String, String) {
        program::run_with(self.folder.path(), line, input)
    }

    fn ok(&self, line: &[&str], input: &str) -> String {
        let (code, out, err) = self.run(line, input);
        assert_eq!((code, err.as_str()), (0, ""), "{line:?}: {out}");
        out
    }
}

#[test]
fn a_whole_case_by_piped_answers() {
    let cases = Cases::new();
    let answers = include_str!("plain_in_home.txt");
    let said = cases.ok(&["review", "R-0002", "--plain"], answers);
    assert!(said.contains("Submitted."), "{said}");
    assert_snapshot!(without_dates(&said));
    let report = cases.ok(&["report", "items", "--by", "region", "--format", "csv"], "");
    assert!(report.contains("Knox,19,"), "{report}");
    let (code, _, said) = cases.run(&["submit", "R-0002"], "");
    assert_eq!(code, 2, "{said}");
}

/// The day of a submission is today's.
fn without_dates(said: &str) -> String {
    let lines = said.lines().map(|line| match line.starts_with("Submitted 20") {
        true => "Submitted DAY. It can only be read.",
        false => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_review_left_midway_goes_on() {
    let cases = Cases::new();
    let first = cases.ok(&["review", "R-1"], ":go 14\nyes\n:go 19.rationale\nHalf a");
    assert!(first.contains("The input has ended. Everything is saved."), "{first}");
    let second = cases.ok(&["review", "1", "--plain"], ":go 19.rationale\n:quit\n");
    assert!(second.contains("Answer now: Half a."), "{second}");
    assert!(!second.contains("14.applies is not answered"), "{second}");
    assert!(second.contains("14.A is not answered"), "{second}");
    let queue = cases.ok(&["review", "--plain"], "");
    assert!(queue.contains("R-0001, Foster care, Knox, Knox: in progress"), "{queue}");
    assert!(queue.contains("R-0002, In-home services, Knox, Knox: not started"), "{queue}");
    assert!(queue.contains("R-0003, In-home services, Knox, Knox: not assigned"), "{queue}");
}

#[test]
fn undo_goes_on_in_the_next_session() {
    let cases = Cases::new();
    let said = cases.ok(&["review", "R-0001"], ":go 14\nyes\nno\nA text.\n.\n:undo\n");
    assert!(said.contains("Undone. At 14.A. Saved."), "{said}");
    assert!(said.contains("14.A needs a narrative"), "{said}");
    let said = cases.ok(&["review", "R-0001"], ":undo\n:undo\n:undo\n:redo\n:redo\n:redo\n:redo\n");
    assert!(said.contains("Undone. At 14.A. Saved."), "{said}");
    assert!(said.contains("Undone. At 14.applies. Saved."), "{said}");
    assert!(said.contains(":undo: There is nothing to undo."), "{said}");
    assert!(said.contains("Text now: A text."), "{said}");
    assert!(said.contains(":redo: There is nothing to do again."), "{said}");
    assert!(!said.contains("14.A needs a narrative"), "{said}");
    let verified = cases.ok(&["log", "verify"], "");
    assert!(!verified.is_empty());
}

#[test]
fn what_is_wrong_with_the_case_is_said() {
    let cases = Cases::new();
    for (case, says) in [
        ("R-0099", "error: case R-0099 is not among the cases of lead\n"),
        ("R-0003", "error: case R-0003 is not assigned to anyone\n  help: `casereview assign"),
        ("the first", "error: "),
    ] {
        for command in ["review", "submit"] {
            let (code, out, err) = cases.run(&[command, case], "");
            assert_eq!((code, out.as_str()), (2, ""), "{command} {case}");
            assert!(err.starts_with(says), "{err}");
        }
    }
    let (code, _, err) = cases.run(&["submit", "R-0002"], "");
    assert_eq!(code, 2);
    assert!(err.starts_with("error: R-0002 is not finished: 26 things are missing\n"), "{err}");
    assert!(err.contains("  item 20: does it apply?\n"), "{err}");
}
