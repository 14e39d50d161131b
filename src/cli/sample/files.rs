//! Plans and frames from files, with what is wrong with them.

use std::fmt::Display;
use std::fs::File;
use std::path::Path;

use crate::cli::Failure;
use crate::cli::output::note;
use crate::diagnostic::excerpts;
use crate::exchange::{FrameError, read_frame_file};
use crate::sampling::{self, DrawProblem, Frame, FrameProblems, Mapping, Plan};
use crate::text::{clean, count, list_and};

/// Bad input, in one line.
pub fn bad(message: &impl Display) -> Failure {
    Failure::BadInput(clean(&format!("error: {message}")).into_owned())
}

/// A text file.
pub fn text(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let bytes =
        std::fs::read(path).map_err(|error| bad(&format!("{name} can't be read: {error}")))?;
    String::from_utf8(bytes).map_err(|_| bad(&format!("{name} is not UTF-8")))
}

/// A checked plan; `name` stands in its diagnostics.
pub fn plan(name: &str, text: &str) -> Result<Plan, Failure> {
    let checked = sampling::check(text);
    checked.plan.ok_or_else(|| Failure::BadInput(excerpts(name, text, &checked.diagnostics, false)))
}

/// A checked frame, from CSV or a workbook; tells what was taken for granted.
pub fn frame(path: &Path, mapping: &Mapping) -> Result<Frame, Failure> {
    let name = path.display().to_string();
    let read =
        File::open(path).map_err(FrameError::Read).and_then(|file| read_frame_file(file, mapping));
    let read = read.map_err(|error| match error {
        FrameError::Problems(problems) => Failure::BadInput(problems_text(&name, &problems)),
        FrameError::Read(error) => bad(&format!("{name} can't be read: {error}")),
        FrameError::Form(what) => bad(&format!("{name}: {what}")),
    })?;
    for notice in &read.notices {
        note(&clean(&format!("note: {name}: {notice}")));
    }
    Ok(read.frame)
}

/// Tells of children and families that have several cases.
pub fn tell_repeated(frame: &Frame) {
    const SHOWN: usize = 10;
    let found = sampling::repeated(frame);
    for one in found.iter().take(SHOWN) {
        let cases: Vec<&str> = one.cases.iter().map(String::as_str).collect();
        let (key, who) = (one.field.key(), &one.who);
        let several = count(cases.len(), "case", "cases");
        note(&clean(&format!("note: {key} {who} has {several}: {}", list_and(&cases))));
    }
    if let Some(more @ 1..) = found.len().checked_sub(SHOWN) {
        note(&format!("note: {more} more children or families have several cases"));
    }
}

fn problems_text(name: &str, problems: &FrameProblems) -> String {
    let mut out = String::new();
    for problem in problems.list() {
        add(&mut out, &format!("error: {name}: {problem}"), problem.help.as_deref());
    }
    if problems.more() > 0 {
        add(&mut out, &format!("error: {name}: {} more problems", problems.more()), None);
    }
    out
}

/// Why nothing can be drawn.
pub fn draw_problems(plan: &str, problems: &[DrawProblem]) -> Failure {
    let mut out = String::new();
    for problem in problems {
        let place = if *problem == DrawProblem::Seed { String::new() } else { format!("{plan}: ") };
        add(&mut out, &format!("error: {place}{problem}"), problem.help().as_deref());
    }
    Failure::BadInput(out)
}

fn add(out: &mut String, message: &str, help: Option<&str>) {
    out.push_str(&clean(message));
    out.push('\n');
    if let Some(help) = help {
        out.push_str(&clean(&format!("  help: {help}")));
        out.push('\n');
    }
}
