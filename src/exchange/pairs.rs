//! Pairs of ratings from a plain CSV file, counted as they are read: blocks of lines on several
//! threads, each into tables of its own.
//!
//! What isn't plain (quotation marks, odd line ends), and any file with a fault, is left to
//! [`Rows`](super::Rows), which names every fault with its line.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use memchr::{memchr, memchr_iter};
use rayon::prelude::*;

use crate::text::unguard;

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

/// Blocks are about this long.
const BLOCK: usize = 1 << 19;
/// A row is hardly shorter than this: room for its mark is made ahead.
const ROW: usize = 16;
/// Ratings of one item at most; more are left to the slow way.
const MOST_RATINGS: usize = 256;
/// Units are looked through for repeated ones in so many heaps.
const HEAPS: usize = 256;

/// Counts the pairs of a file with the columns `unit`, `item`, `first`, `second`: items in the
/// order of their first appearance. `None` where the file has to be read the slow way.
/// `known` are the only ratings there may be.
pub fn count_pairs(bytes: &[u8], known: Option<&[String]>) -> Option<Vec<CountedPairs>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let end = memchr(b'\n', bytes)?;
    let (header, rows) = (plain(&bytes[..=end])?, &bytes[end + 1..]);
    let names: Vec<&str> =
        header.trim_end_matches(['\r', '\n']).split(',').map(str::trim).collect();
    let place = |wanted: &str| {
        let mut found = (0..names.len()).filter(|at| names[*at] == wanted);
        found.next().filter(|_| found.next().is_none())
    };
    let places = [place("unit")?, place("item")?, place("first")?, place("second")?];
    let blocks = blocks(rows);
    let layout = Layout { places, width: names.len(), known };
    let counted: Option<Vec<Block<'_>>> =
        blocks.into_par_iter().map(|block| layout.read(block)).collect();
    let counted = counted?;
    let is_repeated = (0..HEAPS).into_par_iter().any(|heap| {
        let marks = || counted.iter().flat_map(|block| &block.units[heap]);
        holds_one_twice(counted.iter().map(|block| block.units[heap].len()).sum(), marks())
    });
    // Two units may have one mark by chance; the slow way tells.
    (!is_repeated).then(|| join(counted))
}

/// Whether one of `count` marks is there twice. A mark of nothing is taken for a repeated one.
fn holds_one_twice<'m>(count: usize, mut marks: impl Iterator<Item = &'m u64>) -> bool {
    // Half of the places stay free, so that a free one is found after a step or two.
    let mut seen = vec![0; (2 * count + 1).next_power_of_two()];
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

/// The text of a block without quotation marks whose lines end as usual.
fn plain(bytes: &[u8]) -> Option<&str> {
    let usual = memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
    std::str::from_utf8(bytes).ok().filter(|_| usual && memchr(b'"', bytes).is_none())
}

/// Whole lines, about [`BLOCK`] bytes at a time.
fn blocks(mut rows: &[u8]) -> Vec<&[u8]> {
    let mut blocks = Vec::with_capacity(rows.len() / BLOCK + 1);
    while !rows.is_empty() {
        let after = rows.get(BLOCK..).and_then(|rest| memchr(b'\n', rest));
        let (block, rest) = rows.split_at(after.map_or(rows.len(), |at| BLOCK + at + 1));
        blocks.push(block);
        rows = rest;
    }
    blocks
}

struct Layout<'k> {
    places: [usize; 4],
    width: usize,
    known: Option<&'k [String]>,
}

/// What one block holds.
struct Block<'b> {
    items: Vec<Item<'b>>,
    /// A mark of every unit with its item, in heaps by their last bits.
    units: Vec<Vec<u64>>,
}

/// An item's ratings in the order they came, and its pairs in a table of `side` by `side`.
struct Item<'b> {
    name: &'b str,
    ratings: Vec<&'b str>,
    side: usize,
    table: Vec<u64>,
    missing: u64,
}

