//! Work that goes between workspaces: keys and cards, work orders, sealed bundles, evidence.

mod alert;
mod bundle;
mod bundle_out;
mod evidence;
mod identity;
mod keys;
mod opening;
mod sending;
mod taken_back;
mod team;
mod work;

pub use alert::{Alert, NEVER_INSTEAD, way_back};
pub use bundle::Bundle;
pub use evidence::Evidence;
pub use identity::Identity;
pub use team::Team;
pub use work::Work;
