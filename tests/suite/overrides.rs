//! Ratings set against the computed ones: who may, how they are marked and counted.
#![allow(clippy::unwrap_used)]

use casereview::cli::Desk;
use casereview::instrument::Rating;
use casereview::review::{Command, QaStep, ReadingId, Refusal};
use casereview::store::{ActError, Workspace};
use casereview::task::App;

use crate::program;
use crate::quality::{handed_in, pin, settle, step};
use crate::storyboard::Storyboard;
use crate::workspace::{answer, fill, open_as};

pub fn set(reading: ReadingId, item: &str, rating: Option<Rating>) -> Command {
    let why = "both parents were seen by another agency".to_owned();
    Command::Override { reading, item: item.to_owned(), rating, why }
}

fn said(workspace: &mut Workspace, command: &Command) -> String {
    match workspace.act(command) {
        Err(ActError::Refused(refusal)) => refusal.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn an_override_is_marked_counted_and_can_be_taken_back() {
    let (folder, id) = handed_in();
    let mut lead = open_as(folder.path(), "lead");
    let ani = set(id, "20", Some(Rating::Ani));
    let mut mary = open_as(folder.path(), "mary");
    assert_eq!(said(&mut mary, &ani), "mary is not named for final QA");
    assert_eq!(
        said(&mut lead, &set(id, "20", Some(Rating::Strength))),
        "item 20 is Strength as computed: an override gives another rating"
    );
    // Item 17 always applies, so that the outcome's rules don't know it as not applicable.
    assert_eq!(
        said(&mut lead, &set(id, "17", Some(Rating::Na))),
        "item 17 can't be Not Applicable here: no rule of the instrument gives well-being-1 a \
         rating then"
    );
    assert_eq!(said(&mut lead, &set(id, "17A", Some(Rating::Ani))), "17A is no question or item");
    assert_eq!(
        said(&mut lead, &set(id, "20", None)),
        "the rating of item 20 of R-0001 is as it was computed"
    );
    let unsaid = Command::Override {
        reading: id,
        item: "20".to_owned(),
        rating: Some(Rating::Ani),
        why: " ".to_owned(),
    };
    assert_eq!(said(&mut lead, &unsaid), "it needs a reason");

    lead.act(&ani).unwrap();
    for who in ["lead", "quinn"] {
        step(&mut open_as(folder.path(), who), id, QaStep::Approve);
    }
    let run = |line: &str| {
        let line = format!("{line} --workspace w.db --as lead");
        program::run(folder.path(), &line.split(' ').collect::<Vec<_>>())
    };
    let (_, out, _) = run("export items --format csv");
    let of = |id: &str| {
        let part = format!(",item,{id},");
        out.lines().find(|line| line.contains(&part)).unwrap().to_owned()
    };
    assert!(of("20").contains(",ani,strength,yes,"), "{}", of("20"));
    assert!(of("19").contains(",strength,strength,no,"), "{}", of("19"));
    let (_, out, err) = run("report items --format csv --where item=20");
    assert_eq!(out.lines().nth(1).unwrap().split(',').nth(4), Some("1"), "{out}");
    assert_eq!(
        err,
        "** 1 rating counted here was set against the computed one (item 20): \
         `report overrides` says by which rule\n"
    );
    // Sheets and pages of the case say it, the sheet for the worker without the typed reason.
    let (_, out, _) = run("export keying R-0001");
    assert!(out.contains("| ** set by a person; computed: Strength"), "{out}");
    let (_, out, _) = run("export keying R-0001 --format csv");
    let line = out.lines().find(|line| line.contains(",20.rating,")).unwrap();
    assert!(line.contains(",ani,Area Needing Improvement,"), "{line}");
    assert!(out.contains(",well-being-1,") && !out.contains("well-being-1,substantially"), "{out}");
    let said = "set by a person; the answers alone come to Strength.";
    for (page, why) in [("feedback", false), ("review", true)] {
        let (_, out, _) = run(&format!("page {page} R-0001"));
        assert!(out.contains(said), "{page}: {out}");
        assert_eq!(out.contains("seen by another agency"), why, "{page}: {out}");
    }

    // The rows it counts in are marked, of its item and of its outcome alone.
    let marks = |out: &str, line: &str| -> String {
        let part = format!("East,{line},");
        let row = out.lines().find(|row| row.starts_with(&part)).unwrap().to_owned();
        row.rsplit(',').take(2).collect::<Vec<_>>().join(" ")
    };
    let (_, out, err) = run("report items --by region --format csv");
    assert!(out.lines().next().unwrap().ends_with(",overridden,changed_after_final"), "{out}");
    assert_eq!((marks(&out, "20"), marks(&out, "19")), ("0 1".to_owned(), "0 0".to_owned()));
    assert!(err.contains("the computed one (item 20 in East 1): "), "{err}");
    let (_, out, _) = run("report outcomes --by region --format csv");
    assert_eq!(marks(&out, "well-being-1"), "0 1");
    for (report, counted) in [
        ("trend", "counted here was"),
        ("reasons", "** of the reviews counted here 1 rating was"),
        ("participants", "** of the reviews counted here 1 rating was"),
        ("items --where region=East", "counted here was"),
    ] {
        let (_, _, err) = run(&format!("report {report} --format csv"));
        assert!(err.contains(counted), "{report}: {err}");
    }
    for report in ["items --where item=19", "items --where county=Nowhere", "items --public"] {
        let (_, out, err) = run(&format!("report {report} --format csv"));
        assert!(!err.contains("**") && !out.contains("overridden"), "{report}: {err}{out}");
    }
    let (_, out, _) = run("report overrides --by region --format csv");
    assert_eq!(
        out.lines().nth(1).unwrap(),
        "East,20,row:often-and-well,1,0,1,0,100.0,,,,",
        "{out}"
    );
    assert!(!out.contains("another agency"));
    assert_eq!(lead.verify().unwrap().problems, Vec::<String>::new());
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());

    lead.act(&set(id, "20", None)).unwrap();
    let (_, out, err) = run("report overrides");
    assert_eq!(out, "");
    assert_eq!(err, "nothing to report: no rating of a final review is overridden\n");
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());
}

