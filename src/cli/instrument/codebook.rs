//! `instrument codebook` and `export codebook`: every variable as text, CSV and JSON.

use serde::Serialize;

use crate::cli::Format;
use crate::instrument::{Code, Codebook, Variable};
use crate::text::{clean_lines, guard, width, wrap};

/// Columns of the CSV: a row per code, a variable without codes has one row without one.
/// Cells with several codes join them by `;`; `needed`, `required` and `identifying` are yes or
/// no. More columns are only ever added at the end.
pub const COLUMNS: [&str; 20] = [
    "instrument",
    "edition",
    "variable",
    "role",
    "type",
    "place",
    "part",
    "label",
    "asked_when",
    "needed",
    "required",
    "identifying",
    "narrative_on",
    "exported",
    "least",
    "most",
    "code",
    "code_label",
    "code_note",
    "code_case_types",
];

/// Codebooks in the format asked for.
pub fn render(books: &[Codebook], format: Format) -> String {
    match format {
        Format::Csv => csv(books),
        Format::Json => json(books),
        Format::Text => {
            let books: Vec<String> = books.iter().map(text).collect();
            clean_lines(&books.join("\n")).into_owned()
        }
    }
}

fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

fn csv(books: &[Codebook]) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS).expect("memory can be written");
    for book in books {
        for variable in &book.variables {
            let codes: Vec<Option<&Code>> = match variable.codes.as_slice() {
                [] => vec![None],
                codes => codes.iter().map(Some).collect(),
            };
            for code in codes {
                let row = row(book, variable, code);
                out.write_record(row.iter().map(|cell| guard(cell).into_owned()))
                    .expect("every row is as wide as the header");
            }
        }
    }
    let bytes = out.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("CSV of texts is text")
}

fn row(book: &Codebook, variable: &Variable, code: Option<&Code>) -> [String; COLUMNS.len()] {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let of = |part: fn(&Code) -> String| code.map_or_else(String::new, part);
    [
        book.instrument.clone(),
        book.edition.clone(),
        variable.id.clone(),
        variable.role.code().to_owned(),
        variable.kind.to_owned(),
        variable.place.clone(),
        variable.part.clone().unwrap_or_default(),
        variable.label.clone(),
        variable.asked_when.clone().unwrap_or_default(),
        yes(variable.needed).to_owned(),
        yes(variable.required).to_owned(),
        yes(variable.identifying).to_owned(),
        variable.narrative_on.join(";"),
        variable.exported.code().to_owned(),
        number(variable.least),
        number(variable.most),
        of(|code| code.code.clone()),
        of(|code| code.label.clone()),
        of(note),
        of(|code| code.case_types.join(";")),
    ]
}

fn note(code: &Code) -> String {
    let text = code.needs_text.then(|| "with a text".to_owned());
    code.note.clone().into_iter().chain(text).collect::<Vec<_>>().join("; ")
}

#[derive(Serialize)]
struct JsonBook<'b> {
    instrument: &'b str,
    edition: &'b str,
    title: &'b str,
    hash: &'b str,
    variables: Vec<JsonVariable<'b>>,
}

#[derive(Serialize)]
struct JsonVariable<'b> {
    variable: &'b str,
    role: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    place: &'b str,
    part: Option<&'b str>,
    label: &'b str,
    asked_when: Option<&'b str>,
    needed: bool,
    required: bool,
    identifying: bool,
    narrative_on: &'b [String],
    exported: Vec<&'static str>,
    least: Option<i64>,
    most: Option<i64>,
    codes: Vec<JsonCode<'b>>,
}

#[derive(Serialize)]
struct JsonCode<'b> {
    code: &'b str,
    label: &'b str,
    note: Option<&'b str>,
    needs_text: bool,
    case_types: &'b [String],
}

fn json(books: &[Codebook]) -> String {
    let books: Vec<JsonBook<'_>> = books
        .iter()
        .map(|book| JsonBook {
            instrument: &book.instrument,
            edition: &book.edition,
            title: &book.title,
            hash: &book.hash,
            variables: book.variables.iter().map(json_variable).collect(),
        })
        .collect();
    let text = serde_json::to_string_pretty(&books).expect("strings and lists are JSON");
    text + "\n"
}

fn json_variable(variable: &Variable) -> JsonVariable<'_> {
    JsonVariable {
        variable: &variable.id,
        role: variable.role.code(),
        kind: variable.kind,
        place: &variable.place,
        part: variable.part.as_deref(),
        label: &variable.label,
        asked_when: variable.asked_when.as_deref(),
        needed: variable.needed,
        required: variable.required,
        identifying: variable.identifying,
        narrative_on: &variable.narrative_on,
        exported: variable.exported.code().split(';').collect(),
        least: variable.least,
        most: variable.most,
        codes: variable
            .codes
            .iter()
            .map(|code| JsonCode {
                code: &code.code,
                label: &code.label,
                note: code.note.as_deref(),
                needs_text: code.needs_text,
                case_types: &code.case_types,
            })
            .collect(),
    }
}

/// Texts are wrapped to this many cells.
const SCREEN: usize = 80;

fn text(book: &Codebook) -> String {
    let mut out = format!("{}\nid {}, edition {}\n", book.title, book.instrument, book.edition);
    for variable in &book.variables {
        out.push('\n');
        out.push_str(&block(variable));
    }
    out
}

fn block(variable: &Variable) -> String {
    let mut notes = vec![match (variable.least, variable.most) {
        (Some(least), Some(most)) => format!("{} {least} to {most}", variable.kind),
        _ => variable.kind.to_owned(),
    }];
    notes.push(variable.role.code().to_owned());
    notes.extend(variable.part.clone());
    for (flag, words) in [
        (variable.needed, "needed for the rating"),
        (variable.required, "required"),
        (variable.identifying, "identifies a person"),
    ] {
        notes.extend(flag.then(|| words.to_owned()));
    }
    if !variable.narrative_on.is_empty() {
        notes.push(format!("narrative on {}", variable.narrative_on.join(", ")));
    }
    notes.push(format!("exported: {}", variable.exported.code().replace(';', ", ")));
    let mut out = format!("{}\n", variable.id);
    let mut paragraph = |text: &str| {
        for line in wrap(text, SCREEN - 4) {
            out.push_str(&format!("    {line}\n"));
        }
    };
    paragraph(&variable.label);
    paragraph(&notes.join("; "));
    if let Some(when) = &variable.asked_when {
        let computed = variable.kind == "rating";
        paragraph(&if computed { when.clone() } else { format!("asked when {when}") });
    }
    let column = variable.codes.iter().map(|code| width(&code.code)).max().unwrap_or(0);
    for code in &variable.codes {
        let mut notes = note(code);
        if !code.case_types.is_empty() {
            let only = format!("{} only", code.case_types.join(", "));
            notes = if notes.is_empty() { only } else { format!("{notes}; {only}") };
        }
        let notes = if notes.is_empty() { notes } else { format!(" ({notes})") };
        let gap = " ".repeat(column - width(&code.code));
        out.push_str(&format!("      {}{gap}  {}{notes}\n", code.code, code.label));
    }
    out
}
