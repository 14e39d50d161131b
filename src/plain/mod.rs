//! The line-by-line face of the tasks.
