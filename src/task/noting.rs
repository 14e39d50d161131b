//! What the keys of QA and alerts do to the program.

use super::{Action, App, Effect, Screen, alerts, quality};

/// Opens the alerts at the case the person is at, to record one.
pub(super) fn open_alerts(app: &mut App, from: Screen) -> Vec<Effect> {
    let at = match from {
        Screen::Queue => app.queue.chosen().map(|case| (case.reading.clone(), case.case.clone())),
        Screen::Review | Screen::Missing => app
            .review
            .as_ref()
            .map(|review| (review.reading().to_owned(), review.card().case.clone())),
        Screen::Pairs => app.pairs.chosen().map(|pair| (String::new(), pair.case.clone())),
        Screen::Settle => app.settle.as_ref().map(|s| (String::new(), s.pair.case.clone())),
        Screen::Quality => {
            app.quality.chosen().map(|line| (line.reading.clone(), line.case.clone()))
        }
        Screen::Notes => {
            app.quality.opened.as_ref().map(|one| (one.reading.clone(), one.case.clone()))
        }
        Screen::Sample => app.board.here().map(|case| (String::new(), case.number.clone())),
        _ => None,
    };
    app.alert_over = from;
    app.screen = Screen::Alerts;
    app.alerts.begin(at);
    vec![Effect::Alerts(alerts::Ask::Load)]
}

/// Does an action on the screens of QA.
pub(super) fn act_on_qa(app: &mut App, action: Action) -> Vec<Effect> {
    let quality = &mut app.quality;
    match (app.screen, action) {
        (Screen::Quality, Action::Open) => {
            quality.beside_review = false;
            quality.place = None;
            let chosen = quality.chosen().map(|line| line.reading.clone());
            let ask = |reading| Effect::Quality(quality::Ask::Open { reading });
            return chosen.map(ask).into_iter().collect();
        }
        (Screen::Quality, Action::Back) => app.screen = Screen::Start,
        (Screen::Quality, other) => {
            let len = quality.len();
            quality.cursor.act(other, len);
        }
        (_, Action::ReadReview) => {
            quality.beside_review = true;
            let reading = quality.opened.as_ref().map(|opened| opened.reading.clone());
            return reading.map(|reading| Effect::Open { reading }).into_iter().collect();
        }
        (_, Action::Back) if quality.form.is_none() => return open_qa(app),
        (_, other) => return quality.act(other),
    }
    Vec::new()
}

/// Opens the list of what is with QA.
pub(super) fn open_qa(app: &mut App) -> Vec<Effect> {
    app.screen = Screen::Quality;
    app.quality.beside_review = false;
    vec![Effect::Quality(quality::Ask::Load)]
}

/// The notes on the review that is open, to take one on the question here.
pub(super) fn open_notes(app: &mut App, here: bool) -> Vec<Effect> {
    let Some(review) = &app.review else { return Vec::new() };
    app.quality.place = here.then(|| review.instrument().question(review.at()).id().to_owned());
    let reading = review.reading().to_owned();
    vec![Effect::Quality(quality::Ask::Open { reading })]
}
