//! Files of answers: `case,case_type,question,answer`, a row an answer.
//!
//! A row with empty question and answer declares a case. Imports add columns of their own,
//! some of which tell two readings of one case apart.

use std::collections::HashMap;

use crate::instrument::{CaseTypeIx, Instrument, QuestionIx};
use crate::scoring::{Answers, Value, parse_value};
use crate::text::{did_you_mean, list_or};

use super::{Columns, Problem, Row, Rows};

/// The columns a file of answers has beside its four.
#[derive(Debug, Clone, Copy, Default)]
pub struct MoreColumns<'c> {
    /// Must be there.
    pub required: &'c [&'c str],
    /// May be there.
    pub optional: &'c [&'c str],
    /// Those of them that tell two readings of one case apart.
    pub apart: &'c [&'c str],
}

/// The answers of one case, or of one of its readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseAnswers {
    /// Its id, as in the file.
    pub case: String,
    /// The first line that names it.
    pub line: u64,
    /// Values of the further columns, required ones first; the same on all its rows.
    pub facts: Vec<String>,
    /// Its type and answers.
    pub answers: Answers,
    /// A row of it has a problem, so answers may be missing that the file does give.
    pub faulty: bool,
}

/// What a file of answers holds. With problems the cases may lack answers: don't use them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswersFile {
    /// Cases in order of first appearance.
    pub cases: Vec<CaseAnswers>,
    /// Everything that is wrong, by line.
    pub problems: Vec<Problem>,
}

const CASE: usize = 0;
const CASE_TYPE: usize = 1;
const QUESTION: usize = 2;
const ANSWER: usize = 3;
const OWN: [&str; 4] = ["case", "case_type", "question", "answer"];

/// Reads a whole file of answers.
pub fn read_answers(instrument: &Instrument, bytes: &[u8], more: MoreColumns<'_>) -> AnswersFile {
    let required: Vec<&str> = OWN.into_iter().chain(more.required.iter().copied()).collect();
    let columns = Columns { required: &required, optional: more.optional, otherwise: "" };
    let rows = match Rows::new(bytes, columns) {
        Ok(rows) => rows,
        Err(problems) => return AnswersFile { cases: Vec::new(), problems },
    };
    let mut problems = Vec::new();
    let mut gathering = Gathering::new(instrument, more);
    rows.each(&mut problems, |row, problems| {
        gathering.take(&row, problems);
    });
    AnswersFile { cases: gathering.finish(), problems }
}

/// A case while its rows come in.
struct Group {
    case: String,
    line: u64,
    facts: Vec<String>,
    case_type: Option<CaseTypeIx>,
    type_line: u64,
    given: Vec<(QuestionIx, Value)>,
    /// Lines of the answers, for a repeated question.
    lines: Vec<u64>,
    seen: Vec<u64>,
    faulty: bool,
}

struct Gathering<'i> {
    instrument: &'i Instrument,
    questions: HashMap<&'i str, QuestionIx>,
    /// Nearest known question of each unknown one.
    near: HashMap<String, Option<&'i str>>,
    names: Vec<String>,
    /// Which further columns tell readings apart.
    apart: Vec<usize>,
    groups: Vec<Group>,
    by_key: HashMap<Vec<String>, usize>,
    last: Option<usize>,
}

impl<'i> Gathering<'i> {
    fn new(instrument: &'i Instrument, more: MoreColumns<'_>) -> Self {
        let names: Vec<String> =
            more.required.iter().chain(more.optional).map(|name| (*name).to_owned()).collect();
        let apart = (0..names.len()).filter(|at| more.apart.contains(&names[*at].as_str()));
        Self {
            instrument,
            questions: (instrument.questions().iter().map(|q| q.id()))
                .zip(instrument.question_positions())
                .collect(),
            near: HashMap::new(),
            apart: apart.collect(),
            names,
            groups: Vec::new(),
            by_key: HashMap::new(),
            last: None,
        }
    }

    /// Takes in one row, or says everything that is wrong with it.
    fn take(&mut self, row: &Row<'_>, problems: &mut Vec<Problem>) {
        let before = problems.len();
        if row.value(CASE).is_empty() {
            problems.push(Problem::on(row.line, "the case is empty"));
        }
        let case_type = self.case_type(row).map_err(|problem| problems.push(problem)).ok();
        let at = self.group_of(row, case_type);
        self.compare(&self.groups[at], row, case_type, problems);
        if let Some((question, value)) = self.answer(row, case_type, problems) {
            self.give(at, question, value, row, problems);
        }
        self.groups[at].faulty |= problems.len() > before;
    }

