//! A stretch of days.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A stretch of days, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
}

impl Period {
    /// A period from its first to its last day; `None` where they are the wrong way round.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Reads `2026-01-01/2026-06-30`, or short `2026`, `2026-H1`, `2026-Q2`, `2026-03`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((first, last)) = text.split_once('/') {
            return Self::new(parse_date(first)?, parse_date(last)?);
        }
        let year = |text: &str| match text.len() {
            4 if text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
            _ => None,
        };
        let Some((start, part)) = text.split_once('-') else {
            return Self::months(year(text)?, 1, 12);
        };
        let year = year(start)?;
        match part {
            "H1" => Self::months(year, 1, 6),
            "H2" => Self::months(year, 7, 6),
            "Q1" => Self::months(year, 1, 3),
            "Q2" => Self::months(year, 4, 3),
            "Q3" => Self::months(year, 7, 3),
            "Q4" => Self::months(year, 10, 3),
            month if month.len() == 2 && month.bytes().all(|b| b.is_ascii_digit()) => {
                Self::months(year, month.parse().ok()?, 1)
            }
            _ => None,
        }
    }

    fn months(year: i32, month: u32, count: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let next = month + count;
        let (year, month) = if next > 12 { (year + 1, next - 12) } else { (year, next) };
        Self::new(first, NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()?)
    }

    /// The shortest way to write it, so that one period is one text however it was spelled:
    /// `2026`, `2026-H1`, `2026-Q2`, `2026-03`, else both days.
    pub fn short(self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        let is = |count| Self::months(year, month, count) == Some(self);
        match month {
            1 if is(12) => format!("{year}"),
            1 | 7 if is(6) => format!("{year}-H{}", month / 6 + 1),
            1 | 4 | 7 | 10 if is(3) => format!("{year}-Q{}", month / 3 + 1),
            _ if is(1) => format!("{year}-{month:02}"),
            _ => self.to_string(),
        }
    }
    /// The first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }
    /// The last day.
    pub fn last(self) -> NaiveDate {
        self.last
    }
    /// How many of its days lie from `opened` to `closed`, both included; open to the end
    /// where `closed` is missing.
    pub fn days_open(self, opened: NaiveDate, closed: Option<NaiveDate>) -> u64 {
        let first = self.first.max(opened);
        let last = closed.map_or(self.last, |closed| closed.min(self.last));
        u64::try_from((last - first).num_days() + 1).unwrap_or(0)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.last)
    }
}

/// A day written `2026-04-01`, of the years 1000 to 9999.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'))
        })
    };
    let (year, month, day) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (date.year() >= 1000).then_some(date)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_forms() {
        for (text, long) in [
            ("2026", "2026-01-01/2026-12-31"),
            ("2026-H1", "2026-01-01/2026-06-30"),
            ("2026-H2", "2026-07-01/2026-12-31"),
            ("2026-Q2", "2026-04-01/2026-06-30"),
            ("2024-02", "2024-02-01/2024-02-29"),
            ("2026-12", "2026-12-01/2026-12-31"),
            ("2026-04-01/2026-04-01", "2026-04-01/2026-04-01"),
        ] {
            assert_eq!(Period::parse(text).unwrap().to_string(), long);
        }
        for text in [
            "",
            "26",
            "2026-H3",
            "2026-13",
            "2026-1",
            "2026-02-30/2026-03-01",
            "2026-04-01",
            "2026-05-01/2026-04-01",
            "+026",
            "2026-q1",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_shortest_form_is_the_same_period() {
        for (text, short) in [
            ("2026-01-01/2026-12-31", "2026"),
            ("2026-07-01/2026-12-31", "2026-H2"),
            ("2026-01-01/2026-06-30", "2026-H1"),
            ("2026-10-01/2026-12-31", "2026-Q4"),
            ("2024-02-01/2024-02-29", "2024-02"),
            ("2023-02-01/2023-02-27", "2023-02-01/2023-02-27"),
            ("2026-04-01/2026-09-30", "2026-04-01/2026-09-30"),
            ("2026-Q1", "2026-Q1"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.short(), short);
            assert_eq!(Period::parse(short), Some(period));
        }
    }

    #[test]
    fn both_ends_count() {
        let date = |text| parse_date(text).unwrap();
        let period = Period::parse("2026-04-01/2026-09-30").unwrap();
        assert_eq!(period.days_open(date("2026-04-01"), Some(date("2026-05-15"))), 45);
        assert_eq!(period.days_open(date("2025-01-01"), None), 183);
        assert_eq!(period.days_open(date("2025-01-01"), Some(date("2026-04-01"))), 1);
        assert_eq!(period.days_open(date("2025-01-01"), Some(date("2026-03-31"))), 0);
        assert_eq!(period.days_open(date("2026-10-01"), None), 0);
        assert_eq!(period.days_open(date("2027-10-01"), None), 0);
    }
}
