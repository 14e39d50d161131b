//! What two reviews of an item have apart beside their answers.

/// Lines of a page of it at most; a view stops at its last one.
pub(super) const LINES: usize = 1000;

/// Evidence or words of an item in which the two differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// What it is: "14 sources".
    pub name: String,
    /// A's and B's, in words; empty where one has none.
    pub sides: [String; 2],
    /// Of ticks: what only A and only B ticked.
    pub only: Option<[String; 2]>,
}
