//! Children and families that stand in a frame more than once.

use super::{Field, Frame};

/// The case type that is sampled by child; all others are sampled by family.
const BY_CHILD: &str = "foster-care";

/// A child of foster care, or a family of any other case type, with several cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// [`Field::Child`] or [`Field::Family`].
    pub field: Field,
    /// Who.
    pub who: String,
    /// Ids of the cases, in byte order.
    pub cases: Vec<String>,
}

/// Foster care is sampled by child, in-home by family: lists who would be sampled more than
/// once, in byte order, children first. A frame without these columns has none.
pub fn repeated(frame: &Frame) -> Vec<Repeated> {
    let mut all: Vec<(Field, &str, &str)> = Vec::new();
    if frame.has(Field::Child) || frame.has(Field::Family) {
        all.extend(frame.cases().filter_map(|case| {
            let by_child = case.fact(Field::CaseType) == BY_CHILD;
            let field = if by_child { Field::Child } else { Field::Family };
            let who = case.fact(field);
            (!who.is_empty()).then(|| (field, who, case.id()))
        }));
    }
    let rank = |field: Field| field != Field::Child;
    all.sort_unstable_by_key(|(field, who, id)| (rank(*field), *who, *id));
    all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|same| same.len() > 1)
        .map(|same| Repeated {
            field: same[0].0,
            who: same[0].1.to_owned(),
            cases: same.iter().map(|(_, _, id)| (*id).to_owned()).collect(),
        })
        .collect()
}
