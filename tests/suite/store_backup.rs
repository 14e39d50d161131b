//! Backups are whole, private and checked; a restore goes on under a new id.
#![allow(clippy::unwrap_used)]

use std::fs;

use casereview::store::{ActError, QueueFilter, StoreError, Workspace};
use tempfile::tempdir;

use crate::workspace::{answer, assign, create, draw, open_as, path, reading_of, surroundings};

#[test]
fn a_backup_restores_to_the_same_state_under_a_new_id() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 2);
    let reading = assign(&mut lead, 1, "lead");
    answer(&mut lead, reading, "19.A", "yes");
    let copy = folder.path().join("copy.db");
    // Made while the workspace is open and its last changes are still in the side file.
    lead.backup(&copy, false).unwrap();
    assert!(matches!(lead.backup(&copy, false), Err(StoreError::Exists)));
    let before = (lead.queue(&QueueFilter::default()).unwrap(), lead.id());
    answer(&mut lead, reading, "19.B", "yes");
    drop(lead);

    let target = path(folder.path());
    let there = Workspace::restore(&copy, &target, None, false, surroundings());
    assert!(matches!(there, Err(ActError::Store(StoreError::Exists))));
    let done = Workspace::restore(&copy, &target, None, true, surroundings()).unwrap();
    let mut restored = done.workspace;
    assert_eq!(restored.queue(&QueueFilter::default()).unwrap(), before.0);
    assert_ne!(restored.id(), before.1);
    let heads = &restored.team().restored[0];
    assert_eq!(heads.len(), 1);
    assert_eq!(heads[0].workspace, before.1);

    // The chain goes on elsewhere, so it never forks; and both build on what was there.
    answer(&mut restored, reading, "19.B", "no");
    let verified = restored.verify().unwrap();
    assert_eq!(verified.problems, Vec::<String>::new());
    assert_eq!(verified.heads.len(), 2);
    assert_eq!(restored.reading(reading).unwrap().value("19.A"), Some("yes"));

    let aside = Workspace::open(&done.aside.unwrap(), None).unwrap();
    assert_eq!(aside.reading(reading_of(&aside, 1)).unwrap().value("19.B"), Some("yes"));
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".part") || name.contains(".part-"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn copies_are_private_single_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let lead = create(folder.path());
    let copy = folder.path().join("copy.db");
    lead.backup(&copy, false).unwrap();
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!folder.path().join("copy.db-wal").exists());
}

#[test]
fn a_restore_leaves_the_backup_and_what_is_in_its_way_as_they_are() {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 2);
    let copy = folder.path().join("copy.db");
    lead.backup(&copy, false).unwrap();
    let bytes = fs::read(&copy).unwrap();
    let target = folder.path().join("new.db");
    Workspace::restore(&copy, &target, None, false, surroundings()).unwrap();
    assert_eq!(fs::read(&copy).unwrap(), bytes);

    let text = folder.path().join("notes.txt");
    fs::write(&text, "no backup").unwrap();
    let refused = Workspace::restore(&text, &target, None, true, surroundings());
    assert_eq!(
        refused.err().unwrap().to_string(),
        "the workspace is not a workspace: it is a text file"
    );
    drop(lead);
    assert_eq!(open_as(folder.path(), "lead").verify().unwrap().problems, Vec::<String>::new());
}
