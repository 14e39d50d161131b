//! A plan's tables as typed cells: what leaves as CSV, JSON and workbook.

use super::plan::Plan;
use super::standing::{MeasureStanding, MixCheck, PeriodRow, Standing};
use crate::report::{Cell, Sheet};
use crate::stats::proportion_text;

/// A column that is called the same in CSV and JSON.
const fn same(name: &'static str) -> (&'static str, &'static str) {
    (name, name)
}

impl Standing {
    /// The quarterly table: a row per measure, period and group. A measure without any period
    /// yet has one row with its baseline and goal.
    pub fn sheet(&self, plan: &Plan) -> Sheet {
        let mut rows = Vec::new();
        for one in &self.measures {
            let group: Vec<_> = one.group.iter().cloned().map(Some).collect();
            let periods = one.periods.iter().map(Some);
            let none = one.periods.is_empty().then_some(None);
            for row in periods.chain(none) {
                rows.push((group.clone(), self.cells(plan, one, row)));
            }
        }
        Sheet {
            groups: self.columns.iter().map(|column| column.name()).collect(),
            columns: vec![
                same("item"),
                same("title"),
                same("source"),
                same("period"),
                same("first_day"),
                same("last_day"),
                same("applicable"),
                same("strength"),
                ("percent", "proportion"),
                same("low"),
                same("high"),
                same("baseline_period"),
                same("baseline_applicable"),
                same("baseline_strength"),
                ("baseline_percent", "baseline_proportion"),
                same("goal"),
                same("method"),
                same("minimum"),
                same("state"),
                same("points_to_goal"),
                same("cases_to_goal"),
                same("since_baseline"),
                same("since_baseline_low"),
                same("since_baseline_high"),
                same("beyond_noise"),
                same("case_mix"),
                same("next_period"),
                same("next_n"),
                ("next_percent", "next_proportion"),
                same("strategies"),
                same("note"),
                same("period_ended"),
            ],
            rows,
        }
    }

    fn cells(&self, plan: &Plan, one: &MeasureStanding, row: Option<&PeriodRow>) -> Vec<Cell> {
        let text = |text: String| Cell::Note(Some(text).filter(|text| !text.is_empty()));
        let of = |take: fn(&PeriodRow) -> String| text(row.map(take).unwrap_or_default());
        let (x, n) = row.map_or((0, 0), |row| (row.x, row.n));
        let bound = |take: fn(&PeriodRow) -> Option<f64>| Cell::Bound(row.and_then(take));
        let change = |take: fn(&crate::stats::Change) -> f64| {
            Cell::Bound(row.and_then(|row| row.change.as_ref().map(take)))
        };
        // What is coming is said once, beside the last period.
        let last = one.periods.last().map(|row| &row.window) == row.map(|row| &row.window);
        let next = one.next.as_ref().filter(|_| last);
        let due = row.map(|row| {
            row.due.iter().map(|at| self.strategies[*at].1.title.clone()).collect::<Vec<_>>()
        });
        let mut notes: Vec<String> = one.notes.iter().map(|note| (*note).to_owned()).collect();
        if plan.practice {
            notes.push("practice: nothing here is real".to_owned());
        }
        if !one.group.is_empty() {
            notes.push("the goal is the state's, here for reference".to_owned());
        }
        vec![
            Cell::Text(one.id.clone()),
            Cell::Text(one.title.clone()),
            Cell::Text(if one.aggregate { "aggregate" } else { "case-review" }.to_owned()),
            of(|row| row.window.name.clone()),
            of(|row| row.window.days.first().to_string()),
            of(|row| row.window.days.last().to_string()),
            Cell::Count(n),
            Cell::Count(x),
            Cell::Share { x, n },
            bound(|row| row.interval.map(|interval| interval.low)),
            bound(|row| row.interval.map(|interval| interval.high)),
            Cell::Text(one.baseline_period.short()),
            Cell::Count(one.baseline.1),
            Cell::Count(one.baseline.0),
            Cell::Share { x: one.baseline.0, n: one.baseline.1 },
            Cell::Bound(one.goal.map(|goal| goal.value)),
            Cell::Text(match one.goal {
                Some(goal) if goal.margin.is_none() => "agreed".to_owned(),
                _ => plan.method_cell(),
            }),
            Cell::Count(one.minimum),
            of(|row| row.state.code().to_owned()),
            bound(|row| row.points),
            match row.and_then(|row| row.cases) {
                Some(cases) => Cell::Count(cases),
                None => Cell::Note(None),
            },
            change(|change| change.difference),
            change(|change| change.interval.low),
            change(|change| change.interval.high),
            of(|row| match row.is_sure() {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None => String::new(),
            }),
            of(|row| mix_words(&row.mix)),
            Cell::Note(next.map(|next| next.window.clone())),
            next.map_or(Cell::Note(None), |next| Cell::Count(next.n)),
            Cell::Bound(next.map(|next| next.expected)),
            text(due.unwrap_or_default().join("; ")),
            text(notes.join("; ")),
            of(|row| if row.runs { "no" } else { "yes" }.to_owned()),
        ]
    }
}

