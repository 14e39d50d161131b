//! What a question is filled from: tables that are counted, dates, other answers.

use super::layout::{Layout, Source};
use super::marks::Marks;
use crate::diagnostic::Diagnostic;
use crate::instrument::raw::{self, At, Problems};
use crate::instrument::{CodeSet, CountedFrom, Day, Kind, Place, Question, QuestionIx, Rows};
use crate::text::did_you_mean;

/// Gives the questions what they are filled from.
pub(super) fn resolve(
    layout: &Layout<'_>,
    questions: &mut [Question],
    marks: &mut Marks,
    problems: &Problems,
) {
    for (position, slot) in layout.slots.iter().enumerate() {
        let Source::Written(raw) = slot.source else { continue };
        if raw.counted_from.is_none() && raw.from_answer.is_none() && raw.from_review.is_none() {
            continue;
        }
        let before = problems.errors();
        let links =
            Links { layout, questions, problems, at: QuestionIx(position as u16), face: false };
        let counted_from = raw.counted_from.as_ref().and_then(|from| links.counted(from));
        let from_answer = raw.from_answer.as_ref().and_then(|id| links.answer(id));
        let question = &mut questions[position];
        question.counted_from = counted_from;
        question.from_answer = from_answer;
        question.from_review = raw.from_review;
        if raw.from_review.is_some() && question.kind != Kind::Date {
            problems.add(
                Diagnostic::error(
                    "bad-source",
                    format!("{} is filled with a day, so it must be a date", question.id),
                )
                .at(slot.span.clone())
                .help("write kind = \"date\""),
            );
        }
        if let (Place::Item(item), true) = (slot.place, problems.errors() > before) {
            marks.broken_items[usize::from(layout.top(item).0)] = true;
        }
    }
}

/// What ids are looked up in, from the place of one question.
pub(super) struct Links<'l, 'f> {
    pub(super) layout: &'l Layout<'f>,
    pub(super) questions: &'l [Question],
    pub(super) problems: &'l Problems,
    /// What is read must stand before it.
    pub(super) at: QuestionIx,
    /// Reads from the end of the face sheet, not from a question.
    pub(super) face: bool,
}

impl Links<'_, '_> {
    fn wrong(&self, id: &At<String>, message: String, help: &str) {
        self.problems.add(Diagnostic::error("bad-source", message).at(id.span.clone()).help(help));
    }

    /// An earlier question, of this item, the face sheet, or by its full id.
    pub(super) fn question(&self, id: &At<String>) -> Option<QuestionIx> {
        let slot = self.layout.slots.get(usize::from(self.at.0)).filter(|_| !self.face);
        let prefix = match slot.map(|slot| slot.place) {
            Some(Place::Item(item)) => self.layout.prefix(item),
            Some(Place::Face) | None => "face",
        };
        let full = format!("{prefix}.{}", id.value);
        let found = self.layout.by_id.get(&full).or_else(|| self.layout.by_id.get(&id.value));
        let Some(at) = found.copied() else {
            if self.layout.is_left_out(id, self.problems) {
                return None;
            }
            let full = if id.value.contains('.') { &id.value } else { &full };
            let near = did_you_mean(full, self.questions.iter().map(Question::id));
            self.problems.add(
                Diagnostic::error("unknown-question", format!("question {full} is unknown"))
                    .at(id.span.clone())
                    .did_you_mean(near),
            );
            return None;
        };
        if at >= self.at {
            let message = format!("{} comes later", self.questions[usize::from(at.0)].id);
            self.wrong(id, message, "move it before the question that is filled from it");
            return None;
        }
        Some(at)
    }

    fn answer(&self, id: &At<String>) -> Option<QuestionIx> {
        let at = self.question(id)?;
        let (from, to) = (self.read(at), self.read(self.at));
        if from.kind != to.kind {
            let message = format!("{} and {} take different answers", to.id, from.id);
            self.wrong(id, message, "give both the same kind and the same answers");
            return None;
        }
        Some(at)
    }

    fn read(&self, at: QuestionIx) -> &Question {
        &self.questions[usize::from(at.0)]
    }

