//! `report state --from DATE --to DATE`: the six-month report, which joins the others.

use super::asked::{Asked, LineColumns};
use super::counting::Beside;
use super::origin::foot;
use super::put::INTERNAL;
use super::{Sampled, alerts, counted_only, own_alone, progress, state, tally};
use crate::cli::output::note;
use crate::cli::page::{Sheets, elimination_query, plan_tables};
use crate::cli::{Failure, Format, Global, pip, workspace};
use crate::pip::status_text;
use crate::report::page::{self, Audience, Further, StateReport, Told, state_report_text};
use crate::report::{
    Column, Filter, Query, Sheet, TrendTable, items_text, outcomes_text, shares_text, state_text,
    trend_text,
};
use crate::sampling::Period;
use crate::store::{StoreError, Workspace};
use crate::text::{clean, clean_lines, count, list_and};

/// Sheets a workbook of the report has also where they are without rows.
const ALWAYS: [&str; 2] = ["Eliminations", "Alerts"];

const REPORT: LineColumns = LineColumns { lines: "state reports", columns: &[] };

/// Joins and prints.
///
/// # Errors
/// Exit 2 for days that are none, for a way out that takes one table, and for filters on the
/// period, which the days tell.
pub fn run(global: &Global, asked: &Asked, days: &str) -> Result<(), Failure> {
    let Some(days) = Period::parse(days) else {
        let text = format!(
            "error: --from and --to: {} is no stretch of days\n  help: write both as 2026-07-01, the earlier one first",
            days.replace('/', " to ")
        );
        return Err(Failure::BadInput(clean_lines(&text).into_owned()));
    };
    can_leave(global, asked)?;
    let mut query = asked.query(REPORT)?;
    if query.filters.iter().any(|filter| filter.column == Column::Period) {
        return Err(bad(
            "error: --where period: --from and --to say which periods are counted\n  help: leave one of them out",
        ));
    }
    if query.by.contains(&Column::Period) {
        return Err(bad("error: --by period: the report tells periods apart anyway"));
    }
    if query.by.is_empty() {
        query.by.push(Column::Region);
    }
    let workspace = workspace::open(global)?;
    own_alone(&workspace, &mut query)?;
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let all = tally(&workspace, Query::by(&[])).map_err(failed)?.1.periods;
    let periods = within(&all, days);
    if periods.is_empty() {
        let there = match all.as_slice() {
            [] => "no review is final yet".to_owned(),
            all => format!("final reviews are of {}", list_and(all)),
        };
        let (first, last) = (days.first(), days.last());
        note(&clean(&format!(
            "nothing to report: no period with a final review lies between {first} and {last}; {there}"
        )));
        return Ok(());
    }
    let of_period = |name: &String| Filter { column: Column::Period, value: name.clone() };
    query.filters.extend(periods.iter().map(of_period));
    let joined = Joined::read(&workspace, &query, (&all, days))?;
    joined.sheets.beside.must_be_heard()?;
    let sources = &joined.sheets.beside.sources;
    let title = format!("State report on case reviews: {}", sources.span());
    let foot = foot(&workspace, &rounds(&workspace, &query, days).map_err(failed)?);
    let report = StateReport {
        title: clean(&title).into_owned(),
        audience: Audience::Internal,
        days: format!("{} to {}", days.first(), days.last()),
        periods: &periods,
        readings: joined.sheets.readings,
        instruments: &joined.sheets.instruments,
        practice: sources.practice(),
        kept: asked.kept().map(|kept| counted_only(&kept)),
        items: &joined.sheets.items,
        trend: &joined.moved,
        tables: &joined.tables,
        said: &joined.said,
        foot: foot.map_err(failed)?,
    };
    if global.is_page() {
        return asked.way.put_page(&page::state(&report));
    }
    let elsewhere = page::elsewhere();
    // That nothing happened is told by a sheet without rows; a sheet that was left out tells
    // nothing.
    let told = |told: &&Told| ALWAYS.contains(&told.name) || !told.further.sheet.rows.is_empty();
    let tables = joined.tables.iter().filter(told);
    let tables = tables.map(|told| (told.name, &told.further.sheet));
    let tables: Vec<(&str, &Sheet)> = tables.chain([("From elsewhere", &elsewhere)]).collect();
    asked.way.put(global, || state_report_text(&report) + INTERNAL, &tables)
}

/// Which ways out take more than one table.
fn can_leave(global: &Global, asked: &Asked) -> Result<(), Failure> {
    super::can_leave(global, asked)?;
    if matches!(global.format, Some(Format::Csv | Format::Json)) && !global.is_page() {
        return Err(bad(
            "error: --format: this report joins many tables\n  help: take text, html or xlsx; \
             `report items` and the others give each table as csv or json",
        ));
    }
    if asked.public {
        return Err(bad(
            "error: --public: the state report can't be published: how its numbers follow from \
             each other is not guarded\n  help: `report items --public` and outcomes, trend, \
             questions, participants and progress can",
        ));
    }
    Ok(())
}

