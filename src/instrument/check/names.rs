//! Names that don't depend on the order of questions: case types, parts, scales, reasons,
//! definitions.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{At, File, OptionList, Problems};
use crate::instrument::{CaseTypeIx, CaseTypeSet};
use crate::text::did_you_mean;

/// Case types are bits of a set.
const MOST_CASE_TYPES: usize = 32;

/// The names of a file, by kind.
pub(super) struct Names<'f> {
    case_types: HashMap<&'f str, usize>,
    parts: HashMap<&'f str, usize>,
    scales: HashMap<&'f str, &'f OptionList>,
    reasons: HashMap<&'f str, &'f OptionList>,
    definitions: HashMap<&'f str, usize>,
    file: &'f File,
}

impl<'f> Names<'f> {
    /// Collects the names; reports those that stand twice. `None` where nothing can be built.
    pub(super) fn collect(file: &'f File, problems: &Problems) -> Option<Self> {
        if file.case_types.len() > MOST_CASE_TYPES {
            problems.add(
                Diagnostic::error(
                    "too-many",
                    format!(
                        "the file has {} case types; at most {MOST_CASE_TYPES} are possible",
                        file.case_types.len()
                    ),
                )
                .at(file.case_types[MOST_CASE_TYPES].code.span.clone()),
            );
            return None;
        }
        let ids = |what: &str, ids: Vec<&'f At<String>>| unique(what, &ids, problems);
        let lists = |what: &str, lists: &'f [OptionList]| {
            unique(what, &lists.iter().map(|l| &l.id).collect::<Vec<_>>(), problems)
                .into_iter()
                .map(|(id, at)| (id, &lists[at]))
                .collect()
        };
        let names = Self {
            case_types: ids("case type", file.case_types.iter().map(|c| &c.code).collect()),
            parts: ids("part", file.parts.iter().map(|p| &p.id).collect()),
            scales: lists("scale", &file.scales),
            reasons: lists("reason list", &file.reason_lists),
            definitions: ids("definition", file.definitions.iter().map(|d| &d.id).collect()),
            file,
        };
        (!names.case_types.is_empty()).then_some(names)
    }

    /// Looks a name up; an unknown one is reported, unless it may stand in lines that could
    /// not be read.
    fn need<T: Copy>(
        &self,
        what: &str,
        known: &HashMap<&'f str, T>,
        name: &At<String>,
        problems: &Problems,
    ) -> Option<T> {
        if let Some(found) = known.get(name.value.as_str()) {
            return Some(*found);
        }
        if !self.file.lost && !problems.lost_table() {
            let mut all: Vec<&str> = known.keys().copied().collect();
            all.sort_unstable();
            let near = did_you_mean(&name.value, all.iter().copied());
            let mut problem =
                Diagnostic::error("unknown-name", format!("{what} {} is unknown", name.value))
                    .at(name.span.clone())
                    .did_you_mean(near);
            if near.is_none() {
                problem = problem.help(known_are(&all));
            }
            problems.add(problem);
        }
        None
    }

    pub(super) fn case_type(&self, code: &At<String>, problems: &Problems) -> Option<CaseTypeIx> {
        self.need("case type", &self.case_types, code, problems).map(|at| CaseTypeIx(at as u8))
    }
    /// The set of some case types; all where nothing is said.
    pub(super) fn case_type_set(
        &self,
        codes: Option<&[At<String>]>,
        problems: &Problems,
    ) -> Option<CaseTypeSet> {
        let Some(codes) = codes else { return Some(CaseTypeSet::ALL) };
        let found: Vec<_> = codes.iter().filter_map(|c| self.case_type(c, problems)).collect();
        (found.len() == codes.len())
            .then(|| CaseTypeSet(found.iter().fold(0, |set, one| set | 1 << one.0)))
    }
    pub(super) fn has_part(&self, id: &str) -> bool {
        self.parts.contains_key(id)
    }
    pub(super) fn part_title(&self, id: &str) -> Option<&'f str> {
        self.parts.get(id).map(|at| self.file.parts[*at].title.as_str())
    }
    pub(super) fn part(&self, id: &At<String>, problems: &Problems) -> Option<()> {
        self.need("part", &self.parts, id, problems).map(|_| ())
    }
    pub(super) fn part_names(&self) -> impl Iterator<Item = &'f str> {
        self.file.parts.iter().map(|part| part.id.value.as_str())
    }
    pub(super) fn scale(&self, id: &At<String>, problems: &Problems) -> Option<&'f OptionList> {
        self.need("scale", &self.scales, id, problems)
    }
    pub(super) fn reasons(&self, id: &At<String>, problems: &Problems) -> Option<&'f OptionList> {
        self.need("reason list", &self.reasons, id, problems)
    }
    pub(super) fn definition(&self, id: &At<String>, problems: &Problems) -> Option<()> {
        self.need("definition", &self.definitions, id, problems).map(|_| ())
    }
    pub(super) fn case_type_codes(&self) -> impl Iterator<Item = &'f str> {
        self.file.case_types.iter().map(|case_type| case_type.code.value.as_str())
    }
    /// How many case types there are.
    pub(super) fn case_type_count(&self) -> usize {
        self.file.case_types.len()
    }
}

/// What a wrong name could be.
pub(super) fn known_are(all: &[&str]) -> String {
    match all {
        [] => "the file has none".to_owned(),
        [first, .., last] if all.len() > 12 => format!("there are {first} to {last}"),
        _ => format!("there is {}", all.join(", ")),
    }
}

/// Positions by id; an id that stands twice is reported and means its first place.
pub(super) fn unique<'f>(
    what: &str,
    ids: &[&'f At<String>],
    problems: &Problems,
) -> HashMap<&'f str, usize> {
    let mut found: HashMap<&str, usize> = HashMap::new();
    for (position, id) in ids.iter().enumerate() {
        // A missing id was told where it should stand.
        if id.value.is_empty() {
            continue;
        }
        match found.get(id.value.as_str()) {
            Some(first) => {
                problems.add(duplicate(what, &id.value, &id.span, &ids[*first].span));
            }
            None => {
                found.insert(&id.value, position);
            }
        }
    }
    found
}

/// An id that stands twice.
pub(super) fn duplicate(
    what: &str,
    id: &str,
    again: &Range<usize>,
    first: &Range<usize>,
) -> Diagnostic {
    Diagnostic::error("duplicate-id", format!("{what} {id} stands twice"))
        .at(again.clone())
        .label("again here")
        .related(first.clone(), "first here")
        .help("give one of them another id")
}
