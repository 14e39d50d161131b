//! Pairs of ratings from a plain CSV file, counted as they are read: blocks of lines on several
//! threads, each into tables of its own.
//!
//! What isn't plain (quotation marks, odd line ends), and any file with a fault, is left to
//! [`Rows`](super::Rows), which names every fault with its line.

mod buffer;
#[cfg(test)]
mod tests;
mod word;

use std::collections::HashMap;
use std::io;
use std::ops::Range;

use memchr::memchr;
use rayon::prelude::*;

use buffer::{BLOCK, Buffer, LONGEST_LINE, plain};
use word::{Name, SEED, Word};

/// The pairs of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedPairs {
    /// Its name.
    pub item: String,
    /// The ratings given in whole pairs, in byte order.
    pub categories: Vec<String>,
    /// Pairs by first and second rating, in the order of the categories.
    pub table: Vec<Vec<u64>>,
    /// Pairs of which a half is missing.
    pub missing: u64,
}

/// A row is hardly shorter than this: room for its mark is made ahead.
const ROW: usize = 16;
/// Ratings of one item at most; more are left to the slow way.
const MOST_RATINGS: usize = 256;
/// Units are looked through for repeated ones in so many heaps.
const HEAPS: usize = 256;

/// Counts the pairs of a file with the columns `unit`, `item`, `first`, `second`: items in the
/// order of their first appearance. `None` where the file has to be read the slow way.
/// `known` are the only ratings there may be.
///
/// The file is `length` bytes long; `read` fills a buffer from an offset on and fails where they
/// are not there. Each thread reads its own blocks into one buffer again and again: to have
/// all of a large file in memory takes longer than to count it.
pub fn count_pairs(
    length: usize,
    read: impl Fn(usize, &mut [u8]) -> io::Result<()> + Sync,
    known: Option<&[String]>,
) -> Option<Vec<CountedPairs>> {
    let mut beginning = vec![0; LONGEST_LINE.min(length)];
    read(0, &mut beginning).ok()?;
    let header = &beginning[..=memchr(b'\n', &beginning)?];
    let first_row = header.len();
    let names = plain(header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header))?;
    let names: Vec<&str> = names.trim_end_matches(['\r', '\n']).split(',').map(str::trim).collect();
    let place = |wanted: &str| {
        let mut found = (0..names.len()).filter(|at| names[*at] == wanted);
        found.next().filter(|_| found.next().is_none())
    };
    let places = [place("unit")?, place("item")?, place("first")?, place("second")?];
    let layout = Layout { places, width: names.len(), known };
    let counted: Option<Vec<Block>> = (0..length.div_ceil(BLOCK))
        .into_par_iter()
        .map_init(Buffer::default, |buffer, number| {
            let rows = buffer.fill(number, first_row, length, &read)?;
            layout.read(buffer, rows)
        })
        .collect();
    let counted = counted?;
    let is_repeated = (0..HEAPS).into_par_iter().map_init(Vec::new, |seen, heap| {
        let marks = || counted.iter().flat_map(|block| &block.units[heap]);
        holds_one_twice(counted.iter().map(|block| block.units[heap].len()).sum(), marks(), seen)
    });
    // Two units may have one mark by chance; the slow way tells.
    (!is_repeated.any(|one| one)).then(|| join(counted))
}

/// Whether one of `count` marks is there twice. A mark of nothing is taken for a repeated one.
fn holds_one_twice<'m>(
    count: usize,
    mut marks: impl Iterator<Item = &'m u64>,
    seen: &mut Vec<u64>,
) -> bool {
    // Half of the places stay free, so that a free one is found after a step or two.
    seen.clear();
    seen.resize((2 * count + 1).next_power_of_two(), 0);
    let last = seen.len() - 1;
    marks.any(|mark| {
        // The last bits are those of the heap.
        let mut place = (mark >> 20) as usize & last;
        while seen[place] != 0 && seen[place] != *mark {
            place = (place + 1) & last;
        }
        let is_repeated = seen[place] == *mark;
        seen[place] = *mark;
        is_repeated
    })
}

struct Layout<'k> {
    places: [usize; 4],
    width: usize,
    known: Option<&'k [String]>,
}

/// What one block holds.
struct Block {
    items: Vec<Item>,
    /// Where an item stands.
    places: HashMap<Vec<u8>, usize>,
    /// A mark of every unit with its item, in heaps by their last bits.
    units: Vec<Vec<u64>>,
}

/// An item's ratings in the order they came, and its pairs in a table of `side` by `side`.
struct Item {
    name: Name,
    /// Its name's mark.
    mark: u64,
    ratings: Vec<Name>,
    side: usize,
    table: Vec<u64>,
    missing: u64,
}

