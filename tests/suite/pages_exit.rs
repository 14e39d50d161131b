//! The exit-conference sheet: strengths first, themes, the notes of QA; nobody named.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::review::{Command, QaLevel, QaStep};

use crate::program;
use crate::quality::{first_note, pin, set_levels, step};
use crate::workspace::{answer, assign, create, draw, fill, open_as};

fn ok(folder: &Path, line: &[&str]) -> String {
    let (code, out, err) =
        program::run(folder, &[&["--workspace", "w.db", "--as", "lead"], line].concat());
    assert_eq!(code, 0, "{line:?}: {err}");
    out
}

/// Two final reviews with remarks and a note of QA each; item 19 is a Strength in the first
/// alone.
fn read() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 3);
    let readings = [assign(&mut lead, 1, "mary"), assign(&mut lead, 2, "mary")];
    set_levels(&mut lead, &[QaLevel::Final]);
    drop(lead);
    let mut mary = open_as(folder.path(), "mary");
    let texts = [
        [
            ("face.case-name", "Quimby"),
            ("face.children", "Zelda, born 2019-03-04\nalma, 2021"),
            ("19.remark-practice", "mary saw Zelda alone each month and Alma's school too."),
            ("20.remark-resource", "<b>No</b> room to visit in at the office; Quimby waited."),
        ],
        [
            ("face.case-name", "Rosamund"),
            ("face.participants", "Ines Duarte, mother; Tom, father"),
            (
                "19.remark-practice",
                "Visits were short; the mother was not seen. INES said so, R-0002 too.",
            ),
            ("18.remark-systemic", "Court moved the date; Duarte-Lopez was told by the clerk."),
        ],
    ];
    for (at, reading) in readings.into_iter().enumerate() {
        fill(&mut mary, reading);
        if at == 1 {
            answer(&mut mary, reading, "19.A", "no");
            fill(&mut mary, reading);
        }
        for (question, text) in texts[at] {
            answer(&mut mary, reading, question, text);
        }
        mary.act(&Command::Submit { reading }).unwrap();
    }
    drop(mary);
    let mut quinn = open_as(folder.path(), "quinn");
    step(&mut quinn, readings[0], pin("19.A", "Is Zelda's visit of May in the log?"));
    let note = first_note(&quinn, readings[0]);
    let summary = "Yes, mary found it.".to_owned();
    step(&mut quinn, readings[0], QaStep::Settle { note, talked: true, summary });
    for reading in readings {
        step(&mut quinn, reading, QaStep::Approve);
    }
    folder
}

#[test]
fn the_sheet_tells_themes_with_strengths_first_and_names_nobody() {
    let folder = read();
    let path = folder.path();
    let html = ok(path, &["page", "exit"]);
    assert!(html.contains("<h1>Exit conference: 2026-H1</h1>"), "{html}");
    let order = [
        ">Items, strengths first</h2>",
        ">Themes: practice</h2>",
        "<h3>Where the item was a Strength</h3>",
        "[…] saw […] alone each month and […] school too.",
        "<h3>Where it was an area needing improvement</h3>",
        "Visits were short; the mother was not seen. […] said so, […] too.",
        ">Themes: the system",
        "Court moved the date; […] was told by the clerk.",
        ">Themes: resources",
        "&#60;b&#62;No&#60;/b&#62; room to visit in at the office; […] waited.",
        ">Notes of QA</h2>",
        "19.A: Is […] visit of May in the log? Settled: Yes, […] found it.",
        ">Agreed at the conference</h2>",
    ];
    let mut rest = html.as_str();
    for text in order {
        let at = rest.find(text).unwrap_or_else(|| panic!("{text}\n{html}"));
        rest = &rest[at + text.len()..];
    }
    let said = html[html.find("<body").unwrap()..].to_lowercase();
    let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    for name in
        ["zelda", "alma", "quimby", "rosamund", "ines", "duarte", "mary", "r-0001", "r-0002"]
    {
        assert!(words.iter().all(|word| !word.starts_with(name)), "{name}\n{html}");
    }
    // The rows by falling percentage.
    let table = html.split("<tbody>").nth(1).unwrap().split("</table>").next().unwrap();
    let percents: Vec<f64> = table
        .split("<tr>")
        .skip(1)
        .filter_map(|row| row.split("<td>").nth(4)?.parse().ok())
        .collect();
    assert!(percents.len() > 1 && percents.is_sorted_by(|a, b| a >= b), "{percents:?}");

    // Codes of cases only where they are asked for.
    let html = ok(path, &["page", "exit", "--cases"]);
    assert!(html.contains("(R-0001): […] saw"), "{html}");
    assert!(html.contains("the mother was not seen. […] said so, […] too."), "{html}");
    let none = ["page", "exit", "--where", "region=East", "--where", "case_type=in-home"];
    let none = ok(path, &none);
    assert!(none.contains("No remark on practice was written."));
    assert!(none.contains("QA pinned no note to these reviews."));
}

#[test]
fn the_sheet_is_for_leads_and_of_one_place() {
    let folder = read();
    let refused = |line: &[&str]| {
        let (code, out, err) =
            program::run(folder.path(), &[&["--workspace", "w.db", "--as"], line].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        err
    };
    assert_eq!(
        refused(&["lead", "page", "exit", "--by", "region"]),
        "error: --by region: the sheet is of one conference\n  help: --where region=NAME takes one\n"
    );
    assert_eq!(
        refused(&["lead", "page", "exit", "--public"]),
        "error: --public: the sheet holds what was written about cases\n  \
         help: `page results --public` has numbers alone\n"
    );
    assert!(refused(&["mary", "page", "exit"]).contains("mary"));
    // A name that is nowhere makes no page, whatever else is asked for.
    assert_eq!(
        refused(&["lead", "page", "exit", "--where", "region=Eastt", "--where", "period=2031-H1"]),
        "error: no final review has region=Eastt\n  help: it is East or Knox\n\
         error: no final review has period=2031-H1\n  help: it is 2026-H1\n"
    );
}

#[test]
fn without_a_final_review_the_sheet_says_so() {
    let place = crate::place::Place::new();
    let html = place.ok(&["page", "exit", "--as", "lead"]);
    assert!(html.contains("<h1>Exit conference: no final review</h1>"), "{html}");
    assert!(html.contains("<p>0 final reviews.</p>"), "{html}");
}
