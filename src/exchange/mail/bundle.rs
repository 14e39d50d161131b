//! A bundle as bytes: a line of labels, then parcels, each encrypted by itself so that one can
//! stay closed while another is opened.

use serde::{Deserialize, Serialize};

use crate::review::{Card, Parcel, ParcelLabel, PersonCode};

use super::container::encrypt;
use super::{ContainerError, ContentError, Identity};

/// A parcel's length is a multiple of this, so that its size tells little of what it holds.
const ROUND: usize = 16 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    v: u32,
    from: PersonCode,
    parcels: Vec<Labelled>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    label: ParcelLabel,
    length: usize,
}

const VERSION: u32 = 1;

/// A parcel to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// What leaves.
    pub parcel: Parcel,
    /// The reading is sealed.
    pub sealed: bool,
    /// It is evidence alone.
    pub evidence: bool,
}

/// The bytes of a bundle of parcels.
///
/// # Errors
/// The receiver's card holds no usable key, or the system has no random source.
pub fn write_bundle(
    from: &Identity,
    to: &Card,
    parcels: &[Outgoing],
) -> Result<Vec<u8>, ContainerError> {
    let mut labels = Labels { v: VERSION, from: from.card().code.clone(), parcels: Vec::new() };
    let mut bodies = Vec::new();
    for Outgoing { parcel, sealed, evidence } in parcels {
        let mut plain = serde_json::to_vec(parcel).expect("events and texts have a JSON form");
        plain.resize(plain.len().next_multiple_of(ROUND), b' ');
        let digest = ParcelLabel::digest_of(&plain);
        let label =
            ParcelLabel { reading: parcel.reading, sealed: *sealed, evidence: *evidence, digest };
        let body = encrypt(to, &plain)?;
        labels.parcels.push(Labelled { label, length: body.len() });
        bodies.push(body);
    }
    let mut bytes = serde_json::to_vec(&labels).expect("labels have a JSON form");
    bytes.push(b'\n');
    bytes.extend(bodies.concat());
    Ok(bytes)
}

/// Reads a bundle; its parcels stay closed.
///
/// # Errors
/// [`ContentError`].
pub fn read_bundle(from: &Card, bytes: &[u8]) -> Result<Vec<(ParcelLabel, Vec<u8>)>, ContentError> {
    let shape = |what: &str| ContentError::Shape(what.to_owned());
    let end = bytes.iter().position(|b| *b == b'\n').ok_or_else(|| shape("it has no labels"))?;
    let (line, mut rest) = bytes.split_at(end);
    rest = &rest[1..];
    let labels: Labels = serde_json::from_slice(line).map_err(|error| shape(&error.to_string()))?;
    if labels.v > VERSION {
        return Err(ContentError::Newer);
    }
    if labels.from != from.code {
        return Err(ContentError::People);
    }
    let mut parcels = Vec::with_capacity(labels.parcels.len());
    for Labelled { label, length } in labels.parcels {
        let (body, after) =
            rest.split_at_checked(length).ok_or_else(|| shape("it is too short"))?;
        parcels.push((label, body.to_vec()));
        rest = after;
    }
    if rest.is_empty() { Ok(parcels) } else { Err(shape("it is too long")) }
}

/// Opens one parcel.
///
/// # Errors
/// It is not for this key, or not what its label says.
pub fn open_parcel(
    me: &Identity,
    label: &ParcelLabel,
    body: &[u8],
) -> Result<Parcel, ContentError> {
    let plain = me.decrypt(body).ok_or(ContentError::Parcel)?;
    if ParcelLabel::digest_of(&plain) != label.digest {
        return Err(ContentError::Parcel);
    }
    serde_json::from_slice(&plain).map_err(|error| ContentError::Shape(error.to_string()))
}
