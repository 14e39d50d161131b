//! Rows of a CSV file under a header: columns in any order, byte-order mark and CRLF
//! accepted, values trimmed, every fault with its line.

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::text::{count, did_you_mean, list_and, unguard};

use super::Problem;

/// The columns a file is read for; any others are passed over.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'c> {
    /// Must be there.
    pub required: &'c [&'c str],
    /// May be there; their values are empty where they aren't.
    pub optional: &'c [&'c str],
    /// What to do with a file that has other columns; empty where there is no way.
    pub otherwise: &'c str,
}

/// A reader of rows; give it the whole file.
pub struct Rows<'b> {
    bytes: &'b [u8],
    reader: Reader<&'b [u8]>,
    record: ByteRecord,
    /// Where each column asked for stands in the file.
    places: Vec<Option<usize>>,
    header: Vec<String>,
    counted_to: usize,
    line: u64,
}

/// One row: the values asked for, and the line it starts on.
pub struct Row<'r> {
    /// Line of the file, from 1.
    pub line: u64,
    record: &'r str,
    ranges: &'r [Option<std::ops::Range<usize>>],
}

impl<'r> Row<'r> {
    /// A row whose values lie in a text at these ranges.
    pub(super) fn of(
        line: u64,
        record: &'r str,
        ranges: &'r [Option<std::ops::Range<usize>>],
    ) -> Self {
        Self { line, record, ranges }
    }
    /// The value of a column by its position among the required, then the optional ones:
    /// trimmed, without the apostrophe that guards a cell from being run.
    pub fn value(&self, column: usize) -> &'r str {
        match &self.ranges[column] {
            Some(range) => tidy(&self.record[range.clone()]),
            None => "",
        }
    }
}

impl<'b> Rows<'b> {
    /// Reads the header.
    ///
    /// # Errors
    /// Every problem of the header: it is not there, not UTF-8, lacks a column or has one
    /// twice.
    pub fn new(bytes: &'b [u8], columns: Columns<'_>) -> Result<Self, Vec<Problem>> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(vec![Problem::whole("the file is UTF-16, not UTF-8").help(SAVE_AS_UTF_8)]);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut rows = Self {
            bytes,
            reader,
            record: ByteRecord::new(),
            places: Vec::new(),
            header: Vec::new(),
            counted_to: 0,
            line: 1,
        };
        let Some(line) = rows.advance() else {
            let wanted = columns.required.join(",");
            return Err(vec![
                Problem::whole("the file is empty")
                    .help(format!("its first line names the columns: {wanted}")),
            ]);
        };
        let mut problems = Vec::new();
        for field in &rows.record {
            match std::str::from_utf8(field) {
                Ok(name) => rows.header.push(name.trim().to_owned()),
                Err(error) => {
                    problems.push(not_utf8(line, "the header", field, error));
                    rows.header.push(String::new());
                }
            }
        }
        let asked = || columns.required.iter().chain(columns.optional);
        for column in asked() {
            let mut found = rows.header.iter().enumerate().filter(|(_, name)| name == column);
            let place = found.next().map(|(place, _)| place);
            if found.next().is_some() {
                problems.push(Problem::on(line, format!("column {column} stands twice")));
            }
            rows.places.push(place);
        }
        let missing: Vec<&str> = (columns.required.iter().zip(&rows.places))
            .filter(|(_, place)| place.is_none())
            .map(|(column, _)| *column)
            .collect();
        let mut unlike: Vec<&str> = Vec::new();
        for column in missing {
            let others = rows.header.iter().map(String::as_str);
            let near = did_you_mean(column, others.filter(|name| !asked().any(|a| a == name)));
            match near {
                Some(near) => {
                    let problem = Problem::on(line, format!("column {column} is missing"));
                    problems.push(problem.help(format!("is it the one named {near}?")));
                }
                None => unlike.push(column),
            }
        }
        if !unlike.is_empty() {
            let text = match unlike.as_slice() {
                [one] => format!("column {one} is missing"),
                several => format!("columns {} are missing", list_and(several)),
            };
            let mut help = format!("the file needs {}", list_and(columns.required));
            if !columns.otherwise.is_empty() {
                help = format!("{help}; {}", columns.otherwise);
            }
            problems.push(Problem::on(line, text).help(help));
        }
        if problems.is_empty() { Ok(rows) } else { Err(problems) }
    }

    /// Calls `each` with every row that can be read, in order; what can't be read becomes a
    /// problem. Rows without any value are passed over.
    pub fn each(
        mut self,
        problems: &mut Vec<Problem>,
        mut each: impl FnMut(Row<'_>, &mut Vec<Problem>),
    ) {
        let mut ranges: Vec<Option<std::ops::Range<usize>>> = vec![None; self.places.len()];
        while let Some(line) = self.advance() {
            if self.record.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            if self.record.len() != self.header.len() {
                let problem = Problem::on(
                    line,
                    format!(
                        "the row has {} where the header has {}",
                        count(self.record.len(), "field", "fields"),
                        self.header.len()
                    ),
                );
                problems.push(if self.record.len() > self.header.len() {
                    problem.help("put a value that holds a comma in double quotes")
                } else {
                    problem
                });
                continue;
            }
            let Ok(record) = std::str::from_utf8(self.record.as_slice()) else {
                for (at, field) in self.record.iter().enumerate() {
                    if let Err(error) = std::str::from_utf8(field) {
                        let column = format!("column {}", self.header[at]);
                        problems.push(not_utf8(line, &column, field, error));
                    }
                }
                continue;
            };
            for (range, place) in ranges.iter_mut().zip(&self.places) {
                *range = place.and_then(|place| self.record.range(place));
            }
            each(Row { line, record, ranges: &ranges }, problems);
        }
    }

    /// Reads the next record and says its line; none at the end of the file.
    fn advance(&mut self) -> Option<u64> {
        let start = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        // Reading from memory with any number of fields per record can't fail.
        if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        // The reader stands before the rest of the line's end and any empty lines.
        let mut first = start;
        while self.bytes.get(first).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            first += 1;
        }
        // A line ends with a line feed, or with a carriage return that none follows. One plain
        // loop: this runs over every byte of the file.
        let mut at = self.counted_to;
        while at < first {
            let byte = self.bytes[at];
            at += 1;
            let ends = byte == b'\n' || (byte == b'\r' && self.bytes.get(at) != Some(&b'\n'));
            self.line += u64::from(ends);
        }
        self.counted_to = first;
        Some(self.line)
    }
}

/// Without blanks around it and without its guard. Most values have neither.
fn tidy(value: &str) -> &str {
    match value.as_bytes() {
        [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', .., last] if last.is_ascii_graphic() => value,
        _ => unguard(value.trim()),
    }
}

const SAVE_AS_UTF_8: &str = "save the file as CSV UTF-8";

fn not_utf8(line: u64, place: &str, field: &[u8], error: std::str::Utf8Error) -> Problem {
    let byte = field[error.valid_up_to()];
    Problem::on(line, format!("{place} is not UTF-8: byte 0x{byte:02X}")).help(SAVE_AS_UTF_8)
}
