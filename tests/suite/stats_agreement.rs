//! Agreement of two readers against published tables and other programs.

#![allow(clippy::unwrap_used)]

use casereview::stats::{Coefficient, Level, Reader, agreement, krippendorff};

fn table<const N: usize>(rows: [[u64; N]; N]) -> Vec<Vec<u64>> {
    rows.into_iter().map(Vec::from).collect()
}

fn near(found: Option<Coefficient>, value: f64, error: f64) {
    let found = found.unwrap();
    assert!((found.value - value).abs() < 1e-11, "{found:?} is not {value}");
    assert!((found.error - error).abs() < 1e-8, "{found:?} has not error {error}");
}

#[test]
fn kappa_of_the_textbooks() {
    // Standard errors: statsmodels 0.15 `cohens_kappa(...).std_kappa`.
    for (rows, kappa, error) in [
        // Feinstein and Cicchetti, Journal of Clinical Epidemiology 43 (1990) 543-549:
        // the same 85 % agreement, kappa 0.70 and 0.32.
        ([[40, 9], [6, 45]], 0.699_519_230_769_230_7, 0.071_393_602_699_988_22),
        ([[80, 10], [5, 5]], 0.318_181_818_181_818, 0.133_456_521_223_836_17),
        // Their second paradox: 60 % both, kappa 0.13 and 0.26.
        ([[45, 15], [25, 15]], 0.130_434_782_608_695_54, 0.098_661_537_623_439_6),
        ([[25, 35], [5, 35]], 0.259_259_259_259_259_3, 0.077_159_731_744_445_72),
        // The grant proposals of every introduction.
        ([[20, 5], [10, 15]], 0.4, 0.126_996_062_931_100_33),
    ] {
        near(agreement(&table(rows), Level::P95).kappa, kappa, error);
    }
    // Cohen (1960), and Fleiss, Cohen and Everitt (1969).
    let three = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    near(agreement(&three, Level::P95).kappa, 0.491_525_423_728_813, 0.051_001_815_576_077_86);
}

#[test]
fn ac1_agrees_with_gwets_own_program() {
    // irrCAC 0.4.4 `CAC(table).gwet()`.
    for (rows, value, error) in [
        ([[20, 5], [10, 15]], 0.405_940_594_059, 0.130_151_72),
        ([[118, 5], [2, 0]], 0.940_776_337_609, 0.022_964_55),
        ([[80, 10], [5, 5]], 0.808, 0.052_129_42),
        ([[10, 0], [3, 0]], 0.710_037_174_721, 0.179_578_21),
    ] {
        near(agreement(&table(rows), Level::P95).ac1, value, error);
    }
    let three = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    near(agreement(&three, Level::P95).ac1, 0.575_971_731_449, 0.048_000_12);
}

#[test]
fn alpha_agrees_with_krippendorff() {
    // Python package krippendorff 0.9.0, nominal.
    for (rows, alpha) in [
        ([[20, 5], [10, 15]], 0.4),
        ([[118, 5], [2, 0]], -0.024_691_358_024_691_468),
        ([[10, 0], [3, 0]], -0.086_956_521_739_130_6),
    ] {
        let found = agreement(&table(rows), Level::P95).alpha.unwrap();
        assert!((found - alpha).abs() < 1e-12, "{found} is not {alpha}");
    }
    // Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four
    // observers, twelve units, gaps; nominal alpha 0.743.
    let units: Vec<Vec<usize>> =
        ["111", "2223", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"]
            .iter()
            .map(|unit| unit.bytes().map(|code| usize::from(code - b'1')).collect())
            .collect();
    assert!((krippendorff(&units).unwrap() - 0.743).abs() < 5e-4);
    assert_eq!(krippendorff(&[]), None);
    assert_eq!(krippendorff(&[vec![1, 1], vec![1]]), None);
}

#[test]
fn one_rating_only_leaves_ac1() {
    let found = agreement(&table([[12, 0], [0, 0]]), Level::P95);
    assert_eq!((found.kappa, found.alpha, found.one_rating), (None, None, true));
    near(found.ac1, 1.0, 0.0);
    let found = agreement(&table([[12]]), Level::P95);
    assert_eq!((found.kappa, found.alpha, found.one_rating), (None, None, true));
    near(found.ac1, 1.0, 0.0);
    assert_eq!(found.share.unwrap().0, 1.0);
}

#[test]
fn one_constant_reader_makes_kappa_nothing() {
    let found = agreement(&table([[10, 0], [3, 0]]), Level::P95);
    near(found.kappa, 0.0, 0.0);
    assert_eq!(found.constant, Some((Reader::Second, 0)));
    assert!(!found.one_rating);
}

#[test]
fn no_pair_no_figure() {
    let found = agreement(&table([[0, 0], [0, 0]]), Level::P95);
    assert_eq!((found.share, found.kappa, found.ac1, found.alpha), (None, None, None, None));
    assert_eq!((found.one_rating, found.constant), (false, None));
    let found = agreement(&[], Level::P95);
    assert_eq!((found.n, found.ac1), (0, None));
}
