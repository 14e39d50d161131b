//! All integration tests, one binary.

mod stats_agreement;
mod stats_allocate;
mod stats_estimate;
