//! A review that is changed after its pair was settled: the settlement is to be made again, and
//! every list says so.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::review::{Command, Taken};
use casereview::task::App;

use crate::program;
use crate::reconcile::{Twice, begin, settle};
use crate::storyboard::Storyboard;

fn settled(differ: &[(&str, &str)]) -> Twice {
    let twice = Twice::new(differ);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    for (question, _) in differ {
        lead.act(&settle(last, question, Taken::Second)).unwrap();
    }
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();
    twice
}

fn pairs(twice: &Twice) -> String {
    let line = ["reconcile", "--plain", "--workspace", "w.db", "--as", "lead"];
    let (code, out, err) = program::run_with(twice.folder.path(), &line, ":quit\n");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    out
}

#[test]
fn a_late_change_is_to_settle_again() {
    let twice = settled(&[("17.A1", "no")]);
    assert!(pairs(&twice).contains(": settled\n"), "{}", pairs(&twice));
    twice.change_second("20.C", "no");
    assert!(pairs(&twice).contains(": 1 to settle again\n"), "{}", pairs(&twice));
    let desk = Desk::new(twice.lead());
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);
    walk.sees("1 to settle").press("p").sees("1 case to settle").sees("1 to settle again");
    walk.press("Enter").sees("1 of 2 settled");
}

#[test]
fn where_the_two_agree_since_it_is_handed_in_again() {
    let twice = settled(&[("17.A1", "no")]);
    twice.change_second("17.A1", "yes");
    let told = pairs(&twice);
    assert!(told.contains(": changed since, to hand in again\n"), "{told}");
}

/// Who has sealed is told a lead, and nothing to anyone else.
#[test]
fn who_has_not_sealed_is_named() {
    let twice = Twice::new(&[]);
    let reopen = Command::Reopen { reading: twice.second, reason: "a slip".to_owned() };
    twice.lead().act(&reopen).unwrap();
    assert!(pairs(&twice).contains(": A sealed, B not yet\n"), "{}", pairs(&twice));
    let run = |line: &str| {
        let line: Vec<&str> = line.split(' ').collect();
        program::run_with(twice.folder.path(), &line, "")
    };
    let (code, _, err) = run("reconcile R-0001 --plain --workspace w.db --as lead");
    let said = "error: R-0001 has no two sealed reviews to settle: A sealed, B not yet\n";
    assert_eq!((code, err.as_str()), (2, said));
    let (_, _, err) = run("report progress --workspace w.db --as lead");
    assert!(err.contains("of 1 case one review is sealed, the other not yet"), "{err}");
    let (code, out, err) = run("reconcile --plain --workspace w.db --as B");
    let said = "error: B is not a lead, and only a lead may do this\n";
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", said));
    let (_, out, err) = run("report progress --workspace w.db --as B");
    assert!(!format!("{out}{err}").contains("sealed"), "{out}{err}");
}
