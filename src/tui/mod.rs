//! The full-screen face of the tasks.
