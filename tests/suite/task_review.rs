//! Stories of one review: answering, texts, gates, undo, saving.

use casereview::instrument::{CodeSet, Kind, Rating};
use casereview::scoring::Value;
use casereview::task::review::{Draft, PageLine, Saved, State};
use casereview::task::{Action, App, Effect, Event, Field, Screen, available, drive, is_available};

use super::task_world::World;

pub fn review(app: &App) -> &State {
    app.review.as_ref().unwrap()
}

fn here(app: &App) -> String {
    let review = review(app);
    review.instrument().question(review.at()).id().to_owned()
}

pub fn visit(app: &mut App, world: &mut World, id: &str) {
    let at = world.instrument.find_question(id).unwrap();
    drive(app, world, Event::Goto(at));
    assert_eq!(here(app), id);
}

pub fn act(app: &mut App, world: &mut World, action: Action) {
    assert!(is_available(app, action), "{action:?} at {}", here(app));
    drive(app, world, Event::Act(action));
}

/// Answers the question here by the option's code.
pub fn choose(app: &mut App, world: &mut World, code: &str) {
    let number = review(app).options().into_iter().find(|o| o.code == code).unwrap().number;
    drive(app, world, Event::Pick(number));
}

/// Answers everything asked, `prefer` first where it is offered, and all texts.
pub fn answer_everything(app: &mut App, world: &mut World, prefer: &[&str]) {
    for _ in 0..500 {
        let Some(at) = review(app).next_open() else { return };
        drive(app, world, Event::Goto(at));
        let question = world.instrument.question(at).clone();
        match question.kind() {
            Kind::Choice(_) => {
                let options = review(app).options();
                let preferred =
                    prefer.iter().find_map(|code| options.iter().find(|o| o.code == *code));
                let number = preferred.or(options.first()).unwrap().number;
                drive(app, world, Event::Pick(number));
            }
            Kind::Checklist(_) if review(app).lacks_answer() => {
                drive(app, world, Event::Pick(1));
            }
            Kind::Checklist(_) => act(app, world, Action::Text),
            Kind::Table { .. } => unreachable!("this instrument has no tables"),
            Kind::Text => act(app, world, Action::Write),
            Kind::Date | Kind::Integer { .. } => {
                let text = match question.kind() {
                    Kind::Date => "2026-04-15".to_owned(),
                    Kind::Integer { least, .. } => least.to_string(),
                    _ => unreachable!(),
                };
                act(app, world, Action::Write);
                drive(app, world, Event::Text(text));
                act(app, world, Action::Commit);
            }
        }
        if review(app).editing().is_some() {
            drive(app, world, Event::Text("Seen in the file, April to June.".to_owned()));
            act(app, world, Action::LeaveTextNext);
        }
    }
    panic!("still open after 500 answers: {:?}", review(app).gaps());
}

#[test]
fn answering_goes_on_and_says_saved() {
    let mut world = World::new("foster-care");
    let mut app = world.open();
    assert_eq!(review(&app).saved(), Saved::Unchanged);
    visit(&mut app, &mut world, "14.applies");
    choose(&mut app, &mut world, "yes");
    assert_ne!(here(&app), "14.applies");
    assert_eq!(review(&app).saved(), Saved::At("14:02:11"));
    let back = world.instrument.find_question("14.applies").unwrap();
    assert!(world.disk.get(back).is_some());
}

#[test]
fn a_no_asks_for_its_narrative_before_going_on() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "19.A");
    choose(&mut app, &mut world, "no");
    assert_eq!(here(&app), "19.A");
    let editing = review(&app).editing().unwrap();
    assert_eq!((editing.field, editing.several_lines), (Field::Narrative, true));
    assert!(app.is_typing());
    drive(&mut app, &mut world, Event::Text("Twice in eight months.".to_owned()));
    assert!(matches!(world.log.last(), Some(Effect::Draft { text: Some(_), .. })));
    act(&mut app, &mut world, Action::LeaveText);
    let at = world.instrument.find_question("19.A").unwrap();
    assert_eq!(world.disk.narrative(at), Some("Twice in eight months."));
    assert_eq!(here(&app), "19.A");
    // Turned to Yes, the narrative is set aside, and comes back with the No.
    choose(&mut app, &mut world, "yes");
    assert_eq!(review(&app).set_aside(), 1);
    assert!(app.notice().unwrap().contains("set aside"));
    act(&mut app, &mut world, Action::Undo);
    assert_eq!((here(&app).as_str(), review(&app).set_aside()), ("19.A", 0));
    assert!(!review(&app).lacks(at));
}