    fn counted(&self, raw: &raw::CountedFrom) -> Option<CountedFrom> {
        match raw {
            raw::CountedFrom::Rows { rows, months_of } => {
                let built = self.rows(rows)?;
                let Some(months_of) = months_of else {
                    self.enough(rows, &built);
                    return Some(CountedFrom::Rows(built));
                };
                let date = self.column(built.table, months_of)?;
                if self.read(built.table).columns()[date].kind != Kind::Date {
                    let message = format!("column {} is not a date", months_of.value);
                    self.wrong(months_of, message, "name the column that holds the day");
                    return None;
                }
                Some(CountedFrom::Months { rows: built, date })
            }
            raw::CountedFrom::MonthsBetween { from, until } => {
                let days = |ids: &[At<String>]| {
                    let days: Vec<Day> = ids.iter().filter_map(|id| self.day(id)).collect();
                    (days.len() == ids.len() && !days.is_empty()).then_some(days)
                };
                let (from, until) = (days(from), days(until));
                Some(CountedFrom::MonthsBetween { from: from?, until: until? })
            }
        }
    }

    fn day(&self, id: &At<String>) -> Option<Day> {
        if id.value == "pur-end" {
            return Some(Day::PurEnd);
        }
        let at = self.question(id)?;
        if self.read(at).kind != Kind::Date {
            let message = format!("{} is not a date", self.read(at).id);
            self.wrong(id, message, "name a date question, or \"pur-end\"");
            return None;
        }
        Some(Day::Answer(at))
    }

    /// The bounds of the number must cover what the table can hold.
    fn enough(&self, raw: &raw::RowsOf, rows: &Rows) {
        let (Kind::Integer { least, most }, Kind::Table { most: rows_most, .. }) =
            (&self.read(self.at).kind, &self.read(rows.table).kind)
        else {
            return;
        };
        let fewest = i64::from(rows.matching.is_empty());
        if *least > fewest || *most < *rows_most as i64 {
            let message = format!(
                "{} takes {least} to {most}, but the table can give {fewest} to {rows_most}",
                self.read(self.at).id
            );
            self.wrong(&raw.table, message, "widen least and most, or lower most of the table");
        }
    }

    /// The rows of a table, those with some codes only.
    pub(super) fn rows(&self, raw: &raw::RowsOf) -> Option<Rows> {
        let table = self.question(&raw.table)?;
        if !matches!(self.read(table).kind, Kind::Table { .. }) {
            let message = format!("{} is not a table", self.read(table).id);
            self.wrong(&raw.table, message, "name a question with kind = \"table\"");
            return None;
        }
        let mut matching = Vec::new();
        for (id, codes) in &raw.matching {
            let at = self.column(table, id)?;
            matching.push((at, self.codes(table, at, codes)?));
        }
        Some(Rows { table, matching })
    }

    fn column(&self, table: QuestionIx, id: &At<String>) -> Option<usize> {
        let columns = self.read(table).columns();
        let found = columns.iter().position(|column| column.id == id.value);
        if found.is_none() {
            let all: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
            let message = format!("{} has no column {}", self.read(table).id, id.value);
            self.problems.add(
                Diagnostic::error("unknown-name", message)
                    .at(id.span.clone())
                    .did_you_mean(did_you_mean(&id.value, all.iter().copied()))
                    .help(format!("its columns are {}", all.join(", "))),
            );
        }
        found
    }

    fn codes(&self, table: QuestionIx, at: usize, codes: &[At<String>]) -> Option<CodeSet> {
        let column = &self.read(table).columns()[at];
        let (Kind::Choice(options) | Kind::Checklist(options)) = &column.kind else {
            let first = codes.first()?;
            let message = format!("column {} has no answers to choose from", column.id);
            self.wrong(first, message, "name a column that is a choice");
            return None;
        };
        let mut set = CodeSet::EMPTY;
        for code in codes {
            let found = options.iter().position(|option| option.code == code.value);
            let Some(position) = found else {
                let all: Vec<&str> = options.iter().map(|option| option.code.as_str()).collect();
                let message = format!("column {} has no answer {:?}", column.id, code.value);
                self.problems.add(
                    Diagnostic::error("unknown-answer", message)
                        .at(code.span.clone())
                        .did_you_mean(did_you_mean(&code.value, all.iter().copied()))
                        .help(format!("its answers are {}", all.join(", "))),
                );
                return None;
            };
            set = set.with(CodeSet::one(position));
        }
        Some(set)
    }
}
