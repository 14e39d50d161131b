//! `report items|outcomes|trend|questions|sections|issues|measures|components|participants|
//! reasons|narratives|eliminations|progress|lateness|alerts|overrides|state`: results of final
//! readings; `report agreement|causes`: of pairs.

mod agreement;
mod alerts;
mod asked;
mod causes;
mod clusters;
mod counting;
mod crosswalk;
mod lateness;
mod made;
mod marks;
mod narratives;
mod opened;
mod origin;
mod overrides;
mod pair_asked;
mod progress;
mod public;
mod put;
mod sampled;
mod six_months;
mod state;
mod tallied;

use clap::{Args, Subcommand};

use super::{Failure, Format, Global, source, workspace};
use crate::instrument::Instrument;
use crate::report::explore::Topic;
use crate::report::{
    Column, Components, ItemTable, Query, Subject as Counted, Tally, TrendTable, bounded_sheet,
    bounds, bounds_text, items_text, outcomes_text, trend_text,
};
use crate::store::{StoreError, Workspace};
use crate::text::count;
pub(super) use asked::{Asked, LineColumns};
use asked::{AskedCounts, AskedRatings};
pub(super) use clusters::Clusters;
pub(super) use counting::{Beside, Wants, count_readings};
use crosswalk::Crossed;
pub(super) use lateness::{DAYS, day};
pub(super) use made::make;
use opened::opened;
pub(super) use opened::own_alone;
pub(super) use origin::{foot, foot_of};
pub(super) use public::{Released, all_rules, release};
pub(super) use put::counted_only;
use put::{can_leave, put};
pub(super) use sampled::Sampled;

/// Results: how often items were a Strength, questions answered Yes, issues cited
#[derive(Debug, Args)]
pub struct Report {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Debug, Subcommand)]
enum Subject {
    /// Strength, ANI and NA per item, with percent and interval
    Items(AskedRatings),
    /// Items from period to period, with the change; across rounds with --crosswalk
    Trend(AskedRatings),
    /// How far each outcome was achieved, with percent and interval
    Outcomes(AskedRatings),
    /// Practice performance: percent Yes of applicable per question, against the target
    Questions(AskedCounts),
    /// Percent Yes per section of a checklist, against the target
    Sections(AskedCounts),
    /// Issues cited in a checklist, by month and for the year to date, as percent of cases
    Issues(AskedCounts),
    /// What was made of what was due, such as visits by month, summed over reviewed cases
    Measures(AskedCounts),
    /// Ratings of a CFSR review told by the components of a state's practice model
    Components {
        #[command(flatten)]
        asked: AskedCounts,
        /// The instrument whose components are meant
        #[arg(long, value_name = "INSTRUMENT", default_value = "ms-practice-model")]
        model: String,
    },
    /// Mother, father, child and others apart: in how many reviews nothing that an item rates
    /// about the person fell short
    Participants(AskedCounts),
    /// Reasons given for not applicable
    Reasons(AskedCounts),
    /// Cases that left the sample, by reason: a line a reason, of the cases of each group
    Eliminations(Asked),
    /// Ratings set against the computed ones, by item and by the rule that had decided
    Overrides(Asked),
    /// Concerns recorded in cases, by kind, and how many are closed; no names, no words
    Alerts(Asked),
    /// Narratives by simple counts: how long, and whether a person, a time, something done is named
    Narratives(Asked),
    /// How far the cases are: open, begun, handed in, final
    Progress(Asked),
    /// How long reviews stand where they stand, and how many are beyond their due day
    Lateness(lateness::Lateness),
    /// The state's percentages: each stratum weighed by its cases in the frame, with the finite
    /// population correction, beside the raw ones; with --from and --to the six-month report,
    /// which joins results, status, eliminations, alerts and the improvement plan
    State(state::AskedState),
    /// How far two readers agree, measured on reviews as first handed in: percent, kappa, AC1,
    /// each with its interval, always by how the two came by their evidence
    Agreement(agreement::Agreement),
    /// Why settled differences were there: by question, by cause, by reviewer
    Causes(causes::Causes),
}

const QUESTIONS: LineColumns =
    LineColumns { lines: "questions", columns: &[Column::Item, Column::Participant] };
const SECTIONS: LineColumns = LineColumns { lines: "sections", columns: &[Column::Item] };
const ISSUES: LineColumns = LineColumns { lines: "issues", columns: &[Column::Item] };
const MEASURES: LineColumns = LineColumns { lines: "measures", columns: &[] };
const COMPONENTS: LineColumns = LineColumns { lines: "components", columns: &[] };
const PARTICIPANTS: LineColumns =
    LineColumns { lines: "participants", columns: &[Column::Item, Column::Participant] };
