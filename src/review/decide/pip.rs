//! The Program Improvement Plan of a workspace.

use crate::review::{About, Decided, EventBody, PipPlanSet, Refusal, Words};

use super::{Decision, Known, lead};

/// Puts a plan in force; nothing happens where the same one is in force already.
pub(super) fn set_plan(known: &dyn Known, plan: &str) -> Result<Decision, Refusal> {
    lead(known)?;
    if known.team().plan().and_then(|set| set.text.as_deref()) == Some(plan) {
        return Ok(Decision::default());
    }
    let data = PipPlanSet { plan: Words::new(plan, known.salt()) };
    let body = EventBody::PipPlanSet(Box::new(data));
    Ok(Decision { events: vec![Decided { about: About::Team, body }], notes: Vec::new() })
}
