//! What a terminal showed, frame by whole frame, and what each frame of the review says.
//!
//! A screen read at any moment may hold half of a new frame. The program ends every frame by
//! hiding or placing the cursor, so its output can be cut there.

#![allow(clippy::unwrap_used, dead_code)]

use std::num::NonZeroU16;

use casereview::instrument::{Instrument, QuestionIx, Role};

use crate::pty::Pty;

/// One whole frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its rows, without trailing spaces.
    pub rows: Vec<String>,
    /// The cursor is shown: a text box is open.
    pub typing: bool,
}

/// Cuts a program's output into frames.
pub struct Frames {
    parser: vt100::Parser,
    rest: Vec<u8>,
    known: usize,
}

impl Frames {
    /// For a window of 80 x 24.
    pub fn new() -> Self {
        let cells = |n| NonZeroU16::new(n).unwrap();
        let parser = vt100::Parser::new(cells(24), cells(80), 0);
        Self { parser, rest: Vec::new(), known: 0 }
    }

    /// Waits for output and gives the frames that it completes; `None` at the program's end.
    pub fn wait(&mut self, pty: &Pty) -> Option<Vec<Frame>> {
        let bytes = pty.more(self.known);
        if bytes.is_empty() {
            return None;
        }
        self.known += bytes.len();
        self.rest.extend(bytes);
        let mut frames = Vec::new();
        while let Some(end) = frame_end(&self.rest) {
            let bytes: Vec<u8> = self.rest.drain(..end).collect();
            self.parser.process(&bytes);
            let screen = self.parser.screen();
            let rows = screen.rows(0, 80).map(|row| row.trim_end().to_owned()).collect();
            frames.push(Frame { rows, typing: !screen.hide_cursor() });
        }
        Some(frames)
    }
}

const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";

/// Where the first whole frame ends: behind a hidden cursor, or one shown and placed.
fn frame_end(bytes: &[u8]) -> Option<usize> {
    let at = |sign: &[u8]| bytes.windows(sign.len()).position(|window| window == sign);
    match (at(HIDE), at(SHOW)) {
        (Some(hide), show) if show.is_none_or(|show| hide < show) => Some(hide + HIDE.len()),
        (_, Some(show)) => {
            let placed = bytes[show..].iter().position(|byte| *byte == b'H')?;
            Some(show + placed + 1)
        }
        _ => None,
    }
}

impl Frame {
    /// The status line ends with `saved 14:02:11`.
    pub fn says_saved(&self) -> bool {
        self.rows.iter().any(|row| {
            row.rsplit_once(" saved ").is_some_and(|(_, time)| {
                time.len() == 8 && time.bytes().all(|b| b == b':' || b.is_ascii_digit())
            })
        })
    }

    /// The status line says that something is not saved.
    pub fn says_not_saved(&self) -> bool {
        self.has("NOT SAVED: ")
    }

    /// One row has the text.
    pub fn has(&self, text: &str) -> bool {
        self.rows.iter().any(|row| row.contains(text))
    }

    /// The id of the question on screen: the item's with the letters before its wording, or
    /// without letters the question of the item that is worded so about that person.
    pub fn question(&self, instrument: &Instrument) -> Option<String> {
        let left = self.pane();
        let pane: Vec<String> = self.rows[2..].iter().map(|row| cut(row, left)).collect();
        let counted = pane.iter().position(|row| row.contains("question ") && row.contains(" of "));
        let counted = counted?;
        let item = pane[0].split_whitespace().next()?.to_lowercase();
        let is_known = |id: &String| instrument.find_question(id).is_some();
        let short = pane[counted + 1..].iter().take(8).find_map(|row| {
            let first = row.split("  ").next()?;
            Some(format!("{item}.{first}")).filter(is_known)
        });
        short.or_else(|| by_wording(&pane[counted + 1..], &format!("{item}."), instrument))
    }

    /// The column where the question begins: behind the list of items, unless a text of
    /// several lines has the whole width.
    fn pane(&self) -> usize {
        if self.has("Enter new line") { 2 } else { 35 }
    }

    /// The numbers of the options on screen, and which are chosen.
    pub fn options(&self) -> Vec<(usize, bool)> {
        let left = self.pane();
        self.rows
            .iter()
            .filter_map(|row| {
                let row = cut(row, left);
                let row = row.strip_prefix("> ").unwrap_or(&row).trim_start();
                let (number, rest) = row.split_once(' ')?;
                let chosen = rest.starts_with("(x)") || rest.starts_with("[x]");
                let open = rest.starts_with("( )") || rest.starts_with("[ ]");
                Some((number.parse().ok()?, chosen)).filter(|_| chosen || open)
            })
            .collect()
    }

    /// The text in the open text box, which lies between the last two rules.
    pub fn text(&self) -> String {
        let ruled = |row: &&String| row.contains("────────");
        let rules: Vec<usize> = (2..self.rows.len()).filter(|at| ruled(&&self.rows[*at])).collect();
        let [.., over, under] = rules[..] else { return String::new() };
        let left = self.rows[over].chars().position(|c| c == '─').unwrap();
        let between = self.rows[over + 1..under].iter().map(|row| cut(row, left));
        between.map(|row| row.trim().to_owned()).collect::<Vec<_>>().join(" ").trim().to_owned()
    }
}

fn cut(row: &str, from: usize) -> String {
    row.chars().skip(from).collect()
}

#[test]
fn frames_are_cut_where_the_cursor_is_settled() {
    assert_eq!(frame_end(b"abc"), None);
    assert_eq!(frame_end(b"abc\x1b[?25ldef"), Some(9));
    assert_eq!(frame_end(b"abc\x1b[?25h\x1b[2;"), None);
    assert_eq!(frame_end(b"abc\x1b[?25h\x1b[2;13Hdef\x1b[?25l"), Some(16));
}

/// The question of an item whose person and wording stand on top of these rows. Two worded
/// alike are told apart by nothing a reader sees: then there is none.
fn by_wording(rows: &[String], prefix: &str, instrument: &Instrument) -> Option<String> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let shown = bare(&rows.join(" "));
    let asked = |at: &QuestionIx| {
        let question = instrument.question(*at);
        let person = question.part().and_then(|id| instrument.part(id));
        let said = match (person, question.role()) {
            (Some(person), _) => person.title.as_str(),
            (None, Role::Applies) => "Does the item apply?",
            (None, Role::Reason) => "Reason",
            (None, Role::Explanation { .. }) => "To be explained",
            (None, Role::Question | Role::Closing) => "",
        };
        question.id().starts_with(prefix)
            && shown.starts_with(&bare(&format!("{said} {}", question.ask())))
    };
    let found: Vec<QuestionIx> = instrument.question_positions().filter(asked).collect();
    let longest = found.iter().max_by_key(|at| instrument.question(**at).ask().len())?;
    let alike =
        |at: &&QuestionIx| instrument.question(**at).ask() == instrument.question(*longest).ask();
    (found.iter().filter(alike).count() == 1).then(|| instrument.question(*longest).id().to_owned())
}
