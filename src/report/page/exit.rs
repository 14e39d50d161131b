//! The exit-conference sheet: what a site's reviews showed, on the day its reviewers leave.

use super::{Audience, Page, Part, Section};
use crate::report::{Cell, Sheet};

/// What the sheet is made of. Texts come with the names known of a case taken out.
#[derive(Debug, Clone)]
pub struct ExitSheet<'r> {
    /// Title of the page.
    pub title: String,
    /// Final reviews counted.
    pub readings: u64,
    /// Short titles of the instruments they were made with.
    pub instruments: &'r [String],
    /// `report items`.
    pub items: &'r Sheet,
    /// What reviewers remarked, item by item.
    pub remarks: &'r [Remark],
    /// What QA pinned, item by item.
    pub notes: &'r [PinnedNote],
    /// That practice reviews are counted, where any is.
    pub practice: Option<&'r str>,
    /// What is said of the numbers.
    pub said: &'r [String],
    /// Where the numbers come from.
    pub foot: Vec<String>,
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Practice of workers and supervisors.
    Practice,
    /// Court, policy, staffing, training, data.
    Systemic,
    /// A service or home that was missing or hard to get.
    Resource,
}

/// A remark of a reviewer at the end of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The item with its title.
    pub item: String,
    /// The item was a Strength in the review (yes), an ANI (no), or neither.
    pub strength: Option<bool>,
    /// What it is about.
    pub theme: Theme,
    /// What it says.
    pub text: String,
    /// The case, where it was asked for.
    pub case: Option<String>,
}

/// A note of QA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedNote {
    /// The item with its title, or the face sheet.
    pub item: String,
    /// What is asked where it is pinned, or the item's title.
    pub ask: String,
    /// What it says.
    pub text: String,
    /// What came of it; none while it is open.
    pub settled: Option<String>,
    /// The case, where it was asked for.
    pub case: Option<String>,
}

/// The columns of the report on items that the sheet shows.
const COLUMNS: [&str; 9] =
    ["item", "title", "applicable", "strength", "ani", "percent", "low", "high", "bar"];

/// The page: strengths first throughout.
pub fn exit(from: &ExitSheet<'_>) -> Page {
    let items = "Strengths stand first. With few reviews a percentage says little: what they \
                 showed is worth more than how many they were."
        .to_owned();
    let mut sections = Vec::new();
    if !from.items.rows.is_empty() {
        let sheet = strongest_first(&from.items.only(&COLUMNS));
        sections.push(Section::of("Items, strengths first", &sheet, &[items]));
    }
    for (title, theme, none) in [
        ("Themes: practice", Theme::Practice, "No remark on practice was written."),
        (
            "Themes: the system (court, policy, staffing, training, data)",
            Theme::Systemic,
            "No remark on the system was written.",
        ),
        (
            "Themes: resources (services and homes missing or hard to get)",
            Theme::Resource,
            "No remark on resources was written.",
        ),
    ] {
        let parts = themed(from.remarks, theme);
        let parts = if parts.is_empty() { vec![Part::Text(none.to_owned())] } else { parts };
        sections.push(Section { title: title.to_owned(), parts });
    }
    sections.push(Section { title: "Notes of QA".to_owned(), parts: pinned(from.notes) });
    sections.push(Section {
        title: "Agreed at the conference".to_owned(),
        parts: vec![Part::Blank("who does what by when:".to_owned())],
    });
    let said: Vec<Part> = from.said.iter().cloned().map(Part::Text).collect();
    if !said.is_empty() {
        sections.push(Section { title: "The sample behind the numbers".to_owned(), parts: said });
    }
    let mut says = vec![super::counted_of(from.readings, from.instruments, None)];
    says.extend(from.practice.map(str::to_owned));
    says.push(
        "Names and codes the program knows of a case and its reviewers are taken out of what was \
         written, and stand as […]. Read it before it is passed on: words may tell who someone is \
         without naming them."
            .to_owned(),
    );
    Page {
        title: from.title.clone(),
        audience: Audience::Internal,
        says,
        sections,
        foot: from.foot.clone(),
    }
}

/// The rows by falling percentage; those without one last, else in their order.
fn strongest_first(sheet: &Sheet) -> Sheet {
    let mut sheet = sheet.clone();
    let share = |cells: &[Cell]| {
        cells.iter().find_map(|cell| match cell {
            Cell::Share { x, n } => Some((*x, *n)),
            _ => None,
        })
    };
    sheet.rows.sort_by(|(_, one), (_, other)| {
        let ((x, n), (y, m)) = (share(one).unwrap_or_default(), share(other).unwrap_or_default());
        // x / n > y / m, compared as whole numbers.
        let falling = (u128::from(y) * u128::from(n)).cmp(&(u128::from(x) * u128::from(m)));
        (n == 0).cmp(&(m == 0)).then(if n == 0 || m == 0 {
            std::cmp::Ordering::Equal
        } else {
            falling
        })
    });
    sheet
}

/// The remarks of a theme: under each item those from reviews where it was a Strength first.
fn themed(remarks: &[Remark], theme: Theme) -> Vec<Part> {
    let heads = [
        (Some(true), "Where the item was a Strength"),
        (Some(false), "Where it was an area needing improvement"),
        (None, "Where it was not rated"),
    ];
    let mut parts = Vec::new();
    for (strength, head) in heads {
        let wanted = |remark: &&Remark| remark.theme == theme && remark.strength == strength;
        let points: Vec<String> = remarks
            .iter()
            .filter(wanted)
            .map(|remark| pointed(&remark.item, &remark.text, remark.case.as_deref()))
            .collect();
        if !points.is_empty() {
            parts.push(Part::Heading(head.to_owned()));
            parts.push(Part::List(points));
        }
    }
    parts
}

fn pointed(item: &str, text: &str, case: Option<&str>) -> String {
    match case {
        Some(case) => format!("{item} ({case}): {text}"),
        None => format!("{item}: {text}"),
    }
}

/// The notes of QA by item, settled ones with what came of them.
fn pinned(notes: &[PinnedNote]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut last = "";
    let mut points: Vec<String> = Vec::new();
    for note in notes {
        if note.item != last {
            flush(&mut parts, &mut points);
            parts.push(Part::Heading(note.item.clone()));
            last = &note.item;
        }
        let end = match note.settled.as_deref() {
            None => " Open.".to_owned(),
            Some("") => " Settled.".to_owned(),
            Some(summary) => format!(" Settled: {summary}"),
        };
        points.push(pointed(&note.ask, &note.text, note.case.as_deref()) + &end);
    }
    flush(&mut parts, &mut points);
    if parts.is_empty() {
        parts.push(Part::Text("QA pinned no note to these reviews.".to_owned()));
    }
    parts
}

fn flush(parts: &mut Vec<Part>, points: &mut Vec<String>) {
    if !points.is_empty() {
        parts.push(Part::List(std::mem::take(points)));
    }
}
