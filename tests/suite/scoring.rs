//! Scoring as the rest of the program calls it.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use casereview::instrument::{CodeSet, Instrument, ItemIx, Kind, load_shipped};
use casereview::scoring::{
    Answers, Change, Lack, Value, changes, explain_item, explain_outcome, outcome_changes,
    read_value, score, token, unfinished, why_title, write_value,
};

pub fn instrument() -> Arc<Instrument> {
    load_shipped("cfsr-r2-items-14-20").unwrap()
}

/// A case with these answers: `"16.A=yes 16.B=no"`.
fn case(instrument: &Instrument, case_type: &str, answers: &str) -> Answers {
    let mut case = Answers::new(instrument.find_case_type(case_type).unwrap());
    give(instrument, &mut case, answers);
    case
}

fn give(instrument: &Instrument, case: &mut Answers, answers: &str) {
    for answer in answers.split_whitespace() {
        let (id, text) = answer.split_once('=').unwrap();
        let at = instrument.find_question(id).unwrap();
        let value = read_value(instrument.question(at), case.case_type, text).unwrap();
        case.set(at, Some(value));
    }
}

pub fn item(instrument: &Instrument, id: &str) -> ItemIx {
    instrument.find_item(id).unwrap()
}

fn reason(instrument: &Instrument, case: &Answers, id: &str) -> String {
    let at = item(instrument, id);
    token(instrument, at, &score(instrument, case).item(at).cause)
}

fn lacks(instrument: &Instrument, case: &Answers) -> Vec<String> {
    let scores = score(instrument, case);
    unfinished(instrument, case, &scores).iter().map(|missing| missing.line(instrument)).collect()
}

#[test]
fn an_answer_set_aside_comes_back_when_its_gate_reopens() {
    let i = instrument();
    let mut c = case(&i, "foster-care", "15.applies=yes 15.A1=yes 15.A2=no 15.B=no 15.C=yes");
    let b = i.find_question("15.B").unwrap();
    c.set_narrative(b, "Nobody asked the grandmother.");
    assert_eq!(reason(&i, &c, "15"), "row:side-missed");

    give(&i, &mut c, "15.A2=yes");
    assert_eq!(reason(&i, &c, "15"), "row:with-relative");
    let why = explain_item(&i, &c, &score(&i, &c), item(&i, "15"));
    assert!(
        why.contains(
            &"Set aside, as it is not asked now: 15.B Mother's relatives No; \
              15.C Father's relatives Yes."
                .to_owned()
        ),
        "{why:?}"
    );
    assert!(!lacks(&i, &c).iter().any(|line| line.starts_with("15.B")));

    // Not known whether B is asked: it counts for nothing either way.
    let a2 = c.set(i.find_question("15.A2").unwrap(), None);
    assert_eq!(reason(&i, &c, "15"), "missing:15.A2");
    c.set(i.find_question("15.A2").unwrap(), a2);

    give(&i, &mut c, "15.A2=no");
    assert_eq!(reason(&i, &c, "15"), "row:side-missed");
    assert_eq!(c.narrative(b), Some("Nobody asked the grandmother."));

    give(&i, &mut c, "15.applies=no");
    assert_eq!(reason(&i, &c, "15"), "applies");
    give(&i, &mut c, "15.applies=yes");
    assert_eq!(reason(&i, &c, "15"), "row:side-missed");
}

#[test]
fn a_narrative_whose_no_turns_yes_is_kept_for_when_it_turns_back() {
    let i = instrument();
    let mut c = case(&i, "foster-care", "16.applies=yes 16.A=yes 16.B=no");
    let b = i.find_question("16.B").unwrap();
    assert!(lacks(&i, &c).contains(&"16.B needs a narrative".to_owned()));
    c.set_narrative(b, "Never invited.");
    assert!(!lacks(&i, &c).iter().any(|line| line.starts_with("16.B ")));
    give(&i, &mut c, "16.B=yes");
    assert!(!lacks(&i, &c).iter().any(|line| line.starts_with("16.B ")));
    give(&i, &mut c, "16.B=no");
    assert_eq!(c.narrative(b), Some("Never invited."));
}

