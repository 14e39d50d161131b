//! A reviewer at the screen in a terminal: reads its frames, answers and types at random, and
//! notes what a frame called saved.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use casereview::instrument::{CaseTypeIx, CodeSet, Instrument, Kind, Question};
use casereview::review::Slot;
use casereview::scoring::{Value, read_value, write_value};

use crate::frames::{Frame, Frames};
use crate::pty::Pty;
use crate::workspace::instrument;

/// Numbers that are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// 0 to one less than the sides (splitmix64).
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize]
    }
}

/// Opens the full screen on a case.
pub fn review(folder: &Path, case: &str) -> Pty {
    Pty::start_in(folder, &["review", case], &[("TERM", "xterm-256color"), ("TZ", "UTC")], (80, 24))
}

/// An answer or text given, as the log must hold it once a frame said saved.
#[derive(Debug, Clone)]
pub struct Given {
    pub question: String,
    pub slot: Slot,
    pub new: Option<String>,
    /// A frame has shown that the key was worked.
    worked: bool,
}

/// What the log must hold of a case.
pub type Promised = BTreeMap<(String, Slot), Option<String>>;

/// One sitting at the screen, up to the kill.
pub struct Sitting<'a> {
    pty: Pty,
    frames: Frames,
    last: Frame,
    /// Every text of the box open now, as frames showed it.
    pub drawn: Vec<String>,
    /// What was in the box and typed into it.
    pub typed: String,
    pub under_way: Vec<Given>,
    promised: &'a mut Promised,
    /// How often a frame called something new saved.
    pub called: usize,
    instrument: Arc<Instrument>,
    case_type: CaseTypeIx,
    dice: Dice,
}

impl Sitting<'_> {
    /// Takes in the frames that came; false at the program's end.
    fn look(&mut self) -> bool {
        let Some(frames) = self.frames.wait(&self.pty) else { return false };
        for frame in frames {
            if has_moved(&self.last, &frame) {
                self.under_way.iter_mut().for_each(|given| given.worked = true);
            }
            if frame.says_saved() {
                assert!(!frame.says_not_saved() && !frame.has("saving ..."));
                for given in self.under_way.extract_if(.., |given| given.worked) {
                    self.called += 1;
                    self.promised.insert((given.question, given.slot), given.new);
                }
            }
            match frame.typing {
                true => self.drawn.push(frame.text()),
                false => self.drawn.clear(),
            }
            self.last = frame;
        }
        true
    }

    /// Waits for the frame that shows that a key was worked.
    fn look_until_moved(&mut self, from: &Frame) {
        while !has_moved(from, &self.last) {
            assert!(self.look(), "the program ended by itself");
        }
    }

    fn gives(&mut self, question: &str, slot: Slot, new: Option<String>) {
        let question = question.to_owned();
        self.under_way.push(Given { question, slot, new, worked: false });
    }

    pub fn question(&self) -> (String, Question) {
        let id = self.last.question(&self.instrument);
        let id = id.unwrap_or_else(|| panic!("which question?\n{}", self.last.rows.join("\n")));
        let question = self.instrument.question(self.instrument.find_question(&id).unwrap());
        (id, question.clone())
    }

    /// The next key a reviewer might press, with what it gives.
    fn key(&mut self) -> &'static [u8] {
        if self.last.typing {
            return self.key_in_box();
        }
        let (id, question) = self.question();
        let options = self.last.options();
        // Options past the ninth have no key of their own.
        let open: Vec<usize> = options.iter().filter(|o| !o.1 && o.0 <= 9).map(|o| o.0).collect();
        if self.dice.roll(12) == 0 && crate::shown::is_shown(&self.last.rows, "p") {
            return b"p";
        }
        if options.is_empty() || open.is_empty() {
            return b"\r";
        }
        let number = self.dice.pick(&open);
        let case_type = self.case_type;
        let offered: Vec<usize> = (0..question.options().len())
            .filter(|at| question.options()[*at].case_types.has(case_type))
            .collect();
        let picked = CodeSet::one(offered[number - 1]);
        let given = match question.kind() {
            Kind::Checklist(_) if options.len() < offered.len() => return b"\r",
            Kind::Checklist(_) => options
                .iter()
                .filter(|(_, chosen)| *chosen)
                .fold(picked, |all, (at, _)| CodeSet(all.0 | CodeSet::one(offered[at - 1]).0)),
            _ => picked,
        };
        self.gives(&id, Slot::Answer, Some(write_value(&question, &Value::Codes(given))));
        [b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9"][number - 1]
    }

    /// In the text box: some letters, or out of it.
    fn key_in_box(&mut self) -> &'static [u8] {
        const ESC: &[u8] = b"\x1b";
        const FORGET: &[u8] = b"\x18";
        let (id, question) = self.question();
        let text = self.last.text();
        let slot = match question.kind() {
            Kind::Choice(_) | Kind::Checklist(_) => Slot::Narrative,
            Kind::Text | Kind::Date | Kind::Integer { .. } | Kind::Table { .. } => Slot::Answer,
        };
        match question.kind() {
            Kind::Date | Kind::Integer { .. } => {
                let value = read_value(&question, self.case_type, &text);
                match (value, text.is_empty()) {
                    (_, true) if *question.kind() == Kind::Date => b"2026-05-04",
                    (_, true) => b"3",
                    (Ok(_), _) => {
                        self.gives(&id, slot, Some(text));
                        ESC
                    }
                    (Err(_), _) => FORGET,
                }
            }
            _ if text.len() > 40 || (text.len() > 2 && self.dice.roll(2) == 0) => {
                self.gives(&id, slot, Some(text));
                ESC
            }
            _ => self.dice.pick(&[b"seen".as_slice(), b"a", b"twice", b"no-visit", b"x"]),
        }
    }

    /// Presses the next key; without waiting for anything.
    fn press(&mut self) {
        let key = self.key();
        if self.last.typing && key[0] >= b' ' {
            self.typed = self.last.text() + std::str::from_utf8(key).unwrap();
        }
        self.pty.send(key);
    }

    /// Works for a while, then is killed; gives how.
    pub fn until_killed(&mut self) -> Killed {
        let mut killer = killer(self.pty.id());
        for _ in 0..self.dice.roll(14) {
            let before = self.last.clone();
            self.press();
            self.look_until_moved(&before);
            if self.dice.roll(3) == 0 {
                // Some wait for the sign, some don't.
                while self.last.has("saving ...") {
                    assert!(self.look(), "the program ended by itself");
                }
            }
        }
        let before = self.last.clone();
        self.press();
        match self.dice.roll(4) {
            0 => {}
            1 => thread::sleep(Duration::from_micros(self.dice.roll(20_000))),
            // While the commit runs, or about to.
            way => {
                self.look_until_moved(&before);
                thread::sleep(Duration::from_micros((way - 2) * self.dice.roll(4_000)));
            }
        }
        // One byte, so that the moment is not that of starting a program.
        killer.stdin.take().unwrap().write_all(b"\n").unwrap();
        assert!(killer.wait().unwrap().success());
        while self.look() {}
        self.pty.kill();
        Killed { under_way: self.under_way.len(), typing: self.last.typing }
    }
}

