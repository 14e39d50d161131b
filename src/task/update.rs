//! The one function that changes the state.

use crate::instrument::CaseTypeIx;

use super::help::help;
use super::learn::learn;
use super::list::Cursor;
use super::open::{open_goals, open_pairs, open_queue, open_results, open_sample};
use super::review::Saved;
use super::twice::{act_on_agreement, act_on_pairs, act_on_settling};
use super::typing::type_text;
use super::{Action, App, Effect, Event, Screen, drawing, is_available, noting};

/// Changes the state by an event; what must happen outside comes back, to be carried out
/// in order. An action that isn't available changes nothing.
pub fn update(app: &mut App, event: Event) -> Vec<Effect> {
    match event {
        Event::Act(action) if is_available(app, action) => act(app, action),
        Event::Act(_) => Vec::new(),
        Event::Pick(number) if is_available(app, Action::Answer) => {
            app.notice = None;
            if let (Screen::Settle, Some(settle)) = (app.screen, &mut app.settle) {
                return settle.pick(number);
            }
            app.review.as_mut().map(|r| r.pick_by_number(number)).unwrap_or_default()
        }
        Event::Answer(value) if is_available(app, Action::Answer) => {
            app.notice = None;
            if let (Screen::Settle, Some(settle)) = (app.screen, &mut app.settle) {
                return settle.on_own(Event::Answer(value));
            }
            app.review.as_mut().map(|r| r.answer_whole(value)).unwrap_or_default()
        }
        Event::Pick(_) | Event::Answer(_) => Vec::new(),
        Event::Text(text) => type_text(app, text),
        Event::Goto(question) => go_to(app, question),
        Event::Cell(row, column) => {
            match (app.screen, &mut app.review, &mut app.settle) {
                (Screen::Settle, _, Some(settle)) => {
                    return settle.on_own(Event::Cell(row, column));
                }
                (Screen::Review, Some(review), _) => review.open_table_at(row, column),
                _ => {}
            }
            Vec::new()
        }
        Event::Results(wish) => {
            app.results.turn_to(wish);
            Vec::new()
        }
        Event::Resized(size) => {
            app.size = size;
            Vec::new()
        }
        Event::Outside(reply) => learn(app, reply),
    }
}

fn act(app: &mut App, action: Action) -> Vec<Effect> {
    app.notice = None;
    match (app.screen, action) {
        (Screen::ConfirmQuit, Action::Leave) => return vec![Effect::Quit],
        (Screen::ConfirmQuit, Action::Stay) => app.screen = app.under,
        (Screen::ConfirmQuit, _) => return quit(app),
        (_, Action::Quit) => return quit(app),
        (screen, Action::Alert) => return noting::open_alerts(app, screen),
        (Screen::Alerts, Action::Back) if app.alerts.form.is_none() => {
            app.screen = app.alert_over;
        }
        (Screen::Alerts, _) => return app.alerts.act(action),
        (screen, Action::Help) => {
            app.under = screen;
            app.help = Default::default();
            app.screen = Screen::Help;
        }
        (Screen::Help, Action::Back) => app.screen = app.under,
        (Screen::Help, _) => {
            let len = help(app).len();
            app.help.act(action, len);
        }
        (Screen::Start, _) => return act_on_start(app, action),
        (Screen::Queue, _) => return act_on_queue(app, action),
        (Screen::Pairs, _) => return act_on_pairs(app, action),
        (Screen::Settle, _) => return act_on_settling(app, action),
        (Screen::Agreement, _) => return act_on_agreement(app, action),
        (Screen::Quality | Screen::Notes, _) => return noting::act_on_qa(app, action),
        (Screen::Sample, _) => return act_on_sample(app, action),
        (Screen::Drawing, Action::Back) => return open_sample(app),
        (Screen::Drawing, _) => {
            let effects = app.drawing.act(action);
            if effects == [Effect::Draw(drawing::Ask::Leave)] {
                return open_sample(app);
            }
            return effects;
        }
        (Screen::Goals, Action::Back) if app.goals.saving.is_none() => {
            app.screen = if app.goals.from_results { Screen::Results } else { Screen::Start };
        }
        (Screen::Goals, _) => return app.goals.act(action),
        (Screen::Results, Action::Goals) => return open_goals(app),
        (Screen::Results, Action::Back) if app.results.is_at_table() => {
            app.screen = if app.results.from_queue { Screen::Queue } else { Screen::Start };
        }
        (Screen::Results, _) => return app.results.act(action),
        (Screen::Shelf | Screen::Reader, _) => act_on_instruments(app, action),
        (Screen::Missing, _) => return act_on_missing(app, action),
        (Screen::Review, Action::Finish) => app.screen = Screen::Missing,
        (Screen::Review, _) => return act_on_review(app, action),
    }
    Vec::new()
}

fn act_on_start(app: &mut App, action: Action) -> Vec<Effect> {
    let len = app.start.entries().len();
    match action {
        Action::Enter => {
            let chosen = app.start.chosen();
            if chosen == Action::Enter { Vec::new() } else { act(app, chosen) }
        }
        Action::Continue => {
            app.pairs.from = Some(Screen::Start);
            app.start.resume().into_iter().collect()
        }
        Action::Cases => open_queue(app),
        Action::Pairs => open_pairs(app),
        Action::Quality => noting::open_qa(app),
        Action::Sample => open_sample(app),
        Action::Results => open_results(app),
        Action::Goals => open_goals(app),
        Action::Instruments => {
            app.browse.fill();
            app.screen = Screen::Shelf;
            Vec::new()
        }
        other => {
            app.start.cursor.act(other, len);
            Vec::new()
        }
    }
}

