//! A thousand markers planted in one reading are nowhere in the other reader's folder, files,
//! exports, screens or logs; the lead has none before both are sealed, and all after.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // figures are printed

use std::fs;
use std::path::Path;

use assert_cmd::Command as Program;
use casereview::exchange::mail::{self, Content, Sender};
use casereview::review::{Command, Which};

use crate::mail_world::{World, bundle, fill_and_submit, give, narrate, order, take_bundle};
use crate::workspace::path;

const MARKERS: usize = 1000;

fn marker(nth: usize) -> String {
    format!("Zq{nth:04}x")
}

/// How many of the markers stand somewhere in these bytes.
fn found(bytes: &[u8]) -> usize {
    let mut seen = vec![false; MARKERS];
    for at in memchr::memmem::find_iter(bytes, b"Zq") {
        let digits = bytes.get(at + 2..at + 6).and_then(|digits| std::str::from_utf8(digits).ok());
        if bytes.get(at + 6) == Some(&b'x')
            && let Some(nth) = digits.and_then(|digits| digits.parse::<usize>().ok())
            && nth < MARKERS
        {
            seen[nth] = true;
        }
    }
    seen.into_iter().filter(|one| *one).count()
}

/// Every byte of every file of a folder.
fn files(folder: &Path) -> Vec<u8> {
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
fn cells(file: &Path) -> Vec<u8> {
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

/// What the program shows and writes when it is asked everything a reader can ask.
fn told(home: &Path, user: &str, case: &str) -> Vec<u8> {
    let lines: [&[&str]; 10] = [
        &["status"],
        &["status", "--format", "csv"],
        &["log", "show", "--format", "json"],
        &["log", "verify"],
        &["export", "items", "--format", "csv"],
        &["export", "items", "--format", "csv", "--case-ids"],
        &["report", "items", "--format", "json"],
        &["report", "outcomes", "--format", "csv"],
        &["team", "list"],
        &["backup", "copy.db"],
    ];
    let mut all = Vec::new();
    let mut run = |line: &[&str], input: &str| {
        let output = Program::new(env!("CARGO_BIN_EXE_casereview"))
            .current_dir(home)
            .env("CASEREVIEW_WORKSPACE", path(home))
            .env("CASEREVIEW_USER", user)
            .args(line)
            .write_stdin(input)
            .output()
            .unwrap();
        all.extend(output.stdout);
        all.extend(output.stderr);
    };
    for line in lines {
        run(line, "");
    }
    run(&["review", case, "--plain"], ":why\n:items\n:guidance\n:quit\n");
    all
}

#[test]
fn a_second_reading_is_blind() {
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let second = give(&mut world.lead, 1, "john", Which::Second);
    let mut hers = world.hand_out(&world.mary);
    // A hundred narratives of ten markers each.
    let instrument = crate::workspace::instrument();
    let questions: Vec<String> =
        instrument.questions().iter().map(|question| question.id().to_owned()).collect();
    for nth in 0..MARKERS / 10 {
        let text: Vec<String> = (10 * nth..10 * nth + 10).map(marker).collect();
        // Beyond the last question they stand in notes on questions.
        let place = questions.get(nth).cloned();
        let place = place.unwrap_or_else(|| format!("{}#note", questions[nth - questions.len()]));
        narrate(&mut hers, first, &place, &text.join(" "));
    }
    fill_and_submit(&mut hers, first);
    assert_eq!(found(&cells(&path(&world.home("mary")))), MARKERS, "all are planted");

    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    fs::write(world.home("lead").join("mary.bundle"), &mail).unwrap();
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    assert_eq!(found(&cells(&path(&world.home("lead")))), 0, "closed");

    // The second reader gets the order only now, when the first reading is with the lead.
    let sent = order(&world.lead, &world.key, world.john.card());
    fs::write(world.home("john").join("john.order"), &sent).unwrap();
    let opened = mail::open(&sent, &world.john, Content::Order, &|_| {
        Sender::Known(world.key.card().clone())
    });
    assert_eq!(found(&opened.unwrap().content), 0);
    let mut his = world.hand_out(&world.john);
    crate::workspace::fill(&mut his, second);
    let home = world.home("john");
    assert_eq!(found(&told(&home, "john", "R-0001")), 0);
    his.act(&Command::Submit { reading: second }).unwrap();
    assert_eq!(found(&told(&home, "john", "R-0001")), 0);
    let his_mail = bundle(&mut his, &world.john, world.key.card(), false);
    drop(his);
    assert_eq!(found(&cells(&path(&home))), 0);
    assert_eq!(found(&files(&home)), 0);

    take_bundle(&mut world.lead, &world.key, &his_mail).unwrap();
    assert_eq!(found(&cells(&path(&world.home("lead")))), MARKERS, "released");
    println!("{MARKERS} markers: 0 with the second reader, 0 with the lead before, all after");
}
