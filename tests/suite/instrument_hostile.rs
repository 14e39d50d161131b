//! Hostile instrument files end in a message, not in a long wait.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use casereview::diagnostic::{excerpts_in, one_line_in};
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

/// The problems of a text, a line each.
fn lines(text: &str) -> Vec<String> {
    let checked = check("x.toml", text);
    assert!(checked.instrument.is_none());
    checked.diagnostics.iter().map(|problem| one_line_in(&checked.sources, problem)).collect()
}

#[test]
fn the_messages_say_what_to_change() {
    let open = format!("{HEAD}a = {}\n", "[".repeat(500_000));
    assert_eq!(
        lines(&open),
        ["x.toml:10:45: error: this stands inside too many brackets (close the brackets before \
          it; no rule needs more than 8 inside one another)"]
    );
    let dotted = format!("{HEAD}{}b = 1\n", "a.".repeat(500_000));
    let parts = "error: this key has too many parts (a key has at most four, such as \
                 item.sub-item.question.column)";
    assert_eq!(lines(&dotted), [format!("x.toml:10:80: {parts}")]);
    // Also where a text that was never closed hides it from the first look.
    let hidden = format!("{HEAD}a = \"\"\"\n{}b = 1\n", "a.".repeat(400_000));
    assert_eq!(lines(&hidden).last().unwrap(), &format!("x.toml:11:80: {parts}"));
    assert_eq!(
        lines(&"[[item]]\n".repeat(110_000)),
        ["x.toml:60001:1: error: the file holds more tables and lists than an instrument can \
          have (split the instrument into several files)"]
    );
    assert_eq!(
        lines(&"[[item]]\n".repeat(1_000_000)),
        ["x.toml: error: x.toml has 9000000 bytes; an instrument has at most 1048576 (split the \
          instrument into several files, or shorten its texts)"]
    );
    let mut rows = String::new();
    for at in 0..201 {
        let when = "{ case-type = \"c\" }";
        let _ = write!(rows, "[[item.row]]\nid=\"r{at}\"\ngive=\"ani\"\nwhen={when}\n");
    }
    assert!(lines(&format!("{HEAD}{ITEM}{rows}")).contains(
        &"x.toml:816:4: error: there are 201 rows here; at most 200 are possible (split the item \
          into sub-items)"
            .to_owned()
    ));
    let long = format!("{HEAD}{}", ITEM.replace("\"1\"", &format!("\"{}\"", "1".repeat(900_000))));
    assert!(lines(&long)[0].starts_with("x.toml:11:6: error: id of [[item]] is too long"));
    let hidden = format!("{HEAD}{}", ITEM.replace("\"I\"", "\"I\\u202e\""));
    assert!(lines(&hidden).contains(
        &"x.toml:12:9: error: title holds a character that hides or moves text (U+202E) (take it \
          out; control, reversing and zero-width characters are refused)"
            .to_owned()
    ));
}

#[test]
fn a_line_too_long_to_show_is_named() {
    let text = format!("{HEAD}x = [{}]\n", "\"a\", ".repeat(20_000));
    let checked = check("x.toml", &text);
    let shown = excerpts_in(&checked.sources, &checked.diagnostics, false);
    assert!(shown.len() < 2_000, "{} bytes", shown.len());
    assert!(shown.contains("--> x.toml:10:1"), "{shown}");
}
