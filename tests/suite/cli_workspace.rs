//! The commands on a workspace, from `init` to `restore`, as a script would call them.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use tempfile::{TempDir, tempdir};

use crate::program;

/// Runs the program in a folder: exit code, stdout, stderr.
fn run(folder: &Path, arguments: &str) -> (i32, String, String) {
    program::run(folder, &arguments.split_whitespace().collect::<Vec<_>>())
}

/// Runs what must succeed and gives its stdout.
fn done(folder: &Path, arguments: &str) -> String {
    let (code, out, err) = run(folder, arguments);
    assert_eq!(code, 0, "{arguments}: {err}");
    out
}

const FRAME: &str = "Case ID,Region,County,Type,Opened,Closed\n\
    C-01,East,Roane,FC,2025-01-10,\n\
    C-02,East,Roane,FC,2025-02-10,\n\
    C-03,East,Scott,FC,2025-03-10,\n\
    C-04,Knox,Knox,IH,2025-04-10,\n\
    C-05,Knox,Knox,IH,2025-05-10,\n\
    C-06,Knox,Knox,IH,2025-06-10,\n";

const PLAN: &str = "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\ncounty = \"County\"\n\
    case_type = \"Type\"\nopened = \"Opened\"\nclosed = \"Closed\"\n\
    [values.case_type]\nFC = \"foster-care\"\nIH = \"in-home\"\n\
    [period]\nsampling = \"2026-04-01/2026-09-30\"\nunder_review = \"2026-04-01/2026-11-30\"\n\
    [strata]\nby = [\"case_type\"]\n[sizes]\nfoster-care = 2\nin-home = 1\n\
    [spares]\nper_stratum = 1\n";

fn workspace() -> TempDir {
    let folder = tempdir().unwrap();
    let out = done(folder.path(), "init --instrument cfsr-r2-items-14-20 --name 2026-H1 --as ann");
    assert_eq!(out, "casereview.db made: round 2026-H1, lead ann\n");
    fs::write(folder.path().join("frame.csv"), FRAME).unwrap();
    fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    folder
}

fn drawn() -> TempDir {
    let folder = workspace();
    done(folder.path(), "frame import frame.csv --plan plan.toml");
    done(folder.path(), "sample draw --seed 20260401");
    folder
}

#[test]
fn a_sample_goes_from_the_frame_to_reviewers() {
    let folder = workspace();
    let out = done(folder.path(), "frame import frame.csv --plan plan.toml");
    assert!(
        out.starts_with("frame of 6 cases taken in: 6 eligible in 2 strata, 3 to draw\n"),
        "{out}"
    );
    let (code, out, err) = run(folder.path(), "frame import frame.csv --plan plan.toml");
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "this frame with this plan was taken in already: nothing changed\n");
    let out = done(folder.path(), "sample draw --seed 20260401 --receipt receipt.json");
    assert!(out.starts_with("drawn with seed 20260401: 3 cases\n"), "{out}");
    let out = done(folder.path(), "sample verify receipt.json --frame frame.csv");
    assert!(!out.is_empty());
    let shown = done(folder.path(), "sample show --format csv");
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "draw,case,role,stratum,order,case_type,region,county");
    assert_eq!(lines.len(), 6);
    assert!(lines[1].starts_with("1,R-0001,sample,foster-care,1,foster-care,East,"));
    assert!(lines[5].starts_with("1,R-0005,spare,in-home,2,in-home,Knox,"));
    assert!(!shown.contains("C-0"));
    assert!(done(folder.path(), "sample show --case-ids").contains("C-0"));

    let (code, out, err) = run(folder.path(), "assign R-0001 3 --to mary");
    assert_eq!((code, out.as_str()), (0, "2 cases assigned to mary\n"));
    assert_eq!(err, "mary is new on the team list\n");
    let (code, out, err) = run(folder.path(), "assign R-0001 --to mry");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: mry is not on the team list\n  help: did you mean mary? give --new too if mry is \
         someone new\n"
    );
    let (_, out, err) = run(folder.path(), "assign R-0001 --to mary");
    assert_eq!(
        (out.as_str(), err.as_str()),
        ("0 cases assigned to mary\n", "R-0001 is already with mary\n")
    );
    let status = done(folder.path(), "status --format csv");
    let lines: Vec<&str> = status.lines().collect();
    assert_eq!(
        lines[0],
        "case,round,case_type,region,county,reading,reviewer,status,answered,needed,touched,partner"
    );
    assert_eq!(lines.len(), 4);
    assert!(lines[1].contains(",first,mary,open,"), "{}", lines[1]);
    assert!(lines[2].contains(",first,,unassigned,0,0,"), "{}", lines[2]);
}

