//! The interface on a workspace of 10,000 reviews: the first frame, and the way of a key to
//! a frame that says saved, beside the bare commit of an event of that size.
#![allow(missing_docs, clippy::unwrap_used)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use casereview::cli::Desk;
use casereview::review;
use casereview::store::Workspace;
use casereview::task::{App, Effect, Event, Size, carry_out};
use casereview::tui::{Drafts, Face, Input, Palette, Theme, settle};
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rusqlite::{Connection, TransactionBehavior, params};
use tempfile::TempDir;

/// Keys measured.
const KEYS: usize = 2_000;

fn workspace(folder: &Path) -> PathBuf {
    let made = Command::new(env!("CARGO_BIN_EXE_casereview"))
        .args(["demo", "--cases", "10000", "--dir"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(made.unwrap().success());
    folder.join("casereview.db")
}

struct Screen {
    desk: Desk,
    app: App,
    face: Face,
    terminal: Terminal<TestBackend>,
    drafts: Drafts,
}

impl Screen {
    fn open(file: &Path) -> Self {
        let desk = Desk::new(Workspace::open(file, None).unwrap());
        let app = App::new(desk.info().unwrap());
        let mut screen = Self {
            desk,
            app,
            face: Face::new(Theme::new(Palette::Many)),
            terminal: Terminal::new(TestBackend::new(80, 24)).unwrap(),
            drafts: Drafts::default(),
        };
        screen.draw();
        screen
    }

    fn draw(&mut self) {
        self.face.follow(&self.app);
        self.terminal.draw(|frame| self.face.draw(frame, &self.app)).unwrap();
    }

    /// Works a key as the program's loop does, to the frame behind it.
    fn press(&mut self, key: char) {
        let input = Input::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE));
        let size = Size { width: 80, height: 24 };
        if let Some(event) = self.face.event(&self.app, input, size) {
            let (face, terminal) = (&mut self.face, &mut self.terminal);
            let mut show = |app: &App| {
                face.follow(app);
                terminal.draw(|frame| face.draw(frame, app)).map(drop)
            };
            settle(&mut self.app, &mut self.desk, &mut self.drafts, event, &mut show);
        }
        self.draw();
    }

    /// Opens a review of the user's own, at a question with a Yes and an NA to alternate.
    fn review(&mut self, id: &str) -> String {
        let cases = self.desk.cases().unwrap();
        let user = self.desk.workspace().user().as_str();
        let mine = |case: &&casereview::task::queue::Case| {
            case.reviewer == user && case.status == casereview::task::queue::Status::InProgress
        };
        let reading = cases.iter().find(mine).unwrap().reading.clone();
        let open = Effect::Open { reading: reading.clone() };
        carry_out(&mut self.app, &mut self.desk, vec![open]);
        self.stand_at(id);
        reading
    }

    fn stand_at(&mut self, id: &str) {
        let review = self.app.review.as_ref().unwrap();
        let question = review.instrument().find_question(id).unwrap();
        casereview::task::update(&mut self.app, Event::Goto(question));
        self.draw();
    }
}

/// Half of the times are below the first, 99 of 100 below the second.
fn percentiles(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

fn tell(what: &str, (half, most): (Duration, Duration)) {
    let mut out = std::io::stdout();
    writeln!(out, "{what:<44} p50 {half:>9.1?}  p99 {most:>9.1?}").unwrap();
}

/// Alternates two answers to one question and takes the time from the key to the frame.
fn keys(file: &Path) {
    const ID: &str = "17.A2";
    let mut screen = Screen::open(file);
    let reading: review::ReadingId = screen.review(ID).parse().unwrap();
    let (mut drawn, mut acted, mut only_drawn) = (Vec::new(), Vec::new(), Vec::new());
    let bare = Bare::open(file);
    let mut committed = Vec::new();
    screen.press('3');
    for key in 0..KEYS {
        screen.stand_at(ID);
        let start = Instant::now();
        screen.press(if key % 2 == 0 { '1' } else { '3' });
        drawn.push(start.elapsed());
        let review = screen.app.review.as_ref().unwrap();
        assert!(matches!(review.saved(), casereview::task::review::Saved::At(_)));
    }
    for key in 0..KEYS {
        screen.stand_at(ID);
        let start = Instant::now();
        screen.press(if key % 2 == 0 { 'k' } else { 'j' });
        only_drawn.push(start.elapsed());
    }
    let mut workspace = screen.desk.into_workspace();
    for key in 0..KEYS {
        let value = Some(if key % 2 == 0 { "yes" } else { "na" }.to_owned());
        let command = review::Command::Answer { reading, question: ID.to_owned(), value };
        let start = Instant::now();
        workspace.act(&command).unwrap();
        acted.push(start.elapsed());
        let start = Instant::now();
        bare.commit(key as i64);
        committed.push(start.elapsed());
    }
    let (drawn, acted) = (percentiles(drawn), percentiles(acted));
    let committed = percentiles(committed);
    tell("answer key to the frame that says saved", drawn);
    tell("the command alone: decide, write, commit", acted);
    tell("a bare commit of an event of that size", committed);
    tell("a key that saves nothing, to its frame", percentiles(only_drawn));
    let beyond = (drawn.0.saturating_sub(committed.0), drawn.1.saturating_sub(committed.1));
    tell("key to drawn beyond the bare commit", beyond);
}

/// The smallest transaction that can hold an event: one row in a file with the same settings,
/// on the same disk.
struct Bare(Connection);

impl Bare {
    fn open(beside: &Path) -> Self {
        let db = Connection::open(beside.with_file_name("bare.db")).unwrap();
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON; PRAGMA secure_delete = ON;
             CREATE TABLE event (position INTEGER PRIMARY KEY, hash BLOB, body BLOB) STRICT;",
        )
        .unwrap();
        Self(db)
    }

    fn commit(&self, key: i64) {
        let change =
            rusqlite::Transaction::new_unchecked(&self.0, TransactionBehavior::Immediate).unwrap();
        change
            .prepare_cached("INSERT INTO event (hash, body) VALUES (?1, ?2)")
            .unwrap()
            .execute(params![[key as u8; 32], [key as u8; 420]])
            .unwrap();
        change.commit().unwrap();
    }
}

fn interface(criterion: &mut Criterion) {
    let folder: TempDir = tempfile::tempdir_in(".").unwrap();
    let file = workspace(folder.path());
    let mut group = criterion.benchmark_group("interface");
    group.sample_size(20);
    group.bench_function("first frame on 10,000 reviews", |bencher| {
        bencher.iter(|| Screen::open(&file));
    });
    group.finish();
    keys(&file);
}

criterion_group!(benches, interface);
criterion_main!(benches);
