//! Aggregation as plain data, then renderers.
//!
//! One row per final reading, its facts, ratings and answers packed ([`Facts`],
//! [`AnswerPlaces`]), goes once through a [`Tally`] (ratings of items and outcomes) or a
//! [`Counter`] of a [`Subject`] (questions, sections, participants, ...), both [`Counting`].
//! What comes out is an [`ItemTable`], an [`OutcomeTable`], a [`ShareTable`] or an
//! [`IssueTable`]. Each of them is also a [`Sheet`] of typed cells, which the CSV and JSON
//! renderers write without knowing which report it is, so that a further report or format is
//! one more file here. Agreement of two readers ([`Twice`]) is counted on pairs of reviews and
//! has a room of its own.

mod agreement;
mod bars;
mod causes;
pub mod chart;
mod column;
mod components;
mod counting;
mod counts;
mod crosswalk;
mod csv;
mod edition;
mod eliminations;
pub mod explore;
mod groups;
mod interner;
mod issues;
mod issues_text;
mod items;
mod json;
mod lateness;
mod meaning;
mod measures;
mod narratives;
mod noted;
mod outcomes;
mod packed;
pub mod page;
mod participants;
mod questions;
mod reading;
mod reasons;
mod sections;
mod sensitivity;
mod share;
mod sheet;
mod sources;
mod state;
mod subject;
pub mod suppress;
mod tally;
mod text;
mod trend;
mod trend_text;

pub use agreement::{
    AgreementLine, AgreementQuery, AgreementRow, AgreementTable, Figures, Mark, Matrix, MatrixCell,
    Measured, NO_MODE, PairColumn, PairFilter, Twice, TwiceCase, TwiceFacts, TwiceRead,
    agreement_text, cases_sheet, cases_text, matrix_sheet, matrix_text, mode_title, pair_name,
};
pub use causes::{CAUSES, Cause, CauseKind, CauseLines, CauseRow, CauseTable, causes};
pub use column::{Column, Filter, UnknownColumn, is_part, kept};
pub use components::Components;
pub use counting::{Counting, not_counted};
pub use crosswalk::{Across, Crossing, across};
pub use csv::render as csv;
pub use edition::{Edition, ItemHead, OutcomeHead};
pub use eliminations::{EliminationRow, EliminationTable, SampledCase, eliminations};
pub use interner::Interner;
pub use issues::{Cited, IssueRow, IssueTable, Issues};
pub use issues_text::issues_text;
pub use items::{ItemRow, ItemTable};
pub use json::render as json;
pub use lateness::{LatenessRow, LatenessTable, Stage, Standing, lateness};
pub use meaning::meaning;
pub use measures::Measures;
pub use narratives::{Look, NarrativeTable, SHORT, Texts, look};
pub use noted::{Noted, counted};
pub use outcomes::{OutcomeRow, OutcomeTable};
pub use packed::{AnswerPlaces, EDITION, Facts, number, option};
pub use participants::Participants;
pub use questions::Questions;
pub use reading::{ABSENT, FinalReading};
pub use reasons::Reasons;
pub use sections::Sections;
pub use sensitivity::{Bounds, bounded_sheet, bounds, bounds_text};
pub use share::{ShareRow, ShareTable};
pub use sheet::{Cell, Sheet};
pub use sources::Sources;
pub use state::{FrameStratum, StateRow, StateTable, state_table, state_text};
pub use subject::{Counter, Line, Lines, Shape, Subject};
pub use tally::{Query, Tally};
pub use text::{SMALL, items_text, outcomes_text, shares_text};
pub use trend::{TrendRow, TrendTable};
pub use trend_text::trend_text;
