//! Reports for the public against a reader who knows how many reviews there are: bounds are
//! drawn from everything shown, sum by sum, until nothing gets narrower, and no hidden count
//! comes out within less than the width.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::program;

/// The ten counts 1 to 10 lie within 9.
const WIDTH: i64 = 10;

/// How the counts of a report hang together.
struct Report {
    subject: &'static str,
    /// What the applicable is divided into.
    parts: &'static [&'static str],
    /// What beside the applicable comes to all reviews the line was asked in.
    beside: &'static [&'static str],
    /// What tells lines apart.
    line: &'static [&'static str],
    /// Asked where an item is, not in every review.
    of_item: bool,
}

const RATED: Report = Report {
    subject: "items",
    parts: &["strength", "ani"],
    beside: &["na", "incomplete"],
    line: &["item"],
    of_item: false,
};

const REPORTS: [Report; 5] = [
    RATED,
    Report { subject: "trend", ..RATED },
    Report {
        subject: "outcomes",
        parts: &["substantially", "partially", "not_achieved"],
        line: &["outcome"],
        ..RATED
    },
    Report {
        subject: "questions",
        parts: &["yes", "no"],
        beside: &["na"],
        line: &["item", "question"],
        of_item: true,
    },
    Report {
        subject: "participants",
        parts: &["met", "not_met"],
        beside: &["na"],
        line: &["item", "participant"],
        of_item: true,
    },
];

/// Bounds of counts, and sums of them: the total, its parts, and whether there may be more.
#[derive(Default)]
struct Reader {
    bounds: BTreeMap<String, (i64, i64)>,
    sums: Vec<(String, Vec<String>, bool)>,
}

impl Reader {
    fn sum(&mut self, total: String, parts: Vec<String>, more: bool) {
        self.sums.push((total, parts, more));
    }

    /// Narrows all bounds as far as the sums do one by one.
    fn narrow(&mut self) {
        loop {
            let before = self.bounds.clone();
            for (total, parts, more) in &self.sums {
                let of = |name: &String| self.bounds[name];
                let least: i64 = parts.iter().map(|part| of(part).0).sum();
                let most: i64 = parts.iter().map(|part| of(part).1).sum();
                let (low, high) = of(total);
                let low = low.max(least);
                let high = if *more { high } else { high.min(most) };
                self.bounds.insert(total.clone(), (low, high));
                for part in parts {
                    let (least_here, most_here) = self.bounds[part];
                    let others_least = least - least_here;
                    let others_most = most - most_here;
                    let top = most_here.min(high - others_least);
                    let bottom = if *more { least_here } else { least_here.max(low - others_most) };
                    self.bounds.insert(part.clone(), (bottom, top));
                }
            }
            if self.bounds == before {
                return;
            }
        }
    }
}

