//! Every screen at 80x24 and 120x40 with its styles; tiny windows; meaning without colour.

#![allow(clippy::unwrap_used)]

use casereview::instrument::load_shipped;
use casereview::scoring::{Answers, read_value};
use casereview::stats;
use casereview::task::queue::{Case, Status};
use casereview::task::results::{By, Item, Line, Measured};
use casereview::task::review::{Card, Opened};
use casereview::task::start::Info;
use casereview::task::{Action, App, Event, Reply, update};
use casereview::tui::Palette;

use crate::screen::Shot;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

fn info() -> Info {
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
        not_started: 5,
        in_progress: 2,
        submitted: 4,
        last: Some(("r1".into(), "R-0042".into())),
    }
}

fn cases() -> Vec<Case> {
    let regions = ["Davidson", "East", "Mid-Cumberland", "Upper Cumberland", "Shelby"];
    (0..33)
        .map(|n| Case {
            reading: format!("r{n}"),
            case: format!("R-{:04}", 7 * n + 3),
            case_type: ["Foster care", "In-home services"][n % 3 / 2].into(),
            region: regions[n % 5].into(),
            county: ["Davidson", "Jefferson", "Rutherford", "Van Buren", "Shelby"][n % 5].into(),
            status: Status::ALL[n % 4],
            second: n % 7 == 3,
            reviewer: format!("rv-{:02}", n % 6),
        })
        .collect()
}

fn line(group: &str, strength: usize, ani: usize) -> Line {
    let n = strength + ani;
    let interval = stats::wilson(strength as u64, n as u64, stats::Level::P95);
    Line {
        group: group.into(),
        strength,
        ani,
        na: 3,
        incomplete: 1,
        percent: stats::percent_text(strength as u64, n as u64),
        interval: interval.map(|i| (i.low, i.high)),
    }
}

fn measured() -> Measured {
    let groups = [
        ("Davidson", 19, 19),
        ("East", 19, 10),
        ("Knox", 14, 17),
        ("Mid-Cumberland", 0, 0),
        ("Northeast", 6, 0),
        ("Northwest", 9, 12),
        ("Shelby", 17, 27),
        ("Smoky Mountain", 12, 9),
        ("South Central", 8, 8),
        ("Southwest", 0, 4),
        ("Tennessee Valley", 30, 12),
        ("Upper Cumberland", 11, 13),
    ];
    let item = |id: &str, title: &str, bar| Item {
        id: id.into(),
        title: title.into(),
        bar,
        groups: groups.iter().map(|(g, s, a)| line(g, *s, *a)).collect(),
        total: line("all", 145, 131),
    };
    Measured {
        by: By::Region,
        reviews: 290,
        notes: vec!["3 pairs of reviews are not settled yet and are not counted.".into()],
        items: vec![
            item("19", "Caseworker visits with the child", Some(0.9)),
            item("20", "Caseworker visits with parents", Some(0.9)),
        ],
    }
}

fn learn(app: &mut App, reply: Reply) {
    update(app, Event::Outside(reply));
}
fn act(app: &mut App, action: Action) {
    update(app, Event::Act(action));
}

fn start() -> App {
    App::new(info())
}
fn queue() -> App {
    let mut app = start();
    act(&mut app, Action::Cases);
    learn(&mut app, Reply::Queue(cases(), info()));
    app
}
fn searching() -> App {
    let mut app = queue();
    act(&mut app, Action::FilterStatus);
    act(&mut app, Action::Search);
    update(&mut app, Event::Text("cumber".into()));
    app
}
fn results() -> App {
    let mut app = start();
    act(&mut app, Action::Results);
    learn(&mut app, Reply::Results(Box::new(measured())));
    act(&mut app, Action::NextItem);
    act(&mut app, Action::Down);
    app
}
fn help() -> App {
    let mut app = queue();
    act(&mut app, Action::Help);
    app
}

fn screens() -> Vec<(&'static str, App)> {
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
        ("guidance", guidance()),
        ("why", why()),
        ("items", items()),
        ("missing", missing()),
    ]
}

#[test]
fn screens_look_as_before() {
    for (name, app) in screens() {
        for (width, height) in SIZES {
            let shot = Shot::of(&app, (width, height), Palette::Many);
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), shot.dump());
        }
    }
}

#[test]
fn no_window_is_too_small_to_draw_in() {
    for (_, app) in screens() {
        for width in 1..=140 {
            for height in 1..=50 {
                Shot::of(&app, (width, height), Palette::Mono);
            }
        }
    }
}

fn opened(case_type: &str) -> Opened {
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
            second: false,
            reviewer: "rv-04".into(),
        },
        answers: Answers::new(case_type),
        instrument,
        drafts: Vec::new(),
        facts: vec![("region".into(), "Knox".into()), ("county".into(), "Knox".into())],
        submitted: None,
        shows_changes: true,
    }
}

/// A review with these answers, standing at a question.
fn review(answers: &[(&str, &str)], at: &str) -> App {
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
    learn(&mut app, Reply::Saved { ticket: 1, at: "14:02:11".into() });
    update(&mut app, Event::Goto(at));
    app
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

fn walk() -> App {
    review(SOME, "20.C")
}
fn face() -> App {
    review(&[], "face.opened")
}
fn checklist() -> App {
    let mut app = review(SOME, "face.involvement");
    act(&mut app, Action::Down);
    act(&mut app, Action::Down);
    app
}
fn narrative() -> App {
    let mut app = review(SOME, "16.B");
    act(&mut app, Action::Note);
    update(&mut app, Event::Text("No effort to include him in school or medical visits.".into()));
    app
}
fn guidance() -> App {
    let mut app = walk();
    act(&mut app, Action::Guidance);
    app
}
fn why() -> App {
    let mut app = review(SOME, "16.B");
    act(&mut app, Action::Why);
    app
}
fn items() -> App {
    let mut app = walk();
    act(&mut app, Action::Items);
    app
}
fn missing() -> App {
    let mut app = walk();
    act(&mut app, Action::Finish);
    app
}