#[test]
fn a_case_is_eliminated_replaced_and_reported() {
    let folder = drawn();
    let folder = folder.path();
    done(folder, "assign R-0001 --to mary");
    let out = done(folder, "sample eliminate R-0001 --reason subsidy-only --as mary");
    assert_eq!(
        out,
        "elimination of R-0001 asked for: it stays in the sample until a second person says `sample approve R-0001`\n"
    );
    let out = done(folder, "sample approve R-0001 --as ann");
    assert_eq!(out, "R-0001 eliminated: `sample replace R-0001` brings in the next spare\n");
    let report = done(folder, "sample report");
    assert!(
        report.contains("stratum foster-care: 1 case can still be replaced by spares\n"),
        "{report}"
    );
    assert_eq!(done(folder, "sample replace R-0001"), "R-0004 comes in for R-0001\n");
    done(folder, "sample eliminate R-0004 --reason same-family --approved-by mary");
    let (code, out, err) = run(folder, "sample replace R-0004");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: stratum foster-care has no spare left for R-0004 and stays short\n  help: leave it short, or draw more with `sample supplement`, once approved\n"
    );
    done(folder, "sample witness A.Smith B.Jones");
    let report = done(folder, "sample report");
    for line in [
        "draw 1: 3 cases, 2 spares, seed 20260401, watched by A.Smith; B.Jones\n",
        "\n3 sample + 1 spare brought in = 0 read + 2 open + 2 eliminated\n",
        "stratum foster-care is 1 case short: no spare is left\n",
        "R-0004  East    same-family   ann       mary         ann\n",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    let (_, csv, err) = run(folder, "sample report --format csv");
    assert_eq!(
        csv,
        "draw,stratum,planned,sample,brought_in,read,open,eliminated,spares_left,short\n\
         1,foster-care,2,2,1,0,1,2,0,1\n1,in-home,1,1,0,0,1,0,1,0\n"
    );
    assert_eq!(err, "3 sample + 1 spare brought in = 0 read + 2 open + 2 eliminated\n");
    let json: serde_json::Value =
        serde_json::from_str(&done(folder, "sample report --format json")).unwrap();
    assert_eq!(json["holds"], true);
    assert_eq!(json["eliminations"][0]["replaced_by"], "R-0004");
    let status = done(folder, "status --format csv");
    assert!(!status.contains("R-0001") && !status.contains("R-0004"), "{status}");
    done(folder, "log verify");
}

