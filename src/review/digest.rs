//! SHA-256 with a domain tag, and hex.

use sha2::{Digest as _, Sha256};

/// A SHA-256 being fed. The tag keeps hashes of different things apart; each part is
/// preceded by its length, so that parts can't be shifted against each other.
pub struct Digest(Sha256);

impl Digest {
    /// Begins with the tag and a line end.
    pub fn new(tag: &str) -> Self {
        let mut sha = Sha256::new();
        sha.update(tag.as_bytes());
        sha.update(b"\n");
        Self(sha)
    }
    /// Adds a part with its length (eight bytes, big end first) before it.
    pub fn part(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }
    /// The 32 bytes.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Lower-case hex.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    hex
}

/// Reads exactly `N` bytes of lower-case hex.
pub fn from_hex<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let digits = hex.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(bytes)
}
