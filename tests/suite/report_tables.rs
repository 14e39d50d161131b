//! Reports as plain data and their renderings, from readings made up here.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use casereview::report::{
    ABSENT, Column, Edition, Filter, FinalReading, ItemHead, OutcomeHead, Query, Tally,
};
use proptest::prelude::*;

fn edition(instrument: &str, items: &[&str]) -> Edition {
    Edition {
        instrument: instrument.to_owned(),
        short: instrument.to_uppercase(),
        items: items
            .iter()
            .map(|id| ItemHead {
                id: (*id).to_owned(),
                title: format!("Title of {id}"),
                sub_item: id.ends_with(char::is_alphabetic),
                bar: Some(0.9),
            })
            .collect(),
        outcomes: vec![
            OutcomeHead {
                id: "well-being-1".to_owned(),
                title: "Capacity".to_owned(),
                absent: Vec::new(),
                bar: Some(0.95),
            },
            OutcomeHead {
                id: "permanency-2".to_owned(),
                title: "Continuity".to_owned(),
                absent: vec!["11".to_owned(), "12".to_owned(), "13".to_owned()],
                bar: Some(0.95),
            },
        ],
    }
}

fn reading<'a>(region: &'a str, ratings: &'a [u8]) -> FinalReading<'a> {
    FinalReading {
        edition: 0,
        region,
        county: "",
        cluster: "",
        case_type: "foster-care",
        period: "2026-H1",
        reviewer: "R1",
        round: "Spring",
        review_kind: "regular",
        month: "2026-03",
        stratum: "",
        ratings,
        answers: &[],
    }
}

/// Strength, ANI, NA and incomplete as packed bytes.
const S: u8 = 0;
const A: u8 = 1;
const N: u8 = 2;
const I: u8 = 3;

#[test]
fn text_by_region() {
    let mut tally = Tally::new(
        &[edition("r2", &["17", "17A", "20"])],
        Query { total: true, ..Query::by(&[Column::Region]) },
    );
    for _ in 0..9 {
        tally.add(&reading("Shelby", &[S, S, A, 0, 5]));
    }
    for _ in 0..3 {
        tally.add(&reading("Shelby", &[A, A, S, 1, 5]));
    }
    tally.add(&reading("East", &[I, S, N, 4, 5]));
    tally.add(&reading("", &[S, S, N, 0, 5]));
    assert_eq!(
        casereview::report::items_text(&tally.item_table()),
        "\
Items by region: 14 final reviews, R2

Item 17  Title of 17
  region     n  Strength   ANI    NA  Incompl.      %   95 % interval
  (none)     1         1     0     0         0  100.0   20.7 - 100.0  !
  East       0         0     0     0         1    n/a
  Shelby    12         9     3     0         0   75.0   46.8 -  91.1
  All       13        10     3     0         1   76.9   49.7 -  91.8

Item 20  Title of 20
  region     n  Strength   ANI    NA  Incompl.      %   95 % interval
  (none)     0         0     0     1         0    n/a
  East       0         0     0     1         0    n/a
  Shelby    12         3     9     0         0   25.0    8.9 -  53.2
  All       12         3     9     2         0   25.0    8.9 -  53.2

  %    Strength of n (Strength and ANI); Wilson interval
  n/a  no applicable review
  !    10 applicable reviews or fewer: read with care
  bar  90 % for a whole state, here for reference only
"
    );
    assert_eq!(
        casereview::report::outcomes_text(&tally.outcome_table()),
        "\
Outcomes by region: 14 final reviews, R2

Outcome well-being-1  Capacity
  region     n  Subst.  Partly   Not    NA  Incompl.      %   95 % interval
  (none)     1       1       0     0     0         0  100.0   20.7 - 100.0  !
  East       0       0       0     0     0         1    n/a
  Shelby    12       9       3     0     0         0   75.0   46.8 -  91.1
  All       13      10       3     0     0         1   76.9   49.7 -  91.8

Outcome permanency-2  Continuity
  not computed: needs items 11, 12, 13

  %    substantially achieved of n (substantially, partially or not); Wilson
       interval
  n/a  no applicable review
  !    10 applicable reviews or fewer: read with care
  bar  95 % for a whole state, here for reference only
"
    );
}

