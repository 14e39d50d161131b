//! A few named figures, printed as JSON, CSV or text.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::cli::output::print;
use crate::cli::{Failure, Format, Global};
use crate::stats::proportion_text;

/// A figure.
#[derive(Debug, Clone)]
pub(super) enum Figure {
    /// A count.
    Count(u64),
    /// A share of 1: percent in CSV and text.
    Share(Option<f64>),
    /// A number that is no share.
    Number(f64),
    /// A word.
    Word(&'static str),
    /// A remark.
    Note(Option<String>),
}

/// Figures in the order in which they are printed.
pub(super) struct Figures(pub(super) Vec<(&'static str, Figure)>);

impl Figures {
    /// Prints one set of figures.
    pub(super) fn print(&self, global: &Global) -> Result<(), Failure> {
        print(&match global.format.unwrap_or(Format::Json) {
            Format::Json => self.json(),
            Format::Csv => self.csv(),
            Format::Text => self.text(),
        })
    }

    fn json(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("figures are counts, numbers and words");
        text.push('\n');
        text
    }

    fn csv(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| *name).collect();
        let cells = self.0.iter().map(|(_, figure)| figure.cell());
        table(&names, [cells.collect::<Vec<_>>()])
    }

    fn text(&self) -> String {
        let width = self.0.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let lines = self.0.iter().filter_map(|(name, figure)| {
            let name = name.replace('_', " ");
            let value = match figure {
                Figure::Note(None) => return None,
                Figure::Share(None) => "n/a".to_owned(),
                Figure::Share(Some(_)) => figure.cell() + " %",
                _ => figure.cell(),
            };
            Some(format!("{name:width$}  {value}\n"))
        });
        lines.collect()
    }
}

impl Figure {
    fn cell(&self) -> String {
        match self {
            Self::Count(count) => count.to_string(),
            Self::Share(share) => share.map_or_else(String::new, proportion_text),
            Self::Number(number) => number.to_string(),
            Self::Word(word) => (*word).to_owned(),
            Self::Note(note) => note.clone().unwrap_or_default(),
        }
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, figure) in &self.0 {
            map.serialize_entry(name, figure)?;
        }
        map.end()
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Share(share) => share.serialize(serializer),
            // 95 rather than 95.0.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                serializer.serialize_i64(*number as i64)
            }
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Note(note) => note.serialize(serializer),
        }
    }
}

/// CSV text of a header and rows.
pub(super) fn table<R, C>(header: &[&str], rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    let mut csv = csv::Writer::from_writer(Vec::new());
    let written = csv
        .write_record(header)
        .and_then(|()| rows.into_iter().try_for_each(|row| csv.write_record(row)));
    written.expect("rows of one length can be written to memory");
    let bytes = csv.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("UTF-8 in, UTF-8 out")
}
