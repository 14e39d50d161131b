//! Where the characters go that are typed into an open text box or line.

use super::{App, Effect, Screen};

/// The text now in the open box or line, whole.
pub(super) fn type_text(app: &mut App, text: String) -> Vec<Effect> {
    match app.screen {
        Screen::Queue if app.queue.searching => {
            app.queue.search_for(text);
            Vec::new()
        }
        Screen::Review => app.review.as_mut().map(|r| r.type_text(text)).unwrap_or_default(),
        Screen::Settle => {
            app.settle.as_mut().map(|settle| settle.type_text(text)).unwrap_or_default()
        }
        Screen::Pairs => {
            app.pairs.type_text(text);
            Vec::new()
        }
        Screen::Alerts => app.alerts.type_text(text),
        Screen::Notes => app.quality.type_text(text),
        Screen::Sample => {
            app.board.type_text(text);
            Vec::new()
        }
        Screen::Drawing => {
            app.drawing.type_text(text);
            Vec::new()
        }
        Screen::Results => {
            app.results.type_text(text);
            Vec::new()
        }
        Screen::Goals => {
            app.goals.type_text(text);
            Vec::new()
        }
        _ => Vec::new(),
    }
}
