//! Frame, plan, allocation, tickets, receipt, verification, assignment.
//!
//! A [`Frame`] and a [`Plan`] with a seed give a [`Draw`], always the same one: no clock, no
//! random number, nothing of the machine goes in. [`Receipt::new`] writes it down so that
//! whoever holds the frame can do it again, and [`verify`] does.

mod draw;
mod draw_problem;
mod eligible;
mod field;
mod frame;
mod onsite;
mod page;
mod period;
mod plan;
mod receipt;
mod repeated;
mod seconds;
mod strata;
mod ticket;
mod verify;

pub use draw::{Draw, Drawn, DrawnStratum, Role, Supplement, draw, draw_with};
pub use draw_problem::DrawProblem;
pub use eligible::Removed;
pub use field::Field;
pub use frame::{Case, Frame, FrameBuilder, FrameProblem, FrameProblems, Layout, Stretch};
pub use page::{counts, page};
pub use period::{Period, parse_date};
pub use plan::{CheckedPlan, Mapping, Plan, check};
pub use receipt::{Origin, Receipt, ReceiptCase, ReceiptStratum, ReceiptSupplement};
pub use repeated::{Repeated, repeated};
pub use seconds::{SecondStratum, draw_seconds};
pub use ticket::{Hash, Ticket};
pub use verify::{Difference, verify};
