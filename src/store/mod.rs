//! A workspace in one SQLite file: the log, what is made from it, migrations, backup.
//!
//! Only `workspace`, `chain`, `event`, `withheld`, `words`, `instrument`, `draft`, `parcel`
//! and `fork` hold anything of their own; every other table is made from the events, in the transaction that writes
//! them, and can be made again with the same result.

mod alerts;
mod backup;
mod days;
mod drafts;
mod editions;
mod error;
mod file;
mod handout;
mod intake;
mod known;
mod load;
mod log;
mod migrations;
mod opening;
mod overrides;
mod pairs;
mod parcels;
mod project;
mod quality;
mod query;
mod queue;
mod readings;
mod rebuild;
mod sample;
mod settings;
mod show;
mod surroundings;
mod veil;
mod verify;
mod workspace;

pub use alerts::AlertRow;
pub use backup::Restored;
pub use days::ReviewMoments;
pub use editions::Editions;
pub use error::{ActError, StoreError};
pub use intake::{HeldParcel, IntakeError, TakenIn};
pub use overrides::OverrideRow;
pub use pairs::PairRow;
pub use parcels::KeptOut;
pub use quality::QaRow;
pub use query::RoundRow;
pub use queue::{CaseRow, QueueFilter};
pub use readings::{PackedReading, ReadingRow};
pub use sample::{SampleCase, SampleCounts};
pub use show::LogLine;
pub use surroundings::Surroundings;
pub use verify::Verified;
pub use workspace::{Committed, NewWorkspace, TakenOrder, Workspace};
