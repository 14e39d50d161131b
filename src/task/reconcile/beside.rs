//! What reviews of an item have apart beside their answers.

/// Lines of a page of it at most; a view stops at its last one.
pub(super) const LINES: usize = 1000;

/// Evidence or words of an item in which they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// What it is: "14 sources".
    pub name: String,
    /// What each side has, in words; empty where one has none.
    pub sides: Vec<String>,
    /// Of ticks: what only this side ticked.
    pub only: Option<Vec<String>>,
}
