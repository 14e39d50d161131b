//! Small tables of texts, as aligned text, CSV and JSON.

use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use super::Format;
use crate::text::{clean, guard};

/// Prints rows in the format asked for; JSON is a list of objects of texts.
pub fn table<const N: usize>(
    format: Option<Format>,
    header: &[&str; N],
    rows: &[[String; N]],
) -> String {
    match format {
        Some(Format::Json) => format!("{}\n", Value::Array(objects(header, rows))),
        Some(Format::Csv) => csv_text(header, rows),
        _ => text_table(header, rows),
    }
}

/// A JSON object a row.
pub fn objects<const N: usize>(header: &[&str; N], rows: &[[String; N]]) -> Vec<Value> {
    let object = |row: &[String; N]| {
        let cell = |(name, cell): (&&str, &String)| ((*name).to_owned(), cell.clone().into());
        Value::Object(header.iter().zip(row).map(cell).collect::<Map<_, _>>())
    };
    rows.iter().map(object).collect()
}

fn csv_text<const N: usize>(header: &[&str; N], rows: &[[String; N]]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(header).expect("memory can be written");
    for row in rows {
        csv.write_record(row.iter().map(|cell| guard(cell).into_owned()))
            .expect("every row is as wide as the header");
    }
    let bytes = csv.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("CSV of texts is text")
}

fn text_table<const N: usize>(header: &[&str; N], rows: &[[String; N]]) -> String {
    let cleaned: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| clean(cell).into_owned()).collect()).collect();
    let width = |at: usize| {
        let cells = cleaned.iter().map(|row| row[at].width());
        cells.chain([header[at].width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    let names: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
    for row in std::iter::once(&names).chain(&cleaned) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
