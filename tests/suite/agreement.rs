//! How far readers agree, from a workspace: by item, question, applicability, pair, region and
//! month; who with whom; and the root causes of what was settled.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::review::{
    AssignCases, CaseNumber, Command, InterviewMode, Moment, ReadingId, RootCause,
    SettleDifference, Taken, Which,
};
use casereview::store::{QueueFilter, Surroundings, Workspace};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

use crate::program;
use crate::workspace::{answer, create_with, draw, fill, open_as};

type Differ = &'static [(&'static str, &'static str)];

/// Case, first and second reader, mode, and what the second says otherwise.
const CASES: [(u32, &str, &str, Option<InterviewMode>, Differ); 6] = [
    (1, "ann", "ben", Some(InterviewMode::FileOnly), &[("17.A1", "no")]),
    (2, "ann", "ben", Some(InterviewMode::FileOnly), &[]),
    (3, "ben", "ann", Some(InterviewMode::FileOnly), &[("18.applies", "no")]),
    (4, "ann", "cy", Some(InterviewMode::Joint), &[("19.B", "no")]),
    (5, "cy", "ben", None, &[]),
    (6, "ann", "cy", Some(InterviewMode::FileOnly), &[("19.B", "no")]),
];

/// Six cases read twice; the last is not handed in by its second reader.
pub struct Pairs {
    pub folder: TempDir,
    last: ReadingId,
}

fn give(lead: &mut Workspace, case: u32, to: &str, which: Which) -> ReadingId {
    let cases = vec![CaseNumber(case)];
    lead.act(&Command::Assign(AssignCases { cases, to: to.parse().unwrap(), which })).unwrap();
    let queue = lead.queue(&QueueFilter::default()).unwrap();
    let row = queue.iter().find(|row| row.number == CaseNumber(case) && row.which == which);
    row.unwrap().reading.unwrap()
}

fn read(folder: &Path, user: &str, reading: ReadingId, differ: Differ) {
    let mut workspace = open_as(folder, user);
    fill(&mut workspace, reading);
    for (question, value) in differ {
        answer(&mut workspace, reading, question, value);
    }
    fill(&mut workspace, reading);
}

fn submit(folder: &Path, user: &str, reading: ReadingId) {
    open_as(folder, user).act(&Command::Submit { reading }).unwrap();
}

impl Pairs {
    pub fn new() -> Self {
        let folder = tempdir().unwrap();
        let chance = Surroundings::fixed(Moment::from_millis(1_780_272_000_000), 4711);
        let mut lead = create_with(folder.path(), chance);
        draw(&mut lead, 6);
        let mut given = Vec::new();
        for (case, first, second, mode, _) in CASES {
            if let Some(mode) = mode {
                let cases = vec![CaseNumber(case)];
                lead.act(&Command::ArrangePairs { cases, mode, under_review: None }).unwrap();
            }
            given.push([
                give(&mut lead, case, first, Which::First),
                give(&mut lead, case, second, Which::Second),
            ]);
        }
        drop(lead);
        for ((case, first, second, _, differ), readings) in CASES.into_iter().zip(&given) {
            read(folder.path(), first, readings[0], &[]);
            submit(folder.path(), first, readings[0]);
            read(folder.path(), second, readings[1], differ);
            if case != 6 {
                submit(folder.path(), second, readings[1]);
            }
        }
        Self { folder, last: given[5][1] }
    }

    pub fn lead(&self) -> Workspace {
        open_as(self.folder.path(), "lead")
    }

    /// Exit code, stdout and stderr of a command by someone.
    pub fn run(&self, user: &str, line: &str) -> (i32, String, String) {
        let line: Vec<&str> =
            line.split(' ').chain(["--workspace", "w.db", "--as", user]).collect();
        program::run(self.folder.path(), &line)
    }

    fn told(&self, line: &str) -> String {
        let (code, out, err) = self.run("lead", line);
        assert_eq!(code, 0, "{line}: {err}");
        out
    }

    fn rows(&self, line: &str) -> Vec<Value> {
        serde_json::from_str(&self.told(&format!("{line} --format json"))).unwrap()
    }

    /// Begins the settling of a case and settles one question.
    pub fn settle(&self, case: u32, question: &str, took: Taken, cause: RootCause) -> ReadingId {
        let mut lead = self.lead();
        lead.act(&Command::Reconcile { case: CaseNumber(case) }).unwrap();
        let queue = lead.queue(&QueueFilter::default()).unwrap();
        let of_case = |which| {
            let mut rows = queue.iter().filter(|row| row.number == CaseNumber(case));
            rows.find(|row| row.which == which).unwrap().reading.unwrap()
        };
        let reading = of_case(Which::Final);
        lead.act(&Command::Settle(SettleDifference {
            reading,
            question: question.to_owned(),
            took,
            value: (took == Taken::Own).then(|| "yes".to_owned()),
            narrative: None,
            cause,
            reason: "the log of March".to_owned(),
        }))
        .unwrap();
        reading
    }