#[test]
fn open_cases_are_given_out_by_rule() {
    let folder = drawn();
    let folder = folder.path();
    let (code, out, err) = run(folder, "assign --balanced");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: the team has no reviewer yet\n  help: add people with `person set CODE`\n"
    );
    let (_, out, err) = run(folder, "person set mary --region East --county Roane --new");
    assert_eq!(
        (out.as_str(), err.as_str()),
        ("mary described\n", "mary is new on the team list\n")
    );
    done(folder, "person set tom --region Knox --unit 7 --experienced");
    assert_eq!(
        done(folder, "person list --format csv"),
        "person,role,region,county,unit,experience,agency,agreement\nann,lead,,,,,,\nmary,reviewer,East,Roane,,new,,\ntom,reviewer,Knox,,7,experienced,,\n"
    );
    assert_eq!(
        done(folder, "conflict add mary --case R-0003 --why cousin"),
        "conflict of mary with case R-0003 declared\n"
    );
    assert_eq!(done(folder, "conflict list --format csv"), "person,with\nmary,case R-0003\n");
    let (code, _, err) = run(folder, "assign R-0003 --to mary");
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: mary must not read R-0003: declared conflict with case R-0003\n  help: `conflict list` shows what was declared\n"
    );
    let (code, out, err) = run(folder, "assign --random --seed 7 --other-region --at-most 2");
    assert_eq!(code, 0);
    assert_eq!(out, "2 cases assigned to 1 person\n  tom: 2 new, 2 in all\n1 case left over\n");
    assert_eq!(
        err,
        "R-0003 can't be given to anyone: mary: declared conflict with case R-0003; tom: own region Knox\n"
    );
    assert_eq!(
        done(folder, "status --fairness --format csv"),
        "reviewer,region,unit,experience,cases,second,case_types,own_region,own_county\n\
         mary,East,,new,0,0,,0,0\ntom,Knox,7,experienced,2,0,foster-care 2,0,\n"
    );
    let out = done(folder, "assign --balanced");
    assert_eq!(out, "1 case assigned to 1 person\n  tom: 1 new, 3 in all\n");
    assert_eq!(
        done(folder, "assign --balanced"),
        "no case is open: every case of the round is with someone\n"
    );
    let (_, _, err) = run(folder, "conflict add tom --case R-0001 --why neighbour");
    assert_eq!(
        err,
        "R-0001 is with tom already: give it to someone else with `assign R-0001 --to CODE`\n"
    );
    done(folder, "log verify");
}

#[test]
fn refusals_say_what_to_do() {
    let folder = workspace();
    let refused = |arguments: &str, wanted: &str| {
        let (code, out, err) = run(folder.path(), arguments);
        assert_eq!((code, out.as_str(), err.as_str()), (2, "", wanted), "{arguments}");
    };
    refused(
        "sample draw --seed 1",
        "error: round 2026-H1 has no frame to draw from\n  help: bring one in with `frame import FILE --plan PLAN`\n",
    );
    done(folder.path(), "frame import frame.csv --plan plan.toml");
    done(folder.path(), "sample draw --seed 1");
    refused(
        "sample draw --seed 2",
        "error: the frame of round 2026-H1 was drawn from already\n  help: say why it is drawn again with --reason TEXT\n",
    );
    refused(
        "assign R-0077 R-0005 --to mary",
        "error: R-0005 is a spare: it is read only in place of an eliminated case\nerror: case R-0077 is unknown\n  help: `status` lists the cases\n",
    );
    refused(
        "assign x R-0001 --to m/y",
        "error: `x` is not a review number: they look like R-0042\nerror: `m/y` is not a person's code: 1 to 32 letters, digits, `-`, `_` or `.`, beginning with a letter or digit\n",
    );
    refused(
        "round new --name 2026-H1 --instrument cfsr-r2-items-14-20",
        "error: a round named 2026-H1 is already there\n  help: give the new round another name\n",
    );
    refused(
        "status --as nobody",
        "error: casereview.db has nobody with the code nobody on its team list\n  help: name a person of the team with --as CODE\n",
    );
    done(folder.path(), "assign R-0001 --to mary");
    refused(
        "assign R-0002 --to mary --as mary",
        "error: mary is not a lead, and only a lead may do this\n  help: name a lead with --as CODE\n",
    );
}

#[test]
fn rounds_open_and_close() {
    let folder = workspace();
    let out = done(
        folder.path(),
        "round new --name 2026-H2 --instrument cfsr-r2-items-14-20 --review-kind local --period 2026-H2 --under-review 2026-H2",
    );
    assert_eq!(out, "round 2026-H2 opened\n");
    assert_eq!(done(folder.path(), "round close 2026-H1"), "round 2026-H1 closed\n");
    let list = done(folder.path(), "round list --format csv");
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines[0], "round,status,instrument,edition,review_kind,period,under_review,qa");
    assert!(lines[1].starts_with("2026-H1,closed,cfsr-r2-items-14-20,"), "{}", lines[1]);
    assert!(lines[2].ends_with(",local,2026-H2,2026-07-01/2026-12-31,"), "{}", lines[2]);
}

