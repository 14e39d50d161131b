//! Texts that stand apart from the event that brought them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Digest, TextHash};

/// What makes the hash of a short text unguessable; drawn anew for every text.
pub type Salt = [u8; 16];

/// A free text or an identifier. The event holds only its salted hash, so that the text
/// can be removed later (redaction, retention) while the chain still verifies.
#[derive(Debug, Clone)]
pub struct Words {
    hash: TextHash,
    text: Option<String>,
    salt: Option<Salt>,
}

impl Words {
    /// A new text.
    pub fn new(text: impl Into<String>, salt: Salt) -> Self {
        let text = text.into();
        Self { hash: text_hash(&salt, &text), text: Some(text), salt: Some(salt) }
    }
    /// A text already in the log; `None` once it was removed.
    pub fn known(hash: TextHash, text: Option<String>) -> Self {
        Self { hash, text, salt: None }
    }
    /// The text, unless it was removed (or not looked up yet).
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
    /// What stands for it in events.
    pub fn hash(&self) -> TextHash {
        self.hash
    }
    /// Salt and text of a new text, for the store to keep.
    pub fn fresh(&self) -> Option<(&Salt, &str)> {
        Some((self.salt.as_ref()?, self.text.as_deref()?))
    }
    /// Puts in the text found for the hash.
    pub fn fill(&mut self, text: Option<String>) {
        self.text = text;
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.text == other.text
    }
}

impl Eq for Words {}

/// The salted hash of a text.
pub fn text_hash(salt: &[u8], text: &str) -> TextHash {
    TextHash(Digest::new("casereview text v1").part(salt).part(text.as_bytes()).finish())
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.hash.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::known(TextHash::deserialize(from)?, None))
    }
}
