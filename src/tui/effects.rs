//! Carrying out what the tasks want done, with a frame before anything that may take time.

use std::collections::VecDeque;

use crate::task::{App, Backend, Effect, Event, update};

/// Updates the state by an event and carries out the effects until none is left; replies go
/// back into the state. True when the program is to end.
///
/// `show` draws the state. It is called before an effect that touches the disk, so that a
/// frame that says "saved" is never on screen while a change is still on its way there. That
/// it can't draw stops nothing: what is to be saved is saved.
pub fn settle<E>(
    app: &mut App,
    backend: &mut dyn Backend,
    event: Event,
    show: &mut dyn FnMut(&App) -> Result<(), E>,
) -> bool {
    let mut waiting: VecDeque<Effect> = update(app, event).into();
    let mut ends = false;
    while let Some(effect) = waiting.pop_front() {
        match effect {
            Effect::Quit => ends = true,
            Effect::Draft { .. } => {
                backend.carry_out(effect);
            }
            effect => {
                let _ = show(app);
                if let Some(reply) = backend.carry_out(effect) {
                    waiting.extend(update(app, Event::Outside(reply)));
                }
            }
        }
    }
    ends
}
