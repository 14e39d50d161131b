//! Whole numbers compared with one another: judged, proven, put in words, told apart by an
//! example; and what would change a number that is counted from rows.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{Instrument, Rating, check, load_shipped, words};
use casereview::scoring::{Answers, Row, Value, changes, score, token};

/// Three numbers and a row for each way they can stand to one another.
fn three(rows: &[(&str, &str)]) -> String {
    let mut text = "[instrument]\nid = \"order\"\ntitle = \"Order\"\nshort = \"Order\"\n\
        edition = \"1\"\nsource = \"made up\"\n[[case-type]]\ncode = \"a\"\ntitle = \"A\"\n\
        [[item]]\nid = \"1\"\ntitle = \"Order\"\n[item.applies]\na = \"always\"\n"
        .to_owned();
    for (id, most) in [("x", 9), ("y", 7), ("z", 30)] {
        text += &format!(
            "[[item.question]]\nid = \"{id}\"\nask = \"{id}?\"\nkind = \"integer\"\nleast = 0\n\
             most = {most}\n"
        );
    }
    for (at, (give, when)) in rows.iter().enumerate() {
        text += &format!("[[item.row]]\nid = \"r{at}\"\ngive = \"{give}\"\nwhen = {{ {when} }}\n");
    }
    text
}

const ROWS: [(&str, &str); 7] = [
    ("strength", "x = { less-than = \"y\" }, y = { less-than = \"z\" }"),
    ("ani", "y = { less-than = \"z\" }, z = { at-most = \"x\" }"),
    ("na", "z = { at-most = \"x\" }, x = { less-than = \"y\" }"),
    ("strength", "y = { equals = \"x\" }, z = { more-than = \"y\" }"),
    ("ani", "y = { at-most = \"x\" }, x = { less-than = \"z\" }, not = { y = { equals = \"x\" } }"),
    ("na", "z = { at-most = \"y\" }, x = { at-least = \"y\" }"),
    (
        "na",
        "all-of = [{ y = { more-than = \"x\" } }, { z = { at-most = \"y\" } }], \
         z = { more-than = \"x\" }",
    ),
];

#[test]
fn tables_over_compared_numbers_are_proven() {
    let whole = check("order", &three(&ROWS));
    assert_eq!(whole.diagnostics, [], "{:?}", whole.diagnostics);
    let instrument = whole.instrument.unwrap();
    // The proof looked at a few numbers of each range; here are all of them.
    let at = |id: &str| instrument.find_question(&format!("1.{id}")).unwrap();
    let item = instrument.find_item("1").unwrap();
    for (x, y, z) in
        (0..=9).flat_map(|x| (0..=7).flat_map(move |y| (0..=30).map(move |z| (x, y, z))))
    {
        let mut answers = Answers::new(casereview::instrument::CaseTypeIx(0));
        for (id, number) in [("x", x), ("y", y), ("z", z)] {
            answers.set(at(id), Some(Value::Integer(number)));
        }
        let rated = score(&instrument, &answers).item(item).rating;
        let wanted = match (z <= y, x <= y) {
            (true, _) => Rating::Na,
            (false, true) => Rating::Strength,
            (false, false) => Rating::Ani,
        };
        assert_eq!(rated, wanted, "{x} {y} {z}");
    }
    // Without any one of its rows there is a gap, and it is found.
    for left_out in 0..ROWS.len() {
        let mut fewer = ROWS.to_vec();
        fewer.remove(left_out);
        let found = check("order", &three(&fewer)).diagnostics;
        assert!(found.iter().any(|problem| problem.code == "gap"), "without row {left_out}");
    }
}

#[test]
fn a_number_not_given_leaves_a_comparison_open() {
    let instrument = load_shipped("quality-contacts").unwrap();
    let item = instrument.find_item("M").unwrap();
    let rated = |given: &[(&str, i64)]| {
        let mut answers = Answers::new(instrument.find_case_type("out-of-home").unwrap());
        for (id, number) in given {
            answers.set(instrument.find_question(id).unwrap(), Some(Value::Integer(*number)));
        }
        let result = score(&instrument, &answers).item(item).clone();
        token(&instrument, item, &result.cause)
    };
    assert_eq!(rated(&[("M.months-visited", 5)]), "missing:M.months-due M.months-residence");
    assert_eq!(rated(&[("M.months-visited", 5), ("M.months-due", 4)]), "rule:visited-of-due");
    let rule = &instrument.item(item).rules()[0];
    assert_eq!(
        words::rule(&instrument, item, rule),
        "never: months-visited is more than months-due"
    );
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(key, cell)| ((*key).to_owned(), (*cell).to_owned())).collect()
}

/// The changes of an item as rows and numbers.
fn told(instrument: &Instrument, answers: &Answers, item: &str) -> Vec<(String, String, Value)> {
    let item = instrument.find_item(item).unwrap();
    let found = changes(instrument, answers, item).into_iter();
    found
        .flat_map(|change| {
            let rating = change.rating.code().to_owned();
            change.answers.into_iter().map(move |answer| {
                let id = answer.rows.unwrap_or_else(|| format!("{:?}", answer.question));
                (rating.clone(), id, answer.new)
            })
        })
        .collect()
}

#[test]
fn counted_numbers_change_by_their_rows() {
    let instrument = load_shipped("cfsr-r4").unwrap();
    let mut answers = Answers::new(instrument.find_case_type("foster-care").unwrap());
    let at = |id: &str| instrument.find_question(id).unwrap();
    let yes = |id: &str| Value::Codes(instrument.question(at(id)).code("yes").unwrap());
    answers.set(at("1.applies"), Some(yes("1.applies")));
    let late = row(&[("begun-in-time", "no"), ("seen-in-time", "yes")]);
    answers.set(at("1.A1"), Some(Value::Rows(vec![late])));
    answers.set(at("1.C"), Some(Value::Codes(instrument.question(at("1.C")).code("no").unwrap())));
    let found = told(&instrument, &answers, "1");
    assert!(!found.is_empty());
    // With one late report the rating hangs on C and on whether the item applies.
    answers.set(at("1.C"), Some(Value::Codes(instrument.question(at("1.C")).code("na").unwrap())));
    let found = told(&instrument, &answers, "1");
    let rows = "rows of 1.A1 where Begun in time is No";
    assert!(
        found.contains(&("strength".to_owned(), rows.to_owned(), Value::Integer(0))),
        "{found:?}"
    );
}
