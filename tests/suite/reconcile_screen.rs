//! Two sealed reviews settled in the interface, and line by line.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::review::{CaseNumber, Status};
use casereview::task::App;

use crate::program;
use crate::reconcile::Twice;
use crate::storyboard::Storyboard;

/// Twelve answers of one case, in seven items.
const TWELVE: [(&str, &str); 13] = [
    ("14.B", "no"),
    ("14.C", "no"),
    ("15.C", "no"),
    ("16.A", "no"),
    ("16.B", "no"),
    ("17.A1", "no"),
    ("17.B2", "no"),
    ("17.C2", "no"),
    ("18.A", "no"),
    ("18.B", "no"),
    ("19.B", "no"),
    ("20.C", "no"),
    ("20.D", "no"),
];

fn begin(twice: &Twice) -> Storyboard<Desk> {
    let desk = Desk::new(twice.lead());
    let app = App::new(desk.info().unwrap());
    Storyboard::new(app, desk)
}

#[test]
fn twelve_differences_are_settled_in_sixty_keys() {
    let twice = Twice::new(&TWELVE);
    let mut walk = begin(&twice);
    let mut keys = 0;
    let mut press = |walk: &mut Storyboard<Desk>, key: &str| {
        keys += 1;
        walk.press(key);
    };
    walk.sees("1 to settle");
    press(&mut walk, "p");
    walk.sees("R-0001").sees("12 answers").shot("reconcile_pairs");
    press(&mut walk, "Enter");
    walk.sees("0 of 12 settled").shot("reconcile_differences");
    for nth in 0..12 {
        press(&mut walk, if nth % 3 == 0 { "a" } else { "b" });
        if nth == 0 {
            walk.sees("Why did the two differ?").shot("reconcile_cause");
        }
        press(&mut walk, if nth % 2 == 0 { "1" } else { "6" });
        walk.types("The visit log of March shows it.");
        if nth == 0 {
            walk.shot("reconcile_reason");
        }
        press(&mut walk, "Enter");
        walk.sees(&format!("{} of 12 settled", nth + 1));
    }
    walk.sees("Every difference is settled.").shot("reconcile_settled");
    press(&mut walk, "s");
    walk.sees("Hand it in?").shot("reconcile_hand_in");
    press(&mut walk, "n");
    walk.sees_not("Hand it in?");
    press(&mut walk, "s");
    press(&mut walk, "y");
    walk.sees("handed in").sees("read by").shot("reconcile_done");
    press(&mut walk, "Esc");
    walk.sees("settled");
    assert!(keys <= 60, "{keys} keys");
    let lead = twice.lead();
    let pair = &lead.pairs().unwrap()[0];
    assert_eq!(pair.settled.map(|(_, status)| status), Some(Status::Final));
}

#[test]
fn names_and_order_stay_hidden_until_it_is_settled() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut walk = begin(&twice);
    walk.press("p").press("Enter").sees("0 of 1 settled").sees_not("read by");
    walk.press("a").press("6").types("Weighed again.").press("Enter");
    walk.sees_not("read by")
        .press("s")
        .sees_not("read by")
        .press_blind("Enter")
        .sees_not("read by")
        .press("y")
        .sees("read by");
}

#[test]
fn a_settlement_can_be_left_changed_and_given_ones_own_answer() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut walk = begin(&twice);
    walk.press("p").press("Enter").press("a").press("Esc").sees("0 of 1 settled");
    walk.press("a").press("1").press("Enter").sees("write a few words why");
    walk.press("Ctrl-X").sees("0 of 1 settled");
    walk.press("o").press("1").press("3").types("Asked the agency.").press("Enter");
    walk.sees("1 of 1 settled").sees("own answer");
    // Among the cases it stands as what it is, no review anyone reads.
    walk.press("Esc").press("Esc").press("l").sees("second (IRR)").sees("settled");
    walk.press("Esc").press("p").press("Enter").sees("1 of 1 settled");
    walk.press("b").press("5").types("Wrong key.").press("Enter").sees("(slip)");
}

#[test]
fn the_same_line_by_line() {
    let twice = Twice::new(&[("17.A1", "no"), ("18.applies", "no")]);
    let line = ["reconcile", "R-0001", "--plain", "--workspace", "w.db", "--as", "lead"];
    let input =
        "a\n1\nThe log shows it.\nyes\njudgment\nBoth parents take part.\n:hand-in\nyes\n:quit\n";
    let (code, out, err) = program::run_with(twice.folder.path(), &line, input);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("Every difference is settled."), "{out}");
    let pairs = twice.lead().pairs().unwrap();
    assert_eq!(pairs[0].number, CaseNumber(1));
    assert_eq!(pairs[0].settled.map(|(_, status)| status), Some(Status::Final));
    let steady: Vec<&str> = out.lines().filter(|line| !line.contains("handed in")).collect();
    insta::assert_snapshot!(steady.join("\n"));
}

#[test]
fn what_cannot_be_settled_is_said_and_nothing_is_opened() {
    let twice = Twice::new(&[]);
    let run = |line: &str| {
        let line: Vec<&str> = line.split(' ').collect();
        program::run_with(twice.folder.path(), &line, "")
    };
    let (code, out, err) = run("reconcile R-0002 --plain --workspace w.db --as lead");
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", "error: R-0002 has no two reviews\n"));
    let (code, _, err) = run("reconcile R-0001 --plain --workspace w.db --as A");
    assert_eq!((code, err.as_str()), (2, "error: A is not a lead, and only a lead may do this\n"));
}
