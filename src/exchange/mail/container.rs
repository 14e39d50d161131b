//! The container: signed as a whole, encrypted for one receiver.

use crate::review::{Card, Fingerprint, PersonCode, Signature};

use super::Identity;

const MAGIC: &[u8; 16] = b"casereview mail\n";
const VERSION: u16 = 1;
const SIGNED: &[u8] = b"casereview container v1\n";
const INSIDE: &[u8] = b"casereview inside v1\n";
/// Magic, version and fingerprint; the signature stands behind them.
const HEAD: usize = 16 + 2 + 32;
const SIGNATURE: usize = 64;

/// What a container holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A work order, from lead to reader.
    Order,
    /// Reviews, from reader to lead.
    Bundle,
}

impl Content {
    fn code(self) -> u8 {
        match self {
            Self::Order => 1,
            Self::Bundle => 2,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Order => "a work order",
            Self::Bundle => "a bundle of reviews",
        }
    }
}

impl std::fmt::Display for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

/// What is known of a fingerprint.
#[derive(Debug, Clone)]
pub enum Sender {
    /// Someone's card.
    Known(Card),
    /// A card that another took the place of.
    Replaced(PersonCode),
    /// Nobody's.
    Unknown,
}

/// A container that was verified and decrypted.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Who sent it.
    pub from: Card,
    /// What was put in.
    pub content: Vec<u8>,
}

/// Why a container is refused. Nothing of its content was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContainerError {
    /// Another kind of file.
    #[error("it is neither a work order nor a bundle")]
    NotMail,
    /// No bytes.
    #[error("it is empty")]
    Empty,
    /// The beginning of one.
    #[error("it is cut off: its first {0} bytes are all there is")]
    CutOff(usize),
    /// Of a newer version.
    #[error("it was made by a newer version of casereview")]
    Newer,
    /// Nobody here knows the sender.
    #[error("its sender is unknown here: card {}", .0.short())]
    UnknownSender(Fingerprint),
    /// Signed with a key that is no longer good.
    #[error("it was signed with a key of {0} that has been replaced")]
    Replaced(PersonCode),
    /// Changed on the way, or not signed by whom it says.
    #[error("its signature does not fit: it was changed, or is not whole")]
    Changed,
    /// For somebody else.
    #[error("it is not for {0}, or not for this key")]
    NotForMe(PersonCode),
    /// Sender or receiver inside are others than outside.
    #[error("it was put together from parts of different mail")]
    Mixed,
    /// Not what was expected.
    #[error("it is not {wanted}")]
    Other {
        /// What was expected.
        wanted: Content,
    },
}

/// Packs content for one receiver.
///
/// # Errors
/// The receiver's card holds no usable key, or the system has no random source.
pub fn pack(
    from: &Identity,
    to: &Card,
    kind: Content,
    content: &[u8],
) -> Result<Vec<u8>, ContainerError> {
    let plain =
        [INSIDE, &from.card().fingerprint.0, &to.fingerprint.0, &[kind.code()], content].concat();
    let sealed = encrypt(to, &plain)?;
    let mut mail = Vec::with_capacity(HEAD + SIGNATURE + sealed.len());
    mail.extend_from_slice(MAGIC);
    mail.extend_from_slice(&VERSION.to_be_bytes());
    mail.extend_from_slice(&from.card().fingerprint.0);
    let signature = from.sign(&[SIGNED, &mail, &sealed].concat());
    mail.extend_from_slice(&signature.0);
    mail.extend_from_slice(&sealed);
    Ok(mail)
}

/// Encrypts for the owner of a card, without saying who did.
///
/// # Errors
/// The card holds no usable key, or the system has no random source.
pub fn encrypt(to: &Card, plain: &[u8]) -> Result<Vec<u8>, ContainerError> {
    let unusable = || ContainerError::NotForMe(to.code.clone());
    let recipient: age::x25519::Recipient = to.encrypt.parse().map_err(|_| unusable())?;
    age::encrypt(&recipient, plain).map_err(|_| unusable())
}

/// Whose key signed a container, as its head says; nothing of it was checked.
pub fn says_from(mail: &[u8]) -> Option<Fingerprint> {
    let print = mail.strip_prefix(MAGIC)?.get(2..34)?;
    Some(Fingerprint(print.try_into().ok()?))
}

/// Opens a container, in the order that the room's text names.
///
/// # Errors
/// [`ContainerError`].
pub fn open(
    mail: &[u8],
    me: &Identity,
    wanted: Content,
    sender: &dyn Fn(Fingerprint) -> Sender,
) -> Result<Opened, ContainerError> {
    if mail.is_empty() {
        return Err(ContainerError::Empty);
    }
    let begins = mail.len().min(MAGIC.len());
    if mail[..begins] != MAGIC[..begins] {
        return Err(ContainerError::NotMail);
    }
    if mail.len() < HEAD + SIGNATURE {
        return Err(ContainerError::CutOff(mail.len()));
    }
    let (head, rest) = mail.split_at(HEAD);
    let (signature, sealed) = rest.split_at(SIGNATURE);
    if head[16..18] != VERSION.to_be_bytes() {
        return Err(ContainerError::Newer);
    }
    let mut print = Fingerprint([0; 32]);
    print.0.copy_from_slice(&head[18..]);
    let from = match sender(print) {
        Sender::Known(card) => card,
        Sender::Replaced(code) => return Err(ContainerError::Replaced(code)),
        Sender::Unknown => return Err(ContainerError::UnknownSender(print)),
    };
    let mut told = Signature([0; 64]);
    told.0.copy_from_slice(signature);
    if !from.signed(&[SIGNED, head, sealed].concat(), &told) {
        return Err(ContainerError::Changed);
    }
    let not_mine = || ContainerError::NotForMe(me.card().code.clone());
    let plain = me.decrypt(sealed).ok_or_else(not_mine)?;
    let inside = plain.strip_prefix(INSIDE).ok_or(ContainerError::Mixed)?;
    let inside = inside.strip_prefix(&from.fingerprint.0).ok_or(ContainerError::Mixed)?;
    let inside = inside.strip_prefix(&me.card().fingerprint.0).ok_or_else(not_mine)?;
    match inside.split_first() {
        Some((kind, content)) if *kind == wanted.code() => {
            Ok(Opened { from, content: content.to_vec() })
        }
        Some(_) => Err(ContainerError::Other { wanted }),
        None => Err(ContainerError::Mixed),
    }
}
