//! Random sets of tables of one release, as the solver of `tests/attack` reads them: what is
//! hidden, and sums written down here anew from what the tables mean.

use std::collections::BTreeMap;

use casereview::report::suppress::{Layout, public};
use casereview::report::{Cell, Sheet};

/// A generator that gives the same numbers everywhere (SplitMix64).
pub struct Numbers(u64);

impl Numbers {
    pub fn from_seed(seed: u64) -> Self {
        Self(seed)
    }
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % most
    }
}

type Place = Vec<Option<String>>;

/// Positions of applicable, its parts, and what is beside it, in a row of a report.
struct Columns {
    names: &'static [&'static str],
    /// The cell that tells lines apart.
    line: usize,
    applicable: usize,
    parts: &'static [usize],
    beside: &'static [usize],
}

const ITEMS: Columns = Columns {
    names: &[
        "item",
        "title",
        "applicable",
        "strength",
        "ani",
        "na",
        "incomplete",
        "percent",
        "low",
        "high",
        "bar",
        "state_percent",
        "against_state",
    ],
    line: 0,
    applicable: 2,
    parts: &[3, 4],
    beside: &[5, 6],
};

const OUTCOMES: Columns = Columns {
    names: &[
        "outcome",
        "title",
        "applicable",
        "substantially",
        "partially",
        "not_achieved",
        "na",
        "percent",
        "low",
        "high",
        "incomplete",
        "note",
        "bar",
    ],
    line: 0,
    applicable: 2,
    parts: &[3, 4, 5],
    beside: &[6, 10],
};

/// Questions of one item, each asked in every review of it.
const QUESTIONS: Columns = Columns {
    names: &[
        "item",
        "question",
        "participant",
        "title",
        "applicable",
        "yes",
        "good_faith",
        "no",
        "na",
        "proportion",
        "low",
        "high",
    ],
    line: 1,
    applicable: 4,
    parts: &[5, 7],
    beside: &[8],
};