#[test]
fn text_by_two_columns_keeps_them_apart() {
    let query = Query { total: true, ..Query::by(&[Column::Region, Column::CaseType]) };
    let mut tally = Tally::new(&[edition("r2", &["14"])], query);
    tally.add(&reading("A region with a name of more than forty letters", &[S, 0, 5]));
    tally.add(&FinalReading { case_type: "in-home", ..reading("East", &[N, 0, 5]) });
    let text = casereview::report::items_text(&tally.item_table());
    let lines: Vec<&str> = text.lines().skip(3).take(4).collect();
    assert_eq!(
        lines,
        [
            "  region                                    case type       n  Strength   ANI    NA      %   95 % interval",
            "  A region with a name of more than forty…  foster-care     1         1     0     0  100.0   20.7 - 100.0  !",
            "  East                                      in-home         0         0     0     1    n/a",
            "  All                                                       1         1     0     1  100.0   20.7 - 100.0  !",
        ]
    );
}

#[test]
fn text_without_groups_is_one_table() {
    let mut tally = Tally::new(&[edition("r2", &["14", "20"])], Query::default());
    tally.add(&reading("Shelby", &[S, A, 0, 5]));
    assert_eq!(
        casereview::report::items_text(&tally.item_table()),
        "\
Items: 1 final review, R2

                     n  Strength   ANI    NA      %   95 % interval
  14 Title of 14     1         1     0     0  100.0   20.7 - 100.0  !
  20 Title of 20     1         0     1     0    0.0    0.0 -  79.3  !  <

  %    Strength of n (Strength and ANI); Wilson interval
  !    10 applicable reviews or fewer: read with care
  <    below the bar of 90 % for a whole state
"
    );
}

#[test]
fn json_and_csv_hold_the_same_rows() {
    let mut tally = Tally::new(
        &[edition("r2", &["14", "20"])],
        Query { total: true, ..Query::by(&[Column::Region, Column::CaseType]) },
    );
    tally.add(&reading("Shelby", &[S, N, 0, 5]));
    tally.add(&reading("East", &[A, ABSENT, 2, 5]));
    tally.add(&reading("East", &[S, I, 3, 5]));
    let sheet = tally.item_table().sheet();
    let json = casereview::report::json(&sheet);
    let first = json.lines().nth(1).unwrap();
    assert!(
        first.starts_with(
            r#"{"group":{"region":"East","case_type":"foster-care"},"item":"14","title":"Title of 14","applicable":2,"strength":1,"ani":1,"na":0,"incomplete":0,"proportion":0.5,"low":0.0945"#
        ),
        "{first}"
    );
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[2]["group"]["region"], serde_json::Value::Null);
    assert_eq!(rows[3]["proportion"], serde_json::Value::Null);
    assert_eq!(
        casereview::report::csv(&sheet),
        "\
region,case_type,item,title,applicable,strength,ani,na,incomplete,percent,low,high,bar,state_percent,against_state
East,foster-care,14,Title of 14,2,1,1,0,0,50.0,9.5,90.5,90.0,66.7,
Shelby,foster-care,14,Title of 14,1,1,0,0,0,100.0,20.7,100.0,90.0,66.7,
(all),(all),14,Title of 14,3,2,1,0,0,66.7,20.8,93.9,90.0,66.7,
East,foster-care,20,Title of 20,0,0,0,0,1,,,,90.0,,
Shelby,foster-care,20,Title of 20,0,0,0,1,0,,,,90.0,,
(all),(all),20,Title of 20,0,0,0,1,1,,,,90.0,,
"
    );
    let outcomes = casereview::report::csv(&tally.outcome_table().sheet());
    assert_eq!(
        outcomes.lines().nth(4).unwrap(),
        "East,foster-care,permanency-2,Continuity,0,0,0,0,0,,,,0,\"not computed: needs items 11, 12, 13\",95.0"
    );
}

