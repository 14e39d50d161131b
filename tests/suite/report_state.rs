//! The state's estimate against `stats estimate` on counts taken from the export.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::path::Path;

use casereview::review::{Command, DrawCase, DrawSample, ImportFrame, Place, StratumSize};
use casereview::store::Workspace;
use tempfile::tempdir;

use crate::workspace::{answer, assign, create, fill, path};

/// Two strata of unlike size, four cases drawn from each.
fn drawn(folder: &Path) -> Workspace {
    let mut workspace = create(folder);
    let round = workspace.current_round().unwrap().unwrap().id;
    let size = |stratum: &str, size| StratumSize { stratum: stratum.to_owned(), size, n: 4 };
    let strata = vec![size("East", 60), size("Knox", 15)];
    let frame = ImportFrame {
        round,
        file_hash: "f1".to_owned(),
        canonical_hash: "c1".to_owned(),
        rows: 75,
        strata: strata.clone(),
        sampling: None,
        under_review: None,
        plan: "[columns]\n".to_owned(),
        frame: "Case ID\nA-1\n".to_owned(),
    };
    workspace.act(&Command::ImportFrame(frame)).unwrap();
    let case = |nth: u32| {
        let region = if nth < 4 { "East" } else { "Knox" };
        DrawCase {
            case_type: "in-home".to_owned(),
            region: region.to_owned(),
            county: String::new(),
            place: Place { order: nth % 4 + 1, spare: false, stratum: region.to_owned() },
            ticket: format!("{nth:064x}"),
            frame: [("case".to_owned(), format!("A-{nth}"))].into(),
        }
    };
    let draw = DrawSample {
        round,
        seed: "1".to_owned(),
        seed_source: None,
        strata,
        cases: (0..8).map(case).collect(),
        reason: None,
    };
    workspace.act(&Command::DrawSample(draw)).unwrap();
    workspace
}

fn run(folder: &Path, line: &str) -> (i32, String, String) {
    let output = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("casereview"))
        .current_dir(folder)
        .env_remove("CASEREVIEW_WORKSPACE")
        .env_remove("CASEREVIEW_USER")
        .args(line.split(' '))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The same, seven of the eight cases read and final: of East one No in item 19 of three, of
/// Knox three of four.
pub fn read(folder: &Path) {
    let mut workspace = drawn(folder);
    for nth in 1..=8 {
        let reading = assign(&mut workspace, nth, "lead");
        if [1, 5, 6, 7].contains(&nth) {
            answer(&mut workspace, reading, "19.A", "no");
        }
        if nth == 4 {
            continue;
        }
        fill(&mut workspace, reading);
        workspace.act(&Command::Submit { reading }).unwrap();
    }
}

#[test]
fn each_stratum_weighs_as_many_cases_as_the_frame_has() {
    let folder = tempdir().unwrap();
    read(folder.path());
    let state = "report state --workspace w.db --where item=19 --format json";
    assert!(path(folder.path()).ends_with("w.db"));
    // Case 4 is not final: three of East count.
    let (code, out, err) = run(folder.path(), state);
    assert_eq!(code, 0, "{err}");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    let row = &rows[0];
    let (_, export, _) = run(folder.path(), "export items --workspace w.db");
    let mut reader = csv::Reader::from_reader(export.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let rated: Vec<_> = reader.records().map(Result::unwrap).collect();
    let of = |region: &str, ratings: &[&str]| {
        let counted = rated.iter().filter(|row| {
            &row[column("region")] == region
                && &row[column("item")] == "19"
                && &row[column("status")] == "final"
                && ratings.contains(&&row[column("rating")])
        });
        counted.count()
    };
    let mut strata = "stratum,N,n,applicable,strength\n".to_owned();
    for (region, size) in [("East", 60), ("Knox", 15)] {
        let applicable = of(region, &["strength", "ani"]);
        writeln!(strata, "{region},{size},{applicable},{applicable},{}", of(region, &["strength"]))
            .unwrap();
    }
    assert!(strata.contains("East,60,3,3,2") && strata.contains("Knox,15,4,4,1"), "{strata}");
    std::fs::write(folder.path().join("strata.csv"), strata).unwrap();
    let (_, out, _) = run(folder.path(), "stats estimate strata.csv --format json");
    let wanted: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(row["estimate"], wanted["estimate"]);
    assert_eq!(row["error"], wanted["se"]);
    assert_eq!(row["estimate_low"], wanted["t_low"]);
    assert_eq!(row["estimate_high"], wanted["t_high"]);
    assert_eq!((&row["applicable"], &row["strength"]), (&7.into(), &3.into()));
    assert_eq!(row["proportion"].as_f64().unwrap(), 3.0 / 7.0);
    let (_, text, _) = run(folder.path(), "report state --workspace w.db");
    assert!(
        text.starts_with("State estimate: 7 final reviews of 75 cases in 2 strata, "),
        "{text}"
    );
}

#[test]
fn a_stratum_without_a_final_review_is_named() {
    let folder = tempdir().unwrap();
    let mut workspace = drawn(folder.path());
    let reading = assign(&mut workspace, 1, "lead");
    fill(&mut workspace, reading);
    workspace.act(&Command::Submit { reading }).unwrap();
    drop(workspace);
    let (code, out, err) = run(folder.path(), "report state --workspace w.db");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: Knox: no case sampled of 15 in the frame: nothing stands for this stratum\n  \
         help: every stratum needs a final review; `status` shows how far they are\n"
    );
    let (code, _, err) = run(folder.path(), "report state --workspace w.db --by region");
    assert_eq!(code, 2);
    assert!(err.starts_with("error: --by region: the estimate is the whole state's\n"), "{err}");
}
