//! A review with each shipped instrument and each of its case types: from the queue through
//! the interface to submission and the report, the same answers through `import answers`, and
//! some of them key by key through the real program.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // figures are printed

use std::path::Path;

use casereview::cli::Desk;
use casereview::instrument::{Instrument, Mode, load_shipped, shipped};
use casereview::review::{
    Command, DrawCase, DrawSample, ImportFrame, Place as Order, ReviewKind, StratumSize,
};
use casereview::store::{NewWorkspace, Workspace};
use casereview::task::App;

use crate::answerer::{Answerer, Step, as_rows};
use crate::place::Place;
use crate::pty::Pty;
use crate::storyboard::Storyboard;
use crate::task_world::World;
use crate::workspace;

/// A workspace for the instrument with a case of each type, all given to `rv-04`.
pub fn create(folder: &Path, instrument: &Instrument) {
    let new = NewWorkspace {
        name: "2026-H1".to_owned(),
        lead: "lead".parse().unwrap(),
        instrument: load_shipped(instrument.id()).unwrap(),
        review_kind: ReviewKind::Regular,
        period: "2026-H1".to_owned(),
        under_review: None,
    };
    let mut made =
        Workspace::create_in(&workspace::path(folder), &new, workspace::surroundings()).unwrap();
    let round = made.current_round().unwrap().unwrap().id;
    let types = instrument.case_types();
    let n = types.len() as u64;
    let strata = vec![StratumSize { stratum: "all".to_owned(), size: n, n }];
    let frame = ImportFrame {
        round,
        file_hash: "f1".to_owned(),
        canonical_hash: "c1".to_owned(),
        rows: n,
        strata: strata.clone(),
        sampling: Some("2026-04-01/2026-09-30".parse().unwrap()),
        under_review: Some("2026-04-01/2026-11-30".parse().unwrap()),
        plan: "[columns]\n".to_owned(),
        frame: "Case ID\nA-1\n".to_owned(),
    };
    made.act(&Command::ImportFrame(frame)).unwrap();
    let case = |(nth, code): (u32, &String)| DrawCase {
        case_type: code.clone(),
        region: "Knox".to_owned(),
        county: "Knox".to_owned(),
        place: Order { order: nth + 1, spare: false, stratum: "all".to_owned() },
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
        cases: (0..).zip(types.iter().map(|t| &t.code)).map(case).collect(),
        reason: None,
    };
    made.act(&Command::DrawSample(draw)).unwrap();
    for nth in 0..types.len() {
        workspace::assign(&mut made, nth as u32 + 1, "rv-04");
    }
}

fn open(folder: &Path) -> Answerer<Desk> {
    let desk = Desk::new(workspace::open_as(folder, "rv-04"));
    let app = App::new(desk.info().unwrap());
    Answerer::new(Storyboard::new(app, desk))
}

/// Reviews every case of the workspace; returns each case's type with its answers.
fn review_all(folder: &Path, instrument: &Instrument) -> Vec<(String, Vec<(String, String)>)> {
    let mut walk = open(folder);
    let mut given = Vec::new();
    walk.walk.press("l");
    for nth in 1..=instrument.case_types().len() {
        let number = format!("R-{nth:04}");
        for _ in 0..instrument.case_types().len() {
            walk.walk.press("Up");
        }
        while walk.walk.app.queue.chosen().unwrap().case != number {
            walk.walk.press("Down");
        }
        walk.walk.press("Enter").sees(&format!("Case {number}"));
        walk.finish();
        let code = &instrument.case_types()[usize::from(walk.review().answers().case_type.0)].code;
        given.push((code.clone(), as_rows(walk.review())));
        walk.walk.press("Esc");
        if walk.walk.has("show all") {
            walk.walk.press("a");
        }
        walk.walk.sees(&number).sees("submitted");
    }
    given
}

/// The reports there are for an instrument of this mode, by case type.
fn report(place: &Place, file: &str, mode: Mode) -> String {
    let subjects: &[&str] = match mode {
        Mode::Rated => &["items", "outcomes", "questions", "participants", "reasons"],
        Mode::Checklist => &["questions", "sections", "measures"],
    };
    let told = subjects.iter().map(|subject| {
        let line = ["--workspace", file, "report", subject, "--by", "case_type", "--format", "csv"];
        format!("{subject}\n{}", place.ok(&line))
    });
    told.collect()
}

fn csv_of(given: &[(String, Vec<(String, String)>)]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut file = String::from("case,case_type,question,answer,region,county,period,reviewer\n");
    for (nth, (case_type, answers)) in given.iter().enumerate() {
        for (question, answer) in answers {
            let answer = quoted(answer);
            file += &format!("A-{nth},{case_type},{question},{answer},Knox,Knox,2026-H1,rv-04\n");
        }
    }
    file
}

