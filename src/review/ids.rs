//! Ids: of people, workspaces, rounds, readings, cases, and of what was hashed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::digest::{Digest, from_hex, to_hex};

/// Why a text is not the id it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadId {
    /// Not a person's code.
    #[error(
        "`{0}` is not a person's code: 1 to 32 letters, digits, `-`, `_` or `.`, beginning with a letter or digit"
    )]
    Person(String),
    /// Not a review number.
    #[error("`{0}` is not a review number: they look like R-0042")]
    Case(String),
    /// Not the hex digits of an id or hash.
    #[error("`{0}` is not {1} hex digits")]
    Hex(String, usize),
}

/// Reads and writes an id as its text in events.
macro_rules! text_in_events {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}

/// An id that is bytes, written as lower-case hex.
macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident, $size:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $size]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_hex(&self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                from_hex(text).map(Self).ok_or_else(|| BadId::Hex(text.to_owned(), 2 * $size))
            }
        }
        text_in_events!($name);
    };
}

hex_id!(
    /// Names a workspace for good; a restored copy gets a new one.
    WorkspaceId, 16
);
hex_id!(
    /// Names a round.
    RoundId, 8
);
hex_id!(
    /// Names a reading: one reviewer's form of one case.
    ReadingId, 8
);
hex_id!(
    /// Names one import of ratings, by its content.
    ImportId, 8
);
hex_id!(
    /// An event's hash: SHA-256 over domain tag, previous hash and stored body.
    EventHash, 32
);
hex_id!(
    /// The salted hash that stands for a text in an event.
    TextHash, 32
);
hex_id!(
    /// The hash of what an import brought, by which the same file is known again.
    ContentHash, 32
);

hex_id!(
    /// Names a card: SHA-256 over code, name and both public keys.
    Fingerprint, 32
);
hex_id!(
    /// A person's public Ed25519 key.
    SigningKey, 32
);
hex_id!(
    /// An Ed25519 signature.
    Signature, 64
);

impl EventHash {
    /// What stands before the first event of a chain.
    pub const NONE: Self = Self([0; 32]);
}

/// Where the ids of new things come from: the place in the log where they are born. No
/// two events share a place, so no two ids meet, and no random number is needed.
#[derive(Debug, Clone)]
pub struct Birthplace {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Who acts.
    pub author: PersonCode,
    /// The sequence number the first event of this act will have.
    pub seq: u64,
}

impl Birthplace {
    fn id(&self, what: &str, nth: usize) -> [u8; 8] {
        let digest = Digest::new("casereview id v1")
            .part(what.as_bytes())
            .part(&self.workspace.0)
            .part(self.author.as_str().as_bytes())
            .part(&self.seq.to_be_bytes())
            .part(&(nth as u64).to_be_bytes())
            .finish();
        let mut id = [0; 8];
        id.copy_from_slice(&digest[..8]);
        id
    }
    /// Id of the nth reading this act makes.
    pub fn reading(&self, nth: usize) -> ReadingId {
        ReadingId(self.id("reading", nth))
    }
    /// Id of the nth round this act makes.
    pub fn round(&self, nth: usize) -> RoundId {
        RoundId(self.id("round", nth))
    }
}

/// A person's code, never a name: 1 to 32 letters, digits, `-`, `_`, `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonCode(String);

impl PersonCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for PersonCode {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
        let good = (1..=32).contains(&text.len())
            && text.as_bytes()[0].is_ascii_alphanumeric()
            && text.bytes().all(plain);
        if good { Ok(Self(text.to_owned())) } else { Err(BadId::Person(text.to_owned())) }
    }
}

text_in_events!(PersonCode);

/// The review number a workspace gives a case: `R-0042`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber(pub u32);

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("R-{:04}", self.0))
    }
}

impl FromStr for CaseNumber {
    type Err = BadId;
    /// Reads `R-0042`, `r-42` and `42`.
    fn from_str(text: &str) -> Result<Self, BadId> {
        let digits = text.strip_prefix("R-").or(text.strip_prefix("r-")).unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let number = digits.parse().ok().filter(|n| plain && *n > 0);
        number.map(Self).ok_or_else(|| BadId::Case(text.to_owned()))
    }
}

text_in_events!(CaseNumber);

/// One author's line of events in one workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain {
    /// Who writes it.
    pub author: PersonCode,
    /// Where.
    pub workspace: WorkspaceId,
}

impl fmt::Display for Chain {
    /// `mary@1f0c9a2b`: the author and the beginning of the workspace id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.author, to_hex(&self.workspace.0[..4]))
    }
}
