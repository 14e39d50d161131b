//! Figures as inline SVG, drawn from plain numbers.
//!
//! Each function gives one `<svg>` that scales with its page and takes its colours from the
//! page's style sheet (classes `ink`, `soft`, `line`, `accent`, `weak`, `grid`, `s0`...), so
//! that dark mode and printing need nothing here. A figure is decoration to a screen reader
//! (`aria-hidden`): the table behind it says the same, and its caption points there. Nothing is
//! told by colour alone: numbers, signs and patterns of dashes stand beside it.

mod bars;
mod funnel;
mod heat;
mod lines;
mod stacked;
mod svg;

pub use bars::{Bar, bars};
pub use funnel::{Dot, funnel};
pub use heat::{Heat, HeatCell, heat};
pub use lines::{Line, Point, lines};
pub use stacked::{Stack, stacked};
