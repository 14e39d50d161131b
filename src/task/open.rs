//! Turning to a screen, and having read what it shows.

use super::{App, Effect, Screen, board};

/// The sample's board.
pub(super) fn open_sample(app: &mut App) -> Vec<Effect> {
    app.screen = Screen::Sample;
    vec![Effect::Board(board::Ask::Load)]
}

/// The cases with two reviews.
pub(super) fn open_pairs(app: &mut App) -> Vec<Effect> {
    app.screen = Screen::Pairs;
    app.pairs.from_settling = false;
    app.pairs.from = None;
    app.agreement.opened = false;
    vec![Effect::LoadPairs]
}

/// The list of cases.
pub(super) fn open_queue(app: &mut App) -> Vec<Effect> {
    app.quality.beside_review = false;
    app.screen = Screen::Queue;
    vec![Effect::LoadQueue]
}

/// The improvement plan, from the start or the results.
pub(super) fn open_goals(app: &mut App) -> Vec<Effect> {
    app.goals.from_results = app.screen == Screen::Results;
    app.screen = Screen::Goals;
    vec![app.goals.load()]
}

/// The results, from the start or the list of cases.
pub(super) fn open_results(app: &mut App) -> Vec<Effect> {
    app.results.from_queue = app.screen == Screen::Queue;
    app.screen = Screen::Results;
    vec![app.results.load()]
}
