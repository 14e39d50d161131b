//! Texts to small numbers, so that groups are compared as integers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A quick hash for the few names a report groups by. Names chosen to collide would only slow
/// down the report of whoever took them in.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct QuickHasher(u64);

/// Makes [`QuickHasher`]s.
pub(super) type Quick = BuildHasherDefault<QuickHasher>;

impl QuickHasher {
    fn mix(&mut self, word: u64) {
        // An odd constant near 2^64 / golden ratio spreads neighbouring numbers.
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }
    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }
    fn finish(&self) -> u64 {
        // The map takes its bits from both ends.
        self.0 ^ self.0 >> 32
    }
}

/// Numbers texts in order of first appearance.
#[derive(Debug, Default)]
pub struct Interner {
    numbers: HashMap<Box<str>, u32, Quick>,
    texts: Vec<Box<str>>,
    last: Option<u32>,
}

impl Interner {
    /// The number of a text. Neighbouring readings mostly share their facts, so the last
    /// text is tried first.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(last) = self.last
            && &*self.texts[last as usize] == text
        {
            return last;
        }
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => {
                let number = self.texts.len() as u32;
                self.texts.push(text.into());
                self.numbers.insert(text.into(), number);
                number
            }
        };
        self.last = Some(number);
        number
    }
    /// The texts, each once.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }
    /// The text behind a number this interner gave.
    pub(super) fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }
}
