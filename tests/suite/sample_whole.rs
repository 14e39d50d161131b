//! The sample from the command line beyond the first draw: witnesses, receipts, supplements,
//! second draws, requests declined and unlocked, and what every report says of it.

use serde_json::Value;

use crate::place::Place;

const FRAME: &str = "Case ID,Region,County,Type,Opened,Closed,Unit,Agency\n\
    C-01,East,Roane,FC,2025-01-10,,7,Hope House\n\
    C-02,East,Roane,FC,2025-02-10,,7,Hope House\n\
    C-03,East,Scott,FC,2025-03-10,,8,Hope House\n\
    C-04,East,Scott,FC,2025-03-10,,8,Hope House\n\
    C-05,Knox,Knox,IH,2025-04-10,,9,\n\
    C-06,Knox,Knox,IH,2025-05-10,,9,\n";

const PLAN: &str = "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\ncounty = \"County\"\n\
    case_type = \"Type\"\nopened = \"Opened\"\nclosed = \"Closed\"\nunit = \"Unit\"\n\
    agency = \"Agency\"\n\
    [values.case_type]\nFC = \"foster-care\"\nIH = \"in-home\"\n\
    [strata]\nby = [\"case_type\"]\n[sizes]\nfoster-care = 2\nin-home = 1\n";

fn drawn(witnesses: &[&str]) -> Place {
    let place = Place::new();
    place.write("frame.csv", FRAME);
    place.write("plan.toml", PLAN);
    place.ok(&["frame", "import", "frame.csv", "--plan", "plan.toml"]);
    let mut line = vec!["sample", "draw", "--seed", "4", "--receipt", "r.json"];
    line.extend(["--public-receipt", "p.json", "--page", "page.txt"]);
    line.extend(witnesses);
    place.ok(&line);
    place
}

fn json(place: &Place, name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(place.path(name)).unwrap()).unwrap()
}

fn eliminate(place: &Place, case: &str) {
    place.ok(&["person", "set", "mary", "--region", "Knox"]);
    let by = ["--reason", "subsidy-only", "--approved-by", "mary"];
    place.ok(&[&["sample", "eliminate", case], &by[..]].concat());
}

#[test]
fn who_watched_stands_in_log_and_receipts() {
    let place = drawn(&["--witness", "A. Smith, county clerk", "--witness", "B. Jones"]);
    for name in ["r.json", "p.json"] {
        let witnesses = &json(&place, name)["origin"]["witnesses"];
        assert_eq!(witnesses, &serde_json::json!(["A. Smith, county clerk", "B. Jones"]), "{name}");
    }
    let page = std::fs::read_to_string(place.path("page.txt")).unwrap();
    assert!(page.contains("Watched by        A. Smith, county clerk\n"), "{page}");
    let report = place.ok(&["sample", "report"]);
    assert!(report.contains("watched by A. Smith, county clerk; B. Jones\n"), "{report}");
    assert!(place.ok(&["log", "show"]).contains("draw 1: seed watched by 2"));
    // The receipts can be had again, byte for byte.
    let again = ["sample", "receipt", "--receipt", "r2.json", "--public-receipt", "p2.json"];
    place.ok(&again);
    for (one, other) in [("r.json", "r2.json"), ("p.json", "p2.json")] {
        assert_eq!(json(&place, one), json(&place, other));
    }
    place.ok(&["sample", "verify", "p2.json", "--frame", "frame.csv"]);
}

