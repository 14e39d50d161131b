//! The terminal is given back whole on every way out: quit, Ctrl-C, signals, a closed
//! terminal, a panic.

#![allow(clippy::unwrap_used)]

use casereview::task::start::Info;
use casereview::task::{App, Backend, Effect, Reply};
use casereview::tui::{Palette, run};

use crate::pty::Pty;

/// Answers nothing; panics when asked for results.
struct Fragile;

impl Backend for Fragile {
    fn carry_out(&mut self, effect: Effect) -> Option<Reply> {
        match effect {
            Effect::LoadQueue => Some(Reply::Queue(Vec::new(), Box::default())),
            Effect::LoadResults { .. } => panic!("counting went wrong"),
            _ => None,
        }
    }
}

#[test]
#[ignore = "run in a pseudo-terminal by the tests of this file"]
fn interface() {
    let mut app = App::new(Info { workspace: "practice.db".into(), ..Info::default() });
    run(&mut app, &mut Fragile, Palette::Many).unwrap();
    // The words that tell the parent that the way out was the ordinary one.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), b"came back\n");
}

fn start() -> Pty {
    let run = Pty::start_test("tui_terminal::interface", (80, 24));
    run.wait_for("all keys");
    assert!(run.is_full_screen() && run.hides_cursor());
    assert!(!run.has_settings_of_before(), "raw mode");
    run
}

fn is_whole(run: &mut Pty) {
    assert!(run.wait_end().success());
    run.wait_for("came back");
    assert!(!run.is_full_screen() && !run.hides_cursor());
    assert!(run.has_settings_of_before());
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut run = start();
    run.press("q");
    is_whole(&mut run);
}

#[test]
fn control_c_gives_the_terminal_back() {
    let mut run = start();
    run.press("l").wait_for("No case is assigned");
    run.press("/").wait_for("Search");
    run.press("Ctrl-C");
    is_whole(&mut run);
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for signal in ["TERM", "INT", "HUP"] {
        let mut run = start();
        run.signal(signal);
        is_whole(&mut run);
    }
}

#[test]
fn a_closed_terminal_ends_the_program() {
    let mut run = start();
    run.close().wait_end();
}

#[test]
fn a_panic_gives_the_terminal_back_and_keeps_its_message() {
    let mut run = start();
    run.press("r");
    assert!(!run.wait_end().success());
    run.wait_for("counting went wrong");
    assert!(!run.is_full_screen() && !run.hides_cursor());
    assert!(run.has_settings_of_before());
}

#[test]
fn a_resize_is_drawn_anew() {
    let mut run = start();
    run.resize((40, 10)).wait_for("window larger");
    run.resize((120, 40)).wait_until("the keys on the last row", |rows| {
        rows.len() == 40 && rows[39].contains("all keys")
    });
    run.press("q").wait_end();
}
