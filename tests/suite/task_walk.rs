//! Random walks through the tasks: nothing a person does breaks what must always hold.

use std::collections::BTreeSet;

use casereview::instrument::DEFAULT;
use casereview::review::RootCause;
use casereview::scoring::Value;
use casereview::task::action::{Group, TABLE};
use casereview::task::reconcile::Settled;
use casereview::task::review::Saved;
use casereview::task::{
    Action, App, Event, Key, Screen, available, carry_out, drive, footer, is_available, route,
};
use proptest::prelude::*;

use super::task_world::World;

/// A step of a walk, made fit for the state it meets.
#[derive(Debug, Clone)]
enum Step {
    Do(usize),
    Pick(usize),
    Press(Key),
    Type(String),
    Visit(u16),
    Refuse(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any::<usize>().prop_map(Step::Do),
        8 => (1usize..8).prop_map(Step::Pick),
        3 => prop::sample::select(vec![Key::Enter, Key::Down, Key::Up, Key::Char(' '), Key::Esc])
            .prop_map(Step::Press),
        2 => prop_oneof!["[a-z ]{0,12}", "[0-9]{1,2}", Just("2026-04-15".to_owned())]
            .prop_map(Step::Type),
        2 => any::<u16>().prop_map(Step::Visit),
        1 => prop_oneof![3 => Just(false), 1 => Just(true)].prop_map(Step::Refuse),
    ]
}

/// An instrument, a type of case, and the question the walk begins at.
fn review() -> impl Strategy<Value = (&'static str, &'static str, &'static str)> {
    prop_oneof![
        3 => Just((DEFAULT, "foster-care", "face.region")),
        3 => Just((DEFAULT, "in-home", "face.region")),
        1 => Just(("cfsr-r3", "foster-care", "face.children")),
        1 => Just(("cfsr-r3", "in-home", "face.participants")),
        1 => Just(("quality-contacts", "out-of-home", "M.visits")),
    ]
}

/// Goes to a question, and into its table where it is one.
fn go(app: &mut App, world: &mut World, question: &str) {
    let at = world.instrument.find_question(question).unwrap();
    drive(app, world, Event::Goto(at));
    if !world.instrument.question(at).columns().is_empty() {
        drive(app, world, Event::Act(Action::AddRow));
    }
}

fn take(app: &mut App, world: &mut World, step: Step) -> Option<Action> {
    let event = match step {
        Step::Do(n) => {
            let can = available(app);
            let action = can[n % can.len()];
            // Leaving ends a walk, and Answer is picked by number.
            if matches!(action, Action::Leave | Action::Answer) {
                return None;
            }
            Event::Act(action)
        }
        Step::Press(key) => route(app, key)?,
        Step::Pick(n) => Event::Pick(n),
        Step::Type(text) => Event::Text(text),
        Step::Visit(n) => {
            let questions = world.instrument.questions().len() as u16;
            Event::Goto(casereview::instrument::QuestionIx(n % questions))
        }
        Step::Refuse(refuses) => {
            world.refuses = refuses;
            return None;
        }
    };
    let action = match &event {
        Event::Act(action) => Some(*action),
        _ => None,
    };
    drive(app, world, event);
    action
}

