//! What is wrong with a file of rows.

use crate::text::clean;

/// One problem of a file that is read by rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line it stands on, from 1; none when it is the whole file's.
    pub line: Option<u64>,
    /// What is wrong: one line, lower-case start, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of one line.
    pub fn on(line: u64, message: impl Into<String>) -> Self {
        Self { line: Some(line), message: message.into(), help: None }
    }
    /// A problem of the whole file.
    pub fn whole(message: impl Into<String>) -> Self {
        Self { line: None, message: message.into(), help: None }
    }
    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
    /// With the usual hint, where a near word is known.
    #[must_use]
    pub fn did_you_mean(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.help(format!("did you mean {word}?")),
            None => self,
        }
    }
}

/// All problems as printed, by line: `error: FILE:LINE: message`, and `  help: ...` under it.
/// Fit for a terminal whatever the file holds.
pub fn problems_text(file: &str, problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems {
        let line = problem.line.map_or_else(String::new, |line| format!(":{line}"));
        out.push_str(&clean(&format!("error: {file}{line}: {}", problem.message)));
        out.push('\n');
        if let Some(help) = &problem.help {
            out.push_str(&clean(&format!("  help: {help}")));
            out.push('\n');
        }
    }
    out
}
