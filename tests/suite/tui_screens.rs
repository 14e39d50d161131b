//! Every screen at 80x24 and 120x40 with its styles; tiny windows; meaning without colour.

use casereview::stats;
use casereview::task::queue::{Case, Status};
use casereview::task::results::{By, Item, Line, Measured};
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
