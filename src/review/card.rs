//! A person's public keys, and what is signed with them.

use super::{Digest, Fingerprint, PersonCode, Signature, SigningKey};

/// What others need to know of a person's keys. Its fingerprint binds all of it together, so
/// that comparing the fingerprint compares code, name and keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The person's code.
    pub code: PersonCode,
    /// Their printed name; empty once it was removed.
    pub name: String,
    /// Checks their signatures.
    pub sign: SigningKey,
    /// Encrypts for them: an age recipient, `age1...`.
    pub encrypt: String,
    /// Names the card.
    pub fingerprint: Fingerprint,
}

impl Card {
    /// The card of these keys.
    pub fn new(code: PersonCode, name: String, sign: SigningKey, encrypt: String) -> Self {
        let fingerprint = Fingerprint(
            Digest::new("casereview card v1")
                .part(code.as_str().as_bytes())
                .part(name.as_bytes())
                .part(&sign.0)
                .part(encrypt.as_bytes())
                .finish(),
        );
        Self { code, name, sign, encrypt, fingerprint }
    }

    /// Whether a signature over these bytes was made with this card's key. Only the one
    /// canonical form of a signature counts.
    pub fn signed(&self, bytes: &[u8], signature: &Signature) -> bool {
        signed_by(&self.sign, bytes, signature)
    }
}

/// Whether a signature over these bytes was made with a key.
pub fn signed_by(key: &SigningKey, bytes: &[u8], signature: &Signature) -> bool {
    let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
    ed25519_dalek::VerifyingKey::from_bytes(&key.0)
        .is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
}

/// Digits that are not mistaken for each other when read aloud.
const SPOKEN: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Fingerprint {
    /// The first 100 bits, as two people read them to each other: `7K2M-...`, five groups of
    /// four.
    pub fn short(&self) -> String {
        let mut text = String::with_capacity(24);
        for nth in 0..20 {
            if nth > 0 && nth % 4 == 0 {
                text.push('-');
            }
            let value = (0..5).fold(0_usize, |value, bit| {
                let at = 5 * nth + bit;
                value << 1 | usize::from(self.0[at / 8] >> (7 - at % 8) & 1)
            });
            text.push(char::from(SPOKEN[value]));
        }
        text
    }

    /// Whether a person typed this fingerprint: case, spaces and dashes don't matter, and
    /// letters that look like digits count as those.
    pub fn is_typed(&self, text: &str) -> bool {
        let typed = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| {
            match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            }
        });
        typed.eq(self.short().chars().filter(|c| *c != '-'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_aloud_and_typed_back() {
        let mut bytes = [0; 32];
        bytes[..2].copy_from_slice(&[0b0000_1000, 0b1000_0000]);
        let print = Fingerprint(bytes);
        assert_eq!(print.short(), "1200-0000-0000-0000-0000");
        assert!(print.is_typed("l2OO 0000-0000 00000000"));
        assert!(!print.is_typed("1200-0000-0000-0000"));
        assert!(!print.is_typed("1300-0000-0000-0000-0000"));
    }

    #[test]
    fn a_fingerprint_binds_everything_on_the_card() {
        let code = |text: &str| text.parse::<PersonCode>();
        let (Ok(mary), Ok(john)) = (code("mary"), code("john")) else { panic!("good codes") };
        let card = |code: &PersonCode, name: &str, key: u8, seal: &str| {
            Card::new(code.clone(), name.to_owned(), SigningKey([key; 32]), seal.to_owned())
                .fingerprint
        };
        let first = card(&mary, "Mary", 1, "age1x");
        assert_eq!(first, card(&mary, "Mary", 1, "age1x"));
        for other in [
            card(&john, "Mary", 1, "age1x"),
            card(&mary, "Marya", 1, "ge1x"),
            card(&mary, "Mary", 2, "age1x"),
            card(&mary, "Mary", 1, "age1y"),
        ] {
            assert_ne!(first, other);
        }
    }
}