fn goes_through(id: &str) {
    let instrument = load_shipped(id).unwrap();
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), &instrument);
    let given = review_all(folder.path(), &instrument);
    let place = Place::new();
    let file = workspace::path(folder.path()).display().to_string();
    let reported = report(&place, &file, instrument.mode());

    // The same answers from a file give the same report.
    let csv = place.write("answers.csv", csv_of(&given)).display().to_string();
    let other = place.path("imported.db").display().to_string();
    place.ok(&["--workspace", &other, "init", "--instrument", id, "--name", "2026-H1"]);
    place.ok(&["--workspace", &other, "import", "answers", &csv]);
    assert_eq!(report(&place, &other, instrument.mode()), reported, "{id}");
    place.ok(&["--workspace", &file, "log", "verify"]);

    // What the program fills in on submission stands in the reading.
    let left = workspace::open_as(folder.path(), "rv-04");
    let reading = left.reading(workspace::reading_of(&left, 1)).unwrap();
    let answers = casereview::review::answers(&instrument, &reading).unwrap();
    for at in instrument.question_positions() {
        if instrument.question(at).from_review().is_some() {
            assert!(answers.get(at).is_some(), "{}", instrument.question(at).id());
        }
    }

    // Each case type has its reviews in the first report.
    for case_type in instrument.case_types() {
        assert!(reported.contains(&case_type.code), "{id}, {}:\n{reported}", case_type.code);
    }
}

/// One test for each file, so that they run beside one another and a new file can't be
/// forgotten.
macro_rules! each {
    ($($name:ident: $id:literal,)*) => {
        $(#[test]
        fn $name() {
            goes_through($id);
        })*
        #[test]
        fn every_shipped_instrument_is_reviewed() {
            let mut tested = vec![$($id),*];
            let mut all: Vec<&str> = shipped().iter().map(|one| one.id).collect();
            tested.sort_unstable();
            all.sort_unstable();
            assert_eq!(tested, all);
        }
    };
}

each! {
    case_plan: "case-plan",
    cfsr_r2_items_14_20: "cfsr-r2-items-14-20",
    cfsr_r3: "cfsr-r3",
    cfsr_r3_well_being: "cfsr-r3-well-being",
    cfsr_r4: "cfsr-r4",
    foster_care_review: "foster-care-review",
    ms_practice_model: "ms-practice-model",
    quality_contacts: "quality-contacts",
    supervisory_review: "supervisory-review",
    tn_case_process_review: "tn-case-process-review",
    tn_qri: "tn-qri",
}

/// A row as it is whatever the time: the clock's digits taken out.
fn timeless(rows: &[String]) -> Vec<String> {
    let blank = |row: &String| {
        let dated = row.contains("saved ") || row.contains("submitted ") || row.contains("saving");
        match dated {
            true => row.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect(),
            false => row.clone(),
        }
    };
    rows.iter().map(blank).collect()
}

/// Plays the keys of a walk in the real program, which must draw the very frames of the walk.
fn replay(id: &str) {
    let instrument = load_shipped(id).unwrap();
    let (kept, played) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    create(kept.path(), &instrument);
    create(played.path(), &instrument);
    let mut walk = open(kept.path());
    walk.walk.press("l");
    while walk.walk.app.queue.chosen().unwrap().case != "R-0001" {
        walk.walk.press("Down");
    }
    walk.walk.press("Enter").sees("Case R-0001");
    let first = walk.walk.rows();
    walk.finish();

    let file = workspace::path(played.path()).display().to_string();
    let args = ["--workspace", &file, "--as", "rv-04", "review", "R-0001"];
    let env = [("TERM", "xterm-256color"), ("TZ", "UTC")];
    let mut run = Pty::start_in(played.path(), &args, &env, (80, 24));
    let sees = |run: &Pty, expected: &[String]| {
        let expected = timeless(expected);
        let came = run.waits_until(|rows| timeless(rows) == expected);
        assert!(came, "expected:\n{}\ncame:\n{}", expected.join("\n"), run.rows().join("\n"));
    };
    sees(&run, &first);
    for (step, frame) in &walk.steps {
        match step {
            Step::Press(key) => drop(run.press(key)),
            Step::Type(text) => drop(run.send(text.as_bytes())),
        }
        sees(&run, frame);
    }
    run.kill();
    let left = workspace::open_as(played.path(), "rv-04");
    let reading = left.reading(workspace::reading_of(&left, 1)).unwrap();
    assert!(reading.seal.is_some(), "{id} is submitted");
    let code = &instrument.case_types()[0].code;
    assert!(report(&Place::new(), &file, instrument.mode()).contains(code), "{id} is reported");
}

#[test]
fn cfsr_r3_in_the_real_program() {
    replay("cfsr-r3");
}

#[test]
fn tn_qri_in_the_real_program() {
    replay("tn-qri");
}

#[test]
fn quality_contacts_in_the_real_program() {
    replay("quality-contacts");
}

/// How long a key takes from the press to the picture, without a disk. A look, not a test:
/// `cargo test --test suite how_long_a_key_takes -- --ignored --nocapture`.
#[test]
#[ignore = "prints times, which say nothing on a busy machine"]
fn how_long_a_key_takes() {
    let mut world = World::of("cfsr-r4", "foster-care");
    let app = world.open();
    let mut walk = Answerer::new(Storyboard::new(app, world));
    walk.finish();
    let steps = walk.steps;
    let mut world = World::of("cfsr-r4", "foster-care");
    let app = world.open();
    let mut again = Storyboard::new(app, world);
    let mut times: Vec<_> = steps
        .iter()
        .map(|(step, _)| {
            let start = std::time::Instant::now();
            match step {
                Step::Press(key) => drop(again.press(key)),
                Step::Type(text) => drop(again.types(text)),
            }
            let keys = match step {
                Step::Press(_) => 1,
                Step::Type(text) => text.len() as u32,
            };
            start.elapsed() / keys
        })
        .collect();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    eprintln!("{} keys: p50 {:?}, p99 {:?}, most {:?}", times.len(), at(50), at(99), at(100));
}
