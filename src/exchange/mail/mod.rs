//! What travels between workspaces: keys, the sealed container, and what is in it.
//!
//! ```text
//! container  "casereview mail\n" | version (2 bytes, big end first) | sender's fingerprint (32)
//!            | Ed25519 signature (64) | age ciphertext to the receiver
//! signed     "casereview container v1\n" and everything but the signature
//! inside     "casereview inside v1\n" | sender's fingerprint | receiver's fingerprint
//!            | kind (1 byte) | content
//! ```
//!
//! A container is opened in this order: its length and first bytes, whether the sender is
//! known, the signature over every byte, the decryption, sender and receiver once more. Only
//! then is anything of the content read.

mod bundle;
mod card;
mod container;
mod draft;
mod identity;
mod order;

pub use bundle::{Outgoing, open_parcel, read_bundle, write_bundle};
pub use card::{CardError, read_card, write_card};
pub use container::{ContainerError, Content, Opened, Sender, open, pack, says_from};
pub use draft::draft;
pub use identity::{Identity, IdentityError, USUAL_WORK, WORK};
pub use order::{ContentError, read_order, write_order};
