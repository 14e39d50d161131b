//! A sheet without its blank cells: Excel keeps every cell that was ever given a border, and
//! a million of them should cost no more than passing over them once.

use super::tags::Tag;

/// More than this of a lean sheet isn't kept: so much is no blank sheet.
const MOST_KEPT: usize = 32 << 20;
/// Rows of a sheet, as Excel has them.
const MOST_ROWS: u64 = 1 << 20;

/// Takes a sheet tag by tag and keeps what holds something.
#[derive(Default)]
pub(super) struct Lean {
    /// What is kept; `None` once it is too much.
    kept: Option<Vec<u8>>,
    /// Where the row began in which nothing was met yet.
    row: Option<usize>,
    /// Where the cell began in which nothing was met yet.
    cell: Option<usize>,
    inside: bool,
    rows: u64,
    /// Blank cells and rows left out.
    blank: u64,
    /// A row or cell doesn't say where it stands: it can't be left out.
    unplaced: bool,
}

impl Lean {
    pub(super) fn new() -> Self {
        Self { kept: Some(Vec::new()), ..Self::default() }
    }

    /// Takes the next tag; says whether the table goes on.
    ///
    /// # Errors
    /// In words, where the sheet has too many rows.
    pub(super) fn take(&mut self, tag: &Tag<'_>) -> Result<bool, String> {
        // A blank cell is one without any text, whatever elements it is made of.
        if !tag.text.trim_ascii_start().is_empty() && self.cell.is_some() {
            (self.row, self.cell) = (None, None);
        }
        let name = tag.name();
        let starts_table = name == b"sheetData";
        if self.inside && name == b"row" && !tag.ends() {
            self.rows += 1;
            if self.rows > MOST_ROWS {
                return Err(format!(
                    "a sheet of the workbook has more than {MOST_ROWS} rows: save it as CSV in UTF-8"
                ));
            }
        }
        if starts_table {
            self.inside = !tag.ends() && !tag.is_whole();
        }
        self.keep(tag, name);
        Ok(!starts_table || self.inside)
    }

    fn keep(&mut self, tag: &Tag<'_>, name: &[u8]) {
        let Some(kept) = &mut self.kept else { return };
        if kept.len() > MOST_KEPT {
            self.kept = None;
            return;
        }
        kept.extend_from_slice(tag.text);
        let mark = match name {
            b"row" => &mut self.row,
            b"c" => &mut self.cell,
            _ => return kept.extend_from_slice(tag.tag),
        };
        if !self.inside {
            return kept.extend_from_slice(tag.tag);
        }
        self.unplaced |= !tag.ends() && tag.attribute("r").is_none();
        if tag.is_whole() {
            self.blank += 1;
        } else if !tag.ends() {
            *mark = Some(kept.len());
            kept.extend_from_slice(tag.tag);
        } else if let Some(start) = mark.take() {
            self.blank += 1;
            kept.truncate(start);
        } else {
            kept.extend_from_slice(tag.tag);
        }
    }

    /// Blank cells and rows that were left out.
    pub(super) fn blank(&self) -> u64 {
        self.blank
    }

    /// The sheet without them, unless something keeps it from being had.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        let mut kept = self.kept.filter(|_| !self.unplaced)?;
        kept.extend_from_slice(b"</worksheet>");
        Some(kept)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tags::Tags;
    use super::*;

    fn lean(rows: &str) -> (u64, Option<String>) {
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData><more>x</more></worksheet>");
        let mut tags = Tags::new(sheet.as_bytes());
        let mut lean = Lean::new();
        while let Some(tag) = tags.next().unwrap() {
            if !lean.take(&tag).unwrap() {
                break;
            }
        }
        let blank = lean.blank();
        let text = lean.finish().map(|bytes| String::from_utf8(bytes).unwrap());
        let text = text.map(|text| {
            let text = text.strip_prefix("<worksheet><sheetData>").unwrap();
            text.strip_suffix("</sheetData></worksheet>").unwrap().to_owned()
        });
        (blank, text)
    }

    #[test]
    fn only_what_holds_something_is_kept() {
        let filled = "<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>";
        let blank = "<row r=\"1\" s=\"1\"/><row r=\"1\"></row><row r=\"1\"><c r=\"A1\" s=\"1\"/>\
            <c r=\"B1\"> </c><c r=\"C1\"><v></v></c><c r=\"D1\" t=\"inlineStr\"><is><t/></is></c></row>";
        assert_eq!(lean(&format!("{blank}{filled}{blank}")), (14, Some(filled.to_owned())));
        let prefixed = filled.replace('<', "<x:").replace("<x:/", "</x:");
        assert_eq!(lean(&prefixed), (0, Some(prefixed.clone())));
        let between = "<row r=\"2\"><c r=\"A2\"/><c r=\"B2\"><v>1</v></c><c r=\"C2\"></c></row>";
        assert_eq!(lean(between), (2, Some(filled.to_owned())));
    }

    #[test]
    fn what_says_no_place_keeps_the_sheet_as_it_is() {
        assert_eq!(lean("<row><c r=\"A1\"/></row>").1, None);
        assert_eq!(lean("<row r=\"1\"><c/></row>").1, None);
    }
}
