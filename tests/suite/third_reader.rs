//! A third reader as tie-break: asked once both reviews are there, blind as they were.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::review::{
    AssignCases, CaseNumber, Command, DifferenceSettled, Reading, ReadingId, RootCause,
    SettleDifference, Status, Taken, Which,
};
use casereview::store::Workspace;
use casereview::task::App;

use crate::program;
use crate::reconcile::{Twice, begin, settle};
use crate::storyboard::Storyboard;
use crate::workspace::{answer, assign, create, draw, fill, open_as};

fn third(case: u32, to: &str) -> Command {
    let (cases, to) = (vec![CaseNumber(case)], to.parse().unwrap());
    Command::Assign(AssignCases { cases, to, which: Which::Third })
}

#[test]
fn a_third_reader_is_asked_once_both_reviews_are_handed_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 2);
    assign(&mut lead, 1, "mary");
    assert_eq!(
        lead.act(&third(1, "C")).unwrap_err().to_string(),
        "a third reader of R-0001 is asked once its first and second review are handed in"
    );
}

#[test]
fn a_third_reader_is_none_of_the_two_and_sees_one_case_as_if_first() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut lead = twice.lead();
    assert_eq!(
        lead.act(&third(1, "A")).unwrap_err().to_string(),
        "A already does another review of R-0001"
    );
    lead.act(&third(1, "C")).unwrap();
    let theirs = open_as(twice.folder.path(), "C");
    let rows = theirs.own_readings().unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].value("17.A1").is_none(), "it starts with nothing of the other two");
    let readings = theirs.visible_readings().unwrap();
    let own: Vec<_> = readings.iter().filter(|row| row.reviewer == "C").collect();
    assert_eq!((own.len(), own[0].which), (1, Which::First));
}

#[test]
fn a_lead_who_sees_both_reviews_is_no_third_reader() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let told = "lead leads here and can see both reviews of R-0001: a third reader sees neither";
    assert_eq!(twice.lead().act(&third(1, "lead")).unwrap_err().to_string(), told);
    let line = "assign R-0001 --to lead --which third --workspace w.db --as lead";
    let line: Vec<&str> = line.split(' ').collect();
    let (code, out, err) = program::run_with(twice.folder.path(), &line, "");
    assert_eq!((code, out.as_str()), (2, ""));
    let help = "ask a reviewer: `assign R-0001 --to CODE --which third`";
    assert!(err.contains(told) && err.contains(help), "{err}");
    // They are still free to settle it.
    twice.lead().act(&Command::Reconcile { case: CaseNumber(1) }).unwrap();
}

#[test]
fn another_third_reader_is_asked_only_once_it_was_said_who_holds_it() {
    let twice = Twice::new(&[("17.A1", "no")]);
    twice.lead().act(&third(1, "C")).unwrap();
    let mut lead = twice.lead();
    assign(&mut lead, 2, "dora");
    drop(lead);
    let line = ["reconcile", "--plain", "--workspace", "w.db", "--as", "lead"];
    let says = |input: &str| {
        let (code, out, err) = program::run_with(twice.folder.path(), &line, input);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let holds = "C is third reader already: asked once more, it goes over to dora.";
    let out = says(":third R-0001 dora\n:quit\n");
    assert!(out.contains(holds), "{out}");
    let holder = || {
        let lead = twice.lead();
        let (id, _) = lead.pairs().unwrap()[0].third.unwrap();
        lead.reading(id).unwrap().reviewer.to_string()
    };
    assert_eq!(holder(), "C");
    let out = says(":third R-0001 dora\n:third R-0001 dora\n:quit\n");
    let goes = "R-0001: dora is asked as third reader, and C no more: it goes over with what was \
                answered";
    assert!(out.contains(holds) && out.contains(goes), "{out}");
    assert_eq!(holder(), "dora");
}

/// C reads R-0001 as third reader, answers as given, and hands in.
fn third_hands_in(twice: &Twice, differ: &[(&str, &str)]) -> ReadingId {
    let mut theirs = open_as(twice.folder.path(), "C");
    let id = theirs.own_readings().unwrap()[0].id;
    fill(&mut theirs, id);
    for (question, value) in differ {
        answer(&mut theirs, id, question, value);
    }
    fill(&mut theirs, id);
    theirs.act(&Command::Submit { reading: id }).unwrap();
    id
}

fn held(reading: &Reading, question: &str) -> Option<String> {
    reading.value(question).map(str::to_owned)
}

fn settled_of(lead: &Workspace, last: ReadingId, question: &str) -> Option<DifferenceSettled> {
    lead.reading(last).unwrap().pair.as_ref().unwrap().settled.get(question).cloned()
}

#[test]
fn the_third_answer_is_taken_like_the_others_once_it_is_handed_in() {
    let twice = Twice::new(&[("17.A1", "no"), ("20.C", "no")]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    let told = lead.act(&settle(last, "17.A1", Taken::Third)).unwrap_err().to_string();
    let silent = "no third review of R-0001 that is handed in has an answer to 17.A1";
    assert_eq!(told, silent);
    lead.act(&third(1, "C")).unwrap();
    let told = lead.act(&settle(last, "17.A1", Taken::Third)).unwrap_err().to_string();
    assert_eq!(told, silent, "asked, and not handed in");
    let third = third_hands_in(&twice, &[("17.A1", "no")]);

    lead.act(&settle(last, "17.A1", Taken::Third)).unwrap();
    let state = lead.reading(last).unwrap();
    assert_eq!(held(&state, "17.A1").as_deref(), Some("no"));
    let one = settled_of(&lead, last, "17.A1").unwrap();
    assert_eq!((one.taken(), one.stood(0), one.stood(1)), (Taken::Third, false, true));
    let from = one.third.unwrap();
    assert_eq!((from.reading, from.held.unwrap().text()), (third, Some("no")));
    lead.act(&settle(last, "20.C", Taken::First)).unwrap();
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();
    assert_eq!(lead.pairs().unwrap()[0].settled.unwrap().1, Status::Final);
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());

    // A change of the third review opens what rested on it, and nothing else.
    let reason = "see the note to 17".to_owned();
    lead.act(&Command::Reopen { reading: third, reason }).unwrap();
    lead.act(&Command::Reconcile { case: CaseNumber(1) }).unwrap();
    assert!(settled_of(&lead, last, "17.A1").is_some(), "an open review says nothing yet");
    let mut theirs = open_as(twice.folder.path(), "C");
    answer(&mut theirs, third, "17.A1", "yes");
    fill(&mut theirs, third);
    theirs.act(&Command::Submit { reading: third }).unwrap();
    lead.act(&Command::Reconcile { case: CaseNumber(1) }).unwrap();
    assert!(settled_of(&lead, last, "17.A1").is_none());
    assert!(settled_of(&lead, last, "20.C").is_some());
    assert_eq!(lead.reading(last).unwrap().status, Status::Open);
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());
}

