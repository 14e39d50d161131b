//! The results in every state worth a picture.

use casereview::task::results::Loaded;
use casereview::task::{Action, App, Reply};

use crate::tui_states::{act, learn, start};

pub fn measured() -> Loaded {
    let groups = [
        ("Davidson", 19_usize, 19_usize),
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
    let lot = |(region, strength, ani)| {
        [
            (region, "2026-H1", [strength / 2, ani / 2, 2, 0]),
            (region, "2026-H2", [strength - strength / 2, ani - ani / 2, 1, 1]),
        ]
    };
    crate::held::loaded(&groups.into_iter().flat_map(lot).collect::<Vec<_>>())
}

pub fn results() -> App {
    let mut app = start();
    act(&mut app, Action::Results);
    learn(&mut app, Reply::Results(Box::new(measured())));
    act(&mut app, Action::NextItem);
    act(&mut app, Action::Down);
    app
}

pub fn results_across() -> App {
    let mut app = results();
    act(&mut app, Action::Arrange);
    act(&mut app, Action::Down);
    act(&mut app, Action::Down);
    (0..3).for_each(|_| act(&mut app, Action::Turn));
    act(&mut app, Action::Back);
    app
}

pub fn results_cases() -> App {
    let mut app = results();
    act(&mut app, Action::Behind);
    app
}

pub fn results_saving() -> App {
    let mut app = results();
    act(&mut app, Action::SaveAs);
    app
}
