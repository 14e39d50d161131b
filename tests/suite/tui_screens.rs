//! Every screen at 80x24 and 120x40 with its styles; tiny windows; meaning without colour.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{QuestionIx, load_shipped};
use casereview::scoring::{Answers, read_value};
use casereview::stats;
use casereview::task::queue::{Case, Status};
use casereview::task::results::{By, Item, Line, Measured};
use casereview::task::review::{Card, Opened};
use casereview::task::start::Info;
use casereview::task::{Action, App, Effect, Event, Reply, update};
use casereview::tui::{Input, Palette};

use crate::screen::Shot;
use crate::storyboard::key_event;

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
        ("pending", pending()),
        ("not-saved", not_saved()),
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

/// Every window up to 140 x 50 on some screen, and every screen in the windows where the
/// layout changes.
#[test]
fn no_window_is_too_small_to_draw_in() {
    for (at, (_, app)) in screens().into_iter().enumerate() {
        for (width, height) in windows() {
            let turn = (7 * width + 3 * height).is_multiple_of(31) || at == 0;
            let edge = [1, 2, 59, 60, 61, 75, 76, 80, 140].contains(&width)
                && [1, 2, 15, 16, 17, 24, 50].contains(&height);
            if edge || (turn && (width + height) % 4 == at as u16 % 4) {
                Shot::of(&app, (width, height), Palette::Mono);
            }
        }
    }
}

/// The same without leaving any out: minutes.
#[test]
#[ignore = "takes minutes; run it after changing a layout"]
fn no_window_is_too_small_for_any_screen() {
    for (_, app) in screens() {
        windows().for_each(|size| drop(Shot::of(&app, size, Palette::Mono)));
    }
}

