//! A cell as the text a CSV file would have.

use std::fmt::Write as _;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

use crate::sampling::Field;

/// Excel keeps fifteen digits of a number and writes zeros for the rest.
const EXACT: f64 = 1e15;
/// Days that a number without a date format may mean in a column of dates: 1954 to 2118 in
/// either system of dates. Years and dates written 20260131 lie outside.
const DAYS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// What is wrong with a cell, and what to do.
pub(super) type CellProblem = (String, &'static str);

/// Writes a cell's text: whole numbers without a decimal part, dates as `2026-01-31`,
/// numbers under a format such as `00000` with its zeros.
///
/// `field`: the fact the column holds, if any. A column of dates loses its times of day.
pub(super) fn write(
    value: &DataRef<'_>,
    format: Option<&str>,
    field: Option<Field>,
    system_1904: bool,
    out: &mut String,
) -> Result<(), CellProblem> {
    let dates = field.is_some_and(Field::is_date);
    match value {
        DataRef::Empty => {}
        DataRef::String(text) => out.push_str(text.trim()),
        DataRef::SharedString(text) => out.push_str(text.trim()),
        DataRef::Bool(is) => out.push_str(if *is { "TRUE" } else { "FALSE" }),
        DataRef::Int(number) => {
            let _ = write!(out, "{number}");
        }
        DataRef::Float(number) if dates && DAYS.contains(number) => {
            let day = ExcelDateTime::new(*number, ExcelDateTimeType::DateTime, system_1904);
            write_date(day, true, out);
        }
        DataRef::Float(number) => {
            let is_id = matches!(field, Some(Field::Case | Field::Family | Field::Worker));
            if is_id && number.abs() >= EXACT {
                return Err((
                    format!("{number:.0} has more digits than Excel keeps of a number"),
                    "export the frame again with this column as text, or as CSV",
                ));
            }
            write_number(*number, format, out);
        }
        DataRef::DateTime(date) if date.is_datetime() && fits(date.as_f64()) => {
            write_date(*date, dates, out);
        }
        DataRef::DateTime(number) => write_number(number.as_f64(), None, out),
        DataRef::DateTimeIso(text) if dates => {
            out.push_str(text.split('T').next().unwrap_or(text));
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => out.push_str(text),
        DataRef::Error(error) if field.is_some() => {
            return Err((format!("the cell holds {error}"), "mend the formula, or type the value"));
        }
        DataRef::Error(error) => {
            let _ = write!(out, "{error}");
        }
    }
    Ok(())
}

/// Days that Excel itself can show.
fn fits(days: f64) -> bool {
    (0.0..2_958_466.0).contains(&days)
}

fn write_date(date: ExcelDateTime, day_only: bool, out: &mut String) {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    if !day_only && (hour, minute, second) != (0, 0, 0) {
        let _ = write!(out, " {hour:02}:{minute:02}:{second:02}");
    }
}

fn write_number(number: f64, format: Option<&str>, out: &mut String) {
    if number.fract() != 0.0 || number.abs() >= 1e18 {
        let _ = write!(out, "{number}");
        return;
    }
    let digits = format!("{:.0}", number.abs());
    if number < 0.0 {
        out.push('-');
    }
    match format.and_then(|format| padded(&digits, format)) {
        Some(text) => out.push_str(&text),
        None => out.push_str(&digits),
    }
}

/// A number under a format of zeros and dashes only, such as `00000` or `000-00-0000`.
fn padded(digits: &str, format: &str) -> Option<String> {
    let places: Vec<char> = format.chars().filter(|c| !matches!(c, '\\' | '"')).collect();
    let zeros = places.iter().filter(|c| **c == '0').count();
    if zeros < 2 || places.iter().any(|c| !matches!(c, '0' | '-')) || places[0] != '0' {
        return None;
    }
    let digits = format!("{digits:0>zeros$}");
    let (more, mut rest) = digits.split_at(digits.len() - zeros);
    let mut text = more.to_owned();
    for place in places {
        if place == '0' {
            text.push_str(&rest[..1]);
            rest = &rest[1..];
        } else {
            text.push(place);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: DataRef<'_>, format: &str, field: Option<Field>, late: bool) -> String {
        let mut out = String::new();
        match write(&value, Some(format), field, late, &mut out) {
            Ok(()) => out,
            Err((message, _)) => format!("error: {message}"),
        }
    }

    #[test]
    fn numbers_as_excel_shows_them() {
        let number =
            |number, format| text(DataRef::Float(number), format, Some(Field::Case), false);
        assert_eq!(number(4711.0, "General"), "4711");
        assert_eq!(number(-3.0, "General"), "-3");
        assert_eq!(number(0.25, "General"), "0.25");
        assert_eq!(number(37.0, "00000"), "00037");
        assert_eq!(number(1_234_567.0, "00000"), "1234567");
        assert_eq!(number(12_345_678.0, "000\\-00\\-0000"), "012-34-5678");
        assert_eq!(number(5.0, "0"), "5");
        assert_eq!(number(5.0, "0.00"), "5");
        assert_eq!(
            number(1e15, "0"),
            "error: 1000000000000000 has more digits than Excel keeps of a number"
        );
    }

    #[test]
    fn dates_in_both_systems() {
        let opened = Some(Field::Opened);
        let float = |days, late| text(DataRef::Float(days), "General", opened, late);
        assert_eq!(float(46_027.0, false), "2026-01-05");
        assert_eq!(float(46_027.0 - 1462.0, true), "2026-01-05");
        assert_eq!(float(2026.0, false), "2026");
        assert_eq!(float(20_260_105.0, false), "20260105");
        let date = |days, field| {
            let date = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false);
            text(DataRef::DateTime(date), "yyyy-mm-dd", field, false)
        };
        assert_eq!(date(46_027.75, opened), "2026-01-05");
        assert_eq!(date(46_027.75, None), "2026-01-05 18:00:00");
        assert_eq!(date(60.0, opened), "1900-02-29");
        assert_eq!(date(-1.0, opened), "-1");
    }
}
