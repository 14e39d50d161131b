//! `page results` and `page region`: results as pages.

use clap::Args;

use super::Target;
use super::heading::{of_draws, title, undrawn};
use super::joined::Joined;
use crate::cli::report::{
    Asked, Beside, LineColumns, Released, Sampled, Wants, all_rules, count_readings, counted_only,
    foot, foot_of, own_alone, release, tally,
};
use crate::cli::{Failure, Global, workspace};
use crate::report::page::{self, Audience};
use crate::report::suppress::Follows;
use crate::report::{
    Column, Counter, Filter, Participants, Query, Sheet, Subject, TrendTable, is_part,
};
use crate::store::{StoreError, Workspace};
use crate::text::{clean_lines, list_or};

const RESULTS: LineColumns = LineColumns { lines: "pages", columns: &[] };

/// `page results`.
#[derive(Debug, Args)]
pub struct Results {
    #[command(flatten)]
    asked: Asked,
}

/// `page region`.
#[derive(Debug, Args)]
pub struct Region {
    /// The region, as reports name it
    region: String,
    /// Only this period; else the latest is held against the one before
    #[arg(long)]
    period: Option<String>,
    /// Refused: the page is for the region's director
    #[arg(long)]
    public: bool,
    #[command(flatten)]
    target: Target,
}

impl Results {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        let mut query = self.asked.query(RESULTS)?;
        if query.by.is_empty() {
            query.by.push(Column::Region);
        }
        if query.by.contains(&Column::Period) {
            let text = "error: --by period: the page tells periods apart anyway\n  help: give what the groups shall be, such as --by county";
            return Err(Failure::BadInput(text.to_owned()));
        }
        let workspace = workspace::open(global)?;
        own_alone(&workspace, &mut query)?;
        let threshold = self.asked.public.then(|| self.asked.threshold());
        let (page, said) = whole(&workspace, &query, threshold)?;
        let (out, force) = self.asked.way.into_file();
        let target = Target { out, force };
        target.put(&page, &said)
    }
}

/// The full report of a workspace, and what is said beside it. With a threshold it is for the
/// public: all its tables are one release.
///
/// # Errors
/// When the workspace can't be read, or what is to be hidden can't be found.
pub fn whole(
    workspace: &Workspace,
    query: &Query,
    threshold: Option<u64>,
) -> Result<(page::Page, Vec<String>), Failure> {
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let mut sheets = Sheets::read(workspace, query, threshold.is_none()).map_err(failed)?;
    sheets.beside.must_be_heard()?;
    let sampled = Sampled::read(workspace).map_err(failed)?;
    let mut eliminations = sampled.eliminations(workspace, &elimination_query(query))?.sheet();
    let mut beside = sheets.beside.lines();
    // Goals give baselines away, and pairs are few: neither is for the public.
    let joined = match threshold {
        None => Joined::read(workspace, query, &sheets.beside.periods, &sheets.instruments)
            .map_err(failed)?,
        Some(_) => Joined::default(),
    };
    let mut said = beside.clone();
    said.extend(joined.said.iter().cloned());
    said.extend(sampled.lines(&query.filters, true));
    let mut audience = Audience::Internal;
    if let Some(threshold) = threshold {
        audience = Audience::Public { threshold };
        let rules = all_rules(workspace).map_err(failed)?;
        let Released { hidden, counts, left_out } =
            sheets.hide(&mut eliminations, &rules, threshold)?;
        // What is said of the sample counts cases too.
        said = vec![format!(
            "All tables of this page are one release: {hidden} of {counts} counts are hidden, \
             so that none of 1 to {} can be worked out from all of them together.",
            threshold - 1
        )];
        beside = vec![
            format!(
                "for the public: {hidden} of {counts} counts are hidden, over all tables of the \
                 page together"
            ),
            "the page is one release: publish it alone. A report of the same reviews made by \
             itself with --public may give away what the page hides"
                .to_owned(),
        ];
        said.extend(left_out.iter().map(|line| format!("{}.", line.replacen('l', "L", 1))));
        beside.extend(left_out);
    }
    let foot = foot(workspace, query).map_err(failed)?;
    let sources = &sheets.beside.sources;
    let drawn = sampled.rounds(&query.filters);
    let mut says = Vec::new();
    // How many reviews a round has is for the agency.
    match threshold {
        None => says.extend(sources.says()),
        Some(_) => {
            let of = sources.of_rounds();
            says.push(page::counted_of(sheets.readings, &sheets.instruments, of));
            says.extend(sources.practice().map(str::to_owned));
        }
    }
    says.extend(query.kept().map(|kept| counted_only(&kept)));
    says.extend(undrawn(&sources.rounds(), &drawn));
    let names: Vec<&str> = query.by.iter().map(|column| column.title()).collect();
    let page = page::results(&page::Results {
        title: match sources.rounds().as_slice() {
            [_, ..] => format!("Results of case reviews: {}", sources.span()),
            _ => title(workspace, query).map_err(failed)?,
        },
        audience,
        readings: sheets.readings,
        instruments: &sheets.instruments,
        says,
        part: is_part(&query.filters),
        draws: of_draws(&drawn),
        group: &names.join(" and "),
        items: &sheets.items,
        by_group: &sheets.by_group,
        trend: &sheets.trend,
        trend_by_group: &sheets.trend_by_group,
        outcomes: &sheets.outcomes,
        outcomes_by_group: &sheets.outcomes_by_group,
        participants: &sheets.participants,
        eliminations: &eliminations,
        more: &joined.more,
        goals: &joined.goals,
        marks: &joined.marks,
        said: &said,
        foot,
    });
    Ok((page, beside))
}

