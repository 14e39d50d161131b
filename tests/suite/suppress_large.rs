//! Large releases for the public: a result within bounded work, and what is left out of it.

#![allow(clippy::unwrap_used)]

use casereview::report::suppress::{Follows, Layout, LineRef, Public, rules, together};
use casereview::report::{
    Cell, Column, Edition, Facts, FinalReading, ItemHead, Query, Sheet, Tally, TrendTable,
};

use crate::suppress_sets::{Numbers, large_set};

/// Ratings of items: two counties have many readings in every period, the others one or two.
fn tally(by: &[Column], counties: u64, periods: u64) -> Tally {
    let item = |id: &str| ItemHead {
        id: id.to_owned(),
        title: format!("Item {id}"),
        sub_item: false,
        bar: Some(0.9),
    };
    let edition = Edition {
        instrument: "r2".to_owned(),
        short: "R2".to_owned(),
        items: vec![item("1"), item("2")],
        outcomes: Vec::new(),
    };
    let mut tally = Tally::new(&[edition], Query::by(by));
    let mut numbers = Numbers::from_seed(5);
    for period in 0..periods {
        for county in 0..counties {
            let readings = if county < 2 { 30 } else { 1 + numbers.below(2) };
            let (county, period) = (format!("County {county:02}"), format!("P{period:02}"));
            for _ in 0..readings {
                let facts = Facts { county: &county, period: &period, ..Facts::default() };
                let rating = |of: u64| u8::from(of > 4) + u8::from(of > 7);
                let ratings = [rating(numbers.below(9)), rating(numbers.below(9))];
                tally.add(&FinalReading::of(0, facts, &ratings, &[]));
            }
        }
    }
    tally
}

fn small_counts(public: &Public, counts: &[usize]) -> usize {
    let cells = public.sheet.rows.iter().flat_map(|(_, row)| counts.iter().map(|at| &row[*at]));
    cells.filter(|cell| matches!(cell, Cell::Count(1..=10))).count()
}

#[test]
fn groups_too_fine_for_anything_are_left_out() {
    let items = |by: &[Column]| tally(by, 40, 30).item_table();
    let all = items(&[]).sheet();
    let county = items(&[Column::County]).sheet();
    let period = TrendTable::of(&items(&[Column::Period])).sheet();
    let both = TrendTable::of(&items(&[Column::County, Column::Period])).sheet();
    assert_eq!(both.rows.len(), 2400);
    let (item, trend) = (Layout::items(), Layout::trend());
    let tables: [(&Sheet, &Layout); 4] =
        [(&all, &item), (&county, &item), (&period, &trend), (&both, &trend)];
    let made = together(&tables, &[], 11).unwrap();
    let rows: Vec<usize> = made.iter().map(|public| public.sheet.rows.len()).collect();
    assert_eq!(rows, [2, 80, 60, 0]);
    assert_eq!(made[3].left_out, [["county", "period"]]);
    assert!(made[..3].iter().all(|public| public.left_out.is_empty()));
    for (public, layout) in made.iter().zip([&item, &item, &trend]) {
        assert_eq!(small_counts(public, &layout.counts), 0);
    }
    assert_eq!(made[0].hidden, 0);
    assert_eq!((made[1].hidden, made[1].counts), (228, 400));
    assert_eq!(together(&tables, &[], 11).unwrap(), made, "the same release, the same answer");
}

/// A table of items or of outcomes: ids with applicable, strength or substantially, the rest.
fn table(outcomes: bool, rows: &[(&str, u64, u64)]) -> Sheet {
    let row = |(id, first, second): &(&str, u64, u64)| {
        let mut cells = vec![Cell::Note(None); 13];
        cells[0] = Cell::Text((*id).to_owned());
        let counts: &[(usize, u64)] = if outcomes {
            &[(2, first + second), (3, *first), (4, 0), (5, *second), (6, 40), (10, 0)]
        } else {
            &[(2, first + second), (3, *first), (4, *second), (5, 40), (6, 0)]
        };
        for (at, count) in counts {
            cells[*at] = Cell::Count(*count);
        }
        (Vec::new(), cells)
    };
    let columns = vec![("column", "column"); 13];
    Sheet { groups: Vec::new(), columns, rows: rows.iter().map(row).collect() }
}

