//! `export items`: long by item, one row per reading and item or sub-item.

use std::io::{self, Write};

use serde::ser::{SerializeMap, Serializer};

use crate::instrument::{Instrument, ItemIx};
use crate::review::Ratings;
use crate::text::guard;

/// Columns, in order. Further ones go to the end: scripts rely on these.
pub const ITEM_COLUMNS: [&str; 21] = [
    "instrument",
    "edition",
    "round",
    "review_kind",
    "sample_id",
    "period",
    "case",
    "region",
    "county",
    "case_type",
    "reading",
    "reviewer",
    "status",
    "kind",
    "item",
    "title",
    "rating",
    "computed_rating",
    "overridden",
    "na_reason",
    "rated_at",
];

/// One reading as it leaves.
#[derive(Debug, Clone, Copy)]
pub struct ExportedReading<'a> {
    /// The edition it was made with.
    pub instrument: &'a Instrument,
    /// Name of the round.
    pub round: &'a str,
    /// Kind of review.
    pub review_kind: &'a str,
    /// The sample, or empty.
    pub sample_id: &'a str,
    /// Review period.
    pub period: &'a str,
    /// Review number, or the frame's id where asked for.
    pub case: &'a str,
    /// Region.
    pub region: &'a str,
    /// County.
    pub county: &'a str,
    /// Code of the case type.
    pub case_type: &'a str,
    /// First, second, third or final.
    pub reading: &'a str,
    /// Code of who read it.
    pub reviewer: &'a str,
    /// Open, submitted, in-qa or final.
    pub status: &'a str,
    /// When it was rated: ISO, UTC.
    pub rated_at: &'a str,
    /// Its ratings; an item without one has no row.
    pub ratings: &'a Ratings,
    /// Items whose rating was overridden, with the code of the computed one.
    pub computed: &'a [(String, String)],
    /// Per item and sub-item the reason it is not applicable; may be shorter.
    pub na_reasons: &'a [String],
}

/// The format a table leaves in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// CSV with a header row.
    Csv,
    /// A JSON array of objects, one a line.
    Json,
}

/// Writes readings as they come, so that memory does not grow with them.
pub struct ItemsWriter<W: Write> {
    out: Out<W>,
    rows: u64,
}

enum Out<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

impl<W: Write> ItemsWriter<W> {
    /// Begins the table.
    ///
    /// # Errors
    /// The output's.
    pub fn new(format: TableFormat, mut out: W) -> io::Result<Self> {
        let out = match format {
            TableFormat::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record(ITEM_COLUMNS).map_err(of_output)?;
                Out::Csv(Box::new(csv))
            }
            TableFormat::Json => {
                out.write_all(b"[")?;
                Out::Json(out)
            }
        };
        Ok(Self { out, rows: 0 })
    }

    /// Writes the rows of a reading.
    ///
    /// # Errors
    /// The output's.
    pub fn add(&mut self, reading: &ExportedReading<'_>) -> io::Result<()> {
        for at in reading.instrument.item_positions() {
            if let Some(cells) = cells(reading, at) {
                self.row(&cells)?;
            }
        }
        Ok(())
    }

    fn row(&mut self, cells: &[&str; ITEM_COLUMNS.len()]) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(csv) => {
                for cell in cells {
                    csv.write_field(guard(cell).as_bytes()).map_err(of_output)?;
                }
                csv.write_record(None::<&[u8]>).map_err(of_output)?;
            }
            Out::Json(out) => {
                out.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
                let mut serializer = serde_json::Serializer::new(&mut *out);
                let mut map = serializer.serialize_map(Some(cells.len()))?;
                for (name, cell) in ITEM_COLUMNS.iter().zip(cells) {
                    match *name {
                        "overridden" => map.serialize_entry(name, &(*cell == YES))?,
                        _ => map.serialize_entry(name, cell)?,
                    }
                }
                map.end()?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Ends the table, says how many rows it has, and gives the output back.
    ///
    /// # Errors
    /// The output's.
    pub fn finish(self) -> io::Result<(u64, W)> {
        let out = match self.out {
            Out::Csv(csv) => csv.into_inner().map_err(|error| error.into_error())?,
            Out::Json(mut out) => {
                out.write_all(if self.rows == 0 { b"]\n" } else { b"\n]\n" })?;
                out
            }
        };
        Ok((self.rows, out))
    }
}

/// The output's own error, so that a closed pipe is known as one.
fn of_output(error: csv::Error) -> io::Error {
    let text = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other(text),
    }
}

const YES: &str = "yes";
const NO: &str = "no";

/// The cells of one item, in the order of the columns; none where it has no rating.
fn cells<'a>(reading: &ExportedReading<'a>, at: ItemIx) -> Option<[&'a str; ITEM_COLUMNS.len()]> {
    let instrument = reading.instrument;
    let item = instrument.item(at);
    let rating = reading.ratings.item(at)?.code();
    let computed = reading.computed.iter().find(|(id, _)| id == item.id());
    let computed = computed.map(|(_, rating)| rating.as_str());
    Some([
        instrument.id(),
        instrument.edition(),
        reading.round,
        reading.review_kind,
        reading.sample_id,
        reading.period,
        reading.case,
        reading.region,
        reading.county,
        reading.case_type,
        reading.reading,
        reading.reviewer,
        reading.status,
        if item.parent().is_some() { "sub-item" } else { "item" },
        item.id(),
        item.title(),
        rating,
        computed.unwrap_or(rating),
        if computed.is_some() { YES } else { NO },
        reading.na_reasons.get(usize::from(at.0)).map_or("", String::as_str),
        reading.rated_at,
    ])
}
