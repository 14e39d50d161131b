//! A draft that goes from one reader to the next without anyone between them reading it.

use crate::review::{Entry, Event, Parcel, SentText, Words, fold_reading};

use super::ContentError;

/// What a parcel's review holds, as the next reader's review starts with it.
///
/// # Errors
/// It is not what a parcel is.
pub fn draft(parcel: &Parcel) -> Result<(Vec<Entry>, Vec<SentText>), ContentError> {
    let texts = SentText::by_hash(&parcel.texts);
    let mut events = Vec::new();
    for chain in &parcel.chains {
        for sent in &chain.events {
            let hash = usize::try_from(sent.seq)
                .ok()
                .and_then(|seq| chain.hashes.get(seq.checked_sub(1)?))
                .ok_or(ContentError::Parcel)?;
            let mut event = Event::decode(sent.body.as_bytes(), *hash)
                .map_err(|error| ContentError::Shape(error.to_string()))?;
            for words in event.body.words() {
                let text = texts.get(&words.hash()).and_then(Words::text).map(str::to_owned);
                words.fill(text);
            }
            events.push(event);
        }
    }
    let reading = fold_reading(parcel.reading, events).ok_or(ContentError::Parcel)?;
    Ok((reading.entries(), parcel.texts.clone()))
}
