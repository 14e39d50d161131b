//! The sizes of an onsite review of CFSR Round 2: 40 foster-care cases in four groups of ten
//! and 25 in-home cases, in three sites of which the largest metro is always one.
//!
//! Each case type is shared out to the sites by largest remainder in proportion to their
//! eligible cases, with a minimum: ten foster-care and five in-home cases for a site that is
//! not the metro, ten in-home cases for the metro. Then each group, in byte order, gives its
//! ten to the sites by largest remainder in proportion to the room that is left there (at
//! most the site's cases of that group), so that both the groups and the sites come out whole.

use std::collections::{BTreeMap, BTreeSet};

use super::strata::Group;
use super::{DrawProblem, Plan};
use crate::stats::{Stratum, allocate, allocate_at_least};

/// Foster care is sampled by groups.
pub(super) const FOSTER_CARE: &str = "foster-care";
/// In-home is not.
pub(super) const IN_HOME: &str = "in-home";
/// Cases by case type.
pub(super) const SIZES: [(&str, u64); 2] = [(FOSTER_CARE, 40), (IN_HOME, 25)];
/// Sites, the metro counted.
pub(super) const SITES: usize = 3;
/// Groups of foster care.
const GROUPS: usize = 4;
/// Cases of a group.
const PER_GROUP: u64 = 10;

/// Cases a site has at least.
fn least(case_type: &str, is_metro: bool) -> u64 {
    match (case_type, is_metro) {
        (FOSTER_CARE, true) => 0,
        (FOSTER_CARE, false) | (_, true) => 10,
        (_, false) => 5,
    }
}

/// Gives every stratum its size.
pub(super) fn size(groups: &mut [Group], plan: &Plan, metro: &str) -> Result<(), Vec<DrawProblem>> {
    let sites: BTreeSet<&str> = plan.clusters.values().map(String::as_str).collect();
    let sites: Vec<&str> = sites.into_iter().collect();
    let held: BTreeMap<String, u64> =
        groups.iter().map(|group| (group.name.clone(), group.cases)).collect();
    let holds = |name: &str| held.get(name).copied().unwrap_or(0);
    let names = |site: &str| {
        let prefix = format!("{FOSTER_CARE} | {site} | ");
        let of_site = held.keys().filter_map(move |name| name.strip_prefix(&prefix));
        of_site.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let kinds: BTreeSet<String> = sites.iter().flat_map(|site| names(site)).collect();
    if kinds.len() != GROUPS || kinds.contains("") {
        return Err(vec![DrawProblem::Groups { found: kinds.into_iter().collect() }]);
    }
    let cell = |site: &str, group: &str| format!("{FOSTER_CARE} | {site} | {group}");
    let in_care = |site: &str| kinds.iter().map(|group| holds(&cell(site, group))).sum::<u64>();
    let at_home = |site: &str| holds(&format!("{IN_HOME} | {site}"));

    let mut room = by_site(&sites, metro, FOSTER_CARE, &in_care)?;
    let homes = by_site(&sites, metro, IN_HOME, &at_home)?;
    let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
    for (site, n) in sites.iter().zip(homes) {
        sizes.insert(format!("{IN_HOME} | {site}"), n);
    }
    for group in &kinds {
        let open: Vec<Stratum<'_>> = sites
            .iter()
            .zip(&room)
            .map(|(site, room)| Stratum { name: site, size: holds(&cell(site, group)).min(*room) })
            .collect();
        let given = allocate(&open, PER_GROUP, 0).map_err(|_| {
            let found = sites.iter().map(|site| ((*site).to_owned(), holds(&cell(site, group))));
            let (group, found) = (group.clone(), found.collect());
            vec![DrawProblem::SmallGroup { group, asked: PER_GROUP, found }]
        })?;
        for (at, n) in given.into_iter().enumerate() {
            room[at] -= n;
            sizes.insert(cell(sites[at], group), n);
        }
    }
    for group in groups {
        group.size = sizes.get(&group.name).copied().unwrap_or(0);
    }
    Ok(())
}

fn by_site(
    sites: &[&str],
    metro: &str,
    case_type: &str,
    held: &dyn Fn(&str) -> u64,
) -> Result<Vec<u64>, Vec<DrawProblem>> {
    let least: Vec<u64> = sites.iter().map(|site| least(case_type, *site == metro)).collect();
    let small = sites.iter().zip(&least).filter(|(site, least)| held(site) < **least);
    let small: Vec<DrawProblem> = small
        .map(|(site, least)| DrawProblem::SmallSite {
            site: (*site).to_owned(),
            case_type: case_type.to_owned(),
            least: *least,
            held: held(site),
        })
        .collect();
    if !small.is_empty() {
        return Err(small);
    }
    let strata: Vec<Stratum<'_>> =
        sites.iter().map(|site| Stratum { name: site, size: held(site) }).collect();
    let n = SIZES.iter().find(|(code, _)| *code == case_type).map_or(0, |(_, n)| *n);
    allocate_at_least(&strata, n, &least)
        .map_err(|problem| vec![DrawProblem::Allocation { scope: case_type.to_owned(), problem }])
}
