//! The signature under the seal of a reading.

use super::{Card, CaseNumber, Digest, Fingerprint, Reading, ReadingId, ReadingSigned, Signature};

/// What an author's signature under a review stands for.
pub const AUTHORSHIP: &str = "authorship";

/// The meaning of a signature in words.
pub fn meaning_words(meaning: &str) -> &str {
    match meaning {
        AUTHORSHIP => "I made this review; these are my answers",
        other => other,
    }
}

/// The bytes that a signature under a seal is over: the reading and its answers, the place in
/// the author's chain, the edition, the time, the meaning, and the card with the printed name.
pub fn seal_message(reading: ReadingId, case: CaseNumber, signed: &ReadingSigned) -> Vec<u8> {
    let digest = Digest::new("casereview seal v1")
        .part(&reading.0)
        .part(case.to_string().as_bytes())
        .part(signed.head.author.as_str().as_bytes())
        .part(&signed.head.workspace.0)
        .part(&signed.head.seq.to_be_bytes())
        .part(&signed.head.hash.0)
        .part(&signed.reading.0)
        .part(signed.instrument.as_bytes())
        .part(signed.at.to_string().as_bytes())
        .part(signed.meaning.as_bytes())
        .part(&signed.key.0)
        .finish();
    [&b"casereview seal signature v1\n"[..], &digest].concat()
}

/// The seal of a submitted reading, ready to be signed; the signature is still empty.
/// `None` for a reading that is not submitted.
pub fn to_sign(reading: &Reading, key: Fingerprint) -> Option<ReadingSigned> {
    let seal = reading.seal.as_ref()?;
    Some(ReadingSigned {
        head: seal.head.clone(),
        reading: seal.data.reading,
        instrument: seal.data.instrument.clone(),
        at: seal.at,
        meaning: AUTHORSHIP.to_owned(),
        key,
        signature: Signature([0; 64]),
    })
}

/// What is wrong with the signature under a reading's seal, made with this card; `None` when
/// it holds.
pub fn signature_problem(reading: &Reading, signed: &ReadingSigned, card: &Card) -> Option<String> {
    let Some(wanted) = to_sign(reading, card.fingerprint) else {
        return Some("the review is signed but not submitted".to_owned());
    };
    let bare = ReadingSigned { signature: wanted.signature, ..signed.clone() };
    if bare != wanted {
        return Some("the signature is for another state of the review".to_owned());
    }
    let message = seal_message(reading.id, reading.case.number, signed);
    let holds = card.code == reading.reviewer && card.signed(&message, &signed.signature);
    (!holds).then(|| "the signature does not fit".to_owned())
}
