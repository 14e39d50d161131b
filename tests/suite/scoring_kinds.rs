//! Scoring of what the shipped instrument doesn't use: numbers and checklists in conditions,
//! gates that read another item, a sub-item with an applicability question, options of one
//! case type only.

#![allow(clippy::unwrap_used)]

use casereview::diagnostic::one_line;
use casereview::instrument::{CodeSet, Instrument, Rating, check};
use casereview::scoring::{
    Answers, Value, changes, explain_item, parse_value, read_value, score, token, write_value,
};

const TEXT: &str = r#"
[instrument]
id = "kinds"
title = "Kinds of answers"
short = "Kinds"
edition = "1"
source = "made up"

[[case-type]]
code = "foster-care"
title = "Foster care"

[[case-type]]
code = "in-home"
title = "In-home services"

[[item]]
id = "1"
title = "Settings"
purpose = "Numbers and checklists."
applicability = "All cases."
[item.applies]
foster-care = "always"
in-home = "always"

[[item.question]]
id = "moves"
ask = "How many?"
kind = "integer"
least = 0
most = 20

[[item.question]]
id = "signs"
ask = "Which signs?"
kind = "checklist"
options = [
  { code = "a", title = "A" },
  { code = "b", title = "B", case-types = ["foster-care"] },
  { code = "c", title = "C" },
]

[[item.question]]
id = "why"
ask = "Were they planned?"
answers = ["yes", "no"]
ask-when = { moves = { at-least = 2, at-most = 5 } }

[[item.row]]
id = "many"
give = "ani"
when = { moves = { at-least = 6 } }

[[item.row]]
id = "signs"
give = "ani"
when = { signs = ["a", "b"] }

[[item.row]]
id = "unplanned"
give = "ani"
when = { why = "no" }

[[item.row]]
id = "quiet"
give = "strength"
when = { moves = { at-most = 5 }, not = { signs = ["a", "b"] }, none = { of = ["why"], is = "no" } }

[[item]]
id = "2"
title = "Parts"
purpose = "Gates on another item."
applicability = "All cases."
[item.applies]
foster-care = "always"
in-home = "always"

[[item.sub-item]]
id = "2A"
title = "Part A"
[item.sub-item.applies]
foster-care = "ask"
in-home = "never"

[[item.sub-item.question]]
id = "A"
ask = "Well planned?"
answers = ["yes", "no"]
ask-when = { "1.why" = "yes" }

[[item.sub-item.question]]
id = "B"
ask = "Well done?"
answers = ["yes", "no"]

[[item.sub-item.row]]
id = "well"
give = "strength"
when = { B = "yes", none = { of = ["A"], is = "no" } }

[[item.sub-item.row]]
id = "badly"
give = "ani"
when = { any = { of = ["A", "B"], is = "no" } }

[[item.row]]
id = "as-a"
give = "strength"
when = { "2A" = ["strength", "na"] }

[[item.row]]
id = "as-a-ani"
give = "ani"
when = { "2A" = "ani" }
"#;

fn instrument() -> Instrument {
    let checked = check("kinds.toml", TEXT);
    let problems: Vec<String> =
        checked.diagnostics.iter().map(|d| one_line("kinds.toml", TEXT, d)).collect();
    checked.instrument.unwrap_or_else(|| panic!("{}", problems.join("\n")))
}

fn case(i: &Instrument, case_type: &str, answers: &str) -> Answers {
    let mut case = Answers::new(i.find_case_type(case_type).unwrap());
    for answer in answers.split_whitespace() {
        let (id, text) = answer.split_once('=').unwrap();
        let at = i.find_question(id).unwrap_or_else(|| panic!("{id}"));
        case.set(at, Some(read_value(i.question(at), case.case_type, text).unwrap()));
    }
    case
}

fn rated(i: &Instrument, case_type: &str, answers: &str, id: &str) -> String {
    let at = i.find_item(id).unwrap();
    let case = case(i, case_type, answers);
    let result = &score(i, &case).items[usize::from(at.0)];
    format!("{} {}", result.rating.code(), token(i, at, &result.cause))
}

fn told(i: &Instrument, case: &Answers, id: &str) -> Vec<String> {
    let answer = |a: &casereview::scoring::NewAnswer| {
        let question = i.question(a.question);
        format!("{}={}", question.id(), write_value(question, &a.new))
    };
    changes(i, case, i.find_item(id).unwrap())
        .iter()
        .map(|c| {
            let answers: Vec<String> = c.answers.iter().map(answer).collect();
            format!("{} {}", c.rating.code(), answers.join(" "))
        })
        .collect()
}