#[test]
fn a_third_reader_changes_nothing_that_the_two_agree_on() {
    let twice = Twice::new(&[("18.applies", "no")]);
    let mut lead = twice.lead();
    lead.act(&third(1, "C")).unwrap();
    let third = third_hands_in(&twice, &[("20.applies", "no")]);
    let last = begin(&mut lead);
    lead.act(&settle(last, "18.applies", Taken::Third)).unwrap();
    let (state, theirs) = (lead.reading(last).unwrap(), lead.reading(third).unwrap());
    assert_eq!(held(&state, "18.applies"), held(&theirs, "18.applies"));
    // A and B agree on 20: the third reader changes nothing there.
    assert_eq!(held(&state, "20.applies").as_deref(), Some("yes"));
}

#[test]
fn a_third_reader_is_asked_and_taken_on_screen() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut lead = twice.lead();
    lead.act(&Command::AddPerson {
        code: "C".parse().unwrap(),
        role: casereview::review::PersonRole::Reviewer,
    })
    .unwrap();
    drop(lead);
    let desk = Desk::new(twice.lead());
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);
    walk.press("p").press("Enter").sees("0 of 1 settled").sees_not("take C").press("t");
    walk.sees("A third reader for R-0001").press("Esc").sees("0 of 1 settled").press("t");
    walk.sees("A third reader for R-0001").sees("Free to read it: C.").shot("third_asking");
    walk.press("Down").press("Enter").sees("say who");
    walk.press("Enter").types("A").press("Enter").press("Enter");
    walk.sees("A already does another review of R-0001");
    walk.press("Up").press("Enter").erases(1).types("mry").press("Enter").press("Enter");
    walk.sees("mry is not on the team list").sees("asked once more, they join it");
    walk.press("Up").press("Enter").erases(3).types("C").press("Enter").press("Enter");
    walk.sees("C is asked as third reader").sees("third asked").sees_not("third reader for");
    walk.press("Enter").sees("A third reader was asked").sees_not("take C");
    walk.press("Esc");
    third_hands_in(&twice, &[("17.A1", "no")]);
    walk.press("Enter").sees("C: ").sees("take C").shot("third_beside");
    walk.press("c")
        .sees("C's answer (No) is taken.")
        .press("6")
        .types("Two of three.")
        .press("Enter");
    walk.sees("1 of 1 settled").sees("settled: C, No").sees_not("read by");
    walk.press("s").press("y").sees("by C.");
}

