//! The rating rules of the eighteen items of CFSR Rounds 3 and 4, stated a second time from
//! their description, in plain Rust and knowing nothing of the program.
//!
//! Only the names of rows and rules are those of the instrument file, since the reason tokens
//! carry them.

use super::case::{Case, Line, Verdict, verdict};
use super::form::{Given, ITEMS};

/// An item of [`ITEMS`] by position, followed by its sub-items.
pub fn item(position: usize, in_home: bool, given: &Given) -> Vec<Line> {
    let case = Case { item: &ITEMS[position], in_home, given };
    let verdict = match case.item.id {
        "1" => case.asked_everywhere(item_1),
        "2" => case.asked_everywhere(item_2),
        "3" => item_3(&case),
        "4" => case.foster_care_only(item_4),
        "5" => case.asked_in_foster_care(item_5),
        "6" => case.foster_care_only(item_6),
        "7" => case.asked_in_foster_care(item_7),
        "8" => case.asked_in_foster_care(item_8),
        "9" => case.asked_in_foster_care(item_9),
        "10" => case.asked_in_foster_care(item_10),
        "11" => case.asked_in_foster_care(item_11),
        "12" => return item_12(&case),
        "13" if in_home => item_13(&case),
        "13" => case.asked_everywhere(item_13),
        "14" => item_14(&case),
        "15" => case.asked_everywhere(item_15),
        "16" => case.asked_everywhere(item_16),
        "17" if in_home => case.asked_everywhere(item_17),
        "17" => item_17(&case),
        _ => case.asked_everywhere(item_18),
    };
    vec![("item", case.item.id, verdict)]
}

/// Reports: how many were begun late, how many children seen late, and whether all of that was
/// beyond control.
fn item_1(case: &Case<'_>) -> Verdict {
    let in_time = |a: &str, b: &str| a == "0" && b == "0";
    let reads = ["1.A", "1.B", "1.C"];
    if case.broken(&reads, |a| (a[2] == "na") == in_time(a[0], a[1])) {
        return verdict("invalid", "rule:delay-na");
    }
    case.missing(&reads).unwrap_or_else(|| match case.answers(reads) {
        [a, b, _] if in_time(a, b) => verdict("strength", "row:in-time"),
        [_, _, "yes"] => verdict("strength", "row:beyond-control"),
        _ => verdict("ani", "row:late"),
    })
}

fn item_2(case: &Case<'_>) -> Verdict {
    let reads = ["2.A", "2.B"];
    if case.broken(&reads, |a| a[0] != "yes" || a[1] == "na") {
        return verdict("invalid", "rule:services-given");
    }
    case.missing(&reads).unwrap_or_else(|| match case.answers(reads) {
        ["yes", _] => verdict("strength", "row:services"),
        ["no", "yes"] => verdict("strength", "row:removal-necessary"),
        _ => verdict("ani", "row:services-missing"),
    })
}

/// Assessments, where No is bad, then concerns, where Yes is. Of visits and placement only
/// foster care is asked. A concern that is ticked can't be denied.
fn item_3(case: &Case<'_>) -> Verdict {
    let concerns: &[(&str, &str, &str)] = &[
        ("3.D1", "3.D", "rule:concern-at-home"),
        ("3.E1", "3.E", "rule:concern-in-visits"),
        ("3.F1", "3.F", "rule:concern-in-placement"),
    ];
    let concerns = if case.in_home { &concerns[..1] } else { concerns };
    for (ticks, question, rule) in concerns {
        if case.broken(&[ticks, question], |a| a[0].is_empty() || a[1] == "yes") {
            return verdict("invalid", *rule);
        }
    }
    let assessments = ["3.A", "3.B", "3.C"];
    let concerns: Vec<&str> = concerns.iter().map(|(_, question, _)| *question).collect();
    let all: Vec<&str> = assessments.iter().chain(&concerns).copied().collect();
    case.missing(&all).unwrap_or_else(|| {
        if case.any(&assessments, "no") {
            verdict("ani", "row:not-assessed")
        } else if case.any(&concerns, "yes") {
            verdict("ani", "row:concern-open")
        } else {
            verdict("strength", "row:managed")
        }
    })
}

