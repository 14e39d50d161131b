//! What a workbook may take, measured before any of it is believed: the reader of workbooks
//! keeps some parts whole in memory and makes room for as much as they claim to hold.
//! Measuring also leaves out blank cells, of which a sheet can have millions.

use std::io::{BufReader, Cursor, Read, Seek, SeekFrom, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::lean::Lean;
use super::tags::{Tag, Tags};
use super::unreadable;

const MEGABYTE: u64 = 1 << 20;
/// The file itself.
const LARGEST_FILE: u64 = 128 * MEGABYTE;
/// All parts unpacked: a million cases of eight columns take about 300 MB.
const LARGEST: u64 = 512 * MEGABYTE;
/// A part that is kept in memory.
const LARGEST_KEPT: u64 = 64 * MEGABYTE;
/// Tags of the part with all texts, which takes four for each.
const MOST_TAGS: u64 = 8_000_000;
/// Different texts.
const MOST_TEXTS: u64 = 2_000_000;
/// Tags of any other part that is kept in memory: Excel has at most 65,490 formats of cells.
const MOST_OTHER_TAGS: u64 = 400_000;
/// Bytes that the formats of cells may take, each with the longest name there is.
const LARGEST_FORMATS: u64 = 64 * MEGABYTE;
/// Parts of the file.
const MOST_PARTS: usize = 5000;
/// Blank cells that can as well be read.
const FEW_BLANK: u64 = 100_000;
/// Blank cells that can't, where they can't be left out either.
const MOST_BLANK: u64 = 1_000_000;

/// Parts that the reader keeps in memory.
const KEPT: [&str; 6] = [
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    TEXTS,
    "xl/styles.xml",
    "xl/theme/theme1.xml",
    "xl/workbook.xml",
];
const TEXTS: &str = "xl/sharedstrings.xml";

const UNUSUAL: &str =
    "the workbook is laid out in a way that Excel doesn't: open it in Excel and save it again";
const ADVICE: &str = "save the sheet as CSV in UTF-8";

/// Unpacks every part that is read. Gives a copy of the workbook without its blank cells
/// where it has too many of them to be read one by one.
///
/// # Errors
/// In words, where the file is no workbook or takes too much.
pub(super) fn check(file: &mut (impl Read + Seek)) -> Result<Option<Vec<u8>>, String> {
    let length = file.seek(SeekFrom::End(0)).map_err(|error| unreadable(&error))?;
    if length > LARGEST_FILE {
        return Err(too_large("the workbook", LARGEST_FILE));
    }
    file.rewind().map_err(|error| unreadable(&error))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| unreadable(&error))?;
    if archive.len() > MOST_PARTS {
        return Err(format!("the workbook has more than {MOST_PARTS} parts: {ADVICE}"));
    }
    let names = names(&mut archive)?;
    let (mut left, mut main) = (LARGEST, false);
    let mut lean = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| is_read(name)) {
        let part = archive.by_index(at).map_err(|error| unreadable(&error))?;
        let mut tags = Tags::new(part);
        if name.starts_with("xl/worksheets/") && !name.ends_with(".rels") {
            let sheet = measure_sheet(&mut tags, left)?;
            lean.extend(sheet.map(|sheet| (at, sheet)));
        } else {
            main |= measure(&mut tags, name, left)?;
        }
        left = left.saturating_sub(tags.read());
    }
    if !main {
        return Err(UNUSUAL.to_owned());
    }
    if lean.is_empty() {
        return Ok(None);
    }
    let read: Vec<usize> = (0..names.len()).filter(|at| is_read(&names[*at])).collect();
    copy(&mut archive, &read, &lean).map(Some).map_err(|error| unreadable(&error))
}

fn is_read(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn too_large(what: &str, limit: u64) -> String {
    format!("{what} is larger than {} MB: {ADVICE}", limit / MEGABYTE)
}

/// The parts in lower case, with a first look at how large they say they are.
fn names<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| unreadable(&error))?;
        let name = part.name().map_err(|error| unreadable(&error))?.to_ascii_lowercase();
        let limit = if KEPT.contains(&name.as_str()) { LARGEST_KEPT } else { LARGEST };
        if part.size() > limit {
            return Err(too_large("the workbook, unpacked,", limit));
        }
        names.push(name);
    }
    Ok(names)
}

