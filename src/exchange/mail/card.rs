//! A person's card as a file: one JSON object, signed with the key it shows.

use serde::{Deserialize, Serialize};

use crate::review::{Card, PersonCode, Signature, SigningKey};

use super::Identity;

/// What the first key of a card file says.
const KIND: &str = "card v1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CardFile {
    casereview: String,
    code: PersonCode,
    name: String,
    sign: SigningKey,
    encrypt: String,
    signature: Signature,
}

/// Why a file is no card.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// Not the shape of one.
    #[error("it is not a card: {0}")]
    Shape(String),
    /// Of another version.
    #[error("it is a {0}, which this version does not know")]
    Version(String),
    /// The signature does not fit.
    #[error("it was changed: its signature does not fit")]
    Changed,
    /// Its key can't encrypt.
    #[error("its encryption key can't be used")]
    Key,
}

/// The card as a file.
pub fn write_card(identity: &Identity) -> String {
    let card = identity.card();
    let file = CardFile {
        casereview: KIND.to_owned(),
        code: card.code.clone(),
        name: card.name.clone(),
        sign: card.sign,
        encrypt: card.encrypt.clone(),
        signature: identity.sign(&message(card)),
    };
    let mut text = serde_json::to_string_pretty(&file).expect("codes and keys have a JSON form");
    text.push('\n');
    text
}

/// Reads a card file. The signature shows that it is whole and that its owner holds the key;
/// whose it is, only comparing the fingerprint shows.
///
/// # Errors
/// [`CardError`].
pub fn read_card(text: &str) -> Result<Card, CardError> {
    let file: CardFile =
        serde_json::from_str(text).map_err(|error| CardError::Shape(error.to_string()))?;
    if file.casereview != KIND {
        return Err(CardError::Version(file.casereview));
    }
    let card = Card::new(file.code, file.name, file.sign, file.encrypt);
    if !card.signed(&message(&card), &file.signature) {
        return Err(CardError::Changed);
    }
    if card.encrypt.parse::<age::x25519::Recipient>().is_err() {
        return Err(CardError::Key);
    }
    Ok(card)
}

fn message(card: &Card) -> Vec<u8> {
    [&b"casereview card signature v1\n"[..], &card.fingerprint.0].concat()
}
