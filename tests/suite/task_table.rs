//! The table of actions: complete, and footer and help made from it.

use std::collections::BTreeSet;

use casereview::task::action::{Group, TABLE};
use casereview::task::help::{HERE, HelpLine, help};
use casereview::task::start::Info;
use casereview::task::{Action, App, Event, Key, Screen, footer, route, update};

#[test]
fn every_action_has_one_line() {
    let mut ids: Vec<usize> = TABLE.iter().map(|line| line.action as usize).collect();
    ids.sort_unstable();
    let all: Vec<usize> = (0..=Action::Quit as usize).collect();
    assert_eq!(ids, all);
    let names: BTreeSet<&str> = TABLE.iter().map(|line| line.id).collect();
    assert_eq!(names.len(), TABLE.len(), "no name twice");
    for line in TABLE {
        assert!(!line.keys.is_empty() && !line.label.is_empty(), "{}", line.id);
        assert!(line.help.ends_with('.') && line.help.len() > 10, "{}", line.id);
        assert!(line.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", line.id);
    }
}

#[test]
fn the_help_lists_every_action_once_under_its_group() {
    let app = App::new(Info::default());
    let lines = help(&app);
    let texts: Vec<&str> = lines
        .iter()
        .filter_map(|line| match line {
            HelpLine::Action { help, .. } => Some(*help),
            HelpLine::Heading(_) => None,
        })
        .collect();
    assert_eq!(texts.len(), TABLE.len());
    for line in TABLE {
        assert_eq!(texts.iter().filter(|text| **text == line.help).count(), 1, "{}", line.id);
    }
    let headings = lines.iter().filter(|line| matches!(line, HelpLine::Heading(_))).count();
    // What works here stands first, under a heading of its own.
    assert_eq!(headings, Group::ALL.len() + 1);
    let now = |line: &HelpLine| matches!(line, HelpLine::Action { now: true, .. });
    assert_eq!(lines[0], HelpLine::Heading(HERE));
    let first = lines.iter().skip(1).take_while(|line| now(line)).count();
    assert_eq!(first, lines.iter().filter(|line| now(line)).count());
}

#[test]
fn the_help_marks_what_works_below_it() {
    let mut app = App::new(Info::default());
    let on_start = help(&app);
    update(&mut app, Event::Act(Action::Help));
    assert_eq!(app.screen, Screen::Help);
    assert_eq!(help(&app), on_start);
    update(&mut app, Event::Act(Action::Back));
    assert_eq!(app.screen, Screen::Start);
}

#[test]
fn footer_keys_lead_to_their_actions() {
    let mut app = App::new(Info::default());
    for (key, action) in footer(&app) {
        assert!(matches!(route(&app, key), Some(Event::Act(found)) if found == action));
    }
    assert!(route(&app, Key::Char('c')).is_none(), "nothing to continue with");
    app.start.info.last = Some(("r1".to_owned(), "R-0001".to_owned()));
    assert!(matches!(route(&app, Key::Char('c')), Some(Event::Act(Action::Continue))));
}
