//! `[sites]`: the three sites of an onsite review.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Table, single, texts};
use crate::sampling::onsite::SITES;
use crate::text::{count, did_you_mean, list_and};

/// The sites of a plan.
pub(super) struct Sites {
    /// The site that is the largest metro.
    pub(super) metro: String,
    /// The site of each county in one.
    pub(super) counties: BTreeMap<String, String>,
    /// Where they stand.
    pub(super) span: Range<usize>,
}

/// Reads the sites, which an onsite review needs and nothing else has.
pub(super) fn sites(file: &Table<'_>, is_onsite: bool) -> Option<Sites> {
    let Some(value) = file.get("sites") else {
        if is_onsite {
            file.problems.add(
                Diagnostic::error("missing-sites", "r2-onsite reads in three sites, and the plan names none")
                    .help("name the largest metro under [sites], metro = \"...\", and the counties of all three under [sites.counties]"),
            );
        }
        return None;
    };
    let span = value.span();
    if !is_onsite {
        file.problems.add(
            Diagnostic::error("idle-sites", "sites are of r2-onsite reviews alone")
                .at(span)
                .help("give preset = \"r2-onsite\" under [sizes], or take sites out"),
        );
        return None;
    }
    for table in ["strata", "clusters"] {
        if let Some(value) = file.get(table) {
            let message = format!("r2-onsite makes the strata itself; take [{table}] out");
            file.problems.add(Diagnostic::error("idle-strata", message).at(value.span()));
        }
    }
    let table = single(file, "sites", &["metro", "counties"])?;
    let metro = table.get("metro").and_then(|value| table.as_text("metro", value));
    let list = table.table("counties");
    let (Some(metro), Some(list)) = (metro, list) else {
        file.problems.add(
            Diagnostic::error("missing-sites", "sites needs metro and counties").at(span).help(
                "metro = \"...\", and three sites with their counties under [sites.counties]",
            ),
        );
        return None;
    };
    let mut counties: BTreeMap<String, String> = BTreeMap::new();
    let mut names = Vec::new();
    for (site, _, value) in list.entries() {
        names.push(site);
        for (county, at) in texts(&list, site, value) {
            if let Some(other) = counties.insert(county.to_owned(), site.to_owned()) {
                let message = format!("county {county:?} is in sites {other:?} and {site:?}");
                file.problems.add(
                    Diagnostic::error("repeated-county", message)
                        .at(at)
                        .help("a county is in one site"),
                );
            }
        }
    }
    if names.len() != SITES {
        let found = count(names.len(), "site", "sites");
        let message = format!("r2-onsite reads in three sites, and the plan names {found}");
        file.problems.add(Diagnostic::error("bad-sites", message).at(span.clone()));
    }
    if !names.contains(&metro) {
        let message = format!("the largest metro {metro:?} is none of the sites");
        let problem = Diagnostic::error("bad-sites", message).at(span.clone());
        let near = did_you_mean(metro, names.iter().copied());
        file.problems
            .add(problem.did_you_mean(near).help(format!("they are {}", list_and(&names))));
    }
    Some(Sites { metro: metro.to_owned(), counties, span })
}
