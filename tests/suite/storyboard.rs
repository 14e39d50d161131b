//! Walks through the program as a person would: app machine, views and a backend on a
//! terminal in memory. A key is pressed only if the frame before shows it.
//!
//! ```ignore
//! let mut walk = Storyboard::new(app, backend);      // 80 x 24
//! walk.press("l").sees("Cases");
//! walk.press("Enter").press("1").types("Two visits in eight months.").press("Esc");
//! walk.shot("narrative");                            // an insta snapshot with styles
//! ```

#![allow(clippy::unwrap_used, dead_code)]

use casereview::task::{App, Backend, Event, Size};
use casereview::tui::{Drafts, Face, Input, Palette, Theme, settle};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::screen::Shot;
use crate::shown::{is_shown, shown_keys};

/// A walk through the program.
pub struct Storyboard<B> {
    /// The state.
    pub app: App,
    /// What carries out its effects.
    pub backend: B,
    /// The program has ended.
    pub ended: bool,
    face: Face,
    terminal: Terminal<TestBackend>,
    shot: Shot,
    frames: Vec<Vec<String>>,
}

impl<B: Backend> Storyboard<B> {
    /// Begins at 80 x 24 without colour.
    pub fn new(app: App, backend: B) -> Self {
        Self::sized(app, backend, (80, 24))
    }

    /// Begins at a size.
    pub fn sized(app: App, backend: B, (width, height): (u16, u16)) -> Self {
        let mut face = Face::new(Theme::new(Palette::Mono));
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let shot = Shot::with(&mut face, &mut terminal, &app);
        let frames = vec![shot.rows()];
        Self { app, backend, ended: false, face, terminal, shot, frames }
    }

    /// Presses a key by its word (`Enter`, `Ctrl-C`, `PageDown`, `n`, `2`). Panics with the
    /// frame when that doesn't show the key.
    pub fn press(&mut self, key: &str) -> &mut Self {
        let rows = self.rows();
        assert!(
            is_shown(&rows, key),
            "the frame doesn't show {key:?}, only {:?}:\n{}",
            shown_keys(&rows),
            rows.join("\n")
        );
        self.send(Input::Key(key_event(key)));
        self
    }

    /// Presses a key whether it is shown or not.
    pub fn press_blind(&mut self, key: &str) -> &mut Self {
        self.send(Input::Key(key_event(key)))
    }

    /// Types a text into the open text box: its cursor must be on the frame.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            assert!(self.shot.cursor.is_some(), "no text box:\n{}", self.rows().join("\n"));
            let code = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
            self.send(Input::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        self
    }

    /// Erases characters of the open text box: its cursor must be on the frame.
    pub fn erases(&mut self, characters: usize) -> &mut Self {
        for _ in 0..characters {
            assert!(self.shot.cursor.is_some(), "no text box:\n{}", self.rows().join("\n"));
            self.send(Input::Key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE)));
        }
        self
    }

    /// Hands in any input, shown or not: pastes, signals, keys that must do nothing.
    pub fn send(&mut self, input: Input) -> &mut Self {
        assert!(!self.ended, "the program has ended");
        let area = self.shot.buffer.area;
        let size = Size { width: area.width, height: area.height };
        if let Some(event) = self.face.event(&self.app, input, size) {
            let (face, terminal, frames) = (&mut self.face, &mut self.terminal, &mut self.frames);
            let mut show = |app: &App| {
                frames.push(Shot::with(face, terminal, app).rows());
                Ok::<(), ()>(())
            };
            let (backend, mut drafts) = (&mut self.backend, Drafts::default());
            self.ended = settle(&mut self.app, backend, &mut drafts, event, &mut show);
            drafts.store(backend);
            self.wait_for_news();
        }
        self.shot = Shot::with(&mut self.face, &mut self.terminal, &self.app);
        self.frames.push(self.shot.rows());
        self
    }

    /// Takes in what is done aside, until nothing is.
    fn wait_for_news(&mut self) {
        while !self.ended && self.backend.is_busy() {
            let Some(news) = self.backend.news() else {
                std::thread::sleep(std::time::Duration::from_millis(2));
                continue;
            };
            let (face, terminal, frames) = (&mut self.face, &mut self.terminal, &mut self.frames);
            let mut show = |app: &App| {
                frames.push(Shot::with(face, terminal, app).rows());
                Ok::<(), ()>(())
            };
            show(&self.app).unwrap();
            let mut drafts = Drafts::default();
            let event = Event::Outside(news);
            self.ended = settle(&mut self.app, &mut self.backend, &mut drafts, event, &mut show);
        }
    }

    /// Gives the window another size.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.terminal.backend_mut().resize(width, height);
        self.shot = Shot::with(&mut self.face, &mut self.terminal, &self.app);
        self.send(Input::Resize)
    }

    /// Panics with the frame unless it has the text (line ends count as spaces).
    pub fn sees(&mut self, text: &str) -> &mut Self {
        assert!(self.has(text), "{text:?} is not on the frame:\n{}", self.rows().join("\n"));
        self
    }

    /// Panics with the frame when it has the text.
    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        assert!(!self.has(text), "{text:?} is on the frame:\n{}", self.rows().join("\n"));
        self
    }

    /// Whether the frame has the text in one row.
    pub fn has(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }

    /// The frame's rows.
    pub fn rows(&self) -> Vec<String> {
        self.shot.rows()
    }

    /// Every frame drawn so far, also those drawn while an effect was about to be carried out.
    pub fn frames(&self) -> &[Vec<String>] {
        &self.frames
    }

    /// Keeps the frame as a snapshot of this name.
    pub fn shot(&mut self, name: &str) -> &mut Self {
        insta::assert_snapshot!(name, self.shot.dump());
        self
    }

    /// The same with days masked: for screens that show today's.
    pub fn shot_undated(&mut self, name: &str) -> &mut Self {
        insta::assert_snapshot!(name, undated(&self.shot.dump()));
        self
    }
}

/// A text with every ISO day as `####-##-##`.
fn undated(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let is_day = |day: &[u8]| {
        day.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    for at in 0..bytes.len().saturating_sub(9) {
        if is_day(&bytes[at..at + 10]) {
            for byte in bytes[at..at + 10].iter_mut().filter(|byte| byte.is_ascii_digit()) {
                *byte = b'#';
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The key event of a key's word.
pub fn key_event(word: &str) -> KeyEvent {
    let (control, name) = match word.strip_prefix("Ctrl-") {
        Some(name) => (KeyModifiers::CONTROL, name),
        None => (KeyModifiers::NONE, word),
    };
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Shift-Tab" => KeyCode::BackTab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "F1" => KeyCode::F(1),
        name => {
            let mut chars = name.chars();
            let c = chars.next().expect("a key has a name");
            assert!(chars.next().is_none(), "no key is called {word:?}");
            KeyCode::Char(if control.is_empty() { c } else { c.to_ascii_lowercase() })
        }
    };
    KeyEvent::new(code, control)
}