#[test]
fn an_override_holds_for_the_rating_it_was_made_of() {
    let (folder, id) = handed_in();
    let mut lead = open_as(folder.path(), "lead");
    lead.act(&set(id, "19", Some(Rating::Na))).unwrap();
    assert_eq!(lead.overrides().unwrap().len(), 1);
    step(&mut lead, id, pin("19.A", "Look again."));
    step(&mut lead, id, QaStep::SendBack);
    let mut mary = open_as(folder.path(), "mary");
    answer(&mut mary, id, "19.A", "no");
    fill(&mut mary, id);
    mary.act(&Command::Submit { reading: id }).unwrap();
    assert_eq!(lead.overrides().unwrap().len(), 0, "the computed rating is another now");
    let note = lead.reading(id).unwrap().quality.notes[0].id;
    step(&mut lead, id, settle(note));
    assert_eq!(lead.stale_projections().unwrap(), Vec::<&str>::new());
    assert_eq!(Refusal::Unexplained.to_string(), "it needs a reason");
}

#[test]
fn the_mark_stands_wherever_the_rating_does() {
    let (folder, _) = handed_in();
    let desk = Desk::new(open_as(folder.path(), "lead"));
    let app = App::new(desk.info().unwrap());
    let mut walk = Storyboard::new(app, desk);
    walk.press("v").press("Enter").press("w").press("Enter").types("20").press("Enter");
    walk.press("Enter").press("Down").press("Enter").types("Seen elsewhere.").press("Tab");
    walk.shot("qa_override").press("Enter");
    walk.sees("Item 20: ** Area Needing Improvement, computed Strength");
    walk.press("o").sees("20**").press("Esc").press("w").press("Enter").types("20");
    walk.press("Enter").press("Left").press("Down").press("Enter").types("Wrong.").press("Tab");
    walk.press("Enter").sees("item 20 is as computed").sees_not("**");
}