#[test]
fn unfinished_lists_every_kind_of_thing_in_asking_order() {
    let i = instrument();
    let c = case(
        &i,
        "foster-care",
        "16.applies=yes 16.A=na 16.B=na 16.mother.reason=other 16.sources= \
         20.applies=no 19.A1=never 19.A=yes 19.B=na",
    );
    let all = lacks(&i, &c);
    let of = |id: &str| -> Vec<&str> {
        let own = ["{}.", "{} ", "{},", "item {} ", "item {}:"].map(|form| form.replace("{}", id));
        all.iter().filter(|l| own.iter().any(|o| l.starts_with(o))).map(String::as_str).collect()
    };
    assert_eq!(
        of("16"),
        [
            "16 Mother, reason: the answer needs its text",
            "16 Father, reason is not given",
            "item 16 needs an explanation",
            "item 16 needs a rationale",
            "item 16 needs its sources",
        ]
    );
    assert_eq!(
        of("19"),
        [
            "item 19: answers contradict each other: If the child was never visited, frequency is \
             not sufficient (A is No) and there is no quality to rate (B is NA).",
            "item 19 needs a rationale",
            "item 19 needs its sources",
        ]
    );
    assert_eq!(of("20"), ["20, reason is not given"]);
    assert_eq!(of("14"), ["item 14: does it apply?"]);
    assert!(all.contains(&"face sheet: When was the case last opened?".to_owned()));
}

#[test]
fn unfinished_names_every_broken_rule_at_the_last_question_it_reads() {
    let i = instrument();
    let c = case(&i, "in-home", "20.applies=yes 20.A1=na 20.A2=yes 20.C=yes 20.B1=na 20.B2=yes");
    let scores = score(&i, &c);
    let broken: Vec<String> = unfinished(&i, &c, &scores)
        .into_iter()
        .filter_map(|missing| match missing.what {
            Lack::Rule { item, rule } => {
                let question = i.question(missing.question).id();
                Some(format!("{question} {}", i.item(item).rules()[rule].id))
            }
            _ => None,
        })
        .collect();
    assert_eq!(broken, ["20.A2 mother-na", "20.B2 father-na", "20.C mother-quality"]);
}

#[test]
fn nothing_is_unfinished_when_everything_is_said() {
    let i = instrument();
    for case_type in ["foster-care", "in-home", "in-home-dr"] {
        let mut c = Answers::new(i.find_case_type(case_type).unwrap());
        // Answering opens questions further on: go round until nothing is left.
        for round in 0.. {
            assert!(round < 9, "{:?}", lacks(&i, &c));
            let scores = score(&i, &c);
            let open = unfinished(&i, &c, &scores);
            if open.is_empty() {
                break;
            }
            for missing in open {
                let question = i.question(missing.question);
                match (&missing.what, question.kind()) {
                    (Lack::Narrative | Lack::OptionText, _) => {
                        c.set_narrative(missing.question, "Words.");
                    }
                    (_, Kind::Choice(_) | Kind::Checklist(_)) => {
                        c.set(missing.question, Some(Value::Codes(CodeSet::one(0))));
                    }
                    (_, Kind::Table { .. }) => unreachable!("this instrument has no tables"),
                    (_, Kind::Text) => {
                        c.set(missing.question, Some(Value::Text("Words.".to_owned())));
                    }
                    (_, Kind::Date) => {
                        let day = read_value(question, c.case_type, "2026-04-01").unwrap();
                        c.set(missing.question, Some(day));
                    }
                    (_, Kind::Integer { least, .. }) => {
                        c.set(missing.question, Some(Value::Integer(*least)));
                    }
                }
            }
        }
        let scores = score(&i, &c);
        assert!(scores.items.iter().all(|result| result.rating.is_final()), "{scores:?}");
    }
}

