//! Runs the real binary in a pseudo-terminal and reads the screen it draws.
//!
//! ```ignore
//! let mut run = Pty::start(&["demo", "--dir", dir], (80, 24));
//! run.wait_for("all keys");
//! run.press("l");                        // only if the screen shows it
//! run.kill();                            // -9
//! ```
//!
//! Waiting is by what the screen shows, never by time; the patience is only there to fail.

#![allow(clippy::unwrap_used, dead_code)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use crate::shown::{is_shown, shown_keys};

/// How long a screen may take to come, on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Output {
    parser: vt100::Parser,
    raw: Vec<u8>,
    over: bool,
    closing: bool,
}

type Shared = Arc<(Mutex<Output>, Condvar)>;

/// The program in a terminal of its own.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Option<Box<dyn Write + Send>>,
    terminal: Option<Box<dyn MasterPty + Send>>,
    output: Shared,
    before: String,
    listener: Option<thread::JoinHandle<()>>,
}

impl Pty {
    /// Starts the binary with arguments, in a fresh environment with 256 colours.
    pub fn start(args: &[&str], size: (u16, u16)) -> Self {
        Self::start_in(Path::new("."), args, &[("TERM", "xterm-256color")], size)
    }

    /// Starts the binary in a folder, with arguments and environment.
    pub fn start_in(folder: &Path, args: &[&str], env: &[(&str, &str)], size: (u16, u16)) -> Self {
        Self::start_program(Path::new(env!("CARGO_BIN_EXE_casereview")), folder, args, env, size)
    }

    /// Starts an ignored test of this very binary, for what only a test can bring about.
    pub fn start_test(name: &str, size: (u16, u16)) -> Self {
        let program = std::env::current_exe().unwrap();
        let args = [name, "--exact", "--ignored", "--nocapture", "--test-threads=1"];
        let env = [("TERM", "xterm-256color")];
        Self::start_program(&program, Path::new("."), &args, &env, size)
    }

    /// Starts any program with exactly this environment.
    pub fn start_program(
        program: &Path,
        folder: &Path,
        args: &[&str],
        env: &[(&str, &str)],
        (cols, rows): (u16, u16),
    ) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(folder);
        command.env_clear();
        for (name, value) in env {
            command.env(name, value);
        }
        let before = settings(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(cells(rows), cells(cols), 0);
        let output: Shared = Arc::new((
            Mutex::new(Output { parser, raw: Vec::new(), over: false, closing: false }),
            Condvar::new(),
        ));
        let shared = Arc::clone(&output);
        let listener = Some(thread::spawn(move || listen(reader, &shared)));
        Self {
            child,
            keyboard: Some(keyboard),
            terminal: Some(pair.master),
            output,
            before,
            listener,
        }
    }

    /// The rows on screen, without trailing spaces.
    pub fn rows(&self) -> Vec<String> {
        rows(&self.output.0.lock().unwrap())
    }

    /// Everything the program wrote, escape sequences included.
    pub fn raw(&self) -> Vec<u8> {
        self.output.0.lock().unwrap().raw.clone()
    }

    /// Waits until more than `known` bytes were written and gives everything behind them;
    /// nothing when the program is over and there is no more.
    pub fn more(&self, known: usize) -> Vec<u8> {
        self.waits_for_output(|output| output.raw.len() > known || output.over);
        self.output.0.lock().unwrap().raw[known..].to_vec()
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.process_id().expect("the program was started")
    }

    /// Whether the terminal's cursor is hidden now.
    pub fn hides_cursor(&self) -> bool {
        self.output.0.lock().unwrap().parser.screen().hide_cursor()
    }

    /// Whether the program is on the alternate screen now.
    pub fn is_full_screen(&self) -> bool {
        self.output.0.lock().unwrap().parser.screen().alternate_screen()
    }

    /// Whether the terminal's line settings are those from before the program began.
    pub fn has_settings_of_before(&self) -> bool {
        let terminal = self.terminal.as_ref().expect("the terminal is open");
        settings(terminal.as_ref()) == self.before
    }

    /// Waits until the screen has the text in one row.
    pub fn wait_for(&self, text: &str) -> &Self {
        self.wait_until(text, |rows| rows.iter().any(|row| row.contains(text)))
    }

