//! JSON: an array of rows, proportions 0 to 1 unrounded, undefined null.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Cell, Sheet};

/// The sheet as a JSON array, one row a line.
pub fn render(sheet: &Sheet) -> String {
    let rows: Vec<String> = sheet
        .rows
        .iter()
        .map(|(group, cells)| {
            let row = Row { sheet, group, cells };
            serde_json::to_string(&row).expect("rows hold texts and finite numbers")
        })
        .collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
}

struct Row<'a> {
    sheet: &'a Sheet,
    group: &'a [Option<String>],
    cells: &'a [Cell],
}

struct Group<'a>(&'a Sheet, &'a [Option<String>]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.cells.len()))?;
        map.serialize_entry("group", &Group(self.sheet, self.group))?;
        for ((_, name), cell) in self.sheet.columns.iter().zip(self.cells) {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

impl Serialize for Group<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.groups.iter().zip(self.1))
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Note(text) => text.serialize(serializer),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Share { n: 0, .. } | Self::Bound(None) | Self::Figure(None) | Self::Hidden => {
                serializer.serialize_none()
            }
            Self::Names(names) => names.serialize(serializer),
            Self::Share { x, n } => serializer.serialize_f64(*x as f64 / *n as f64),
            Self::Bound(Some(number)) | Self::Figure(Some(number)) => {
                serializer.serialize_f64(*number)
            }
        }
    }
}