#[test]
fn an_empty_report_is_valid_in_every_format() {
    let tally = Tally::new(&[edition("r2", &["14"])], Query::by(&[Column::Region]));
    let table = tally.item_table();
    assert_eq!(table.rows, []);
    assert_eq!(casereview::report::json(&table.sheet()), "[]\n");
    assert_eq!(casereview::report::csv(&table.sheet()).lines().count(), 1);
}

#[test]
fn percents_round_half_up() {
    for (x, n, percent) in
        [(115, 368, "31.3"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (1, 800, "0.1")]
    {
        let mut tally = Tally::new(&[edition("r2", &["14"])], Query::default());
        for at in 0..n {
            tally.add(&reading("", &[if at < x { S } else { A }]));
        }
        let csv = casereview::report::csv(&tally.item_table().sheet());
        assert_eq!(csv.lines().nth(1).unwrap().split(',').nth(7), Some(percent), "{x}/{n}");
    }
}

#[test]
fn hostile_group_names_are_made_harmless() {
    let mut tally =
        Tally::new(&[edition("r2", &["14"])], Query::by(&[Column::Region, Column::County]));
    let hostile = FinalReading {
        county: "Sh\u{1b}[31mel\u{202e}by\nItem 15",
        ..reading("=HYPERLINK(\"http://x\",\"y\")", &[S])
    };
    tally.add(&hostile);
    let sheet = tally.item_table().sheet();
    let csv = casereview::report::csv(&sheet);
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""), "{csv}");
    let text = casereview::report::items_text(&tally.item_table());
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
    assert_eq!(text.lines().filter(|line| line.starts_with("Item 1")).count(), 1, "{text}");
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(&casereview::report::json(&sheet)).unwrap();
    assert_eq!(rows[0]["group"]["county"], hostile.county, "json keeps what is stored");
}

#[test]
fn instruments_are_never_mixed() {
    let editions = [edition("r2", &["14", "20"]), edition("r4", &["14"])];
    let mut tally = Tally::new(&editions, Query::by(&[Column::Region]));
    tally.add(&reading("East", &[S, S]));
    tally.add(&FinalReading { edition: 1, ..reading("East", &[A]) });
    tally.add(&FinalReading { edition: 1, ..reading("Knox", &[A]) });
    let table = tally.item_table();
    assert_eq!(table.columns, [Column::Region, Column::Instrument]);
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| {
            let group: Vec<_> = row.group.iter().map(|v| v.as_deref().unwrap()).collect();
            (group.join(" "), row.item.as_str(), row.strength, row.ani)
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("East r2".to_owned(), "14", 1, 0),
            ("East r2".to_owned(), "20", 1, 0),
            ("East r4".to_owned(), "14", 0, 1),
            ("Knox r4".to_owned(), "14", 0, 1),
        ]
    );
    // One instrument counted: no such column, though the other is known.
    let filters = vec![Filter { column: Column::Instrument, value: "r4".to_owned() }];
    let mut tally = Tally::new(&editions, Query { filters, ..Query::by(&[Column::Region]) });
    tally.add(&reading("East", &[S, S]));
    tally.add(&FinalReading { edition: 1, ..reading("East", &[A]) });
    let table = tally.item_table();
    assert_eq!(table.columns, [Column::Region]);
    assert_eq!((table.rows.len(), table.rows[0].ani, table.readings), (1, 1, 1));
}