impl Layout<'_> {
    fn read<'b>(&self, bytes: &'b [u8]) -> Option<Block<'b>> {
        let text = plain(bytes)?;
        let units = (0..HEAPS).map(|_| Vec::with_capacity(bytes.len() / ROW / HEAPS)).collect();
        let mut block = Block { items: Vec::new(), units };
        let mut names: HashMap<&str, usize, BuildHasherDefault<Folding>> = HashMap::default();
        let mut cells: Vec<&str> = Vec::with_capacity(self.width);
        let (mut start, mut at) = (0, 0);
        let last = (!text.ends_with('\n')).then_some(text.len());
        // Cells are a few bytes long: looking at each byte is quicker than a search for each cell.
        let ends = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b',' | b'\n'));
        for end in ends.map(|(end, _)| end).chain(last) {
            cells.push(&text[start..end]);
            start = end + 1;
            if text.as_bytes().get(end) == Some(&b',') {
                continue;
            }
            if cells.len() != self.width {
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    return None;
                }
                cells.clear();
                continue;
            }
            let [unit, item, first, second] = self.places.map(|at| tidy(cells[at]));
            let is_blank = || cells.iter().all(|cell| cell.trim().is_empty());
            if unit.is_empty() || item.is_empty() {
                if !is_blank() {
                    return None;
                }
                cells.clear();
                continue;
            }
            cells.clear();
            // Files go through the items of a unit, or the units of an item.
            let next = if at + 1 < block.items.len() { at + 1 } else { 0 };
            let is = |place: usize| block.items.get(place).is_some_and(|one| one.name == item);
            at = if is(next) {
                next
            } else if is(at) {
                at
            } else {
                *names.entry(item).or_insert_with(|| {
                    block.items.push(Item::new(item));
                    block.items.len() - 1
                })
            };
            let mark = fold(fold(SEED, item.as_bytes()), unit.as_bytes());
            block.units[mark as usize % HEAPS].push(mark);
            let item = &mut block.items[at];
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

    fn allows(&self, rating: &str) -> bool {
        self.known.is_none_or(|known| known.iter().any(|one| one == rating))
    }
}

impl<'b> Item<'b> {
    fn new(name: &'b str) -> Self {
        Self { name, ratings: Vec::new(), side: 4, table: vec![0; 16], missing: 0 }
    }

    /// The place of a rating; `None` where there are too many, or it may not be there.
    fn rating(&mut self, rating: &'b str, layout: &Layout<'_>) -> Option<usize> {
        if let Some(at) = self.ratings.iter().position(|known| *known == rating) {
            return Some(at);
        }
        if self.ratings.len() == MOST_RATINGS || !layout.allows(rating) {
            return None;
        }
        self.ratings.push(rating);
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
fn join(blocks: Vec<Block<'_>>) -> Vec<CountedPairs> {
    let mut order: Vec<&str> = Vec::new();
    let mut parts: HashMap<&str, Vec<Item<'_>>> = HashMap::new();
    for item in blocks.into_iter().flat_map(|block| block.items) {
        let known = parts.entry(item.name).or_insert_with(|| {
            order.push(item.name);
            Vec::new()
        });
        known.push(item);
    }
    let one = |name: &str| {
        let parts = &parts[name];
        let mut categories: Vec<&str> =
            parts.iter().flat_map(|part| part.ratings.iter().copied()).collect();
        categories.sort_unstable();
        categories.dedup();
        let mut table = vec![vec![0; categories.len()]; categories.len()];
        for part in parts {
            let places: Vec<usize> = part
                .ratings
                .iter()
                .map(|rating| categories.binary_search(rating).unwrap_or(0))
                .collect();
            for (first, &row) in places.iter().enumerate() {
                for (second, &column) in places.iter().enumerate() {
                    table[row][column] += part.table[first * part.side + second];
                }
            }
        }
        CountedPairs {
            item: name.to_owned(),
            categories: categories.into_iter().map(str::to_owned).collect(),
            table,
            missing: parts.iter().map(|part| part.missing).sum(),
        }
    };
    order.into_iter().map(one).collect()
}

/// The cell as it counts: trimmed, without the apostrophe that guards it from being run.
fn tidy(cell: &str) -> &str {
    let inside = |byte: Option<&u8>| byte.is_none_or(|byte| (b'('..=b'~').contains(byte));
    match cell.as_bytes() {
        bytes if inside(bytes.first()) && inside(bytes.last()) => cell,
        _ => unguard(cell.trim()),
    }
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Folds bytes into a mark, eight at a time; their number enters, so that no two texts run
/// into each other.
fn fold(mut mark: u64, bytes: &[u8]) -> u64 {
    let mut mix = |word: u64| {
        let wide = u128::from(mark ^ word) * u128::from(0xd6e8_feb8_6659_fd93_u64);
        mark = (wide as u64) ^ ((wide >> 64) as u64);
    };
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        mix(u64::from_le_bytes(word.try_into().expect("it has eight bytes")));
    }
    let mut rest = [0; 8];
    rest[..words.remainder().len()].copy_from_slice(words.remainder());
    mix(u64::from_le_bytes(rest));
    mix(bytes.len() as u64 ^ SEED);
    mark
}

/// A hasher of short names.
#[derive(Default)]
struct Folding(u64);

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fold(self.0 ^ SEED, bytes);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
