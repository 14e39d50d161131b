//! Everything a person can get to see of a workspace: its cells, what commands print and write,
//! and every frame of the interface; and how many planted markers stand in it.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use assert_cmd::Command as Program;
use casereview::cli::Desk;
use casereview::store::Workspace;
use casereview::task::{Action, App, Screen};

use crate::storyboard::Storyboard;
use crate::workspace::path;

/// A marker: nothing else in a workspace looks like it.
pub fn marker(nth: usize) -> String {
    format!("Zq{nth:04}x")
}

/// How many of so many markers stand somewhere in these bytes.
pub fn found(bytes: &[u8], markers: usize) -> usize {
    let mut seen = vec![false; markers];
    for at in memchr::memmem::find_iter(bytes, b"Zq") {
        let digits = bytes.get(at + 2..at + 6).and_then(|digits| std::str::from_utf8(digits).ok());
        if bytes.get(at + 6) == Some(&b'x')
            && let Some(nth) = digits.and_then(|digits| digits.parse::<usize>().ok())
            && nth < markers
        {
            seen[nth] = true;
        }
    }
    seen.into_iter().filter(|one| *one).count()
}

/// Every byte of every file of a folder.
pub fn files(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.extend(fs::read(&path).unwrap());
        }
    }
    all
}

/// Everything that stands in a workspace, cell by cell.
pub fn cells(file: &Path) -> Vec<u8> {
    let db = rusqlite::Connection::open(file).unwrap();
    let mut query = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> =
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    for table in tables {
        let mut query = db.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let width = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for at in 0..width {
                use rusqlite::types::ValueRef;
                match row.get_ref(at).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => all.extend_from_slice(bytes),
                    ValueRef::Integer(number) => all.extend(number.to_string().bytes()),
                    ValueRef::Real(_) | ValueRef::Null => {}
                }
                all.push(0);
            }
        }
    }
    all
}

/// What anyone may try to get out of a workspace; what is not theirs is refused, and that is
/// looked at too. Files go to the folder `out`.
const LINES: [&str; 40] = [
    "status",
    "status --format csv",
    "status --format json",
    "log show",
    "log show --format json",
    "log show --case R-0001",
    "log verify",
    "log verify --format json",
    "export items --format csv",
    "export items --format json",
    "export items --format csv --case-ids --out out/items.csv",
    "export codebook",
    "report items --format json",
    "report items --by reviewer --total --sub-items",
    "report items --format xlsx --out out/items.xlsx",
    "report outcomes --format csv",
    "report trend",
    "report questions --by reviewer",
    "report participants",
    "report reasons",
    "report eliminations",
    "report progress --by reviewer",
    "report state",
    "report agreement",
    "report agreement --by question",
    "report agreement --by pair --format json",
    "report agreement --matrix",
    "report agreement --cases john+mary",
    "report causes",
    "report causes --by reviewer",
    "team list",
    "person list",
    "conflict list",
    "round list",
    "second list",
    "sample show",
    "sample report",
    "work list",
    "reconcile R-0001 --plain",
    "backup out/copy.db --force",
];

/// What commands print and write.
pub fn told(home: &Path, user: &str, case: &str) -> Vec<u8> {
    fs::create_dir_all(home.join("out")).unwrap();
    let mut all = Vec::new();
    let mut run = |line: &str, input: &str| {
        let output = Program::new(env!("CARGO_BIN_EXE_casereview"))
            .current_dir(home)
            .env("CASEREVIEW_WORKSPACE", path(home))
            .env("CASEREVIEW_USER", user)
            .args(line.split(' '))
            .write_stdin(input)
            .output()
            .unwrap();
        all.extend(output.stdout);
        all.extend(output.stderr);
    };
    for line in LINES {
        run(line, ":evidence\n:next\n:evidence\n:quit\n");
    }
    run(&format!("review {case} --plain"), ":why\n:items\n:guidance\n:quit\n");
    all.extend(files(&home.join("out")));
    all.extend(cells(&home.join("out/copy.db")));
    all
}

/// Every frame of a walk through the whole interface: the start, cases, every question of
/// every review with its why, guidance, items, notes and texts, results, sample, pairs, their
/// differences with all that stands beside, agreement, instruments, help.
pub fn frames(workspace: Workspace, size: (u16, u16)) -> (Vec<u8>, Desk) {
    let desk = Desk::new(workspace);
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::sized(app, desk, size);
    let keys = |walk: &mut Storyboard<Desk>, keys: &str| {
        for key in keys.split(' ') {
            walk.press_blind(key);
        }
    };
    keys(&mut walk, "? PageDown PageDown PageDown PageDown Esc");
    keys(&mut walk, "r b b b b ] ] ] ] ] ] Esc");
    keys(&mut walk, "s b b b Esc i Enter PageDown PageDown Esc Esc");
    back_to(&mut walk, Screen::Start);
    keys(&mut walk, "l");
    let cases = walk.app.queue.count_shown();
    for nth in 0..cases {
        walk.press_blind("Home");
        (0..nth).for_each(|_| _ = walk.press_blind("Down"));
        walk.press_blind("Enter");
        if walk.app.screen == Screen::Review {
            every_question(&mut walk, if size.1 > 100 { 0 } else { 3 });
        } else if walk.app.screen == Screen::Settle {
            walk.press_blind("Esc");
        }
    }
    walk.press_blind("Esc");
    if walk.app.start.info.pairs.is_some() {
        keys(&mut walk, "p Enter");
        if walk.app.screen == Screen::Settle {
            let differences = walk.app.settle.as_ref().unwrap().differences().len();
            for _ in 0..differences {
                keys(&mut walk, "e PageDown PageDown PageDown Esc Down");
            }
            walk.press_blind("Esc");
        }
        keys(&mut walk, "a Enter Esc b Enter Esc b Enter Esc b Enter Esc b Enter Esc b Esc");
    }
    let all = walk.frames().iter().flatten().flat_map(|row| [row.as_str(), "\n"]);
    (all.collect::<String>().into_bytes(), walk.backend)
}

/// Leaves what is open until a screen is there.
fn back_to(walk: &mut Storyboard<Desk>, screen: Screen) {
    for _ in 0..9 {
        if walk.app.screen != screen {
            walk.press_blind("Esc");
        }
    }
    assert_eq!(walk.app.screen, screen);
}

/// Goes through an open review from its first question to its last.
fn every_question(walk: &mut Storyboard<Desk>, pages: usize) {
    let takes = |walk: &Storyboard<Desk>, action| casereview::task::is_available(&walk.app, action);
    // It opens at its first open question.
    for _ in 0..300 {
        if takes(walk, Action::Previous) {
            walk.press_blind("Left");
        }
    }
    for _ in 0..300 {
        for (action, key) in [
            (Action::Why, "w"),
            (Action::Changes, "c"),
            (Action::Guidance, "g"),
            (Action::Items, "i"),
            (Action::Read, "t"),
        ] {
            if takes(walk, action) {
                walk.press_blind(key);
                (0..pages).for_each(|_| _ = walk.press_blind("PageDown"));
                walk.press_blind("Esc");
            }
        }
        if !takes(walk, Action::Next) {
            break;
        }
        walk.press_blind("Right");
        if walk.app.screen == Screen::Missing {
            walk.press_blind("Esc");
            break;
        }
    }
    back_to(walk, Screen::Queue);
}
