//! The stratified estimate against another program and against its own definition.

#![allow(clippy::unwrap_used)]

use casereview::stats::{EstimateError, Level, StratumCount, stratified};
use proptest::prelude::*;

fn strata(rows: &[[u64; 4]]) -> Vec<StratumCount> {
    rows.iter()
        .map(|&[frame, sampled, applicable, strength]| StratumCount {
            frame,
            sampled,
            applicable,
            strength,
        })
        .collect()
}

#[test]
fn agrees_with_samplics() {
    // samplics 0.4.19 `TaylorEstimator(PopParam.ratio)` with strata and fpc, strength over
    // applicable, not-applicable cases kept as zeros.
    let rows = strata(&[[400, 20, 15, 12], [300, 15, 15, 9], [500, 30, 22, 11]]);
    let found = stratified(&rows, Level::P95).unwrap().unwrap();
    assert!((found.proportion - 0.624_137_931_034_482_8).abs() < 1e-14);
    assert!((found.error - 0.065_280_352_815_660_54).abs() < 1e-14);
    assert_eq!(found.degrees, 62);
    let t = 1.998_971_517_033_376; // scipy `t.ppf(0.975, 62)`
    let student = found.student.unwrap();
    assert!((student.low - (found.proportion - t * found.error)).abs() < 1e-10);
    assert!(
        (found.normal.high - (found.proportion + 1.959_963_984_540_054 * found.error)).abs()
            < 1e-14
    );
    assert_eq!((found.lonely, found.cut), (0, false));
}

#[test]
fn a_lonely_case_is_centred_at_the_grand_mean() {
    // Worked case by case in another language from the linearised values.
    let rows = strata(&[[400, 20, 15, 12], [300, 15, 15, 9], [37, 1, 1, 0]]);
    let found = stratified(&rows, Level::P95).unwrap().unwrap();
    assert!((found.proportion - 0.659_340_659_340_659_3).abs() < 1e-14);
    assert!((found.error - 0.086_477_022_809_765).abs() < 1e-14);
    assert_eq!(found.lonely, 1);
}

#[test]
fn a_census_has_no_error() {
    let rows = strata(&[[10, 10, 8, 6], [1, 1, 1, 1]]);
    let found = stratified(&rows, Level::P95).unwrap().unwrap();
    assert_eq!((found.proportion, found.error, found.lonely), (7.0 / 9.0, 0.0, 0));
}

#[test]
fn impossible_strata_are_all_named() {
    let rows = strata(&[[5, 6, 1, 1], [5, 5, 6, 1], [5, 5, 1, 2], [5, 0, 0, 0], [0, 0, 0, 0]]);
    assert_eq!(
        stratified(&rows, Level::P95).unwrap_err(),
        [
            (0, EstimateError::Sampled { sampled: 6, frame: 5 }),
            (1, EstimateError::Applicable { applicable: 6, sampled: 5 }),
            (2, EstimateError::Strength { strength: 2, applicable: 1 }),
            (3, EstimateError::Unsampled { frame: 5 }),
        ]
    );
    assert_eq!(stratified(&strata(&[[9, 3, 0, 0]]), Level::P95), Ok(None));
    assert_eq!(stratified(&[], Level::P95), Ok(None));
}

proptest! {
    /// The formula case by case, the way it is written in the books.
    #[test]
    fn agrees_with_the_sum_over_cases(
        rows in prop::collection::vec((1_u64..40, 0_u64..100, 0_u64..40, 0_u64..40), 1..6)
    ) {
        let rows: Vec<[u64; 4]> = rows
            .into_iter()
            .map(|(n, more, a, x)| {
                let a = a.min(n);
                [n + more, n, a, x.min(a)]
            })
            .collect();
        let total = |column: usize| -> f64 {
            rows.iter().map(|row| row[0] as f64 / row[1] as f64 * row[column] as f64).sum()
        };
        let found = stratified(&strata(&rows), Level::P95).unwrap();
        if total(2) == 0.0 {
            prop_assert_eq!(found, None);
            return Ok(());
        }
        let found = found.unwrap();
        let p = total(3) / total(2);
        prop_assert!((found.proportion - p).abs() < 1e-12);
        let mut variance = 0.0;
        for [frame, n, a, x] in rows.iter().map(|row| row.map(|count| count as f64)) {
            let mut cases = vec![1.0 - p; x as usize];
            cases.extend(vec![-p; (a - x) as usize]);
            cases.resize(n as usize, 0.0);
            let mean = if n > 1.0 { cases.iter().sum::<f64>() / n } else { 0.0 };
            let squares: f64 = cases.iter().map(|z| (z - mean).powi(2)).sum();
            variance += frame * frame * (1.0 - n / frame) / n * squares / (n - 1.0).max(1.0);
        }
        prop_assert!((found.error - variance.sqrt() / total(2)).abs() < 1e-9);
    }
}
