//! Screens whose every text is hostile: escapes, turned direction, no spaces, wide letters.

#![allow(clippy::unwrap_used)]

use casereview::scoring::read_value;
use casereview::task::start::Info;
use casereview::task::{Action, App, Event, Reply, update};

use crate::tui_states::{act, cases, info, learn, opened, start};

/// A text that tries everything: escapes, turned direction, no spaces, wide letters, stacked
/// accents.
pub fn hostile() -> String {
    format!(
        "before\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m after\u{202e}turned\u{200b}\u{2066}. \
         {} 大阪の訪問は月に一度だけ。👩\u{200d}👧 e{} end\r\nnext\tline",
        "w".repeat(300),
        "\u{301}".repeat(30),
    )
}

pub fn hostile_review() -> App {
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
pub fn hostile_text_box() -> App {
    let mut app = hostile_review();
    act(&mut app, Action::Text);
    app
}
pub fn hostile_queue() -> App {
    let mut app = start();
    let mut cases = cases();
    for case in &mut cases {
        (case.region, case.county) = (hostile(), hostile());
        (case.case, case.case_type, case.reviewer) = (hostile(), hostile(), hostile());
    }
    let info = Info { round: hostile(), instrument: hostile(), workspace: hostile(), ..info() };
    act(&mut app, Action::Cases);
    learn(&mut app, Reply::Queue(cases, Box::new(info)));
    app
}
pub fn hostile_results() -> App {
    let mut app = start();
    let hostile = hostile();
    let lots = [("Knox", "2026-H1", [3, 2, 0, 0]), (&*hostile, &*hostile, [1, 1, 0, 0])];
    act(&mut app, Action::Results);
    learn(&mut app, Reply::Results(Box::new(crate::held::loaded(&lots))));
    app
}
pub fn hostile_start() -> App {
    let mut app = hostile_queue();
    act(&mut app, Action::Back);
    app
}
