//! A slip in a shipped rating table does not go unnoticed: every single exchange of a code or
//! rating in a row, gate or hard rule is caught by the proof or by a worked example.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{check, load_shipped, shipped};

const EXCHANGES: [(&str, &str); 7] = [
    ("\"yes\"", "\"no\""),
    ("\"no\"", "\"yes\""),
    ("\"na\"", "\"yes\""),
    ("\"strength\"", "\"ani\""),
    ("\"ani\"", "\"strength\""),
    ("at-most = 1", "at-most = 2"),
    ("\"never\"", "\"monthly\""),
];

#[test]
fn single_slips_are_caught() {
    // The full reviews, with thousands of slips, would take this suite many minutes.
    for shipped in &shipped()[..1] {
        let instrument = load_shipped(shipped.id).unwrap();
        let (mut tried, mut unnoticed) = (0, Vec::new());
        let (mut inert, mut item) = (false, "");
        let mut table = "";
        let mut at = 0;
        for line in shipped.text.split_inclusive('\n') {
            if line.starts_with('[') {
                table = line.trim();
                let rest = &shipped.text[at + line.len()..];
                let block = rest.find("\n[").map_or(rest, |end| &rest[..end]);
                let id = block.lines().find_map(|line| line.strip_prefix("id = "));
                let id = id.map_or("", |id| id.trim_matches('"'));
                if table == "[[item]]" {
                    item = id;
                }
                let question = instrument.find_question(&format!("{item}.{id}"));
                // Breaking an explain-rule changes no rating; reasons and descriptive
                // questions ask, they don't rate.
                inert = block.contains("strength = \"explain\"")
                    || table.contains("not-applicable")
                    || table.contains("face-sheet")
                    || table.ends_with("question]]")
                        && !question.is_some_and(|q| instrument.question(q).needed_for_rating());
            }
            let rates = ["when = ", "give = ", "if = ", "then = ", "forbid = ", "ask-when = "];
            if rates.iter().any(|key| line.starts_with(key)) && !inert {
                for (from, to) in EXCHANGES {
                    for (position, _) in line.match_indices(from) {
                        let mut text = shipped.text.to_owned();
                        text.replace_range(at + position..at + position + from.len(), to);
                        tried += 1;
                        if check("slip", &text).diagnostics.is_empty() {
                            unnoticed.push(format!("{table} {}: {from} -> {to}", line.trim()));
                        }
                    }
                }
            }
            at += line.len();
        }
        assert!(tried > 50, "{}: only {tried} slips tried", shipped.id);
        assert!(unnoticed.is_empty(), "{}:\n{}", shipped.id, unnoticed.join("\n"));
    }
}
