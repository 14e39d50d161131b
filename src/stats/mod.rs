//! Proportions, stratified estimates, agreement, PIP goals: pure functions.
//!
//! Every function names the source of its formula. Counts are `u64`, proportions `f64`
//! from 0 to 1, unrounded; what is undefined is `None`, never NaN. Rounding is for
//! [`percent_text`] and its kin, at the moment of printing.

mod agreement;
mod allocate;
mod beta;
mod chance;
mod estimate;
mod goal;
mod interval;
mod level;
mod percent;
mod ratio;
mod size;

pub use agreement::{Agreement, Coefficient, Reader, agreement, krippendorff};
pub use allocate::{AllocationError, Stratum, allocate, allocate_at_least};
pub use beta::{beta_quantile, regularised_beta, t_quantile};
pub use chance::{binomial_tails, fisher};
pub use estimate::{Estimate, EstimateError, StratumCount, stratified};
pub use goal::{Goal, PIP_Z, pip_goal};
pub use interval::{Change, Interval, exact, funnel, newcombe, wilson};
pub use level::{Level, LevelError, normal_quantile};
pub use percent::{percent_cell, percent_text, proportion_text};
pub use ratio::ratio_interval;
pub use size::{SizeError, power_size, sample_size};
