//! Which rows of a release follow from others by a rule of the instrument that is no sum.

use crate::instrument::{Instrument, ItemIx, Place, QuestionIx};

/// A line of a report: the name of its layout, and ids that stand in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineRef {
    /// What is counted.
    pub table: &'static str,
    /// Ids of the line, all of which it has.
    pub ids: Vec<String>,
}

impl LineRef {
    /// The line of this id.
    pub fn new(table: &'static str, id: &str) -> Self {
        Self { table, ids: vec![id.to_owned()] }
    }
    /// Whether a line with these ids is meant.
    pub(super) fn is(&self, table: &str, ids: &[String]) -> bool {
        self.table == table && self.ids.iter().all(|id| ids.contains(id))
    }
}

/// A line that follows from others by a rule: beside these it is published only if nothing of it
/// and of them is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follows {
    /// What follows.
    pub line: LineRef,
    /// From what, all together.
    pub of: Vec<LineRef>,
}

impl Follows {
    /// The one line that counts the same: an outcome of a single item.
    pub(super) fn same(&self) -> Option<&LineRef> {
        match self.of.as_slice() {
            [item] if self.line.table == "outcomes" => Some(item),
            _ => None,
        }
    }
}

/// What follows from what in reports of an instrument: outcomes from their items, sub-items and
/// what is met of a participant from the item, and questions, with the participants they are
/// about, from those that open them.
pub fn rules(instrument: &Instrument) -> Vec<Follows> {
    let mut found = Vec::new();
    for outcome in instrument.outcomes() {
        let items = outcome.items().iter().map(|item| instrument.item(*item).id());
        let items = items.chain(outcome.absent().iter().map(String::as_str));
        let of = items.map(|item| LineRef::new("items", item)).collect();
        found.push(Follows { line: LineRef::new("outcomes", outcome.id()), of });
    }
    for item in instrument.items() {
        if let Some(parent) = item.parent() {
            let of = vec![LineRef::new("items", instrument.item(parent).id())];
            found.push(Follows { line: LineRef::new("items", item.id()), of });
        }
    }
    for at in instrument.question_positions() {
        let question = instrument.question(at);
        let gates = question.ask_when().questions();
        if !gates.is_empty() {
            let of = gates.iter().map(|gate| instrument.question(*gate).id());
            let of = of.map(|id| LineRef::new("questions", id)).collect();
            found.push(Follows { line: LineRef::new("questions", question.id()), of });
        }
        let Some(line) = participant(instrument, at) else { continue };
        let item = LineRef::new("items", &line.ids[1]);
        let others = gates.iter().filter_map(|gate| participant(instrument, *gate));
        let mut of: Vec<LineRef> = others.filter(|other| *other != line).collect();
        of.push(item);
        match found.iter_mut().find(|known| known.line == line) {
            Some(known) => known.of.extend(of),
            None => found.push(Follows { line, of }),
        }
    }
    for follows in &mut found {
        follows.of.sort();
        follows.of.dedup();
    }
    found
}

/// The line of the participant a question is about, under its whole item.
fn participant(instrument: &Instrument, at: QuestionIx) -> Option<LineRef> {
    let question = instrument.question(at);
    let Place::Item(item) = question.place() else { return None };
    let item: ItemIx = instrument.item(item).parent().unwrap_or(item);
    let ids = vec![question.part()?.to_owned(), instrument.item(item).id().to_owned()];
    Some(LineRef { table: "participants", ids })
}
