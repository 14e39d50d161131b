//! Carrying out what the tasks want done, with a frame before anything that may take time.

use std::collections::VecDeque;

use crate::task::{App, Backend, Effect, Event, update};

/// The text being written, on its way to disk: kept once the frame that shows it is drawn, so
/// that typing never waits for the disk letter by letter.
#[derive(Debug, Default)]
pub struct Drafts {
    last: Option<Effect>,
}

impl Drafts {
    /// Takes in a draft; the one before is stored now if it is of another text.
    fn take(&mut self, backend: &mut dyn Backend, draft: Effect) {
        if self.last.as_ref().is_some_and(|last| !is_same_text(last, &draft)) {
            self.store(backend);
        }
        self.last = Some(draft);
    }

    /// Stores what is not stored yet.
    pub fn store(&mut self, backend: &mut dyn Backend) {
        if let Some(draft) = self.last.take() {
            backend.carry_out(draft);
        }
    }
}

fn is_same_text(a: &Effect, b: &Effect) -> bool {
    match (a, b) {
        (Effect::Sheet { form: a, .. }, Effect::Sheet { form: b, .. }) => a == b,
        (
            Effect::Draft { reading, question, field, .. },
            Effect::Draft { reading: other, question: at, field: of, .. },
        ) => (reading, question, field) == (other, at, of),
        _ => false,
    }
}

/// Updates the state by an event and carries out the effects until none is left; replies go
/// back into the state. True when the program is to end.
///
/// `show` draws the state. It is called before an effect that touches the disk, so that a
/// frame that says "saved" is never on screen while a change is still on its way there. That
/// it can't draw stops nothing: what is to be saved is saved.
pub fn settle<E>(
    app: &mut App,
    backend: &mut dyn Backend,
    drafts: &mut Drafts,
    event: Event,
    show: &mut dyn FnMut(&App) -> Result<(), E>,
) -> bool {
    let mut waiting: VecDeque<Effect> = update(app, event).into();
    let mut ends = false;
    while let Some(effect) = waiting.pop_front() {
        match effect {
            Effect::Quit => ends = true,
            Effect::Draft { .. } | Effect::Sheet { .. } => drafts.take(backend, effect),
            effect => {
                // In the order they were wanted: storing a text drops its draft.
                drafts.store(backend);
                let _ = show(app);
                if let Some(reply) = backend.carry_out(effect) {
                    waiting.extend(update(app, Event::Outside(reply)));
                }
            }
        }
    }
    ends
}
