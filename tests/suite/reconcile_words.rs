//! What is written and looked at while two reviews are settled: answers of one's own half
//! given, reasons, what follows, what is missing.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::plain::{End, run};
use casereview::review::{Command, Status};
use casereview::scoring::Value;
use casereview::task::{App, Effect};

use crate::program;
use crate::quality::handed_in;
use crate::reconcile::Twice;
use crate::storyboard::Storyboard;
use crate::task_world::World;
use crate::workspace::{fill, one_review, open_as};

fn begin(twice: &Twice) -> Storyboard<Desk> {
    let desk = Desk::new(twice.lead());
    let app = App::new(desk.info().unwrap());
    Storyboard::new(app, desk)
}

/// What a line-by-line session says, as it would stand on one long line.
fn said(twice: &Twice, input: &str) -> String {
    let line = ["reconcile", "R-0001", "--plain", "--workspace", "w.db", "--as", "lead"];
    let (code, out, err) = program::run_with(twice.folder.path(), &line, input);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_own_answer_half_written_outlives_a_kill_and_a_way_back() {
    let twice = Twice::new(&[("20.C", "no")]);
    let mut killed = begin(&twice);
    killed.press("p").press("Enter").press("o").press("2").types("Two of the visits");
    drop(killed);
    let mut walk = begin(&twice);
    walk.press("p").press("Enter").sees("Two of the visits").sees("is kept");
    walk.types(" were short.").press("Esc").press("Esc").sees("0 of 1 settled");
    walk.press("o").sees("were short.").press("Tab").sees("(No) is taken.").press("6");
    walk.types("Weighed again.").press("Esc").sees("Why did the two differ?").press("Esc");
    // Another answer, and the words are there still.
    walk.press("a").press("1").sees("Weighed again.").press("Esc").press("Esc");
    walk.press("o").sees("were short.").press("Tab").press("6").sees("Weighed again.");
    walk.press("Enter").sees("1 of 1 settled").sees("own answer, No");
}

#[test]
fn a_needed_narrative_is_asked_for_until_it_is_there() {
    let twice = Twice::new(&[("20.C", "no")]);
    let mut walk = begin(&twice);
    walk.press("p").press("Enter").press("o").press("2").press("Tab");
    walk.sees("No asks for a narrative").types("Short ones.").press("Esc");
    walk.sees("1-3 answer").press("Enter").sees("(No) is taken.");
}

#[test]
fn the_box_of_the_reason_says_whose_answer_is_taken_and_which_keys_work() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut walk = begin(&twice);
    walk.press("p").press("Enter").sees("next difference").press("b");
    walk.sees("B's answer (No) is taken.").sees("1-6 cause").press("6");
    walk.sees("B's answer (No) is taken.").types("Half").press("F1");
    walk.sees("Settle the difference, with this reason.").sees("what is written is kept.");
    walk.press("Esc").sees("Half").press("Esc").sees("Why did the two differ?");
    walk.press("2").sees("Half").sees("instrument read differently");
}

#[test]
fn the_reason_for_an_own_na_is_asked_at_once_and_what_is_missing_before_handing_in() {
    let twice = Twice::new(&[("16.A", "no"), ("16.B", "no")]);
    let mut walk = begin(&twice);
    walk.press("p").press("Enter").press("o").press("3").press("6").types("Moved away.");
    walk.press("Enter").sees("Neither review was asked this").press("1").sees("1 of 2 settled");
    walk.press("o").press("3").press("6").types("So did he.").press("Enter");
    walk.sees("Neither review was asked this").press("Esc").sees("2 of 2 settled");
    walk.sees("still missing: 16").press("s").sees("Neither review was asked this").press("1");
    walk.sees("both parents are NA").types("Both left in March.").press("Tab");
    // Neither came to NA, so that neither says why it is right.
    walk.sees("why is this the right").types("Both moved away.").press("Tab");
    walk.sees("Every difference is settled.")
        .sees_not("still missing")
        .press("s")
        .sees("Hand it in?")
        .press("y");
    walk.sees("handed in");
    let lead = twice.lead();
    let (last, status) = lead.pairs().unwrap()[0].settled.unwrap();
    assert_eq!(status, Status::Final);
    let state = lead.reading(last).unwrap();
    assert!(state.value("16.mother.reason").is_some() && state.value("16.father.reason").is_some());
    assert_eq!(state.value("16.rationale"), Some("Both moved away."));
}

#[test]
fn the_same_line_by_line() {
    let twice = Twice::new(&[("16.A", "no"), ("16.B", "no")]);
    let out = said(
        &twice,
        "na\n6\nMoved away.\n1\nna\n6\nSo did he.\n:back\n:hand-in\n1\nIn March.\nBoth moved away.\n\
         :hand-in\nyes\n:quit\n",
    );
    assert!(out.contains("is asked of the settled review"), "{out}");
    assert!(out.contains("Not yet: something is missing, and asked for now."), "{out}");
    let lead = twice.lead();
    assert_eq!(lead.pairs().unwrap()[0].settled.unwrap().1, Status::Final, "{out}");
}

