//! Taking in what came of an effect.

use super::saving::Saving;
use super::{App, Effect, Reply, Screen, quality, reconcile, review};

/// Takes in what the outside reports; what is to be done next comes back.
pub(super) fn learn(app: &mut App, reply: Reply) -> Vec<Effect> {
    match reply {
        Reply::Queue(cases, info) => {
            app.queue.learn(cases);
            app.start.learn(*info);
        }
        Reply::Opened(opened) => match review::State::open(*opened) {
            Some(state) => {
                let to = app.quality.here().filter(|_| app.quality.beside_review);
                let to = to.and_then(|note| state.instrument().find_question(&note.place));
                app.review = Some(state);
                app.screen = Screen::Review;
                if let (Some(to), Some(review)) = (to, &mut app.review) {
                    review.visit(to);
                }
            }
            None => {
                app.notice = Some("the instrument asks nothing of a case of this type".to_owned());
            }
        },
        Reply::Saved { ticket, at } => {
            let Some(review) = &mut app.review else { return Vec::new() };
            let rest = review.stored(ticket, at);
            if app.leaving && review.is_settled() {
                return vec![Effect::Quit];
            }
            return rest;
        }
        Reply::Closed { ticket, stored, why } => {
            if let Some(review) = &mut app.review {
                review.refused_for_good(ticket, stored, why);
            }
            ask_before_leaving(app);
        }
        Reply::NotSaved { ticket, stored, why } => {
            let Some(review) = &mut app.review else { return Vec::new() };
            review.refused(ticket, stored, why);
            ask_before_leaving(app);
        }
        Reply::Moved { opened, at } => {
            // Whoever was leaving stays, and sees what was not taken.
            if std::mem::take(&mut app.leaving) && app.screen == Screen::ConfirmQuit {
                app.screen = app.under;
            }
            let at = at.or(app.review.as_ref().map(review::State::at));
            if let Some(mut state) = review::State::open(*opened) {
                if let Some(at) = at {
                    state.visit(at);
                }
                state.tell_moved();
                app.review = Some(state);
            }
        }
        Reply::Submitted { at } => {
            if let Some(review) = &mut app.review {
                review.submitted_at(&at);
            }
            if app.screen == Screen::Missing {
                app.screen = Screen::Review;
            }
        }
        Reply::NotSubmitted { why } => {
            if let Some(review) = &mut app.review {
                review.not_submitted(&why);
            }
        }
        Reply::Pairs(pairs) => app.pairs.learn(pairs),
        Reply::ThirdAsked(Ok((said, pairs))) => {
            app.pairs.learn(pairs);
            app.notice = Some(said);
        }
        Reply::ThirdAsked(Err(why)) => app.pairs.problem = Some(why),
        Reply::Agreement(loaded) => app.agreement.learn(*loaded),
        Reply::Pair(pair) => {
            match &mut app.settle {
                Some(settle) if settle.pair.reading == pair.reading => settle.learn(*pair),
                other => *other = Some(reconcile::State::open(*pair)),
            }
            app.screen = Screen::Settle;
        }
        Reply::PairMoved(pair) => {
            if let Some(settle) = &mut app.settle {
                settle.learn_moved(*pair);
            }
        }
        Reply::NotSettled { why } => match &mut app.settle {
            Some(settle) => settle.refused(why),
            None => app.notice = Some(why),
        },
        Reply::Alerts(told) => {
            app.start.info.alerts = told.open.iter().filter(|one| one.closed.is_none()).count();
            let (said, effects) = app.alerts.learn(*told);
            // What is said of an alert goes before whatever else was said.
            if let Some(review) = app.review.as_mut().filter(|_| said.is_some()) {
                review.forget_notice();
            }
            app.notice = said;
            return effects;
        }
        Reply::Quality(told) => {
            match *told {
                quality::Told::Opened(..) => app.screen = Screen::Notes,
                quality::Told::List(..) if app.screen == Screen::Notes => {
                    app.screen = Screen::Quality;
                }
                quality::Told::List(..) | quality::Told::Problem(_) => {}
            }
            let (said, effects) = app.quality.learn(*told);
            app.notice = said;
            return effects;
        }
        Reply::Draw(told) => return app.drawing.learn(*told),
        Reply::Board(told) => {
            app.notice.clone_from(&told.said);
            app.board.learn(*told);
            app.board.sample.iter().for_each(|sample| app.start.learn_sample(sample));
        }
        Reply::Results(loaded) => app.results.learn(*loaded),
        Reply::Case(look) => app.results.take_look(*look),
        Reply::Wrote(done) => {
            let open = match app.goals.saving {
                Some(_) => &mut app.goals.saving,
                None => &mut app.results.saving,
            };
            app.notice = Saving::learn(open, done);
        }
        Reply::Goals(page) => app.goals.learn(*page),
        Reply::Failed { what } => app.notice = Some(what),
    }
    Vec::new()
}

/// Whoever wanted to leave is asked first, since something is not on disk.
fn ask_before_leaving(app: &mut App) {
    if std::mem::take(&mut app.leaving) {
        if app.screen != Screen::ConfirmQuit {
            app.under = app.screen_below();
        }
        app.screen = Screen::ConfirmQuit;
    }
}
