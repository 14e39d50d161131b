//! CSV and text print the numbers that JSON holds.

use serde_json::{Map, Value};

/// What a line of text holds of a row, by the names of its CSV columns. A column with `?` is
/// left out where it is nothing in every row; `-` joins the two ends of an interval.
const LINES: [(&str, &str); 16] = [
    ("items", "applicable strength ani na incomplete? percent low-high"),
    ("outcomes", "applicable substantially partially not_achieved na incomplete? percent low-high"),
    ("questions", "applicable yes good_faith? no na percent low-high"),
    ("sections", "cases applicable yes good_faith? no na percent low-high"),
    ("measures", "cases due made percent low-high"),
    ("components", "applicable strength ani na incomplete? percent low-high"),
    ("participants", "applicable met not_met na percent low-high"),
    ("reasons", "asked given percent low-high"),
    ("eliminations", "eliminated replaced cases percent"),
    ("overrides", "overridden strength ani na percent"),
    ("alerts", "alerts safety permanency well_being follow_up closed percent"),
    ("progress", "cases unassigned not_started in_progress submitted final percent"),
    (
        "narratives",
        "texts_wanted texts_written median_words short without_who without_when without_what",
    ),
    ("trend", "applicable percent low-high"),
    ("state", "applicable strength percent estimate estimate_low-estimate_high"),
    ("agreement", "n percent_agreement low-high"),
];

/// Puts what CSV prints beside the rows of JSON, and fails where CSV or text says otherwise.
pub fn printed(line: &[&str], rows: Vec<Value>, csv: &str, text: &str) -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), rows.len(), "{line:?}");
    let mut found = Vec::new();
    for (mut row, record) in rows.into_iter().zip(&records) {
        let mut cells = Map::new();
        for (name, cell) in names.iter().zip(record) {
            same(&row, name, cell);
            cells.insert(name.clone(), Value::from(cell));
        }
        row["printed"] = Value::from(cells);
        found.push(row);
    }
    let layout = LINES.iter().find(|(report, _)| line[..2] == ["report", report]);
    // Matrices, lists of cases and months have pages of their own.
    let other = ["--matrix", "--cases"].iter().any(|option| line.contains(option));
    if let (Some((report, columns)), false) = (layout, other) {
        in_text(report, columns, &found, text);
    }
    found
}

/// One cell of CSV against its value in JSON.
fn same(row: &Value, name: &str, cell: &str) {
    let json = match name {
        "percent_agreement" => "agreement".to_owned(),
        name => name.replace("percent", "proportion"),
    };
    let group = row["group"].get(name);
    let value = row.get(&json).or(group).unwrap_or_else(|| panic!("{json} in {row}"));
    match value {
        Value::Null if group.is_some() => assert_eq!(cell, "(all)", "{name} of {row}"),
        Value::Null => assert_eq!(cell, "", "{name} of {row}"),
        Value::String(text) => assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), text),
        Value::Number(number) if number.is_u64() => {
            assert_eq!(cell, number.to_string(), "{name} of {row}");
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            let decimals = cell.rsplit('.').next().unwrap().len();
            let (scale, wanted) = if ["kappa", "ac1"].iter().any(|one| name.starts_with(one)) {
                (1.0, 3)
            } else {
                (100.0, 1)
            };
            assert_eq!(decimals, wanted, "{name} of {row}");
            let off = (cell.parse::<f64>().unwrap() - scale * number).abs();
            let half = 0.5 * 0.1_f64.powi(wanted as i32) + 1e-9;
            assert!(off <= half, "{name} is {cell} of {row}");
        }
        other => panic!("{name} is {other} of {row}"),
    }
}

/// Every row has its line in the text, in order, with the numbers of the row side by side.
fn in_text(report: &str, columns: &str, rows: &[Value], text: &str) {
    let of = |row: &Value, name: &str| row["printed"][name].as_str().unwrap().to_owned();
    let shown: Vec<&str> = columns
        .split(' ')
        .filter_map(|name| match name.strip_suffix('?') {
            Some(rare) => rows.iter().any(|row| of(row, rare) != "0").then_some(rare),
            None => Some(name),
        })
        .collect();
    let lines: Vec<Vec<&str>> =
        text.lines().map(|line| line.split_whitespace().collect()).collect();
    // Agreement stands together by what was asked in text, by mode in files.
    let is_ordered = report != "agreement";
    let (mut from, mut taken) = (0, vec![false; lines.len()]);
    for row in rows {
        // An outcome that can't be computed has a sentence instead of numbers.
        if report == "outcomes" && row["note"].is_string() {
            continue;
        }
        let mut wanted: Vec<String> = Vec::new();
        for name in &shown {
            match name.split_once('-') {
                Some((low, high)) if !of(row, low).is_empty() => {
                    wanted.extend([of(row, low), "-".to_owned(), of(row, high)]);
                }
                Some(_) => {}
                None => {
                    let cell = of(row, name);
                    let nothing = if *name == "median_words" { "-" } else { "n/a" };
                    wanted.push(if cell.is_empty() { nothing.to_owned() } else { cell });
                }
            }
        }
        let holds = |line: &Vec<&str>| line.windows(wanted.len()).any(|part| part == wanted);
        let free = |at: &usize| !taken[*at] && holds(&lines[*at]);
        let found = (from..lines.len()).find(free);
        let at =
            found.unwrap_or_else(|| panic!("{report}: no line {wanted:?} of {row} in\n{text}"));
        taken[at] = true;
        if is_ordered {
            from = at + 1;
        }
    }
}