/// One setting, or moves that were planned for the child, and a setting that is stable now.
fn item_4(case: &Case<'_>) -> Verdict {
    if case.broken(&["4.A", "4.B"], |a| (a[1] == "na") == (a[0] == "1")) {
        return verdict("invalid", "rule:moves-na");
    }
    if case.broken(&["4.C1", "4.C"], |a| a[0].is_empty() || a[1] == "no") {
        return verdict("invalid", "rule:signs-of-instability");
    }
    let reads = ["4.A", "4.B", "4.C"];
    case.missing(&reads).unwrap_or_else(|| match case.answers(reads) {
        [_, _, "no"] => verdict("ani", "row:unstable"),
        ["1", ..] | [_, "yes", _] => verdict("strength", "row:stable"),
        _ => verdict("ani", "row:moved-about"),
    })
}

/// Goals in the file, timely and right; then a petition to end parental rights where it is due
/// (15 of 22 months, or another ground), unless an exception holds.
fn item_5(case: &Case<'_>) -> Verdict {
    if case.broken(&["5.D", "5.E"], |a| (a[1] == "na") == (a[0] == "yes")) {
        return verdict("invalid", "rule:ground-na");
    }
    let due = |d: &str, e: &str| d == "yes" || e == "yes";
    if case.broken(&["5.D", "5.E", "5.F"], |a| (a[2] == "na") == (a[0] == "no" && a[1] == "no")) {
        return verdict("invalid", "rule:filing-na");
    }
    if case.broken(&["5.F", "5.G"], |a| (a[1] == "na") == (a[0] == "yes" || a[0] == "na")) {
        return verdict("invalid", "rule:exception-na");
    }
    // Exceptions are asked about only where nobody filed.
    let ticked = |a: &[&str]| a[0] != "no" || a[1].is_empty() || a[2] == "yes";
    if case.broken(&["5.F", "5.G1", "5.G"], ticked) {
        return verdict("invalid", "rule:exception-ticked");
    }
    let reads = ["5.A3", "5.B", "5.C", "5.D", "5.E", "5.F", "5.G"];
    case.missing(&reads).unwrap_or_else(|| {
        let [_, _, _, d, e, f, g] = case.answers(reads);
        if case.any(&["5.A3", "5.B", "5.C"], "no") {
            verdict("ani", "row:goal-wrong")
        } else if due(d, e) && f == "no" && g == "no" {
            verdict("ani", "row:not-filed")
        } else {
            verdict("strength", "row:goal-and-filing")
        }
    })
}

/// B is on reunification, guardianship and adoption, C on another planned permanent living
/// arrangement; each is na exactly when that is not a goal. With concurrent goals one Yes is
/// enough: the printed rule gives both ratings there. With no goal at all it gives none: that
/// breaks a rule.
fn item_6(case: &Case<'_>) -> Verdict {
    let other = |goals: &str| goals != "oppla";
    let oppla = |goals: &str| goals.split(';').any(|goal| goal == "oppla");
    if case.broken(&["6.B", "6.C"], |a| a != ["na", "na"]) {
        return verdict("invalid", "rule:some-goal");
    }
    if case.broken(&["6.A1", "6.B"], |a| !other(a[0]) || a[1] != "na") {
        return verdict("invalid", "rule:other-goal");
    }
    if case.broken(&["6.A1", "6.B"], |a| other(a[0]) || a[1] == "na") {
        return verdict("invalid", "rule:only-oppla");
    }
    if case.broken(&["6.A1", "6.C"], |a| oppla(a[0]) == (a[1] != "na")) {
        return verdict("invalid", "rule:oppla-goal");
    }
    let reads = ["6.B", "6.C"];
    case.missing(&reads).unwrap_or_else(|| {
        if case.any(&reads, "yes") {
            verdict("strength", "row:any-yes")
        } else {
            verdict("ani", "row:no-yes")
        }
    })
}