/// Rows of a report of the practice workspace.
fn rows(folder: &std::path::Path, line: &[&str]) -> Vec<Value> {
    let of = ["--workspace", "casereview-demo/casereview.db", "--format", "json"];
    let (code, out, err) = program::run(folder, &[line, &of].concat());
    assert_eq!(code, 0, "{line:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

fn words(row: &Value, names: &[&str]) -> String {
    names.iter().map(|name| row[*name].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
}

fn asked(report: &Report, row: &Value) -> String {
    let item = row["item"].as_str().filter(|_| report.of_item).unwrap_or_default();
    item.trim_end_matches(|c: char| c.is_ascii_uppercase()).to_owned()
}

/// What a reader of the public rows works out, who knows that there are `all` reviews; gives
/// hidden counts that come out too narrow.
fn worked_out(report: &Report, truth: &[Value], public: &[Value], all: i64) -> Vec<String> {
    let mut reader = Reader::default();
    let mut hidden = Vec::new();
    let counted = |row: &Value| -> i64 {
        let names = ["applicable"].iter().chain(report.beside);
        names.map(|name| row[*name].as_i64().unwrap()).sum()
    };
    let mut most: BTreeMap<(String, String), i64> = BTreeMap::new();
    for row in truth {
        let known = most.entry((asked(report, row), row["group"].to_string())).or_default();
        *known = counted(row).max(*known);
    }
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (item, group) in most.keys() {
        let size = format!("reviews of {item} in {group}");
        reader.bounds.insert(size.clone(), (0, all));
        groups.entry(item.clone()).or_default().push(size.clone());
        let every = format!("reviews of  in {group}");
        if !item.is_empty() {
            reader.bounds.insert(every.clone(), (0, all));
            let sizes = groups.entry(String::new()).or_default();
            if !sizes.contains(&every) {
                sizes.push(every.clone());
            }
            reader.sum(every, vec![size], true);
        }
    }
    reader.bounds.insert("all".to_owned(), (all, all));
    let every = groups.remove("").unwrap();
    reader.sum("all".to_owned(), every, false);
    for row in public {
        let (line, group) = (words(row, report.line), row["group"].to_string());
        let same = |one: &&Value| words(one, report.line) == line && one["group"] == row["group"];
        let real = truth.iter().find(same).unwrap();
        let mut name = |count: &str| {
            let name = format!("{count} of {line} in {group}");
            let bounds = match row[count].as_i64() {
                Some(shown) => (shown, shown),
                None => {
                    hidden.push(name.clone());
                    (0, all)
                }
            };
            reader.bounds.insert(name.clone(), bounds);
            name
        };
        let applicable = name("applicable");
        let parts: Vec<String> = report.parts.iter().map(|part| name(part)).collect();
        let beside = report.beside.iter().map(|part| name(part));
        let whole: Vec<String> = [applicable.clone()].into_iter().chain(beside).collect();
        // A nothing beside a hidden sum would say that the sum is nothing.
        if row["applicable"].is_null() && report.parts.iter().any(|part| row[*part] == 0) {
            return vec![format!("{applicable}: a nothing is shown")];
        }
        reader.sum(applicable, parts, false);
        let item = asked(report, row);
        let is_all = counted(real) == most[&(item.clone(), group.clone())];
        if counted(real) > 0 {
            reader.sum(format!("reviews of {item} in {group}"), whole, !is_all);
        }
    }
    reader.narrow();
    let narrow = hidden.into_iter().filter_map(|name| {
        let (low, high) = reader.bounds[&name];
        (high - low < WIDTH).then(|| format!("{name}: {low} to {high}"))
    });
    narrow.collect()
}

#[test]
fn who_knows_the_size_of_the_sample_works_nothing_out() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = program::run(folder.path(), &["demo"]);
    assert_eq!(code, 0, "{err}");
    let path = folder.path();
    let item = rows(path, &["report", "items"]);
    let names = ["applicable", "na", "incomplete"];
    let all: i64 = names.iter().map(|name| item[0][*name].as_i64().unwrap()).sum();
    assert_eq!(all, 116);
    let mut hidden = 0;
    for report in &REPORTS {
        for by in ["period", "case_type", "region"] {
            let line = ["report", report.subject, "--by", by];
            let truth = rows(path, &line);
            let public = rows(path, &[&line[..], &["--public"]].concat());
            assert!(!public.is_empty(), "{line:?}");
            let found = worked_out(report, &truth, &public, all);
            assert_eq!(found, Vec::<String>::new(), "{line:?}");
            let suppressed = public.iter().map(|row| row["suppressed"].as_array().unwrap().len());
            hidden += suppressed.sum::<usize>();
            // Were only the small counts hidden, something would come out.
            let mut bare = truth.clone();
            for row in &mut bare {
                for name in report.parts.iter().chain(report.beside).chain(&["applicable"]) {
                    if (1..11).contains(&row[*name].as_i64().unwrap()) {
                        row[*name] = Value::Null;
                    }
                }
            }
            assert!(!worked_out(report, &truth, &bare, all).is_empty(), "{line:?}");
        }
    }
    assert!(hidden > 500, "{hidden}");
}