fn bad(text: &str) -> Failure {
    Failure::BadInput(text.to_owned())
}

/// The periods that lie in the days as a whole.
fn within(periods: &[String], days: Period) -> Vec<String> {
    let holds = |name: &&String| {
        Period::parse(name)
            .is_some_and(|one| days.first() <= one.first() && one.last() <= days.last())
    };
    periods.iter().filter(holds).cloned().collect()
}

/// The query on the rounds whose period lies in the days, in place of the periods.
fn rounds(workspace: &Workspace, query: &Query, days: Period) -> Result<Query, StoreError> {
    let mut query = query.clone();
    query.filters.retain(|filter| filter.column != Column::Period);
    if !query.filters.iter().any(|filter| filter.column == Column::Round) {
        let rows = workspace.rounds()?;
        let is_within = |period: &String| !within(std::slice::from_ref(period), days).is_empty();
        let names = rows.iter().filter(|row| is_within(&row.period));
        let filter = |name: &String| Filter { column: Column::Round, value: name.clone() };
        query.filters.extend(names.map(|row| filter(&row.name)));
    }
    Ok(query)
}

/// What the report joins.
struct Joined {
    sheets: Sheets,
    /// The trend up to the periods counted.
    moved: Sheet,
    tables: Vec<Told>,
    said: Vec<String>,
}

impl Joined {
    fn read(
        workspace: &Workspace,
        query: &Query,
        (all, days): (&[String], Period),
    ) -> Result<Self, Failure> {
        let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
        let sheets = Sheets::read(workspace, query, true).map_err(failed)?;
        let mut said = sheets.beside.lines();
        let mut tables = results(workspace, query, &sheets).map_err(failed)?;
        let (trend, moved) = trend(workspace, query, (all, days)).map_err(failed)?;
        tables.insert(1, trend);
        let in_rounds = rounds(workspace, query, days).map_err(failed)?;
        tables.extend(weighted(workspace, &in_rounds, &mut said)?);
        tables.push(standing(workspace, &in_rounds)?);
        let sampled = Sampled::read(workspace).map_err(failed)?;
        let gone = Query {
            by: query.by.iter().copied().filter(|by| sampled_by(*by)).collect(),
            total: true,
            ..elimination_query(query)
        };
        let table = sampled.eliminations(workspace, &gone)?;
        said.extend(sampled.lines(&gone.filters, true));
        tables.push(Told {
            name: "Eliminations",
            text: if table.rows.is_empty() { String::new() } else { table.text() },
            further: Further {
                title: "Cases eliminated, by region and reason".to_owned(),
                sheet: table.sheet(),
                says: Vec::new(),
            },
            nothing: match sampled.rounds(&gone.filters).is_empty() {
                true => "No sample of these months was drawn in this workspace.",
                false => "No case of the sample was eliminated.",
            },
        });
        tables.push(concerns(workspace, query, days)?);
        tables.extend(plan(workspace, &mut said).map_err(failed)?);
        Ok(Self { sheets, moved, tables, said })
    }
}

/// Whether a sample knows the column.
fn sampled_by(column: Column) -> bool {
    matches!(
        column,
        Column::Region
            | Column::County
            | Column::CaseType
            | Column::Round
            | Column::ReviewKind
            | Column::Stratum
    )
}

/// Items and outcomes, over all and by group.
fn results(workspace: &Workspace, query: &Query, sheets: &Sheets) -> Result<Vec<Told>, StoreError> {
    let whole = Query { by: Vec::new(), ..query.clone() };
    let (all, _): (_, Beside) = tally(workspace, whole)?;
    let (groups, _) = tally(workspace, query.clone())?;
    let names: Vec<&str> = query.by.iter().map(|column| column.title()).collect();
    let by = list_and(&names);
    let told = |name, title: String, sheet: &Sheet, text| Told {
        name,
        text,
        further: Further { title, sheet: sheet.clone(), says: Vec::new() },
        nothing: "No item was rated.",
    };
    let mut tables = vec![
        told("Items", "Items".to_owned(), &sheets.items, items_text(&all.item_table())),
        told(
            "Items by group",
            format!("Items by {by}"),
            &sheets.by_group,
            items_text(&groups.item_table()),
        ),
    ];
    let outcomes = all.outcome_table();
    if !outcomes.rows.is_empty() {
        tables.push(told(
            "Outcomes",
            "Outcomes".to_owned(),
            &sheets.outcomes,
            outcomes_text(&outcomes),
        ));
        tables.push(told(
            "Outcomes by group",
            format!("Outcomes by {by}"),
            &sheets.outcomes_by_group,
            outcomes_text(&groups.outcome_table()),
        ));
    }
    Ok(tables)
}

