//! Options every command understands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

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
        default_value = "casereview.db"
    )]
    pub workspace: PathBuf,
    /// Who acts: a code from the team list
    #[arg(long = "as", global = true, help_heading = EVERYWHERE, value_name = "CODE", env = "CASEREVIEW_USER")]
    pub user: Option<String>,
    /// How data is printed
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum)]
    pub format: Option<Format>,
    /// Ask line by line instead of full screen
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub plain: bool,
    /// When to colour
    #[arg(long, global = true, help_heading = EVERYWHERE, value_enum, default_value = "auto")]
    pub color: Color,
}