fn windows() -> impl Iterator<Item = (u16, u16)> {
    (1..=140).flat_map(|width| (1..=50).map(move |height| (width, height)))
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
        undo: Vec::new(),
        redo: Vec::new(),
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

fn opened_question(app: &App, id: &str) -> QuestionIx {
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

fn give(app: &mut App, number: usize) -> Vec<Effect> {
    update(app, Event::Pick(number))
}

/// An answer whose commit is under way.
fn pending() -> App {
    let mut app = walk();
    give(&mut app, 1);
    act(&mut app, Action::Previous);
    app
}
/// An answer whose commit failed.
fn not_saved() -> App {
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
fn leaving() -> App {
    let mut app = not_saved();
    act(&mut app, Action::Quit);
    learn(&mut app, Reply::NotSaved { ticket: 3, stored: 0, why: "the disk is full".into() });
    app
}
fn date_with_a_problem() -> App {
    let mut app = face();
    act(&mut app, Action::Write);
    update(&mut app, Event::Text("2026-13-01".into()));
    act(&mut app, Action::Commit);
    app
}
fn submitted() -> App {
    let mut app = start();
    let mut opened = opened("in-home");
    opened.submitted = Some("submitted 2026-11-21".into());
    learn(&mut app, Reply::Opened(Box::new(opened)));
    let at = app.review.as_ref().unwrap().instrument().find_question("19.A").unwrap();
    update(&mut app, Event::Goto(at));
    app
}
fn changes() -> App {
    let mut app = review(SOME, "16.B");
    act(&mut app, Action::Changes);
    app
}
fn broken() -> App {
    let mut answers = SOME.to_vec();
    answers.extend([("20.C", "na"), ("20.D", "na")]);
    review(&answers, "20.C")
}
fn answered() -> App {
    let mut answers = SOME.to_vec();
    answers.push(("20.C", "no"));
    review(&answers, "20.C")
}
fn help_while_typing() -> App {
    let mut app = narrative();
    act(&mut app, Action::Help);
    app
}
fn empty_queue() -> App {
    let mut app = start();
    act(&mut app, Action::Cases);
    learn(&mut app, Reply::Queue(Vec::new(), info()));
    app
}

/// A text that tries everything: escapes, turned direction, no spaces, wide letters, stacked
/// accents.
fn hostile() -> String {
    format!(
        "before\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m after\u{202e}turned\u{200b}\u{2066}. \
         {} 大阪の訪問は月に一度だけ。👩\u{200d}👧 e{} end\r\nnext\tline",
        "w".repeat(300),
        "\u{301}".repeat(30),
    )
}

fn hostile_review() -> App {
    let mut app = start();
    let mut opened = opened("foster-care");
    let no = opened.instrument.find_question("16.B").unwrap();
    let value = read_value(opened.instrument.question(no), opened.answers.case_type, "no");
    opened.answers.set(no, Some(value.unwrap()));
    let applies = opened.instrument.find_question("16.applies").unwrap();
    let value = read_value(opened.instrument.question(applies), opened.answers.case_type, "yes");
    opened.answers.set(applies, Some(value.unwrap()));
    opened.answers.set_narrative(no, &hostile());
    opened.card.case = hostile();
    opened.card.case_type = hostile();
    learn(&mut app, Reply::Opened(Box::new(opened)));
    update(&mut app, Event::Goto(no));
    app
}
fn hostile_text_box() -> App {
    let mut app = hostile_review();
    act(&mut app, Action::Note);
    app
}
fn hostile_queue() -> App {
    let mut app = start();
    let mut cases = cases();
    for case in &mut cases {
        (case.region, case.county) = (hostile(), hostile());
        (case.case, case.case_type, case.reviewer) = (hostile(), hostile(), hostile());
    }
    let info = Info { round: hostile(), instrument: hostile(), workspace: hostile(), ..info() };
    act(&mut app, Action::Cases);
    learn(&mut app, Reply::Queue(cases, info));
    app
}
fn hostile_results() -> App {
    let mut app = start();
    let mut measured = measured();
    measured.notes = vec![hostile()];
    for item in &mut measured.items {
        item.title = hostile();
        item.groups[1].group = hostile();
    }
    act(&mut app, Action::Results);
    learn(&mut app, Reply::Results(Box::new(measured)));
    app
}
fn hostile_start() -> App {
    let mut app = hostile_queue();
    act(&mut app, Action::Back);
    app
}

#[test]
fn nothing_from_outside_steers_the_terminal() {
    let screens =
        [hostile_review(), hostile_text_box(), hostile_queue(), hostile_results(), hostile_start()];
    for app in screens {
        for size in [(80, 24), (120, 40), (61, 17)] {
            let shot = Shot::of(&app, size, Palette::Many);
            for cell in &shot.buffer.content {
                let unfit = |c: char| {
                    c.is_control()
                        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                            | '\u{2060}'..='\u{206f}')
                };
                assert!(!cell.symbol().contains(unfit), "{:?}", cell.symbol());
            }
        }
    }
}

#[test]
fn a_long_narrative_is_wrapped_whole_and_scrolled_with_a_sign() {
    let shot = Shot::of(&hostile_review(), (120, 60), Palette::Mono);
    let text: String = shot.rows().concat();
    assert!(text.matches('w').count() >= 300, "every letter of the long word is there");
    assert!(text.contains("大阪の訪問は月に一度だけ。") && text.contains("next line"));
    let small = Shot::of(&hostile_review(), (80, 24), Palette::Mono);
    assert!(small.rows().iter().any(|row| row.contains("more")), "{:#?}", small.rows());
    let writing = Shot::of(&hostile_text_box(), (80, 24), Palette::Mono);
    assert!(writing.rows().iter().any(|row| row.contains("next line")));
}

/// What a person must be able to tell apart, as rows of text without any style.
#[test]
fn colour_is_never_the_only_sign() {
    let text = |app: &App| Shot::of(app, (80, 24), Palette::Mono).rows();
    let mut seen: Vec<(&str, Vec<String>)> = Vec::new();
    let mut highlighted = walk();
    act(&mut highlighted, Action::Down);
    let states = [
        ("a question", walk()),
        ("an option the arrows stand on", highlighted),
        ("an answer given", answered()),
        ("a contradiction", broken()),
        ("an answer on its way to disk", pending()),
        ("an answer that is not saved", not_saved()),
        ("a review that can only be read", submitted()),
    ];
    for (name, app) in &states {
        let rows = text(app);
        for (other, before) in &seen {
            assert_ne!(before, &rows, "{name} looks like {other}");
        }
        seen.push((name, rows));
    }
    for (_, app) in screens() {
        let [mono, many] = [Palette::Mono, Palette::Many].map(|p| Shot::of(&app, (80, 24), p));
        assert_eq!(mono.rows(), many.rows(), "colour changes no text");
        let plain = |color| color == ratatui::style::Color::Reset;
        assert!(mono.buffer.content.iter().all(|cell| plain(cell.fg) && plain(cell.bg)));
    }
}

#[test]
fn what_is_not_on_disk_is_never_called_saved() {
    for app in [pending(), not_saved(), leaving()] {
        let text = Shot::of(&app, (80, 24), Palette::Mono).rows().join("\n");
        let without = text.replace("NOT SAVED", "").replace("not saved", "");
        assert!(!without.contains("saved"), "{text}");
    }
}

#[test]
fn keys_do_nothing_where_nothing_can_be_seen() {
    let mut walk = crate::storyboard::Storyboard::new(walk(), Deaf);
    walk.resize(40, 10).sees("window larger");
    walk.send(Input::Key(key_event("1"))).send(Input::Key(key_event("q")));
    assert!(!walk.ended);
    walk.resize(80, 24).sees("question 6 of 12").sees("1 ( ) Yes");
    walk.resize(40, 10).press_blind("Ctrl-C");
    assert!(walk.ended);
}

/// Carries out nothing.
struct Deaf;

impl casereview::task::Backend for Deaf {
    fn carry_out(&mut self, _: Effect) -> Option<Reply> {
        None
    }
}
