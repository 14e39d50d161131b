//! Files that are no workspace, or not one to write in: told apart, and left as they are.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use casereview::store::{StoreError, Workspace};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::workspace::{create, path};

/// Opens, expects a failure, and sees that the file did not change; gives text and help.
fn refused(file: &Path) -> (String, &'static str) {
    let before = fs::read(file).ok();
    let error = Workspace::open(file, None).expect_err("it must not open");
    assert_eq!(fs::read(file).ok(), before, "the file was changed");
    (error.to_string(), error.help().unwrap())
}

const NAME_ANOTHER: &str =
    "name the workspace with --workspace FILE, or make one with `casereview init`";

#[test]
fn no_file() {
    let folder = tempdir().unwrap();
    let (text, help) = refused(&path(folder.path()));
    assert_eq!(text, "is not there");
    assert_eq!(
        help,
        "make one with `casereview init`, try `casereview demo`, or name another with --workspace FILE"
    );
    assert!(!path(folder.path()).exists());
}

#[test]
fn a_folder() {
    let folder = tempdir().unwrap();
    let error = Workspace::open(folder.path(), None).err().unwrap();
    assert_eq!(error.to_string(), "is a folder, not a workspace");
}

#[test]
fn a_text_file() {
    let folder = tempdir().unwrap();
    fs::write(path(folder.path()), "case,case_type\nÄ,foster-care\n").unwrap();
    let told = refused(&path(folder.path()));
    assert_eq!(told, ("is not a workspace: it is a text file".to_owned(), NAME_ANOTHER));
}

#[test]
fn an_empty_file() {
    let folder = tempdir().unwrap();
    fs::write(path(folder.path()), "").unwrap();
    let told = refused(&path(folder.path()));
    assert_eq!(told, ("is empty, not a workspace".to_owned(), NAME_ANOTHER));
}

#[test]
fn bytes_of_another_kind() {
    let folder = tempdir().unwrap();
    fs::write(path(folder.path()), [0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe]).unwrap();
    let told = refused(&path(folder.path()));
    assert_eq!(told.0, "is not a workspace: it is a file of another kind");
}

#[test]
fn a_database_of_another_program() {
    let folder = tempdir().unwrap();
    let other = Connection::open(path(folder.path())).unwrap();
    other.execute_batch("CREATE TABLE event (a); PRAGMA user_version = 1;").unwrap();
    drop(other);
    let told = refused(&path(folder.path()));
    assert_eq!(
        told,
        ("is not a workspace: it is a database of another program".to_owned(), NAME_ANOTHER)
    );
}

#[test]
fn a_workspace_of_a_newer_version() {
    let folder = tempdir().unwrap();
    drop(create(folder.path()));
    let newer = Connection::open(path(folder.path())).unwrap();
    newer.execute_batch("PRAGMA user_version = 7;").unwrap();
    drop(newer);
    let told = refused(&path(folder.path()));
    assert_eq!(
        told,
        (
            "was made by a newer version of casereview (workspace version 7, known up to 4)"
                .to_owned(),
            "open it with that version; nothing in it was changed"
        )
    );
}

#[cfg(unix)]
#[test]
fn a_read_only_workspace() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    drop(create(folder.path()));
    fs::set_permissions(path(folder.path()), fs::Permissions::from_mode(0o400)).unwrap();
    let told = refused(&path(folder.path()));
    assert_eq!(
        told,
        ("is read-only".to_owned(), "allow writing to the file and its folder, or work on a copy")
    );
}

#[test]
fn a_workspace_that_another_program_keeps_to_itself() {
    let folder = tempdir().unwrap();
    drop(create(folder.path()));
    let other = Connection::open(path(folder.path())).unwrap();
    other
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; SELECT * FROM event;")
        .unwrap();
    let told = refused(&path(folder.path()));
    assert_eq!(
        told,
        (
            "is locked: another program is writing in it".to_owned(),
            "close the other program and try again; nothing was saved"
        )
    );
}

#[test]
fn a_workspace_cut_short() {
    let folder = tempdir().unwrap();
    drop(create(folder.path()));
    let bytes = fs::read(path(folder.path())).unwrap();
    fs::write(path(folder.path()), &bytes[..bytes.len() / 3]).unwrap();
    let error = Workspace::open(&path(folder.path()), None).err().unwrap();
    assert!(matches!(error, StoreError::Damaged(_)), "{error}");
}

#[test]
fn a_new_workspace_never_takes_the_place_of_a_file() {
    let folder = tempdir().unwrap();
    drop(create(folder.path()));
    let before = fs::read(path(folder.path())).unwrap();
    let new = casereview::store::NewWorkspace {
        name: "again".to_owned(),
        lead: "lead".parse().unwrap(),
        instrument: crate::workspace::instrument(),
        review_kind: casereview::review::ReviewKind::Regular,
        period: String::new(),
        under_review: None,
    };
    let error = Workspace::create(&path(folder.path()), &new).err().unwrap();
    assert_eq!(error.to_string(), "the workspace is there already");
    assert_eq!(fs::read(path(folder.path())).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    crate::workspace::draw(&mut lead, 1);
    let mut seen = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
        seen += 1;
    }
    assert_eq!(seen, 3, "the workspace, its -wal and its -shm");
}

#[test]
fn nobody_opens_it_under_a_code_not_on_the_team() {
    let folder = tempdir().unwrap();
    drop(create(folder.path()));
    let error = Workspace::open(&path(folder.path()), Some("nobody")).err().unwrap();
    assert_eq!(error.to_string(), "has nobody with the code nobody on its team list");
}
