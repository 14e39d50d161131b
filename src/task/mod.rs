//! The pure state machines of what a person does.
