//! Random frames and plans, drawn and then drawn again by the second program.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use casereview::exchange::read_frame;
use casereview::sampling::{Origin, Receipt, check, draw, verify};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::redraw::{Line, redraw};

/// A frame as text: ids that sort in unexpected ways, words that must be mapped, blanks.
fn frame() -> impl Strategy<Value = String> {
    let row = (
        select(vec!["", "Z", "ä", "00", "c. ", "É-", "_"]),
        select(vec!["East", "Knox", "Shelby", "Mid, Cumberland"]),
        select(vec!["FC", "IH", "in-home", "DR"]),
        1..12_u32,
        0..30_u32,
        (1..13_u32, 1..29_u32, 0..400_i64),
    );
    (vec(row, 1..60), 1..24_u32).prop_map(|(rows, nobody)| {
        let mut text = "Type,Opened, Case ID ,Region,Worker,Closed,Family,Extra\n".to_owned();
        for (at, (id, region, case_type, worker, family, (month, day, length))) in
            rows.into_iter().enumerate()
        {
            let opened = chrono::NaiveDate::from_ymd_opt(2026, month, day).unwrap();
            let closed = opened + chrono::Days::new(length.unsigned_abs());
            let closed = if length > 300 { String::new() } else { closed.to_string() };
            let worker = if worker == nobody { String::new() } else { format!("W{worker}") };
            let _ = writeln!(
                text,
                "{case_type},{opened},{}{at},\"{region}\",{worker}, {closed},F{family},x{at}",
                id.trim_start()
            );
        }
        text
    })
}

fn plan() -> impl Strategy<Value = String> {
    let sizes = prop_oneof![
        (1..9_u32).prop_map(|n| format!("total = {n}\n")),
        (1..6_u32, 1..6_u32).prop_map(|(f, i)| format!("foster-care = {f}\nin-home = {i}\n")),
    ];
    (
        subsequence(vec!["case_type", "region", "worker"], 0..=3).prop_shuffle(),
        sizes,
        0..3_u32,
        0..4_u32,
        (0..3_u32, 0..3_u32),
        any::<bool>(),
        1..120_u32,
    )
        .prop_map(|(by, sizes, minimum, spares, (worker, family), period, days)| {
            let mut text = "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\n\
                case_type = \"Type\"\nworker = \"Worker\"\nfamily = \"Family\"\n\
                opened = \"Opened\"\nclosed = \"Closed\"\n[values.case_type]\n\
                FC = \"foster-care\"\nIH = \"in-home\"\nDR = \"in-home-dr\"\n"
                .to_owned();
            if period {
                let _ = write!(
                    text,
                    "[period]\nsampling = \"2026-04-01/2026-09-30\"\n\
                     [eligible]\nin-home.open_days_at_least = {days}\n"
                );
            }
            let by: Vec<String> = by.iter().map(|key| format!("{key:?}")).collect();
            let _ = write!(text, "[strata]\nby = [{}]\n[sizes]\n{sizes}", by.join(", "));
            let _ = write!(text, "minimum = {minimum}\n[spares]\nper_stratum = {spares}\n");
            text += "[limits]\n";
            for (key, limit) in [("worker", worker), ("family", family)] {
                if limit > 0 {
                    let _ = writeln!(text, "per_{key} = {limit}");
                }
            }
            text
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_program_draws_the_same(frame_text in frame(), plan_text in plan(), seed in "[0-9a-zé]{1,8}") {
        let plan = check(&plan_text).plan.unwrap();
        // A worker that may be missing can't make strata.
        let Ok(frame) = read_frame(frame_text.as_bytes(), plan.mapping()) else {
            return Err(TestCaseError::reject("frame lacks what the plan needs"));
        };
        let Ok(drawn) = draw(&frame, &plan, &seed) else {
            return Err(TestCaseError::reject("the sizes can't be met"));
        };
        let receipt = Receipt::new(&drawn, &frame, &plan, Origin::default());

        let (canonical, again) = redraw(&receipt.to_json(), &frame_text);
        prop_assert_eq!(&canonical, &receipt.frame.canonical_sha256);
        let mut lines: Vec<Line> = receipt
            .cases
            .iter()
            .flatten()
            .map(|one| {
                let one = one.clone();
                (one.stratum, one.order, one.role, one.ticket, one.case)
            })
            .collect();
        lines.sort();
        prop_assert_eq!(lines, again);
        for case in frame.cases() {
            let cells = case.cells().join("|").replace("Mid, ", "Mid_");
            let row = frame_text.lines().skip(1).find(|row| row.ends_with(&format!(",{}", case.cells()[7])));
            let row: Vec<String> = row
                .unwrap()
                .replace('"', "")
                .replace("Mid, ", "Mid_")
                .split(',')
                .map(|cell| cell.trim().to_owned())
                .collect();
            prop_assert_eq!(cells, row.join("|"));
            prop_assert_eq!(frame.find(case.id()).map(|found| found.position()), Some(case.position()));
        }

        // Nothing changes when the rows do, and both receipts stand.
        let mut rows: Vec<&str> = frame_text.lines().collect();
        rows[1..].reverse();
        let turned = read_frame(rows.join("\r\n").as_bytes(), plan.mapping()).unwrap();
        for receipt in [receipt.public(), receipt] {
            let read = Receipt::from_json(&receipt.to_json()).unwrap();
            prop_assert_eq!(&read, &receipt);
            prop_assert_eq!(verify(&read, &plan, &turned), vec![]);
        }
    }
}
