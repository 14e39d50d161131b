//! The start screen in a low window, and what it says of the work there is.
#![allow(clippy::unwrap_used)]

use casereview::task::App;
use casereview::task::start::Info;

use crate::storyboard::Storyboard;
use crate::task_world::World;
use crate::tui_states::info;

/// A start screen with every entry there can be.
fn full() -> Info {
    Info { lead: true, pairs: Some(2), alerts: 1, quality: Some(3), plan: true, ..info() }
}

#[test]
fn the_highlight_stays_in_view_however_low_the_window() {
    for height in [24, 20, 16] {
        let app = App::new(full());
        let mut walk = Storyboard::sized(app, World::new("in-home"), (80, height));
        walk.press_blind("Home");
        for title in [
            "Alerts",
            "Continue",
            "Cases",
            "Pairs",
            "QA",
            "Sample",
            "Results",
            "Goals",
            "Instruments",
            "Help",
            "Quit",
        ] {
            let rows = walk.rows();
            let marked: Vec<&String> = rows.iter().filter(|row| row.contains("> ")).collect();
            assert!(
                marked.len() == 1 && marked[0].contains(title),
                "{height}: {title}\n{}",
                rows.join("\n")
            );
            walk.press_blind("Down");
        }
    }
}

#[test]
fn a_lead_with_cases_to_assign_is_told_so() {
    let says = |info: Info| {
        let mut walk = Storyboard::new(App::new(info), World::new("in-home"));
        walk.press_blind("Home");
        walk.rows().join("\n")
    };
    let idle = Info { not_started: 0, in_progress: 0, submitted: 0, ..full() };
    let seen = says(Info { unassigned: 60, ..idle.clone() });
    assert!(seen.contains("none of yours, 60 cases to assign"), "{seen}");
    assert!(!seen.contains("nothing left to do, 0"), "{seen}");
    let seen = says(Info { unassigned: 1, submitted: 4, ..idle.clone() });
    assert!(seen.contains("4 submitted, 1 case to assign"), "{seen}");
    let seen = says(Info { submitted: 4, ..idle });
    assert!(seen.contains("nothing left to do, 4 reviews submitted"), "{seen}");
}
