//! The program in every state worth a picture, with fixed data.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{QuestionIx, load_shipped};
use casereview::review::Which;
use casereview::scoring::{Answers, read_value};
use casereview::task::queue::{Case, Status};
use casereview::task::review::{Card, Opened};
use casereview::task::start::Info;
use casereview::task::{Action, App, Effect, Event, Reply, update};

use crate::tui_states_hostile::{hostile_queue, hostile_results, hostile_review, hostile_text_box};
use crate::tui_states_results::{results, results_across, results_cases, results_saving};

pub fn info() -> Info {
    Info {
        workspace: "casereview-demo/practice.db".into(),
        user: "rv-04".into(),
        round: "2026-H1".into(),
        instrument: "Child and Family Services Review, Round 2: onsite review items 14 to 20"
            .into(),
        notice: Some(
            "CFSR Round 2 items 14-20 are items 9-15 of Rounds 3 and 4. A Round 4 Program \
             Improvement Plan is measured with cfsr-r4, not with this file."
                .into(),
        ),
        practice: true,
        lead: false,
        approvals: 0,
        not_started: 5,
        in_progress: 2,
        unassigned: 0,
        submitted: 4,
        pairs: None,
        alerts: 0,
        quality: None,
        plan: false,
        last: Some(("r1".into(), "R-0042".into())),
    }
}

pub fn cases() -> Vec<Case> {
    let regions = ["Davidson", "East", "Mid-Cumberland", "Upper Cumberland", "Shelby"];
    (0..33)
        .map(|n| Case {
            reading: format!("r{n}"),
            case: format!("R-{:04}", 7 * n + 3),
            case_type: ["Foster care", "In-home services"][n % 3 / 2].into(),
            region: regions[n % 5].into(),
            county: ["Davidson", "Jefferson", "Rutherford", "Van Buren", "Shelby"][n % 5].into(),
            status: Status::ALL[n % 4],
            which: if n % 7 == 3 { Which::Second } else { Which::First },
            reviewer: format!("rv-{:02}", n % 6),
        })
        .collect()
}

pub fn learn(app: &mut App, reply: Reply) {
    update(app, Event::Outside(reply));
}
pub fn act(app: &mut App, action: Action) {
    update(app, Event::Act(action));
}

pub fn start() -> App {
    App::new(info())
}
pub fn queue() -> App {
    let mut app = start();
    act(&mut app, Action::Cases);
    learn(&mut app, Reply::Queue(cases(), Box::new(info())));
    app
}
pub fn searching() -> App {
    let mut app = queue();
    act(&mut app, Action::FilterStatus);
    act(&mut app, Action::Search);
    update(&mut app, Event::Text("cumber".into()));
    app
}
pub fn help() -> App {
    let mut app = queue();
    act(&mut app, Action::Help);
    app
}

pub fn screens() -> Vec<(&'static str, App)> {
    vec![
        ("start", start()),
        ("queue", queue()),
        ("queue-searching", searching()),
        ("results", results()),
        ("help", help()),
        ("walk", walk()),
        ("face", face()),
        ("checklist", checklist()),
        ("narrative", narrative()),
        ("note", note()),
        ("noted", noted()),
        ("guidance", guidance()),
        ("why", why()),
        ("items", items()),
        ("missing", missing()),
        ("pending", pending()),
        ("not-saved", not_saved()),
        ("shelf", shelf()),
        ("contents", contents()),
        ("instrument-page", instrument_page()),
        ("case-types", case_types()),
        ("scratch", scratch()),
        ("leaving", leaving()),
        ("date-with-a-problem", date_with_a_problem()),
        ("submitted", submitted()),
        ("changes", changes()),
        ("contradiction", broken()),
        ("answered-no", answered()),
        ("help-while-typing", help_while_typing()),
        ("empty-queue", empty_queue()),
        ("hostile-review", hostile_review()),
        ("hostile-text-box", hostile_text_box()),
        ("hostile-queue", hostile_queue()),
        ("hostile-results", hostile_results()),
        ("results-across", results_across()),
        ("results-cases", results_cases()),
        ("results-saving", results_saving()),
    ]
}