#[test]
fn a_third_reader_line_by_line() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let run = |line: &str, input: &str| {
        let line = format!("{line} --plain --workspace w.db --as lead");
        let line = line.split(' ').collect::<Vec<_>>();
        let (code, out, err) = program::run_with(twice.folder.path(), &line, input);
        // As it would stand on one long line.
        (code, out.split_whitespace().collect::<Vec<_>>().join(" "), err)
    };
    let (code, out, err) =
        run("reconcile", ":third R-0001 B\n:third r-0001 C\n:third r-0001 C\n:quit\n");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("B already does another review of R-0001"), "{out}");
    assert!(out.contains("C is not on the team list: asked once more, they join it"), "{out}");
    assert!(out.contains("C, new on the team list, is asked as third reader"), "{out}");
    assert!(out.contains("a third reader was asked"), "{out}");
    third_hands_in(&twice, &[]);
    let input = "c\njudgment\nTwo of three.\n:hand-in\nyes\n:quit\n";
    let (code, out, err) = run("reconcile R-0001", input);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains(" C: Yes "), "{out}");
    assert!(out.contains(", C by C."), "{out}");
    // The third reader says what A said, so that A's answer stood.
    let (_, out, err) = run("report causes --by reviewer --format csv", "");
    assert!(out.contains(" A,1,1,0,") && out.contains(" B,1,1,1,"), "{out}{err}");
}

/// Answers of one's own to a date, a checklist and a choice with a narrative.
#[test]
fn an_own_answer_can_be_of_any_kind() {
    let differ = [("face.opened", "2026-01-01"), ("face.involvement", "neglect"), ("20.C", "no")];
    let twice = Twice::new(&differ);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    let own = |question: &str, value: &str, narrative: Option<&str>| {
        Command::Settle(SettleDifference {
            reading: last,
            question: question.to_owned(),
            took: Taken::Own,
            value: Some(value.to_owned()),
            narrative: narrative.map(str::to_owned),
            cause: RootCause::Judgment,
            reason: "asked the agency".to_owned(),
        })
    };
    lead.act(&own("face.opened", "2026-02-03", None)).unwrap();
    assert_eq!(held(&lead.reading(last).unwrap(), "face.opened").as_deref(), Some("2026-02-03"));
    drop(lead);

    let desk = Desk::new(twice.lead());
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);
    walk.press("p").press("Enter").sees("1 of 3 settled");
    walk.press("Up").press("o").sees("A date").types("13/13/2026").press("Enter");
    walk.sees("is not a date").erases(10).types("04/30/2026").press("Enter");
    walk.sees("An answer of your own (2026-04-30) is taken.").press("1");
    walk.types("The court order.").press("Enter").sees("own answer, 2026-04-30");
    walk.press("o").sees("Why is the agency involved?").sees_not("take it");
    walk.press("Down").press("Down").press("Space").press("Down").press("Space").sees("take it");
    walk.shot("own_checklist").press("Enter").sees("An answer of your own");
    walk.press("6").types("Both hold.").press("Enter").sees("2 of 3 settled");
    walk.press("o").press("2").sees("Tab done, take it").sees("Your answer  No");
    walk.types("No visit was fit for it.").press("Tab");
    walk.sees("An answer of your own (No) is taken.").press("6").types("Seen anew.").press("Enter");
    walk.sees("3 of 3 settled");
    let state = twice.lead().reading(last).unwrap();
    assert_eq!(held(&state, "face.opened").as_deref(), Some("2026-04-30"));
    assert_eq!(
        held(&state, "face.involvement").as_deref(),
        Some("sexual-abuse;emotional-maltreatment")
    );
    assert_eq!(state.narrative("20.C"), Some("No visit was fit for it."));
}

#[test]
fn own_answers_line_by_line_take_numbers_dates_and_several_codes() {
    let differ = [("face.opened", "2026-01-01"), ("face.involvement", "neglect"), ("20.C", "no")];
    let twice = Twice::new(&differ);
    let line = ["reconcile", "R-0001", "--plain", "--workspace", "w.db", "--as", "lead"];
    let input = "soon\n04/30/2026\n6\nThe order.\n99\n2, other\nA phone call.\n6\nBoth.\n\
                 no\nNo visit was fit.\n6\nAnew.\n:hand-in\nyes\n:quit\n";
    let (code, out, err) = program::run_with(twice.folder.path(), &line, input);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("\"soon\" is not a date"), "{out}");
    assert!(out.contains("\"99\" is not an answer here."), "{out}");
    assert!(out.contains("Every difference is settled."), "{out}");
    let lead = twice.lead();
    let last = lead.pairs().unwrap()[0].settled.unwrap();
    assert_eq!(last.1, Status::Final, "{out}");
    let state = lead.reading(last.0).unwrap();
    assert_eq!(held(&state, "face.involvement").as_deref(), Some("sexual-abuse;other"));
    assert_eq!(state.narrative("face.involvement"), Some("A phone call."));
}
