//! Text in Windows-1252, as Excel saves CSV unless told otherwise.

use std::io::{self, Read};

use super::hashing::Hashed;
use crate::sampling::Hash;

/// The characters of the bytes 0x80 to 0x9F; `None` where there is none.
const HIGH: [Option<char>; 32] = {
    let mut table = [None; 32];
    let known = [
        (0x80, '\u{20ac}'),
        (0x82, '\u{201a}'),
        (0x83, '\u{192}'),
        (0x84, '\u{201e}'),
        (0x85, '\u{2026}'),
        (0x86, '\u{2020}'),
        (0x87, '\u{2021}'),
        (0x88, '\u{2c6}'),
        (0x89, '\u{2030}'),
        (0x8a, '\u{160}'),
        (0x8b, '\u{2039}'),
        (0x8c, '\u{152}'),
        (0x8e, '\u{17d}'),
        (0x91, '\u{2018}'),
        (0x92, '\u{2019}'),
        (0x93, '\u{201c}'),
        (0x94, '\u{201d}'),
        (0x95, '\u{2022}'),
        (0x96, '\u{2013}'),
        (0x97, '\u{2014}'),
        (0x98, '\u{2dc}'),
        (0x99, '\u{2122}'),
        (0x9a, '\u{161}'),
        (0x9b, '\u{203a}'),
        (0x9c, '\u{153}'),
        (0x9e, '\u{17e}'),
        (0x9f, '\u{178}'),
    ];
    let mut at = 0;
    while at < known.len() {
        table[known[at].0 - 0x80] = Some(known[at].1);
        at += 1;
    }
    table
};

/// Reads a file in Windows-1252 as UTF-8.
pub(super) struct Windows1252<R> {
    file: R,
    /// Decoded, not yet given.
    text: Vec<u8>,
    given: usize,
    raw: Vec<u8>,
    undefined: bool,
}

impl<R: Read> Windows1252<R> {
    pub(super) fn new(file: R) -> Self {
        Self { file, text: Vec::new(), given: 0, raw: vec![0; 1 << 15], undefined: false }
    }
    /// Whether a byte was met that has no character.
    pub(super) fn undefined(&self) -> bool {
        self.undefined
    }
}

impl<R: Read> Read for Windows1252<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            let length = self.file.read(&mut self.raw)?;
            self.text.clear();
            self.given = 0;
            for &byte in &self.raw[..length] {
                let character = match byte {
                    0x80..=0x9f => HIGH[usize::from(byte) - 0x80],
                    _ => Some(char::from(byte)),
                };
                self.undefined |= character.is_none();
                let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
                let mut bytes = [0; 4];
                self.text.extend_from_slice(character.encode_utf8(&mut bytes).as_bytes());
            }
        }
        let length = buffer.len().min(self.text.len() - self.given);
        buffer[..length].copy_from_slice(&self.text[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

impl<R: Hashed> Hashed for &mut Windows1252<R> {
    fn hash(&mut self) -> Hash {
        self.file.hash()
    }
}