#[test]
fn outcomes_of_several_items_are_told_only_where_nothing_of_these_is_hidden() {
    let from = |outcome: &str, items: &[&str]| Follows {
        line: LineRef::new("outcomes", outcome),
        of: items.iter().map(|item| LineRef::new("items", item)).collect(),
    };
    let follow = [from("safety-2", &["2", "3"]), from("well-being-2", &["16"])];
    let left_out = |public: &Public| -> Vec<String> {
        public.lines_left_out.iter().flat_map(|line| line.ids.clone()).collect()
    };
    let outcomes = table(true, &[("well-being-2", 30, 30), ("safety-2", 24, 36)]);
    let made = |second: u64| {
        let items = [("2", 30, 30), ("3", 60 - second, second), ("16", 30, 30)];
        let items = table(false, &items);
        let tables = [(&items, &Layout::items()), (&outcomes, &Layout::outcomes())];
        together(&tables, &follow, 11).unwrap()
    };
    let names = |public: &Public| -> Vec<Cell> {
        public.sheet.rows.iter().map(|(_, cells)| cells[0].clone()).collect()
    };
    let large = made(20);
    // Nowhere achieved partially is a nothing that tells: so much of it is hidden.
    assert_eq!(names(&large[1]), [Cell::Text("well-being-2".to_owned())]);
    assert_eq!(left_out(&large[1]), ["safety-2"]);
    let few = made(4);
    assert_eq!(left_out(&few[1]), ["safety-2"]);
    assert!(few[0].hidden > 0 && few[0].lines_left_out.is_empty());
    // Without its items in the release there is nothing to give away.
    let alone = together(&[(&outcomes, &Layout::outcomes())], &follow, 11).unwrap();
    assert_eq!(names(&alone[0]).len(), 2);
    // With something achieved partially all of it is told.
    let mut whole = outcomes.clone();
    (whole.rows[1].1[2], whole.rows[1].1[4]) = (Cell::Count(80), Cell::Count(20));
    whole.rows[1].1[6] = Cell::Count(20);
    let items = table(false, &[("2", 30, 30), ("3", 40, 20), ("16", 30, 30)]);
    let tables = [(&items, &Layout::items()), (&whole, &Layout::outcomes())];
    let told = together(&tables, &follow, 11).unwrap();
    assert_eq!(names(&told[1]).len(), 2);
    assert!(told[1].lines_left_out.is_empty());
}

#[test]
fn a_large_release_publishes_no_small_count() {
    let set: serde_json::Value = serde_json::from_str(&large_set(0, 11)).unwrap();
    let of = |name: &str| -> Vec<bool> {
        set[name].as_array().unwrap().iter().map(|cell| cell.as_bool().unwrap()).collect()
    };
    let (small, hidden, printed) = (of("small"), of("hidden"), of("printed"));
    assert_eq!(small.len(), 494);
    assert!(small.iter().zip(&hidden).all(|(small, hidden)| !small || *hidden));
    // Beside what is small others are hidden, but not all.
    let count = |of: &[bool]| of.iter().zip(&printed).filter(|(of, on)| **of && **on).count();
    assert_eq!((count(&small), count(&hidden), count(&printed)), (287, 327, 475));
}

/// A table of questions of item 14: ids with yes, no and not applicable.
fn questions(rows: &[(&str, u64, u64, u64)]) -> Sheet {
    let row = |(id, yes, no, na): &(&str, u64, u64, u64)| {
        let mut cells = vec![Cell::Note(None); 13];
        (cells[0], cells[1]) = (Cell::Text("14".to_owned()), Cell::Text((*id).to_owned()));
        for (at, count) in [(4, yes + no), (5, *yes), (6, 0), (7, *no), (8, *na)] {
            cells[at] = Cell::Count(count);
        }
        (Vec::new(), cells)
    };
    let columns = vec![("column", "column"); 13];
    Sheet { groups: Vec::new(), columns, rows: rows.iter().map(row).collect() }
}

/// A question answered by all tells in how many reviews the item was asked, so that of the next
/// one neither what is applicable nor what is not may stand alone.
#[test]
fn questions_of_an_item_are_asked_in_the_same_reviews() {
    let table = questions(&[("14.A", 53, 14, 0), ("14.C", 1, 0, 66)]);
    let made = together(&[(&table, &Layout::questions())], &[], 11).unwrap();
    let row = &made[0].sheet.rows[1].1;
    assert!([4, 5, 8].iter().all(|at| row[*at] == Cell::Hidden), "{row:?}");
    assert_eq!(made[0].sheet.rows[0].1[4], Cell::Count(67));
}

#[test]
fn a_question_others_open_is_told_only_where_nothing_of_these_is_hidden() {
    let line = |id: &str| LineRef::new("questions", id);
    let rules = [Follows { line: line("14.B"), of: vec![line("14.A")] }];
    let shown = |yes: u64| {
        let table = questions(&[("14.A", yes, 60 - yes, 0), ("14.B", 30, 30, 0)]);
        let made = together(&[(&table, &Layout::questions())], &rules, 11).unwrap();
        (made[0].sheet.rows.len(), made[0].lines_left_out.clone())
    };
    assert_eq!(shown(30), (2, Vec::new()));
    assert_eq!(shown(4), (1, vec![line("14.B")]));
}

#[test]
fn what_follows_from_what_is_read_off_the_instrument() {
    let rules = rules(&crate::workspace::instrument());
    let of = |table: &str, ids: &[&str]| -> Vec<String> {
        let is = |rule: &&Follows| rule.line.table == table && rule.line.ids == ids;
        let lines = rules.iter().find(is).into_iter().flat_map(|rule| &rule.of);
        lines.map(|line| format!("{} {}", line.table, line.ids.join(" "))).collect()
    };
    assert_eq!(of("outcomes", &["well-being-1"]), [17, 18, 19, 20].map(|n| format!("items {n}")));
    assert_eq!(of("items", &["17B"]), ["items 17"]);
    assert_eq!(of("participants", &["mother", "16"]), ["items 16"]);
    assert_eq!(
        of("participants", &["maternal-relatives", "15"]),
        ["items 15", "participants child 15"]
    );
    assert_eq!(of("questions", &["15.B"]), ["questions 15.A1", "questions 15.A2"]);
    assert_eq!(of("questions", &["14.A"]), [""; 0]);
}
