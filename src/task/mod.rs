//! What a person does, as pure state machines: start, queue, review, submission, results,
//! agreement, and reading instruments.
//!
//! [`update`] is the only thing that changes an [`App`]; it reads no clock and no file. Both
//! faces work alike: turn input into an [`Event`] ([`route`] does it for keys), call
//! [`drive`] with a [`Backend`], draw. The [`action::TABLE`] is the one list of what can be
//! done; footer, help, key routing and the plain face's commands are made from it.

pub mod action;
pub mod agreement;
pub mod alerts;
pub mod board;
pub mod browse;
pub mod drawing;
pub mod form;
pub mod goals;
pub mod help;
pub mod list;
pub mod quality;
pub mod queue;
pub mod reconcile;
pub mod results;
pub mod review;
pub mod saving;
pub mod start;

mod app;
mod available;
mod backend;
mod event;
mod key;
mod learn;
mod noting;
mod open;
mod twice;
mod typing;
mod update;

pub use action::Action;
pub use app::{App, Screen, Size};
pub use available::{available, footer, is_available, route};
pub use backend::{Backend, carry_out, drive};
pub use event::{Change, Effect, Event, Field, MOVED, Reply, Way, Write};
pub use key::Key;
pub use update::update;