    pub fn hand_in(&self, reading: ReadingId) {
        let mut lead = self.lead();
        lead.act(&Command::TakeClosing { reading }).unwrap();
        lead.act(&Command::Submit { reading }).unwrap();
    }
}

fn of<'r>(rows: &'r [Value], mode: &str, key: &str, id: &str) -> &'r Value {
    let found = rows.iter().find(|row| row["group"]["mode"] == mode && row[key] == id);
    found.unwrap_or_else(|| panic!("no {id} of {mode} in {rows:?}"))
}

fn counts(row: &Value) -> (u64, u64) {
    (row["n"].as_u64().unwrap(), row["same"].as_u64().unwrap())
}

#[test]
fn by_item_of_pairs_that_are_both_sealed() {
    let pairs = Pairs::new();
    let (code, out, err) = pairs.run("lead", "report agreement");
    assert_eq!(code, 0);
    insta::assert_snapshot!("agreement_items", out + "\n---\n" + &err);
    let rows = pairs.rows("report agreement");
    // R-0001, R-0002 and R-0003 were read by file only; the last says Strength and ANI.
    let of_17 = of(&rows, "file-only", "item", "17");
    assert_eq!(counts(of_17), (3, 2));
    assert_eq!(of_17["kappa"], 0.0);
    let note = of_17["note"].as_str().unwrap();
    assert!(note.starts_with("the first reviews always gave Strength: kappa is 0"), "{note}");
    let of_20 = of(&rows, "file-only", "item", "20");
    assert_eq!(
        (counts(of_20), &of_20["kappa"], &of_20["ac1"]),
        ((3, 3), &Value::Null, &1.0.into())
    );
    // In-home cases never have items 14 to 16, so nobody agreed on them.
    assert_eq!(counts(of(&rows, "file-only", "item", "14")), (2, 2));
    assert!(rows.iter().all(|row| row["item"] != "14" || row["group"]["mode"] != "joint"));
}

#[test]
fn a_question_counts_where_both_were_asked_it() {
    let pairs = Pairs::new();
    let rows = pairs.rows("report agreement --by question");
    // In R-0003 only one was asked 18.A: that difference is at 18.applies.
    assert_eq!(counts(of(&rows, "file-only", "question", "18.applies")), (2, 1));
    assert_eq!(counts(of(&rows, "file-only", "question", "18.A")), (2, 2));
    assert_eq!(counts(of(&rows, "file-only", "question", "17.A1")), (3, 2));
    assert!(rows.iter().all(|row| !row["question"].as_str().unwrap().contains("rationale")));
    let rows = pairs.rows("report agreement --by applicability");
    let of_18 = of(&rows, "file-only", "item", "18");
    assert_eq!((counts(of_18), of_18["title"].is_string()), ((3, 2), true));
    assert!(rows.iter().all(|row| row["item"] != "17"), "17 always applies");
    let only = pairs.rows("report agreement --by question --where item=19");
    assert!(only.iter().all(|row| row["question"].as_str().unwrap().starts_with("19.")));
}

#[test]
fn groups_pool_all_items_and_modes_are_never_added_up() {
    let pairs = Pairs::new();
    let csv = pairs.told("report agreement --by region --total --format csv");
    insta::assert_snapshot!("agreement_regions", csv);
    let (_, out, _) = pairs.run("lead", "report agreement --by pair");
    insta::assert_snapshot!("agreement_pairs", out);
    let (_, out, _) = pairs.run("lead", "report agreement --by month --where mode=file-only");
    assert!(out.contains("2026-06"), "{out}");
    let rows = pairs.rows("report agreement --by item --by region --where region=Knox");
    assert!(rows.iter().all(|row| row["group"]["region"] == "Knox"));
    assert!(rows.len() > 7);
}

#[test]
fn who_with_whom_and_from_there_to_the_cases() {
    let pairs = Pairs::new();
    insta::assert_snapshot!("agreement_matrix", pairs.told("report agreement --matrix"));
    insta::assert_snapshot!("agreement_cases", pairs.told("report agreement --cases ben+ann"));
    let csv = pairs.told("report agreement --cases ann,ben --format csv");
    assert!(csv.contains("file-only,R-0003,Shelby,foster-care,2026-06,ann,ben,7,6,85.7"), "{csv}");
    let long = pairs.told("report agreement --matrix --format csv");
    assert!(long.contains("\nfile-only,ann,ben,3,"), "{long}");
    let (code, out, err) = pairs.run("lead", "report agreement --cases ann+zoe");
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.starts_with("nothing to report: no case was read by ann+zoe\n"), "{err}");
}

