//! The hash of a file, taken while it is read.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use crate::sampling::Hash;

/// A reader that knows the hash of what was read.
pub trait Hashed: Read {
    /// The hash of the file so far.
    fn hash(&mut self) -> Hash;
}

/// Feeds a hash with all that is read.
pub struct Hashing<R> {
    file: R,
    hasher: Sha256,
}

impl<R> Hashing<R> {
    /// Starts with a file that nothing was read of.
    pub fn new(file: R) -> Self {
        Self { file, hasher: Sha256::new() }
    }
}

impl<R: Read> Hashed for Hashing<R> {
    fn hash(&mut self) -> Hash {
        Hash::from_hasher(std::mem::take(&mut self.hasher))
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer)?;
        self.hasher.update(&buffer[..length]);
        Ok(length)
    }
}