#[test]
fn answers_behind_a_closed_gate_come_back() {
    let mut world = World::new("foster-care");
    let mut app = world.open();
    visit(&mut app, &mut world, "20.applies");
    choose(&mut app, &mut world, "yes");
    let before = review(&app).item_rows().len();
    answer_item(&mut app, &mut world, "20");
    let whole = review(&app).answers().clone();
    let item = world.instrument.find_item("20").unwrap();
    assert_eq!(review(&app).scores().item(item).rating, Rating::Strength);
    visit(&mut app, &mut world, "20.applies");
    choose(&mut app, &mut world, "no");
    assert!(review(&app).set_aside() > 3, "{}", review(&app).set_aside());
    assert_eq!(review(&app).item_rows().len(), before);
    visit(&mut app, &mut world, "20.applies");
    choose(&mut app, &mut world, "yes");
    assert!(app.notice().unwrap().contains("back"));
    assert_eq!(review(&app).scores().item(item).rating, Rating::Strength);
    assert_eq!(review(&app).answers(), &whole);
}

fn answer_item(app: &mut App, world: &mut World, item: &str) {
    let at = world.instrument.find_item(item).unwrap();
    for _ in 0..60 {
        let open = review(app)
            .asked_questions()
            .find(|q| review(app).item_of(*q) == Some(at) && review(app).lacks_answer_at(*q));
        let Some(open) = open else { return };
        let id = world.instrument.question(open).id().to_owned();
        visit(app, world, &id);
        match world.instrument.question(open).kind() {
            Kind::Choice(_) | Kind::Checklist(_) => drive(app, world, Event::Pick(1)),
            _ => {
                act(app, world, Action::Write);
                let number = matches!(world.instrument.question(open).kind(), Kind::Integer { .. });
                let text = if number { "1" } else { "Words." };
                drive(app, world, Event::Text(text.to_owned()));
                act(app, world, if number { Action::Commit } else { Action::LeaveText });
                false
            }
        };
        if review(app).editing().is_some() {
            drive(app, world, Event::Text("Words.".to_owned()));
            act(app, world, Action::LeaveText);
        }
    }
}

#[test]
fn a_failed_save_never_says_saved_and_is_retried() {
    let mut world = World::new("foster-care");
    let mut app = world.open();
    visit(&mut app, &mut world, "14.applies");
    world.refuses = true;
    choose(&mut app, &mut world, "yes");
    let at = world.instrument.find_question("14.applies").unwrap();
    assert_eq!(review(&app).saved(), Saved::Failed { changes: 1, why: "the disk is full" });
    assert!(review(&app).is_not_saved(at));
    assert!(world.disk.get(at).is_none());
    // Another answer is kept with it; neither is lost.
    choose(&mut app, &mut world, "yes");
    assert!(matches!(review(&app).saved(), Saved::Failed { changes: 2, .. }));
    act(&mut app, &mut world, Action::Retry);
    assert!(matches!(review(&app).saved(), Saved::Failed { changes: 2, .. }));
    // Leaving the review or the program is stopped.
    drive(&mut app, &mut world, Event::Act(Action::Back));
    assert_eq!(app.screen, Screen::Review);
    assert!(!drive(&mut app, &mut world, Event::Act(Action::Quit)));
    assert_eq!(app.screen, Screen::ConfirmQuit);
    assert_eq!(available(&app), [Action::Retry, Action::Leave, Action::Stay]);
    drive(&mut app, &mut world, Event::Act(Action::Stay));
    assert_eq!(app.screen, Screen::Review);
    world.refuses = false;
    act(&mut app, &mut world, Action::Retry);
    assert_eq!(review(&app).saved(), Saved::At("14:02:11"));
    assert_eq!(&world.disk, review(&app).answers());
    assert!(drive(&mut app, &mut world, Event::Act(Action::Quit)));
}

