//! The instrument browser: every instrument is read and tried without a workspace, and
//! nothing asks the outside for anything.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{Mode, check, load_shipped, shipped};
use casereview::task::{Action, App, Backend, Effect, Event, Reply, Screen, is_available, update};

use crate::program::run;
use crate::storyboard::Storyboard;

/// An outside nobody may ask for anything.
struct Nobody;

impl Backend for Nobody {
    fn carry_out(&mut self, effect: Effect) -> Option<Reply> {
        assert_eq!(effect, Effect::Quit);
        None
    }
}

#[test]
fn an_instrument_is_read_and_answers_are_tried() {
    let mut walk = Storyboard::new(App::browser(None), Nobody);
    walk.sees("Instruments").sees("CFSR R2 items 14-20").sees("7 items");
    walk.press("Down").sees("CFSR R3").press("Up").press("Enter").sees("About this instrument");
    while !walk.has("> 16 ") {
        walk.press("Down");
    }
    walk.sees("Item 16").press("Enter").sees("When it applies");
    while !walk.has("How it is rated") {
        walk.press("PageDown");
    }
    walk.press("]").sees("Item 17").press("[").sees("Item 16").press("Esc");

    // Answers of item 16, for a foster care case: the rating forms, with its why.
    walk.press("t").sees("of which type of case?").press("Enter");
    walk.sees("Trying answers").sees("nothing is kept").sees("Does the item apply?");
    walk.press("1").sees("Item 16: needs A B").press("1").press("0").press("Enter");
    walk.press("2").types("No effort.");
    walk.press("Esc").sees("Area Needing Improvement").sees_not("saved");
    walk.press("w").sees("Why is item 16").press("Esc");
    walk.press("c").sees("What would change it").press("Esc");
    walk.press("u").press("r").press("Esc").sees("About this instrument");

    // It is there again, at the item chosen then.
    walk.press("t").press("Enter").sees("Trying answers").sees("(x) Yes").press("Esc");
    walk.press("Esc").sees("Instruments").press("q");
    assert!(walk.ended);
}

#[test]
fn it_opens_from_the_start_screen_at_the_rounds_own_instrument() {
    let mut app = crate::tui_states::start();
    app.browse.offer(load_shipped("cfsr-r4").unwrap());
    let mut walk = Storyboard::new(app, Nobody);
    walk.sees("read any, and try answers").press("i").sees("> CFSR R4").press("Enter");
    walk.sees("edition").press("t").press("Esc").press("Esc").press("Esc").sees("Results");
    walk.press("?").press("Esc").press("i").press("?").sees("Keys that work here").press("Esc");
    walk.sees("Instruments").press("q");
    assert!(walk.ended);
}

#[test]
fn a_checklist_is_read_and_tried() {
    let mut walk = Storyboard::new(App::browser(load_shipped("quality-contacts")), Nobody);
    walk.press("Down").press("Down").press("Enter").sees("Section").press("Esc").press("t");
    while !walk.has("Trying answers") {
        walk.press("Enter");
    }
    walk.sees("nothing is kept").press("1").press("w").sees("Why is section").press("Esc");
    walk.press("Esc").press("Esc").sees("Instruments");
}

/// Every page of every instrument, every type of case: keys on screen only, nothing outside.
#[test]
fn every_page_of_every_instrument_opens() {
    for one in shipped() {
        let instrument = load_shipped(one.id).unwrap();
        let mut app = App::browser(Some(instrument.clone()));
        let act = |app: &mut App, action| {
            assert!(is_available(app, action), "{action:?} in {}", one.id);
            assert_eq!(update(app, Event::Act(action)), Vec::new());
        };
        let pages = app.browse.reader.as_ref().unwrap().entries().len();
        assert!(pages > instrument.items().len());
        for _ in 0..pages {
            let reader = app.browse.reader.as_ref().unwrap();
            let page = reader.shown();
            assert!(!page.title.is_empty() && !page.lines.is_empty(), "{}", page.title);
            if instrument.mode() == Mode::Checklist {
                assert!(!page.title.starts_with("Item "), "{}: {}", one.id, page.title);
            }
            act(&mut app, Action::Down);
        }
        for case_type in 0..instrument.case_types().len() {
            act(&mut app, Action::Try);
            if app.screen == Screen::Reader {
                (0..case_type).for_each(|_| act(&mut app, Action::Down));
                act(&mut app, Action::Enter);
            }
            assert_eq!(app.screen, Screen::Review);
            assert_eq!(update(&mut app, Event::Pick(1)), Vec::new());
            act(&mut app, Action::Note);
            assert_eq!(update(&mut app, Event::Text("a note".to_owned())), Vec::new());
            act(&mut app, Action::LeaveText);
            assert!(!is_available(&app, Action::Finish) && !is_available(&app, Action::Submit));
            act(&mut app, Action::Back);
            assert_eq!(app.screen, Screen::Reader);
        }
    }
}

#[test]
fn a_file_stands_first_on_the_shelf() {
    let text = include_str!("../instruments/valid/joined.toml");
    let joined = check("joined.toml", text).instrument.unwrap();
    let app = App::browser(Some(joined.into()));
    assert_eq!(app.screen, Screen::Reader);
    assert_eq!(app.browse.shelf().len(), shipped().len() + 1);
    assert_eq!(app.browse.cursor.at(), 0);
}

#[test]
fn without_a_terminal_the_tables_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| run(folder.path(), &line.split(' ').collect::<Vec<_>>());
    let (code, out, _) = run("instrument browse cfsr-r2-items-14-20");
    let (_, explained, _) = run("instrument explain cfsr-r2-items-14-20");
    assert_eq!((code, out), (0, explained));
    let (code, out, err) = run("instrument browse");
    assert_eq!(code, 0);
    assert!(out.contains("cfsr-r4") && err.contains("instrument explain ID"), "{out}{err}");
    let (code, _, err) = run("instrument browse cfsr-r5");
    assert_eq!(code, 2, "{err}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
}
