//! The full-screen face of the tasks.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | the loop |
//! | `terminal` | taking the terminal over and giving it back whole |
//! | `input` | keys, sizes and signals on one channel |
//! | `keys` | the library's keys as the tasks know them; the keys that work now |
//! | `face` | input -> event; the open text box |
//! | `effects` | carrying out effects, with a frame before each |
//! | `view/` | one file a screen: state -> frame |
//! | `theme`, `layout`, `footer`, `prose`, `list`, `bar`, `editor` | what views are made of |

mod bar;
mod editor;
mod effects;
mod face;
mod footer;
mod input;
mod keys;
mod layout;
mod list;
mod paint;
mod prose;
mod terminal;
mod theme;
mod view;

use std::io;
use std::time::Duration;

pub use effects::{Drafts, settle};
pub use face::Face;
pub use input::Input;
pub use theme::{Palette, Theme};

use crate::task::{App, Backend, Event, Size};

/// How often the screen looks for news of what is done aside.
const BUSY: Duration = Duration::from_millis(80);

/// Runs the interface until the person leaves, a signal comes, or the terminal is gone. The
/// terminal is given back whole on every way out; every answer was saved when it was given.
///
/// # Errors
/// The system's, when the terminal can't be taken over.
pub fn run(app: &mut App, backend: &mut dyn Backend, palette: Palette) -> io::Result<()> {
    let mut guard = terminal::Guard::enter()?;
    let inputs = input::Inputs::start()?;
    walk(&mut guard, &inputs, app, backend, Face::new(Theme::new(palette)));
    Ok(())
}

fn walk(
    guard: &mut terminal::Guard,
    inputs: &input::Inputs,
    app: &mut App,
    backend: &mut dyn Backend,
    mut face: Face,
) {
    let terminal = &mut guard.terminal;
    let size = |terminal: &terminal::Screen| {
        terminal.size().map_or(app_size(80, 24), |size| app_size(size.width, size.height))
    };
    let mut drafts = Drafts::default();
    let mut came = vec![Input::Resize];
    loop {
        for input in came {
            // A terminal that can't be drawn on is gone: that is an end like a signal.
            let mut ends = input == Input::End;
            if let Some(event) = face.event(app, input, size(terminal)) {
                let mut show = |app: &App| show(terminal, &mut face, app);
                ends |= settle(app, backend, &mut drafts, event, &mut show);
            }
            if ends {
                return drafts.store(backend);
            }
        }
        while let Some(news) = backend.news() {
            let mut show = |app: &App| show(terminal, &mut face, app);
            settle(app, backend, &mut drafts, Event::Outside(news), &mut show);
        }
        let shown = show(terminal, &mut face, app);
        drafts.store(backend);
        let wait = || if backend.is_busy() { inputs.wait_at_most(BUSY) } else { inputs.wait() };
        came = shown.map_or_else(|_| vec![Input::End], |()| wait());
    }
}

fn show(terminal: &mut terminal::Screen, face: &mut Face, app: &App) -> io::Result<()> {
    face.follow(app);
    terminal.draw(|frame| face.draw(frame, app)).map(drop)
}

fn app_size(width: u16, height: u16) -> Size {
    Size { width, height }
}