#[test]
fn leaving_anyway_leaves_and_saving_again_leaves_too() {
    for saved in [false, true] {
        let mut world = World::new("foster-care");
        let mut app = world.open();
        world.refuses = true;
        visit(&mut app, &mut world, "14.applies");
        choose(&mut app, &mut world, "yes");
        drive(&mut app, &mut world, Event::Act(Action::Quit));
        world.refuses = !saved;
        let way = if saved { Action::Retry } else { Action::Leave };
        assert!(drive(&mut app, &mut world, Event::Act(way)));
    }
}

#[test]
fn a_note_stays_whatever_the_answer_and_is_never_missing() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "19.A");
    let at = world.instrument.find_question("19.A").unwrap();
    let missing = review(&app).count_gaps();
    act(&mut app, &mut world, Action::Note);
    let editing = review(&app).editing().unwrap();
    assert_eq!((editing.field, editing.several_lines), (Field::Note, true));
    drive(&mut app, &mut world, Event::Text("Ask about the May visit.".to_owned()));
    assert!(matches!(world.log.last(), Some(Effect::Draft { field: Field::Note, .. })));
    act(&mut app, &mut world, Action::LeaveText);
    assert_eq!((here(&app).as_str(), review(&app).lacks_answer()), ("19.A", true));
    assert_eq!(world.notes[&at], "Ask about the May visit.");
    assert_eq!((review(&app).count_gaps(), review(&app).set_aside()), (missing, 0));

    // A narrative beside it is a text of its own, and is set aside alone.
    choose(&mut app, &mut world, "no");
    drive(&mut app, &mut world, Event::Text("Twice in eight months.".to_owned()));
    act(&mut app, &mut world, Action::LeaveText);
    choose(&mut app, &mut world, "yes");
    assert_eq!(review(&app).set_aside(), 1);
    assert_eq!(review(&app).note(at), Some("Ask about the May visit."));
    assert_eq!(world.disk.narrative(at), Some("Twice in eight months."));

    // Undone and done again like every change.
    visit(&mut app, &mut world, "19.A");
    act(&mut app, &mut world, Action::Note);
    drive(&mut app, &mut world, Event::Text(String::new()));
    act(&mut app, &mut world, Action::LeaveText);
    assert_eq!(review(&app).note(at), None);
    act(&mut app, &mut world, Action::Undo);
    assert_eq!(review(&app).note(at), Some("Ask about the May visit."));
}

#[test]
fn next_open_stays_at_the_open_question_an_answer_led_to() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "19.A1");
    choose(&mut app, &mut world, "monthly");
    let reached = here(&app);
    act(&mut app, &mut world, Action::NextOpen);
    assert_eq!(here(&app), reached, "nobody has seen it before");
    assert!(app.notice().unwrap().contains("again goes past it"));
    act(&mut app, &mut world, Action::NextOpen);
    assert_ne!(here(&app), reached);
    // Whoever looked at it first, or went there by a key, goes past it at once.
    visit(&mut app, &mut world, "19.A1");
    choose(&mut app, &mut world, "weekly");
    act(&mut app, &mut world, Action::Guidance);
    act(&mut app, &mut world, Action::Back);
    act(&mut app, &mut world, Action::NextOpen);
    assert_ne!(here(&app), reached);
}

#[test]
fn a_draft_is_found_again() {
    let mut world = World::new("in-home");
    let at = world.instrument.find_question("19.rationale").unwrap();
    let text = "Half a sentence".to_owned();
    world.drafts.push(Draft { question: at, field: Field::Answer, text: text.clone() });
    let mut app = world.open();
    assert!(app.notice().unwrap().contains("19 rationale"));
    visit(&mut app, &mut world, "19.rationale");
    act(&mut app, &mut world, Action::Write);
    let editing = review(&app).editing().unwrap();
    assert_eq!((editing.text.as_str(), editing.is_draft), (text.as_str(), true));
    act(&mut app, &mut world, Action::DropText);
    assert!(matches!(world.log.last(), Some(Effect::Draft { text: None, .. })));
    assert!(review(&app).lacks_answer());
}

#[test]
fn quitting_while_writing_keeps_the_text() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "19.rationale");
    act(&mut app, &mut world, Action::Write);
    drive(&mut app, &mut world, Event::Text("Seen monthly.".to_owned()));
    assert!(drive(&mut app, &mut world, Event::Act(Action::Quit)));
    let at = world.instrument.find_question("19.rationale").unwrap();
    assert!(world.disk.get(at).is_some());
}