pub fn opened(case_type: &str) -> Opened {
    let instrument = load_shipped("cfsr-r2-items-14-20").unwrap();
    let case_type = instrument.find_case_type(case_type).unwrap();
    Opened {
        reading: "r1".into(),
        card: Card {
            case: "R-0042".into(),
            case_type: instrument.case_types()[usize::from(case_type.0)].title.clone(),
            under_review: "2026-04-01 .. 2026-11-30".into(),
            region: "Knox".into(),
            county: "Knox".into(),
            which: Which::First,
            reviewer: "rv-04".into(),
        },
        answers: Answers::new(case_type),
        instrument,
        notes: Default::default(),
        drafts: Vec::new(),
        undo: Vec::new(),
        redo: Vec::new(),
        submitted: None,
        overrides: Vec::new(),
        has_qa: false,
        shows_changes: true,
    }
}

/// A review with these answers, standing at a question.
pub fn review(answers: &[(&str, &str)], at: &str) -> App {
    let mut app = start();
    let mut opened = opened("foster-care");
    for (id, code) in answers {
        let question = opened.instrument.find_question(id).unwrap();
        let kind = opened.instrument.question(question);
        let value = read_value(kind, opened.answers.case_type, code).unwrap();
        opened.answers.set(question, Some(value));
    }
    let at = opened.instrument.find_question(at).unwrap();
    learn(&mut app, Reply::Opened(Box::new(opened)));
    // The region was written in just now, so that a save was made.
    let region = opened_question(&app, "face.region");
    update(&mut app, Event::Goto(region));
    update(&mut app, Event::Act(Action::Write));
    update(&mut app, Event::Text("Knox".into()));
    update(&mut app, Event::Act(Action::LeaveText));
    learn(&mut app, Reply::Saved { ticket: 1, at: "14:02:11".into() });
    update(&mut app, Event::Goto(at));
    app
}

pub fn opened_question(app: &App, id: &str) -> QuestionIx {
    app.review.as_ref().unwrap().instrument().find_question(id).unwrap()
}

const SOME: &[(&str, &str)] = &[
    ("14.applies", "yes"),
    ("14.A", "yes"),
    ("14.B", "yes"),
    ("14.C", "na"),
    ("14.D", "na"),
    ("15.applies", "yes"),
    ("15.A1", "yes"),
    ("15.A2", "yes"),
    ("16.applies", "yes"),
    ("16.A", "yes"),
    ("16.B", "no"),
    ("18.applies", "yes"),
    ("18.A", "yes"),
    ("18.B", "yes"),
    ("18.C", "yes"),
    ("19.A1", "monthly"),
    ("19.A", "yes"),
    ("19.B", "yes"),
    ("20.applies", "yes"),
    ("20.A1", "monthly"),
    ("20.A2", "yes"),
    ("20.B1", "less-than-monthly"),
    ("20.B2", "no"),
];

pub fn walk() -> App {
    review(SOME, "20.C")
}
pub fn face() -> App {
    review(&[], "face.opened")
}
pub fn checklist() -> App {
    let mut app = review(SOME, "face.involvement");
    act(&mut app, Action::Down);
    act(&mut app, Action::Down);
    app
}
pub fn narrative() -> App {
    let mut app = review(SOME, "16.B");
    act(&mut app, Action::Text);
    update(&mut app, Event::Text("No effort to include him in school or medical visits.".into()));
    app
}
pub fn note() -> App {
    let mut app = review(SOME, "16.A");
    act(&mut app, Action::Note);
    update(&mut app, Event::Text("Ask the caseworker about the school meeting.".into()));
    app
}
pub fn noted() -> App {
    let mut app = note();
    act(&mut app, Action::LeaveText);
    learn(&mut app, Reply::Saved { ticket: 2, at: "14:03:40".into() });
    app
}
pub fn guidance() -> App {
    let mut app = walk();
    act(&mut app, Action::Guidance);
    app
}
pub fn why() -> App {
    let mut app = review(SOME, "16.B");
    act(&mut app, Action::Why);
    app
}
pub fn items() -> App {
    let mut app = walk();
    act(&mut app, Action::Items);
    app
}
pub fn missing() -> App {
    let mut app = walk();
    act(&mut app, Action::Finish);
    app
}

