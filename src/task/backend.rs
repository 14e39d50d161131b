//! The outside, as the tasks need it. `cli` joins a workspace to it; tests use a fake.

use super::{App, Effect, Event, Reply, update};

/// Carries out effects. What it can't do it says in its reply; it never panics.
pub trait Backend {
    /// Carries out one effect. [`Effect::Draft`] and [`Effect::Quit`] have no reply.
    fn carry_out(&mut self, effect: Effect) -> Option<Reply>;

    /// Whether something is being done aside, whose [`news`](Self::news) come later.
    fn is_busy(&self) -> bool {
        false
    }

    /// What came of it since it was asked last.
    fn news(&mut self) -> Option<Reply> {
        None
    }
}

/// Updates the state by an event, carries out the effects, and feeds their replies back
/// until nothing is left to do. True when the program is to end.
pub fn drive(app: &mut App, backend: &mut dyn Backend, event: Event) -> bool {
    let effects = update(app, event);
    carry_out(app, backend, effects)
}

/// Carries out effects and feeds their replies back. True when the program is to end.
pub fn carry_out(app: &mut App, backend: &mut dyn Backend, effects: Vec<Effect>) -> bool {
    let mut waiting: std::collections::VecDeque<Effect> = effects.into();
    let mut ends = false;
    while let Some(effect) = waiting.pop_front() {
        if effect == Effect::Quit {
            ends = true;
        } else if let Some(reply) = backend.carry_out(effect) {
            waiting.extend(update(app, Event::Outside(reply)));
        }
    }
    ends
}
