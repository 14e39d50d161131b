//! Workspaces for tests: fixed time and chance, a drawn sample, filled-in reviews.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use casereview::instrument::{DEFAULT, Instrument, Kind, load_shipped};
use casereview::review::{
    AssignCases, CaseNumber, Command, DrawCase, DrawSample, ImportFrame, Moment, Place, ReadingId,
    ReviewKind, StratumSize, Which, answers,
};
use casereview::scoring::{Asked, Lack, score, unfinished};
use casereview::store::{ActError, NewWorkspace, QueueFilter, Surroundings, Workspace};
use tempfile::{TempDir, tempdir};

/// The default instrument.
pub fn instrument() -> Arc<Instrument> {
    load_shipped(DEFAULT).unwrap()
}

/// A clock that starts on 1 June 2026 and goes on by a second at each look.
pub fn surroundings() -> Surroundings {
    static OPENINGS: AtomicU64 = AtomicU64::new(1);
    let seed = OPENINGS.fetch_add(1, Ordering::Relaxed);
    Surroundings::fixed(Moment::from_millis(1_780_272_000_000), seed)
}

/// A new workspace `w.db` in the folder, led by `lead`.
pub fn create(folder: &Path) -> Workspace {
    create_with(folder, surroundings())
}

/// The same with a chance of one's own: ids come out the same each time.
pub fn create_with(folder: &Path, surroundings: Surroundings) -> Workspace {
    let new = NewWorkspace {
        name: "2026-H1".to_owned(),
        lead: "lead".parse().unwrap(),
        instrument: instrument(),
        review_kind: ReviewKind::Regular,
        period: "2026-H1".to_owned(),
        under_review: None,
    };
    Workspace::create_in(&path(folder), &new, surroundings).unwrap()
}

/// Where [`create`] puts it.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("w.db")
}

/// The same file, opened by someone.
pub fn open_as(folder: &Path, user: &str) -> Workspace {
    Workspace::open_in(&path(folder), Some(user), surroundings()).unwrap()
}

/// Draws `count` foster-care and in-home cases in turn, and one spare.
pub fn draw(workspace: &mut Workspace, count: u32) {
    let round = workspace.current_round().unwrap().unwrap().id;
    let strata = vec![StratumSize { stratum: "all".to_owned(), size: 100, n: u64::from(count) }];
    let frame = ImportFrame {
        round,
        file_hash: "f1".to_owned(),
        canonical_hash: "c1".to_owned(),
        rows: 100,
        strata: strata.clone(),
        sampling: Some("2026-04-01/2026-09-30".parse().unwrap()),
        under_review: Some("2026-04-01/2026-11-30".parse().unwrap()),
        plan: "[columns]\n".to_owned(),
        frame: "Case ID\nA-1\n".to_owned(),
    };
    workspace.act(&Command::ImportFrame(frame)).unwrap();
    let case = |nth: u32| DrawCase {
        case_type: if nth.is_multiple_of(2) { "foster-care" } else { "in-home" }.to_owned(),
        region: ["East", "Knox", "Shelby"][nth as usize % 3].to_owned(),
        county: format!("County {nth}"),
        place: Place { order: nth + 1, spare: nth == count, stratum: "all".to_owned() },
        ticket: format!("{nth:064x}"),
        frame: [("case", format!("A-{nth}")), ("opened", "2025-11-03".to_owned())]
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
    };
    let draw = DrawSample {
        round,
        seed: "4711".to_owned(),
        seed_source: None,
        strata,
        cases: (0..=count).map(case).collect(),
        reason: None,
    };
    workspace.act(&Command::DrawSample(draw)).unwrap();
}

/// Gives a case to someone as its first review and returns the reading.
pub fn assign(workspace: &mut Workspace, case: u32, to: &str) -> ReadingId {
    let assign =
        AssignCases { cases: vec![CaseNumber(case)], to: to.parse().unwrap(), which: Which::First };
    workspace.act(&Command::Assign(assign)).unwrap();
    reading_of(workspace, case)
}

/// A new workspace of one case that someone reviews, opened by them; with its folder and the
/// review.
pub fn one_review(by: &str) -> (TempDir, Workspace, ReadingId) {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 1);
    let reading = assign(&mut lead, 1, by);
    drop(lead);
    let theirs = open_as(folder.path(), by);
    (folder, theirs, reading)
}

/// The reading of a case.
pub fn reading_of(workspace: &Workspace, case: u32) -> ReadingId {
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    queue.iter().find(|row| row.number == CaseNumber(case)).unwrap().reading.unwrap()
}

/// Gives an answer.
pub fn answer(workspace: &mut Workspace, reading: ReadingId, question: &str, value: &str) {
    let command =
        Command::Answer { reading, question: question.to_owned(), value: Some(value.to_owned()) };
    workspace.act(&command).unwrap();
}

/// Answers whatever is asked until nothing is missing: the first option everywhere.
pub fn fill(workspace: &mut Workspace, reading: ReadingId) {
    for _ in 0..1000 {
        if !fill_next(workspace, reading).unwrap() {
            return;
        }
    }
    panic!("the review never gets finished");
}

/// Gives the first thing that is missing before a review can be handed in; false if nothing is.
pub fn fill_next(workspace: &mut Workspace, reading: ReadingId) -> Result<bool, ActError> {
    let instrument = instrument();
    let state = workspace.reading(reading).unwrap();
    let given = answers(&instrument, &state).unwrap();
    let scores = score(&instrument, &given);
    let missing = unfinished(&instrument, &given, &scores);
    let Some(first) = missing.first() else { return Ok(false) };
    let question = instrument.question(first.question);
    let id = question.id().to_owned();
    assert_eq!(scores.asked(first.question), Asked::Yes, "{id}");
    if matches!(first.what, Lack::Narrative | Lack::OptionText) {
        let text = Some("Seen in the file.".to_owned());
        workspace.act(&Command::Narrate { reading, question: id, text })?;
        return Ok(true);
    }
    let offered = |options: &[casereview::instrument::Choice]| {
        let first = options.iter().find(|option| option.case_types.has(given.case_type));
        first.unwrap().code.clone()
    };
    let value = match question.kind() {
        Kind::Choice(options) | Kind::Checklist(options) => offered(options),
        Kind::Text => "Both parents were seen each month.".to_owned(),
        Kind::Date => "2026-05-04".to_owned(),
        Kind::Integer { least, .. } => least.to_string(),
        Kind::Table { .. } => unreachable!("this instrument has no tables"),
    };
    workspace.act(&Command::Answer { reading, question: id, value: Some(value) })?;
    Ok(true)
}
