//! Months counted up to the end of the period under review: in a workspace, whose rounds fix
//! it; typed where nothing does.

#![allow(clippy::unwrap_used)]

use casereview::instrument::load_shipped;
use casereview::review;
use casereview::scoring::{Answers, Value, is_filled, value_of};

use crate::{every_instrument, workspace};

fn day(text: &str) -> Option<Value> {
    Some(Value::Date(text.parse().unwrap()))
}

#[test]
fn months_are_counted_to_the_discharge_or_the_end_of_the_period() {
    for id in ["cfsr-r3", "cfsr-r4"] {
        let instrument = load_shipped(id).unwrap();
        let at = |id: &str| instrument.find_question(id).unwrap();
        let months = |answers: &Answers| value_of(&instrument, answers, at("6.A4"));
        let foster_care = instrument.find_case_type("foster-care").unwrap();
        let mut typed = Answers::new(foster_care);
        typed.set(at("face.entered"), day("2025-03-31"));
        // A file of answers has no period: the number is typed.
        assert_eq!((months(&typed), is_filled(&instrument, &typed, at("6.A4"))), (None, false));
        typed.set(at("6.A4"), Some(Value::Integer(7)));
        assert_eq!(months(&typed), Some(Value::Integer(7)));
        let mut fixed = typed.up_to(Some("2026-11-30".parse().unwrap()));
        assert!(is_filled(&instrument, &fixed, at("6.A4")));
        assert_eq!(months(&fixed), Some(Value::Integer(20)), "it counts, not what was typed");
        fixed.set(at("face.discharged"), day("2026-04-30"));
        assert_eq!(months(&fixed), Some(Value::Integer(13)));
        fixed.set(at("face.entered"), None);
        assert_eq!(months(&fixed), Some(Value::Integer(7)), "without an entry nothing counts");
    }
}

#[test]
fn a_review_knows_the_end_of_its_period() {
    let folder = tempfile::tempdir().unwrap();
    let instrument = load_shipped("cfsr-r4").unwrap();
    every_instrument::create(folder.path(), &instrument);
    let mut workspace = workspace::open_as(folder.path(), "rv-04");
    let reading = workspace::reading_of(&workspace, 1);
    workspace::answer(&mut workspace, reading, "face.entered", "2025-03-31");
    let whole = workspace.reading(reading).unwrap();
    assert_eq!(whole.case.under_review.unwrap().to_string(), "2026-04-01/2026-11-30");
    let answers = review::answers(&instrument, &whole).unwrap();
    let at = instrument.find_question("6.A4").unwrap();
    assert_eq!(value_of(&instrument, &answers, at), Some(Value::Integer(20)));
}
