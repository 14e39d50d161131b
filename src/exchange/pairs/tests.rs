//! Counting in blocks against counting line by line.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;

use super::buffer::{BLOCK, LONGEST_LINE};
use super::{CountedPairs, count_pairs};

fn counted(bytes: &[u8], known: Option<&[String]>) -> Option<Vec<CountedPairs>> {
    let read = |offset: usize, into: &mut [u8]| {
        into.copy_from_slice(&bytes[offset..offset + into.len()]);
        Ok(())
    };
    count_pairs(bytes.len(), read, known)
}

/// The same, a line at a time.
fn line_by_line(text: &str) -> Vec<CountedPairs> {
    type Item<'t> = (Vec<(&'t str, &'t str)>, u64);
    let mut order: Vec<&str> = Vec::new();
    let mut items: BTreeMap<&str, Item<'_>> = BTreeMap::new();
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let (item, first, second) = (cells[2], cells[3], cells[0]);
        if !order.contains(&item) {
            order.push(item);
        }
        let known = items.entry(item).or_default();
        if first.is_empty() || second.is_empty() {
            known.1 += 1;
        } else {
            known.0.push((first, second));
        }
    }
    let one = |item: &str| {
        let (pairs, missing) = &items[item];
        let mut names: Vec<&str> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        names.sort_unstable();
        names.dedup();
        let count = |row: &str, column: &str| {
            pairs.iter().filter(|pair| **pair == (row, column)).count() as u64
        };
        CountedPairs {
            item: item.to_owned(),
            table: names.iter().map(|row| names.iter().map(|c| count(row, c)).collect()).collect(),
            categories: names.iter().map(|name| (*name).to_owned()).collect(),
            missing: *missing,
        }
    };
    order.into_iter().map(one).collect()
}

/// Lines of very different length over about `blocks` blocks, the columns in another order than
/// usual and one more among them.
fn file(seed: u64, blocks: usize, crlf: bool, last_end: bool) -> String {
    const RATINGS: [&str; 6] =
        ["strength", "ani", "", "na", "über dem Maß", "a rating of more than sixteen letters"];
    const ITEMS: [&str; 4] = ["1", "2", "the item about parents", "14"];
    let end = if crlf { "\r\n" } else { "\n" };
    let mut text = format!("\u{feff}second,unit,item,first,note{end}");
    let mut state = seed;
    let mut next = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut unit = 0;
    while text.len() < blocks * BLOCK {
        unit += 1;
        let note = "n".repeat(if next(50) == 0 { next(LONGEST_LINE - 200) } else { next(9) });
        let [first, second] = [RATINGS[next(6)], RATINGS[next(6)]];
        let item = ITEMS[next(4)];
        write!(text, "{second}, R-{unit} ,{item},{first},{note}{end}").expect("it is memory");
        if next(400) == 0 {
            text.push_str(end);
        }
    }
    if !last_end {
        text.truncate(text.trim_end().len());
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn blocks_give_what_lines_give(
        seed: u64, blocks in 1_usize..3, crlf: bool, last_end: bool
    ) {
        let text = file(seed, blocks, crlf, last_end);
        prop_assert_eq!(counted(text.as_bytes(), None), Some(line_by_line(&text)));
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_slow_way() {
    let is_left =
        |rows: &[u8]| counted(&[b"unit,item,first,second\n", rows].concat(), None).is_none();
    assert!(!is_left(b"R-1,1,a,b\nR-1,2,a,\nR-2,1,,"));
    assert!(!is_left(b""));
    for rows in [
        &b"R-1,1,\"a\",b\n"[..],
        b"R-1,1,a,b\rR-2,1,a,b\n",
        b"R-1,1,a,\xff\n",
        b"R-1,1,a\n",
        b"R-1,1,a,b,c\n",
        b"R-1,1,a\n1,a,b,R-2\n",
        b",1,a,b\n",
        b"R-1,,a,b\n",
        b"R-1,1,a,b\nR-2,1,a,b\nR-1,1,b,b\n",
        b"R-1,1,a,b\n R-1 ,1,b,b\n",
    ] {
        assert!(is_left(rows), "{}", String::from_utf8_lossy(rows));
    }
    let long = [b"R-1,1,a,".as_slice(), &vec![b'b'; BLOCK + LONGEST_LINE]].concat();
    assert!(is_left(&long));
    assert_eq!(counted(b"", None), None);
    assert_eq!(counted(b"unit,item,first,first\n", None), None);
}

#[test]
fn only_known_ratings_count() {
    let text = b"unit,item,first,second\nR-1,1,a,b\nR-2,1,a,\n";
    let known = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert!(counted(text, Some(&known(&["a", "b"]))).is_some());
    assert_eq!(counted(text, Some(&known(&["a"]))), None);
    assert_eq!(counted(text, Some(&known(&["b"]))), None);
}
