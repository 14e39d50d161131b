//! A frame from an Excel workbook: found by its columns, read cell by cell.

mod cell;
mod lean;
mod limits;
mod rows;
mod sheet;
mod tags;

use std::io::{self, BufReader, Cursor, Read, Seek};

use calamine::{Reader as _, SheetType, Xlsx};

use super::FrameError;
use super::frame::{EXAMPLES, FramePreview, Hashed as _, Hashing};
use crate::sampling::{Field, Frame, FrameBuilder, Hash, Mapping};
use crate::text::{did_you_mean, list_and};
use rows::{Rows, name_of};

pub(super) use rows::name_of as column_letters;
use sheet::{Header, find_header, first_rows};

/// More columns than any list of cases has.
const MOST_COLUMNS: usize = 500;

type Workbook<R> = Xlsx<BufReader<R>>;

/// Reads a frame from the one sheet that has the plan's columns, or from the sheet the plan
/// names. The header may stand below a title and take two rows.
///
/// # Errors
/// The file is no workbook, too large, no or several sheets have the columns, or the frame
/// has problems.
pub(super) fn read<R: Read + Seek>(
    mut file: R,
    mapping: &Mapping,
) -> Result<(Frame, Vec<String>), FrameError> {
    let lean = limits::check(&mut file).map_err(FrameError::Form)?;
    file.rewind()?;
    let mut hashing = Hashing::new(&mut file);
    io::copy(&mut hashing, &mut io::sink())?;
    let hash = hashing.hash();
    file.rewind()?;
    match lean {
        Some(lean) => read_measured(Cursor::new(lean), mapping, hash),
        None => read_measured(file, mapping, hash),
    }
}

fn read_measured<R: Read + Seek>(
    file: R,
    mapping: &Mapping,
    hash: Hash,
) -> Result<(Frame, Vec<String>), FrameError> {
    let mut workbook: Workbook<R> =
        Xlsx::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let (name, header) = choose(&mut workbook, &names, mapping)?;
    let frame = read_sheet(&mut workbook, &name, &header, mapping, hash)?;
    let mut notices = Vec::new();
    if names.len() > 1 {
        notices.push(format!("the frame is read from sheet {name:?}"));
    }
    Ok((frame, notices))
}

/// The filled rows of a sheet as texts, with their numbers from 1.
type SheetTexts = (String, Vec<(u64, Vec<String>)>);

/// Every filled row of a sheet, or of every sheet where none is named.
///
/// # Errors
/// The file is no workbook, too large, or has no such sheet.
pub(super) fn texts<R: Read + Seek>(
    mut file: R,
    sheet: Option<&str>,
) -> Result<Vec<SheetTexts>, FrameError> {
    let lean = limits::check(&mut file).map_err(FrameError::Form)?;
    file.rewind()?;
    match lean {
        Some(lean) => texts_measured(Cursor::new(lean), sheet),
        None => texts_measured(file, sheet),
    }
}

fn texts_measured<R: Read + Seek>(
    file: R,
    sheet: Option<&str>,
) -> Result<Vec<SheetTexts>, FrameError> {
    let mut workbook: Workbook<R> =
        Xlsx::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    let sheets = workbook.sheets_metadata().iter();
    let mut names: Vec<String> = sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    if let Some(wanted) = sheet {
        if !names.iter().any(|name| name == wanted) {
            let help = match did_you_mean(wanted, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("the sheets are {}", quoted(&names)),
            };
            let message = format!("the workbook has no sheet {wanted:?}: {help}");
            return Err(FrameError::Form(message));
        }
        names = vec![wanted.to_owned()];
    }
    let system_1904 = workbook.has_1904_epoch();
    let mut found = Vec::new();
    for name in names {
        let mut list = Vec::new();
        let mut rows = Rows::open(&mut workbook, &name)?;
        while let Some(row) = rows.next_row()? {
            let width = rows.cells().last().map_or(0, |(column, _, _)| column + 1);
            let mut texts = vec![String::new(); width.min(MOST_COLUMNS)];
            for (column, value, style) in rows.cells() {
                let Some(text) = texts.get_mut(*column) else { continue };
                // Without a field nothing is refused.
                let _ = cell::write(value, rows.format(*style), None, system_1904, text);
            }
            list.push((u64::from(row) + 1, texts));
        }
        found.push((name, list));
    }
    Ok(found)
}

/// Looks at the sheet with the widest row among its first ones.
pub(super) fn preview<R: Read + Seek>(mut file: R) -> Result<FramePreview, FrameError> {
    let lean = limits::check(&mut file).map_err(FrameError::Form)?;
    file.rewind()?;
    match lean {
        Some(lean) => preview_measured(Cursor::new(lean)),
        None => preview_measured(file),
    }
}

