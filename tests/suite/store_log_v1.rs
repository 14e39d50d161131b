//! The log of version 1, saved once, folds to the same state forever.
//!
//! `tests/logs/v1.db` was written by `write_fixture` (ignored below) when version 1 was
//! settled; it is never written again. It serves as the saved old workspace of migrations
//! too.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use casereview::review::{
    Command, EventBody, GivenAnswer, ImportedCase, ImportedRatings, ImportedReading, OpenRound,
    ReviewKind, Which, event_hash, text_hash, to_hex,
};
use casereview::store::{QueueFilter, StoreError, Workspace};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::tempdir;

use crate::workspace::{
    answer, assign, create, draw, fill, instrument, open_as, path, surroundings,
};

/// The kinds there were when the log was saved.
const FIRST: [&str; 14] = [
    "workspace-started",
    "workspace-restored",
    "person-added",
    "round-opened",
    "round-closed",
    "frame-imported",
    "sample-drawn",
    "reading-assigned",
    "reading-withdrawn",
    "answered",
    "narrated",
    "submitted",
    "reading-imported",
    "ratings-imported",
];

fn saved(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/logs").join(name)
}

/// A copy of the saved workspace to work on.
fn copied(folder: &Path) -> Workspace {
    fs::copy(saved("v1.db"), path(folder)).unwrap();
    open_as(folder, "lead")
}

#[test]
fn it_folds_to_the_state_it_had_then() {
    let folder = tempdir().unwrap();
    let mut workspace = copied(folder.path());
    assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    workspace.rebuild().unwrap();
    let then: Value = serde_json::from_slice(&fs::read(saved("v1.state.json")).unwrap()).unwrap();
    assert_eq!(state(&workspace), then);
}

#[test]
fn it_can_be_worked_on() {
    let folder = tempdir().unwrap();
    let mut workspace = copied(folder.path());
    let reading = assign(&mut workspace, 4, "lead");
    answer(&mut workspace, reading, "19.A", "yes");
    assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn it_holds_every_kind_of_event_of_version_1() {
    let folder = tempdir().unwrap();
    let workspace = copied(folder.path());
    let mut kinds = BTreeSet::new();
    workspace
        .each_event::<StoreError>(0, |line| {
            kinds.insert(line.kind);
            Ok(())
        })
        .unwrap();
    for kind in FIRST {
        assert!(kinds.contains(kind), "{kind} is missing from the saved log");
    }
    let known: BTreeSet<&str> = EventBody::KINDS.iter().map(|(kind, _)| *kind).collect();
    assert!(FIRST.iter().all(|kind| known.contains(kind)), "a released kind is gone");
}

/// The hashes, made a second time from what the documentation says of their bytes.
#[test]
fn its_hashes_can_be_made_by_hand() {
    let part = |sha: &mut Sha256, bytes: &[u8]| {
        sha.update((bytes.len() as u64).to_be_bytes());
        sha.update(bytes);
    };
    let db = Connection::open(saved("v1.db")).unwrap();
    let mut query = db.prepare("SELECT chain, hash, body FROM event ORDER BY chain, seq").unwrap();
    let mut rows = query.query([]).unwrap();
    let mut previous = (0_i64, [0_u8; 32]);
    while let Some(row) = rows.next().unwrap() {
        let (chain, hash): (i64, [u8; 32]) = (row.get(0).unwrap(), row.get(1).unwrap());
        let body: Vec<u8> = row.get(2).unwrap();
        let before = if previous.0 == chain { previous.1 } else { [0; 32] };
        let mut sha = Sha256::new();
        sha.update(b"casereview event v1\n");
        part(&mut sha, &before);
        part(&mut sha, &body);
        let by_hand: [u8; 32] = sha.finalize().into();
        assert_eq!(to_hex(&by_hand), to_hex(&hash));
        assert_eq!(event_hash(casereview::review::EventHash(before), &body).0, hash);
        previous = (chain, hash);
    }
    let mut query = db.prepare("SELECT hash, salt, text FROM words").unwrap();
    let mut rows = query.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (hash, salt, text): ([u8; 32], [u8; 16], String) =
            (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap());
        let mut sha = Sha256::new();
        sha.update(b"casereview text v1\n");
        part(&mut sha, &salt);
        part(&mut sha, text.as_bytes());
        let by_hand: [u8; 32] = sha.finalize().into();
        assert_eq!((by_hand, text_hash(&salt, &text).0), (hash, hash));
    }
}

/// No text that a person wrote and no id of the agency stands in an event.
#[test]
fn its_events_hold_no_text_of_people() {
    let db = Connection::open(saved("v1.db")).unwrap();
    let mut query = db.prepare("SELECT body FROM event").unwrap();
    let bodies: Vec<Vec<u8>> =
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for marker in ["A-1", "X-0", "2025-11-03", "Seen in the file", "Weekly, alone"] {
        for body in &bodies {
            let text = String::from_utf8_lossy(body);
            assert!(!text.contains(marker), "{marker} stands in {text}");
        }
    }
}

