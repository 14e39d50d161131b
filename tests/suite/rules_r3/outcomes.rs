//! The seven outcomes of CFSR Rounds 3 and 4, stated a second time from their description.

use super::case::{Line, Verdict, verdict};

const SUBSTANTIALLY: (&str, &str) = ("substantially-achieved", "row:substantially");
const PARTIALLY: (&str, &str) = ("partially-achieved", "row:partially");
const NOT_ACHIEVED: (&str, &str) = ("not-achieved", "row:not-achieved");
const NOT_APPLICABLE: (&str, &str) = ("na", "all-na");

/// All seven, from the ratings of the items, and of item 16 from its two answers also.
pub fn outcomes<'l>(rating: &impl Fn(&str) -> &'l str, education: [Option<&str>; 2]) -> Vec<Line> {
    let of =
        |id, items: &[&'static str], rated: &dyn Fn(&[&str]) -> (&'static str, &'static str)| {
            let ratings: Vec<&str> = items.iter().map(|item| rating(item)).collect();
            ("outcome", id, once_rated(items, &ratings, rated))
        };
    vec![
        of("safety-1", &["1"], &|r| match r[0] {
            "strength" => SUBSTANTIALLY,
            "ani" => NOT_ACHIEVED,
            _ => NOT_APPLICABLE,
        }),
        // Item 3 is never na.
        of("safety-2", &["2", "3"], &|r| match (r[0], r[1]) {
            ("strength" | "na", "strength") => SUBSTANTIALLY,
            ("strength", "ani") | ("ani", "strength") => PARTIALLY,
            _ => NOT_ACHIEVED,
        }),
        // Items 4 and 6 are na only together, in in-home cases. Where item 5 is na the two
        // others decide: the printed words give partially for two strengths and nothing at
        // all for two areas needing improvement.
        of("permanency-1", &["4", "5", "6"], &|r| match (count(r, "strength"), count(r, "ani")) {
            (0, 0) => NOT_APPLICABLE,
            (_, 0) => SUBSTANTIALLY,
            (0, _) => NOT_ACHIEVED,
            _ => PARTIALLY,
        }),
        of("permanency-2", &["7", "8", "9", "10", "11"], &|r| match (
            count(r, "strength"),
            count(r, "ani"),
        ) {
            (0, 0) => NOT_APPLICABLE,
            (0, _) => NOT_ACHIEVED,
            (_, 0 | 1) => SUBSTANTIALLY,
            _ => PARTIALLY,
        }),
        of("well-being-1", &["12", "13", "14", "15"], &|r| {
            if r[0] == "strength" && count(&r[1..], "ani") <= 1 {
                SUBSTANTIALLY
            } else if count(r, "strength") > 0 {
                PARTIALLY
            } else {
                NOT_ACHIEVED
            }
        }),
        of("well-being-2", &["16"], &|r| match r[0] {
            "strength" => SUBSTANTIALLY,
            "na" => NOT_APPLICABLE,
            _ if education.iter().filter(|answer| **answer == Some("yes")).count() == 1 => {
                PARTIALLY
            }
            _ => NOT_ACHIEVED,
        }),
        of("well-being-3", &["17", "18"], &|r| match (count(r, "strength"), count(r, "ani")) {
            (0, 0) => NOT_APPLICABLE,
            (_, 0) => SUBSTANTIALLY,
            (0, _) => NOT_ACHIEVED,
            _ => PARTIALLY,
        }),
    ]
}

fn count(ratings: &[&str], wanted: &str) -> usize {
    ratings.iter().filter(|rating| **rating == wanted).count()
}

fn once_rated(
    items: &[&str],
    ratings: &[&str],
    rated: &dyn Fn(&[&str]) -> (&'static str, &'static str),
) -> Verdict {
    let unrated: Vec<&str> = (items.iter().zip(ratings))
        .filter(|(_, rating)| ["incomplete", "invalid"].contains(rating))
        .map(|(item, _)| *item)
        .collect();
    if unrated.is_empty() {
        let (rating, reason) = rated(ratings);
        verdict(rating, reason)
    } else {
        verdict("incomplete", format!("needs:{}", unrated.join(" ")))
    }
}