#[test]
fn the_why_says_what_decided_and_what_did_not() {
    let i = instrument();
    let mut c = case(&i, "foster-care", "16.applies=yes 16.A=yes 16.A1=transport 16.B=no");
    c.set_narrative(i.find_question("16.B").unwrap(), "No effort to include him.");
    let scores = score(&i, &c);
    let why = |id: &str| explain_item(&i, &c, &scores, item(&i, id));
    assert_eq!(
        why_title(&i, &scores, item(&i, "16")),
        "Why is item 16 an Area Needing Improvement?"
    );
    assert_eq!(
        why("16"),
        [
            "16.B Father: No (\"No effort to include him.\").",
            "One No, for the mother or the father, makes the item an Area Needing \
             Improvement.",
            "Not used: 16.A Mother Yes; 16.A1 Mother Help with travel, to go to activities.",
        ]
    );
    assert_eq!(
        why("19"),
        ["Not rated yet: 19.A1 Child, 19.A Child and 19.B Child are still to be answered."]
    );
    let home = case(&i, "in-home", "20.applies=no 17.B1=na 17.B3=yes 17.A1=yes");
    let scores = score(&i, &home);
    let why = |id: &str| explain_item(&i, &home, &scores, item(&i, id));
    assert_eq!(why("14"), ["Item 14 is not rated for this case type: In-home services."]);
    assert_eq!(
        why("20"),
        ["20 applies: No.", "The reviewer answered that item 20 does not apply."]
    );
    assert_eq!(
        why("17B"),
        [
            "17.B1 Mother: NA.",
            "17.B3 Mother: Yes.",
            "Answers contradict each other: If the mother is not rated on assessment she is not rated \
             on services either: B3 must be NA.",
        ]
    );
    let outcome = i.outcome_positions().nth(1).unwrap();
    assert_eq!(
        explain_outcome(&i, &scores, outcome).last().unwrap(),
        "Not rated yet: items 17, 18 and 19 must be rated first."
    );
}

#[test]
fn values_are_written_as_they_are_read() {
    let i = instrument();
    let home = i.find_case_type("in-home").unwrap();
    for (id, text) in [
        ("face.involvement", "neglect;domestic-violence"),
        ("face.involvement", ""),
        ("face.opened", "2026-02-28"),
        ("19.A1", "less-than-monthly"),
        ("19.rationale", "=words; with = signs"),
    ] {
        let question = i.question(i.find_question(id).unwrap());
        let value = read_value(question, home, text).unwrap();
        assert_eq!(write_value(question, &value), text, "{id}");
    }
    let bad = |id: &str, text: &str| {
        read_value(i.question(i.find_question(id).unwrap()), home, text).unwrap_err()
    };
    assert_eq!(bad("19.A", "n"), "\"n\" is not an answer to 19.A; did you mean no?");
    assert_eq!(bad("19.A", "maybe"), "\"maybe\" is not an answer to 19.A; it takes yes or no");
    for day in ["2026-02-30", "2026-2-03", "26-02-03", "+026-02-03"] {
        assert!(bad("face.opened", day).contains("is not a date"), "{day}");
    }
}

#[test]
fn a_whole_case_short_of_one_answer_needs_just_that() {
    let i = instrument();
    let c = case(
        &i,
        "in-home",
        "17.A1=yes 17.A2=yes 17.B1=yes 17.B2=yes 17.B3=yes 17.B4=yes 18.A=yes 18.B=no 18.C=na \
         19.A1=weekly 19.A=yes 19.B=yes 20.applies=no",
    );
    let told = |changes: Vec<Change>| -> Vec<String> {
        changes
            .iter()
            .map(|change| {
                let set: Vec<String> = change
                    .answers
                    .iter()
                    .map(|a| {
                        let question = i.question(a.question);
                        format!("{}={}", question.id(), write_value(question, &a.new))
                    })
                    .collect();
                format!("{} {}", change.rating.code(), set.join(" "))
            })
            .collect()
    };
    assert_eq!(
        told(changes(&i, &c, item(&i, "17"))),
        ["ani 17.A1=no", "ani 17.A2=no", "ani 17.B1=no"]
    );
    assert_eq!(told(changes(&i, &c, item(&i, "18"))), ["strength 18.B=yes", "strength 18.B=na"]);
    assert_eq!(told(changes(&i, &c, item(&i, "14"))), [""; 0]);
    let outcome = i.outcome_positions().nth(1).unwrap();
    let change = &outcome_changes(&i, &c, outcome)[0];
    assert_eq!(i.question(change.answers[0].question).id(), "17.A1");
    assert_eq!(change.rating.code(), "partially-achieved");
}
