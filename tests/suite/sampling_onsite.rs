//! The preset of Round 2 onsite reviews: 65 cases in three sites, foster care in four groups.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use casereview::exchange::read_frame;
use casereview::sampling::{Draw, Origin, Receipt, check, draw, verify};

use crate::program;

const PLAN: &str = "[columns]\ncase = \"Id\"\ncase_type = \"Type\"\ncounty = \"County\"\n\
    group = \"Group\"\n[sizes]\npreset = \"r2-onsite\"\n[sites]\nmetro = \"Metro\"\n\
    [sites.counties]\nMetro = [\"Shelby\"]\nHills = [\"Scott\", \"Pickett\"]\n\
    Lakes = [\"Knox\"]\n[spares]\npercent = 100\n";

const COUNTIES: [&str; 10] =
    ["Shelby", "Shelby", "Shelby", "Shelby", "Scott", "Pickett", "Knox", "Knox", "Giles", "Giles"];

fn frame(cases: usize) -> String {
    let mut text = String::from("Id,Type,County,Group\n");
    for nth in 0..cases {
        let (case_type, group) = match nth % 3 {
            0 => ("in-home", ""),
            _ => ("foster-care", ["adoption", "under 16", "16 and older", "new"][nth / 3 % 4]),
        };
        let county = COUNTIES[nth / 12 % 10];
        let _ = writeln!(text, "C{nth:04},{case_type},{county},{group}");
    }
    text
}

fn drawn(cases: usize) -> Draw {
    let plan = check(PLAN).plan.unwrap();
    let frame = read_frame(frame(cases).as_bytes(), plan.mapping()).unwrap();
    let drawn = draw(&frame, &plan, "4 1 6").unwrap();
    let receipt = Receipt::new(&drawn, &frame, &plan, Origin::default());
    assert_eq!(verify(&receipt, &plan, &frame), vec![]);
    drawn
}

#[test]
fn sixty_five_cases_in_sites_and_groups_that_come_out_whole() {
    let drawn = drawn(960);
    assert_eq!(drawn.sampled(), 65);
    assert_eq!(drawn.removed[1].filter, "outside the three sites");
    assert_eq!(drawn.removed[1].cases, 192);
    let (mut sites, mut groups) = (BTreeMap::new(), BTreeMap::new());
    for stratum in &drawn.strata {
        let parts: Vec<&str> = stratum.name.split(" | ").collect();
        *sites.entry((parts[0], parts[1])).or_insert(0) += stratum.sampled();
        if let Some(group) = parts.get(2) {
            *groups.entry(*group).or_insert(0) += stratum.sampled();
        }
        assert_eq!(stratum.spares(), stratum.size, "twice as many are drawn");
    }
    assert_eq!(groups.values().collect::<Vec<_>>(), [&10, &10, &10, &10]);
    // The metro has half of the sites' cases.
    assert_eq!(
        sites,
        BTreeMap::from([
            (("foster-care", "Hills"), 10),
            (("foster-care", "Lakes"), 10),
            (("foster-care", "Metro"), 20),
            (("in-home", "Hills"), 6),
            (("in-home", "Lakes"), 6),
            (("in-home", "Metro"), 13),
        ])
    );
}

#[test]
fn the_plan_among_the_samples_draws_an_onsite_review() {
    let folder = tempfile::tempdir().unwrap();
    let sample = |name: &str| format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let (frame, plan) = (sample("onsite-frame.csv"), sample("onsite-plan.toml"));
    let line = ["sample", "draw", &frame, "--plan", &plan, "--seed", "20261001", "--out", "s.csv"];
    let line = [&line[..], &["--receipt", "r.json", "--format", "json"]].concat();
    let (code, out, err) = program::run(folder.path(), &line);
    assert_eq!((code, err.as_str()), (0, ""));
    let receipt = Receipt::from_json(&out).unwrap();
    let of = |start: &str| {
        let strata = receipt.strata.iter().filter(|one| one.stratum.starts_with(start));
        strata.map(|one| one.sample).sum::<u64>()
    };
    assert_eq!((of("foster-care"), of("in-home")), (40, 25));
    assert_eq!(
        ["Memphis", "Knoxville", "Northeast"].map(|site| of(&format!("in-home | {site}"))),
        [12, 7, 6]
    );
    let group = |name: &str| {
        let strata = receipt.strata.iter().filter(|one| one.stratum.ends_with(name));
        strata.map(|one| one.sample).sum::<u64>()
    };
    assert_eq!(
        ["adoption", "entered this period", "16 and older", "under 16"].map(group),
        [10, 10, 10, 10]
    );
    let verify = ["sample", "verify", "r.json", "--frame", &frame];
    let (code, _, err) = program::run(folder.path(), &verify);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn what_a_frame_cannot_give_is_told() {
    let plan = check(PLAN).plan.unwrap();
    let told = |text: &str| -> Vec<String> {
        let frame = read_frame(text.as_bytes(), plan.mapping()).unwrap();
        let problems = draw(&frame, &plan, "4").unwrap_err();
        assert!(problems.iter().all(|problem| problem.help().is_some()));
        problems.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        told(&frame(960).replace("adoption", "new")),
        [
            "r2-onsite samples foster care by four groups, but the sites' cases have \"16 and older\", \"new\" and \"under 16\""
        ]
    );
    let mut knox = 0;
    let small: String = frame(120)
        .lines()
        .filter(|line| {
            knox += u32::from(line.contains("Knox"));
            !line.contains("Knox") || knox <= 6
        })
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(
        told(&small),
        ["site \"Lakes\" has 4 eligible foster-care cases; r2-onsite reads at least 10"]
    );
    let scarce: String = frame(960)
        .lines()
        .enumerate()
        .filter(|(nth, line)| !line.ends_with("new") || *nth < 60)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    assert_eq!(
        told(&scarce),
        [
            "10 foster-care cases of group \"new\" don't fit the sizes of the sites: it has 1 in Hills, 0 in Lakes and 8 in Metro"
        ]
    );
}

#[test]
fn a_plan_with_the_preset_is_checked() {
    let problems = |text: &str| -> Vec<String> {
        check(text).diagnostics.iter().map(|one| one.message.clone()).collect()
    };
    assert_eq!(problems(PLAN), Vec::<String>::new());
    for (from, to, said) in [
        (
            "metro = \"Metro\"",
            "metro = \"Metr\"",
            "the largest metro \"Metr\" is none of the sites",
        ),
        ("Lakes = [\"Knox\"]\n", "", "r2-onsite reads in three sites, and the plan names 2 sites"),
        ("\"Scott\", ", "\"Knox\", ", "county \"Knox\" is in sites \"Hills\" and \"Lakes\""),
        (
            "[spares]",
            "[strata]\nby = [\"county\"]\n[spares]",
            "r2-onsite makes the strata itself; take [strata] out",
        ),
        ("r2-onsite\"\n", "r2-onsite\"\ntotal = 70\n", "r2-onsite gives all sizes itself"),
        ("preset = \"r2-onsite\"", "total = 5", "sites are of r2-onsite reviews alone"),
        ("group = \"Group\"\n", "", "sizes.preset needs the column of group"),
    ] {
        let text = PLAN.replace(from, to);
        assert_ne!(text, PLAN, "{from}");
        let found = problems(&text);
        assert!(found.iter().any(|one| one == said), "{said}: {found:?}");
    }
    let alone = &PLAN[..PLAN.find("[sites]").unwrap()];
    assert_eq!(problems(alone), ["r2-onsite reads in three sites, and the plan names none"]);
}
