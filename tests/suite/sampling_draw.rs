//! Draws: sizes, spares, limits, filters, and what doesn't change them.

#![allow(clippy::unwrap_used)]

use casereview::exchange::{FrameError, read_frame};
use casereview::sampling::{Draw, DrawProblem, Frame, Plan, Role, check, draw};

const PLAN: &str = r#"
[columns]
case = "Case ID"
region = "Region"
case_type = "Type"
worker = "Worker"
family = "Family ID"
opened = "Opened"
closed = "Closed"
[values.case_type]
"FC" = "foster-care"
"IH" = "in-home"
[period]
sampling = "2026-04-01/2026-09-30"
[eligible]
in-home.open_days_at_least = 45
[strata]
by = ["case_type", "region"]
[sizes]
foster-care = 4
in-home = 2
minimum = 1
[spares]
per_stratum = 2
"#;

fn plan(text: &str) -> Plan {
    let checked = check(text);
    assert_eq!(checked.diagnostics, []);
    checked.plan.unwrap()
}

fn frame(text: &str, plan: &Plan) -> Frame {
    match read_frame(text.as_bytes(), plan.mapping()) {
        Ok(frame) => frame,
        Err(FrameError::Problems(problems)) => panic!("{:?}", problems.list()),
        Err(error) => panic!("{error}"),
    }
}

/// Cases of two types in two regions, `count` of each; workers and families of three.
fn cases(count: usize) -> String {
    let mut text = "Case ID,Region,Type,Worker,Family ID,Opened,Closed\n".to_owned();
    for at in 0..count * 4 {
        let region = ["East", "Knox"][at % 2];
        let case_type = ["FC", "IH"][at / 2 % 2];
        let group = at / 3;
        text += &format!("C{at:03},{region},{case_type},W{group},F{group},2026-01-05,\n");
    }
    text
}

fn drawn(frame_text: &str, plan_text: &str, seed: &str) -> Draw {
    let plan = plan(plan_text);
    draw(&frame(frame_text, &plan), &plan, seed).unwrap()
}

#[test]
fn sizes_go_to_strata_and_spares_follow_by_ticket() {
    let found = drawn(&cases(10), PLAN, "20261121");
    let strata: Vec<_> = found
        .strata
        .iter()
        .map(|s| (s.name.as_str(), s.frame, s.size, s.sampled(), s.spares()))
        .collect();
    assert_eq!(
        strata,
        [
            ("foster-care | East", 10, 2, 2, 2),
            ("foster-care | Knox", 10, 2, 2, 2),
            ("in-home | East", 10, 1, 1, 2),
            ("in-home | Knox", 10, 1, 1, 2),
        ]
    );
    for stratum in &found.strata {
        assert!(stratum.cases.is_sorted_by_key(|case| case.ticket));
        let orders: Vec<u64> = stratum.cases.iter().map(|case| case.order).collect();
        assert_eq!(orders, (1..=stratum.cases.len() as u64).collect::<Vec<_>>());
        assert!(stratum.cases.is_sorted_by_key(|case| case.role == Role::Spare));
    }
}

#[test]
fn rows_and_columns_in_any_order_draw_the_same() {
    let text = cases(10);
    let mut rows: Vec<&str> = text.lines().collect();
    rows[1..].reverse();
    let turned: String = rows
        .iter()
        .map(|row| {
            let mut cells: Vec<&str> = row.split(',').collect();
            cells.rotate_left(3);
            format!("  {} \r\n", cells.join(" , "))
        })
        .collect();
    let turned = format!("\u{feff}{turned}\r\n,,,,,,\r\n");
    let plan = plan(PLAN);
    let (first, second) = (frame(&text, &plan), frame(&turned, &plan));
    assert_eq!(first.canonical_hash(), second.canonical_hash());
    assert_ne!(first.file_hash(), second.file_hash());
    assert_eq!(draw(&first, &plan, "x"), draw(&second, &plan, "x"));
}