impl Region {
    pub(super) fn run(self, global: &Global) -> Result<(), Failure> {
        if self.public {
            return Err(Failure::BadInput(
                "error: --public: a region's page is for its director: at the size of a region \
                 most counts would be hidden\n  help: `page results --public` has the regions \
                 beside each other, as one release"
                    .to_owned(),
            ));
        }
        let workspace = workspace::open(global)?;
        let page = of_region(&workspace, &self.region, self.period.as_deref())?;
        self.target.put(&page, &[])
    }
}

/// A region's page.
///
/// # Errors
/// Exit 2 for a region or period without a final review.
pub fn of_region(
    workspace: &Workspace,
    region: &str,
    period: Option<&str>,
) -> Result<page::Page, Failure> {
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let query = Query { total: false, ..Query::by(&[Column::Region, Column::Period]) };
    let (tally, _) = tally(workspace, query.clone()).map_err(failed)?;
    let table = tally.item_table();
    let mut regions: Vec<String> =
        table.rows.iter().filter_map(|row| row.group.first().cloned().flatten()).collect();
    regions.sort();
    regions.dedup();
    if !regions.iter().any(|known| known == region) {
        let known: Vec<&str> = regions.iter().map(String::as_str).collect();
        let help = if known.is_empty() {
            "no review is final yet".to_owned()
        } else {
            format!("it is {}", list_or(&known))
        };
        let text = format!("error: no final review has region={region}\n  help: {help}");
        return Err(Failure::BadInput(clean_lines(&text).into_owned()));
    }
    let periods: Vec<String> = {
        let of = table
            .rows
            .iter()
            .filter(|row| row.group.first().cloned().flatten().as_deref() == Some(region));
        let mut periods: Vec<String> =
            of.filter_map(|row| row.group.get(1).cloned().flatten()).collect();
        periods.sort();
        periods.dedup();
        periods
    };
    let latest = match period {
        None => periods.last().cloned().unwrap_or_default(),
        Some(period) if periods.iter().any(|known| known == period) => period.to_owned(),
        Some(period) => {
            let known: Vec<&str> = periods.iter().map(String::as_str).collect();
            let known = list_or(&known);
            let text = format!(
                "error: --period {period}: {region} has no final review in it\n  help: it is {known}"
            );
            return Err(Failure::BadInput(clean_lines(&text).into_owned()));
        }
    };
    let before = periods.iter().rfind(|period| **period < latest).cloned();
    let of_period = Query {
        filters: vec![Filter { column: Column::Period, value: latest.clone() }],
        ..Query::by(&[Column::Region])
    };
    let (now, beside) = tally_of(workspace, of_period).map_err(failed)?;
    let trend = TrendTable::of(&table);
    let marks = beside.marks.only(Column::Region, region);
    Ok(page::region(&page::RegionResults {
        region,
        period: &latest,
        before: before.as_deref(),
        now: &now,
        trend: &trend,
        set: &marks.items(),
        noted: &marks.noted().words(),
        practice: beside.sources.practice(),
        foot: &foot_of(workspace, region, &latest).map_err(failed)?,
    }))
}

