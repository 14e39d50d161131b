//! Figures from other programs, stored with how they were obtained. R was not at hand where
//! this was written: what R's survey package would say of a design is derived below by another
//! formula than the program's.

#![allow(clippy::unwrap_used)]

use casereview::stats::{Level, PIP_Z, StratumCount, newcombe, pip_goal, stratified};

/// Exact fractions (Python's `fractions`, square root at 40 digits): the Sen-Yates-Grundy
/// double sum over pairs of sampled cases, on the linearised values strength - p applicable, 0
/// where not applicable, with the joint inclusion probabilities of simple random sampling in
/// each stratum. For such samples it equals what `svymean` with fpc and a domain reports.
#[test]
fn estimates_equal_the_sum_over_pairs_of_cases() {
    let designs: [(&[[u64; 4]], f64, f64); 4] = [
        (&[[1200, 40, 31, 22], [800, 25, 25, 17]], 0.6959537572254335, 0.06150506620952791),
        (
            &[[90, 9, 4, 3], [41, 8, 8, 2], [260, 12, 7, 7], [33, 6, 0, 0]],
            0.8248567335243553,
            0.05387835878432807,
        ),
        (&[[5000, 65, 52, 40]], 0.7692307692307693, 0.0584979801654036),
        (
            &[[12, 11, 9, 8], [7, 7, 6, 3], [2000, 40, 40, 1]],
            0.030621448543339046,
            0.024555678151522285,
        ),
    ];
    for (rows, proportion, error) in designs {
        let strata: Vec<StratumCount> = rows
            .iter()
            .map(|&[frame, sampled, applicable, strength]| StratumCount {
                frame,
                sampled,
                applicable,
                strength,
            })
            .collect();
        let found = stratified(&strata, Level::P95).unwrap().unwrap();
        assert!((found.proportion - proportion).abs() < 1e-13, "{rows:?} {found:?}");
        assert!((found.error - error).abs() < 1e-13, "{rows:?} {found:?}");
    }
}

/// statsmodels 0.15.0 (scipy 1.17.1), `std_prop(x / n, n)` times 1.28.
#[test]
fn goals_equal_statsmodels() {
    for (x, n, margin, goal) in [
        (45, 65, 0.07327590474193238, 0.7655835970496246),
        (29, 40, 0.0903681359772348, 0.8153681359772348),
        (18, 60, 0.07572582122367509, 0.3757258212236751),
        (57, 65, 0.05215817126120029, 0.9290812481842772),
        (33, 346, 0.0202127293207475, 0.11558845186410009),
        (1, 350, 0.003651914630227862, 0.006509057487370719),
    ] {
        let found = pip_goal(x, n, PIP_Z).unwrap();
        assert!((found.margin - margin).abs() < 1e-15, "{x} of {n}: {found:?}");
        assert!((found.goal - goal).abs() < 1e-15, "{x} of {n}: {found:?}");
    }
}

/// statsmodels 0.15.0, `confint_proportions_2indep(x1, n1, x2, n2, method="newcomb")`.
#[test]
fn changes_equal_statsmodels() {
    for ([x1, n1, x2, n2], low, high) in [
        ([44, 80, 36, 80], -0.05387339508166267, 0.24739373306249185),
        ([12, 36, 31, 80], -0.22508832055663103, 0.13695379990759682),
    ] {
        let found = newcombe(x1, n1, x2, n2, Level::P95).unwrap().interval;
        assert!((found.low - low).abs() < 1e-12 && (found.high - high).abs() < 1e-12, "{found:?}");
    }
}
