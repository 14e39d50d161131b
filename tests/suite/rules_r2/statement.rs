//! The rating rules of CFSR Round 2 items 14 to 20, Permanency 2 and Well-Being 1, stated a
//! second time from their description, in plain Rust and knowing nothing of the program.
//!
//! A consistency rule is taken at its word: it is broken when every way of filling in the
//! answers still missing leaves it false. Only the names of rows and rules are those of the
//! instrument file, since the reason tokens carry them.

use std::borrow::Cow;

/// The questions of one item and their answers, unanswered ones included.
pub type Given = [(&'static str, Option<&'static str>)];

/// What an item or outcome must come out as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub rating: &'static str,
    pub reason: Cow<'static, str>,
}

pub const YES_NO: &[&str] = &["yes", "no"];
pub const YES_NO_NA: &[&str] = &["yes", "no", "na"];
pub const PATTERN: &[&str] =
    &["more-than-weekly", "weekly", "twice-monthly", "monthly", "less-than-monthly", "never"];
pub const PATTERN_NA: &[&str] =
    &["more-than-weekly", "weekly", "twice-monthly", "monthly", "less-than-monthly", "never", "na"];

/// A question and what it may be answered.
pub type Question = (&'static str, &'static [&'static str]);

/// The questions of each item that rate or are read beside those that do, in asking order,
/// with what each may be answered.
pub const ITEMS: [(&str, &[Question]); 7] = [
    (
        "14",
        &[
            ("14.applies", YES_NO),
            ("14.A", YES_NO),
            ("14.B", YES_NO_NA),
            ("14.C", YES_NO_NA),
            ("14.D", YES_NO_NA),
        ],
    ),
    (
        "15",
        &[
            ("15.applies", YES_NO),
            ("15.A1", YES_NO),
            ("15.A2", YES_NO_NA),
            ("15.B", YES_NO_NA),
            ("15.C", YES_NO_NA),
        ],
    ),
    ("16", &[("16.applies", YES_NO), ("16.A", YES_NO_NA), ("16.B", YES_NO_NA)]),
    (
        "17",
        &[
            ("17.A1", YES_NO),
            ("17.A2", YES_NO_NA),
            ("17.B1", YES_NO_NA),
            ("17.B2", YES_NO_NA),
            ("17.B3", YES_NO_NA),
            ("17.B4", YES_NO_NA),
            ("17.C1", YES_NO_NA),
            ("17.C2", YES_NO_NA),
        ],
    ),
    (
        "18",
        &[("18.applies", YES_NO), ("18.A", YES_NO_NA), ("18.B", YES_NO_NA), ("18.C", YES_NO_NA)],
    ),
    ("19", &[("19.A1", PATTERN), ("19.A", YES_NO), ("19.B", YES_NO_NA)]),
    (
        "20",
        &[
            ("20.applies", YES_NO),
            ("20.A1", PATTERN_NA),
            ("20.A2", YES_NO_NA),
            ("20.B1", PATTERN_NA),
            ("20.B2", YES_NO_NA),
            ("20.C", YES_NO_NA),
            ("20.D", YES_NO_NA),
        ],
    ),
];

/// An item of [`ITEMS`] by position, followed by its sub-items: kind, id, verdict.
pub fn item(
    position: usize,
    in_home: bool,
    given: &Given,
) -> Vec<(&'static str, &'static str, Verdict)> {
    let id = ITEMS[position].0;
    let verdict = match id {
        "14" => item_14(in_home, given),
        "15" => item_15(in_home, given),
        "16" => item_16(in_home, given),
        "17" => {
            let (whole, child, parents, fosters) = item_17(in_home, given);
            return vec![
                ("item", "17", whole),
                ("sub-item", "17A", child),
                ("sub-item", "17B", parents),
                ("sub-item", "17C", fosters),
            ];
        }
        "18" => item_18(in_home, given),
        "19" => item_19(given),
        _ => item_20(given),
    };
    vec![("item", id, verdict)]
}

/// Both outcomes, from the ratings of items 17 to 20.
pub fn outcomes(seventeen_to_twenty: [&str; 4]) -> [(&'static str, Verdict); 2] {
    let [needs, planning, child, parents] = seventeen_to_twenty;
    let unrated: Vec<&str> = ["17", "18", "19", "20"]
        .into_iter()
        .zip(seventeen_to_twenty)
        .filter(|(_, rating)| ["incomplete", "invalid"].contains(rating))
        .map(|(id, _)| id)
        .collect();
    let poor = [planning, child, parents].iter().filter(|rating| **rating == "ani").count();
    let well_being = if !unrated.is_empty() {
        verdict("incomplete", format!("needs:{}", unrated.join(" ")))
    } else if needs == "strength" && poor <= 1 {
        verdict("substantially-achieved", "row:substantially")
    } else if seventeen_to_twenty.contains(&"strength") {
        verdict("partially-achieved", "row:partially")
    } else {
        verdict("not-achieved", "row:not-achieved")
    };
    [("permanency-2", verdict("not-computed", "needs:11 12 13")), ("well-being-1", well_being)]
}

fn item_14(in_home: bool, given: &Given) -> Verdict {
    unless_not_applicable("14", in_home, given, || {
        missing(given, &["14.A", "14.C", "14.D"]).unwrap_or_else(|| {
            let no = ["14.A", "14.C", "14.D"].iter().any(|q| answer(given, q) == Some("no"));
            if no { verdict("ani", "row:any-no") } else { verdict("strength", "row:kept") }
        })
    })
}

fn item_15(in_home: bool, given: &Given) -> Verdict {
    unless_not_applicable("15", in_home, given, || {
        let home_na = |a: &[&str]| (a[1] == "na") == (a[0] == "no");
        if broken(given, &["15.A1", "15.A2"], home_na) {
            return verdict("invalid", "rule:home-na");
        }
        let well_placed = |a: &[&str]| a == ["yes", "yes"];
        let placement = ["15.A1", "15.A2"];
        // B and C are asked unless both are yes; not before that is known.
        let asked = !some_completion(given, &placement, &well_placed);
        let open: &[&str] = if asked { &["15.A1", "15.A2", "15.B", "15.C"] } else { &placement };
        missing(given, open).unwrap_or_else(|| {
            if !asked {
                verdict("strength", "row:with-relative")
            } else if ["15.B", "15.C"].iter().any(|q| answer(given, q) == Some("no")) {
                verdict("ani", "row:side-missed")
            } else {
                verdict("strength", "row:relatives-sought")
            }
        })
    })
}

fn item_16(in_home: bool, given: &Given) -> Verdict {
    unless_not_applicable("16", in_home, given, || {
        let parents = ["16.A", "16.B"];
        missing(given, &parents)
            .unwrap_or_else(|| some_yes_no_no(given, &parents, "row:supported", "row:any-no"))
    })
}

/// Item 17, then 17A, 17B and 17C.
fn item_17(in_home: bool, given: &Given) -> (Verdict, Verdict, Verdict, Verdict) {
    let na_too = |a: &[&str]| a[0] != "na" || a[1] == "na";
    let a = ["17.A1", "17.A2"];
    let b = ["17.B1", "17.B2", "17.B3", "17.B4"];
    let c = ["17.C1", "17.C2"];
    let child = missing(given, &a).unwrap_or_else(|| {
        if a.iter().any(|q| answer(given, q) == Some("no")) {
            verdict("ani", "row:child-missed")
        } else {
            verdict("strength", "row:child-served")
        }
    });
    let parents = if broken(given, &["17.B1", "17.B3"], na_too) {
        verdict("invalid", "rule:mother-na")
    } else if broken(given, &["17.B2", "17.B4"], na_too) {
        verdict("invalid", "rule:father-na")
    } else {
        missing(given, &b)
            .unwrap_or_else(|| some_yes_no_no(given, &b, "row:parents-served", "row:parent-missed"))
    };
    let fosters = if in_home {
        verdict("na", "case-type")
    } else if broken(given, &c, na_too) {
        verdict("invalid", "rule:foster-parents-na")
    } else {
        missing(given, &c).unwrap_or_else(|| {
            some_yes_no_no(given, &c, "row:foster-parents-served", "row:foster-parents-missed")
        })
    };
    let all: Vec<&str> =
        a.into_iter().chain(b).chain(if in_home { [].iter() } else { c.iter() }.copied()).collect();
    let subs = [&child, &parents, &fosters];
    let whole = if let Some(incomplete) = missing(given, &all) {
        incomplete
    } else if let Some(invalid) = subs.iter().find(|sub| sub.rating == "invalid") {
        verdict("incomplete", invalid.reason.clone())
    } else if subs.iter().any(|sub| sub.rating == "ani") {
        verdict("ani", "row:any-ani")
    } else {
        verdict("strength", "row:all-served")
    };
    (whole, child, parents, fosters)
}

fn item_18(in_home: bool, given: &Given) -> Verdict {
    let all = ["18.A", "18.B", "18.C"];
    let rated = || {
        missing(given, &all)
            .unwrap_or_else(|| some_yes_no_no(given, &all, "row:involved", "row:any-no"))
    };
    if !in_home {
        return unless_not_applicable("18", false, given, rated);
    }
    if broken(given, &all, |a| a != ["na", "na", "na"]) {
        return verdict("invalid", "rule:somebody-at-home");
    }
    rated()
}

fn item_19(given: &Given) -> Verdict {
    let all = ["19.A1", "19.A", "19.B"];
    if broken(given, &all, |a| a[0] != "never" || (a[1] == "no" && a[2] == "na")) {
        return verdict("invalid", "rule:never-visited");
    }
    if broken(given, &["19.A1", "19.B"], |a| a[1] != "na" || a[0] == "never") {
        return verdict("invalid", "rule:quality-na");
    }
    missing(given, &all).unwrap_or_else(|| {
        if answer(given, "19.A") == Some("yes") && answer(given, "19.B") == Some("yes") {
            verdict("strength", "row:often-and-well")
        } else {
            verdict("ani", "row:any-no")
        }
    })
}

fn item_20(given: &Given) -> Verdict {
    unless_not_applicable("20", false, given, || {
        let together = |a: &[&str]| (a[0] == "na") == (a[1] == "na");
        let quality = |a: &[&str]| (a[1] == "na") == (a[0] == "na" || a[0] == "never");
        for (reads, rule, holds) in [
            (["20.A1", "20.A2"], "rule:mother-na", &together as &dyn Fn(&[&str]) -> bool),
            (["20.A1", "20.C"], "rule:mother-quality", &quality),
            (["20.B1", "20.B2"], "rule:father-na", &together),
            (["20.B1", "20.D"], "rule:father-quality", &quality),
        ] {
            if broken(given, &reads, holds) {
                return verdict("invalid", rule);
            }
        }
        let all = ["20.A1", "20.A2", "20.B1", "20.B2", "20.C", "20.D"];
        let rated = ["20.A2", "20.B2", "20.C", "20.D"];
        missing(given, &all)
            .unwrap_or_else(|| some_yes_no_no(given, &rated, "row:often-and-well", "row:any-no"))
    })
}

/// In-home cases are na without being asked (where the caller says so); else the reviewer
/// says whether the item applies.
fn unless_not_applicable(
    item: &str,
    in_home: bool,
    given: &Given,
    rated: impl FnOnce() -> Verdict,
) -> Verdict {
    let applies = format!("{item}.applies");
    match answer(given, &applies) {
        _ if in_home => verdict("na", "case-type"),
        None => verdict("incomplete", format!("missing:{applies}")),
        Some("no") => verdict("na", "applies"),
        Some(_) => rated(),
    }
}

/// Any no: ani; else at least one yes: strength; else all are na.
fn some_yes_no_no(
    given: &Given,
    of: &[&str],
    strength: &'static str,
    ani: &'static str,
) -> Verdict {
    let has = |code: &str| of.iter().any(|q| answer(given, q) == Some(code));
    if has("no") {
        verdict("ani", ani)
    } else if has("yes") {
        verdict("strength", strength)
    } else {
        verdict("na", "all-na")
    }
}

fn missing(given: &Given, needed: &[&str]) -> Option<Verdict> {
    let open: Vec<&str> = needed.iter().copied().filter(|q| answer(given, q).is_none()).collect();
    (!open.is_empty()).then(|| verdict("incomplete", format!("missing:{}", open.join(" "))))
}

/// Whether no way of filling in the missing answers to these questions lets the rule hold.
fn broken(given: &Given, reads: &[&str], holds: impl Fn(&[&str]) -> bool) -> bool {
    !some_completion(given, reads, &holds)
}

/// Whether some way of filling in the missing answers to these questions (at most three) is
/// as wanted.
fn some_completion(given: &Given, reads: &[&str], wanted: &dyn Fn(&[&str]) -> bool) -> bool {
    fn from(
        given: &Given,
        reads: &[&str],
        place: usize,
        filled: &mut [&'static str; 3],
        wanted: &dyn Fn(&[&str]) -> bool,
    ) -> bool {
        if place == reads.len() {
            return wanted(&filled[..place]);
        }
        let open: &[&str] = match answer(given, reads[place]) {
            Some(answer) => &[answer],
            None => offered(reads[place]),
        };
        open.iter().any(|answer| {
            filled[place] = answer;
            from(given, reads, place + 1, filled, wanted)
        })
    }
    from(given, reads, 0, &mut [""; 3], wanted)
}

fn offered(question: &str) -> &'static [&'static str] {
    let all = ITEMS.iter().flat_map(|(_, questions)| questions.iter());
    all.filter(|(id, _)| *id == question).map(|(_, codes)| *codes).next().unwrap_or(&[])
}

fn answer(given: &Given, question: &str) -> Option<&'static str> {
    given.iter().find(|(id, _)| *id == question).and_then(|(_, answer)| *answer)
}

fn verdict(rating: &'static str, reason: impl Into<Cow<'static, str>>) -> Verdict {
    Verdict { rating, reason: reason.into() }
}
