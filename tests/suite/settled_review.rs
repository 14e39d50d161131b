//! A settled review takes its answers from settling: nothing passes that by.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::review::{Command, PairRefusal, Refusal, SettleDifference, Status, Taken};
use casereview::store::{ActError, Workspace};
use casereview::task::App;

use crate::program;
use crate::reconcile::{Twice, begin, settle};
use crate::storyboard::Storyboard;
use crate::workspace::fill;

fn refused(workspace: &mut Workspace, command: &Command) -> Refusal {
    match workspace.act(command) {
        Err(ActError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_the_readers_gave_is_changed_by_settling_alone() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    let answer = |question: &str, value: Option<&str>| Command::Answer {
        reading: last,
        question: question.to_owned(),
        value: value.map(str::to_owned),
    };
    let narrate = |question: &str, text: &str| Command::Narrate {
        reading: last,
        question: question.to_owned(),
        text: Some(text.to_owned()),
    };
    let before = lead.reading(last).unwrap();
    let told = refused(&mut lead, &answer("14.A", Some("no")));
    assert_eq!(
        told.to_string(),
        "14.A of R-0001 stays as its readers gave it: answers of a settled review are set by \
         settling"
    );
    let help = "settle it with `reconcile R-0001`; where both readers are wrong, have their \
                reviews sent back";
    assert_eq!(told.help().as_deref(), Some(help));
    assert!(matches!(
        refused(&mut lead, &answer("14.A", None)),
        Refusal::Pair(PairRefusal::SettledElsewhere { .. })
    ));
    assert!(matches!(
        refused(&mut lead, &narrate("14.A", "x")),
        Refusal::Pair(PairRefusal::SettledElsewhere { .. })
    ));
    assert!(matches!(
        refused(&mut lead, &narrate("17.A1", "x")),
        Refusal::Pair(PairRefusal::SettleIt { .. })
    ));
    assert_eq!(*lead.reading(last).unwrap(), *before);

    lead.act(&settle(last, "17.A1", Taken::Second)).unwrap();
    assert!(matches!(
        refused(&mut lead, &Command::Undo { reading: last }),
        Refusal::Pair(PairRefusal::SettleIt { .. })
            | Refusal::Pair(PairRefusal::SettledElsewhere { .. })
    ));
    assert!(matches!(
        refused(&mut lead, &narrate("17.A1", "x")),
        Refusal::Pair(PairRefusal::SettledElsewhere { .. })
    ));
    // What closes an item is the lead's to write.
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&answer("14.rationale", Some("Both saw the same visits."))).unwrap();
    lead.act(&Command::Undo { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();
    assert_eq!(lead.pairs().unwrap()[0].settled, Some((last, Status::Final)));
}

#[test]
fn what_neither_reader_was_asked_is_the_leads_to_answer() {
    let twice = Twice::new(&[("16.A", "no")]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    let Command::Settle(base) = settle(last, "16.A", Taken::Own) else { unreachable!() };
    let value = Some("na".to_owned());
    lead.act(&Command::Settle(SettleDifference { value, ..base })).unwrap();
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    // The reason for the NA, and what rests on it.
    fill(&mut lead, last);
    lead.act(&Command::Submit { reading: last }).unwrap();
}

#[test]
fn the_start_and_the_list_lead_to_settling() {
    let twice = Twice::new(&[("17.A1", "no")]);
    begin(&mut twice.lead());
    let desk = Desk::new(twice.lead());
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);
    walk.sees("with R-0001").press("c").sees("0 of 1 settled");
    walk.press("a").press("6").types("Weighed again.").press("Enter").sees("1 of 1 settled");

    walk.press("Esc").sees("with R-0001").press("l").sees("in progress");
    while walk.app.queue.chosen().unwrap().status != casereview::task::queue::Status::InProgress {
        walk.press("Down");
    }
    walk.press("Enter").sees("1 of 1 settled").press("Esc").sees("in progress");

    let line = ["review", "R-0001", "--plain", "--workspace", "w.db", "--as", "lead"];
    let (code, out, err) = program::run_with(twice.folder.path(), &line, ":quit\n");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("Every difference is settled."), "{out}");
}