fn sheet(columns: &Columns, groups: &[&'static str], rows: Vec<(Place, usize, Vec<u64>)>) -> Sheet {
    let row = |(group, line, counts): (Place, usize, Vec<u64>)| {
        let mut cells = vec![Cell::Bound(None); columns.names.len()];
        cells[0] = Cell::Text("14".to_owned());
        cells[columns.line] = Cell::Text(line.to_string());
        let parts = columns.parts.len();
        cells[columns.applicable] = Cell::Count(counts[..parts].iter().sum());
        for (at, count) in columns.parts.iter().chain(columns.beside).zip(&counts) {
            cells[*at] = Cell::Count(*count);
        }
        (group, cells)
    };
    Sheet {
        groups: groups.to_vec(),
        columns: columns.names.iter().map(|name| (*name, *name)).collect(),
        rows: rows.into_iter().map(row).collect(),
    }
}

/// One set as a line of JSON.
pub fn set(number: u64, threshold: u64) -> String {
    let mut numbers = Numbers::from_seed(number.wrapping_mul(1_000_003) + 17);
    let columns = if numbers.below(3) == 0 { &OUTCOMES } else { &ITEMS };
    drawn(number, threshold, columns, &mut numbers)
}

/// One set of questions of an item.
pub fn question_set(number: u64, threshold: u64) -> String {
    let mut numbers = Numbers::from_seed(number.wrapping_mul(1_000_003) + 43);
    drawn(number, threshold, &QUESTIONS, &mut numbers)
}

fn drawn(number: u64, threshold: u64, columns: &'static Columns, numbers: &mut Numbers) -> String {
    let lines = 1 + numbers.below(3) as usize;
    let nested = numbers.below(4) == 0;
    let total = numbers.below(2) == 0;
    let largest = [6, 15, 30, 60, 120][numbers.below(5) as usize];
    // Counties of regions; without nesting every region is one county.
    let regions = 1 + numbers.below(if nested { 3 } else { 4 });
    let mut counties: Vec<County> = Vec::new();
    for region in 0..regions {
        let within = if nested { 1 + numbers.below(3) } else { 1 };
        counties.extend((0..within).map(|of| county(region, of, 1 + numbers.below(largest))));
    }
    let shape = Shape { columns, lines, nested, total, counties };
    made(number, threshold, &shape, numbers)
}

/// One large set, which is guarded in the quicker way of large releases: many counties, most of
/// them small.
pub fn large_set(number: u64, threshold: u64) -> String {
    let mut numbers = Numbers::from_seed(number.wrapping_mul(1_000_003) + 29);
    let mut counties: Vec<County> = Vec::new();
    for region in 0..3 {
        for of in 0..5 {
            let largest = [4, 4, 12, 60][numbers.below(4) as usize];
            counties.push(county(region, of, 1 + numbers.below(largest)));
        }
    }
    let shape = Shape { columns: &ITEMS, lines: 5, nested: true, total: true, counties };
    made(number, threshold, &shape, &mut numbers)
}

type County = (String, String, u64);

fn county(region: u64, of: u64, reviews: u64) -> County {
    (format!("R{region}"), format!("C{region}{of}"), reviews)
}

struct Shape {
    columns: &'static Columns,
    lines: usize,
    nested: bool,
    total: bool,
    counties: Vec<County>,
}

fn made(number: u64, threshold: u64, shape: &Shape, numbers: &mut Numbers) -> String {
    let Shape { columns, lines, nested, total, ref counties } = *shape;
    let layout = match columns.applicable {
        4 => Layout::questions(),
        _ if columns.parts.len() == 2 => Layout::items(),
        _ => Layout::outcomes(),
    };
    let width = columns.parts.len() + columns.beside.len();
    let (mut fine, mut coarse, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for line in 0..lines {
        let weights: Vec<u64> = (0..width)
            .map(|_| match numbers.below(4) {
                0 => 0,
                1 => 1 + numbers.below(4),
                _ => 10 + numbers.below(40),
            })
            .collect();
        let weight: u64 = weights.iter().sum();
        let mut by_region: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        let mut sums = vec![0; width];
        for (region, county, reviews) in counties {
            let mut counts = vec![0; width];
            for _ in 0..*reviews {
                let mut left = if weight == 0 { 0 } else { numbers.below(weight) };
                let at = weights.iter().position(|one| {
                    let here = left < *one;
                    left = left.saturating_sub(*one);
                    here
                });
                counts[at.unwrap_or(0)] += 1;
            }
            let of_region = by_region.entry(region.clone()).or_insert_with(|| vec![0; width]);
            for (at, count) in counts.iter().enumerate() {
                of_region[at] += count;
                sums[at] += count;
            }
            fine.push((vec![Some(region.clone()), Some(county.clone())], line, counts));
        }
        coarse.extend(by_region.into_iter().map(|(region, sums)| (vec![Some(region)], line, sums)));
        all.push((vec![None], line, sums));
    }
    let mut by_region = coarse;
    if total {
        by_region.extend(all);
    }
    let mut tables = vec![sheet(columns, &["region"], by_region)];
    if nested {
        tables.push(sheet(columns, &["region", "county"], fine));
    }
    let release: Vec<(&Sheet, &Layout)> = tables.iter().map(|table| (table, &layout)).collect();
    let published = public(&release, threshold).expect("the sums come out");
    let masked: Vec<&Sheet> = published.iter().map(|public| &public.sheet).collect();
    Attack::of(columns, &tables, &masked).line(number, threshold)
}

/// What the solver is told.
#[derive(Default)]
struct Attack {
    values: Vec<u64>,
    printed: Vec<bool>,
    hidden: Vec<bool>,
    known: Vec<bool>,
    sums: Vec<(usize, Vec<usize>)>,
    telling: Vec<usize>,
}

impl Attack {
    fn cell(&mut self, value: u64, printed: bool, hidden: bool) -> usize {
        self.values.push(value);
        self.printed.push(printed);
        self.hidden.push(hidden);
        self.known.push(false);
        self.values.len() - 1
    }

    fn of(columns: &Columns, tables: &[Sheet], masked: &[&Sheet]) -> Self {
        let mut made = Self::default();
        // By line and place: applicable, parts, beside.
        let mut rows: BTreeMap<(String, Vec<String>), Vec<usize>> = BTreeMap::new();
        let mut reviews: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let all: Vec<usize> = [columns.applicable]
            .iter()
            .chain(columns.parts)
            .chain(columns.beside)
            .copied()
            .collect();
        let number = |cell: &Cell| if let Cell::Count(count) = cell { *count } else { 0 };
        for (table, masked) in tables.iter().zip(masked) {
            for ((group, cells), (_, shown)) in table.rows.iter().zip(&masked.rows) {
                let place: Vec<String> = group.iter().flatten().cloned().collect();
                let Cell::Text(line) = &cells[columns.line] else { continue };
                let of_row: Vec<usize> = all
                    .iter()
                    .map(|at| made.cell(number(&cells[*at]), true, shown[*at] == Cell::Hidden))
                    .collect();
                let parts = columns.parts.len();
                made.telling.push(made.sums.len());
                made.sums.push((of_row[0], of_row[1..=parts].to_vec()));
                let sum = all.iter().filter(|at| !columns.parts.contains(at));
                let sum: u64 = sum.map(|at| number(&cells[*at])).sum();
                let of_group = match reviews.get(&place) {
                    Some(known) => *known,
                    None => {
                        let cell = made.cell(sum, false, true);
                        reviews.insert(place.clone(), cell);
                        cell
                    }
                };
                let mut whole = vec![of_row[0]];
                whole.extend(&of_row[1 + parts..]);
                made.sums.push((of_group, whole));
                rows.insert((line.clone(), place), of_row);
            }
        }
        let lines: Vec<String> = rows.keys().map(|(line, _)| line.clone()).collect();
        let places: Vec<Vec<String>> = reviews.keys().cloned().collect();
        let children = |place: &Vec<String>| -> Vec<Vec<String>> {
            let of = |one: &&Vec<String>| {
                one.len() == place.len() + 1 && one[..place.len()] == place[..]
            };
            places.iter().filter(of).cloned().collect()
        };
        for place in &places {
            let under = children(place);
            if under.is_empty() {
                continue;
            }
            made.sums.push((reviews[place], under.iter().map(|one| reviews[one]).collect()));
            for line in lines.iter().collect::<std::collections::BTreeSet<_>>() {
                let total = &rows[&(line.clone(), place.clone())];
                for (at, total) in total.iter().enumerate() {
                    let part = |one: &Vec<String>| rows[&(line.clone(), one.clone())][at];
                    made.sums.push((*total, under.iter().map(part).collect()));
                }
            }
        }
        // Everybody knows how many reviews there were.
        if let Some(cell) = reviews.get(&Vec::new()) {
            made.known[*cell] = made.values[*cell] > 0;
        } else {
            let top: Vec<usize> =
                reviews.iter().filter(|(place, _)| place.len() == 1).map(|(_, at)| *at).collect();
            let sum = top.iter().map(|at| made.values[*at]).sum();
            let cell = made.cell(sum, false, true);
            made.known[cell] = true;
            made.sums.push((cell, top));
        }
        made
    }

    fn line(mut self, number: u64, threshold: u64) -> String {
        for at in 0..self.values.len() {
            self.known[at] &= self.values[at] >= threshold;
            self.hidden[at] &= !self.known[at];
        }
        let mut small: Vec<bool> =
            self.values.iter().map(|value| (1..threshold).contains(value)).collect();
        for at in &self.telling {
            let (total, parts) = &self.sums[*at];
            for part in parts.iter().filter(|_| self.values[*total] > 0) {
                small[*part] |= self.values[*part] == 0;
            }
        }
        serde_json::json!({
            "set": number,
            "threshold": threshold,
            "values": self.values,
            "printed": self.printed,
            "hidden": self.hidden,
            "known": self.known,
            "small": small,
            "sums": self.sums,
        })
        .to_string()
    }
}
