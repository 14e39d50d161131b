//! What the screens on cases read twice do: the pairs, the differences of one, agreement.

use super::open::{open_pairs, open_queue};
use super::{Action, App, Effect, Screen, reconcile};

pub(super) fn act_on_pairs(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Back if app.pairs.form.is_some() && app.pairs.from_settling => {
            app.pairs.form = None;
            app.pairs.from_settling = false;
            app.screen = Screen::Settle;
        }
        _ if app.pairs.form.is_some() => return app.pairs.act(action),
        Action::Open => {
            let case = app.pairs.chosen().map(|pair| pair.case.clone());
            return case.map(|case| Effect::OpenPair { case }).into_iter().collect();
        }
        Action::Agreement => {
            app.screen = Screen::Agreement;
            return vec![Effect::LoadAgreement];
        }
        Action::Back => {
            app.screen = Screen::Start;
            return vec![Effect::LoadQueue];
        }
        other => return app.pairs.act(other),
    }
    Vec::new()
}

pub(super) fn act_on_settling(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(settle) = &mut app.settle else { return Vec::new() };
    if action == Action::Back && settle.step == reconcile::Step::Looking {
        if std::mem::take(&mut app.agreement.opened) {
            app.screen = Screen::Agreement;
            return Vec::new();
        }
        match app.pairs.from.take() {
            Some(Screen::Queue) => return open_queue(app),
            Some(screen) => app.screen = screen,
            None => return open_pairs(app),
        }
        return vec![Effect::LoadQueue];
    }
    if action == Action::AskThird {
        let case = settle.pair.case.clone();
        let effects = open_pairs(app);
        app.pairs.third_for = Some(case);
        app.pairs.from_settling = true;
        return effects;
    }
    // What is missing is written in the review itself.
    let whole = |effect| match effect {
        Effect::Open { reading } => Effect::OpenWhole { reading },
        other => other,
    };
    settle.act(action).into_iter().map(whole).collect()
}

pub(super) fn act_on_agreement(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Settle => {
            let case = app.agreement.chosen().map(|case| case.case.clone());
            app.agreement.opened = case.is_some();
            return case.map(|case| Effect::OpenPair { case }).into_iter().collect();
        }
        Action::Back if app.agreement.list.is_none() => return open_pairs(app),
        other => app.agreement.act(other),
    }
    Vec::new()
}
