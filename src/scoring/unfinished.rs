//! What a reading still lacks before it can be submitted.

use crate::instrument::{
    CountedFrom, Instrument, ItemIx, Kind, Place, Question, QuestionIx, Role, words,
};

use super::{Answers, Asked, Scores, Value, filled, unfinished_rows};

/// What is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// The answer.
    Answer,
    /// Why something is not applicable.
    Reason,
    /// The narrative beside the answer.
    Narrative,
    /// The text that the chosen option (`other`) asks for.
    OptionText,
    /// The sentence that a broken explain-rule asks for.
    Explanation {
        /// The rule's id inside its item.
        rule: String,
    },
    /// The rationale of the item.
    Rationale,
    /// The sources that informed the item.
    Sources,
    /// Rows: the table has too few.
    Rows {
        /// How many it takes.
        least: usize,
    },
    /// A cell of a row.
    Cell {
        /// Position of the row, from 0.
        row: usize,
        /// Position of the column.
        column: usize,
    },
    /// The text that the option chosen in a cell asks for.
    CellText {
        /// Position of the row, from 0.
        row: usize,
        /// Position of the column.
        column: usize,
    },
    /// Answers that keep a rule of the face sheet.
    FaceRule {
        /// Position in [`Instrument::face_rules`].
        rule: usize,
    },
    /// Answers that can stand together: a hard rule is broken.
    Rule {
        /// The item or sub-item whose rule it is.
        item: ItemIx,
        /// Position of the rule in that item.
        rule: usize,
    },
}

/// One thing a reading lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The question to go to: the one that lacks something, of a broken rule the last one
    /// it reads.
    pub question: QuestionIx,
    /// What is lacking.
    pub what: Lack,
}

impl Missing {
    /// A line for the list shown before submission: "16.B needs a narrative".
    pub fn line(&self, instrument: &Instrument) -> String {
        let question = instrument.question(self.question);
        let name = words::name(instrument, self.question);
        let item = match question.place() {
            Place::Item(item) => words::item_name(instrument, item),
            Place::Face => "face sheet".to_owned(),
        };
        let table = match question.place() {
            Place::Item(_) => name.clone(),
            Place::Face => format!("{item}: the table {}", question.local().replace('-', " ")),
        };
        match &self.what {
            Lack::Answer if question.place() == Place::Face => {
                format!("{item}: {}", question.ask())
            }
            Lack::Answer if *question.role() == Role::Applies => format!("{item}: does it apply?"),
            Lack::Answer => format!("{name} is not answered"),
            Lack::Reason => format!("{name} is not given"),
            Lack::Narrative => format!("{name} needs a narrative"),
            Lack::OptionText => match question.place() {
                Place::Face => format!("{item}: {name}: the answer needs its text"),
                Place::Item(_) => format!("{name}: the answer needs its text"),
            },
            Lack::Explanation { .. } => format!("{item} needs an explanation"),
            Lack::Rationale => format!("{item} needs a rationale"),
            Lack::Sources => format!("{item} needs its sources"),
            Lack::Rows { least: 1 } => format!("{table} needs a row"),
            Lack::Rows { least } => format!("{table} needs at least {least} rows"),
            Lack::Cell { row, column } => {
                let column = &question.columns()[*column];
                format!("{table} row {} lacks {}", row + 1, column.title)
            }
            Lack::CellText { row, column } => {
                let column = &question.columns()[*column];
                format!("{table} row {}, {}: the answer needs its text", row + 1, column.title)
            }
            Lack::FaceRule { rule } => {
                let rule = &instrument.face_rules()[*rule];
                format!("face sheet: answers contradict each other: {}", rule.say)
            }
            Lack::Rule { item, rule } => {
                let name = words::item_name(instrument, *item);
                let rule = &instrument.item(*item).rules()[*rule];
                format!("{name}: answers contradict each other: {}", rule.say)
            }
        }
    }
}

/// Everything needed before submission, in asking order; a broken rule right after the last
/// question it reads. Nothing is listed that hangs on an answer not given yet.
pub fn unfinished(instrument: &Instrument, answers: &Answers, scores: &Scores) -> Vec<Missing> {
    let mut broken = unfinished_rows::on_face(instrument, answers, scores);
    broken.extend(broken_rules(instrument, scores));
    let mut found = Vec::new();
    for at in instrument.question_positions() {
        if scores.asked(at) == Asked::Yes {
            let question = instrument.question(at);
            match filled::value(instrument, answers, at) {
                Some(Value::Rows(rows)) => {
                    found.extend(unfinished_rows::in_table(at, question, &rows, answers.case_type))
                }
                Some(value) if is_answer(question, &value) => {
                    found.extend(lacking_texts(answers, at, question, &value));
                }
                // Filled in when it is submitted, or counted once the table has what it lacks.
                None if question.from_review().is_some() || waits_for_table(question, &found) => {}
                // A table that may be empty lacks nothing.
                None if matches!(question.kind(), Kind::Table { least: 0, .. }) => {}
                _ if question.required() || question.needed_for_rating() => {
                    found.push(Missing { question: at, what: unanswered(question) });
                }
                _ => {}
            }
        }
        broken.retain(|missing| {
            let here = missing.question == at;
            if here {
                found.push(missing.clone());
            }
            !here
        });
    }
    found
}

/// Whether a number is counted from a table that lacks something itself.
fn waits_for_table(question: &Question, found: &[Missing]) -> bool {
    let table = question.counted_from().and_then(CountedFrom::table);
    table.is_some_and(|table| found.iter().any(|missing| missing.question == table))
}

/// The broken hard rules, each with the last question it reads.
fn broken_rules(instrument: &Instrument, scores: &Scores) -> Vec<Missing> {
    (scores.broken.iter())
        .filter_map(|(item, rule)| {
            let condition = &instrument.item(*item).rules()[*rule].broken_when;
            let question = condition.questions().into_iter().max()?;
            Some(Missing { question, what: Lack::Rule { item: *item, rule: *rule } })
        })
        .collect()
}

/// Whether a value answers a required question: a blank text doesn't, nor do no sources.
fn is_answer(question: &Question, value: &Value) -> bool {
    match value {
        Value::Text(text) => !text.trim().is_empty(),
        Value::Codes(codes) => !(codes.is_empty() && *question.role() == Role::Closing),
        Value::Date(_) | Value::Integer(_) | Value::Rows(_) => true,
    }
}

/// What an unanswered question lacks.
fn unanswered(question: &Question) -> Lack {
    match question.role() {
        Role::Reason => Lack::Reason,
        Role::Explanation { rule } => Lack::Explanation { rule: rule.clone() },
        Role::Closing if question.local() == "rationale" => Lack::Rationale,
        Role::Closing if question.local() == "sources" => Lack::Sources,
        Role::Closing | Role::Question | Role::Applies => match question.kind() {
            Kind::Table { least, .. } => Lack::Rows { least: *least },
            _ => Lack::Answer,
        },
    }
}

/// The texts an answer asks for and that are not beside it.
fn lacking_texts(
    answers: &Answers,
    at: QuestionIx,
    question: &Question,
    value: &Value,
) -> Option<Missing> {
    let (Value::Codes(codes), Kind::Choice(options) | Kind::Checklist(options)) =
        (value, question.kind())
    else {
        return None;
    };
    if answers.narrative(at).is_some_and(|text| !text.trim().is_empty()) {
        return None;
    }
    let what = if codes.positions().any(|position| options[position].needs_text) {
        Lack::OptionText
    } else if codes.meets(question.narrative_on()) {
        Lack::Narrative
    } else {
        return None;
    };
    Some(Missing { question: at, what })
}
