//! The end of a review: what is missing, what contradicts, and handing in.

use casereview::instrument::{Kind, QuestionIx, Role};
use casereview::task::review::Draft;
use casereview::task::{Action, App, Event, Field, Screen, drive, is_available};

use crate::task_review::{act, answer_everything, choose, review, visit};
use crate::task_world::World;

#[test]
fn a_whole_case_is_answered_and_submitted() {
    for case_type in ["foster-care", "in-home", "in-home-dr"] {
        let mut world = World::new(case_type);
        let mut app = world.open();
        act(&mut app, &mut world, Action::Finish);
        assert_eq!(app.screen, Screen::Missing);
        assert!(!is_available(&app, Action::Submit));
        assert!(is_available(&app, Action::GoTo));
        let gap = review(&app).gaps()[1].question;
        act(&mut app, &mut world, Action::Down);
        act(&mut app, &mut world, Action::GoTo);
        assert_eq!((app.screen, review(&app).at()), (Screen::Review, gap));
        answer_everything(&mut app, &mut world, &["yes", "monthly"]);
        act(&mut app, &mut world, Action::Finish);
        assert!(review(&app).gaps().is_empty());
        act(&mut app, &mut world, Action::Submit);
        assert!(world.submitted);
        assert_eq!(review(&app).submitted(), Some("submitted 14:05:00"));
        assert_eq!(app.screen, Screen::Review);
        for action in [
            Action::Answer,
            Action::Undo,
            Action::Finish,
            Action::Write,
            Action::Text,
            Action::Note,
        ] {
            assert!(!is_available(&app, action), "{action:?} after submission");
        }
        assert!(review(&app).shows_changes());
        let answers = review(&app).answers().clone();
        drive(&mut app, &mut world, Event::Pick(1));
        assert_eq!(review(&app).answers(), &answers);
        for item in world.instrument.item_positions() {
            assert!(review(&app).scores().item(item).rating.is_final());
        }
    }
}

#[test]
fn a_broken_rule_is_among_what_is_missing() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    let broken = world.instrument.items().iter().find(|item| item.id() == "19").unwrap();
    assert!(!broken.rules().is_empty());
    answer_everything(&mut app, &mut world, &["yes", "monthly"]);
    visit(&mut app, &mut world, "19.A1");
    choose(&mut app, &mut world, "never");
    let gaps = review(&app).gaps();
    assert!(gaps.iter().any(|gap| gap.words.contains("contradict")), "{gaps:?}");
    assert!(!review(&app).can_submit());
    let closing = |q: QuestionIx| *world.instrument.question(q).role() == Role::Closing;
    assert!(gaps.iter().all(|gap| !closing(gap.question)));
}

#[test]
fn a_text_begun_and_left_keeps_the_review_open_until_it_is_taken_over_or_dropped() {
    let mut world = World::new("in-home");
    let at = world.instrument.find_question("19.rationale").unwrap();
    let elsewhere = world.instrument.find_question("14.A").unwrap();
    let draft = |question, field, text: &str| Draft { question, field, text: text.to_owned() };
    world.drafts.push(draft(at, Field::Answer, "Seen every month"));
    world.drafts.push(draft(at, Field::Note, "   "));
    // Not asked of an in-home case: it can't be opened, and keeps nothing open.
    world.drafts.push(draft(elsewhere, Field::Narrative, "of another case"));
    let mut app = world.open();
    let words = |app: &App| -> Vec<String> {
        review(app).gaps().into_iter().map(|gap| gap.words).collect()
    };
    let begun = "19 rationale: a text was begun and not finished".to_owned();
    assert_eq!(words(&app).last(), Some(&begun));
    answer_everything(&mut app, &mut world, &["yes", "monthly"]);
    // Writing the answer went on with what was kept, and took it over.
    assert!(review(&app).gaps().is_empty());
    world.drafts.clear();
    world.drafts.push(draft(at, Field::Answer, "Seen every other week"));
    let mut app = world.open();
    answer_everything(&mut app, &mut world, &["yes", "monthly"]);
    assert_eq!(words(&app), [begun]);
    act(&mut app, &mut world, Action::Finish);
    assert!(!is_available(&app, Action::Submit));
    act(&mut app, &mut world, Action::GoTo);
    assert_eq!(app.screen, Screen::Review);
    assert_eq!(review(&app).editing().unwrap().text, "Seen every other week");
    act(&mut app, &mut world, Action::DropText);
    assert!(review(&app).gaps().is_empty() && review(&app).can_submit());
}

#[test]
fn what_is_no_date_holds_the_box_once_and_is_kept_then() {
    let mut world = World::new("foster-care");
    let mut app = world.open();
    let dates = |at: &QuestionIx| matches!(world.instrument.question(*at).kind(), Kind::Date);
    let at = world.instrument.question_positions().find(dates).unwrap();
    drive(&mut app, &mut world, Event::Goto(at));
    act(&mut app, &mut world, Action::Write);
    drive(&mut app, &mut world, Event::Text("13/45/2026".to_owned()));
    act(&mut app, &mut world, Action::LeaveText);
    let problem = review(&app).editing().and_then(|open| open.problem.clone());
    let told = "\"13/45/2026\" is not a date: write it as 04/30/2026 or 2026-04-30";
    assert_eq!(problem.as_deref(), Some(told));
    // What is typed after that is looked at anew.
    drive(&mut app, &mut world, Event::Text("13/46/2026".to_owned()));
    act(&mut app, &mut world, Action::LeaveText);
    assert!(review(&app).editing().is_some());
    act(&mut app, &mut world, Action::LeaveText);
    assert!(review(&app).editing().is_none());
    assert_eq!(world.disk.get(at), None);
    assert!(review(&app).is_begun(at, Field::Answer));
    assert!(review(&app).gaps().iter().any(|gap| gap.words.contains("begun and not finished")));
    act(&mut app, &mut world, Action::Write);
    assert_eq!(review(&app).editing().unwrap().text, "13/46/2026");
}