#[test]
fn used_up_spares_are_supplemented_from_the_same_tickets() {
    let place = drawn(&[]);
    let more = |who: &str| {
        let line = ["sample", "supplement", "--stratum", "foster-care", "--cases", "3"];
        let told = ["--approved-by", who, "--why", "no spare was left", "--receipt", "more.json"];
        place.run(&[&line[..], &told[..]].concat())
    };
    eliminate(&place, "R-0001");
    let (code, _, err) = place.run(&["sample", "replace", "R-0001"]);
    assert_eq!(code, 2);
    assert!(err.contains("has no spare left for R-0001 and stays short"), "{err}");
    let (_, _, err) = place.run(&["report", "items"]);
    assert!(err.contains("stratum foster-care is 1 case short: no spare is left\n"), "{err}");
    let (code, out, err) = more("lead");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("needs the approval of someone other than who makes it"), "{err}");
    let (code, out, err) = more("A. Brown, federal office");
    assert_eq!(code, 0, "{err}");
    assert_eq!(
        out,
        "2 further spares drawn for stratum foster-care: `sample replace` brings them in\n"
    );
    assert_eq!(err, "warning: 3 asked, 2 cases drawn: no more are left\n");
    let (code, _, err) = more("A. Brown, federal office");
    assert_eq!(code, 2);
    assert!(err.contains("stratum foster-care has 2 spares left"), "{err}");
    assert_eq!(place.ok(&["sample", "replace", "R-0001"]), "R-0004 comes in for R-0001\n");
    // The receipt carries it and verifies; who says other numbers is found out.
    place.ok(&["sample", "verify", "more.json", "--frame", "frame.csv"]);
    let mut receipt = json(&place, "more.json");
    assert_eq!(receipt["supplements"][0]["approved_by"], "A. Brown, federal office");
    receipt["supplements"][0]["cases"] = 1.into();
    place.write("less.json", receipt.to_string());
    let (code, out, _) = place.run(&["sample", "verify", "less.json", "--frame", "frame.csv"]);
    assert_eq!(code, 1, "{out}");
    let (_, _, err) = place.run(&["report", "outcomes"]);
    let line = "round Test: 2 further spares drawn for stratum foster-care, approved by A. Brown, federal office: no spare was left\n";
    assert!(err.contains(line), "{err}");
    assert!(place.ok(&["sample", "report"]).contains("approved by A. Brown, federal office"));
    place.ok(&["log", "verify"]);
}

#[test]
fn a_second_draw_says_why_in_every_report() {
    let place = drawn(&[]);
    let (code, _, err) = place.run(&["sample", "draw", "--seed", "5"]);
    assert_eq!(code, 2);
    assert!(err.contains("say why it is drawn again with --reason TEXT"), "{err}");
    let why = "the seed was not public";
    place.ok(&["sample", "draw", "--seed", "5", "--reason", why, "--receipt", "two.json"]);
    assert_eq!(json(&place, "two.json")["origin"]["reason"], why);
    for report in ["items", "outcomes", "eliminations"] {
        let (_, _, err) = place.run(&["report", report]);
        let line = format!("round Test: draw 2 is drawn again: {why}\n");
        assert!(err.contains(&line), "{report}: {err}");
    }
}

#[test]
fn a_request_is_declined_by_another_or_taken_back() {
    let place = drawn(&[]);
    place.ok(&["person", "set", "mary"]);
    place.ok(&["person", "set", "tom"]);
    let ask = ["sample", "eliminate", "R-0002", "--reason", "subsidy-only", "--as", "mary"];
    place.ok(&ask);
    let (code, _, err) = place.run(&["sample", "decline", "R-0002", "--as", "tom"]);
    assert_eq!(code, 2);
    assert!(err.contains("neither mary nor tom is a lead"), "{err}");
    let out = place.ok(&["sample", "decline", "R-0002", "--why", "it is open for services too"]);
    assert_eq!(out, "elimination of R-0002 declined: it stays in the sample\n");
    let (_, _, err) = place.run(&["sample", "approve", "R-0002"]);
    assert!(err.contains("nobody asked for the elimination of R-0002"), "{err}");
    place.ok(&ask);
    place.ok(&["sample", "decline", "R-0002", "--as", "mary"]);
    let report = place.ok(&["sample", "report"]);
    assert!(report.contains("declined"), "{report}");
    let log = place.ok(&["log", "show", "--case", "R-0002", "--format", "csv"]);
    let kinds: Vec<&str> = log.lines().skip(1).filter_map(|line| line.split(',').nth(4)).collect();
    assert_eq!(
        kinds,
        [
            "sample-drawn",
            "elimination-asked",
            "elimination-declined",
            "elimination-asked",
            "elimination-declined"
        ]
    );
}

