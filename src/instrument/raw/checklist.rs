//! What only checklist instruments write: measures and components.

use super::At;
use super::questions::values;
use super::table::Table;
use crate::instrument::Covers;

/// `[[measure]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Measure {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) title: String,
    pub(in crate::instrument) note: Option<String>,
    pub(in crate::instrument) of: At<String>,
    pub(in crate::instrument) met: At<String>,
    pub(in crate::instrument) target: Option<f64>,
}

/// `[[component]]`.
#[derive(Debug, Clone)]
pub(in crate::instrument) struct Component {
    pub(in crate::instrument) id: At<String>,
    pub(in crate::instrument) title: String,
    pub(in crate::instrument) section: Option<At<String>>,
    pub(in crate::instrument) covers: Vec<Covers>,
}

/// Reads a measure.
pub(super) fn measure(table: Table<'_>) -> Option<Measure> {
    let id = table.need_id("id");
    table.name("measure", id.as_ref());
    let title = table.need_text("title").map(|t| t.value).unwrap_or_default();
    let note = table.text("note").map(|t| t.value);
    let of = table.need_text("of");
    let met = table.need_text("met");
    let target = table.proportion("target");
    table.done();
    Some(Measure { id: id?, title, note, of: of?, met: met?, target })
}

/// Reads a component.
pub(super) fn component(table: Table<'_>) -> Option<Component> {
    let id = table.need_id("id");
    table.name("component", id.as_ref());
    let title = table.need_text("title").map(|t| t.value).unwrap_or_default();
    let section = table.text("section");
    let covers = table.tables("covers", "covers").into_iter().filter_map(|inner| {
        let round = inner.need_text("round").map(|t| t.value);
        let items = values(inner.texts("items"));
        inner.done();
        Some(Covers { round: round?, items })
    });
    let covers = covers.collect();
    if !table.has("covers") {
        table.missing("covers");
    }
    table.done();
    Some(Component { id: id?, title, section, covers })
}
