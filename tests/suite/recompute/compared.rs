//! Figures of the program held against figures made here.

use serde_json::Value;

use super::alike::printed;
use super::figures::{percent, wilson};
use super::world::World;

/// Figures compared so far.
#[derive(Default)]
pub struct Compared(pub usize);

impl Compared {
    pub fn count(&mut self, row: &Value, name: &str, wanted: u64) {
        assert_eq!(row[name], Value::from(wanted), "{name} of {row}");
        self.0 += 1;
    }
    pub fn number(&mut self, row: &Value, name: &str, wanted: Option<f64>) {
        self.close(row, name, wanted, 1e-9);
    }
    /// A number that was made by rougher means here.
    pub fn close(&mut self, row: &Value, name: &str, wanted: Option<f64>, by: f64) {
        match (row[name].as_f64(), wanted) {
            (None, None) => assert!(row[name].is_null(), "{name} of {row}"),
            (Some(found), Some(wanted)) if (found - wanted).abs() < by => {}
            (found, wanted) => panic!("{name} is {found:?}, not {wanted:?}, of {row}"),
        }
        self.0 += 1;
    }
    pub fn text(&mut self, row: &Value, name: &str, wanted: Option<&str>) {
        assert_eq!(row[name], wanted.map_or(Value::Null, Value::from), "{name} of {row}");
        self.0 += 1;
    }
    /// A proportion, and its percent as printed.
    pub fn part(&mut self, row: &Value, name: &str, (x, n): (u64, u64)) {
        self.number(row, name, (n > 0).then(|| x as f64 / n as f64));
        let column = match name {
            "agreement" => "percent_agreement".to_owned(),
            name => name.replace("proportion", "percent"),
        };
        assert_eq!(row["printed"][&column], percent(x, n), "{column} of {row}");
        self.0 += 1;
    }
    /// A proportion, its percent as printed, and its interval.
    pub fn share(&mut self, row: &Value, (x, n): (u64, u64)) {
        self.part(row, "proportion", (x, n));
        self.interval(row, wilson(x, n));
    }
    pub fn interval(&mut self, row: &Value, wanted: Option<(f64, f64)>) {
        self.number(row, "low", wanted.map(|(low, _)| low));
        self.number(row, "high", wanted.map(|(_, high)| high));
    }
}

/// The rows of a report as JSON; each with what the CSV file prints of it under `printed`. CSV
/// and text are held against JSON on the way.
pub fn rows(world: &World, line: &[&str]) -> Vec<Value> {
    let [json, csv, text] = ["json", "csv", "text"].map(|format| {
        let (code, out, err) = world.run(&[line, &["--format", format]].concat());
        assert_eq!(code, 0, "{line:?}: {err}");
        out
    });
    let rows = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{line:?}: {error}"));
    printed(line, rows, &csv, &text)
}
