//! Where the characters go that are typed into an open text box or line.

use super::saving::Saving;
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
        Screen::Results => write_on(&mut app.results.saving, text),
        Screen::Goals => write_on(&mut app.goals.saving, text),
        _ => Vec::new(),
    }
}

/// The text is written on the form of a file, where it is open.
fn write_on(open: &mut Option<Saving>, text: String) -> Vec<Effect> {
    if let Some(saving) = open {
        saving.form.type_text(text);
    }
    Vec::new()
}
