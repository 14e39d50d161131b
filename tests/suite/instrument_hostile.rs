//! Hostile instrument files end in a message, not in a long wait.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use casereview::instrument::check;

const HEAD: &str = "[instrument]\nid = \"t\"\ntitle = \"T\"\nshort = \"T\"\nedition = \"1\"\n\
    source = \"s\"\n[[case-type]]\ncode = \"c\"\ntitle = \"C\"\n";
const ITEM: &str = "[[item]]\nid = \"1\"\ntitle = \"I\"\n[item.applies]\nc = \"always\"\n";

fn codes(text: &str) -> Vec<&'static str> {
    let checked = check("hostile", text);
    assert!(checked.instrument.is_none());
    assert!(checked.diagnostics.len() <= 101);
    checked.diagnostics.iter().map(|problem| problem.code).collect()
}

#[test]
fn too_large_a_file() {
    assert_eq!(codes(&"#".repeat((1 << 20) + 1)), ["too-large"]);
}

#[test]
fn a_hundred_thousand_questions() {
    let mut text = format!("{HEAD}{ITEM}");
    for _ in 0..100_000 {
        text.push_str("[[item.question]]\n");
    }
    assert_eq!(codes(&text), ["too-large"]);
    // As many as fit.
    text.truncate(1 << 20);
    assert_eq!(codes(&text), ["too-many"]);
    let mut text = format!("{HEAD}{ITEM}");
    for at in 0..16_000 {
        let _ = write!(text, "[[item.question]]\nid=\"q{at}\"\nask=\"?\"\nkind=\"text\"\n");
    }
    assert_eq!(codes(&text), ["too-many"]);
}

#[test]
fn closing_questions_multiply() {
    let mut text = HEAD.to_owned();
    for at in 0..100 {
        let _ = write!(text, "[[closing]]\nid=\"q{at}\"\nask=\"?\"\nkind=\"text\"\n");
    }
    for at in 0..100 {
        let _ = write!(text, "[[item]]\nid=\"i{at}\"\ntitle=\"I\"\n[item.applies]\nc=\"always\"\n");
    }
    assert_eq!(codes(&text), ["too-many"]);
}

#[test]
fn deep_nesting() {
    let deep = format!("{HEAD}{ITEM}[[item.row]]\nid=\"r\"\ngive=\"ani\"\nwhen = ");
    let ten = format!("{deep}{}{{ A = \"yes\" }}{}\n", "{ not = ".repeat(10), " }".repeat(10));
    assert!(codes(&ten).contains(&"too-deep"));
    let thousands = format!("{deep}{}1{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(codes(&thousands), ["too-deep"]);
    let unclosed = format!("{deep}{}\n", "{ a = ".repeat(100_000));
    assert_eq!(codes(&unclosed), ["too-deep"]);
}

#[test]
fn a_table_nobody_can_prove() {
    // Whether an odd number of 30 answers is yes: nothing is decided before the last.
    let mut text = format!("{HEAD}{ITEM}");
    let ids: Vec<String> = (0..30).map(|at| format!("\"q{at}\"")).collect();
    for at in 0..30 {
        let _ =
            write!(text, "[[item.question]]\nid=\"q{at}\"\nask=\"?\"\nanswers=[\"yes\",\"no\"]\n");
    }
    for (give, rest) in [("strength", 0), ("ani", 1)] {
        for n in (rest..=30).step_by(2) {
            let _ = write!(
                text,
                "[[item.row]]\nid=\"{give}{n}\"\ngive=\"{give}\"\nwhen={{ count = {{ of=[{}], \
                 is=\"yes\", at-least={n}, at-most={n} }} }}\n",
                ids.join(",")
            );
        }
    }
    assert_eq!(codes(&text), ["too-large-to-prove"]);
}

#[test]
fn many_errors_end_in_a_count() {
    let mut text = format!("{HEAD}{ITEM}");
    for at in 0..5_000 {
        let _ = writeln!(text, "unknown-key-{at} = 1");
    }
    let codes = codes(&text);
    assert_eq!(codes.len(), 101);
    assert_eq!(codes.last(), Some(&"too-many-problems"));
}