/// Measures a sheet up to the end of its table; gives it without its many blank cells.
fn measure_sheet(tags: &mut Tags<impl Read>, left: u64) -> Result<Option<Vec<u8>>, String> {
    let mut lean = Lean::new();
    loop {
        if tags.read() > left {
            return Err(too_large("the workbook, unpacked,", LARGEST));
        }
        // Comments and the like have no business here and would be kept whole.
        let Some(tag) = tags.next()? else { break };
        if tag.is_markup() {
            return Err(UNUSUAL.to_owned());
        }
        if !lean.take(&tag)? {
            break;
        }
    }
    let blank = lean.blank();
    let lean = if blank > FEW_BLANK { lean.finish() } else { return Ok(None) };
    if lean.is_none() && blank > MOST_BLANK {
        return Err(format!(
            "a sheet of the workbook has more than {MOST_BLANK} blank cells with a format: clear \
             the formats below and beside the table, or {ADVICE}"
        ));
    }
    Ok(lean)
}

/// Measures another part; says whether it names the workbook's main part where Excel has it.
fn measure(tags: &mut Tags<impl Read>, name: &str, left: u64) -> Result<bool, String> {
    let kept = KEPT.contains(&name);
    let most = if name == TEXTS { MOST_TAGS } else { MOST_OTHER_TAGS };
    let (mut count, mut texts, mut formats, mut longest) = (0_u64, 0_u64, 0_u64, 0_u64);
    let (mut claimed, mut main) = (0, false);
    loop {
        let read = tags.read();
        if read > left {
            return Err(too_large("the workbook, unpacked,", LARGEST));
        }
        if kept && read > LARGEST_KEPT {
            return Err(too_large("the workbook, unpacked,", LARGEST_KEPT));
        }
        let Some(tag) = tags.next()? else { break };
        if tag.is_markup() && (kept || name.starts_with("xl/")) {
            return Err(UNUSUAL.to_owned());
        }
        if !kept {
            continue;
        }
        count += 1;
        longest = longest.max(tag.tag.len() as u64);
        match tag.name() {
            b"sst" if !tag.ends() => claimed = claims(&tag),
            b"si" if !tag.ends() => texts += 1,
            b"xf" if !tag.ends() => formats += 1,
            b"Relationship" => main |= relationship(&tag, name)?,
            _ => {}
        }
        if count > most || texts > MOST_TEXTS {
            return Err(match name {
                TEXTS => format!("the workbook has too many different texts: {ADVICE}"),
                _ => format!("the workbook has too many formats or names: {ADVICE}"),
            });
        }
    }
    // Every format is kept with a copy of the names it uses, and what a part claims to hold
    // must be there.
    let bulky = name != TEXTS && formats.saturating_mul(longest) > LARGEST_FORMATS;
    if claimed > texts || bulky {
        return Err(UNUSUAL.to_owned());
    }
    Ok(main)
}

/// How many different texts a part says it holds.
fn claims(tag: &Tag<'_>) -> u64 {
    let value = tag.attribute("uniqueCount").unwrap_or(b"0");
    std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok()).unwrap_or(u64::MAX)
}

/// Looks where a relationship points, so that nothing is read that was not measured. Says
/// whether it is the one to the main part.
fn relationship(tag: &Tag<'_>, name: &str) -> Result<bool, String> {
    let kind = tag.attribute("Type").unwrap_or_default();
    let target = tag.attribute("Target").unwrap_or_default().to_ascii_lowercase();
    let is_main = name == KEPT[0] && kind.ends_with(b"/officeDocument");
    let is_sheet = kind.ends_with(b"sheet");
    let target = target.strip_prefix(b"/").unwrap_or(&target);
    let under = target.strip_prefix(b"xl/").unwrap_or(target);
    let bad = (is_main && target != b"xl/workbook.xml")
        || (is_sheet && !(under.starts_with(b"worksheets/") || under.starts_with(b"chartsheets/")))
        || (is_sheet && !under.ends_with(b".xml"));
    // Sheets of other kinds are not read, wherever they lie.
    let other = kind.ends_with(b"macrosheet") || kind.ends_with(b"dialogsheet");
    if bad && !other { Err(UNUSUAL.to_owned()) } else { Ok(is_main) }
}

/// The workbook with the lean sheets in place of the full ones.
fn copy<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    parts: &[usize],
    lean: &[(usize, Vec<u8>)],
) -> zip::result::ZipResult<Vec<u8>> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for &at in parts {
        let part = archive.by_index_raw(at)?;
        match lean.iter().find(|(known, _)| *known == at) {
            None => copy.raw_copy_file(part)?,
            Some((_, sheet)) => {
                let stored =
                    SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
                copy.start_file(part.name()?.to_string(), stored)?;
                drop(part);
                copy.write_all(sheet)?;
            }
        }
    }
    Ok(copy.finish()?.into_inner())
}
