//! Agreement on screen, from the pairs to the cases; what is shown beside A and B; and that a
//! reason being written outlives a kill.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::review::Slot;
use casereview::task::App;

use crate::agreement::Pairs;
use crate::program;
use crate::reconcile::Twice;
use crate::storyboard::Storyboard;

fn begin(desk: Desk, size: (u16, u16)) -> Storyboard<Desk> {
    let app = App::new(desk.info().unwrap());
    Storyboard::sized(app, desk, size)
}

#[test]
fn from_the_pairs_to_figures_and_cases() {
    let pairs = Pairs::new();
    for size in [(80, 24), (120, 40)] {
        let name = |what: &str| format!("agreement_{what}-{}x{}", size.0, size.1);
        let mut walk = begin(Desk::new(pairs.lead()), size);
        walk.press("p").press("a").sees("Agreement by item").sees("file only: 3 cases");
        walk.shot(&name("items"));
        walk.press("b").sees("on applicability alone").press("b").sees("by question");
        walk.shot(&name("questions"));
        walk.press("b").sees("who with whom").shot(&name("matrix"));
        walk.press("Enter").sees("Read by ann and ben").shot(&name("cases"));
        walk.press("Esc").press("b").sees("by month").shot(&name("months"));
        walk.press("Enter").sees("Handed in by both by 2026-06").press("Esc");
        walk.press("m").sees("joint interviews: 1 case").press("b").sees("by item");
        // The item they part on leads to its case, and from there back.
        while !walk.has("item 19") && !walk.has("> 19") {
            walk.press_blind("Down");
        }
        walk.press("Enter").sees("Apart on item 19").sees("R-0004");
        walk.press("Enter").sees("Settle R-0004").press("Esc").sees("Apart on item 19");
        walk.press("Esc").press("Esc").sees("Pairs of reviews");
    }
}

#[test]
fn evidence_and_narratives_stand_beside_a_and_b() {
    let twice = Twice::new(&[
        ("17.A1", "no"),
        ("17.sources", "child;mother"),
        ("17.rationale", "The child said so in May."),
    ]);
    let mut walk = begin(Desk::new(twice.lead()), (80, 24));
    walk.press("p").press("Enter").sees("used: Case file").sees("used: Child, Mother");
    walk.shot("reconcile_sources");
    walk.press("e").sees("17 sources").sees("The child said so in May.");
    walk.shot("reconcile_beside").press("Esc").sees("0 of 1 settled");

    let line = ["reconcile", "R-0001", "--plain", "--workspace", "w.db", "--as", "lead"];
    drop(walk);
    let (code, out, _) = program::run_with(twice.folder.path(), &line, ":evidence\n:quit\n");
    assert_eq!(code, 0);
    assert!(out.contains("17 sources:"), "{out}");
    assert!(out.contains("The child said so in May."), "{out}");
}

#[test]
fn a_reason_being_written_outlives_a_kill() {
    let twice = Twice::new(&[("17.A1", "no"), ("18.applies", "no")]);
    let mut walk = begin(Desk::new(twice.lead()), (80, 24));
    walk.press("p").press("Enter").press("n").press("b").press("2").types("The guidance says");
    drop(walk);
    let mut walk = begin(Desk::new(twice.lead()), (80, 24));
    walk.press("p").press("Enter").sees("instrument read differently").sees("The guidance says");
    walk.types(" otherwise.").press("Enter").sees("1 of 2 settled");
    drop(walk);
    let mut walk = begin(Desk::new(twice.lead()), (80, 24));
    walk.press("p").press("Enter").sees("1 of 2 settled").sees_not("In a few words");
    // One's own answer comes back too, also line by line.
    walk.press("o").press("1").press("6").types("Asked the agency");
    drop(walk);
    let line = ["reconcile", "R-0001", "--plain", "--workspace", "w.db", "--as", "lead"];
    let (code, out, err) = program::run_with(twice.folder.path(), &line, "\n:quit\n");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("You were writing why: Asked the agency"), "{out}");
    assert!(out.contains("2 of 2 settled"), "{out}");
    // What is forgotten on purpose is gone.
    let mut walk = begin(Desk::new(twice.lead()), (80, 24));
    walk.press("p").press("Enter").press("a").press("1").types("No.").press("Ctrl-X");
    drop(walk);
    let mut walk = begin(Desk::new(twice.lead()), (80, 24));
    walk.press("p").press("Enter").sees("2 of 2 settled").sees_not("In a few words");
}

/// The program kept them as lines of text before a third reader's side could be taken.
#[test]
fn a_reason_kept_by_an_older_program_is_picked_up() {
    for (kept, side) in [
        ("b read-differently \nThe guidance says", "instrument read differently"),
        ("own slip yes\nThe guidance says", "slip"),
    ] {
        let twice = Twice::new(&[("17.A1", "no"), ("18.applies", "no")]);
        let mut walk = begin(Desk::new(twice.lead()), (80, 24));
        walk.press("p").press("Enter").sees("0 of 2 settled");
        drop(walk);
        let lead = twice.lead();
        let (settled, _) = lead.pairs().unwrap()[0].settled.unwrap();
        lead.save_draft(settled, "17.A1#reason", Slot::Narrative, kept).unwrap();
        let mut walk = begin(Desk::new(lead), (80, 24));
        walk.press("p").press("Enter").sees(side).sees("The guidance says");
        walk.types(" so.").press("Enter").sees("1 of 2 settled");
    }
}
