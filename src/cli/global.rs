//! Options every command understands.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::text::shell_word;

/// The workspace where none is named.
const DEFAULT: &str = "casereview.db";

/// Where the help lists them, below a command's own.
const EVERYWHERE: &str = "Options of every command";

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned text for people.
    Text,
    /// JSON for programs: proportions 0 to 1, undefined null.
    Json,
    /// CSV for spreadsheets: percents with one decimal, undefined empty.
    Csv,
}

/// What `--format` takes: the formats of data, and the workbook that only reports leave as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Aligned text for people.
    Text,
    /// JSON for programs: proportions 0 to 1, undefined null.
    Json,
    /// CSV for spreadsheets: percents with one decimal, undefined empty.
    Csv,
    /// An Excel workbook, of reports: name its file with --out.
    Xlsx,
    /// A page to read and pass on, of reports.
    Html,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Options every command understands.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The workspace file
    #[arg(
        long,
        global = true,
        help_heading = EVERYWHERE,
        value_name = "FILE",
        env = "CASEREVIEW_WORKSPACE",
        default_value = DEFAULT
    )]
    pub workspace: PathBuf,
    /// Who acts: a code from the team list
    #[arg(long = "as", global = true, help_heading = EVERYWHERE, value_name = "CODE", env = "CASEREVIEW_USER")]
    pub user: Option<String>,
    /// How data is printed
    #[arg(long = "format", global = true, help_heading = EVERYWHERE, value_enum)]
    pub(super) asked: Option<Output>,
    /// How data is printed; none where nothing was said, or a workbook is wanted.
    #[arg(skip)]
    pub format: Option<Format>,
    /// Ask line by line instead of full screen
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub plain: bool,
    /// When to colour
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value = "auto")]
    pub color: Color,
}

impl Global {
    /// Sorts out what `--format` asks for.
    pub fn settle(&mut self) {
        self.format = match self.asked {
            None | Some(Output::Xlsx | Output::Html) => None,
            Some(Output::Text) => Some(Format::Text),
            Some(Output::Json) => Some(Format::Json),
            Some(Output::Csv) => Some(Format::Csv),
        };
    }

    /// The option that names the workspace, with a blank before it, where a further command
    /// would not find it without.
    pub fn workspace_option(&self) -> String {
        let named = std::env::var_os("CASEREVIEW_WORKSPACE");
        if self.workspace == Path::new(named.as_deref().unwrap_or(DEFAULT.as_ref())) {
            return String::new();
        }
        format!(" --workspace {}", shell_word(&self.workspace.to_string_lossy()))
    }

    /// A workbook is wanted.
    pub fn is_workbook(&self) -> bool {
        self.asked == Some(Output::Xlsx)
    }
    /// A page is wanted.
    pub fn is_page(&self) -> bool {
        self.asked == Some(Output::Html)
    }
}
