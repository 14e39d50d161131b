//! Largest remainder against published apportionments, and its properties.

#![allow(clippy::unwrap_used)]

use casereview::stats::{AllocationError, Stratum, allocate};
use proptest::prelude::*;

/// Apportionment populations of the census of 1790, with the 120 seats of the bill that
/// Washington vetoed, by Hamilton's method (Balinski and Young, Fair Representation, ch. 3),
/// and the 105 of the House as it became, had the method been used.
const CENSUS_1790: [(&str, u64, u64, u64); 15] = [
    ("Connecticut", 236_841, 8, 7),
    ("Delaware", 55_540, 2, 2),
    ("Georgia", 70_835, 2, 2),
    ("Kentucky", 68_705, 2, 2),
    ("Maryland", 278_514, 9, 8),
    ("Massachusetts", 475_327, 16, 14),
    ("New Hampshire", 141_822, 5, 4),
    ("New Jersey", 179_570, 6, 5),
    ("New York", 331_589, 11, 10),
    ("North Carolina", 353_523, 12, 10),
    ("Pennsylvania", 432_879, 14, 13),
    ("Rhode Island", 68_446, 2, 2),
    ("South Carolina", 206_236, 7, 6),
    ("Vermont", 85_533, 3, 2),
    ("Virginia", 630_560, 21, 18),
];

/// Apportionment populations of the census of 1880 with the seats of a House of 299, the
/// first half of the Alabama paradox: Alabama 8, Texas 9, Illinois 18 (Balinski and Young,
/// ch. 5). Nevada is left out with the one seat that the constitution gave it: its quota
/// is below a half.
const CENSUS_1880: [(&str, u64, u64); 37] = [
    ("Alabama", 1_262_505, 8),
    ("Arkansas", 802_525, 5),
    ("California", 864_694, 5),
    ("Colorado", 194_327, 1),
    ("Connecticut", 622_700, 4),
    ("Delaware", 146_608, 1),
    ("Florida", 269_493, 1),
    ("Georgia", 1_542_180, 9),
    ("Illinois", 3_077_871, 18),
    ("Indiana", 1_978_301, 12),
    ("Iowa", 1_624_615, 10),
    ("Kansas", 996_096, 6),
    ("Kentucky", 1_648_690, 10),
    ("Louisiana", 939_946, 6),
    ("Maine", 648_936, 4),
    ("Maryland", 934_943, 6),
    ("Massachusetts", 1_783_085, 11),
    ("Michigan", 1_636_937, 10),
    ("Minnesota", 780_773, 5),
    ("Mississippi", 1_131_597, 7),
    ("Missouri", 2_168_380, 13),
    ("Nebraska", 452_402, 3),
    ("New Hampshire", 346_991, 2),
    ("New Jersey", 1_131_116, 7),
    ("New York", 5_082_871, 31),
    ("North Carolina", 1_399_750, 8),
    ("Ohio", 3_198_062, 19),
    ("Oregon", 174_768, 1),
    ("Pennsylvania", 4_282_891, 26),
    ("Rhode Island", 276_531, 2),
    ("South Carolina", 995_577, 6),
    ("Tennessee", 1_542_359, 9),
    ("Texas", 1_591_749, 9),
    ("Vermont", 332_286, 2),
    ("Virginia", 1_512_565, 9),
    ("West Virginia", 618_457, 4),
    ("Wisconsin", 1_315_497, 8),
];

fn named<'a>(sizes: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<Stratum<'a>> {
    sizes.into_iter().map(|(name, size)| Stratum { name, size }).collect()
}

#[test]
fn the_house_of_the_1790s() {
    let states = named(CENSUS_1790.map(|(name, size, _, _)| (name, size)));
    assert_eq!(allocate(&states, 120, 0).unwrap(), CENSUS_1790.map(|state| state.2));
    assert_eq!(allocate(&states, 105, 0).unwrap(), CENSUS_1790.map(|state| state.3));
}

#[test]
fn the_house_of_299_after_1880() {
    let states = named(CENSUS_1880.map(|(name, size, _)| (name, size)));
    assert_eq!(allocate(&states, 298, 0).unwrap(), CENSUS_1880.map(|state| state.2));
}

#[test]
fn ties_go_to_the_larger_then_to_the_first_name() {
    assert_eq!(allocate(&named([("b", 5), ("a", 5)]), 1, 0).unwrap(), [0, 1]);
    // Quotas 1.5 and 4.5.
    assert_eq!(allocate(&named([("a", 3), ("b", 9)]), 6, 0).unwrap(), [1, 5]);
}

#[test]
fn a_minimum_lifts_the_small_and_takes_all_of_the_smallest() {
    let strata = named([("a", 1), ("b", 3), ("c", 96), ("d", 0)]);
    assert_eq!(allocate(&strata, 10, 0).unwrap(), [0, 0, 10, 0]);
    assert_eq!(allocate(&strata, 10, 2).unwrap(), [1, 2, 7, 0]);
}

#[test]
fn impossible_requests_carry_their_numbers() {
    let strata = named([("a", 4), ("b", 6), ("c", 0)]);
    assert_eq!(
        allocate(&strata, 11, 0).unwrap_err().to_string(),
        "11 cases are asked for, but the frame holds 10"
    );
    assert_eq!(
        allocate(&strata, 1, 1),
        Err(AllocationError::TooFew { asked: 1, strata: 2, minimum: 1, needed: 2 })
    );
    assert_eq!(
        allocate(&strata, 1, 1).unwrap_err().to_string(),
        "1 cases can't give each of 2 strata its minimum of 1: that takes 2"
    );
    assert_eq!(allocate(&[], 0, 0), Ok(vec![]));
}

proptest! {
    #[test]
    fn sums_caps_minima_and_order_hold(
        sizes in prop::collection::vec(0_u64..400, 1..14),
        share in 0_u64..=1000,
        minimum in 0_u64..6,
    ) {
        let names: Vec<String> = (0..sizes.len()).map(|at| format!("s{at:02}")).collect();
        let strata = named(names.iter().map(String::as_str).zip(sizes.iter().copied()));
        let held: u64 = sizes.iter().sum();
        let n = held * share / 1000;
        let needed: u64 = sizes.iter().map(|&size| size.min(minimum)).sum();
        match allocate(&strata, n, minimum) {
            Err(error) => {
                prop_assert!(n < needed);
                let too_few = matches!(error, AllocationError::TooFew { .. });
                prop_assert!(too_few);
            }
            Ok(given) => {
                prop_assert!(n >= needed);
                prop_assert_eq!(given.iter().sum::<u64>(), n);
                for (at, &got) in given.iter().enumerate() {
                    prop_assert!(got <= sizes[at]);
                    prop_assert!(got >= minimum.min(sizes[at]));
                    for (other, &theirs) in given.iter().enumerate() {
                        // The larger never gets less; of two alike the first by name leads.
                        prop_assert!(sizes[at] <= sizes[other] || got >= theirs);
                        let tie = sizes[at] == sizes[other] && at < other;
                        prop_assert!(!tie || got >= theirs);
                    }
                    if minimum == 0 && held > 0 {
                        let quota = u128::from(n) * u128::from(sizes[at]);
                        let held = u128::from(held);
                        prop_assert!(u128::from(got) >= quota / held);
                        prop_assert!(u128::from(got) <= quota.div_ceil(held));
                    }
                }
                // The order of the input decides nothing.
                let turned: Vec<_> = strata.iter().rev().copied().collect();
                let mut again = allocate(&turned, n, minimum).unwrap();
                again.reverse();
                prop_assert_eq!(again, given);
            }
        }
    }
}