fn act_on_sample(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Back if app.board.form.is_none() => app.screen = Screen::Start,
        Action::Path => {
            app.screen = Screen::Drawing;
            app.drawing = drawing::State::default();
            return vec![Effect::Draw(drawing::Ask::Standing)];
        }
        other => return app.board.act(other),
    }
    Vec::new()
}

fn act_on_queue(app: &mut App, action: Action) -> Vec<Effect> {
    let queue = &mut app.queue;
    match action {
        Action::Open => {
            let chosen = queue.chosen().map(|case| case.reading.clone());
            app.pairs.from = Some(Screen::Queue);
            return chosen.map(|reading| Effect::Open { reading }).into_iter().collect();
        }
        Action::Search => queue.searching = true,
        Action::LeaveSearch => queue.searching = false,
        Action::FilterStatus => queue.next_status(),
        Action::FilterCaseType => queue.next_case_type(),
        Action::FilterRegion => queue.next_region(),
        Action::ClearFilters => queue.clear_filters(),
        Action::Sort => queue.next_order(),
        Action::Results => return open_results(app),
        Action::Back => app.screen = Screen::Start,
        other => {
            let len = queue.count_shown();
            queue.cursor.act(other, len);
        }
    }
    Vec::new()
}

fn act_on_review(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(review) = &mut app.review else { return Vec::new() };
    let walking = review.is_walking();
    match action {
        Action::Back if walking && review.is_scratch() => {
            if let (Some(pad), Some(reader)) = (app.review.take(), &mut app.browse.reader) {
                reader.put_away(pad);
            }
            app.screen = Screen::Reader;
            Vec::new()
        }
        Action::Back if walking => match review.saved() {
            Saved::Failed { .. } | Saved::Pending => {
                review.remind_of_unsaved();
                Vec::new()
            }
            _ if app.quality.beside_review => noting::open_notes(app, false),
            _ => open_queue(app),
        },
        Action::Notes if walking => noting::open_notes(app, true),
        Action::ReadAnew => read_anew(review),
        Action::Next if walking && review.is_at_the_last() && !review.is_scratch() => {
            app.screen = Screen::Missing;
            Vec::new()
        }
        other => review.act(other),
    }
}

/// In the instrument browser nothing needs the outside.
fn act_on_instruments(app: &mut App, action: Action) {
    let Some(reader) = app.browse.reader.as_mut().filter(|_| app.screen == Screen::Reader) else {
        match action {
            Action::Enter => {
                app.browse.read_chosen();
                app.screen = Screen::Reader;
            }
            Action::Back => app.screen = Screen::Start,
            other => {
                let len = app.browse.shelf().len();
                app.browse.cursor.act(other, len);
            }
        }
        return;
    };
    let types = reader.instrument().case_types().len();
    let chosen = match (action, reader.types) {
        // Where there is only one type of case there is nothing to choose.
        (Action::Try, _) if types == 1 => Some(0),
        (Action::Enter, Some(types)) => Some(types.at()),
        _ => None,
    };
    if let Some(case_type) = chosen {
        match reader.try_answers(CaseTypeIx(case_type as u8)) {
            Some(pad) => {
                app.review = Some(pad);
                app.screen = Screen::Review;
            }
            None => {
                app.notice = Some("the instrument asks nothing of a case of this type".to_owned());
            }
        }
        return;
    }
    match action {
        Action::Try => reader.types = Some(Cursor::default()),
        Action::Enter => reader.page = Some(Cursor::default()),
        Action::NextItem => reader.turn(1),
        Action::PreviousItem => reader.turn(-1),
        Action::Back if reader.types.is_some() => reader.types = None,
        Action::Back if reader.page.is_some() => reader.page = None,
        Action::Back => app.screen = Screen::Shelf,
        other => reader.move_about(other),
    }
}

/// Reads a review that was closed in another window.
fn read_anew(review: &super::review::State) -> Vec<Effect> {
    vec![Effect::Open { reading: review.reading().to_owned() }]
}

fn act_on_missing(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(review) = &mut app.review else { return Vec::new() };
    match action {
        Action::Submit => return review.submit(),
        Action::ReadAnew => return read_anew(review),
        Action::Retry => return review.act(Action::Retry),
        Action::GoTo => {
            review.go_to_gap();
            app.screen = Screen::Review;
        }
        Action::Back => app.screen = Screen::Review,
        other => {
            review.act_on_gaps(other);
        }
    }
    Vec::new()
}

fn go_to(app: &mut App, question: crate::instrument::QuestionIx) -> Vec<Effect> {
    if let (Screen::Settle, Some(settle)) = (app.screen, &mut app.settle) {
        settle.go_to(question);
        return Vec::new();
    }
    let Some(review) = &mut app.review else { return Vec::new() };
    if !matches!(app.screen, Screen::Review | Screen::Missing) {
        return Vec::new();
    }
    if usize::from(question.0) >= review.instrument().questions().len() {
        return Vec::new();
    }
    app.screen = Screen::Review;
    let effects = review.put_down();
    review.visit(question);
    effects
}

/// Leaves once everything is on disk; what could not be saved is tried once more.
fn quit(app: &mut App) -> Vec<Effect> {
    let Some(review) = &mut app.review else { return vec![Effect::Quit] };
    let mut effects = review.put_down();
    effects.extend(review.send_again());
    if review.is_settled() {
        effects.push(Effect::Quit);
    } else {
        app.leaving = true;
    }
    effects
}
