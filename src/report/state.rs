//! The state's percentages, weighted by strata, beside the raw ones.

use std::fmt::Write;

use super::{Cell, ItemRow, ItemTable, Sheet};
use crate::stats::{
    self, Estimate, EstimateError, Interval, Level, StratumCount, percent_text, proportion_text,
    stratified,
};
use crate::text::{clean, count, fit, fit_right, list_and};

/// A stratum of the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameStratum {
    /// Its name.
    pub stratum: String,
    /// Eligible cases in the frame.
    pub size: u64,
}

/// One item of the state.
#[derive(Debug, Clone, PartialEq)]
pub struct StateRow {
    /// Id of the item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// Reviews rated Strength.
    pub strength: u64,
    /// Reviews rated Strength or ANI.
    pub applicable: u64,
    /// Wilson interval of the raw proportion.
    pub raw: Option<Interval>,
    /// The weighted estimate; none where no review was applicable.
    pub estimate: Option<Estimate>,
    /// The instrument's bar.
    pub bar: Option<f64>,
}

impl StateRow {
    /// The estimate's interval: by t where there is a degree of freedom, else by z.
    pub fn interval(&self) -> Option<Interval> {
        self.estimate.map(|estimate| estimate.student.unwrap_or(estimate.normal))
    }
    /// What there is to say of the estimate.
    pub fn note(&self) -> Option<String> {
        let lonely = self.estimate.map_or(0, |estimate| estimate.lonely);
        let strata = count(lonely as usize, "stratum has", "strata have");
        (lonely > 0).then(|| {
            format!("{strata} one review: how far its cases differ is taken from all of them")
        })
    }
}

/// The state's percentages.
#[derive(Debug, Clone, PartialEq)]
pub struct StateTable {
    /// Item by item.
    pub rows: Vec<StateRow>,
    /// Strata with a case in the frame.
    pub strata: usize,
    /// Cases in the frame.
    pub frame: u64,
    /// Final readings counted.
    pub readings: u64,
    /// Short titles of the instruments counted.
    pub instruments: Vec<String>,
    /// Confidence level of the intervals.
    pub level: Level,
}

/// Estimates from the report on items by stratum and the sizes of the strata in the frame.
///
/// # Errors
/// Strata whose counts give no estimate, by name: most often one without a final review yet.
pub fn state_table(
    by_stratum: &ItemTable,
    frame: &[FrameStratum],
) -> Result<StateTable, Vec<(String, EstimateError)>> {
    let mut rows: Vec<StateRow> = Vec::new();
    let mut items: Vec<&ItemRow> = Vec::new();
    for row in &by_stratum.rows {
        if !items.iter().any(|known| known.item == row.item) {
            items.push(row);
        }
    }
    for item in items {
        let of = |stratum: &FrameStratum| {
            let row = by_stratum.rows.iter().find(|row| {
                row.item == item.item && row.group.first() == Some(&Some(stratum.stratum.clone()))
            });
            let of = |count: fn(&ItemRow) -> u64| row.map_or(0, count);
            StratumCount {
                frame: stratum.size,
                // An item without a rating stands as not applicable, as a case it was sampled.
                sampled: of(|row| row.strength + row.ani + row.na + row.incomplete),
                applicable: of(ItemRow::applicable),
                strength: of(|row| row.strength),
            }
        };
        let counts: Vec<StratumCount> = frame.iter().map(of).collect();
        let estimate = stratified(&counts, by_stratum.level).map_err(|wrong| {
            let named = wrong.into_iter().map(|(at, error)| (frame[at].stratum.clone(), error));
            named.collect::<Vec<_>>()
        })?;
        let strength = counts.iter().map(|count| count.strength).sum();
        let applicable = counts.iter().map(|count| count.applicable).sum();
        rows.push(StateRow {
            item: item.item.clone(),
            title: item.title.clone(),
            strength,
            applicable,
            raw: stats::wilson(strength, applicable, by_stratum.level),
            estimate,
            bar: item.bar,
        });
    }
    Ok(StateTable {
        rows,
        strata: frame.iter().filter(|stratum| stratum.size > 0).count(),
        frame: frame.iter().map(|stratum| stratum.size).sum(),
        readings: by_stratum.readings,
        instruments: by_stratum.instruments.clone(),
        level: by_stratum.level,
    })
}

