//! Who can be drawn: filters by case type, clusters of counties, presets, and who stands in a
//! frame twice.

use casereview::exchange::{FrameError, read_frame};
use casereview::sampling::{Draw, Frame, Plan, Repeated, check, draw, repeated};

const COLUMNS: &str = r#"
[columns]
case = "Case ID"
county = "County"
case_type = "Type"
family = "Family"
child = "Child"
opened = "Opened"
closed = "Closed"
born = "Born"
in_care = "Care"
subsidy_only = "Subsidy"
out_of_state = "ICPC"
[values.case_type]
"FC" = "foster-care"
"IH" = "in-home"
"#;

const FRAME: &str = "Case ID,County,Type,Family,Child,Opened,Closed,Born,Care,Subsidy,ICPC\n\
    a,Knox,FC,F1,K1,2026-01-05,,2010-01-01,,,\n\
    b,Knox,FC,F1,K2,2026-01-05,,2008-04-01,,,\n\
    c,Knox,FC,F2,K3,2026-01-05,,2008-04-02,,,\n\
    d,Scott,FC,F3,K1,2026-01-05,2026-06-01,,,Y,\n\
    e,Scott,FC,F4,K5,2026-10-01,,,,,\n\
    f,Scott,IH,F5,,2026-10-01,,,no,,x\n\
    g,Morgan,IH,F5,,2026-01-05,2026-11-30,,YES,,\n\
    h,Morgan,IH,F6,,2026-01-05,,,No,,TRUE\n\
    i,Morgan,IH,F7,,2026-01-05,2026-09-30,,,,\n";

fn problems(text: &str) -> Vec<String> {
    check(text).diagnostics.iter().map(|problem| problem.message.clone()).collect()
}

fn plan(text: &str) -> Plan {
    let text = format!("{COLUMNS}{text}");
    check(&text).plan.unwrap_or_else(|| panic!("{:?}", problems(&text)))
}

fn frame(plan: &Plan) -> Frame {
    match read_frame(FRAME.as_bytes(), plan.mapping()) {
        Ok(frame) => frame,
        Err(FrameError::Problems(problems)) => panic!("{:?}", problems.list()),
        Err(error) => panic!("{error}"),
    }
}