#[test]
fn numbers_and_checklists_rate_and_gate() {
    let i = instrument();
    for (answers, expected) in [
        ("", "incomplete missing:1.moves 1.signs"),
        ("1.moves=3", "incomplete missing:1.signs 1.why"),
        ("1.moves=3 1.signs=", "incomplete missing:1.why"),
        ("1.moves=3 1.signs= 1.why=yes", "strength row:quiet"),
        ("1.moves=3 1.signs=c 1.why=no", "ani row:unplanned"),
        ("1.moves=1 1.signs=c 1.why=no", "strength row:quiet"),
        ("1.moves=0 1.signs=c;b", "ani row:signs"),
        ("1.moves=6 1.signs=a;c", "ani row:many"),
        ("1.signs=a", "incomplete missing:1.moves"),
    ] {
        assert_eq!(rated(&i, "foster-care", answers, "1"), expected, "{answers}");
    }
}

#[test]
fn a_gate_on_another_item_waits_for_its_answer() {
    let i = instrument();
    for (answers, expected) in [
        ("", "incomplete missing:2A.applies"),
        ("2A.applies=yes 2.B=yes", "incomplete missing:1.moves"),
        ("2A.applies=yes 2.B=yes 1.moves=2", "incomplete missing:1.why"),
        ("2A.applies=yes 2.B=yes 1.moves=2 1.why=yes", "incomplete missing:2.A"),
        ("2A.applies=yes 2.B=yes 1.moves=2 1.why=yes 2.A=no", "ani row:badly"),
        ("2A.applies=yes 2.B=yes 1.moves=9 1.why=yes 2.A=no", "strength row:well"),
        ("2A.applies=no 2.B=no", "na applies"),
    ] {
        assert_eq!(rated(&i, "foster-care", answers, "2A"), expected, "{answers}");
    }
    assert_eq!(rated(&i, "foster-care", "2A.applies=no", "2"), "strength row:as-a");
    assert_eq!(rated(&i, "foster-care", "", "2"), "incomplete missing:2A.applies");
    assert_eq!(rated(&i, "in-home", "", "2A"), "na case-type");
    assert_eq!(rated(&i, "in-home", "", "2"), "strength row:as-a");
}

#[test]
fn changes_try_the_nearest_of_each_range_single_ticks_and_other_items() {
    let i = instrument();
    let c = case(&i, "foster-care", "1.moves=1 1.signs=c");
    assert_eq!(told(&i, &c, "1"), ["ani 1.moves=6", "ani 1.signs=a", "ani 1.signs=a;c"]);
    let c = case(&i, "in-home", "1.moves=9 1.signs=a;c");
    assert_eq!(told(&i, &c, "1"), ["strength 1.moves=1 1.signs=", "strength 1.moves=1 1.signs=c"]);
    let c = case(&i, "foster-care", "2A.applies=yes 2.B=yes 1.moves=2 1.why=yes 2.A=no");
    assert_eq!(told(&i, &c, "2")[0], "strength 1.moves=1");
    assert_eq!(score(&i, &c).items[2].rating, Rating::Ani);
}

#[test]
fn a_checklist_and_a_number_are_told_in_the_why() {
    let i = instrument();
    let c = case(&i, "foster-care", "1.moves=3 1.signs= 1.why=yes");
    let why = explain_item(&i, &c, &score(&i, &c), i.find_item("1").unwrap());
    assert_eq!(why[..3], ["1.moves: 3.", "1.signs: nothing ticked.", "1.why: Yes."]);
    let c = case(&i, "foster-care", "1.moves=3 1.signs= 1.why=no");
    assert_eq!(
        explain_item(&i, &c, &score(&i, &c), i.find_item("1").unwrap()),
        [
            "1.why: No.",
            "Area Needing Improvement is given when why is No.",
            "Not used: 1.moves 3; 1.signs nothing ticked.",
        ],
        "a row without words of its own"
    );
}

#[test]
fn an_option_of_another_case_type_is_refused() {
    let i = instrument();
    let question = i.question(i.find_question("1.signs").unwrap());
    let home = i.find_case_type("in-home").unwrap();
    assert_eq!(
        read_value(question, home, "b").unwrap_err(),
        "b is not offered to this case type in 1.signs; it takes a or c"
    );
    assert_eq!(parse_value(question, None, "b").unwrap(), Value::Codes(CodeSet::one(1)));
    let question = i.question(i.find_question("1.moves").unwrap());
    for text in ["21", "-1", "2.0", "two"] {
        assert_eq!(
            read_value(question, home, text).unwrap_err(),
            format!(
                "\"{text}\" is not a number that 1.moves takes; give a whole number from 0 to 20"
            )
        );
    }
}