pub struct Killed {
    pub under_way: usize,
    pub typing: bool,
}

/// A process that kills another as soon as it gets a line.
fn killer(id: u32) -> Child {
    Command::new("sh")
        .args(["-c", "read line; kill -9 \"$0\"", &id.to_string()])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Whether a frame shows that a key was worked since another: the question, its answers or
/// its text differ.
fn has_moved(from: &Frame, to: &Frame) -> bool {
    let last = from.rows.len() - 4;
    from.typing != to.typing
        || (from.typing && from.text() != to.text())
        || from.rows[..last].iter().zip(&to.rows[..last]).any(|(a, b)| cut(a) != cut(b))
}

/// The part of a row that no save changes: the status line is told from the rest by its words.
fn cut(row: &str) -> &str {
    let is_status = ["saving ...", " saved ", "NOT SAVED"].iter().any(|word| row.contains(word));
    if is_status { "" } else { row }
}

fn is_review(frame: &Frame) -> bool {
    frame.has("Case R-") && frame.has("question ")
}

pub fn sit<'a>(folder: &Path, case: u32, promised: &'a mut Promised, dice: Dice) -> Sitting<'a> {
    let instrument = instrument();
    let pty = review(folder, &format!("R-{case:04}"));
    let mut frames = Frames::new();
    let last = loop {
        let came = frames.wait(&pty).unwrap_or_else(|| panic!("{}", pty.rows().join("\n")));
        if let Some(frame) = came.into_iter().rfind(is_review) {
            break frame;
        }
    };
    assert!(!last.says_saved(), "nothing was given yet");
    let case_type = if last.has("Foster care") { "foster-care" } else { "in-home" };
    let case_type = instrument.find_case_type(case_type).unwrap();
    Sitting {
        pty,
        frames,
        last,
        drawn: Vec::new(),
        typed: String::new(),
        under_way: Vec::new(),
        promised,
        called: 0,
        instrument,
        case_type,
        dice,
    }
}