const REASONS: LineColumns =
    LineColumns { lines: "reasons", columns: &[Column::Item, Column::Participant] };

const ELIMINATIONS: LineColumns = LineColumns { lines: "eliminations", columns: &[] };

const RATINGS: Wants = Wants {
    answers: false,
    otherwise: "are a checklist, which rates nothing: `report questions` and `report sections` \
                tell of them",
};

impl Report {
    /// Counts and prints.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        match self.subject {
            Subject::Items(asked) => items(global, &asked),
            Subject::Trend(asked) => trend(global, &asked),
            Subject::Outcomes(asked) => outcomes(global, &asked),
            Subject::Questions(asked) => counted(global, Topic::Questions, &asked, QUESTIONS),
            Subject::Sections(asked) => counted(global, Topic::Sections, &asked, SECTIONS),
            Subject::Agreement(asked) => asked.run(global),
            Subject::Causes(asked) => asked.run(global),
            Subject::Issues(asked) => counted(global, Topic::Issues, &asked, ISSUES),
            Subject::Overrides(asked) => overrides::run(global, &asked),
            Subject::Alerts(asked) => alerts::run(global, &asked),
            Subject::Narratives(asked) => narratives::run(global, &asked),
            Subject::Progress(asked) => progress::run(global, &asked),
            Subject::Lateness(asked) => asked.run(global),
            Subject::State(asked) => asked.run(global),
            Subject::Measures(asked) => counted(global, Topic::Measures, &asked, MEASURES),
            Subject::Components { asked, model } => {
                let model = source::instrument(&model)?;
                if model.components().is_empty() {
                    return Err(Failure::BadInput(format!(
                        "error: --model: {} has no components\n  help: ms-practice-model has",
                        model.id()
                    )));
                }
                shares(global, Components::of(model), Topic::Components, (&asked, COMPONENTS))
            }
            Subject::Participants(asked) => {
                counted(global, Topic::Participants, &asked, PARTICIPANTS)
            }
            Subject::Eliminations(asked) => gone(global, &asked),
            Subject::Reasons(asked) => counted(global, Topic::Reasons, &asked, REASONS),
        }
    }
}

fn items(global: &Global, asked: &AskedRatings) -> Result<(), Failure> {
    can_leave(global, &asked.counts.asked)?;
    let mut query = asked.query(false)?;
    let target = asked.crosswalk.as_deref().map(source::instrument).transpose()?;
    let workspace = opened(global, &mut query)?;
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let (table, mut beside) =
        item_table(&workspace, target.as_deref(), query.clone()).map_err(failed)?;
    if asked.counts.asked.public {
        let public = public::put(global, &asked.counts.asked, "Items", &table.sheet(), &beside)?;
        if target.is_some() {
            return Ok(());
        }
        let asked = &asked.counts.asked;
        return public::advise(global, &workspace, asked, &query, true, &public).map_err(failed);
    }
    let sampled = Sampled::read(&workspace).map_err(failed)?;
    beside.said.extend(sampled.lines(&query.filters, is_for_people(global)));
    let text = || if table.rows.is_empty() { String::new() } else { items_text(&table) };
    if !asked.sensitivity {
        return put(global, &asked.counts.asked, "Items", text, &table.sheet(), &beside);
    }
    let (unread, strays) = sampled.unread(&workspace, &query, &table).map_err(failed)?;
    if strays > 0 {
        let cases = count(strays as usize, "case that is", "cases that are");
        beside.said.push(format!("{cases} not read belong to groups without a final review"));
    }
    let bounds = bounds(&table, &unread);
    let text = || {
        if table.rows.is_empty() { String::new() } else { text() + &bounds_text(&table, &bounds) }
    };
    put(global, &asked.counts.asked, "Items", text, &bounded_sheet(&table, &bounds), &beside)
}

fn trend(global: &Global, asked: &AskedRatings) -> Result<(), Failure> {
    can_leave(global, &asked.counts.asked)?;
    let wanted = asked.query(false)?;
    let mut query = TrendTable::by_period(&wanted);
    let target = asked.crosswalk.as_deref().map(source::instrument).transpose()?;
    let workspace = opened(global, &mut query)?;
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let (table, beside) =
        item_table(&workspace, target.as_deref(), query.clone()).map_err(failed)?;
    let beside = with_sample(global, &workspace, &query, beside).map_err(failed)?;
    let mut table = TrendTable::of(&table);
    if wanted.total && query.by.len() > 1 {
        let whole = Query { by: Vec::new(), ..query.clone() };
        let whole = TrendTable::by_period(&whole);
        let (whole, _) = item_table(&workspace, target.as_deref(), whole).map_err(failed)?;
        table = table.with_total(&TrendTable::of(&whole));
    }
    let text = || if table.rows.is_empty() { String::new() } else { trend_text(&table) };
    put(global, &asked.counts.asked, "Trend", text, &table.sheet(), &beside)
}

