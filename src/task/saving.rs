//! The form on which something is written to a file: a report as shown, a page to pass on, the
//! improvement plan's table.

use super::form::Form;
use super::{Action, Effect};
use crate::report::Column;
use crate::report::explore::{Choice, Topic};
use crate::text::shell_word;

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

    /// Which one a file's name says by its ending, if any.
    pub fn named(file: &str) -> Option<Self> {
        let (_, ending) = file.rsplit_once('.')?;
        Self::ALL.into_iter().find(|one| one.ending().eq_ignore_ascii_case(ending))
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
        text += &format!(" --where {}", shell_word(&format!("{column}={value}")));
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

    /// Reviews that are not final are in it.
    pub fn has_drafts(&self) -> bool {
        matches!(self, Self::Report { choice, .. } if choice.drafts)
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
                format!("page region {}{}", shell_word(region), period.unwrap_or_default())
            }
            Self::Plan(format) => format!("pip status --format {}", format.name()),
            Self::Feedback(case) => format!("page feedback {case}"),
            Self::Review(case) => format!("page review {case}"),
        }
    }

    /// How it is written, where there is a choice.
    fn format(&self) -> Option<FileFormat> {
        match self {
            Self::Report { format, .. } | Self::Plan(format) => Some(*format),
            _ => None,
        }
    }

    /// The same written in this format, where there is a choice.
    fn in_format(&self, new: FileFormat) -> Self {
        let mut what = self.clone();
        if let Self::Report { format, .. } | Self::Plan(format) = &mut what {
            *format = new;
        }
        what
    }

    /// A name for its file.
    fn file(&self) -> String {
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
        let ending = self.format().map_or("html", FileFormat::ending);
        format!("{}.{ending}", words.chars().map(safe).collect::<String>())
    }
}

/// The form, open.
#[derive(Debug, Clone)]
pub struct Saving {
    /// What can be written from here.
    offered: Vec<What>,
    /// The form.
    pub form: Form<SaveSlot>,
    /// Why the file was not written.
    pub problem: Option<String>,
}

impl Saving {
    /// The form for what can be written from here, at its first.
    pub fn of(offered: Vec<What>) -> Self {
        let form = form(&offered, 0, FileFormat::Csv);
        Self { offered, form, problem: None }
    }

    /// What it stands at.
    pub fn to_save(&self) -> Option<Save> {
        let what = self.offered.get(self.form.chosen(SaveSlot::What).unwrap_or(0))?;
        let what = what.in_format(self.format());
        Some(Save { what, file: self.form.written(SaveSlot::File).to_owned() })
    }

    fn format(&self) -> FileFormat {
        let at = self.form.chosen(SaveSlot::Format);
        at.and_then(|at| FileFormat::ALL.get(at).copied()).unwrap_or(FileFormat::Csv)
    }

    /// Whether an action works on it.
    pub fn takes(&self, action: Action) -> bool {
        self.form.takes_or_leaves(action)
    }

    /// Fills it in, has the file written, or puts it away.
    pub fn act(open: &mut Option<Self>, action: Action) -> Vec<Effect> {
        if action == Action::Back {
            *open = None;
        }
        let Some(saving) = open else { return Vec::new() };
        let before = saving.to_save();
        saving.problem = None;
        if saving.form.act(action) == Some(SaveSlot::Go) {
            if saving.form.written(SaveSlot::File).is_empty() {
                saving.problem = Some("the file needs a name".to_owned());
                saving.form.go_to(SaveSlot::File);
                return Vec::new();
            }
            if let Some(problem) = saving.contradiction() {
                saving.problem = Some(problem);
                saving.form.go_to(SaveSlot::File);
                return Vec::new();
            }
            return saving.to_save().map(Effect::SaveResults).into_iter().collect();
        }
        if matches!(action, Action::Turn | Action::TurnBack) {
            saving.follow_turn(before);
        }
        Vec::new()
    }

    /// What is wrong with a name that ends like another format's.
    fn contradiction(&self) -> Option<String> {
        let save = self.to_save()?;
        let is = save.what.format().unwrap_or(FileFormat::Html);
        let says = FileFormat::named(&save.file)?;
        (says != is).then(|| {
            format!(
                "the name ends in .{}, but the file would be {}: make them one",
                says.ending(),
                is.name()
            )
        })
    }

    /// The name follows what is written as long as it is the one proposed.
    fn follow_turn(&mut self, before: Option<Save>) {
        let here = self.form.here().map_or(SaveSlot::What, |line| line.key);
        let at = self.form.chosen(SaveSlot::What).unwrap_or(0);
        self.form = form(&self.offered, at, self.format());
        if let Some(before) = before.filter(|before| before.what.file() != before.file) {
            self.form.go_to(SaveSlot::File);
            self.form.type_text(before.file);
        }
        self.form.go_to(here);
    }

    /// The file was written, or why not, which an open form says and stays; gives what else is
    /// to be said.
    pub fn learn(open: &mut Option<Self>, done: Result<String, String>) -> Option<String> {
        match (done, open.as_mut()) {
            (Ok(said), _) => {
                *open = None;
                Some(said)
            }
            (Err(why), Some(saving)) => {
                saving.problem = Some(why);
                None
            }
            (Err(why), None) => Some(why),
        }
    }

    /// The text being written, and on which line.
    pub fn editing(&self) -> Option<(SaveSlot, &str)> {
        self.form.writing()
    }
}

/// The form, with a name that fits what is written and its format.
fn form(offered: &[What], at: usize, format: FileFormat) -> Form<SaveSlot> {
    let what = offered.get(at).map(|what| what.in_format(format));
    let mut form = Form::default();
    // The improvement plan's page writes nothing else.
    if !matches!(what, Some(What::Plan(_))) {
        let titles = offered.iter().map(What::title).collect();
        form = form.choice(SaveSlot::What, "Write", titles, at);
    }
    if let Some(format) = what.as_ref().and_then(What::format) {
        let names = FileFormat::ALL.iter().map(|one| one.name().to_owned()).collect();
        let at = FileFormat::ALL.iter().position(|one| *one == format).unwrap_or(0);
        form = form.choice(SaveSlot::Format, "As", names, at);
    }
    let file = what.as_ref().map(What::file).unwrap_or_default();
    form.text(SaveSlot::File, "File", file).go(SaveSlot::Go, "Write the file")
}
