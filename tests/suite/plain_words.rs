//! Commands at prompts that take words, line by line: none of them ever becomes a text, and no
//! stray line replaces a decision.
#![allow(clippy::unwrap_used)]

use casereview::plain::run;
use casereview::review::{Slot, Status, Taken, Took};
use casereview::scoring::Value;

use crate::program;
use crate::reconcile::{Twice, begin, settle};
use crate::task_world::World;
use crate::workspace::{answer, fill, one_review};

/// What a session on R-0001 says, as it would stand on one long line.
fn said(twice: &Twice, input: &str) -> String {
    let line = ["reconcile", "R-0001", "--plain", "--workspace", "w.db", "--as", "lead"];
    let (code, out, err) = program::run_with(twice.folder.path(), &line, input);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Side and reason of a decision on 17.A1.
fn decision(twice: &Twice) -> (Took, String) {
    let lead = twice.lead();
    let (last, _) = lead.pairs().unwrap()[0].settled.unwrap();
    let reading = lead.reading(last).unwrap();
    let settled = &reading.pair.as_ref().unwrap().settled["17.A1"];
    (settled.took, settled.reason.text().unwrap_or_default().to_owned())
}

/// A pair whose one difference is settled.
fn settled() -> Twice {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    lead.act(&settle(last, "17.A1", Taken::First)).unwrap();
    twice
}

#[test]
fn no_command_becomes_a_reason() {
    let twice = settled();
    let before = decision(&twice);
    let stays = "17.A1 stays as it was settled.";
    for line in [":quit", ":back\n:back\n:quit", ":exit"] {
        let out = said(&twice, &format!(":go 17.A1\nb\n1\n{line}\n"));
        assert!(out.contains(stays), "{line}: {out}");
        assert_eq!(decision(&twice), before, "{line}");
    }
    // At the cause too.
    let out = said(&twice, ":go 17.A1\nb\n:help\n:next\n:quit\n");
    assert!(out.contains("A number or a code chooses the cause. :back goes back"), "{out}");
    assert!(out.contains(":next is not a command here; :help, :back and :quit are."), "{out}");
    assert!(out.contains(stays), "{out}");
    assert_eq!(decision(&twice), before);
    // A reason that begins with a colon is typed with two.
    let out = said(&twice, ":go 17.A1\nb\n1\n:help\n::quit was meant\n:quit\n");
    assert!(out.contains("The line is the reason: facts and dates"), "{out}");
    assert!(out.contains("Settled. Saved."), "{out}");
    assert_eq!(decision(&twice).1, ":quit was meant");
}

#[test]
fn what_is_settled_is_settled_anew_only_once_it_was_named() {
    let twice = settled();
    let before = decision(&twice);
    for line in ["a", "b", "yes", "", ":none", ":add"] {
        let out = said(&twice, &format!("{line}\n1\nWeighed again.\n:quit\n"));
        assert!(out.contains("No difference is open here, so nothing was taken."), "{line}: {out}");
        assert_eq!(decision(&twice), before, "{line}");
    }
    let out = said(&twice, ":go\n:go 99\n:go 17.a1\nb\n1\nWeighed again.\n:quit\n");
    assert!(out.contains("Type :go and one of these: 17.A1: settled, "), "{out}");
    assert!(out.contains("\"99\" is not a difference to settle. These are: 17.A1:"), "{out}");
    assert!(out.contains("What you answer now replaces that decision; :next leaves it."), "{out}");
    assert_eq!(decision(&twice).1, "Weighed again.");
}

#[test]
fn handing_in_is_asked_about_once_more() {
    let twice = settled();
    let status = || twice.lead().pairs().unwrap()[0].settled.unwrap().1;
    for line in ["no", "", ":back", ":quit", "a"] {
        let out = said(&twice, &format!(":hand-in\n{line}\n:quit\n"));
        assert!(out.contains("Hand it in? It is the review that counts"), "{line}: {out}");
        assert!(out.contains("Not handed in."), "{line}: {out}");
        assert_eq!(status(), Status::Open, "{line}");
    }
    said(&twice, ":hand-in\nyes\n:quit\n");
    assert_eq!(status(), Status::Final);
}

#[test]
fn an_own_answer_that_is_a_sides_is_taken_as_that_sides() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let out = said(&twice, "yes\n1\nThe log shows it.\n:quit\n");
    let (side, _) = decision(&twice);
    assert_eq!(side, Took::First, "{out}");
    assert!(out.contains("answer, so A's is taken.") || out.contains("answer, so B's"), "{out}");
}

#[test]
fn no_command_becomes_an_alert_or_a_narrative() {
    let twice = Twice::new(&[("20.C", "no")]);
    for line in ["safety\n:quit", ":quit", "safety\nBruises.\n:back\n:quit"] {
        let out = said(&twice, &format!(":alert\n{line}\n"));
        assert!(out.contains("No alert was recorded."), "{line}: {out}");
    }
    let out = said(&twice, "no\n:quit\n");
    assert!(out.contains("Write in a line what it rests on"), "{out}");
    let out = said(&twice, ":quit\n");
    assert!(!out.contains("You were writing"), "{out}");
}

#[test]
fn a_line_of_a_text_that_looks_like_a_command_is_asked_about() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    let lines = ":go 19.rationale\nSeen monthly.\n:xyz\n::xyz\n: as in May\n.\n:quit\n";
    let mut output = Vec::new();
    run(&mut app, &mut world, &mut lines.as_bytes(), &mut output).unwrap();
    let out = String::from_utf8(output).unwrap();
    assert!(out.contains(":xyz is not a command, and is not in the text."), "{out}");
    let at = world.instrument.find_question("19.rationale").unwrap();
    let text = Value::Text("Seen monthly.\n:xyz\n: as in May".to_owned());
    assert_eq!(world.disk.get(at), Some(&text));
}

#[test]
fn a_text_begun_and_kept_is_told_where_it_belongs() {
    let (folder, mut mary, reading) = one_review("mary");
    fill(&mut mary, reading);
    answer(&mut mary, reading, "20.C", "no");
    mary.save_draft(reading, "20.C", Slot::Narrative, "Two of the visits").unwrap();
    drop(mary);
    let line = ["review", "R-0001", "--plain", "--workspace", "w.db", "--as", "mary"];
    let (_, out, _) = program::run_with(folder.path(), &line, ":go 20.C\n:quit\n");
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = "Its text was begun and is kept: Two of the visits. :text goes on with it.";
    assert!(out.contains(kept), "{out}");
}
