//! Pages: the numbers of the reports, texts shown as texts, and nothing that gives a person
//! away.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::instrument::{Place, Role};

use crate::program;

fn ok(folder: &Path, line: &[&str]) -> String {
    let (code, out, err) = program::run(folder, line);
    assert_eq!(code, 0, "{line:?}: {err}");
    out
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    ok(folder.path(), &["demo", "--dir", ".", "--cases", "40"]);
    folder
}

/// The rows of a page's tables, cell by cell, with what HTML writes otherwise put back.
fn rows(html: &str) -> Vec<Vec<String>> {
    let bodies = html.split("<tbody>").skip(1).map(|body| body.split("</table>").next().unwrap());
    let row = |row: &str| -> Vec<String> {
        row.split("<t")
            .skip(1)
            .map(|cell| cell.split_once('>').unwrap().1.trim().to_owned())
            .map(|cell| {
                cell.replace("&#60;", "<")
                    .replace("&#62;", ">")
                    .replace("&#39;", "'")
                    .replace("&#34;", "\"")
                    .replace("&#38;", "&")
            })
            .collect()
    };
    bodies.flat_map(|body| body.split("<tr>").skip(1).map(row).collect::<Vec<_>>()).collect()
}

/// The rows of a CSV report.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_table_has_the_numbers_of_its_report() {
    let folder = demo();
    for report in [
        &["items"][..],
        &["items", "--by", "region", "--total"],
        &["outcomes", "--by", "case_type"],
        &["trend"],
        &["questions"],
        &["participants", "--by", "region"],
        &["reasons"],
        &["eliminations"],
        &["progress", "--by", "region"],
    ] {
        let line = [&["report"], report].concat();
        let html = ok(folder.path(), &[&line[..], &["--format", "html"]].concat());
        let csv = ok(folder.path(), &[&line[..], &["--format", "csv"]].concat());
        let mut wanted = csv_rows(&csv);
        if report == ["trend"] {
            // Behind it stand the goals that its figures draw.
            let text = ok(folder.path(), &["pip", "baseline", "--format", "csv"]);
            let heads: Vec<&str> = text.lines().next().unwrap().split(',').collect();
            let at = |name: &str| heads.iter().position(|head| *head == name).unwrap();
            let goals = csv_rows(&text).into_iter();
            let goals = goals.map(|row| vec![row[at("item")].clone(), row[at("goal")].clone()]);
            wanted.extend(goals.filter(|row| row[0].parse::<u8>().is_ok()));
        }
        assert_eq!(rows(&html), wanted, "{report:?}");
    }
}

