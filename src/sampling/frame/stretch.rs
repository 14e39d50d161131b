//! Rows that follow one another, taken in by themselves.

use std::collections::{BTreeMap, HashMap};

use super::{FrameProblems, LINE_END, Row, WORDS, Word};

/// Rows of one stretch: their places are told apart by sixteen bits.
const MOST_ROWS: usize = 1 << 16;
/// Text of one stretch, where its rows are not cut off sooner.
const MUCH_TEXT: usize = 1 << 20;

/// Rows that follow one another in the file, with what is wrong with them. Several can be
/// filled at a time, and are then put together in their order.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Lines of the canonical form.
    pub(super) lines: String,
    pub(super) rows: Vec<Row>,
    /// Row numbers for messages: where they don't just count on, the place and the number.
    numbers: Vec<(u32, u64)>,
    /// Words in the order they were met; the first is the empty one.
    pub(super) words: Vec<String>,
    /// The position of each word.
    pool: HashMap<String, Word>,
    /// Words of the file already seen, by fact; `None` for one without a code.
    seen: [HashMap<String, Option<Word>>; WORDS.len()],
    /// The last ones of them by a few of their bytes: most rows need no more.
    last: Vec<[(String, Option<Word>); WORDS.len()]>,
    /// Words without a code: the first row, and how many.
    pub(super) unmapped: BTreeMap<String, (u64, u64)>,
    pub(super) problems: FrameProblems,
}

const LAST: usize = 128;

impl Default for Stretch {
    fn default() -> Self {
        Self::with_room(0)
    }
}

impl Stretch {
    /// An empty stretch with room for lines of so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        Self {
            lines: String::with_capacity(bytes),
            rows: Vec::new(),
            numbers: Vec::new(),
            words: vec![String::new()],
            pool: HashMap::from([(String::new(), 0)]),
            seen: Default::default(),
            last: vec![Default::default(); LAST],
            unmapped: BTreeMap::new(),
            problems: FrameProblems::default(),
        }
    }

    /// Whether the next row belongs into another stretch.
    pub fn is_full(&self) -> bool {
        self.rows.len() == MOST_ROWS || self.lines.len() >= MUCH_TEXT
    }

    pub(super) fn push(&mut self, row: Row, number: u64) {
        let place = self.rows.len() as u32;
        if self.numbers.is_empty() || self.number(place) != number {
            self.numbers.push((place, number));
        }
        self.rows.push(row);
    }

    /// The number of the row at a place.
    pub(super) fn number(&self, place: u32) -> u64 {
        let at = self.numbers.partition_point(|(known, _)| *known <= place);
        let known = at.checked_sub(1).and_then(|at| self.numbers.get(at));
        known.map_or(0, |(known, number)| number + u64::from(place - known))
    }

    /// The canonical line of a row, with the byte that ends it.
    pub(super) fn line(&self, place: usize) -> &str {
        let next = self.rows.get(place + 1);
        let end = next.map_or(self.lines.len(), |next| next.start as usize);
        &self.lines[self.rows[place].start as usize..end]
    }

    /// The word a fact's text stands for, which `mapped` finds out the first time.
    pub(super) fn word<'t>(
        &mut self,
        fact: usize,
        text: &str,
        mapped: impl FnOnce() -> Option<&'t str>,
    ) -> Option<Word> {
        let at = slot(text);
        if self.last[at][fact].0 != text {
            let word = match self.seen[fact].get(text) {
                Some(known) => *known,
                None => {
                    let word = mapped().map(|word| keep(&mut self.words, &mut self.pool, word));
                    self.seen[fact].insert(text.to_owned(), word);
                    word
                }
            };
            let last = &mut self.last[at][fact];
            last.0.clear();
            last.0.push_str(text);
            last.1 = word;
        }
        self.last[at][fact].1
    }

    /// Drops what only reading needs.
    pub(super) fn close(&mut self) {
        (self.pool, self.seen, self.last) = Default::default();
        debug_assert!(self.lines.is_empty() || self.lines.ends_with(LINE_END));
    }
}

/// The position of a word, old or new.
pub(super) fn keep(words: &mut Vec<String>, pool: &mut HashMap<String, Word>, word: &str) -> Word {
    if let Some(known) = pool.get(word) {
        return *known;
    }
    let at = Word::try_from(words.len()).expect("a frame has fewer than 2^32 words");
    words.push(word.to_owned());
    pool.insert(word.to_owned(), at);
    at
}

/// A number below [`LAST`] from length and last bytes, in which names differ most.
fn slot(text: &str) -> usize {
    let last = text.bytes().rev().take(3);
    last.fold(text.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte))) % LAST
}
