//! The form on which results are written to a file: the report as shown, or a page to pass on.

use super::super::form::Form;
use super::super::{Action, Effect};
use super::{Axis, Entry, Head, State};
use crate::report::Column;
use crate::report::explore::{Choice, Topic};

/// A line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named by its label")]
pub enum SaveSlot {
    What,
    Format,
    File,
    Go,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The report as `report` writes it.
    Report {
        /// What is counted.
        choice: Choice,
        /// Only this item.
        item: Option<String>,
        /// How.
        format: FileFormat,
    },
    /// The full report as a page.
    Results(Choice),
    /// A region's page.
    Region {
        /// The region.
        region: String,
        /// Only this period; else the latest.
        period: Option<String>,
    },
    /// The quarterly table of the improvement plan.
    Plan(FileFormat),
    /// What worker and supervisor learn from a final review.
    Feedback(String),
    /// A final review as a whole.
    Review(String),
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its name")]
pub enum FileFormat {
    Text,
    Csv,
    Xlsx,
    Json,
    Html,
}

impl FileFormat {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Text, Self::Csv, Self::Xlsx, Self::Json, Self::Html];

    /// As `--format` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Html => "html",
        }
    }
    /// How its files end.
    pub fn ending(self) -> &'static str {
        if self == Self::Text { "txt" } else { self.name() }
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// What is written.
    pub what: What,
    /// The file's name as typed.
    pub file: String,
}

/// The groupings and filters of a command.
fn arguments(choice: &Choice, item: Option<&str>) -> String {
    let mut text = String::new();
    // A trend is by period whatever else.
    let by = choice
        .by
        .iter()
        .filter(|column| choice.topic != Topic::Trend || **column != Column::Period);
    by.for_each(|column| text += &format!(" --by {}", column.name()));
    let item = item.map(|item| ("item", item));
    let filters = choice.filters.iter().map(|one| (one.column.name(), one.value.as_str()));
    for (column, value) in filters.chain(item) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        match value.chars().all(plain) {
            true => text += &format!(" --where {column}={value}"),
            false => text += &format!(" --where '{column}={}'", value.replace('\'', "'\\''")),
        }
    }
    text
}

impl What {
    /// What it is called on the form.
    fn title(&self) -> String {
        match self {
            Self::Report { choice, .. } if choice.drafts => "this report with drafts".to_owned(),
            Self::Report { .. } => "this report".to_owned(),
            Self::Results(_) => "the full report, a page".to_owned(),
            Self::Region { region, .. } => format!("page of {region}"),
            Self::Plan(_) => "the quarterly table".to_owned(),
            Self::Feedback(case) => format!("feedback on {case}"),
            Self::Review(case) => format!("review of {case}"),
        }
    }

    /// The command that writes the same.
    pub fn command(&self) -> String {
        match self {
            Self::Report { choice, item, format } => {
                let mut text = format!("report {}", choice.topic.name());
                text += &arguments(choice, item.as_deref());
                if choice.topic != Topic::Trend && !choice.by.is_empty() {
                    text += " --total";
                }
                if matches!(choice.topic, Topic::Items | Topic::Trend) {
                    text += " --sub-items";
                }
                if choice.drafts {
                    text += " --drafts";
                }
                format!("{text} --format {}", format.name())
            }
            Self::Results(choice) => format!("page results{}", arguments(choice, None)),
            Self::Region { region, period } => {
                let period = period.as_ref().map(|period| format!(" --period {period}"));
                format!("page region '{region}'{}", period.unwrap_or_default())
            }
            Self::Plan(format) => format!("pip status --format {}", format.name()),
            Self::Feedback(case) => format!("page feedback {case}"),
            Self::Review(case) => format!("page review {case}"),
        }
    }

    /// A name for its file.
    pub(in crate::task) fn file(&self) -> String {
        let words = match self {
            Self::Report { choice, item, .. } => {
                let by = choice.by.iter().map(|column| column.name().to_owned());
                let parts = [choice.topic.name().to_owned()].into_iter().chain(item.clone());
                let drafts = choice.drafts.then(|| "drafts".to_owned());
                parts.chain(by).chain(drafts).collect::<Vec<_>>().join("-")
            }
            Self::Results(_) => "results".to_owned(),
            Self::Region { region, .. } => region.to_lowercase(),
            Self::Plan(_) => "pip-status".to_owned(),
            Self::Feedback(case) => format!("feedback-{case}"),
            Self::Review(case) => format!("review-{case}"),
        };
        let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let ending = match self {
            Self::Report { format, .. } | Self::Plan(format) => format.ending(),
            _ => "html",
        };
        format!("{}.{ending}", words.chars().map(safe).collect::<String>())
    }
}