fn item_7(case: &Case<'_>) -> Verdict {
    let reads = ["7.A", "7.B"];
    if case.broken(&reads, |a| (a[1] == "na") == (a[0] == "yes")) {
        return verdict("invalid", "rule:separation-na");
    }
    case.missing(&reads).unwrap_or_else(|| match case.answers(reads) {
        ["yes", _] => verdict("strength", "row:together"),
        [_, "yes"] => verdict("strength", "row:valid-reason"),
        _ => verdict("ani", "row:apart"),
    })
}

/// Visits with mother, father, and brothers and sisters: frequency and quality of each. The
/// pattern is na together with frequency; without visits there is no quality to rate.
fn item_8(case: &Case<'_>) -> Verdict {
    for [pattern, frequency, quality, together, unvisited] in [
        ["8.A1", "8.A", "8.C", "rule:mother-pattern", "rule:mother-quality"],
        ["8.B1", "8.B", "8.D", "rule:father-pattern", "rule:father-quality"],
        ["8.E1", "8.E", "8.F", "rule:sibling-pattern", "rule:sibling-quality"],
    ] {
        if case.broken(&[pattern, frequency], |a| (a[0] == "na") == (a[1] == "na")) {
            return verdict("invalid", together);
        }
        if case.broken(&[pattern, quality], |a| a[0] != "never" || a[1] == "na") {
            return verdict("invalid", unvisited);
        }
    }
    case.some_yes_no_no(&["8.A", "8.B", "8.C", "8.D", "8.E", "8.F"], "row:visits", "row:any-no")
}

/// The inquiry into Tribal membership (B) is recorded only.
fn item_9(case: &Case<'_>) -> Verdict {
    let reads = ["9.A", "9.C", "9.D"];
    case.missing(&reads).unwrap_or_else(|| {
        if case.any(&reads, "no") {
            verdict("ani", "row:any-no")
        } else {
            verdict("strength", "row:kept")
        }
    })
}

/// Placed with a relative, stably; otherwise what was done to find relatives on both sides.
fn item_10(case: &Case<'_>) -> Verdict {
    let home = ["10.A1", "10.A2"];
    if case.broken(&home, |a| (a[1] == "na") == (a[0] == "no")) {
        return verdict("invalid", "rule:home-na");
    }
    // B and C are asked unless both are yes; not before that is known.
    if case.possible(&home, &|a| a == ["yes", "yes"]) {
        return case.missing(&home).unwrap_or_else(|| verdict("strength", "row:with-relative"));
    }
    case.missing(&["10.A1", "10.A2", "10.B", "10.C"]).unwrap_or_else(|| {
        if case.any(&["10.B", "10.C"], "no") {
            verdict("ani", "row:side-missed")
        } else {
            verdict("strength", "row:relatives-sought")
        }
    })
}

fn item_11(case: &Case<'_>) -> Verdict {
    case.some_yes_no_no(&["11.A", "11.B"], "row:supported", "row:any-no")
}

/// Item 12, then 12A, 12B and 12C.
fn item_12(case: &Case<'_>) -> Vec<Line> {
    let na_too = |a: &[&str]| a[0] != "na" || a[1] == "na";
    let a = ["12.A1", "12.A2"];
    let b = ["12.B1", "12.B2", "12.B3", "12.B4"];
    let c = ["12.C1", "12.C2"];
    let child = case.missing(&a).unwrap_or_else(|| {
        if case.any(&a, "no") {
            verdict("ani", "row:child-missed")
        } else {
            verdict("strength", "row:child-served")
        }
    });
    let parents = if case.broken(&["12.B1", "12.B3"], na_too) {
        verdict("invalid", "rule:mother-na")
    } else if case.broken(&["12.B2", "12.B4"], na_too) {
        verdict("invalid", "rule:father-na")
    } else {
        case.some_yes_no_no(&b, "row:parents-served", "row:parent-missed")
    };
    let fosters = if case.in_home {
        verdict("na", "case-type")
    } else if case.broken(&c, na_too) {
        verdict("invalid", "rule:foster-parents-na")
    } else {
        case.some_yes_no_no(&c, "row:foster-parents-served", "row:foster-parents-missed")
    };
    let all: Vec<&str> =
        a.into_iter().chain(b).chain(c.into_iter().filter(|_| !case.in_home)).collect();
    let subs = [&child, &parents, &fosters];
    let whole = if let Some(incomplete) = case.missing(&all) {
        incomplete
    } else if let Some(invalid) = subs.iter().find(|sub| sub.rating == "invalid") {
        verdict("incomplete", invalid.reason.clone())
    } else if subs.iter().any(|sub| sub.rating == "ani") {
        verdict("ani", "row:any-ani")
    } else {
        verdict("strength", "row:all-served")
    };
    vec![
        ("item", "12", whole),
        ("sub-item", "12A", child),
        ("sub-item", "12B", parents),
        ("sub-item", "12C", fosters),
    ]
}