/// Everything the workspace says, as data.
fn state(workspace: &Workspace) -> Value {
    let people: Vec<_> =
        workspace.people().iter().map(|p| json!([p.code.as_str(), p.role.code()])).collect();
    let rounds: Vec<_> = workspace
        .rounds()
        .unwrap()
        .iter()
        .map(|row| {
            let round = workspace.round(row.id).unwrap();
            let draws: Vec<_> = round
                .draws
                .iter()
                .map(|draw| json!([draw.number, draw.seed, draw.seed_source, draw.cases.len()]))
                .collect();
            let frames: Vec<_> =
                round.frames.iter().map(|frame| json!(frame.data.frame.text())).collect();
            json!([row.name, row.closed, row.review_kind.code(), row.period, frames, draws])
        })
        .collect();
    let queue: Vec<_> = workspace
        .queue(&QueueFilter { unassigned: true, ..QueueFilter::default() })
        .unwrap()
        .iter()
        .map(|row| {
            json!([
                row.number.to_string(),
                row.case_type,
                row.county,
                row.which.code(),
                row.reviewer,
                row.status.code(),
                row.answered,
                row.needed,
                row.touched.map(|at| at.to_string()),
            ])
        })
        .collect();
    let mut readings = BTreeMap::new();
    for row in workspace.readings().unwrap() {
        let mut answers = BTreeMap::new();
        if !row.reviewer.is_empty() {
            for (question, given) in &workspace.reading(row.reading).unwrap().answers {
                answers.insert(question.clone(), json!([given.value, given.narrative]));
            }
        }
        let facts = json!([
            row.number.to_string(),
            row.frame_id,
            row.region,
            row.period,
            row.round,
            row.sample_id,
            row.review_kind.code(),
            row.status.code(),
            row.submitted_at.map(|at| at.to_string()),
            to_hex(row.ratings.as_bytes()),
        ]);
        readings.insert(row.reading.to_string(), json!([facts, answers]));
    }
    let restored = workspace.team().restored.len();
    json!({
        "name": workspace.team().name,
        "people": people,
        "rounds": rounds,
        "queue": queue,
        "readings": readings,
        "restored": restored,
    })
}

#[test]
#[ignore = "writes the saved log: only before version 1 is settled"]
fn write_fixture() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 4);
    let first = assign(&mut lead, 1, "mary");
    let second = assign(&mut lead, 2, "lead");
    answer(&mut lead, second, "19.A", "yes");
    answer(&mut lead, second, "19.A", "no");
    let text = Some("Weekly, alone in the home.".to_owned());
    lead.act(&Command::Narrate { reading: second, question: "19.A".to_owned(), text }).unwrap();
    lead.act(&Command::Undo { reading: second }).unwrap();
    lead.act(&Command::Redo { reading: second }).unwrap();
    assign(&mut lead, 2, "tom");
    let open = OpenRound {
        name: "local".to_owned(),
        instrument: instrument(),
        review_kind: ReviewKind::Local,
        period: "2026-Q2".to_owned(),
        under_review: Some("2026-01-01/2026-06-30".parse().unwrap()),
    };
    lead.act(&Command::OpenRound(open)).unwrap();
    let round = lead.current_round().unwrap().unwrap().id;
    lead.act(&Command::CloseRound { round }).unwrap();
    let case = |nth: u32| ImportedCase {
        id: format!("X-{nth}"),
        case_type: "in-home".to_owned(),
        region: "East".to_owned(),
        county: "Roane".to_owned(),
        period: "2025-H2".to_owned(),
        under_review: None,
        round: "2025".to_owned(),
        sample_id: "s1".to_owned(),
        review_kind: ReviewKind::Baseline,
    };
    let given = |question: &str, value: &str, narrative: Option<&str>| GivenAnswer {
        question: question.to_owned(),
        value: Some(value.to_owned()),
        narrative: narrative.map(str::to_owned),
    };
    let reading = |nth, draft| ImportedReading {
        case: case(nth),
        which: Which::First,
        reviewer: "old-reviewer".parse().unwrap(),
        answers: vec![
            given("19.A", "no", Some("Seen in the file only.")),
            given("19.rationale", "Seen in the file only, twice.", None),
        ],
        draft,
    };
    let readings = vec![reading(0, false), reading(1, true)];
    lead.act(&Command::ImportReadings { instrument: instrument(), readings }).unwrap();
    let ratings = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(item, code)| ((*item).to_owned(), (*code).to_owned())).collect()
    };
    let cases = vec![
        ImportedRatings { case: case(2), ratings: ratings(&[("19", "strength"), ("20", "ani")]) },
        ImportedRatings { case: case(3), ratings: ratings(&[("19", "na")]) },
    ];
    lead.act(&Command::ImportRatings { instrument: instrument(), cases }).unwrap();
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    fill(&mut mary, first);
    mary.act(&Command::Submit { reading: first }).unwrap();
    mary.backup(&folder.path().join("copy.db"), false).unwrap();
    drop(mary);
    let target = folder.path().join("restored.db");
    let done = Workspace::restore(
        &folder.path().join("copy.db"),
        &target,
        Some("lead"),
        false,
        surroundings(),
    );
    let mut restored = done.unwrap().workspace;
    let third = assign(&mut restored, 3, "lead");
    answer(&mut restored, third, "20.A2", "yes");
    fs::create_dir_all(saved("")).unwrap();
    restored.backup(&saved("v1.db"), true).unwrap();
    let text = serde_json::to_string_pretty(&state(&restored)).unwrap();
    fs::write(saved("v1.state.json"), text + "\n").unwrap();
}