/// The case mix in words, strata that moved with both shares.
pub(super) fn mix_words(mix: &MixCheck) -> String {
    match mix {
        MixCheck::Unknown => String::new(),
        MixCheck::Within => "within".to_owned(),
        MixCheck::Outside(moved) => {
            let one = |(stratum, then, now): &(String, f64, f64)| {
                format!("{stratum} {} -> {} %", proportion_text(*then), proportion_text(*now))
            };
            format!("outside: {}", moved.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Baseline and goal of each measure.
pub fn baseline_sheet(plan: &Plan, standing: &Standing) -> Sheet {
    let rows = standing.measures.iter().map(|one| {
        let cells = vec![
            Cell::Text(one.id.clone()),
            Cell::Text(one.title.clone()),
            Cell::Text(source(one)),
            Cell::Text(one.baseline_period.short()),
            Cell::Count(one.baseline.1),
            Cell::Count(one.baseline.0),
            Cell::Share { x: one.baseline.0, n: one.baseline.1 },
            Cell::Bound(one.baseline_interval.map(|interval| interval.low)),
            Cell::Bound(one.baseline_interval.map(|interval| interval.high)),
            Cell::Bound(one.goal.and_then(|goal| goal.margin)),
            Cell::Bound(one.goal.map(|goal| goal.value)),
            Cell::Text(match one.goal {
                Some(goal) if goal.margin.is_none() => "agreed".to_owned(),
                _ => plan.method_cell(),
            }),
            Cell::Count(one.minimum),
            Cell::Note(Some(one.notes.join("; ")).filter(|note| !note.is_empty())),
        ];
        (one.group.iter().cloned().map(Some).collect(), cells)
    });
    Sheet {
        groups: standing.columns.iter().map(|column| column.name()).collect(),
        columns: vec![
            same("item"),
            same("title"),
            same("source"),
            same("baseline_period"),
            same("applicable"),
            same("strength"),
            ("percent", "proportion"),
            same("low"),
            same("high"),
            same("margin"),
            same("goal"),
            same("method"),
            same("minimum"),
            same("note"),
        ],
        rows: rows.collect(),
    }
}

/// Where a baseline comes from.
pub(super) fn source(one: &MeasureStanding) -> String {
    match (one.aggregate, one.baseline_typed) {
        (true, _) => "aggregate, typed in",
        (false, true) => "case-review, typed in",
        (false, false) => "case-review",
    }
    .to_owned()
}

/// The strategies of a plan.
pub fn strategy_sheet(standing: &Standing) -> Sheet {
    let rows = standing.strategies.iter().map(|(letter, one)| {
        let cells = vec![
            Cell::Text(letter.clone()),
            Cell::Text(one.title.clone()),
            Cell::Note(Some(one.items.join(";")).filter(|items| !items.is_empty())),
            Cell::Note(one.region.clone()),
            Cell::Note(one.county.clone()),
            Cell::Text(one.owner.clone()),
            Cell::Text(one.due.to_string()),
            Cell::Note(one.approved_by.clone()),
            Cell::Text(one.status.code().to_owned()),
        ];
        (Vec::new(), cells)
    });
    Sheet {
        groups: Vec::new(),
        columns: [
            "strategy",
            "title",
            "items",
            "region",
            "county",
            "owner",
            "due_day",
            "approved_by",
            "status",
        ]
        .map(same)
        .to_vec(),
        rows: rows.collect(),
    }
}