#[test]
fn a_wrong_date_stays_in_the_box_with_its_problem() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "face.opened");
    act(&mut app, &mut world, Action::Write);
    drive(&mut app, &mut world, Event::Text("soon".to_owned()));
    act(&mut app, &mut world, Action::Commit);
    assert!(review(&app).editing().unwrap().problem.as_ref().unwrap().contains("date"));
    drive(&mut app, &mut world, Event::Text("4/15/2026".to_owned()));
    act(&mut app, &mut world, Action::Commit);
    let at = world.instrument.find_question("face.opened").unwrap();
    assert_eq!(review(&app).answer_words(at).as_deref(), Some("2026-04-15"));
    assert_ne!(review(&app).at(), at);
}

#[test]
fn a_review_goes_on_where_it_was_left() {
    let mut world = World::new("in-home");
    let opened = world.instrument.find_question("face.opened").unwrap();
    world.disk.set(opened, Some(Value::Date("2025-03-01".parse().unwrap())));
    let app = world.open();
    assert!(app.notice().unwrap().contains("1 answer filled in from the frame"));
    assert_eq!(here(&app), "face.region", "what was filled in is looked over first");
    let given = world.instrument.find_question("face.other-than-maltreatment").unwrap();
    world.disk.set(given, Some(Value::Codes(CodeSet::one(1))));
    let app = world.open();
    assert_eq!((app.notice(), here(&app).as_str()), (None, "face.involvement"));
}

#[test]
fn a_second_review_is_told_to_be_blind() {
    let mut world = World::new("in-home");
    world.second = true;
    assert!(world.open().notice().unwrap().contains("second review (IRR)"));
}

#[test]
fn what_would_change_it_is_not_shown_while_answering() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "19.A");
    assert!(!is_available(&app, Action::Changes));
    assert!(is_available(&app, Action::Why));
    world.practice = true;
    let mut app = world.open();
    answer_item(&mut app, &mut world, "19");
    visit(&mut app, &mut world, "19.A");
    act(&mut app, &mut world, Action::Changes);
    let page = review(&app).page().unwrap();
    assert!(page.lines.iter().any(|line| matches!(line, PageLine::Point(text)
        if text.contains("instead of Yes"))));
}

#[test]
fn arrows_choose_and_enter_answers() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "19.A");
    assert!(!is_available(&app, Action::Choose));
    act(&mut app, &mut world, Action::Down);
    act(&mut app, &mut world, Action::Choose);
    assert_ne!(here(&app), "19.A");
    let at = world.instrument.find_question("19.A").unwrap();
    assert_eq!(review(&app).answer_words(at).as_deref(), Some("Yes"));
}

#[test]
fn a_checklist_is_ticked_and_may_stay_empty() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    visit(&mut app, &mut world, "face.involvement");
    let at = review(&app).at();
    drive(&mut app, &mut world, Event::Pick(1));
    drive(&mut app, &mut world, Event::Pick(3));
    assert_eq!(review(&app).at(), at, "ticking stays");
    assert_eq!(review(&app).options().iter().filter(|o| o.chosen).count(), 2);
    drive(&mut app, &mut world, Event::Pick(1));
    assert_eq!(review(&app).options().iter().filter(|o| o.chosen).count(), 1);
    act(&mut app, &mut world, Action::Nothing);
    assert_eq!(review(&app).answer_words(at).as_deref(), Some("none of these"));
}

#[test]
fn the_list_of_items_goes_to_an_item() {
    let mut world = World::new("in-home");
    let mut app = world.open();
    act(&mut app, &mut world, Action::Items);
    act(&mut app, &mut world, Action::Last);
    act(&mut app, &mut world, Action::GoTo);
    assert_eq!(here(&app), "20.applies");
    // Item 14 never applies to in-home cases: there is nothing to go to.
    act(&mut app, &mut world, Action::Items);
    act(&mut app, &mut world, Action::First);
    act(&mut app, &mut world, Action::Down);
    act(&mut app, &mut world, Action::GoTo);
    assert!(app.notice().unwrap().contains("item 14"));
    act(&mut app, &mut world, Action::Back);
    assert_eq!(here(&app), "20.applies");
}