impl Layout<'_> {
    fn read(&self, buffer: &mut Buffer, rows: Range<usize>) -> Option<Block> {
        plain(&buffer.bytes[rows.clone()])?;
        let room = rows.len() / ROW / HEAPS;
        let mut start = rows.start;
        buffer.find_ends(rows);
        let bytes = buffer.bytes.as_slice();
        let mut block = Block {
            items: Vec::new(),
            places: HashMap::new(),
            units: (0..HEAPS).map(|_| Vec::with_capacity(room)).collect(),
        };
        let mut at = 0;
        let mut ends = buffer.ends.as_slice();
        while let Some(first_end) = ends.first() {
            let is_blank = bytes[*first_end] == b'\n'
                && bytes[start..*first_end].iter().all(u8::is_ascii_whitespace);
            if is_blank {
                (start, ends) = (first_end + 1, &ends[1..]);
                continue;
            }
            let (row, rest) = ends.split_at_checked(self.width)?;
            let (line_end, cell_ends) = row.split_last()?;
            if bytes[*line_end] != b'\n' || cell_ends.iter().any(|end| bytes[*end] != b',') {
                return None;
            }
            let cell = |place: usize| {
                let start = place.checked_sub(1).map_or(start, |before| row[before] + 1);
                Word::cell(bytes, start, row[place])
            };
            let [unit, item, first, second] = self.places;
            let (unit, item) = (cell(unit), cell(item));
            let (first, second) = (cell(first), cell(second));
            (start, ends) = (line_end + 1, rest);
            if unit.is_empty() || item.is_empty() {
                return None;
            }
            at = block.place(at, item);
            let item = &mut block.items[at];
            let mark = unit.fold(item.mark);
            block.units[mark as usize % HEAPS].push(mark);
            if first.is_empty() || second.is_empty() {
                let given = [first, second].into_iter().find(|rating| !rating.is_empty());
                if given.is_some_and(|rating| !self.allows(rating)) {
                    return None;
                }
                item.missing += 1;
            } else {
                let first = item.rating(first, self)?;
                let second = item.rating(second, self)?;
                item.table[first * item.side + second] += 1;
            }
        }
        Some(block)
    }

    fn allows(&self, rating: Word<'_>) -> bool {
        self.known.is_none_or(|known| known.iter().any(|one| one.as_bytes() == rating.bytes))
    }
}

impl Block {
    /// The place of an item; `at` is the one of the row before.
    fn place(&mut self, at: usize, item: Word<'_>) -> usize {
        // Files go through the items of a unit, or the units of an item.
        let next = if at + 1 < self.items.len() { at + 1 } else { 0 };
        let is = |place: usize| self.items.get(place).is_some_and(|one| one.name.is(item));
        if is(next) {
            return next;
        }
        if is(at) {
            return at;
        }
        if let Some(place) = self.places.get(item.bytes) {
            return *place;
        }
        self.items.push(Item::new(item));
        self.places.insert(item.bytes.to_vec(), self.items.len() - 1);
        self.items.len() - 1
    }
}

impl Item {
    fn new(name: Word<'_>) -> Self {
        Self {
            name: Name::new(name),
            mark: name.fold(SEED),
            ratings: Vec::new(),
            side: 4,
            table: vec![0; 16],
            missing: 0,
        }
    }

    /// The place of a rating; `None` where there are too many, or it may not be there.
    fn rating(&mut self, rating: Word<'_>, layout: &Layout<'_>) -> Option<usize> {
        if let Some(at) = self.ratings.iter().position(|known| known.is(rating)) {
            return Some(at);
        }
        if self.ratings.len() == MOST_RATINGS || !layout.allows(rating) {
            return None;
        }
        self.ratings.push(Name::new(rating));
        if self.ratings.len() > self.side {
            let side = 2 * self.side;
            let mut table = vec![0; side * side];
            for (at, row) in self.table.chunks(self.side).enumerate() {
                table[at * side..at * side + self.side].copy_from_slice(row);
            }
            (self.side, self.table) = (side, table);
        }
        Some(self.ratings.len() - 1)
    }
}

/// The blocks' items together.
fn join(blocks: Vec<Block>) -> Vec<CountedPairs> {
    let mut order: Vec<String> = Vec::new();
    let mut parts: HashMap<String, Vec<Item>> = HashMap::new();
    for item in blocks.into_iter().flat_map(|block| block.items) {
        let name = item.name.text();
        if !parts.contains_key(&name) {
            order.push(name.clone());
        }
        parts.entry(name).or_default().push(item);
    }
    let one = |name: String| {
        let parts = &parts[&name];
        let given = |part: &Item| part.ratings.iter().map(Name::text).collect::<Vec<_>>();
        let mut categories: Vec<String> = parts.iter().flat_map(given).collect();
        categories.sort_unstable();
        categories.dedup();
        let mut table = vec![vec![0; categories.len()]; categories.len()];
        for part in parts {
            let place = |rating| categories.binary_search(&rating).unwrap_or(0);
            let places: Vec<usize> = given(part).into_iter().map(place).collect();
            for (first, &row) in places.iter().enumerate() {
                for (second, &column) in places.iter().enumerate() {
                    table[row][column] += part.table[first * part.side + second];
                }
            }
        }
        let missing = parts.iter().map(|part| part.missing).sum();
        CountedPairs { item: name, categories, table, missing }
    };
    order.into_iter().map(one).collect()
}