#[test]
fn the_log_verifies_and_tampering_is_exit_1() {
    let folder = drawn();
    let out = done(folder.path(), "log verify");
    assert!(out.starts_with("the log verifies: 1 chain, 4 events, "), "{out}");
    let log = done(folder.path(), "log show --format csv");
    assert_eq!(log.lines().next().unwrap(), "position,at,chain,seq,kind,about,what,hash");
    assert_eq!(log.lines().count(), 5);
    let db = rusqlite::Connection::open(folder.path().join("casereview.db")).unwrap();
    db.execute_batch(
        "DROP TRIGGER event_stays;
         UPDATE event SET body = CAST(replace(body, '20260401', '20260402') AS BLOB) WHERE position = 4",
    )
    .unwrap();
    drop(db);
    let (code, out, err) = run(folder.path(), "log verify");
    assert_eq!(code, 1);
    assert!(out.starts_with("event 4 of ann@"), "{out}");
    assert!(out.contains(" was changed: its bytes don't fit its hash\n"), "{out}");
    assert!(err.starts_with("error: the log does not verify: "), "{err}");

    // An event that can't even be read is named too.
    let db = rusqlite::Connection::open(folder.path().join("casereview.db")).unwrap();
    db.execute("UPDATE event SET body = x'7b' WHERE position = 1", []).unwrap();
    drop(db);
    let (code, out, _) = run(folder.path(), "log verify");
    assert_eq!(code, 1);
    assert!(out.starts_with("event 1 of ann@"), "{out}");
    let (code, _, err) = run(folder.path(), "status");
    assert_eq!(code, 3);
    assert!(err.starts_with("error: casereview.db is damaged: event "), "{err}");
}

#[test]
fn a_backup_is_restored_over_a_workspace_only_by_force() {
    let folder = drawn();
    done(folder.path(), "backup copy.db");
    let (code, _, err) = run(folder.path(), "backup copy.db");
    assert_eq!(code, 2);
    assert_eq!(err, "error: copy.db is there already\n  help: say --force to write over it\n");
    let (code, _, err) = run(folder.path(), "restore copy.db");
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: casereview.db is there already\n  help: say --force to put it aside and restore in its place\n"
    );
    let (code, _, err) = run(folder.path(), "restore copy.db --force");
    assert_eq!(code, 0, "{err}");
    assert_eq!(err, "the workspace before is now casereview.db.before-restore-1\n");
    let out = done(folder.path(), "log verify");
    assert!(out.starts_with("the log verifies: 2 chains, 5 events, "), "{out}");
    assert_eq!(done(folder.path(), "status --format csv").lines().count(), 4);
}

#[test]
fn what_is_no_workspace_is_exit_3_and_stays_as_it_is() {
    let folder = drawn();
    fs::write(folder.path().join("notes.db"), "some notes").unwrap();
    fs::write(folder.path().join("empty.db"), "").unwrap();
    let help =
        "  help: name the workspace with --workspace FILE, or make one with `casereview init`\n";
    for (file, text) in [
        ("notes.db", "is not a workspace: it is a text file"),
        ("empty.db", "is empty, not a workspace"),
    ] {
        let before = fs::read(folder.path().join(file)).unwrap();
        let (code, out, err) = run(folder.path(), &format!("status --workspace {file}"));
        assert_eq!((code, out.as_str()), (3, ""));
        assert_eq!(err, format!("error: {file} {text}\n{help}"));
        assert_eq!(fs::read(folder.path().join(file)).unwrap(), before);
    }
    let (code, _, err) = run(folder.path(), "status --workspace none.db");
    assert_eq!(code, 3);
    assert!(err.starts_with("error: none.db is not there\n  help: make one with"), "{err}");

    let other = rusqlite::Connection::open(folder.path().join("casereview.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (code, out, err) = run(folder.path(), "assign R-0001 --to mary");
    assert_eq!((code, out.as_str()), (3, ""));
    assert_eq!(
        err,
        "error: casereview.db is locked: another program is writing in it\n  help: close the other program and try again; nothing was saved\n"
    );
}
