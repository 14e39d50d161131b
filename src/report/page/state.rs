//! The six-month state report: what is known here, and room for what comes from elsewhere.

use super::results::in_short;
use super::{Audience, Further, Page, Part, Section};
use crate::report::{Cell, Sheet};
use crate::text::{clean, count, list_and, wrap};

/// What the report is made of.
#[derive(Debug, Clone)]
pub struct StateReport<'r> {
    /// Title of the page.
    pub title: String,
    /// Whom it is for.
    pub audience: Audience,
    /// Its days, in words.
    pub days: String,
    /// The periods whose reviews are counted.
    pub periods: &'r [String],
    /// Final reviews counted.
    pub readings: u64,
    /// Short titles of the instruments they were made with.
    pub instruments: &'r [String],
    /// That practice reviews are counted, where any is.
    pub practice: Option<&'r str>,
    /// What the filters keep, in a sentence.
    pub kept: Option<String>,
    /// `report items`, for the sentences at the beginning.
    pub items: &'r Sheet,
    /// `report trend` up to these periods, likewise.
    pub trend: &'r Sheet,
    /// The tables in their order.
    pub tables: &'r [Told],
    /// What is said of the numbers and of the sample behind them.
    pub said: &'r [String],
    /// Where the numbers come from: receipt of the draw, checkpoint of the log.
    pub foot: Vec<String>,
}

/// A table of the report, as pages and workbooks take it and as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// A short name, for the sheet of a workbook.
    pub name: &'static str,
    /// Heading, table, what is said.
    pub further: Further,
    /// The table as text; empty where the text before tells it too.
    pub text: String,
    /// What is said where the table has no row.
    pub nothing: &'static str,
}

/// What a state's report holds that no review tells: heading, and what is to be filled in.
const ELSEWHERE: [(&str, &str); 3] = [
    (
        "Foster care review",
        "what the foster care review boards or reviewers found in these months: cases reviewed, \
         findings, what was recommended and what came of it. Source and date:",
    ),
    (
        "Licensing",
        "foster homes and facilities licensed, renewed, under corrective action, closed; \
         concerns in licensed homes. Source and date:",
    ),
    (
        "Court monitor",
        "what a court, a settlement or its monitor asks to be reported, and where it stands. \
         Source and date:",
    ),
];

/// Room for what comes from elsewhere, as a table to be filled in: in a workbook.
pub fn elsewhere() -> Sheet {
    let row = |(title, what): &(&str, &str)| {
        let what = what.trim_end_matches(" Source and date:").to_owned();
        let empty = || Cell::Note(None);
        let cells = vec![Cell::Text((*title).to_owned()), Cell::Text(what)];
        (Vec::new(), cells.into_iter().chain([empty(), empty(), empty()]).collect())
    };
    Sheet {
        groups: Vec::new(),
        columns: ["from_elsewhere", "to_fill_in", "findings", "findings_source", "findings_day"]
            .map(|name| (name, name))
            .to_vec(),
        rows: ELSEWHERE.iter().map(row).collect(),
    }
}

/// The page.
pub fn state(from: &StateReport<'_>) -> Page {
    let mut sections = vec![in_short(from.items, from.trend, Some(from.periods))];
    sections.extend(from.tables.iter().map(Told::section));
    let blank = |(title, what): &(&str, &str)| Section {
        title: format!("{title} (from elsewhere)"),
        parts: vec![Part::Blank((*what).to_owned())],
    };
    sections.extend(ELSEWHERE.iter().map(blank));
    let said = from.said.iter().cloned().map(Part::Text).collect();
    sections.push(Section { title: "The sample behind the numbers".to_owned(), parts: said });
    Page {
        title: from.title.clone(),
        audience: from.audience,
        says: from.says(),
        sections,
        foot: from.foot.clone(),
    }
}

/// Columns of the text.
const WIDE: usize = 80;

/// The report as text.
pub fn state_report_text(from: &StateReport<'_>) -> String {
    let mut out = String::new();
    let mut put = |line: &str| {
        out.push_str(line.trim_end());
        out.push('\n');
    };
    let title = clean(&from.title).into_owned();
    wrap(&title, WIDE).iter().for_each(|line| put(line));
    for line in from.says() {
        wrap(&clean(&line), WIDE).iter().for_each(|line| put(line));
    }
    let head = |title: &str| format!("\n== {} ==\n", clean(title));
    let short = in_short(from.items, from.trend, Some(from.periods));
    put(&head(&short.title));
    for part in &short.parts {
        match part {
            Part::Text(text) => wrap(&clean(text), WIDE).iter().for_each(|line| put(line)),
            Part::List(points) => points.iter().for_each(|point| hang(point, &mut put)),
            _ => {}
        }
    }
    for told in from.tables {
        if told.text.is_empty() && !told.further.sheet.rows.is_empty() {
            continue;
        }
        put(&head(&told.further.title));
        if told.further.sheet.rows.is_empty() {
            put(told.nothing);
        }
        put(told.text.trim_end());
        for line in &told.further.says {
            wrap(&clean(line), WIDE).iter().for_each(|line| put(line));
        }
    }
    for (title, what) in ELSEWHERE {
        put(&head(&format!("{title} (from elsewhere)")));
        let text = format!("To be filled in: {what}");
        wrap(&text, WIDE).iter().for_each(|line| put(line));
        (0..3).for_each(|_| put(&format!("\n{}", "_".repeat(WIDE))));
    }
    put(&head("The sample behind the numbers"));
    from.said.iter().for_each(|line| hang(line, &mut put));
    put("");
    from.foot.iter().for_each(|line| hang(line, &mut put));
    out
}

/// A line of a list, wrapped under itself.
fn hang(text: &str, put: &mut impl FnMut(&str)) {
    for (at, line) in wrap(&clean(text), WIDE - 2).iter().enumerate() {
        put(&format!("{}{line}", if at == 0 { "- " } else { "  " }));
    }
}

impl StateReport<'_> {
    /// What there is to know first.
    fn says(&self) -> Vec<String> {
        let says = vec![
            format!(
                "{}: {} of {}, {}.",
                self.days,
                count(self.readings as usize, "final review", "final reviews"),
                list_and(self.periods),
                list_and(self.instruments)
            ),
            "Sections marked as from elsewhere hold nothing this program knows: fill them in by \
             hand."
                .to_owned(),
        ];
        let practice = self.practice.map(str::to_owned);
        says.into_iter().chain(practice).chain(self.kept.clone()).collect()
    }
}

impl Told {
    /// Its section; a sentence where there is nothing to show.
    fn section(&self) -> Section {
        if !self.further.sheet.rows.is_empty() {
            return self.further.section();
        }
        let says = self.further.says.iter().cloned();
        let parts = std::iter::once(self.nothing.to_owned()).chain(says).map(Part::Text);
        Section { title: self.further.title.clone(), parts: parts.collect() }
    }
}