/// The report on items, across a crosswalk to `target` where there is one.
fn item_table(
    workspace: &Workspace,
    target: Option<&Instrument>,
    query: Query,
) -> Result<(ItemTable, Beside), StoreError> {
    let Some(target) = target else {
        let (tally, beside) = tally(workspace, query)?;
        return Ok((tally.item_table(), beside));
    };
    let mut crossed = Crossed::new(workspace, target, query.clone())?;
    let mut beside = count_readings(workspace, &mut crossed, &query, RATINGS)?;
    beside.said.splice(0..0, crossed.said());
    Ok((crossed.tally.item_table(), beside))
}

/// Whether people read what is printed.
fn is_for_people(global: &Global) -> bool {
    matches!(global.format, None | Some(Format::Text))
}

/// Adds what every report says of the sample behind it.
///
/// # Errors
/// When the workspace can't be read.
fn with_sample(
    global: &Global,
    workspace: &Workspace,
    query: &Query,
    mut beside: Beside,
) -> Result<Beside, StoreError> {
    let lines = Sampled::read(workspace)?.lines(&query.filters, is_for_people(global));
    beside.said.extend(lines);
    Ok(beside)
}

fn gone(global: &Global, asked: &Asked) -> Result<(), Failure> {
    can_leave(global, asked)?;
    let query = asked.query(ELIMINATIONS)?;
    let workspace = workspace::open(global)?;
    let sampled =
        Sampled::read(&workspace).map_err(|error| workspace::failure(workspace.path(), &error))?;
    let table = sampled.eliminations(&workspace, &query)?;
    let mut beside = Beside::default();
    if table.rows.is_empty() {
        beside.said.push("nothing to report: no case was eliminated".to_owned());
    }
    beside.said.extend(sampled.lines(&query.filters, is_for_people(global)));
    let text = || if table.rows.is_empty() { String::new() } else { table.text() };
    put(global, asked, "Eliminations", text, &table.sheet(), &beside)
}

fn outcomes(global: &Global, asked: &AskedRatings) -> Result<(), Failure> {
    can_leave(global, &asked.counts.asked)?;
    let mut query = asked.query(true)?;
    let workspace = opened(global, &mut query)?;
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let (tally, beside) = tally(&workspace, query.clone()).map_err(failed)?;
    let beside = with_sample(global, &workspace, &query, beside).map_err(failed)?;
    let table = tally.outcome_table();
    if asked.counts.asked.public {
        let public = public::put(global, &asked.counts.asked, "Outcomes", &table.sheet(), &beside)?;
        let asked = &asked.counts.asked;
        return public::advise(global, &workspace, asked, &query, false, &public).map_err(failed);
    }
    let text = || if table.rows.is_empty() { String::new() } else { outcomes_text(&table) };
    put(global, &asked.counts.asked, "Outcomes", text, &table.sheet(), &beside)
}

/// A report whose only choice is what it counts.
fn counted(
    global: &Global,
    topic: Topic,
    asked: &AskedCounts,
    lines: LineColumns,
) -> Result<(), Failure> {
    can_leave(global, &asked.asked)?;
    let mut query = asked.query(lines)?;
    let workspace = opened(global, &mut query)?;
    let made = make(&workspace, topic, &query, is_for_people(global))
        .map_err(|error| workspace::failure(workspace.path(), &error))?;
    put(global, &asked.asked, made.title, made.text, &made.sheet, &made.beside)
}

fn shares<S: Counted>(
    global: &Global,
    subject: S,
    topic: Topic,
    (asked, lines): (&AskedCounts, LineColumns),
) -> Result<(), Failure> {
    can_leave(global, &asked.asked)?;
    let mut query = asked.query(lines)?;
    let workspace = opened(global, &mut query)?;
    let failed = |error: StoreError| workspace::failure(workspace.path(), &error);
    let made = made::shares(&workspace, subject, topic, &query).map_err(failed)?;
    let beside = with_sample(global, &workspace, &query, made.beside).map_err(failed)?;
    put(global, &asked.asked, made.title, made.text, &made.sheet, &beside)
}

/// Counts the ratings of the final readings of a workspace.
///
/// # Errors
/// When the workspace can't be read.
pub(super) fn tally(workspace: &Workspace, query: Query) -> Result<(Tally, Beside), StoreError> {
    let mut tally = Tally::new(&[], query.clone());
    let beside = count_readings(workspace, &mut tally, &query, RATINGS)?;
    Ok((tally, beside))
}