#[test]
fn sub_items_are_shown_when_asked_for() {
    let editions = [edition("r2", &["17", "17A", "17B", "18"])];
    let items = |query: Query| {
        let mut tally = Tally::new(&editions, query);
        tally.add(&reading("East", &[S, S, S, A]));
        tally.item_table().rows.into_iter().map(|row| row.item).collect::<Vec<_>>()
    };
    let only = |id: &str| Query {
        filters: vec![Filter { column: Column::Item, value: id.to_owned() }],
        ..Query::default()
    };
    assert_eq!(items(Query::default()), ["17", "18"]);
    assert_eq!(items(Query { sub_items: true, ..Query::default() }), ["17", "17A", "17B", "18"]);
    assert_eq!(items(only("17B")), ["17B"]);
    assert_eq!(items(only("18")), ["18"]);
}

#[test]
fn columns_have_one_name_each() {
    for column in Column::ALL {
        assert_eq!(Column::from_name(column.name()), Ok(column));
    }
    assert_eq!(Column::from_name("case-type"), Ok(Column::CaseType));
    assert_eq!(
        Column::from_name("worker").unwrap_err().to_string(),
        "there is no report by worker: results are not a staff appraisal"
    );
}

#[derive(Debug, Clone)]
struct Made {
    facts: [String; 4],
    items: Vec<u8>,
}

fn made() -> impl Strategy<Value = Made> {
    let facts = [
        prop::sample::select(vec!["East", "Knox", "", "Åre", "east"]),
        prop::sample::select(vec!["A", "B", "=C"]),
        prop::sample::select(vec!["foster-care", "in-home"]),
        prop::sample::select(vec!["2025-H1", "2025-H2", "2026-H1"]),
    ]
    .prop_map(|facts| facts.map(str::to_owned));
    let rating = prop::sample::select(vec![S, A, N, I, 4, ABSENT]);
    (facts, prop::collection::vec(rating, 3)).prop_map(|(facts, items)| Made { facts, items })
}

proptest! {
    /// Against counting in the plainest way: one map entry a row, group, item and rating.
    #[test]
    fn counts_agree_with_the_plainest_way(
        readings in prop::collection::vec(made(), 0..60),
        by in prop::sample::subsequence(vec![0_usize, 1, 2, 3], 0..=4).prop_shuffle(),
        wanted in prop::collection::vec(prop::sample::select(vec!["East", "Knox", "east"]), 0..3),
    ) {
        let columns = [Column::Region, Column::County, Column::CaseType, Column::Period];
        let filters = wanted
            .iter()
            .map(|value| Filter { column: Column::Region, value: (*value).to_owned() })
            .collect();
        let by_columns: Vec<_> = by.iter().map(|at| columns[*at]).collect();
        let mut tally =
            Tally::new(&[edition("r2", &["14", "15", "20"])], Query { filters, ..Query::by(&by_columns) });
        let mut plain: BTreeMap<(usize, Vec<String>), [u64; 4]> = BTreeMap::new();
        for Made { facts, items } in &readings {
            tally.add(&FinalReading {
                county: &facts[1],
                case_type: &facts[2],
                period: &facts[3],
                ..reading(&facts[0], items)
            });
            if !wanted.is_empty() && !wanted.contains(&facts[0].as_str()) {
                continue;
            }
            let group: Vec<_> = by.iter().map(|at| facts[*at].clone()).collect();
            for (item, rating) in items.iter().enumerate() {
                let counts = plain.entry((item, group.clone())).or_default();
                match *rating {
                    ABSENT => {}
                    4 => counts[3] += 1,
                    rating => counts[usize::from(rating)] += 1,
                }
            }
        }
        let rows: Vec<_> = tally
            .item_table()
            .rows
            .into_iter()
            .map(|row| {
                let item = ["14", "15", "20"].iter().position(|id| *id == row.item).unwrap();
                let group: Vec<_> = row.group.into_iter().map(Option::unwrap).collect();
                ((item, group), [row.strength, row.ani, row.na, row.incomplete])
            })
            .collect();
        prop_assert_eq!(rows, plain.into_iter().collect::<Vec<_>>());
    }
}