fn preview_measured<R: Read + Seek>(file: R) -> Result<FramePreview, FrameError> {
    let mut workbook: Workbook<R> =
        Xlsx::new(BufReader::new(file)).map_err(|error| broken(&error))?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.is_empty()).count();
    let mut best = FramePreview::default();
    for name in &names {
        let rows = first_rows(&mut workbook, name)?;
        let widest = rows.iter().map(|(_, row)| filled(row)).max().unwrap_or(0);
        let Some(at) = rows.iter().position(|(_, row)| filled(row) == widest) else { continue };
        if widest > filled(&best.columns) {
            let below = rows[at + 1..].iter().take(EXAMPLES).map(|(_, row)| row.clone());
            best = FramePreview {
                columns: rows[at].1.clone(),
                examples: below.collect(),
                sheet: (names.len() > 1).then(|| name.clone()),
            };
        }
    }
    match best.columns.len() {
        0 => Err(FrameError::Form("the workbook holds nothing: it has no filled cell".to_owned())),
        _ => Ok(best),
    }
}

/// What the reader of workbooks says, as a problem of the file.
fn broken(error: &impl std::fmt::Display) -> FrameError {
    FrameError::Form(unreadable(error))
}

fn unreadable(error: &impl std::fmt::Display) -> String {
    format!(
        "the workbook can't be read ({error}): open it in Excel and save it again, or as CSV in UTF-8"
    )
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    list_and(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The sheet to read and where its table starts.
fn choose<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    names: &[String],
    mapping: &Mapping,
) -> Result<(String, Header), FrameError> {
    let wanted: Vec<String> = match mapping.sheet() {
        None => names.to_vec(),
        Some(name) if names.iter().any(|known| known == name) => vec![name.to_owned()],
        Some(name) => {
            let help = match did_you_mean(name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("the sheets are {}", quoted(names)),
            };
            return Err(FrameError::Form(format!(
                "the workbook has no sheet {name:?}, which frame.sheet of the plan names: {help}"
            )));
        }
    };
    let mut found = Vec::new();
    for name in wanted {
        if let Some(header) = find_header(workbook, &name, mapping)? {
            found.push((name, header));
        }
    }
    let whole: Vec<String> =
        found.iter().filter(|(_, header)| header.complete).map(|(name, _)| name.clone()).collect();
    if whole.len() > 1 {
        return Err(FrameError::Form(format!(
            "sheets {} all have the plan's columns: name one in the plan, [frame] sheet = {:?}",
            quoted(&whole),
            whole[0]
        )));
    }
    // Where none has all columns, the nearest one shows what is missing; the first of equals.
    let best = found
        .into_iter()
        .rev()
        .max_by_key(|(_, header)| (header.complete, header.matches))
        .filter(|(_, header)| header.matches > 0);
    best.ok_or_else(|| {
        let columns: Vec<String> =
            mapping.columns().map(|(_, name)| format!("{name:?}")).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        FrameError::Form(format!(
            "no sheet has a row that names the plan's columns {} (looked at the first {} filled rows)",
            list_and(&columns),
            sheet::SEARCHED
        ))
    })
}

fn read_sheet<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    name: &str,
    header: &Header,
    mapping: &Mapping,
    hash: Hash,
) -> Result<Frame, FrameError> {
    let width = header.names.len();
    if width > MOST_COLUMNS {
        return Err(FrameError::Form(format!(
            "the header of sheet {name:?} reaches to column {}, a frame has at most {MOST_COLUMNS} columns: take out what stands right of the table",
            name_of(width - 1)
        )));
    }
    let names = header.names.iter().map(String::as_str);
    let mut builder = FrameBuilder::below(u64::from(header.row) + 1, names, mapping)
        .map_err(FrameError::Problems)?;
    let fields: Vec<Option<Field>> = header
        .names
        .iter()
        .map(|name| mapping.columns().find(|(_, known)| known == name).map(|(field, _)| field))
        .collect();
    let system_1904 = workbook.has_1904_epoch();
    let mut rows = Rows::open(workbook, name)?;
    let mut texts = vec![String::new(); width];
    while let Some(row) = rows.next_row()? {
        if row <= header.last_row {
            continue;
        }
        let number = u64::from(row) + 1;
        texts.iter_mut().for_each(String::clear);
        for (column, value, style) in rows.cells() {
            let Some(text) = texts.get_mut(*column) else {
                let message = format!("cell {}{number} stands under no column", name_of(*column));
                builder.problem(number, None, message, "name its column, or take it out");
                continue;
            };
            let field = fields[*column];
            let format = rows.format(*style);
            if let Err(problem) = cell::write(value, format, field, system_1904, text) {
                builder.problem(number, Some(*column), problem.0, problem.1);
            }
        }
        builder.row(number, |at| texts[at].as_str());
    }
    builder.finish(hash).map_err(FrameError::Problems)
}
