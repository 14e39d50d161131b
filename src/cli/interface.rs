//! Opening the interface: full screen on a terminal, else line by line.

use std::io::{self, ErrorKind, IsTerminal};

use super::desk::Desk;
use super::{Color, Failure, Global, workspace};
use crate::plain::{self, End};
use crate::task::review::Saved;
use crate::task::{Action, App, Backend, Event, Screen, drive};
use crate::tui::{self, Palette};

/// The program at its start screen.
pub fn start(desk: &Desk) -> Result<App, Failure> {
    let failed = |error| workspace::failure(desk.workspace().path(), &error);
    let mut app = App::new(desk.info().map_err(failed)?);
    if let Some(instrument) = desk.current_edition().map_err(failed)? {
        app.browse.offer(instrument);
    }
    Ok(app)
}

/// Whether the full screen can be used.
pub fn has_terminal(global: &Global) -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !global.plain && !is_dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Runs the interface until the person leaves, or the input ends.
pub fn run(app: &mut App, backend: &mut dyn Backend, global: &Global) -> Result<(), Failure> {
    if has_terminal(global) {
        tui::run(app, backend, palette(global))
            .map_err(|error| Failure::Workspace(format!("error: no terminal: {error}")))?;
        let lost = app.review.as_ref().is_some_and(|r| matches!(r.saved(), Saved::Failed { .. }));
        return if lost { Err(not_saved()) } else { Ok(()) };
    }
    if app.screen == Screen::Start {
        drive(app, backend, Event::Act(Action::Cases));
    }
    match plain::run(app, backend, &mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(End::Saved) => Ok(()),
        Ok(End::NotSaved) => Err(not_saved()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::ClosedPipe),
        Err(error) => Err(Failure::Workspace(format!("error: {error}"))),
    }
}

fn not_saved() -> Failure {
    Failure::Workspace("error: answers are NOT SAVED".to_owned())
}

fn palette(global: &Global) -> Palette {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let wanted = match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => set("NO_COLOR").is_none(),
    };
    Palette::choose(wanted, set("TERM").as_deref(), set("COLORTERM").as_deref())
}