#[test]
fn filters_count_what_they_take_out() {
    let text = "Case ID,Region,Type,Worker,Family ID,Opened,Closed\n\
        a,East,FC,,,2026-01-05,\n\
        b,East,FC,,,2026-01-05,2026-03-31\n\
        c,East,FC,,,2026-10-01,\n\
        d,East,IH,,,2026-04-01,2026-05-15\n\
        e,East,IH,,,2026-04-01,2026-05-14\n\
        f,East,IH,,,2026-08-18,\n";
    let sizes = PLAN.replace("care = 4", "care = 1").replace("home = 2", "home = 1");
    let found = drawn(text, &sizes, "1");
    let removed: Vec<_> = found.removed.iter().map(|r| (r.filter.as_str(), r.cases)).collect();
    assert_eq!(
        removed,
        [
            ("a case type without a size in the plan", 0),
            ("not open in the sampling period 2026-04-01/2026-09-30", 2),
            ("in-home open fewer than 45 days of the sampling period", 2),
        ]
    );
    assert_eq!((found.frame, found.eligible, found.asked()), (6, 2, 2));
}

#[test]
fn limits_let_no_worker_or_family_in_twice() {
    let limits = format!("{PLAN}[limits]\nper_worker = 1\nper_family = 1\n");
    let plan = plan(&limits);
    let frame = frame(&cases(10), &plan);
    for seed in 0..200 {
        let found = draw(&frame, &plan, &seed.to_string()).unwrap();
        let mut workers: Vec<String> = found
            .strata
            .iter()
            .flat_map(|stratum| &stratum.cases)
            .map(|case| frame.case(case.position).cells()[3].to_owned())
            .collect();
        workers.sort_unstable();
        let all = workers.len();
        workers.dedup();
        assert_eq!(workers.len(), all, "seed {seed}");
    }
}

#[test]
fn a_sample_left_short_by_limits_is_drawn_short() {
    let limits = format!("{PLAN}[limits]\nper_worker = 1\n");
    let mut text = cases(10);
    for group in (1..14).rev() {
        text = text.replace(&format!(",W{group},"), ",W0,");
    }
    let found = drawn(&text, &limits, "7");
    assert_eq!((found.asked(), found.sampled()), (6, 1));
}

#[test]
fn impossible_sizes_are_all_named() {
    let text = cases(1);
    let plan_text =
        PLAN.replace("foster-care = 4", "foster-care = 40").replace("in-home = 2", "in-home = 1");
    let plan = plan(&plan_text);
    let problems = draw(&frame(&text, &plan), &plan, "1").unwrap_err();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "foster-care: 40 cases are asked for, but the frame holds 2",
            "in-home: 1 cases can't give each of 2 strata its minimum of 1: that takes 2",
        ]
    );
}

#[test]
fn a_seed_is_printed_text() {
    let plan = plan(PLAN);
    let frame = frame(&cases(10), &plan);
    for seed in ["", " 1", "1\n", "a\tb"] {
        assert_eq!(draw(&frame, &plan, seed), Err(vec![DrawProblem::Seed]), "{seed:?}");
    }
}

#[test]
fn a_frame_may_have_one_column() {
    let plan = plan("columns.case = \"id\"\nsizes.total = 2\n[spares]\nper_stratum = 5\n");
    let frame = frame("id\nb\na!\na\n", &plan);
    let ids: Vec<&str> = frame.cases().map(|case| case.id()).collect();
    assert_eq!(ids, ["a", "a!", "b"]);
    let found = draw(&frame, &plan, "s").unwrap();
    assert_eq!(found.strata.len(), 1);
    assert_eq!(found.strata[0].name, "all");
    assert_eq!((found.strata[0].sampled(), found.strata[0].spares()), (2, 1));
    assert_eq!(found.removed, []);
}

#[test]
fn every_repeated_id_is_found_wherever_its_rows_stand() {
    let plan = plan("columns.case = \"id\"\nsizes.total = 2\n");
    for ids in
        [["a", "b", "a"], ["a", "ab", "a"], ["", "123456789", "123456789"], ["aa", "b", "aa"]]
    {
        let text = format!("id,x\n{},1\n{},2\n{},3\n", ids[0], ids[1], ids[2]);
        let Err(FrameError::Problems(problems)) = read_frame(text.as_bytes(), plan.mapping())
        else {
            panic!("{ids:?} was taken");
        };
        let said: Vec<String> = problems.list().iter().map(ToString::to_string).collect();
        let first = 2 + ids.iter().position(|id| *id == ids[2]).unwrap();
        let last = format!("row 4: case id {:?} stands in row {first} too", ids[2]);
        assert!(said.contains(&last), "{ids:?}: {said:?}");
    }
}