    /// Waits until the screen is as wanted; panics with the screen when it never is.
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&[String]) -> bool) -> &Self {
        let came = self.waits_until(is_so);
        assert!(came, "{what:?} never came on screen:\n{}", self.rows().join("\n"));
        self
    }

    /// Waits until the screen is as wanted; false when the program ended without it.
    pub fn waits_until(&self, is_so: impl Fn(&[String]) -> bool) -> bool {
        self.waits_for_output(|output| is_so(&rows(output)))
    }

    fn waits_for_output(&self, is_so: impl Fn(&Output) -> bool) -> bool {
        let (lock, changed) = &*self.output;
        let start = Instant::now();
        let mut output = lock.lock().unwrap();
        loop {
            if is_so(&output) {
                return true;
            }
            if output.over || start.elapsed() > PATIENCE {
                return false;
            }
            output = changed.wait_timeout(output, Duration::from_millis(100)).unwrap().0;
        }
    }

    /// Presses a key by its word (`Enter`, `Ctrl-C`, `n`, `2`) once the screen shows it.
    pub fn press(&mut self, key: &str) -> &mut Self {
        let shown = self.waits_until(|rows| is_shown(rows, key));
        let rows = self.rows();
        assert!(
            shown,
            "the screen doesn't show {key:?}, only {:?}:\n{}",
            shown_keys(&rows),
            rows.join("\n")
        );
        self.send(bytes(key).as_bytes())
    }

    /// Sends bytes as they are. A program that is gone takes none.
    pub fn send(&mut self, bytes: &[u8]) -> &mut Self {
        if let Some(keyboard) = &mut self.keyboard {
            let _ = keyboard.write_all(bytes).and_then(|()| keyboard.flush());
        }
        self
    }

    /// Gives the window another size.
    pub fn resize(&mut self, (cols, rows): (u16, u16)) -> &mut Self {
        let terminal = self.terminal.as_ref().expect("the terminal is open");
        // First our own picture, so that nothing drawn for the new size is cut.
        self.output.0.lock().unwrap().parser.screen_mut().set_size(cells(rows), cells(cols));
        terminal.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self
    }

    /// Sends a signal by its name: `TERM`, `HUP`, `INT`.
    pub fn signal(&self, name: &str) -> &Self {
        let id = self.child.process_id().expect("the program runs").to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
        self
    }

    /// Kills the program (-9) and waits until it is gone.
    pub fn kill(&mut self) {
        if let Some(id) = self.child.process_id() {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        }
        let _ = self.child.wait();
    }

    /// Closes the terminal under the program, which must be drawing on it.
    pub fn close(&mut self) -> &mut Self {
        self.output.0.lock().unwrap().closing = true;
        // The listener holds the terminal open while it waits: something must be drawn.
        self.resize((100, 30));
        if let Some(listener) = self.listener.take() {
            listener.join().unwrap();
        }
        self.keyboard = None;
        self.terminal = None;
        self
    }

    /// Waits for the program to end by itself; panics when it doesn't.
    pub fn wait_end(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            if start.elapsed() > PATIENCE {
                self.kill();
                panic!("the program doesn't end:\n{}", self.rows().join("\n"));
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            self.kill();
        }
    }
}

fn listen(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut bytes = [0; 4096];
    loop {
        let read = reader.read(&mut bytes).unwrap_or(0);
        let mut output = shared.0.lock().unwrap();
        if read == 0 {
            output.over = true;
        } else {
            output.parser.process(&bytes[..read]);
            output.raw.extend_from_slice(&bytes[..read]);
        }
        shared.1.notify_all();
        if read == 0 || output.closing {
            return;
        }
    }
}

fn settings(terminal: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", terminal.get_termios().expect("a pseudo-terminal has line settings"))
}

fn rows(output: &Output) -> Vec<String> {
    let screen = output.parser.screen();
    let (_, columns) = screen.size();
    screen.rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a window has cells")
}

/// What a terminal sends for a key.
fn bytes(key: &str) -> String {
    match key {
        "Enter" => "\r".into(),
        "Esc" => "\u{1b}".into(),
        "Tab" => "\t".into(),
        "Shift-Tab" => "\u{1b}[Z".into(),
        "Space" => " ".into(),
        "Backspace" => "\u{7f}".into(),
        "Delete" => "\u{1b}[3~".into(),
        "Up" => "\u{1b}[A".into(),
        "Down" => "\u{1b}[B".into(),
        "Right" => "\u{1b}[C".into(),
        "Left" => "\u{1b}[D".into(),
        "PageUp" => "\u{1b}[5~".into(),
        "PageDown" => "\u{1b}[6~".into(),
        "Home" => "\u{1b}[H".into(),
        "End" => "\u{1b}[F".into(),
        "F1" => "\u{1b}OP".into(),
        key => match key.strip_prefix("Ctrl-") {
            Some(letter) => {
                let byte = letter.bytes().next().map_or(0, |b| b.to_ascii_uppercase() & 0x1f);
                char::from(byte).to_string()
            }
            None => {
                assert_eq!(key.chars().count(), 1, "no key is called {key:?}");
                key.to_owned()
            }
        },
    }
}
