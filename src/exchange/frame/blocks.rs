//! A file in blocks of whole lines, so that several can be looked at at a time.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};

use super::hashing::Hashed;
use crate::sampling::Hash;

const BLOCK: usize = 1 << 20;

/// Lines that follow one another.
pub(super) struct Block {
    /// Lines before it.
    pub(super) before: u64,
    pub(super) bytes: Vec<u8>,
}

impl Block {
    /// Takes out the first line.
    pub(super) fn take_line(&mut self) {
        if let Some(end) = memchr(b'\n', &self.bytes) {
            self.bytes.drain(..=end);
            self.before += 1;
        }
    }
}

/// Reads a file block by block. What isn't taken as blocks can be read as a plain file.
pub(super) struct Blocks<R> {
    file: R,
    /// Read from the file, not given yet.
    ahead: Vec<u8>,
    given: usize,
    lines: u64,
    at_end: bool,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(file: R) -> Self {
        Self { file, ahead: Vec::new(), given: 0, lines: 0, at_end: false }
    }

    /// Lines of all that was given.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// The next lines of about a megabyte, or the rest of the file; `None` at its end. Where
    /// a single line is longer the block ends inside it.
    pub(super) fn next(&mut self) -> io::Result<Option<Block>> {
        let mut bytes = Vec::with_capacity(BLOCK);
        bytes.extend_from_slice(&self.ahead[self.given..]);
        let mut filled = bytes.len();
        bytes.resize(BLOCK.max(filled), 0);
        while filled < bytes.len() && !self.at_end {
            let length = self.file.read(&mut bytes[filled..])?;
            self.at_end = length == 0;
            filled += length;
        }
        bytes.truncate(filled);
        let whole = match memrchr(b'\n', &bytes) {
            Some(at) if !self.at_end => at + 1,
            _ => filled,
        };
        self.ahead.clear();
        self.ahead.extend_from_slice(&bytes[whole..]);
        self.given = 0;
        bytes.truncate(whole);
        let before = self.lines;
        self.lines += memchr_iter(b'\n', &bytes).count() as u64;
        Ok((!bytes.is_empty()).then_some(Block { before, bytes }))
    }

    /// Puts blocks back that were given last.
    pub(super) fn give_back(&mut self, blocks: impl IntoIterator<Item = Block>) {
        let mut ahead = Vec::new();
        for (at, block) in blocks.into_iter().enumerate() {
            if at == 0 {
                self.lines = block.before;
            }
            ahead.extend_from_slice(&block.bytes);
        }
        ahead.extend_from_slice(&self.ahead[self.given..]);
        (self.ahead, self.given) = (ahead, 0);
    }
}

impl<R: Read> Read for Blocks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ahead = &self.ahead[self.given..];
        if ahead.is_empty() {
            return self.file.read(buffer);
        }
        let length = buffer.len().min(ahead.len());
        buffer[..length].copy_from_slice(&ahead[..length]);
        self.given += length;
        Ok(length)
    }
}

impl<R: Hashed> Blocks<R> {
    /// The hash of the file so far.
    pub(super) fn hash(&mut self) -> Hash {
        self.file.hash()
    }
}
