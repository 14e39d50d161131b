//! What a page of results joins beside the ratings: how far readers agree, and where the
//! improvement plan stands.

use std::collections::BTreeMap;

use crate::cli::{agreement, pip};
use crate::pip::{Plan, Standing, baseline_sheet, strategy_sheet};
use crate::report::page::Further;
use crate::report::{AgreementQuery, Measured, PairColumn, PairFilter, Query};
use crate::sampling::Period;
use crate::store::{StoreError, Workspace};
use crate::text::clean;

/// The columns of agreement that a page shows; `report agreement` has all.
const AGREEMENT: [&str; 9] =
    ["item", "title", "n", "percent_agreement", "low", "high", "kappa", "ac1", "note"];
/// The columns of the quarterly table that a page shows; `pip status` has all.
const STATUS: [&str; 15] = [
    "item",
    "title",
    "period",
    "applicable",
    "strength",
    "percent",
    "low",
    "high",
    "goal",
    "state",
    "period_ended",
    "points_to_goal",
    "cases_to_goal",
    "since_baseline",
    "beyond_noise",
];
/// The columns of the baselines that a page shows; `pip baseline` has all.
const BASELINE: [&str; 11] = [
    "item",
    "title",
    "baseline_period",
    "applicable",
    "strength",
    "percent",
    "low",
    "high",
    "margin",
    "goal",
    "minimum",
];

/// What is joined.
#[derive(Debug, Default)]
pub(in crate::cli) struct Joined {
    /// Agreement and the plan, each where there is something to tell.
    pub more: Vec<Further>,
    /// Goals of items, as proportions.
    pub goals: BTreeMap<String, f64>,
    /// Strategies: item, period they are due in, words.
    pub marks: Vec<(String, String, String)>,
    /// Why something is left out.
    pub said: Vec<String>,
}

impl Joined {
    /// Reads it. `periods` and `instruments` (short titles) are those of the results: goals are
    /// only drawn where all of these were rated with the plan's instrument.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn read(
        workspace: &Workspace,
        query: &Query,
        periods: &[String],
        instruments: &[String],
    ) -> Result<Self, StoreError> {
        let mut joined = Self::default();
        joined.more.extend(agreement(workspace, query)?);
        if workspace.team().plan().is_none() {
            return Ok(joined);
        }
        let Ok(plan) = pip::plan_of(workspace) else {
            let said = "the improvement plan in force can't be read: `pip plan` says why";
            joined.said.push(said.to_owned());
            return Ok(joined);
        };
        let standing = pip::measure(workspace, &plan, &[])?;
        joined.more.extend(plan_tables(&plan, &standing));
        if fits(&plan, instruments) {
            joined.goals = goals_of(&standing);
            joined.marks = marks(&plan, periods);
        }
        Ok(joined)
    }
}

/// Whether goals of a plan can be held against reviews with these instruments (short titles).
fn fits(plan: &Plan, instruments: &[String]) -> bool {
    instruments.iter().all(|short| short == plan.instrument.short())
}

fn goals_of(standing: &Standing) -> BTreeMap<String, f64> {
    let goal = |one: &crate::pip::MeasureStanding| Some((one.id.clone(), one.goal?.value));
    standing.measures.iter().filter(|one| !one.aggregate).filter_map(goal).collect()
}

/// Goals of items as proportions, of the plan in force; none where reviews were made with another
/// instrument (short titles).
///
/// # Errors
/// When the file can't be read.
pub(in crate::cli) fn goals(
    workspace: &Workspace,
    instruments: &[String],
) -> Result<BTreeMap<String, f64>, StoreError> {
    if workspace.team().plan().is_none() {
        return Ok(BTreeMap::new());
    }
    match pip::plan_of(workspace) {
        Ok(plan) if fits(&plan, instruments) => Ok(goals_of(&pip::measure(workspace, &plan, &[])?)),
        _ => Ok(BTreeMap::new()),
    }
}

/// How far readers agree, where pairs can be told apart by what the query asks for.
fn agreement(workspace: &Workspace, query: &Query) -> Result<Option<Further>, StoreError> {
    let filters: Option<Vec<PairFilter>> = query
        .filters
        .iter()
        .map(|filter| {
            let column = PairColumn::from_name(filter.column.name())?;
            Some(PairFilter { column, value: filter.value.clone() })
        })
        .collect();
    let Some(filters) = filters else { return Ok(None) };
    let (twice, standing) = agreement::read_twice(workspace)?;
    let table = twice.table(&AgreementQuery {
        measured: Measured::Items,
        by: Vec::new(),
        filters,
        total: false,
        sub_items: false,
        level: query.level,
    });
    let says = "Measured on reviews as they were first handed in, before QA and settling, always \
                by how the two came by their evidence (mode). n is the pairs in which both rated \
                the item; kappa and AC1 reach from -1 to 1 and take out what chance alone would \
                bring.";
    let mut says = vec![says.to_owned()];
    says.extend(standing.said());
    Ok(Some(Further {
        title: "How far two readers agree".to_owned(),
        sheet: table.sheet().only(&AGREEMENT),
        says,
    }))
}

/// The plan's tables: where each measure stands, baselines and goals, strategies.
pub(in crate::cli) fn plan_tables(plan: &Plan, standing: &Standing) -> Vec<Further> {
    let mut says = vec![format!(
        "{}, in force since {}, measured to {}. It is measured over the whole state, whatever \
         else this page is narrowed to. A goal is met by a period with applicable cases enough; \
         beyond noise says whether the change since the baseline is more than sampling explains.",
        clean(&plan.title),
        plan.effective,
        plan.last_day()
    )];
    if plan.practice {
        says.push("Practice reviews are measured: nothing here is real.".to_owned());
    }
    says.extend(standing.notes.iter().map(|note| format!("{note}.")));
    let strategies = strategy_sheet(standing);
    vec![
        Further {
            title: "Improvement plan: where each measure stands".to_owned(),
            sheet: standing.sheet(plan).only(&STATUS),
            says,
        },
        Further {
            title: "Improvement plan: baselines and goals".to_owned(),
            sheet: baseline_sheet(plan, standing).only(&BASELINE),
            says: vec![format!("Goals are agreed or computed: {}.", plan.method_cell())],
        },
        Further {
            title: "Improvement plan: strategies".to_owned(),
            sheet: strategies,
            says: Vec::new(),
        },
    ]
}

/// The strategies of the whole state, at the period of the results each is due in.
fn marks(plan: &Plan, periods: &[String]) -> Vec<(String, String, String)> {
    let mut marks = Vec::new();
    for one in &plan.strategies {
        if one.region.is_some() || one.county.is_some() {
            continue;
        }
        let holds = |name: &&String| {
            let days = Period::parse(name);
            days.is_some_and(|days| days.first() <= one.due && one.due <= days.last())
        };
        let Some(period) = periods.iter().find(holds) else { continue };
        let words = format!("{}, due {}", one.title, one.due);
        let all = plan.items.iter().map(|item| plan.instrument.item(item.item).id().to_owned());
        let items: Vec<String> =
            if one.items.is_empty() { all.collect() } else { one.items.clone() };
        marks.extend(items.into_iter().map(|item| (item, period.clone(), words.clone())));
    }
    marks
}
