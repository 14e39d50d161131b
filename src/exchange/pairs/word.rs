//! Words of cells, compared and marked by a few bytes at once.

use crate::text::unguard;

/// So much of a word is compared at once.
pub(super) const HEAD: usize = 16;

/// What is kept of a head, by the length of the word.
const KEPT: [u128; HEAD + 1] = {
    let mut kept = [u128::MAX; HEAD + 1];
    let mut length = 0;
    while length < HEAD {
        kept[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    kept
};

/// The word of a cell: what counts of it.
#[derive(Clone, Copy)]
pub(super) struct Word<'b> {
    pub(super) bytes: &'b [u8],
    /// Its first bytes as a number, nothings after its end.
    head: u128,
}

impl<'b> Word<'b> {
    /// The cell from `start` to `end`: trimmed, without the apostrophe that guards it from being
    /// run. At least [`HEAD`] bytes follow on its start.
    // Called for every cell of a large file.
    #[inline(always)]
    pub(super) fn cell(bytes: &'b [u8], start: usize, end: usize) -> Self {
        let cell = &bytes[start..end];
        let is_inside = |byte: Option<&u8>| byte.is_none_or(|byte| (b'('..=b'~').contains(byte));
        if !(is_inside(cell.first()) && is_inside(cell.last())) {
            return Self::tidied(cell);
        }
        let head = bytes[start..start + HEAD].try_into().expect("they are as many");
        let kept = KEPT[cell.len().min(HEAD)];
        Self { bytes: cell, head: u128::from_le_bytes(head) & kept }
    }

    #[cold]
    fn tidied(cell: &'b [u8]) -> Self {
        // The block was found to be text before.
        let text = std::str::from_utf8(cell).unwrap_or_default();
        Self::new(unguard(text.trim()).as_bytes())
    }

    pub(super) fn new(bytes: &'b [u8]) -> Self {
        let mut head = [0; HEAD];
        let length = bytes.len().min(HEAD);
        head[..length].copy_from_slice(&bytes[..length]);
        Self { bytes, head: u128::from_le_bytes(head) }
    }

    pub(super) fn is_empty(self) -> bool {
        self.bytes.is_empty()
    }

    /// Folds it into a mark; its length enters, so that no two words run into each other.
    #[inline(always)]
    pub(super) fn fold(self, mark: u64) -> u64 {
        let mark = mix(mark, self.head as u64);
        let mut mark = mix(mark, (self.head >> 64) as u64 ^ SEED ^ self.bytes.len() as u64);
        for rest in self.bytes.get(HEAD..).unwrap_or_default().chunks(8) {
            mark = mix(mark, Word::new(rest).head as u64);
        }
        mark
    }
}

/// A word that is kept.
pub(super) struct Name {
    bytes: Vec<u8>,
    head: u128,
}

impl Name {
    pub(super) fn new(word: Word<'_>) -> Self {
        Self { bytes: word.bytes.to_vec(), head: word.head }
    }
    #[inline(always)]
    pub(super) fn is(&self, word: Word<'_>) -> bool {
        self.head == word.head
            && self.bytes.len() == word.bytes.len()
            && (word.bytes.len() <= HEAD || self.bytes == word.bytes)
    }
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// Where a mark begins.
pub(super) const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Folds eight bytes into a mark.
fn mix(mark: u64, word: u64) -> u64 {
    let wide = u128::from(mark ^ word) * u128::from(0xd6e8_feb8_6659_fd93_u64);
    (wide as u64) ^ ((wide >> 64) as u64)
}
