//! A file that extends another, joined with it: the base's tables, then what the file adds.

use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{At, File, Problems};

use super::select;

/// Joins a base with the file that extends it. What would change the base is reported and left
/// out.
pub(super) fn join(mut base: File, mut more: File, problems: &Problems) -> File {
    let from = base.header.id.clone();
    for item in &base.items {
        base.joined.origins.entry(item.id.value.clone()).or_insert_with(|| from.clone());
    }
    if let Some(wanted) = &more.header.select {
        select::keep(&mut base, wanted, problems);
    }
    if more.header.id == from && !from.is_empty() {
        let message = format!("{from} is the id of what the file extends");
        problems.add(
            Diagnostic::error("duplicate-id", message)
                .at(more.header.id_span.clone())
                .help("give the file an id of its own"),
        );
    }
    if let Some(case_type) = more.case_types.first() {
        problems.add(
            Diagnostic::error("fixed-by-base", format!("case types come with {from}"))
                .at(case_type.code.span.clone())
                .help(format!(
                    "take the table out: no item of {from} says whether it applies to it"
                )),
        );
    }
    for item in &mut more.items {
        let Some(outcome) = &item.outcome else { continue };
        if base.outcomes.iter().any(|known| known.id.value == outcome.value) {
            let message = format!(
                "item {} can't count towards outcome {}, which {from} rates by its own items",
                item.id.value, outcome.value
            );
            problems.add(
                Diagnostic::error("fixed-by-base", message)
                    .at(outcome.span.clone())
                    .help("take outcome out, or add an [[outcome]] of your own for the item"),
            );
            item.outcome = None;
        }
    }

    let known: Vec<At<String>> =
        base.items.iter().flat_map(|item| &item.sub_items).map(|sub| sub.id.clone()).collect();
    let add = Adding { from: &from, problems };
    more.items.retain(|item| !add.stands(&known, &item.id, "item"));
    add.to(&mut base.items, more.items, "item", |item| &item.id);
    add.to(&mut base.parts, more.parts, "part", |part| &part.id);
    add.to(&mut base.scales, more.scales, "scale", |scale| &scale.id);
    add.to(&mut base.reason_lists, more.reason_lists, "reason list", |list| &list.id);
    add.to(&mut base.eliminations, more.eliminations, "elimination", |one| &one.code);
    add.to(&mut base.definitions, more.definitions, "definition", |one| &one.id);
    add.to(&mut base.face, more.face, "question face.", |question| &question.id);
    add.to(&mut base.face_rules, more.face_rules, "face-rule", |rule| &rule.id);
    add.to(&mut base.closings, more.closings, "closing question", |question| &question.id);
    add.to(&mut base.outcomes, more.outcomes, "outcome", |outcome| &outcome.id);
    add.to(&mut base.measures, more.measures, "measure", |measure| &measure.id);
    add.to(&mut base.components, more.components, "component", |one| &one.id);
    base.crosswalks.extend(more.crosswalks);

    let header = &mut more.header;
    let said = |own: String, base: String| if own.is_empty() { base } else { own };
    if header.source.is_empty() {
        let of = &base.header;
        header.source = format!("Extends {from}, edition {}. {}", of.edition, of.source);
    }
    base.header.short = said(std::mem::take(&mut header.short), header.title.clone());
    base.header.id = std::mem::take(&mut header.id);
    base.header.title = std::mem::take(&mut header.title);
    base.header.edition = std::mem::take(&mut header.edition);
    base.header.source = std::mem::take(&mut header.source);
    base.header.notice = header.notice.take().or(base.header.notice);
    base.header.span = header.span.clone();
    base.header.id_span = header.id_span.clone();
    base.joined.bases.insert(0, from);
    base.lost |= more.lost;
    base
}

/// Adds to the lists of a base.
struct Adding<'a> {
    from: &'a str,
    problems: &'a Problems,
}

impl Adding<'_> {
    fn to<T>(&self, base: &mut Vec<T>, more: Vec<T>, what: &str, id: impl Fn(&T) -> &At<String>) {
        let known: Vec<At<String>> = base.iter().map(|one| id(one).clone()).collect();
        base.extend(more.into_iter().filter(|one| !self.stands(&known, id(one), what)));
    }

    /// Whether the base has this id already, which is reported.
    fn stands(&self, known: &[At<String>], id: &At<String>, what: &str) -> bool {
        let Some(first) = known.iter().find(|first| first.value == id.value) else {
            return false;
        };
        let gap = if what.ends_with('.') { "" } else { " " };
        let message = format!("{what}{gap}{} stands in {} already", id.value, self.from);
        self.problems.add(
            Diagnostic::error("duplicate-id", message)
                .at(id.span.clone())
                .label("again here")
                .related(first.span.clone(), "first here")
                .help("give yours another id: a file that extends another adds to it and changes nothing"),
        );
        true
    }
}
