//! A person's secret keys, in a file that a passphrase opens.

use age::secrecy::{ExposeSecret, SecretString};
use ed25519_dalek::Signer;
use serde::{Deserialize, Serialize};

use crate::review::{Card, PersonCode, Signature, SigningKey};

/// The first line of a key file; below it stands an age file that the passphrase opens.
const FIRST: &[u8] = b"casereview key v1\n";

/// Work factors of scrypt that are accepted: the cost is 2 to that power. Below 15 a
/// passphrase is cheap to guess; that is for tests.
pub const WORK: std::ops::RangeInclusive<u8> = 1..=22;

/// The usual work factor: about half a second and 256 MB for each try.
pub const USUAL_WORK: u8 = 18;

/// A person's secret keys.
pub struct Identity {
    card: Card,
    sign: ed25519_dalek::SigningKey,
    encrypt: age::x25519::Identity,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Secrets {
    code: PersonCode,
    name: String,
    sign: String,
    encrypt: String,
}

/// Why a key file can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Not a key file.
    #[error("it is not a key file")]
    NotAKey,
    /// The passphrase does not open it.
    #[error("the passphrase does not open it")]
    Passphrase,
    /// It asks for more work than is reasonable.
    #[error("it asks for more than this program will do to open it")]
    TooMuchWork,
    /// Damaged.
    #[error("it is damaged")]
    Damaged,
    /// The system gave no random bytes, or no memory.
    #[error("the keys can't be made: {0}")]
    System(String),
}

impl Identity {
    /// New keys for a person.
    ///
    /// # Errors
    /// The system has no random source.
    pub fn generate(code: PersonCode, name: &str) -> Result<Self, IdentityError> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|error| IdentityError::System(error.to_string()))?;
        let sign = ed25519_dalek::SigningKey::from_bytes(&secret);
        Ok(Self::of(code, name.to_owned(), sign, age::x25519::Identity::generate()))
    }

    fn of(
        code: PersonCode,
        name: String,
        sign: ed25519_dalek::SigningKey,
        encrypt: age::x25519::Identity,
    ) -> Self {
        let public = SigningKey(sign.verifying_key().to_bytes());
        let card = Card::new(code, name, public, encrypt.to_public().to_string());
        Self { card, sign, encrypt }
    }

    /// The public side.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Signs bytes.
    pub fn sign(&self, bytes: &[u8]) -> Signature {
        Signature(self.sign.sign(bytes).to_bytes())
    }

    /// Decrypts what was encrypted for this person; `None` when it was not, or was changed.
    pub fn decrypt(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        age::decrypt(&self.encrypt, bytes).ok()
    }

    /// The key file. `work` is the work factor of scrypt, see [`WORK`].
    ///
    /// # Errors
    /// The system gave no memory or random bytes.
    pub fn lock(&self, passphrase: &str, work: u8) -> Result<Vec<u8>, IdentityError> {
        let secrets = Secrets {
            code: self.card.code.clone(),
            name: self.card.name.clone(),
            sign: crate::review::to_hex(self.sign.as_bytes()),
            encrypt: self.encrypt.to_string().expose_secret().to_owned(),
        };
        let plain = serde_json::to_vec(&secrets).expect("codes and keys have a JSON form");
        let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase));
        recipient.set_work_factor(work.clamp(*WORK.start(), *WORK.end()));
        let sealed = age::encrypt(&recipient, &plain)
            .map_err(|error| IdentityError::System(error.to_string()))?;
        Ok([FIRST, &sealed].concat())
    }

    /// Opens a key file.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub fn unlock(file: &[u8], passphrase: &str) -> Result<Self, IdentityError> {
        let sealed = file.strip_prefix(FIRST).ok_or(IdentityError::NotAKey)?;
        let mut key = age::scrypt::Identity::new(SecretString::from(passphrase));
        key.set_max_work_factor(*WORK.end());
        let plain = age::decrypt(&key, sealed).map_err(|error| match error {
            age::DecryptError::ExcessiveWork { .. } => IdentityError::TooMuchWork,
            age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed => {
                IdentityError::Passphrase
            }
            _ => IdentityError::Damaged,
        })?;
        let secrets: Secrets =
            serde_json::from_slice(&plain).map_err(|_| IdentityError::Damaged)?;
        let sign = crate::review::from_hex(&secrets.sign).ok_or(IdentityError::Damaged)?;
        let encrypt = secrets.encrypt.parse().map_err(|_| IdentityError::Damaged)?;
        let sign = ed25519_dalek::SigningKey::from_bytes(&sign);
        Ok(Self::of(secrets.code, secrets.name, sign, encrypt))
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({})", self.card.code)
    }
}