pub fn shelf() -> App {
    let mut app = start();
    act(&mut app, Action::Instruments);
    app
}
/// The contents of the default instrument, at item 16.
pub fn contents() -> App {
    let mut app = shelf();
    act(&mut app, Action::Enter);
    (0..4).for_each(|_| act(&mut app, Action::Down));
    app
}
pub fn instrument_page() -> App {
    let mut app = contents();
    act(&mut app, Action::Enter);
    act(&mut app, Action::PageDown);
    app
}
pub fn case_types() -> App {
    let mut app = contents();
    act(&mut app, Action::Try);
    app
}
/// Answers tried at item 16: a No for the father.
pub fn scratch() -> App {
    let mut app = case_types();
    act(&mut app, Action::Enter);
    give(&mut app, 1);
    give(&mut app, 1);
    act(&mut app, Action::Nothing);
    act(&mut app, Action::Next);
    give(&mut app, 2);
    update(&mut app, Event::Text("No effort to include him.".into()));
    act(&mut app, Action::LeaveText);
    app
}

pub fn give(app: &mut App, number: usize) -> Vec<Effect> {
    update(app, Event::Pick(number))
}

/// An answer whose commit is under way.
pub fn pending() -> App {
    let mut app = walk();
    give(&mut app, 1);
    act(&mut app, Action::Previous);
    app
}
/// An answer whose commit failed.
pub fn not_saved() -> App {
    let mut app = pending();
    learn(
        &mut app,
        Reply::NotSaved {
            ticket: 2,
            stored: 0,
            why: "casereview.db can't be written: the disk is full; make room and try again".into(),
        },
    );
    app
}
pub fn leaving() -> App {
    let mut app = not_saved();
    act(&mut app, Action::Quit);
    learn(&mut app, Reply::NotSaved { ticket: 3, stored: 0, why: "the disk is full".into() });
    app
}
pub fn date_with_a_problem() -> App {
    let mut app = face();
    act(&mut app, Action::Write);
    update(&mut app, Event::Text("2026-13-01".into()));
    act(&mut app, Action::Commit);
    app
}
pub fn submitted() -> App {
    let mut app = start();
    let mut opened = opened("in-home");
    opened.submitted = Some("submitted 2026-11-21".into());
    learn(&mut app, Reply::Opened(Box::new(opened)));
    let at = app.review.as_ref().unwrap().instrument().find_question("19.A").unwrap();
    update(&mut app, Event::Goto(at));
    app
}
pub fn changes() -> App {
    let mut app = review(SOME, "16.B");
    act(&mut app, Action::Changes);
    app
}
pub fn broken() -> App {
    let mut answers = SOME.to_vec();
    answers.extend([("20.C", "na"), ("20.D", "na")]);
    review(&answers, "20.C")
}
pub fn answered() -> App {
    let mut answers = SOME.to_vec();
    answers.push(("20.C", "no"));
    review(&answers, "20.C")
}
pub fn help_while_typing() -> App {
    let mut app = narrative();
    act(&mut app, Action::Help);
    app
}
pub fn empty_queue() -> App {
    let mut app = start();
    act(&mut app, Action::Cases);
    learn(&mut app, Reply::Queue(Vec::new(), Box::new(info())));
    app
}