#[test]
fn a_lead_unlocks_a_request_that_a_rating_overtook() {
    let place = drawn(&[]);
    place.ok(&["assign", "R-0003", "--to", "mary"]);
    place.ok(&["sample", "eliminate", "R-0003", "--reason", "subsidy-only", "--as", "mary"]);
    let opened = casereview::store::Workspace::open(&place.path("casereview.db"), Some("mary"));
    let mut mary = opened.unwrap();
    let id = crate::workspace::reading_of(&mary, 3);
    crate::workspace::fill(&mut mary, id);
    drop(mary);
    let (code, _, err) = place.run(&["sample", "approve", "R-0003"]);
    assert_eq!(code, 2);
    assert!(err.contains("a lead unlocks it with --unlock REASON"), "{err}");
    let (code, _, err) =
        place.run(&["sample", "approve", "R-0003", "--unlock", "", "--as", "lead"]);
    assert_eq!(code, 2);
    assert!(err.contains("unlocking needs a reason"), "{err}");
    place.ok(&["sample", "approve", "R-0003", "--unlock", "closed all along"]);
    let report = place.ok(&["sample", "report"]);
    assert!(report.contains("R-0003 had an item rating: a lead unlocked it\n"), "{report}");
    let (_, _, err) = place.run(&["report", "items"]);
    assert!(err.contains("1 case eliminated of 3 in the sample: Knox subsidy-only 1\n"), "{err}");
    assert!(
        err.contains(
            "round Test: 3 sample + 0 spares brought in = 0 read + 2 open + 1 eliminated\n"
        ),
        "{err}"
    );
}

#[test]
fn eliminations_are_counted_by_reason_and_group() {
    let place = drawn(&[]);
    eliminate(&place, "R-0001");
    let csv = place.ok(&["report", "eliminations", "--by", "region", "--total", "--format", "csv"]);
    assert_eq!(
        csv,
        "region,reason,title,eliminated,replaced,cases,percent\n\
         East,subsidy-only,Open for a subsidy payment only,1,0,2,50.0\n\
         (all),subsidy-only,Open for a subsidy payment only,1,0,3,33.3\n"
    );
    let text = place.ok(&["report", "eliminations", "--by", "region"]);
    assert!(text.contains("region  reason        eliminated"), "{text}");
    let rows: Value =
        serde_json::from_str(&place.ok(&["report", "eliminations", "--format", "json"])).unwrap();
    assert_eq!(rows[0]["eliminated"], 1);
    let (code, _, err) = place.run(&["report", "eliminations", "--by", "reviewer"]);
    assert_eq!(code, 2);
    assert!(err.contains("eliminations are not counted by reviewer"), "{err}");
    let (code, out, err) = place.run(&["report", "eliminations", "--where", "region=Knox"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.starts_with("nothing to report: no case was eliminated\n"), "{err}");
}

#[test]
fn sensitivity_counts_unread_cases_both_ways() {
    let place = drawn(&[]);
    eliminate(&place, "R-0001");
    let mut lead =
        casereview::store::Workspace::open(&place.path("casereview.db"), Some("lead")).unwrap();
    let reading = crate::workspace::assign(&mut lead, 2, "lead");
    crate::workspace::fill(&mut lead, reading);
    lead.act(&casereview::review::Command::Submit { reading }).unwrap();
    drop(lead);
    let line = ["report", "items", "--sensitivity", "--where", "item=19", "--format"];
    let rows: Value = serde_json::from_str(&place.ok(&[&line[..], &["json"]].concat())).unwrap();
    let row = &rows[0];
    // One of three was read; the one in-home case and the eliminated one were not.
    assert_eq!(row["applicable"], 1);
    assert_eq!(row["unread"], 2);
    let strength = row["strength"].as_f64().unwrap();
    assert_eq!(row["proportion_all_ani"].as_f64().unwrap(), strength / 3.0);
    assert_eq!(row["proportion_all_strength"].as_f64().unwrap(), (strength + 2.0) / 3.0);
    let csv = place.ok(&[&line[..], &["csv"]].concat());
    assert!(csv.starts_with("item,title,applicable,strength,ani,na,incomplete,percent,low,high,bar,state_percent,against_state,unread,percent_all_ani,percent_all_strength\n"), "{csv}");
    let text = place.ok(&line[..5]);
    assert!(text.contains("With cases eliminated or not finished counted too\n"), "{text}");
    // In-home cases can't have item 14.
    let line = ["report", "items", "--sensitivity", "--where", "item=14", "--format", "json"];
    let rows: Value = serde_json::from_str(&place.ok(&line)).unwrap();
    assert_eq!(rows[0]["unread"], 1);
    let (code, _, err) = place.run(&["report", "outcomes", "--sensitivity"]);
    assert_eq!(code, 2);
    assert!(err.contains("--sensitivity is for items"), "{err}");
}

#[test]
fn conflicts_reach_units_agencies_and_outside_reviewers() {
    let place = drawn(&[]);
    place.ok(&["person", "set", "mary", "--unit", "9"]);
    let (code, _, err) = place.run(&["assign", "R-0003", "--to", "mary"]);
    assert_eq!(code, 2);
    assert!(err.contains("error: mary must not read R-0003: own unit 9\n"), "{err}");
    let (_, out, _) = place.run(&["person", "outside", "olga", "--agency", "Hope House"]);
    assert_eq!(out, "olga gets no case yet: from outside, without a confidentiality agreement\n");
    let give = |case: &str| place.run(&["assign", case, "--to", "olga"]);
    let (code, _, err) = give("R-0003");
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: olga can't be given a case: from outside, without a confidentiality agreement\n  help: record it with `person outside olga --signed DATE --until DATE`\n"
    );
    let sign = |from: &str, to: &str| {
        place.run(&["person", "outside", "olga", "--signed", from, "--until", to])
    };
    let (code, _, err) = sign("2020-03-01", "2019-12-31");
    assert_eq!(code, 2);
    assert!(err.contains("signed on 2020-03-01 can't end on 2019-12-31"), "{err}");
    sign("2019-01-01", "2019-12-31");
    assert!(give("R-0003").2.contains("agreement ended on 2019-12-31"));
    assert_eq!(sign("2020-01-01", "2999-12-31").1, "olga reviews from outside\n");
    let (code, _, err) = give("R-0001");
    assert_eq!(code, 2);
    assert!(err.contains("olga must not read R-0001: own agency Hope House\n"), "{err}");
    assert_eq!(give("R-0003").0, 0);
    place.ok(&["person", "set", "tom"]);
    place.ok(&["conflict", "add", "tom", "--unit", "8", "--why", "his old unit"]);
    let add = ["conflict", "add", "tom", "--supervisor", "S-1", "--why", "his own"];
    let (_, out, err) = place.run(&add);
    assert_eq!(out, "conflict of tom with its supervisor declared\n");
    assert!(err.starts_with("no drawn case says its supervisor: "), "{err}");
}