impl State {
    pub(super) fn begin_saving(&mut self) {
        self.problem = None;
        self.saving = Some(self.save_form(0, FileFormat::Csv));
    }

    /// What can be written from here.
    fn writable(&self, format: FileFormat) -> Vec<What> {
        if let Some(case) = self.case_here() {
            return vec![What::Feedback(case.case.clone()), What::Review(case.case.clone())];
        }
        let choice = self.choice();
        let item = self.shown().map(|line| line.item.clone()).filter(|item| !item.is_empty());
        let of_items = matches!(self.topic, Topic::Items | Topic::Trend);
        let report =
            What::Report { choice: choice.clone(), item: item.filter(|_| of_items), format };
        // Pages are passed on, and made of what is final.
        if self.drafts {
            return vec![report];
        }
        // The full page tells periods apart anyway.
        let mut whole = Choice { topic: Topic::Items, ..choice };
        whole.by.retain(|column| *column != Column::Period);
        let mut all = vec![report, What::Results(whole)];
        let highlighted = match (self.rows, self.here(), self.stands_across(), self.head_here()) {
            (Axis::By(Column::Region), Some(Entry::Value(region)), ..)
            | (_, _, Some(Axis::By(Column::Region)), Some(Head::Of(Entry::Value(region)))) => {
                Some(region.as_str())
            }
            _ => self.filter(Column::Region),
        };
        let period = self.filter(Column::Period).map(str::to_owned);
        let region = highlighted.filter(|region| !region.is_empty());
        all.extend(region.map(|region| What::Region { region: region.to_owned(), period }));
        all
    }

    fn save_form(&self, what: usize, format: FileFormat) -> Form<SaveSlot> {
        let all = self.writable(format);
        let titles = all.iter().map(What::title).collect();
        let mut form = Form::default().choice(SaveSlot::What, "Write", titles, what);
        let what = all.get(what).or(all.first());
        if matches!(what, Some(What::Report { .. })) {
            let names = FileFormat::ALL.iter().map(|one| one.name().to_owned()).collect();
            let at = FileFormat::ALL.iter().position(|one| *one == format).unwrap_or(0);
            form = form.choice(SaveSlot::Format, "As", names, at);
        }
        let file = what.map(What::file).unwrap_or_default();
        form.text(SaveSlot::File, "File", file).go(SaveSlot::Go, "Write the file")
    }

    /// What the form stands at.
    pub fn to_save(&self) -> Option<Save> {
        let form = self.saving.as_ref()?;
        let format = form.chosen(SaveSlot::Format).and_then(|at| FileFormat::ALL.get(at).copied());
        let mut all = self.writable(format.unwrap_or(FileFormat::Csv));
        let at = form.chosen(SaveSlot::What).unwrap_or(0).min(all.len().checked_sub(1)?);
        Some(Save { what: all.swap_remove(at), file: form.written(SaveSlot::File).to_owned() })
    }

    pub(super) fn act_on_saving(&mut self, action: Action) -> Vec<Effect> {
        let before = self.to_save();
        let Some(form) = &mut self.saving else { return Vec::new() };
        if action == Action::Back {
            self.saving = None;
            return Vec::new();
        }
        self.problem = None;
        if form.act(action) == Some(SaveSlot::Go) {
            if form.written(SaveSlot::File).is_empty() {
                self.problem = Some("the file needs a name".to_owned());
                form.go_to(SaveSlot::File);
                return Vec::new();
            }
            return self.to_save().map(Effect::SaveResults).into_iter().collect();
        }
        if matches!(action, Action::Turn | Action::TurnBack) {
            self.follow_turn(before);
        }
        Vec::new()
    }

    /// The name follows what is written as long as it is the one proposed.
    fn follow_turn(&mut self, before: Option<Save>) {
        let Some(form) = &self.saving else { return };
        let (at, here) = (form.chosen(SaveSlot::What).unwrap_or(0), form.here());
        let here = here.map_or(SaveSlot::What, |line| line.key);
        let format = form.chosen(SaveSlot::Format).and_then(|at| FileFormat::ALL.get(at).copied());
        let mut form = self.save_form(at, format.unwrap_or(FileFormat::Csv));
        if let Some(before) = before.filter(|before| before.what.file() != before.file) {
            form.go_to(SaveSlot::File);
            form.type_text(before.file);
        }
        form.go_to(here);
        self.saving = Some(form);
    }

    /// A file was written, or why not; the form stays open then.
    pub fn learn_saved(&mut self, done: Result<(), String>) {
        match done {
            Ok(()) => (self.saving, self.problem) = (None, None),
            Err(why) => self.problem = Some(why),
        }
    }
}
