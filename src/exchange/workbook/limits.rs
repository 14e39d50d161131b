//! What a workbook may take, measured before any of it is believed: the reader of workbooks
//! keeps some parts whole in memory and makes room for as much as they claim to hold.

use std::io::{BufReader, Read, Seek, SeekFrom};

use memchr::{memchr_iter, memmem};
use zip::ZipArchive;

const MEGABYTE: u64 = 1 << 20;
/// The file itself.
const LARGEST_FILE: u64 = 128 * MEGABYTE;
/// All parts unpacked: a million cases of eight columns take about 300 MB.
const LARGEST: u64 = 512 * MEGABYTE;
/// A part that is kept in memory.
const LARGEST_KEPT: u64 = 64 * MEGABYTE;
/// Tags of a part that is kept in memory; a text takes four.
const MOST_TAGS: u64 = 8_000_000;
/// Bytes between two tags; Excel ends a cell at 32,767 characters.
const LONGEST_TEXT: usize = 256 << 10;
/// Parts of the file.
const MOST_PARTS: usize = 5000;

/// Parts that the reader keeps in memory.
const KEPT: [&str; 6] = [
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedstrings.xml",
    "xl/styles.xml",
    "xl/theme/theme1.xml",
    "xl/workbook.xml",
];

const UNUSUAL: &str =
    "the workbook is laid out in a way that Excel doesn't: open it in Excel and save it again";

/// Unpacks every part that is read, counting only.
///
/// # Errors
/// In words, where the file is no workbook or takes too much.
pub(super) fn check(file: &mut (impl Read + Seek)) -> Result<(), String> {
    let broken = |error: &dyn std::fmt::Display| {
        format!("the workbook can't be read ({error}): save it again, or as CSV in UTF-8")
    };
    let length = file.seek(SeekFrom::End(0)).map_err(|error| broken(&error))?;
    if length > LARGEST_FILE {
        return Err(too_large("the workbook", LARGEST_FILE));
    }
    file.rewind().map_err(|error| broken(&error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    if archive.len() > MOST_PARTS {
        return Err(format!("the workbook has more than {MOST_PARTS} parts: {ADVICE}"));
    }
    let mut left = LARGEST;
    let mut names = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| broken(&error))?;
        let name = part.name().map_err(|error| broken(&error))?.to_ascii_lowercase();
        let limit = if KEPT.contains(&name.as_str()) { LARGEST_KEPT } else { LARGEST };
        if part.size() > limit {
            return Err(too_large("the workbook, unpacked,", limit));
        }
        names.push(name);
    }
    let mut main = false;
    for (at, name) in names.iter().enumerate() {
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let kept = KEPT.contains(&name.as_str());
        let mut part = archive.by_index(at).map_err(|error| broken(&error))?;
        let mut scan = Scan::new(kept, name.starts_with("xl/"));
        let mut buffer = vec![0; 1 << 16];
        loop {
            let length = part.read(&mut buffer).map_err(|error| broken(&error))?;
            if length == 0 {
                break;
            }
            scan.take(&buffer[..length])?;
            left = left
                .checked_sub(length as u64)
                .ok_or_else(|| too_large("the workbook, unpacked,", LARGEST))?;
            main |= name == "_rels/.rels"
                && memmem::find(&buffer[..length], b"xl/workbook.xml\"").is_some();
        }
        scan.finish()?;
    }
    if main { Ok(()) } else { Err(UNUSUAL.to_owned()) }
}

const ADVICE: &str = "save the sheet as CSV in UTF-8";

fn too_large(what: &str, limit: u64) -> String {
    format!("{what} is larger than {} MB: {ADVICE}", limit / MEGABYTE)
}

/// Counts a part's bytes, tags and texts.
struct Scan {
    kept: bool,
    strict: bool,
    bytes: u64,
    tags: u64,
    /// Bytes since the last tag began.
    text: usize,
    /// The end of what was read before, for a count that is cut in two.
    end: Vec<u8>,
    /// How many texts the part claims to hold.
    claimed: u64,
}

impl Scan {
    fn new(kept: bool, strict: bool) -> Self {
        Self { kept, strict, bytes: 0, tags: 0, text: 0, end: Vec::new(), claimed: 0 }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.bytes += bytes.len() as u64;
        if self.kept && self.bytes > LARGEST_KEPT {
            return Err(too_large("the workbook, unpacked,", LARGEST_KEPT));
        }
        let mut from = 0;
        for at in memchr_iter(b'<', bytes) {
            self.text(self.text + at - from)?;
            self.text = 0;
            from = at;
            self.tags += 1;
        }
        self.text(self.text + bytes.len() - from)?;
        if self.kept || self.strict {
            let start = self.end.len();
            self.end.extend_from_slice(bytes);
            // Comments and the like have no business here and would be kept whole.
            if memmem::find(&self.end[start.saturating_sub(1)..], b"<!").is_some() {
                return Err(UNUSUAL.to_owned());
            }
            if self.kept {
                self.claims();
            }
            self.end.drain(..self.end.len().saturating_sub(64));
        }
        if self.kept && self.tags > MOST_TAGS {
            return Err(format!("the workbook has too many different texts: {ADVICE}"));
        }
        Ok(())
    }

    fn text(&mut self, length: usize) -> Result<(), String> {
        self.text = length;
        if length > LONGEST_TEXT {
            return Err(format!("a cell of the workbook is longer than {LONGEST_TEXT} bytes"));
        }
        Ok(())
    }

    fn claims(&mut self) {
        let key = b"uniqueCount";
        for at in memmem::find_iter(&self.end, key) {
            let digits = self.end[at + key.len()..]
                .iter()
                .skip_while(|byte| !byte.is_ascii_digit())
                .take_while(|byte| byte.is_ascii_digit());
            let claimed = digits.fold(0_u64, |sum, digit| {
                sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
            });
            self.claimed = self.claimed.max(claimed);
        }
    }

    /// What a part claims to hold must be there.
    fn finish(self) -> Result<(), String> {
        if self.claimed > self.tags { Err(UNUSUAL.to_owned()) } else { Ok(()) }
    }
}
