//! Alerts: the open ones, and recording one from wherever the person is.

mod state;

pub use state::{Ask, Doing, Line, SHEETS, Slot, State, Told};