fn drawn(text: &str) -> Result<Draw, Vec<String>> {
    let plan = plan(text);
    let found = draw(&frame(&plan), &plan, "7");
    found.map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn strata(draw: &Draw) -> Vec<(&str, u64, u64)> {
    draw.strata.iter().map(|s| (s.name.as_str(), s.frame, s.size)).collect()
}

#[test]
fn every_filter_counts_what_it_removed() {
    let found = drawn(
        "[period]\nsampling = \"2026-04-01/2026-09-30\"\n\
         [eligible.foster-care]\nunder_age = 18\nleave_out = [\"subsidy_only\"]\n\
         [eligible.in-home]\nsampling = \"2026-04-01/2026-11-30\"\nopen_days_at_least = 60\n\
         leave_out = [\"in_care\", \"out_of_state\"]\n\
         [sizes]\ntotal = 2\n",
    )
    .unwrap();
    let removed: Vec<_> = found.removed.iter().map(|r| (r.filter.as_str(), r.cases)).collect();
    assert_eq!(
        removed,
        [
            ("not open in the sampling period 2026-04-01/2026-09-30", 1),
            ("foster-care 18 years or older on 2026-04-01", 1),
            ("foster-care open for a subsidy only", 1),
            ("in-home not open in its sampling period 2026-04-01/2026-11-30", 0),
            ("in-home open fewer than 60 days of the sampling period", 0),
            ("in-home with a child in foster care over 24 hours", 1),
            ("in-home of another state", 2),
        ]
    );
    assert_eq!((found.frame, found.eligible), (9, 3));
}

#[test]
fn the_words_for_yes_are_the_plans() {
    let found = drawn(
        "[values]\nyes = [\"no\"]\n[eligible.in-home]\nleave_out = [\"in_care\"]\n\
         [sizes]\ntotal = 2\n",
    )
    .unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(found.removed[0].cases, 2);
}

#[test]
fn open_and_closed_cases_are_strata_of_their_own() {
    let found = drawn(
        "[period]\nsampling = \"2026-04-01/2026-09-30\"\n[strata]\nby = [\"case_type\", \"status\"]\n\
         [sizes]\ntotal = 7\n",
    )
    .unwrap();
    assert_eq!(
        strata(&found),
        [
            ("foster-care | closed", 1, 1),
            ("foster-care | open", 3, 3),
            ("in-home | closed", 1, 1),
            ("in-home | open", 2, 2),
        ]
    );
}

#[test]
fn counties_of_a_cluster_are_one_stratum() {
    let by = "[strata]\nby = [\"county\"]\n[sizes]\ntotal = 3\n";
    let found = drawn(&format!("[clusters]\n\"Hills\" = [\"Scott\", \"Morgan\"]\n{by}")).unwrap();
    assert_eq!(strata(&found), [("Hills", 6, 2), ("Knox", 3, 1)]);
    assert_eq!(
        drawn(&format!("[clusters]\n\"Hills\" = [\"Scot\"]\n{by}")).unwrap_err(),
        ["cluster \"Hills\" names the county \"Scot\", which this frame doesn't have"]
    );
    let text = format!("{COLUMNS}[clusters]\na = [\"Scott\"]\nb = [\"Scott\"]\n{by}");
    assert_eq!(problems(&text), ["county \"Scott\" is in clusters \"a\" and \"b\""]);
    let text = format!("{COLUMNS}[clusters]\na = [\"Scott\"]\n[sizes]\ntotal = 3\n");
    assert_eq!(problems(&text), ["clusters join counties, but strata.by has no county"]);
}

#[test]
fn children_of_foster_care_and_families_of_in_home_are_found_twice() {
    let plan = plan("[sizes]\ntotal = 2\n[limits]\nper_child = 1\n");
    let frame = frame(&plan);
    let found: Vec<String> = repeated(&frame)
        .into_iter()
        .map(|Repeated { field, who, cases }| format!("{} {who} {cases:?}", field.key()))
        .collect();
    assert_eq!(found, ["child K1 [\"a\", \"d\"]", "family F5 [\"f\", \"g\"]"]);
    for seed in 0..50 {
        let found = draw(&frame, &plan, &seed.to_string()).unwrap();
        let ids: Vec<&str> = found.strata[0].cases.iter().map(|case| case.case.as_str()).collect();
        assert!(!(ids.contains(&"a") && ids.contains(&"d")), "{ids:?}");
    }
}

#[test]
fn the_preset_of_state_led_reviews() {
    let with = |sizes: &str| {
        let text =
            format!("{COLUMNS}[strata]\nby = [\"case_type\"]\n[sizes]\npreset = \"r3-r4-state\"\n");
        text + sizes
    };
    assert_eq!(problems(&with("")), Vec::<String>::new());
    assert_eq!(problems(&with("total = 100\n")), Vec::<String>::new());
    assert_eq!(problems(&with("foster-care = 90\n")), Vec::<String>::new());
    assert_eq!(problems(&with("total = 64\n")), ["r3-r4-state reads at least 65 cases, not 64"]);
    assert_eq!(
        problems(&with("foster-care = 39\nin-home = 20\n")),
        [
            "r3-r4-state reads at least 40 foster-care cases, not 39",
            "r3-r4-state reads at least 25 in-home cases, not 20",
        ]
    );
    assert_eq!(problems(&with("").replace("r3-r4", "r3-r5")), ["sizes has no preset r3-r5-state"]);
    // 100 x 40 / 65 is 61.54, 100 x 25 / 65 is 38.46.
    let short =
        drawn("[strata]\nby = [\"case_type\"]\n[sizes]\npreset = \"r3-r4-state\"\ntotal = 100\n");
    assert_eq!(
        short.unwrap_err(),
        [
            "foster-care: 62 cases are asked for, but the frame holds 5",
            "in-home: 38 cases are asked for, but the frame holds 4",
        ]
    );
}

#[test]
fn spares_in_percent_of_the_size() {
    for (spares, expected) in
        [("percent = 50", 2), ("percent = 100", 3), ("percent = 50\nper_stratum = 4", 4)]
    {
        let found = drawn(&format!("[sizes]\ntotal = 3\n[spares]\n{spares}\n")).unwrap();
        assert_eq!((found.sampled(), found.strata[0].spares()), (3, expected), "{spares}");
    }
}

#[test]
fn what_a_filter_lacks_is_said() {
    let text = "[columns]\ncase = \"Case ID\"\ncase_type = \"Type\"\nopened = \"Opened\"\n\
        [eligible.in-home]\nunder_age = 18\nleave_out = [\"in_care\", \"incare\"]\n\
        [strata]\nby = [\"status\"]\n[sizes]\ntotal = 2\n[limits]\nper_child = 1\n";
    assert_eq!(
        problems(text),
        [
            "limits.per_child needs the column of child",
            "eligible.in-home needs the column of born",
            "eligible.in-home needs the column of in_care",
            "eligible.in-home counts days, but no period is given",
            "cases can't be left out by incare",
            "strata.by status needs the column of closed",
        ]
    );
}