impl StateTable {
    /// The report as typed cells.
    pub fn sheet(&self) -> Sheet {
        let row = |row: &StateRow| {
            let interval = row.interval();
            let cells = vec![
                Cell::Text(row.item.clone()),
                Cell::Text(row.title.clone()),
                Cell::Count(row.applicable),
                Cell::Count(row.strength),
                Cell::Share { x: row.strength, n: row.applicable },
                Cell::Bound(row.raw.map(|interval| interval.low)),
                Cell::Bound(row.raw.map(|interval| interval.high)),
                Cell::Bound(row.estimate.map(|estimate| estimate.proportion)),
                Cell::Bound(row.estimate.map(|estimate| estimate.error)),
                Cell::Bound(interval.map(|interval| interval.low)),
                Cell::Bound(interval.map(|interval| interval.high)),
                Cell::Count(row.estimate.map_or(0, |estimate| estimate.degrees)),
                Cell::Bound(row.bar),
                Cell::Note(row.note()),
            ];
            (Vec::new(), cells)
        };
        Sheet {
            groups: Vec::new(),
            columns: [
                ("item", "item"),
                ("title", "title"),
                ("applicable", "applicable"),
                ("strength", "strength"),
                ("percent", "proportion"),
                ("low", "low"),
                ("high", "high"),
                ("estimate", "estimate"),
                ("error", "error"),
                ("estimate_low", "estimate_low"),
                ("estimate_high", "estimate_high"),
                ("degrees_of_freedom", "degrees_of_freedom"),
                ("bar", "bar"),
                ("note", "note"),
            ]
            .into(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// The report as aligned text.
pub fn state_text(table: &StateTable) -> String {
    let reviews = count(table.readings as usize, "final review", "final reviews");
    let strata = count(table.strata, "stratum", "strata");
    let mut out = clean(&format!(
        "State estimate: {reviews} of {} cases in {strata}, {}",
        table.frame,
        list_and(&table.instruments)
    ))
    .into_owned();
    let level = table.level.as_percent();
    let _ = write!(
        out,
        "\n\n  {}{}{}{}{}   {level} % interval\n",
        fit("", 30),
        fit_right("n", 6),
        fit_right("Strength", 10),
        fit_right("raw %", 8),
        fit_right("state %", 9),
    );
    for row in &table.rows {
        let label = clean(&format!("{} {}", row.item, row.title)).into_owned();
        let _ = write!(
            out,
            "  {}{}{}{}",
            fit(&label, 30),
            fit_right(&row.applicable.to_string(), 6),
            fit_right(&row.strength.to_string(), 10),
            fit_right(&percent_text(row.strength, row.applicable), 8),
        );
        let estimate = row.estimate.map_or("n/a".to_owned(), |e| proportion_text(e.proportion));
        out.push_str(&fit_right(&estimate, 9));
        if let Some(Interval { low, high }) = row.interval() {
            let (low, high) = (proportion_text(low), proportion_text(high));
            let _ = write!(out, "   {low:>4} - {high:>5}");
        }
        out.push('\n');
    }
    out.push_str(
        "\n  raw %    Strength of n (Strength and ANI), every review alike\n  \
         state %  each stratum weighs as many cases as it has in the frame; the interval is\n           \
         by t with the finite population correction. PIP measures stay unweighted\n",
    );
    let notes: Vec<String> = table.rows.iter().filter_map(StateRow::note).collect();
    if let Some(note) = notes.first() {
        let _ = writeln!(out, "  {note}");
    }
    out
}
