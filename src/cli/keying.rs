//! `export keying CASE`: a finished review in the order it is keyed into the federal system:
//! face sheet, then item by item its questions as they are asked, its rating, then the outcomes.

use super::output::save;
use super::table::table;
use super::{Failure, Format, Global, output, workspace};
use crate::instrument::{Instrument, Place, Question, QuestionIx};
use crate::review::{CaseNumber, Reading, Status, answers, effective};
use crate::scoring::{Answers, Asked, Scores, text_beside};
use crate::store::{QueueFilter, Workspace};
use crate::text::{clean, count, wrap};

use std::sync::Arc;

use clap::Args;

/// What the sheet is asked for.
#[derive(Debug, Args)]
pub struct Keying {
    /// The case, such as R-0042
    case: CaseNumber,
    /// Narratives, texts and what identifies people too; without it their places are marked
    #[arg(long)]
    texts: bool,
    /// Write to this file instead of stdout; only its owner may read it
    #[arg(long, value_name = "FILE")]
    out: Option<std::path::PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    force: bool,
}

const HEADER: [&str; 7] = ["order", "section", "id", "wording", "answer", "title", "text"];

/// One line to key: section, id, wording, code, title, text.
type Line = [String; 6];

/// What stands in the place of a text that does not leave.
const WITHHELD: &str = "(a text: --texts prints it)";

impl Keying {
    /// Prints the sheet.
    pub fn run(self, global: &Global) -> Result<(), Failure> {
        let workspace = workspace::open(global)?;
        let (reading, edition) = finished(&workspace, self.case)?;
        let lines = lines(&edition, &reading, self.texts)?;
        let text = match global.format {
            Some(Format::Csv | Format::Json) => {
                let rows: Vec<[String; 7]> = (1..)
                    .zip(lines)
                    .map(|(order, [section, id, wording, answer, title, text])| {
                        [format!("{order}"), section, id, wording, answer, title, text]
                    })
                    .collect();
                table(global.format, &HEADER, &rows)
            }
            _ => page(&edition, &reading, &lines),
        };
        let Some(path) = &self.out else { return output::print(&text) };
        save(path, self.force, text.as_bytes())?;
        output::note(&clean(&format!("keying sheet written to {}", path.display())));
        Ok(())
    }
}

/// The final review of a case, with its edition.
fn finished(
    workspace: &Workspace,
    case: CaseNumber,
) -> Result<(Arc<Reading>, Arc<Instrument>), Failure> {
    let failed = |error| workspace::failure(workspace.path(), &error);
    let bad = |text: String| Err(Failure::BadInput(text));
    let queue = workspace.queue(&QueueFilter::default()).map_err(failed)?;
    let of_case: Vec<_> = queue.iter().filter(|row| row.number == case).collect();
    if of_case.is_empty()
        && workspace.final_readings().map_err(failed)?.iter().any(|row| row.number == case)
    {
        return bad(format!(
            "error: of case {case} only ratings were imported\n  help: a keying sheet needs its answers"
        ));
    }
    if of_case.is_empty() {
        return bad(format!(
            "error: there is no case {case} with a review\n  help: `casereview status` lists the cases"
        ));
    }
    // The settled review of a pair counts, else the only one.
    let last = of_case.iter().rev().find(|row| row.status == Status::Final);
    let Some(row) = last else {
        return bad(format!(
            "error: case {case} is not finished\n  help: it is keyed once its review is final"
        ));
    };
    let Some(id) = row.reading.filter(|_| !row.reviewer.is_empty()) else {
        return bad(format!(
            "error: of case {case} only ratings were imported\n  help: a keying sheet needs its answers"
        ));
    };
    let reading = workspace.reading(id).map_err(failed)?;
    let edition = workspace.instrument(&reading.instrument).map_err(failed)?;
    Ok((reading, edition))
}

