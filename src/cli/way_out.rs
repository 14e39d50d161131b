//! How tables leave a command: text, CSV, JSON or a workbook, to stdout or into a file.

use std::path::PathBuf;

use clap::Args;

use super::output::{note, print, save, write};
use super::{Failure, Format, Global};
use crate::exchange::report_books;
use crate::report::page::Page;
use crate::report::{Sheet, csv, json};
use crate::task::saving::FileFormat;
use crate::text::{clean, clean_lines, count};

/// Where a table goes.
#[derive(Debug, Clone, Args)]
pub struct WayOut {
    /// Write to this file instead of stdout; only its owner may read it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
    /// Begin CSV with a byte-order mark, so that Excel reads its letters right
    #[arg(long)]
    bom: bool,
}

/// Tables in a format; a page is made of more than tables.
///
/// # Errors
/// Exit 2 where a table is too long for a workbook.
pub fn rendered(
    format: FileFormat,
    text: impl FnOnce() -> String,
    tables: &[(&str, &Sheet)],
) -> Result<Vec<u8>, Failure> {
    let sheet = tables[0].1;
    Ok(match format {
        FileFormat::Text | FileFormat::Html => text().into_bytes(),
        FileFormat::Json => json(sheet).into_bytes(),
        FileFormat::Csv => csv(sheet).into_bytes(),
        FileFormat::Xlsx => report_books(tables).map_err(|error| {
            let help = "  help: --format csv has no such limit";
            Failure::BadInput(format!("error: --format xlsx: {error}\n{help}"))
        })?,
    })
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

impl WayOut {
    /// Whether it goes into a file.
    pub fn is_file(&self) -> bool {
        self.out.is_some()
    }

    /// How it is written.
    fn format(global: &Global) -> FileFormat {
        match global.format {
            _ if global.is_workbook() => FileFormat::Xlsx,
            _ if global.is_page() => FileFormat::Html,
            None | Some(Format::Text) => FileFormat::Text,
            Some(Format::Json) => FileFormat::Json,
            Some(Format::Csv) => FileFormat::Csv,
        }
    }

    /// Whether the way out asked for can be gone at all, before anything is counted.
    ///
    /// # Errors
    /// Exit 2 with what to ask for instead.
    pub fn check(&self, global: &Global) -> Result<(), Failure> {
        let no = |text: &str| Err(Failure::BadInput(text.to_owned()));
        let file = self.out.as_deref().and_then(|path| path.file_name()?.to_str());
        let is = Self::format(global);
        let says = file.and_then(FileFormat::named).filter(|says| *says != is);
        if let (Some(file), Some(says)) = (file, says) {
            let text = format!(
                "error: --out {file}: the name is of {}, but {} would be written\n  \
                 help: add --format {}, or let the name end in .{}",
                says.name(),
                is.name(),
                says.name(),
                is.ending()
            );
            return Err(Failure::BadInput(clean_lines(&text).into_owned()));
        }
        if global.is_workbook() && self.out.is_none() {
            return no(
                "error: --format xlsx: a workbook is a file\n  help: name it with --out FILE",
            );
        }
        if self.bom && global.format != Some(Format::Csv) {
            return no(
                "error: --bom: only CSV has a byte-order mark\n  help: use it with --format csv",
            );
        }
        Ok(())
    }

    /// The file asked for, and whether it may be replaced.
    pub fn into_file(self) -> (Option<PathBuf>, bool) {
        (self.out, self.force)
    }

    /// Prints a page, or writes it to the file asked for.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn put_page(&self, page: &Page) -> Result<(), Failure> {
        let html = page.html();
        match &self.out {
            Some(path) => {
                save(path, self.force, html.as_bytes())?;
                note(&clean(&format!("{} written to {}", page.title, path.display())));
                Ok(())
            }
            None => print(&html),
        }
    }

    /// Prints a table, or writes it to the file asked for. A workbook has all of `tables`, each
    /// under its title; other formats the first alone.
    ///
    /// # Errors
    /// Exit 2 where a table is too long for a workbook or the file is there, 3 where it can't
    /// be written.
    pub fn put(
        &self,
        global: &Global,
        text: impl FnOnce() -> String,
        tables: &[(&str, &Sheet)],
    ) -> Result<(), Failure> {
        let sheet = tables[0].1;
        let format = Self::format(global);
        let mut bytes = if self.bom { BYTE_ORDER_MARK.as_bytes().to_vec() } else { Vec::new() };
        bytes.extend(rendered(format, text, tables)?);
        let Some(path) = &self.out else { return write(&bytes) };
        save(path, self.force, &bytes)?;
        let rows = match (format, tables.len()) {
            (FileFormat::Xlsx, 2..) => count(tables.len(), "table", "tables"),
            _ => count(sheet.rows.len(), "row", "rows"),
        };
        note(&clean(&format!("{rows} written to {}", path.display())));
        Ok(())
    }
}