fn item_13(case: &Case<'_>) -> Verdict {
    let all = ["13.A", "13.B", "13.C"];
    if case.in_home && case.broken(&all, |a| a != ["na", "na", "na"]) {
        return verdict("invalid", "rule:somebody-at-home");
    }
    case.some_yes_no_no(&all, "row:involved", "row:any-no")
}

fn item_14(case: &Case<'_>) -> Verdict {
    let all = ["14.A1", "14.A", "14.B"];
    if case.broken(&all, |a| a[0] != "never" || (a[1] == "no" && a[2] == "na")) {
        return verdict("invalid", "rule:never-visited");
    }
    if case.broken(&["14.A1", "14.B"], |a| a[1] != "na" || a[0] == "never") {
        return verdict("invalid", "rule:quality-na");
    }
    case.missing(&all).unwrap_or_else(|| match case.answers(all) {
        [_, "yes", "yes"] => verdict("strength", "row:often-and-well"),
        _ => verdict("ani", "row:any-no"),
    })
}

fn item_15(case: &Case<'_>) -> Verdict {
    let together = |a: &[&str]| (a[0] == "na") == (a[1] == "na");
    let quality = |a: &[&str]| (a[1] == "na") == (a[0] == "na" || a[0] == "never");
    for (reads, rule, holds) in [
        (["15.A1", "15.A2"], "rule:mother-na", &together as &dyn Fn(&[&str]) -> bool),
        (["15.A1", "15.C"], "rule:mother-quality", &quality),
        (["15.B1", "15.B2"], "rule:father-na", &together),
        (["15.B1", "15.D"], "rule:father-quality", &quality),
    ] {
        if case.broken(&reads, holds) {
            return verdict("invalid", rule);
        }
    }
    let all = ["15.A1", "15.A2", "15.B1", "15.B2", "15.C", "15.D"];
    let rated = ["15.A2", "15.B2", "15.C", "15.D"];
    case.missing(&all)
        .unwrap_or_else(|| case.some_yes_no_no(&rated, "row:often-and-well", "row:any-no"))
}

fn item_16(case: &Case<'_>) -> Verdict {
    let reads = ["16.A", "16.B"];
    case.missing(&reads).unwrap_or_else(|| {
        if case.any(&reads, "no") {
            verdict("ani", "row:any-no")
        } else {
            verdict("strength", "row:met")
        }
    })
}

/// Medication (B1) is asked about in foster care only.
fn item_17(case: &Case<'_>) -> Verdict {
    let foster_care = ["17.A1", "17.A2", "17.B1", "17.B2", "17.B3"];
    let at_home = ["17.A1", "17.A2", "17.B2", "17.B3"];
    let reads: &[&str] = if case.in_home { &at_home } else { &foster_care };
    case.some_yes_no_no(reads, "row:healthy", "row:any-no")
}

/// Medication (B) is asked about in foster care only.
fn item_18(case: &Case<'_>) -> Verdict {
    let reads: &[&str] = if case.in_home { &["18.A", "18.C"] } else { &["18.A", "18.B", "18.C"] };
    case.missing(reads).unwrap_or_else(|| {
        if case.any(reads, "no") {
            verdict("ani", "row:any-no")
        } else {
            verdict("strength", "row:met")
        }
    })
}
