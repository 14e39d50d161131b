//! The draw done again by a second program: from a receipt and a frame alone, on the
//! description in the plan's reference and the statistics, importing nothing of the crate.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// One line of the result: stratum, order, role, ticket, case.
pub type Line = (String, u64, String, String, String);

fn sha(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of the frame's canonical form, and the drawn cases.
pub fn redraw(receipt: &str, frame: &str) -> (String, Vec<Line>) {
    let receipt: Value = serde_json::from_str(receipt).unwrap();
    let seed = receipt["seed"].as_str().unwrap();
    let plan: toml::Table = receipt["plan"]["text"].as_str().unwrap().parse().unwrap();
    let table = |name: &str| plan.get(name).and_then(|t| t.as_table()).cloned().unwrap_or_default();
    let (columns, sizes) = (table("columns"), table("sizes"));

    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(frame.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let place = |key: &str| {
        let name = columns.get(key)?.as_str()?;
        header.iter().position(|known| known == name)
    };
    let case_at = place("case").unwrap();

    let mut order: Vec<usize> = (0..header.len()).filter(|at| *at != case_at).collect();
    order.sort_by(|a, b| header[*a].cmp(&header[*b]));
    order.insert(0, case_at);
    let line = |row: &[String]| {
        order.iter().map(|at| row[*at].clone()).collect::<Vec<_>>().join("\u{1f}") + "\u{1e}"
    };
    let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
    lines.sort();
    let canonical = sha(&(line(&header) + &lines.concat()));

    let values = table("values");
    let fact = |row: &[String], key: &str| {
        let word = place(key).map(|at| row[at].clone()).unwrap_or_default();
        let code = values.get(key).and_then(|map| map.get(&word)).and_then(|code| code.as_str());
        code.map_or(word.clone(), str::to_owned)
    };
    let days = |row: &[String]| {
        let period = table("period").get("sampling")?.as_str()?.to_owned();
        let date = |text: &str| text.parse::<NaiveDate>().ok();
        let (first, last) = period.split_once('/')?;
        let opened = date(&row[place("opened")?])?.max(date(first)?);
        let closed = place("closed").and_then(|at| date(&row[at]));
        Some(
            (closed.map_or(date(last)?, |closed| closed.min(date(last).unwrap())) - opened)
                .num_days()
                + 1,
        )
    };
    let number = |name: &str, key: &str| table(name).get(key).and_then(|n| n.as_integer());
    let mut parts: BTreeMap<String, i64> = sizes
        .iter()
        .filter(|(key, _)| !["total", "minimum", "preset"].contains(&key.as_str()))
        .map(|(key, n)| (key.clone(), n.as_integer().unwrap()))
        .collect();
    let preset = sizes.get("preset").and_then(|name| name.as_str());
    if preset.is_some() {
        // 40 to 25 of the total; without one 65.
        let total = number("sizes", "total").unwrap_or(65);
        let share = BTreeMap::from([("foster-care".to_owned(), 40), ("in-home".to_owned(), 25)]);
        for (case_type, n) in hamilton(share, total, &|_| 0) {
            parts.entry(case_type).or_insert(n);
        }
    }
    // Counties that stand together: clusters, or the sites of an onsite review.
    let onsite = preset == Some("r2-onsite");
    let sites = table("sites").get("counties").and_then(|t| t.as_table()).cloned();
    let together = if onsite { sites.unwrap_or_default() } else { table("clusters") };
    let place_of: HashMap<String, String> = together
        .iter()
        .flat_map(|(name, counties)| {
            let counties = counties.as_array().unwrap().iter();
            counties.map(move |county| (county.as_str().unwrap().to_owned(), name.clone()))
        })
        .collect();
    let types: Vec<String> = match values.get("case_type").and_then(|t| t.as_table()) {
        Some(map) => map.values().map(|code| code.as_str().unwrap().to_owned()).collect(),
        None => rows.iter().map(|row| fact(row, "case_type")).collect(),
    };
    let per_type = parts.keys().any(|key| types.contains(key));
    let eligible = table("eligible");
    let mut by: Vec<String> = table("strata")
        .get("by")
        .and_then(|by| by.as_array())
        .map(|by| by.iter().map(|key| key.as_str().unwrap().to_owned()).collect())
        .unwrap_or_default();

    if onsite {
        by = ["case_type", "county", "group"].map(str::to_owned).to_vec();
    }
    let mut strata: BTreeMap<String, Vec<&Vec<String>>> = BTreeMap::new();
    let mut type_of: HashMap<String, String> = HashMap::new();
    for row in &rows {
        let case_type = fact(row, "case_type");
        let least = eligible.get(&case_type).and_then(|t| t.get("open_days_at_least"));
        let least = least.map_or(1, |least| least.as_integer().unwrap());
        let county = fact(row, "county");
        let out = per_type && !parts.contains_key(&case_type)
            || onsite && !place_of.contains_key(&county);
        if out || table("period").contains_key("sampling") && days(row).unwrap() < least {
            continue;
        }
        let name = by
            .iter()
            .filter(|key| *key != "group" || !onsite || case_type == "foster-care")
            .map(|key| match place_of.get(&county).filter(|_| key == "county") {
                Some(place) => place.clone(),
                None => fact(row, key),
            });
        let name = name.collect::<Vec<_>>().join(" | ");
        let name = if by.is_empty() { "all".to_owned() } else { name };
        type_of.insert(name.clone(), case_type);
        strata.entry(name).or_default().push(row);
    }

    let minimum = number("sizes", "minimum").unwrap_or(0);
    let mut room: BTreeMap<String, i64> = BTreeMap::new();
    let of = |name: &dyn Fn(&str) -> bool| -> BTreeMap<String, i64> {
        let some = strata.iter().filter(|(stratum, _)| name(stratum));
        some.map(|(stratum, rows)| (stratum.clone(), rows.len() as i64)).collect()
    };
    if onsite {
        room = three_sites(&of(&|_| true), table("sites")["metro"].as_str().unwrap());
    } else if per_type {
        for (case_type, n) in &parts {
            room.extend(hamilton(of(&|name| type_of[name] == *case_type), *n, &|_| minimum));
        }
    } else if parts.is_empty() {
        room = hamilton(of(&|_| true), number("sizes", "total").unwrap(), &|_| minimum);
    } else {
        room = parts;
    }

    let mut walk: Vec<(String, String, &Vec<String>)> = Vec::new();
    for (stratum, rows) in &strata {
        for row in rows {
            walk.push((sha(&format!("{seed},{}", row[case_at])), stratum.clone(), row));
        }
    }
    walk.sort();
    let mut shared: HashMap<(String, String), i64> = HashMap::new();
    let mut drawn: Vec<Line> = Vec::new();
    let spare = |key: &str| number("spares", key).unwrap_or(0);
    let spares = strata.keys().map(|stratum| {
        let percent = (room.get(stratum).unwrap_or(&0) * spare("percent") + 99) / 100;
        (stratum.clone(), percent.max(spare("per_stratum")))
    });
    let spares = spares.collect();
    let mut walks = vec![("sample", room), ("spare", spares)];
    for more in receipt["supplements"].as_array().into_iter().flatten() {
        let name = more["stratum"].as_str().unwrap().to_owned();
        walks.push(("spare", BTreeMap::from([(name, more["cases"].as_i64().unwrap())])));
    }
    for (role, mut room) in walks {
        for (ticket, stratum, row) in &walk {
            let case = &row[case_at];
            let shares: Vec<(String, String)> = ["worker", "family", "child"]
                .into_iter()
                .filter(|key| number("limits", &format!("per_{key}")).is_some())
                .map(|key| (key.to_owned(), fact(row, key)))
                .filter(|(_, who)| !who.is_empty())
                .collect();
            let full = shares.iter().any(|share| {
                let limit = number("limits", &format!("per_{}", share.0)).unwrap();
                shared.get(share).is_some_and(|taken| *taken >= limit)
            });
            let taken = drawn.iter().any(|line| line.4 == *case);
            let Some(left) = room.get_mut(stratum).filter(|left| **left > 0 && !full && !taken)
            else {
                continue;
            };
            *left -= 1;
            for share in shares {
                *shared.entry(share).or_default() += 1;
            }
            let order = drawn.iter().filter(|line| line.0 == *stratum).count() as u64 + 1;
            drawn.push((stratum.clone(), order, role.to_owned(), ticket.clone(), case.clone()));
        }
    }
    drawn.sort();
    (canonical, drawn)
}

/// The strata of a Round 2 onsite review: by site with minima, then each group of foster care
/// into the room that is left.
fn three_sites(held: &BTreeMap<String, i64>, metro: &str) -> BTreeMap<String, i64> {
    let (mut care, mut home, mut cells) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (name, n) in held {
        let parts: Vec<&str> = name.split(" | ").collect();
        if let [_, site, group] = parts[..] {
            *care.entry(site.to_owned()).or_default() += n;
            cells.entry(group.to_owned()).or_insert_with(Vec::new).push((site.to_owned(), *n));
        } else {
            home.insert(parts[1].to_owned(), *n);
        }
    }
    let mut room = hamilton(care, 40, &|site| if site == metro { 0 } else { 10 });
    let home = hamilton(home, 25, &|site| if site == metro { 10 } else { 5 });
    let mut sizes: BTreeMap<String, i64> =
        home.into_iter().map(|(site, n)| (format!("in-home | {site}"), n)).collect();
    for (group, sites) in cells {
        let open = sites.into_iter().map(|(site, n)| (site.clone(), n.min(room[&site]))).collect();
        for (site, n) in hamilton(open, 10, &|_| 0) {
            *room.get_mut(&site).unwrap() -= n;
            sizes.insert(format!("foster-care | {site} | {group}"), n);
        }
    }
    sizes
}

/// Largest remainder with minima, in fractions of whole numbers.
fn hamilton(
    mut sizes: BTreeMap<String, i64>,
    n: i64,
    minimum: &dyn Fn(&str) -> i64,
) -> BTreeMap<String, i64> {
    let (mut given, mut left) = (BTreeMap::new(), n);
    loop {
        let all: i64 = sizes.values().sum();
        let low: Vec<String> = sizes
            .iter()
            .filter(|(name, size)| left * **size < minimum(name) * all)
            .map(|(name, _)| name.clone())
            .collect();
        if low.is_empty() {
            let mut rest: Vec<(i64, i64, String)> = Vec::new();
            for (name, size) in &sizes {
                given.insert(name.clone(), left * size / all);
                rest.push((-(left * size % all), -size, name.clone()));
            }
            rest.sort();
            let over = n - given.values().sum::<i64>();
            for (_, _, name) in rest.into_iter().take(over as usize) {
                *given.get_mut(&name).unwrap() += 1;
            }
            return given;
        }
        for name in low {
            let least = minimum(&name).min(sizes.remove(&name).unwrap());
            left -= least;
            given.insert(name, least);
        }
        if sizes.is_empty() {
            return given;
        }
    }
}