#[test]
fn the_full_report_joins_the_reports_and_says_where_they_come_from() {
    let folder = demo();
    let html = ok(folder.path(), &["page", "results"]);
    for title in [
        "In short",
        "Items",
        "Items by region",
        "Trend",
        "Outcomes",
        "Outcomes by region",
        "Mother, father, child and others apart",
        "The sample behind the numbers",
    ] {
        assert!(html.contains(&format!(">{title}</h2>")), "{title}");
    }
    let of = |report: &[&str]| csv_rows(&ok(folder.path(), report));
    let found = rows(&html);
    for report in [
        &["report", "items", "--format", "csv"][..],
        &["report", "items", "--by", "region", "--format", "csv"],
        &["report", "trend", "--format", "csv"],
        &["report", "outcomes", "--by", "region", "--format", "csv"],
    ] {
        for row in of(report) {
            assert!(found.contains(&row), "{report:?}: {row:?}");
        }
    }
    // Every figure stands in a section with a table, and is hidden from screen readers.
    for section in html.split("<section").skip(1) {
        assert!(!section.contains("<svg") || section.contains("<table>"), "{section}");
    }
    let hidden = html
        .split("<svg")
        .skip(1)
        .filter(|svg| svg.split('>').next().unwrap().contains("aria-hidden=\"true\""));
    assert_eq!(html.matches("<svg").count(), hidden.count());
    assert!(html.contains("Internal: small numbers are shown."));
    assert!(html.contains("draw 1: seed "), "the receipt");
    assert!(html.contains("Checkpoint of the log: "), "the log's heads");
    for outside in ["http:", "https:", "<script", "<link", "<img", "url(", "@import"] {
        assert!(!html.contains(outside), "{outside}");
    }
    let (code, _, err) = program::run(folder.path(), &["page", "results", "--by", "period"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: --by period: the page tells periods apart anyway\n  \
         help: give what the groups shall be, such as --by county\n"
    );
}

#[test]
fn a_region_gets_its_page_or_the_regions_there_are() {
    let folder = demo();
    let html = ok(folder.path(), &["page", "region", "Shelby"]);
    assert!(html.contains("<title>Shelby: case reviews of 2026-H2</title>"), "{html}");
    assert!(html.contains(">Stronger than the state</h2>"));
    assert!(html.contains(">Since 2025-H2</h2>"));
    let now = ["--where", "region=Shelby", "--where", "period=2026-H2"];
    let wanted = ok(folder.path(), &[&["report", "items", "--format", "csv"], &now[..]].concat());
    for row in csv_rows(&wanted) {
        let [item, title, applicable, strength, ..] = &row[..] else { panic!("{row:?}") };
        let head = [item, title, applicable, strength].map(String::as_str);
        assert!(rows(&html).iter().any(|found| found[..4] == head), "{row:?}");
    }
    let (code, _, err) = program::run(folder.path(), &["page", "region", "Nowhere"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: no final review has region=Nowhere\n  help: it is "), "{err}");
}

const HOSTILE: &str = "<script>alert(1)</script>\u{202e}&\"'";

#[test]
fn hostile_texts_are_texts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    ok(path, &["init", "--instrument", "cfsr-r2-items-14-20", "--name", "Ro<b>und</b>"]);
    let mut ratings = csv::Writer::from_path(path.join("ratings.csv")).unwrap();
    let head = ["case", "region", "county", "case_type", "period", "instrument", "item", "rating"];
    ratings.write_record(head).unwrap();
    let long = "w".repeat(3000);
    for (case, region) in [("A", HOSTILE), ("B", ""), ("C", long.as_str())] {
        for period in ["2025", "2026"] {
            let case = format!("{case}{period}");
            let line =
                [&case, region, HOSTILE, "in-home", period, "cfsr-r2-items-14-20", "17", "ani"];
            ratings.write_record(line).unwrap();
        }
    }
    ratings.flush().unwrap();
    ok(path, &["import", "ratings", "ratings.csv"]);
    for line in [
        &["page", "results"][..],
        &["page", "results", "--by", "county"],
        &["page", "region", HOSTILE],
        &["page", "exit", "--where", &format!("region={HOSTILE}")],
        &["report", "items", "--by", "region", "--format", "html"],
        &["report", "state", "--from", "2025-01-01", "--to", "2026-12-31", "--format", "html"],
    ] {
        let html = ok(path, line);
        assert!(!html.contains("<script") && !html.contains("<b>"), "{line:?}");
        assert!(!html.contains('\u{202e}'), "{line:?}");
        assert!(html.contains("&#60;script&#62;") || html.contains("&lt;script&gt;"), "{line:?}");
        // A label of a figure is cut; the table has the whole text.
        for figure in html.split("<svg").skip(1) {
            let figure = figure.split("</svg>").next().unwrap();
            assert!(!figure.contains(&long[..60]), "{line:?}");
        }
    }
}

#[test]
fn feedback_names_nobody_and_waits_for_the_final_review() {
    let folder = demo();
    let path = folder.path();
    let ratings = csv_rows(&ok(path, &["export", "items", "--format", "csv"]));
    let column = |name: &str| {
        let text = ok(path, &["export", "items", "--format", "csv"]);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.headers().unwrap().iter().position(|known| known == name).unwrap()
    };
    let (case, status, rating) = (column("case"), column("status"), column("rating"));
    let done = |row: &&Vec<String>| row[status] == "final" && row[rating] == "ani";
    let number = &ratings.iter().find(done).unwrap()[case];
    let html = ok(path, &["page", "feedback", number]);
    assert!(html.contains(&format!("Case {number}, CFSR R2 items 14-20.")), "{html}");
    let strengths = html.find(">Strengths</h2>").unwrap();
    let areas = html.find(">Areas needing improvement</h2>").unwrap();
    assert!(strengths < areas);
    assert!(
        html.contains("It would have been a Strength with practice that earns these answers:"),
        "{html}"
    );
    // Everything typed stays out: no narrative of the whole review stands in it.
    let whole = ok(path, &["page", "review", number]);
    let typed: Vec<String> = rows(&whole)
        .into_iter()
        .filter(|row| row.len() == 4 && row[3].len() > 12)
        .map(|row| row[3].clone())
        .collect();
    assert!(!typed.is_empty());
    for text in typed {
        assert!(!html.contains(&text), "{text}");
    }
    let open = ratings.iter().map(|row| &row[case]).max().unwrap().clone();
    let next: u32 = open.trim_start_matches("R-").parse().unwrap();
    let nobody = format!("R-{:04}", next + 5000);
    let (code, _, err) = program::run(path, &["page", "feedback", &nobody]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        format!(
            "error: there is no case {nobody}\n  \
             help: `status` lists them; a number looks like R-0042\n"
        )
    );
    let waiting = csv_rows(&ok(path, &["status", "--format", "csv"]));
    assert!(!waiting.is_empty());
    let unread = (1..100)
        .map(|n| format!("R-{n:04}"))
        .find(|number| !ratings.iter().any(|row| row[case] == *number && row[status] == "final"));
    let unread = unread.unwrap();
    let (code, out, err) = program::run(path, &["page", "feedback", &unread]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        format!(
            "error: {unread} has no final review yet\n  help: a page is made of what stands for \
             good: submit it, settle its pair, end its QA\n"
        )
    );
}

#[test]
fn an_instrument_on_paper_holds_every_question() {
    let folder = tempfile::tempdir().unwrap();
    for instrument in casereview::instrument::shipped() {
        let form = ok(folder.path(), &["page", "form", instrument.id]);
        let loaded = casereview::instrument::load_shipped(instrument.id).unwrap();
        assert_eq!(
            form.matches("<div class=\"ask\">").count(),
            loaded.questions().len(),
            "{}",
            instrument.id
        );
        let guide = ok(folder.path(), &["page", "guide", instrument.id]);
        // The last interview, the caseworker's, feeds every question.
        let caseworkers = guide.rsplit_once(">Interview: Caseworker").unwrap().1;
        let questions = loaded.questions().iter().filter(|question| {
            *question.role() == Role::Question
                && matches!(question.place(), Place::Item(_))
                && question.counted_from().is_none()
                && question.from_answer().is_none()
        });
        for question in questions {
            let entry = format!("<li>{}  ", question.id());
            assert_eq!(caseworkers.matches(&entry).count(), 1, "{} {entry}", instrument.id);
        }
    }
    let guide = ok(folder.path(), &["page", "guide", "cfsr-r2-items-14-20"]);
    let interviews: Vec<&str> = guide
        .split("\">Interview: ")
        .skip(1)
        .map(|rest| rest.split("</h2>").next().unwrap())
        .filter(|title| !title.contains('<'))
        .collect();
    // The relatives are a source of no item: whoever looked for them is asked.
    assert_eq!(
        interviews,
        ["Child", "Mother", "Father", "Foster parents", "Caseworker or supervisor; case file"]
    );
    for line in [
        "<li>20.A2  Mother: Was this often enough for safety, permanency, well-being and the \
         goals of the case? (also in the interview: Mother)</li>",
        "<li>15.B  Were concerted efforts made to identify, locate, inform and evaluate the \
         mother&#39;s relatives?</li>",
        "<li>14.C  If the child is or may be a Tribe&#39;s: was the Tribe given notice in good \
         time? (also in the interview: Child)</li>",
    ] {
        assert_eq!(guide.matches(line).count(), 1, "{line}\n{guide}");
    }
    let file = folder.path().join("form.html");
    let line = ["page", "form", "cfsr-r3", "--out", file.to_str().unwrap()];
    ok(folder.path(), &line);
    let (code, _, err) = program::run(folder.path(), &line);
    assert_eq!(code, 2);
    assert!(err.contains("replace it with --force"), "{err}");
}