#[test]
fn reasons_what_follows_and_words_stand_beside_the_answers() {
    let text = |text| ("face.children", text);
    let twice = Twice::both(&[text("Bo")], &[("20.applies", "no"), text("Bo, born in May")]);
    let mut walk = begin(&twice);
    walk.press("p").sees("1 answer").press("Enter").sees("0 of 1 settled").sees("because: ");
    walk.sees("their words differ").press("f").sees("20.A1").sees("not asked").press("f");
    walk.sees_not("20.A1").press("Up").sees("The settled review has it as").sees("Bo, born in May");
    walk.sees_not("take A").sees_not("own answer");
    walk.press("Down").press("e").sees("20, reason").press("Esc");
    drop(walk);
    let out = said(&twice, ":evidence\n:help\n:xyz\n:quit\n");
    assert!(out.contains("because: ") && out.contains(" follows: "), "{out}");
    assert!(out.contains(":hand-in: hand the settled review in"), "{out}");
    assert!(out.contains(":xyz is not a command here"), "{out}");
}

#[test]
fn rows_of_ones_own_line_by_line() {
    let mut world = World::of("cfsr-r3", "in-home");
    world.tabled = true;
    let mut app = world.start();
    casereview::task::carry_out(&mut app, &mut world, vec![Effect::LoadPairs]);
    app.screen = casereview::task::Screen::Pairs;
    let lines = "1\n:add\nAnn\nother\nAunt\n\n1\n:take\n6\nBoth are right.\n:quit\n";
    let mut output = Vec::new();
    let end = run(&mut app, &mut world, &mut lines.as_bytes(), &mut output).unwrap();
    let out = String::from_utf8(output).unwrap();
    assert_eq!(end, End::Saved, "{out}");
    assert!(out.contains("rows of your own with :add"), "{out}");
    let settled = world.log.iter().find_map(|effect| match effect {
        Effect::Settle { settling, .. } => settling.taking.value.clone(),
        _ => None,
    });
    let Some(Value::Rows(rows)) = settled else { panic!("no rows: {out}") };
    assert!(
        rows.iter().any(|row| row.get("role.text").is_some_and(|text| text == "Aunt")),
        "{out}"
    );
}

#[test]
fn a_review_handed_in_elsewhere_is_read_anew() {
    let (folder, mary, reading) = one_review("mary");
    let desk = Desk::new(mary);
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);
    walk.press("l").press("Enter");
    let mut other = open_as(folder.path(), "mary");
    fill(&mut other, reading);
    other.act(&Command::Submit { reading }).unwrap();
    walk.press("]").press("1").sees("NOT SAVED").sees("read it anew").sees_not("answer");
    walk.press("Esc").sees("note it down").press("R").sees("read only").sees_not("NOT SAVED");
    walk.press("Esc").sees("Cases");
}

#[test]
fn alerts_and_help_are_at_hand_in_every_list_line_by_line() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let (folder, _) = handed_in();
    for (folder, command, help) in [
        (twice.folder.path(), "reconcile", ":third CASE CODE:"),
        (folder.path(), "review", ":search WORDS:"),
        (folder.path(), "qa", "A number or a case opens that review"),
    ] {
        let line = [command, "--plain", "--workspace", "w.db", "--as", "lead"];
        let input = ":help\n!\nR-0001\nsafety\nBruises.\n\n:alert r-0001 safety\n\n:quit\n";
        let (code, out, err) = program::run_with(folder, &line, input);
        assert_eq!((code, err.as_str()), (0, ""), "{command}: {out}");
        let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(help), "{command}: {out}");
        assert!(out.contains("Recorded: an alert never replaces a report"), "{command}: {out}");
        assert!(out.contains("No alert was recorded."), "{command}: {out}");
    }
}

#[test]
fn an_own_answer_half_written_is_gone_on_with_line_by_line() {
    let twice = Twice::new(&[("20.C", "no")]);
    let mut killed = begin(&twice);
    killed.press("p").press("Enter").press("o").press("2").types("Two of the visits");
    drop(killed);
    let out = said(&twice, "\n6\nWeighed again.\n:hand-in\nyes\n:quit\n");
    assert!(out.contains("You were writing: Two of the visits"), "{out}");
    let lead = twice.lead();
    let (last, status) = lead.pairs().unwrap()[0].settled.unwrap();
    assert_eq!(status, Status::Final, "{out}");
    assert_eq!(lead.reading(last).unwrap().narrative("20.C"), Some("Two of the visits"));
}

#[test]
fn list_and_screen_count_the_same() {
    let twice = Twice::new(&[("16.A", "no"), ("16.B", "no"), ("face.in-care", "no")]);
    let mut walk = begin(&twice);
    walk.press("p").sees("3 answers").press("Enter").sees("0 of 3 settled");
    walk.press("a").press("6").types("So it is.").press("Enter").sees("1 of 3 settled");
    walk.press("Esc").sees("2 answers").press("Enter").sees("1 of 3 settled");
}