fn check(app: &App, world: &World) {
    for (key, action) in footer(app) {
        let key = if key == Key::Digits { Key::Char('1') } else { key };
        let event = route(app, key);
        let leads = matches!(event, Some(Event::Act(found)) if found == action)
            || (action == Action::Answer && matches!(event, Some(Event::Pick(1))));
        assert!(leads, "{key:?} leads to {event:?}, not {action:?}");
    }
    let shown: BTreeSet<usize> = footer(app).iter().map(|(_, a)| *a as usize).collect();
    for action in available(app) {
        assert!(shown.contains(&(action as usize)), "{action:?} has no key on {:?}", app.screen);
    }
    let Some(review) = &app.review else { return };
    assert!(review.is_asked(review.at()), "stands at a question that is asked");
    let (place, of) = review.ordinal();
    assert!(1 <= place && place <= of);
    match review.saved() {
        // A scratch pad is never on disk, and nothing of it on its way there.
        saved if review.is_scratch() => assert_eq!(saved, Saved::Unchanged),
        Saved::At(_) | Saved::Unchanged => {
            assert_eq!(review.answers(), &world.disk, "saved means on disk");
        }
        Saved::Pending | Saved::Failed { .. } => {}
    }
    let gaps = review.gaps();
    assert!(gaps.iter().all(|gap| review.is_asked(gap.question)));
    assert_eq!(review.next_open().is_some(), !gaps.is_empty());
    if let Some(editing) = review.editing() {
        assert_eq!(editing.question, review.at());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_must_hold_holds_on_every_walk(
        (instrument, case_type, begin) in review(),
        steps in prop::collection::vec(step(), 1..250),
    ) {
        let mut world = World::of(instrument, case_type);
        let mut app = world.open();
        go(&mut app, &mut world, begin);
        for step in steps {
            take(&mut app, &mut world, step);
            check(&app, &world);
        }
    }

    #[test]
    fn undo_restores_exactly_and_redo_makes_it_again(
        (instrument, case_type, begin) in review(),
        picks in prop::collection::vec(step(), 1..120),
    ) {
        let mut world = World::of(instrument, case_type);
        let mut app = world.open();
        go(&mut app, &mut world, begin);
        for step in picks {
            let takes = match &step {
                Step::Do(n) => {
                    let can = available(&app);
                    let kept_out =
                        [Action::Undo, Action::Redo, Action::Submit, Action::Instruments];
                    !kept_out.contains(&can[n % can.len()])
                }
                Step::Refuse(_) => false,
                _ => true,
            };
            if takes {
                take(&mut app, &mut world, step);
            }
        }
        if app.screen != Screen::Review {
            carry_out(&mut app, &mut world, vec![]);
            let question = app.review.as_ref().map(|r| r.at());
            app.screen = Screen::Review;
            drive(&mut app, &mut world, Event::Goto(question.unwrap()));
        } else {
            let at = app.review.as_ref().unwrap().at();
            drive(&mut app, &mut world, Event::Goto(at));
        }
        let end = app.review.as_ref().unwrap().answers().clone();
        while app.review.as_ref().unwrap().can_undo() {
            prop_assert!(is_available(&app, Action::Undo));
            drive(&mut app, &mut world, Event::Act(Action::Undo));
            check(&app, &world);
        }
        // Coming back to the queue and opening again starts a new history.
        let begun = World::of(instrument, case_type).disk;
        let reopened = world.log.iter().filter(|e| matches!(e, casereview::task::Effect::Open { .. })).count() > 1;
        if !reopened {
            prop_assert_eq!(app.review.as_ref().unwrap().answers(), &begun);
        }
        while app.review.as_ref().unwrap().can_redo() {
            drive(&mut app, &mut world, Event::Act(Action::Redo));
            check(&app, &world);
        }
        prop_assert_eq!(app.review.as_ref().unwrap().answers(), &end);
        prop_assert_eq!(&world.disk, &end);
    }
}

/// What a person could notice of a state, without the instrument, which is long.
fn print(app: &App, world: &World) -> String {
    let review = app.review.as_ref().map(|r| {
        let place = (r.at(), r.highlight(), r.gap_cursor(), r.panel(), r.table());
        (place, r.answers(), r.editing(), r.notice(), r.saved(), r.submitted())
    });
    let reader = app.browse.reader.as_ref().map(|r| (r.cursor, r.page, r.types));
    let lists = (app.start.cursor, &app.queue, &app.results, app.help, app.browse.cursor, reader);
    let settle = app.settle.as_ref().map(|s| (s.cursor, &s.step, &s.said));
    let pairs = (app.pairs.cursor, &app.pairs.form, settle);
    let log = world.log.len();
    format!("{:?} {lists:?} {pairs:?} {:?} {log} {review:?}", app.screen, app.notice)
}

fn settled() -> Settled {
    Settled {
        side: Some(0),
        answer: "Yes".to_owned(),
        cause: RootCause::Slip,
        reason: "wrong key".to_owned(),
    }
}

/// Every action of the table does something somewhere: walks long enough meet each.
#[test]
fn every_action_does_something() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut did: BTreeSet<usize> = BTreeSet::new();
    for round in 0..190 {
        // Some begin in a table.
        let instrument = if round % 10 == 2 { "cfsr-r3" } else { DEFAULT };
        let case_type = if round % 2 == 0 { "foster-care" } else { "in-home" };
        let mut world = World::of(instrument, case_type);
        world.practice = round % 3 == 0;
        // Some are submitted, and have a text to read.
        let text = world.instrument.find_question("face.region").unwrap();
        world.submitted = round % 5 == 4;
        if world.submitted {
            world.disk.set(text, Some(Value::Text("Knox".to_owned())));
        }
        // Settling asks for more steps in a row than chance gives.
        if round % 3 == 1 {
            world.settled = Some(settled());
        }
        let mut app = if round % 2 == 0 { world.open() } else { world.start() };
        if round % 10 == 2 {
            go(&mut app, &mut world, "face.children");
        }
        if round % 10 == 0 {
            // A checklist is too rare to be ticked by arrows on random walks.
            let at = world.instrument.find_question("face.involvement").unwrap();
            drive(&mut app, &mut world, Event::Goto(at));
            drive(&mut app, &mut world, Event::Act(Action::Down));
        }
        let steps = prop::collection::vec(step(), 300).new_tree(&mut runner).unwrap().current();
        for step in steps {
            let before = print(&app, &world);
            let answering = matches!(step, Step::Pick(_)) && is_available(&app, Action::Answer);
            let action = take(&mut app, &mut world, step).or(answering.then_some(Action::Answer));
            if let Some(action) = action
                && before != print(&app, &world)
            {
                did.insert(action as usize);
            }
        }
    }
    // These two need a whole case answered, or end the walk: told in task_review.
    let elsewhere = [Action::Submit, Action::Leave];
    let idle: Vec<&str> = TABLE
        .iter()
        .filter(|line| !did.contains(&(line.action as usize)) && !elsewhere.contains(&line.action))
        // The pretend outside has no sample, plan, QA, agreement or alerts: those are told in
        // sample_walk, goals_screen, quality_screen, agreement_screen and alerts_screen.
        .filter(|line| !matches!(line.group, Group::Sample | Group::Agreement | Group::Quality))
        .filter(|line| !matches!(line.action, Action::Goals | Action::Evidence | Action::NewAlert))
        // No second window, and nothing that only follows: told in reconcile_words.
        .filter(|line| !matches!(line.action, Action::ReadAnew | Action::Unfold))
        .map(|line| line.id)
        .collect();
    assert!(idle.is_empty(), "did nothing anywhere: {idle:?}");
}