fn tally_of(
    workspace: &Workspace,
    query: Query,
) -> Result<(crate::report::ItemTable, Beside), StoreError> {
    let (tally, beside) = tally(workspace, query)?;
    Ok((tally.item_table(), beside))
}

/// The reports a full page joins.
pub(in crate::cli) struct Sheets {
    /// Final reviews counted.
    pub readings: u64,
    /// Short titles of their instruments.
    pub instruments: Vec<String>,
    /// Items.
    pub items: Sheet,
    /// Items by the groups asked for.
    pub by_group: Sheet,
    /// Items by period; empty where there is one.
    pub trend: Sheet,
    /// The same by the groups asked for.
    pub trend_by_group: Sheet,
    /// Outcomes.
    pub outcomes: Sheet,
    /// Outcomes by the groups asked for.
    pub outcomes_by_group: Sheet,
    /// Mother, father, child apart.
    pub participants: Sheet,
    /// What is said beside the numbers.
    pub beside: Beside,
}

impl Sheets {
    /// Counts them. `mark`: rows in which a marked review counts have columns that say so; in
    /// groups as small as a public page hides they would tell of single cases.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn read(workspace: &Workspace, query: &Query, mark: bool) -> Result<Self, StoreError> {
        let on = |beside: &Beside, sheet: Sheet| match mark {
            true => beside.marks.on(&sheet),
            false => sheet,
        };
        let whole = Query { by: Vec::new(), ..query.clone() };
        let (all, beside) = tally(workspace, whole.clone())?;
        let (groups, by_group) = tally(workspace, query.clone())?;
        let (items, outcomes) = (all.item_table(), all.outcome_table());
        let mut trend = Sheet::empty();
        let mut trend_by_group = Sheet::empty();
        if beside.periods.len() > 1 {
            let by_period = |query: &Query| -> Result<Sheet, StoreError> {
                let (tally, beside) = tally(workspace, TrendTable::by_period(query))?;
                Ok(on(&beside, TrendTable::of(&tally.item_table()).sheet()))
            };
            trend = by_period(&whole)?;
            trend_by_group = by_period(query)?;
        }
        let (participants, asked) = shares(workspace, Participants::default(), &whole)?;
        Ok(Self {
            readings: items.readings,
            instruments: items.instruments.clone(),
            items: on(&beside, items.sheet()),
            by_group: on(&by_group, groups.item_table().sheet()),
            trend,
            trend_by_group,
            outcomes: on(&beside, outcomes.sheet()),
            outcomes_by_group: on(&by_group, groups.outcome_table().sheet()),
            participants: on(&asked, participants),
            beside,
        })
    }
}

impl Sheets {
    /// Hides over all tables of the page together.
    fn hide(
        &mut self,
        eliminations: &mut Sheet,
        rules: &[Follows],
        threshold: u64,
    ) -> Result<Released, Failure> {
        if self.readings < threshold {
            return Err(Failure::BadInput(format!(
                "error: --public: fewer than {threshold} final reviews are counted: nothing of \
                 them can be published\n  help: wait until more reviews are final"
            )));
        }
        release(
            &mut [
                ("Items", &mut self.items),
                ("Items", &mut self.by_group),
                ("Trend", &mut self.trend),
                ("Trend", &mut self.trend_by_group),
                ("Outcomes", &mut self.outcomes),
                ("Outcomes", &mut self.outcomes_by_group),
                ("Participants", &mut self.participants),
                ("Eliminations", eliminations),
            ],
            rules,
            threshold,
        )
    }
}

fn shares<S: Subject>(
    workspace: &Workspace,
    subject: S,
    query: &Query,
) -> Result<(Sheet, Beside), StoreError> {
    let mut counter = Counter::new(subject, query.clone());
    let wants = Wants { answers: counter.needs_answers(), otherwise: "" };
    let beside = count_readings(workspace, &mut counter, query, wants)?;
    Ok((counter.table().sheet(), beside))
}

/// A sample knows fewer facts than a reading: by what it knows.
pub(in crate::cli) fn elimination_query(query: &Query) -> Query {
    let known = |column: &Column| {
        !matches!(
            column,
            Column::Reviewer
                | Column::Cluster
                | Column::Instrument
                | Column::Item
                | Column::Month
                | Column::Participant
        )
    };
    Query {
        by: Vec::new(),
        filters: query.filters.iter().filter(|filter| known(&filter.column)).cloned().collect(),
        ..query.clone()
    }
}