    /// The question and the answer of a row; none where it only declares its case.
    fn answer(
        &mut self,
        row: &Row<'_>,
        case_type: Option<CaseTypeIx>,
        problems: &mut Vec<Problem>,
    ) -> Option<(QuestionIx, Value)> {
        let (id, answer) = (row.value(QUESTION), row.value(ANSWER));
        if id.is_empty() {
            if !answer.is_empty() {
                let message = format!("the answer {answer} stands without a question");
                problems.push(Problem::on(row.line, message));
            }
            return None;
        }
        let Some(&question) = self.questions.get(id) else {
            let instrument = self.instrument;
            let near = *self
                .near
                .entry(id.to_owned())
                .or_insert_with(|| did_you_mean(id, instrument.questions().iter().map(|q| q.id())));
            let problem = Problem::on(row.line, format!("question {id} is unknown"));
            problems.push(problem.did_you_mean(near));
            return None;
        };
        match parse_value(self.instrument.question(question), case_type, answer) {
            Ok(value) => Some((question, value)),
            Err(bad) => {
                problems.push(Problem {
                    line: Some(row.line),
                    message: bad.message,
                    help: bad.help,
                });
                None
            }
        }
    }

    fn give(
        &mut self,
        at: usize,
        question: QuestionIx,
        value: Value,
        row: &Row<'_>,
        problems: &mut Vec<Problem>,
    ) {
        let group = &mut self.groups[at];
        let (word, bit) = (usize::from(question.0) / 64, question.0 % 64);
        if group.seen[word] >> bit & 1 == 1 {
            let first = group.given.iter().position(|(given, _)| *given == question);
            let first = first.map_or(group.line, |at| group.lines[at]);
            let id = row.value(QUESTION);
            let message = format!("question {id} of case {} is answered twice", group.case);
            problems.push(
                Problem::on(row.line, message)
                    .help(format!("its first answer stands on line {first}")),
            );
            return;
        }
        group.seen[word] |= 1 << bit;
        group.given.push((question, value));
        group.lines.push(row.line);
    }

    /// The case or reading a row belongs to.
    fn group_of(&mut self, row: &Row<'_>, case_type: Option<CaseTypeIx>) -> usize {
        let at = match self.last.filter(|at| self.is_of(&self.groups[*at], row)) {
            Some(at) => at,
            None => {
                let case = row.value(CASE);
                let apart = self.apart.iter().map(|at| row.value(OWN.len() + at));
                let key = std::iter::once(case).chain(apart).map(str::to_owned).collect();
                let facts = 0..self.names.len();
                let words = self.questions.len().div_ceil(64);
                let groups = &mut self.groups;
                *self.by_key.entry(key).or_insert_with(|| {
                    groups.push(Group {
                        case: case.to_owned(),
                        line: row.line,
                        facts: facts.map(|at| row.value(OWN.len() + at).to_owned()).collect(),
                        case_type: None,
                        type_line: row.line,
                        given: Vec::new(),
                        lines: Vec::new(),
                        seen: vec![0; words],
                        faulty: false,
                    });
                    groups.len() - 1
                })
            }
        };
        self.last = Some(at);
        let group = &mut self.groups[at];
        if group.case_type.is_none() {
            group.case_type = case_type;
            group.type_line = row.line;
        }
        at
    }

    /// A reading has one type, and one value in every further column.
    fn compare(
        &self,
        group: &Group,
        row: &Row<'_>,
        case_type: Option<CaseTypeIx>,
        problems: &mut Vec<Problem>,
    ) {
        if let (Some(first), Some(here)) = (group.case_type, case_type)
            && first != here
        {
            let code = |of: CaseTypeIx| &self.instrument.case_types()[usize::from(of.0)].code;
            let message = format!("case {} is {} here", group.case, code(here));
            problems.push(Problem::on(row.line, message).help(format!(
                "line {} says {}; a case has one type",
                group.type_line,
                code(first)
            )));
        }
        for (at, name) in self.names.iter().enumerate() {
            let (first, here) = (&group.facts[at], row.value(OWN.len() + at));
            if first != here {
                let message = format!("{name} of case {} is \"{here}\" here", group.case);
                problems.push(
                    Problem::on(row.line, message)
                        .help(format!("line {} says \"{first}\"", group.line)),
                );
            }
        }
    }

    fn is_of(&self, group: &Group, row: &Row<'_>) -> bool {
        group.case == row.value(CASE)
            && self.apart.iter().all(|at| group.facts[*at] == row.value(OWN.len() + at))
    }

    fn case_type(&self, row: &Row<'_>) -> Result<CaseTypeIx, Problem> {
        let code = row.value(CASE_TYPE);
        self.instrument.find_case_type(code).ok_or_else(|| {
            let known: Vec<&str> =
                self.instrument.case_types().iter().map(|t| t.code.as_str()).collect();
            let message = if code.is_empty() {
                format!("the type of case {} is empty", row.value(CASE))
            } else {
                format!("case type {code} is unknown")
            };
            Problem::on(row.line, message).help(match did_you_mean(code, known.iter().copied()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("it is {}", list_or(&known)),
            })
        })
    }

    fn finish(self) -> Vec<CaseAnswers> {
        self.groups
            .into_iter()
            .filter_map(|group| {
                Some(CaseAnswers {
                    case: group.case,
                    line: group.line,
                    facts: group.facts,
                    answers: Answers::of(group.case_type?, group.given),
                    faulty: group.faulty,
                })
            })
            .collect()
    }
}
