//! A work order as bytes: one JSON document.

use crate::review::{ContentHash, TextHash, WorkOrder};

/// Why the content of verified mail can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Not what its version says.
    #[error("what it holds can't be read: {0}")]
    Shape(String),
    /// Of a newer version.
    #[error("it was made by a newer version of casereview")]
    Newer,
    /// A text that an entry names is not in it.
    #[error("the text {0} is missing in it")]
    Text(TextHash),
    /// Sender or receiver are others than the keys say.
    #[error("it names other people than its keys do")]
    People,
    /// A parcel that can't be decrypted, or is not what its label says.
    #[error("a parcel in it is not what its label says")]
    Parcel,
}

/// The bytes of a work order.
pub fn write_order(order: &WorkOrder) -> Vec<u8> {
    serde_json::to_vec(order).expect("ids, codes and texts have a JSON form")
}

/// Reads a work order, its texts filled in, with its hash.
///
/// # Errors
/// [`ContentError`].
pub fn read_order(bytes: &[u8]) -> Result<(WorkOrder, ContentHash), ContentError> {
    let mut order: WorkOrder =
        serde_json::from_slice(bytes).map_err(|error| ContentError::Shape(error.to_string()))?;
    if order.v > WorkOrder::VERSION {
        return Err(ContentError::Newer);
    }
    order.fill().map_err(ContentError::Text)?;
    Ok((order, WorkOrder::hash(bytes)))
}
