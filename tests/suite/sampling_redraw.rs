//! Random frames and plans, drawn and then drawn again by the second program.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use casereview::exchange::read_frame;
use casereview::sampling::{
    Origin, Receipt, ReceiptSupplement, Supplement, check, draw, draw_with, verify,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::redraw::{Line, redraw};

/// A frame as text: ids that sort in unexpected ways, words that must be mapped, blanks.
fn frame(rows: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let row = (
        select(vec!["", "Z", "ä", "00", "c. ", "É-", "_"]),
        select(vec!["East", "Knox", "Shelby", "Mid, Cumberland"]),
        select(vec!["FC", "IH", "in-home", "DR"]),
        1..12_u32,
        0..30_u32,
        (1..13_u32, 1..29_u32, 0..400_i64),
    );
    (vec(row, rows), 1..24_u32).prop_map(|(rows, nobody)| {
        let mut text =
            "Type,Opened, Case ID ,Region,Worker,Closed,Family,Extra,County,Group\n".to_owned();
        for (at, (id, region, case_type, worker, family, (month, day, length))) in
            rows.into_iter().enumerate()
        {
            let opened = chrono::NaiveDate::from_ymd_opt(2026, month, day).unwrap();
            let closed = opened + chrono::Days::new(length.unsigned_abs());
            let closed = if length > 300 { String::new() } else { closed.to_string() };
            let worker_of = worker as usize;
            let worker = if worker == nobody { String::new() } else { format!("W{worker}") };
            let _ = writeln!(
                text,
                "{case_type},{opened},{}{at},\"{region}\",{worker}, {closed},F{family},x{at},C{},G{}",
                id.trim_start(),
                (at + worker_of) % 5,
                family % 4
            );
        }
        text
    })
}

const COLUMNS: &str = "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\n\
    case_type = \"Type\"\nworker = \"Worker\"\nfamily = \"Family\"\n\
    opened = \"Opened\"\nclosed = \"Closed\"\ncounty = \"County\"\ngroup = \"Group\"\n\
    [values.case_type]\nFC = \"foster-care\"\nIH = \"in-home\"\nDR = \"in-home-dr\"\n";

/// What every plan can have.
fn rest() -> impl Strategy<Value = String> {
    (0..4_u32, 0..150_u32, (0..3_u32, 0..3_u32), any::<bool>(), 1..120_u32).prop_map(
        |(spares, percent, (worker, family), period, days)| {
            let mut text = String::new();
            if period {
                let _ = write!(
                    text,
                    "[period]\nsampling = \"2026-04-01/2026-09-30\"\n\
                     [eligible]\nin-home.open_days_at_least = {days}\n"
                );
            }
            let _ = write!(text, "[spares]\nper_stratum = {spares}\npercent = {percent}\n");
            text += "[limits]\n";
            for (key, limit) in [("worker", worker), ("family", family)] {
                if limit > 0 {
                    let _ = writeln!(text, "per_{key} = {limit}");
                }
            }
            text
        },
    )
}

fn plan() -> impl Strategy<Value = String> {
    let sizes = prop_oneof![
        (1..9_u32).prop_map(|n| format!("total = {n}\n")),
        (1..6_u32, 1..6_u32).prop_map(|(f, i)| format!("foster-care = {f}\nin-home = {i}\n")),
    ];
    let by = subsequence(vec!["case_type", "region", "worker", "county", "group"], 0..=3);
    (by.prop_shuffle(), sizes, 0..3_u32, any::<bool>(), rest()).prop_map(
        |(by, sizes, minimum, is_clustered, rest)| {
            let mut text = COLUMNS.to_owned();
            if is_clustered && by.contains(&"county") {
                text += "[clusters]\n\"Hill counties\" = [\"C0\", \"C3\"]\n";
            }
            let by: Vec<String> = by.iter().map(|key| format!("{key:?}")).collect();
            let _ = write!(text, "[strata]\nby = [{}]\n[sizes]\n{sizes}", by.join(", "));
            text + &format!("minimum = {minimum}\n{rest}")
        },
    )
}

/// The presets, which need larger frames.
fn preset() -> impl Strategy<Value = String> {
    let state =
        prop_oneof![Just(String::new()), (65..90_u32).prop_map(|n| format!("total = {n}\n"))];
    let state = (state, any::<bool>()).prop_map(|(total, by_region)| {
        let by = if by_region { ", \"region\"" } else { "" };
        format!("[strata]\nby = [\"case_type\"{by}]\n[sizes]\npreset = \"r3-r4-state\"\n{total}")
    });
    let onsite = select(vec!["A", "Bay", "C"]).prop_map(|metro| {
        format!(
            "[sizes]\npreset = \"r2-onsite\"\n[sites]\nmetro = {metro:?}\n[sites.counties]\n\
             A = [\"C0\"]\nBay = [\"C1\", \"C4\"]\nC = [\"C2\"]\n"
        )
    });
    (prop_oneof![state, onsite], rest()).prop_map(|(sizes, rest)| format!("{COLUMNS}{sizes}{rest}"))
}

/// Both kinds of plan with a frame that may hold it.
fn frame_and_plan() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        4 => (frame(1..60), plan()),
        1 => (frame(400..600), preset()),
    ]
}

/// How many frames: a hundredth of them in every run of the tests, all of them with
/// `CASEREVIEW_DRAWS=1000 cargo test --test suite sampling_redraw`.
fn draws() -> u32 {
    let asked = std::env::var("CASEREVIEW_DRAWS").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: draws(), max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_program_draws_the_same(
        (frame_text, plan_text) in frame_and_plan(),
        seed in "[0-9a-zé]{1,8}",
        more in vec((0..50_usize, 1..4_u64), 0..3),
    ) {
        let plan = check(&plan_text).plan.unwrap();
        // A worker that may be missing can't make strata.
        let Ok(frame) = read_frame(frame_text.as_bytes(), plan.mapping()) else {
            return Err(TestCaseError::reject("frame lacks what the plan needs"));
        };
        let Ok(drawn) = draw(&frame, &plan, &seed) else {
            return Err(TestCaseError::reject("the sizes can't be met"));
        };
        let more: Vec<Supplement> = more
            .into_iter()
            .map(|(at, cases)| {
                let stratum = drawn.strata[at % drawn.strata.len()].name.clone();
                Supplement { stratum, cases }
            })
            .collect();
        let (before, drawn) = (drawn, draw_with(&frame, &plan, &seed, &more).unwrap());
        let mut receipt = Receipt::new(&drawn, &frame, &plan, Origin::default());
        receipt.supplements = more
            .iter()
            .map(|one| ReceiptSupplement {
                stratum: one.stratum.clone(),
                cases: one.cases,
                approved_by: "the federal office".to_owned(),
                reason: "no spare was left".to_owned(),
            })
            .collect();
        // A supplement moves nothing that was drawn.
        for (old, new) in before.strata.iter().zip(&drawn.strata) {
            prop_assert!(new.cases.starts_with(&old.cases));
        }

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
            let row = frame_text.lines().skip(1).find(|row| row.contains(&format!(",{},", case.cells()[7])));
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