#[test]
fn it_is_measured_on_the_first_seals() {
    let pairs = Pairs::new();
    let before = pairs.told("report agreement --by question --format csv");
    let queue = pairs.lead().queue(&QueueFilter::default()).unwrap();
    let second = queue.iter().find(|r| r.number == CaseNumber(1) && r.which == Which::Second);
    let reading = second.unwrap().reading.unwrap();
    let reason = "see the note".to_owned();
    pairs.lead().act(&Command::Reopen { reading, reason }).unwrap();
    let (_, _, err) = pairs.run("lead", "report agreement");
    assert!(err.contains("2 pairs are not handed in by both, and not counted"), "{err}");
    let mut ben = open_as(pairs.folder.path(), "ben");
    answer(&mut ben, reading, "17.A1", "yes");
    fill(&mut ben, reading);
    ben.act(&Command::Submit { reading }).unwrap();
    drop(ben);
    assert_eq!(pairs.told("report agreement --by question --format csv"), before);
    submit(pairs.folder.path(), "cy", pairs.last);
    let (_, _, err) = pairs.run("lead", "report agreement");
    assert!(!err.contains("not handed in"), "{err}");
}

#[test]
fn readers_see_their_own_and_only_once_it_is_settled() {
    let pairs = Pairs::new();
    let (code, out, err) = pairs.run("ann", "report agreement --by pair");
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(
        err,
        "nothing to report: no case has two reviews handed in\n\
         counted are your own pairs that are settled; a lead sees all of them\n"
    );
    let settled = pairs.settle(1, "17.A1", Taken::Second, RootCause::ReadDifferently);
    let (_, out, _) = pairs.run("ann", "report agreement --by pair --format csv");
    assert_eq!(out.lines().count(), 1, "not handed in yet: {out}");
    pairs.hand_in(settled);
    let (_, out, _) = pairs.run("ann", "report agreement --by pair --format csv");
    assert!(out.lines().nth(1).unwrap().starts_with("file-only,ann+ben,1,7,0,6,85.7"), "{out}");
    let (_, out, _) = pairs.run("cy", "report agreement --by pair --format csv");
    assert_eq!(out.lines().count(), 1, "{out}");
    let (code, out, err) = pairs.run("ann", "report agreement --cases ann+ben");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: ann is not a lead, and only a lead may do this\n  help: name a lead with --as CODE\n"
    );
}

#[test]
fn causes_say_which_wording_to_mend_and_who_to_coach() {
    let pairs = Pairs::new();
    let nothing = pairs.run("lead", "report causes");
    assert_eq!(nothing.2, "nothing to report: no difference is settled\n");
    let first = pairs.settle(1, "17.A1", Taken::First, RootCause::ReadDifferently);
    pairs.hand_in(first);
    pairs.hand_in(pairs.settle(3, "18.applies", Taken::First, RootCause::Applicability));
    pairs.hand_in(pairs.settle(4, "19.B", Taken::Own, RootCause::MissedEvidence));
    let by = |what: &str| pairs.told(&format!("report causes --by {what}"));
    let all = [by("question"), by("cause"), by("reviewer")].join("\n---\n");
    insta::assert_snapshot!("causes", all);
    let csv = pairs.told("report causes --by reviewer --format csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[2], "ben,2,2,1,0,1,0,0,0,0,,", "ben was not taken in R-0001");
    let (_, out, err) = pairs.run("ben", "report causes --by reviewer --format csv");
    assert_eq!((out.lines().count(), err.as_str()), (2, ""), "{out}");
    let (_, out, err) = pairs.run("ben", "report causes");
    assert_eq!(out, "");
    assert!(err.contains("only a lead sees them all; --by reviewer shows your own"), "{err}");
    let only = pairs.told("report causes --where item=17 --format csv");
    assert_eq!(only.lines().count(), 2, "{only}");
}

#[test]
fn wrong_questions_are_told_whole() {
    let pairs = Pairs::new();
    let line = "report agreement --by itme --by worker --where regin=East --where pair=ann \
                --level 0.95 --cases ann";
    let (code, out, err) = pairs.run("lead", line);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("cannot be used with"), "{err}");
    let line = line.replace(" --cases ann", "");
    let (code, out, err) = pairs.run("lead", &line);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!("agreement_wrong", err);
    let (code, _, err) = pairs.run("lead", "report agreement --by item --by question");
    assert_eq!(code, 2);
    assert!(err.contains("three reports"), "{err}");
}

#[test]
fn the_same_as_workbook_and_every_column_means_something() {
    let pairs = Pairs::new();
    pairs.told("report agreement --format xlsx --out agreement.xlsx");
    assert!(pairs.folder.path().join("agreement.xlsx").exists());
    let reports = ["agreement", "agreement --by pair", "agreement --by question"];
    let more = ["agreement --matrix", "agreement --cases ann+ben", "causes --by cause"];
    for report in reports.into_iter().chain(more).chain(["causes", "causes --by reviewer"]) {
        let csv = pairs.told(&format!("report {report} --format csv"));
        for name in csv.lines().next().unwrap().split(',') {
            assert!(!casereview::report::meaning(name).is_empty(), "{name} of {report}");
        }
    }
}
