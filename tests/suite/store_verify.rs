//! `log verify` finds what was tampered with, and names it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::review::Command;
use rusqlite::{Connection, params};
use tempfile::TempDir;

use crate::workspace::{answer, fill, one_review, open_as, path};

fn small() -> TempDir {
    let (folder, mut lead, reading) = one_review("lead");
    answer(&mut lead, reading, "19.A", "yes");
    let text = Some("Monthly, alone.".to_owned());
    lead.act(&Command::Narrate { reading, question: "19.A".to_owned(), text }).unwrap();
    folder
}

/// Changes a workspace the way an attacker would: without the guards.
fn tamper(folder: &Path, sql: &str) {
    let db = Connection::open(path(folder)).unwrap();
    db.execute_batch(
        "DROP TRIGGER event_stays; DROP TRIGGER event_is_kept; DROP TRIGGER event_is_new;",
    )
    .unwrap();
    db.execute_batch(sql).unwrap();
}

fn problems(folder: &Path) -> Vec<String> {
    open_as(folder, "lead").verify().unwrap().problems
}

#[test]
fn every_changed_byte_of_every_event_is_found_and_named() {
    let folder = small();
    assert_eq!(problems(folder.path()), Vec::<String>::new());
    tamper(folder.path(), "");
    let workspace = open_as(folder.path(), "lead");
    let db = Connection::open(path(folder.path())).unwrap();
    let mut query = db.prepare("SELECT position, seq, body FROM event").unwrap();
    let events: Vec<(i64, i64, Vec<u8>)> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let change = |position: i64, body: &[u8]| {
        db.execute("UPDATE event SET body = ?2 WHERE position = ?1", params![position, body])
            .unwrap();
    };
    for (position, seq, body) in &events {
        // Every byte of a short event, every seventh of a long one.
        let step = if body.len() > 600 { 97 } else { 7 };
        for at in (0..body.len()).step_by(step) {
            let mut changed = body.clone();
            changed[at] ^= 1;
            change(*position, &changed);
            let found = workspace.verify_chains().unwrap().problems;
            let named = format!("event {seq} of lead@");
            assert!(found.iter().any(|line| line.starts_with(&named)), "byte {at}: {found:?}");
        }
        change(*position, body);
    }
    assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_lost_event_a_changed_text_and_a_changed_table_are_found() {
    let folder = small();
    tamper(folder.path(), "DELETE FROM event WHERE position = 5");
    let found = problems(folder.path());
    assert!(found[0].starts_with("event 6 of lead@"), "{found:?}");
    assert!(found[0].ends_with("stands where event 5 should"), "{found:?}");

    let folder = small();
    tamper(folder.path(), "UPDATE words SET text = 'Weekly, alone.' WHERE text LIKE 'Monthly%'");
    let found = problems(folder.path());
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("the text ") && found[0].ends_with(" was changed"), "{found:?}");

    let folder = small();
    tamper(folder.path(), "DELETE FROM words WHERE text LIKE 'Monthly%'");
    let found = problems(folder.path());
    assert!(found[0].ends_with("has lost its text"), "{found:?}");

    let folder = small();
    tamper(folder.path(), "UPDATE answer SET value = 'no' WHERE question = '19.A'");
    assert_eq!(problems(folder.path()), ["the table answer is not what the log gives"]);

    let folder = small();
    tamper(folder.path(), "DELETE FROM event WHERE position = (SELECT max(position) FROM event)");
    let found = problems(folder.path());
    assert!(found[0].contains("ends at event"), "{found:?}");

    let folder = small();
    tamper(folder.path(), "UPDATE instrument SET text = replace(text, 'Mother', 'Mutter')");
    let found = problems(folder.path());
    assert!(found[0].starts_with("the text of instrument"), "{found:?}");
}

#[test]
fn the_log_can_only_grow() {
    let folder = small();
    let db = Connection::open(path(folder.path())).unwrap();
    for sql in [
        "UPDATE event SET about = 'team' WHERE position = 2",
        "DELETE FROM event WHERE position = 2",
        "INSERT OR REPLACE INTO event SELECT position, chain, seq, hash, about, x'00'
         FROM event WHERE position = 2",
        "INSERT OR REPLACE INTO event SELECT 99, chain, seq, x'01', about, x'00'
         FROM event WHERE position = 2",
        "INSERT OR REPLACE INTO event SELECT 99, chain, 99, hash, about, x'00'
         FROM event WHERE position = 2",
    ] {
        let error = db.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("the log is append-only"), "{sql}: {error}");
    }
}

#[test]
fn a_seal_holds_the_ratings_as_they_came_out_then() {
    let (_folder, mut lead, reading) = one_review("lead");
    fill(&mut lead, reading);
    lead.act(&Command::Submit { reading }).unwrap();
    let sealed = lead.reading(reading).unwrap();
    let seal = &sealed.seal.as_ref().unwrap().data;
    assert_eq!(seal.items["20"], "strength");
    assert_eq!(seal.outcomes["permanency-2"], "not-computed");
    assert_eq!(seal.reading, sealed.content_hash());
    assert_eq!(lead.verify().unwrap().seals, 1);
}
