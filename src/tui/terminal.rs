//! The terminal while the interface has it: taken over here, given back whole on every way
//! out (return, error, panic).

use std::io::{self, Stdout, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// What is drawn on.
pub type Screen = Terminal<CrosstermBackend<Stdout>>;

type Hook = Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// Holds the terminal in raw mode on the alternate screen; dropping it gives it back.
pub struct Guard {
    /// What to draw on.
    pub terminal: Screen,
    hook: Hook,
}

impl Guard {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// The system's, when stdin or stdout isn't a terminal that can be taken over; nothing is
    /// changed then.
    pub fn enter() -> io::Result<Self> {
        enable_raw_mode()?;
        // From here on a panic must not leave a raw screen, nor lose its message on the
        // alternate one.
        let hook: Hook = panic::take_hook().into();
        let before = Arc::clone(&hook);
        panic::set_hook(Box::new(move |info| {
            give_back();
            before(info);
        }));
        let taken = execute!(io::stdout(), EnterAlternateScreen, Hide, EnableBracketedPaste)
            .and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        match taken {
            Ok(terminal) => Ok(Self { terminal, hook }),
            Err(error) => {
                give_back();
                put_back(hook);
                Err(error)
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
        if !std::thread::panicking() {
            put_back(Arc::clone(&self.hook));
        }
    }
}

/// Leaves the alternate screen and raw mode. Errors are passed over: a terminal that is gone
/// needs nothing.
fn give_back() {
    let _ = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = io::stdout().flush();
    let _ = disable_raw_mode();
}

fn put_back(hook: Hook) {
    drop(panic::take_hook());
    panic::set_hook(Box::new(move |info| hook(info)));
}