#[test]
fn a_pair_fills_in_one_form_and_both_are_checked() {
    let place = drawn(&[]);
    for who in ["mary", "tom"] {
        place.ok(&["person", "set", who, "--new"]);
    }
    place.ok(&["person", "set", "sue", "--experienced"]);
    place.ok(&["conflict", "add", "tom", "--case", "R-0001", "--why", "a cousin"]);
    let (code, _, err) = place.run(&["assign", "R-0001", "--to", "mary", "--with", "tom"]);
    assert_eq!(code, 2);
    assert!(err.contains("tom must not read R-0001: declared conflict with case R-0001"), "{err}");
    let (code, out, err) = place.run(&["assign", "R-0002", "--to", "mary", "--with", "tom"]);
    assert_eq!((code, out.as_str()), (0, "1 case assigned to mary with tom\n"));
    assert_eq!(err, "warning: mary and tom are both new to reviews\n");
    let (code, _, err) = place.run(&["assign", "R-0002", "--to", "tom", "--which", "second"]);
    assert_eq!(code, 2);
    assert!(err.contains("tom already does another review of R-0002"), "{err}");
    let status = place.ok(&["status", "--format", "csv", "--as", "tom"]);
    assert!(status.contains("R-0002,") && status.contains(",tom\n"), "{status}");
    let out = place.ok(&["assign", "--balanced", "--pairs"]);
    assert!(out.starts_with("2 cases assigned to 2 pairs\n"), "{out}");
    assert!(!out.contains("mary writes, with tom") && !out.contains("tom writes, with mary"));
    // Whoever is on a case no more is named, with the way back.
    let (_, out, err) = place.run(&["assign", "R-0002", "--to", "sue"]);
    assert_eq!(out, "1 case assigned to sue\n");
    assert_eq!(
        err,
        "R-0002 goes over from mary with what was answered\n\
         tom read R-0002 too and is on it no more\n  \
         help: `assign R-0002 --to sue --with tom` puts tom on it again\n"
    );
    let (_, out, err) = place.run(&["assign", "R-0002", "--to", "sue", "--with", "tom"]);
    assert_eq!((out.as_str(), err.as_str()), ("1 case assigned to sue with tom\n", ""));
    let (_, _, err) = place.run(&["assign", "R-0002", "--to", "sue", "--with", "mary"]);
    assert_eq!(err, "tom read R-0002 too and is on it no more\n");
    let (_, _, err) = place.run(&["assign", "R-0002", "--to", "mary"]);
    assert_eq!(err, "R-0002 goes over from sue with what was answered\n");
    place.ok(&["log", "verify"]);
}
