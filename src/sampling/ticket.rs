//! The ticket that puts cases in order.

use std::fmt;

use sha2::{Digest, Sha256};

/// SHA-256 over the UTF-8 bytes of seed, a comma, and case id, without spaces; shown as
/// lower-case hex. Cases are taken in the order of their tickets, so that a late or removed
/// case moves no other.
///
/// Source: R. L. Rivest, Consistent Sampling with Replacement (2018), as used by the sampler
/// of election audits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket([u8; 32]);

impl Ticket {
    /// The ticket of a case under a seed.
    pub fn new(seed: &str, case: &str) -> Self {
        Press::new(seed).ticket(case)
    }

    /// The first eight bytes as a number: enough to order all but one in billions of pairs.
    pub(super) fn start(self) -> u64 {
        let mut start = [0; 8];
        start.copy_from_slice(&self.0[..8]);
        u64::from_be_bytes(start)
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

/// Makes the tickets of one seed, whose part of the hash is computed once.
pub(super) struct Press(Sha256);

impl Press {
    pub(super) fn new(seed: &str) -> Self {
        Self(Sha256::new().chain_update(seed).chain_update(","))
    }

    pub(super) fn ticket(&self, case: &str) -> Ticket {
        Ticket(self.0.clone().chain_update(case).finalize().into())
    }
}

/// A SHA-256 of a file or form, shown as lower-case hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
    /// Of what a hasher was fed.
    pub fn from_hasher(hasher: Sha256) -> Self {
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_hash_of_seed_comma_case() {
        // printf '20261121,C-0001' | sha256sum
        let known = Hash::of(b"20261121,C-0001").to_string();
        assert_eq!(Ticket::new("20261121", "C-0001").to_string(), known);
        assert_eq!(
            Hash::of(b"abc").to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
