//! Program Improvement Plans: the plan file, baseline and goals, and where each measure stands.
//!
//! Measures are unweighted, baseline and periods by one method: percent Strength of applicable
//! cases. Only reviews of kind baseline or pip whose case was drawn (a draw here, or a sample
//! named by the import) are measured; those made with another instrument across the crosswalk,
//! where an item means the same.
//!
//! # The plan file
//!
//! TOML; every key may be left out but those marked *.
//!
//! | table | keys |
//! |---|---|
//! | `[plan]` | `title`*; `instrument`*: id; `effective`*: first day, `2026-01-01`; `ends`*: last day of implementation; `non-overlapping-ends`: last day of the year after it that is still measured; `practice = true`: reviews of kind practice are measured, and every page says so |
//! | `[method]` | `baseline`*: its period, `2025`, `2025-H2`, `2025-01-01/2025-09-30`; `periods`: `"half-years"` (default), `"rolling-twelve-months"` (twelve months that begin every six), or a list of periods; `z` (1.28); `rounding`: `"none"` (default), `"tenth"`, `"whole"`: of a percent, before percent and goal are compared; `minimum`: applicable cases a period needs (1); `level` of the intervals (95); `confidence` and `power` of the next sample's size (80, 80); `expect`: points above the goal at which the next period is expected where it lies below now (5) |
//! | `[mix]` | `by`: any of `case_type`, `region`, `county`, `metro` (default `case_type`); `metro`: the counties that are metro; `tolerance`: points (5) |
//! | `[[item]]` | `item`*: id; `minimum`; `goal`: percent, agreed instead of computed; `baseline = { period, strength, applicable }`: known in numbers only |
//! | `[[aggregate]]` | a measure of numerator and denominator: `id`*, `title`*, `baseline`* `= { period, numerator, denominator }`, `goal`, `minimum`, and `[[aggregate.period]]` with `period`*, `numerator`*, `denominator`* |
//! | `[[strategy]]` | `title`*; `items`: ids of items or aggregates (default all); `region` or `county` (default statewide); `owner`*: a role, no name; `due`*: day; `approved-by`; `status`: `planned` (default), `under-way`, `done`, `dropped` |

mod check;
mod count;
mod crossed;
mod judge;
mod page;
mod parts;
mod periods;
mod plan;
mod sentences;
mod sheet;
mod standing;
mod text;

pub use check::{CheckedPlan, check};
pub use count::{Counted, LeftOut, Measurement, Reading};
pub use page::{baseline_page, status_page};
pub use periods::Window;
pub use plan::{
    Aggregate, Baseline, ItemMeasure, Method, Mix, MixBy, Periods, Plan, Rounding, Strategy,
    StrategyStatus, TypedPeriod,
};
pub use sheet::{baseline_sheet, strategy_sheet};
pub use standing::{
    Expected, Goal, MeasureStanding, MixCheck, NextSize, PeriodRow, Standing, State,
};
pub use text::{bar, baseline_text, status_text};