/// Items from period to period up to these days, as told and as a table.
fn trend(
    workspace: &Workspace,
    query: &Query,
    (all, days): (&[String], Period),
) -> Result<(Told, Sheet), StoreError> {
    let mut until = Query { by: Vec::new(), ..query.clone() };
    let before = |name: &&String| Period::parse(name).is_some_and(|one| one.last() < days.first());
    let earlier = all.iter().filter(before);
    until
        .filters
        .extend(earlier.map(|name| Filter { column: Column::Period, value: name.clone() }));
    let (tally, beside) = tally(workspace, TrendTable::by_period(&until))?;
    let table = TrendTable::of(&tally.item_table());
    let sheet = beside.marks.on(&table.sheet());
    let several = table.rows.iter().any(|row| row.change.is_some());
    let told = Told {
        name: "Trend",
        text: if several { trend_text(&table) } else { String::new() },
        further: Further {
            title: "Items from period to period".to_owned(),
            sheet: if several { sheet.clone() } else { Sheet::empty() },
            says: Vec::new(),
        },
        nothing: "There is no earlier period to compare with.",
    };
    Ok((told, if several { sheet } else { Sheet::empty() }))
}

/// The state's weighted percents, where one sample was drawn and every stratum has a review.
fn weighted(
    workspace: &Workspace,
    query: &Query,
    said: &mut Vec<String>,
) -> Result<Option<Told>, Failure> {
    let rounds = |filter: &&Filter| matches!(filter.column, Column::Round);
    if query.filters.iter().any(|filter| !rounds(&filter)) {
        return Ok(None);
    }
    match state::estimate(workspace, query) {
        Ok((Some(table), beside)) => Ok(Some(Told {
            name: "Weighted",
            text: state_text(&table),
            further: Further {
                title: "The state's percents, weighted by strata".to_owned(),
                sheet: beside.marks.on(&table.sheet()),
                says: vec![
                    "Each stratum weighs as many cases as the frame has of it, with the finite \
                     population correction."
                        .to_owned(),
                ],
            },
            nothing: "No item was rated.",
        })),
        Ok((None, _)) => Ok(None),
        Err(Failure::BadInput(why)) => {
            let why = why.lines().next().unwrap_or_default().trim_start_matches("error: ");
            said.push(format!("the state's weighted percents are left out: {why}"));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// How far the cases of each county are.
fn standing(workspace: &Workspace, query: &Query) -> Result<Told, Failure> {
    let query = Query { by: vec![Column::County], total: true, ..progress::known(query) };
    let table = progress::table(workspace, &query)?;
    Ok(Told {
        name: "Status by county",
        text: if table.rows.is_empty() { String::new() } else { shares_text(&table) },
        further: Further {
            title: "Status of the reviews, by county".to_owned(),
            sheet: table.sheet(),
            says: vec![
                "Open cases are with nobody; handed in are those whose pair is not settled or \
                 that QA has. Eliminated cases and spares are left out."
                    .to_owned(),
            ],
        },
        nothing: "No round of these months has a case.",
    })
}

/// Alerts recorded in these days, without a word of them.
fn concerns(workspace: &Workspace, query: &Query, days: Period) -> Result<Told, Failure> {
    let query = Query { by: vec![Column::Region], total: true, ..alerts::known(query) };
    let in_days = |row: &crate::store::AlertRow| {
        let day = row.alert.at.utc().date_naive();
        days.first() <= day && day <= days.last()
    };
    let (table, followed) = alerts::table(workspace, &query, in_days)?;
    let mut says = vec![format!("Recorded from {} to {} (UTC).", days.first(), days.last())];
    if table.readings > 0 {
        says.push(format!(
            "{} recorded: {} with an answer written down, {} closed.",
            count(table.readings as usize, "alert", "alerts"),
            followed.answered,
            followed.closed
        ));
    }
    if !workspace.sees_seconds() {
        says.push("Counted are alerts on your own reviews; a lead sees all.".to_owned());
    }
    Ok(Told {
        name: "Alerts",
        text: if table.rows.is_empty() { String::new() } else { shares_text(&table) },
        further: Further {
            title: "Safety and other alerts".to_owned(),
            sheet: table.sheet(),
            says,
        },
        nothing: "No alert was recorded.",
    })
}

/// The improvement plan in force.
fn plan(workspace: &Workspace, said: &mut Vec<String>) -> Result<Vec<Told>, StoreError> {
    if workspace.team().plan().is_none() {
        said.push("no improvement plan is in force".to_owned());
        return Ok(Vec::new());
    }
    let Ok(plan) = pip::plan_of(workspace) else {
        said.push("the improvement plan in force can't be read: `pip plan` says why".to_owned());
        return Ok(Vec::new());
    };
    let standing = pip::measure(workspace, &plan, &[])?;
    let mut text = status_text(&plan, &standing);
    let names = ["PIP status", "PIP baseline", "Strategies"];
    let told = |(further, name): (Further, &'static str)| Told {
        name,
        further,
        text: std::mem::take(&mut text),
        nothing: "The plan has none.",
    };
    Ok(plan_tables(&plan, &standing).into_iter().zip(names).map(told).collect())
}
