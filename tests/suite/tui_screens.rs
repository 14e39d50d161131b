//! Every screen at 80x24 and 120x40 with its styles; tiny windows; meaning without colour.

#![allow(clippy::unwrap_used)]

use casereview::task::{Action, App, Effect, Reply};
use casereview::tui::{Input, Palette};

use crate::screen::Shot;
use crate::storyboard::key_event;
use crate::tui_states::*;
use crate::tui_states_hostile::{
    hostile_queue, hostile_results, hostile_review, hostile_start, hostile_text_box,
};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

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
