//! While a commit is blocked or fails, no frame of the real program says saved; once it goes
//! through, the frame does, and the log has it.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::store::{QueueFilter, Workspace};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::frames::{Frame, Frames};
use crate::kills::{assigned, done};
use crate::pty::Pty;
use crate::sitting::review;
use crate::workspace::instrument;

/// The program on a case, at the first question of item 17.
struct Screen {
    pty: Pty,
    frames: Frames,
    /// Every whole frame so far.
    all: Vec<Frame>,
}

impl Screen {
    fn on(pty: Pty) -> Self {
        let mut screen = Self { pty, frames: Frames::new(), all: Vec::new() };
        screen.wait_for("question ");
        while screen.question() != "17.A1" {
            let before = screen.question();
            screen.pty.press("]");
            while screen.question() == before {
                screen.look();
            }
        }
        assert!(!screen.all.iter().any(Frame::says_saved), "nothing was given yet");
        screen
    }

    fn look(&mut self) {
        let came = self.frames.wait(&self.pty).expect("the program runs");
        self.all.extend(came);
    }

    fn question(&self) -> String {
        let of = |frame: &Frame| frame.question(&instrument());
        self.all.iter().rev().find_map(of).unwrap()
    }

    fn wait_for(&mut self, text: &str) {
        while !self.all.last().is_some_and(|frame| frame.has(text)) {
            self.look();
        }
    }

    /// Answers the question here and waits until the save was tried; whether it went through.
    fn answers(&mut self, key: &str) -> bool {
        let from = self.all.len();
        self.pty.press(key);
        loop {
            self.look();
            // The first frame says that it is being saved; the next one how that went.
            let new = self.all[from..].iter();
            let tried = new.skip_while(|f| !f.has("saving ...")).find(|f| !f.has("saving ..."));
            if let Some(frame) = tried {
                return frame.says_saved();
            }
        }
    }

    fn never_said_saved(&self) {
        let said = self.all.iter().find(|frame| frame.says_saved());
        assert!(said.is_none(), "{}", said.unwrap().rows.join("\n"));
    }

    /// Saves again, and is killed as soon as a frame says that it went through.
    fn retry(&mut self) {
        self.pty.press("R");
        while !self.all.last().unwrap().says_saved() {
            self.look();
        }
        let last = self.all.last().unwrap();
        assert!(!last.says_not_saved() && !last.has("not on disk"), "{}", last.rows.join("\n"));
        self.pty.kill();
    }
}

/// What the log has for the first questions of item 17.
fn stored(folder: &Path) -> Vec<Option<String>> {
    let workspace = Workspace::open(&folder.join("casereview.db"), Some("ann")).unwrap();
    assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    let reading = queue.iter().find(|row| row.number.0 == 1).unwrap().reading.unwrap();
    let reading = workspace.reading(reading).unwrap();
    ["17.A1", "17.A2"].map(|id| reading.value(id).map(str::to_owned)).to_vec()
}

#[test]
fn no_frame_says_saved_while_another_program_holds_the_file() {
    let folder = tempdir().unwrap();
    assigned(folder.path());
    let mut screen = Screen::on(review(folder.path(), "R-0001"));
    let other = Connection::open(folder.path().join("casereview.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(!screen.answers("1"));
    screen.wait_for("NOT SAVED: 1 change");
    screen.never_said_saved();
    other.execute_batch("ROLLBACK").unwrap();
    screen.retry();
    drop(other);
    assert_eq!(stored(folder.path()), [Some("yes".to_owned()), None]);
}

#[test]
fn no_frame_says_saved_while_the_commit_fails() {
    let folder = tempdir().unwrap();
    assigned(folder.path());
    let mut screen = Screen::on(review(folder.path(), "R-0001"));
    let other = Connection::open(folder.path().join("casereview.db")).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER broken AFTER INSERT ON event
             BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END",
        )
        .unwrap();
    assert!(!screen.answers("1"));
    screen.wait_for("the disk is broken");
    screen.pty.press("1");
    screen.wait_for("NOT SAVED: 2 changes");
    screen.never_said_saved();
    other.execute_batch("DROP TRIGGER broken").unwrap();
    drop(other);
    screen.retry();
    assert_eq!(stored(folder.path()), [Some("yes".to_owned()), Some("yes".to_owned())]);
}

/// Files may not grow past a size, as on a full disk.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_what_was_saved_before_stays() {
    let folder = tempdir().unwrap();
    assigned(folder.path());
    let script = "trap '' XFSZ; ulimit -f 160; exec \"$0\" review R-0001";
    let mut screen = Screen::on(Pty::start_program(
        Path::new("/bin/sh"),
        folder.path(),
        &["-c", script, env!("CARGO_BIN_EXE_casereview")],
        &[("TERM", "xterm-256color"), ("TZ", "UTC")],
        (80, 24),
    ));
    assert!(screen.answers("1"), "one answer fits");
    let mut saved = 0;
    while screen.answers(["1", "3"][saved % 2]) {
        saved += 1;
        assert!(saved < 200, "the disk never gets full");
        // Back to the question, to give it the other answer.
        screen.pty.press("p");
        while screen.question() != "17.A2" {
            screen.look();
        }
    }
    screen.wait_for("NOT SAVED: 1 change");
    let told = screen.all.len() - 1;
    screen.pty.press("q");
    screen.wait_for("leave anyway");
    screen.pty.press("y");
    assert!(!screen.pty.wait_end().success());
    screen.pty.wait_for("NOT SAVED");
    assert!(!screen.all[told..].iter().any(Frame::says_saved));
    let last = if saved % 2 == 1 { "yes" } else { "na" };
    let last = (saved > 0).then(|| last.to_owned());
    assert_eq!(stored(folder.path()), [Some("yes".to_owned()), last]);
    done(folder.path(), "log verify");
}
