//! The instruments compiled in, so that the binary alone works.

use std::sync::{Arc, OnceLock};

use super::{Instrument, check};

/// An instrument that is compiled in.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// Its id, which is also its file's name.
    pub id: &'static str,
    /// Its file's text.
    pub text: &'static str,
}

/// The instrument used where none is named.
pub const DEFAULT: &str = "cfsr-r2-items-14-20";

macro_rules! ship {
    ($($id:literal),* $(,)?) => {
        [$(Shipped { id: $id, text: include_str!(concat!("../../instruments/", $id, ".toml")) }),*]
    };
}

static SHIPPED: [Shipped; 11] = ship![
    "cfsr-r2-items-14-20",
    "cfsr-r3",
    "cfsr-r3-well-being",
    "cfsr-r4",
    "tn-qri",
    "tn-case-process-review",
    "quality-contacts",
    "ms-practice-model",
    "foster-care-review",
    "supervisory-review",
    "case-plan",
];

/// Every instrument compiled in, the default first.
pub fn shipped() -> &'static [Shipped] {
    &SHIPPED
}

/// A compiled-in instrument, built at the first call and kept. Tests check each of them in
/// full, so its tables are not proven again here.
pub fn load_shipped(id: &str) -> Option<Arc<Instrument>> {
    static LOADED: [OnceLock<Option<Arc<Instrument>>>; SHIPPED.len()] =
        [const { OnceLock::new() }; SHIPPED.len()];
    let at = SHIPPED.iter().position(|shipped| shipped.id == id)?;
    LOADED[at].get_or_init(|| check::build(SHIPPED[at].text).map(Arc::new)).clone()
}