fn lines(edition: &Instrument, reading: &Reading, texts: bool) -> Result<Vec<Line>, Failure> {
    let Some(given) = answers(edition, reading) else {
        return Err(Failure::BadInput(format!(
            "error: {} is no case type of {}",
            reading.case.case_type,
            edition.id()
        )));
    };
    let (scores, set) = effective(edition, reading, &given);
    let mut lines = Vec::new();
    for at in edition.question_positions().filter(|at| edition.question(*at).place() == Place::Face)
    {
        lines.extend(line(edition, reading, (&given, &scores), ("face-sheet", at), texts));
    }
    let whole = edition.item_positions().filter(|at| edition.item(*at).parent().is_none());
    for item in whole {
        let of_item = |place: Place| match place {
            Place::Face => false,
            Place::Item(at) => at == item || edition.item(at).parent() == Some(item),
        };
        let section = format!("item {}", edition.item(item).id());
        for at in edition.question_positions().filter(|at| of_item(edition.question(*at).place())) {
            lines.extend(line(edition, reading, (&given, &scores), (&section, at), texts));
        }
        for at in edition.item_positions() {
            if at == item || edition.item(at).parent() == Some(item) {
                let rating = scores.item(at).rating;
                let head = edition.item(at);
                let computed = set.iter().find(|(item, ..)| *item == at).map(|(_, was, _)| was);
                let mark = computed.map_or_else(String::new, |was| {
                    format!("** set by a person; computed: {}", was.title())
                });
                lines.push(
                    [
                        section.as_str(),
                        &format!("{}.rating", head.id()),
                        head.title(),
                        rating.code(),
                        rating.title(),
                        &mark,
                    ]
                    .map(str::to_owned),
                );
            }
        }
    }
    for (at, result) in scores.outcomes.iter().enumerate() {
        let head = &edition.outcomes()[at];
        let rating = result.rating;
        lines.push(
            ["outcomes", head.id(), head.title(), rating.code(), rating.title(), ""]
                .map(str::to_owned),
        );
    }
    Ok(lines)
}

/// The line of a question, where it is asked.
fn line(
    edition: &Instrument,
    reading: &Reading,
    (answers, scores): (&Answers, &Scores),
    (section, at): (&str, QuestionIx),
    texts: bool,
) -> Option<Line> {
    if scores.asked(at) != Asked::Yes {
        return None;
    }
    let question = edition.question(at);
    let given = reading.answers.get(question.id());
    let value = given.and_then(|given| given.value.clone()).unwrap_or_default();
    let narrative = text_beside(edition, answers, at).unwrap_or_default().to_owned();
    let free = question.options().is_empty();
    let hidden = |text: String| match text.is_empty() || texts {
        true => text,
        false => WITHHELD.to_owned(),
    };
    let value =
        if free && question.identifying() || is_text(question) { hidden(value) } else { value };
    Some([
        section.to_owned(),
        question.id().to_owned(),
        question.ask().to_owned(),
        value.clone(),
        if free { String::new() } else { titles(question, &value) },
        hidden(narrative),
    ])
}

fn is_text(question: &Question) -> bool {
    use crate::instrument::Kind;
    matches!(question.kind(), Kind::Text | Kind::Table { .. })
}

/// The titles of an answer's codes.
fn titles(question: &Question, value: &str) -> String {
    let title = |code: &str| {
        let found = question.options().iter().find(|option| option.code == code);
        found.map_or(code, |option| option.title.as_str()).to_owned()
    };
    let codes = value.split(';').filter(|code| !code.is_empty());
    codes.map(title).collect::<Vec<_>>().join("; ")
}

/// The sheet as a page to key from.
fn page(edition: &Instrument, reading: &Reading, lines: &[Line]) -> String {
    const PAGE: usize = 80;
    const MARK: usize = 26;
    let facts = &reading.case;
    let mut out = format!(
        "Keying sheet of case {}, {}, {} edition {}\n{}, {}, {}; {}\n",
        facts.number,
        facts.case_type,
        edition.short(),
        edition.edition(),
        facts.region,
        facts.county,
        facts.period,
        count(lines.len(), "line", "lines"),
    );
    let mut section = "";
    for [here, id, _, answer, title, text] in lines {
        if section != here {
            section = here;
            let head = here.strip_prefix("item ").and_then(|id| {
                let at = edition.find_item(id)?;
                Some(format!("Item {id}  {}", edition.item(at).title()))
            });
            let head = head.unwrap_or_else(|| here.replace('-', " "));
            out.push_str(&format!("\n{}\n", head.trim()));
        }
        let told = if title.is_empty() { answer } else { title };
        let told = if told.is_empty() { "(not answered)" } else { told };
        for (nth, part) in wrap(&clean(told), PAGE - MARK).iter().enumerate() {
            let mark = if nth == 0 { format!("  {id}") } else { String::new() };
            let mark = if mark.len() < MARK { format!("{mark:MARK$}") } else { format!("{mark} ") };
            out.push_str(format!("{mark}{part}").trim_end());
            out.push('\n');
        }
        for paragraph in text.lines() {
            for part in wrap(&clean(paragraph), PAGE - MARK - 2) {
                out.push_str(&format!("{:MARK$}| {part}\n", ""));
            }
        }
    }
    out
}
