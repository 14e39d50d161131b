//! The proof of rating tables against brute force: random small tables over choices, whole
//! numbers and checklists, with gates and hard rules, judged here by a second, plain
//! evaluation of every single answer.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write;

use casereview::instrument::check;
use proptest::prelude::*;

/// An answer; a checklist is a set of bits.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Answer {
    Unasked,
    Code(u8),
    Number(i64),
    Ticked(u8),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Choice(u8),
    Number,
    Checklist,
}

impl Kind {
    fn answers(self) -> Vec<Answer> {
        match self {
            Self::Choice(options) => (0..options).map(Answer::Code).collect(),
            Self::Number => (0..=5).map(Answer::Number).collect(),
            Self::Checklist => (0..8).map(Answer::Ticked).collect(),
        }
    }
}

/// What one question must be; numbers are taken modulo what the question's kind offers.
#[derive(Debug, Clone)]
struct Test {
    question: usize,
    first: u8,
    second: u8,
}

#[derive(Debug, Clone)]
enum Cond {
    Is(Test),
    All(Vec<Cond>),
    One(Vec<Cond>),
    Not(Box<Cond>),
    /// Over the choices: how many of them have the first code.
    Count {
        least: usize,
        most: usize,
    },
    Any,
    Every,
    None,
}

#[derive(Debug, Clone)]
struct Table {
    kinds: Vec<Kind>,
    gates: Vec<Option<Cond>>,
    rules: Vec<Cond>,
    rows: Vec<(bool, Cond)>,
}

impl Table {
    fn choices(&self) -> Vec<usize> {
        (0..self.kinds.len()).filter(|q| matches!(self.kinds[*q], Kind::Choice(_))).collect()
    }

    fn test(&self, test: &Test, limit: usize, answers: &[Answer]) -> bool {
        let question = test.question % limit;
        match (self.kinds[question], answers[question]) {
            (_, Answer::Unasked) => false,
            (Kind::Choice(options), Answer::Code(code)) => {
                code == test.first % options || code == test.second % options
            }
            (_, Answer::Number(n)) => {
                let (a, b) = (i64::from(test.first % 6), i64::from(test.second % 6));
                a.min(b) <= n && n <= a.max(b)
            }
            (_, Answer::Ticked(set)) => match test.first % 4 {
                3 => set == 0,
                at => set >> at & 1 == 1,
            },
            _ => unreachable!(),
        }
    }

    /// `limit`: how many questions may be read.
    fn holds(&self, cond: &Cond, limit: usize, answers: &[Answer]) -> bool {
        let first = || self.choices().into_iter().filter(|q| *q < limit);
        let hits = || first().filter(|q| answers[*q] == Answer::Code(0)).count();
        match cond {
            Cond::Is(test) => self.test(test, limit, answers),
            Cond::All(parts) => parts.iter().all(|part| self.holds(part, limit, answers)),
            Cond::One(parts) => parts.iter().any(|part| self.holds(part, limit, answers)),
            Cond::Not(inner) => !self.holds(inner, limit, answers),
            Cond::Any => hits() > 0,
            Cond::Every => hits() == first().count(),
            Cond::None => hits() == 0,
            Cond::Count { least, most } => {
                let (least, most) = bounds(*least, *most, first().count());
                (least..=most).contains(&hits())
            }
        }
    }

    fn write(&self, cond: &Cond, limit: usize) -> String {
        let of = || {
            let of: Vec<String> = self
                .choices()
                .into_iter()
                .filter(|q| *q < limit)
                .map(|q| format!("\"Q{q}\""))
                .collect();
            of.join(", ")
        };
        let list = |parts: &[Cond]| {
            let parts: Vec<String> = parts.iter().map(|part| self.write(part, limit)).collect();
            parts.join(", ")
        };
        match cond {
            Cond::Is(test) => {
                let question = test.question % limit;
                let aim = match self.kinds[question] {
                    Kind::Choice(options) => {
                        format!("[\"c{}\", \"c{}\"]", test.first % options, test.second % options)
                    }
                    Kind::Number => {
                        let (a, b) = (test.first % 6, test.second % 6);
                        format!("{{ at-least = {}, at-most = {} }}", a.min(b), a.max(b))
                    }
                    Kind::Checklist => match test.first % 4 {
                        3 => "{ nothing-ticked = true }".to_owned(),
                        at => format!("\"t{at}\""),
                    },
                };
                format!("{{ Q{question} = {aim} }}")
            }
            Cond::All(parts) => format!("{{ all-of = [{}] }}", list(parts)),
            Cond::One(parts) => format!("{{ one-of = [{}] }}", list(parts)),
            Cond::Not(inner) => format!("{{ not = {} }}", self.write(inner, limit)),
            Cond::Any => format!("{{ any = {{ of = [{}], is = \"c0\" }} }}", of()),
            Cond::Every => format!("{{ every = {{ of = [{}], is = \"c0\" }} }}", of()),
            Cond::None => format!("{{ none = {{ of = [{}], is = \"c0\" }} }}", of()),
            Cond::Count { least, most } => {
                let choices = self.choices().into_iter().filter(|q| *q < limit).count();
                let (least, most) = bounds(*least, *most, choices);
                format!(
                    "{{ count = {{ of = [{}], is = \"c0\", at-least = {least}, at-most = {most} }} }}",
                    of()
                )
            }
        }
    }

    fn text(&self) -> String {
        let mut out = String::from(
            "[instrument]\nid = \"t\"\ntitle = \"T\"\nshort = \"T\"\nedition = \"1\"\nsource = \"s\"\n\
             [[case-type]]\ncode = \"c\"\ntitle = \"C\"\n\
             [[item]]\nid = \"1\"\ntitle = \"I\"\n[item.applies]\nc = \"always\"\n",
        );
        for (at, kind) in self.kinds.iter().enumerate() {
            let _ = writeln!(out, "[[item.question]]\nid = \"Q{at}\"\nask = \"?\"");
            let options = |letter: char, n: u8| {
                let options: Vec<String> = (0..n)
                    .map(|o| format!("{{ code = \"{letter}{o}\", title = \"{letter}{o}\" }}"))
                    .collect();
                options.join(", ")
            };
            let _ = match kind {
                Kind::Choice(n) => writeln!(out, "answers = [{}]", options('c', *n)),
                Kind::Number => writeln!(out, "kind = \"integer\"\nleast = 0\nmost = 5"),
                Kind::Checklist => {
                    writeln!(out, "kind = \"checklist\"\noptions = [{}]", options('t', 3))
                }
            };
            if let Some(gate) = &self.gates[at] {
                let _ = writeln!(out, "ask-when = {}", self.write(gate, at));
            }
        }
        let all = self.kinds.len();
        for (at, rule) in self.rules.iter().enumerate() {
            let forbid = self.write(rule, all);
            let _ = writeln!(out, "[[item.rule]]\nid = \"F{at}\"\nsay = \"s\"\nforbid = {forbid}");
        }
        for (at, (strength, when)) in self.rows.iter().enumerate() {
            let give = if *strength { "strength" } else { "ani" };
            let when = self.write(when, all);
            let _ = writeln!(out, "[[item.row]]\nid = \"R{at}\"\ngive = \"{give}\"\nwhen = {when}");
        }
        out
    }

    /// Every set of answers that the gates allow.
    fn sets(&self) -> Vec<Vec<Answer>> {
        let mut sets = vec![Vec::new()];
        for (at, kind) in self.kinds.iter().enumerate() {
            let mut next = Vec::new();
            for set in sets {
                let asked = self.gates[at].as_ref().is_none_or(|gate| self.holds(gate, at, &set));
                let answers = if asked { kind.answers() } else { vec![Answer::Unasked] };
                for answer in answers {
                    let mut longer = set.clone();
                    longer.push(answer);
                    next.push(longer);
                }
            }
            sets = next;
        }
        sets
    }
}

fn bounds(least: usize, most: usize, count: usize) -> (usize, usize) {
    let (least, most) = (least % (count + 1), most % (count + 1));
    (least.min(most), least.max(most))
}

/// What is wrong with a table, as the check codes it: code and row, rule or question.
fn brute_force(table: &Table) -> BTreeSet<String> {
    let mut wrong = BTreeSet::new();
    let all = table.kinds.len();
    let sets = table.sets();
    for (at, rule) in table.rules.iter().enumerate() {
        if !sets.iter().any(|set| table.holds(rule, all, set)) {
            wrong.insert(format!("idle-rule F{at}"));
        }
    }
    let sets: Vec<_> = sets
        .into_iter()
        .filter(|set| !table.rules.iter().any(|rule| table.holds(rule, all, set)))
        .collect();
    for at in 0..all {
        if table.gates[at].is_some() && sets.iter().all(|set| set[at] == Answer::Unasked) {
            wrong.insert(format!("unreachable-question 1.Q{at}"));
        }
    }
    if sets.is_empty() {
        wrong.insert("impossible".to_owned());
        return wrong;
    }
    let mut holds = vec![false; table.rows.len()];
    let mut alone = vec![false; table.rows.len()];
    for set in &sets {
        let holding: Vec<usize> = (0..table.rows.len())
            .filter(|row| table.holds(&table.rows[*row].1, all, set))
            .collect();
        holding.iter().for_each(|row| holds[*row] = true);
        match holding.as_slice() {
            [] => {
                wrong.insert("gap".to_owned());
            }
            [row] => alone[*row] = true,
            [first, rest @ ..] => {
                if rest.iter().any(|row| table.rows[*row].0 != table.rows[*first].0) {
                    wrong.insert("overlap".to_owned());
                }
            }
        }
    }
    let clash = wrong.contains("overlap");
    for row in 0..table.rows.len() {
        if !holds[row] {
            wrong.insert(format!("dead-row R{row}"));
        } else if !alone[row] && !clash {
            wrong.insert(format!("covered-row R{row}"));
        }
    }
    wrong
}

/// What the check says, in the same words.
fn checked(text: &str) -> BTreeSet<String> {
    let checked = check("random", text);
    let clash = checked.diagnostics.iter().any(|problem| problem.code == "overlap");
    checked
        .diagnostics
        .iter()
        .filter(|problem| !(clash && problem.code == "covered-row"))
        .map(|problem| match problem.code {
            code @ ("gap" | "overlap" | "impossible") => code.to_owned(),
            code => format!("{code} {}", problem.message.split(' ').nth(1).unwrap()),
        })
        .collect()
}

fn conditions() -> impl Strategy<Value = Cond> {
    let leaf = prop_oneof![
        6 => (0..4usize, 0..6u8, 0..6u8)
            .prop_map(|(question, first, second)| Cond::Is(Test { question, first, second })),
        1 => (0..4usize, 0..4usize).prop_map(|(least, most)| Cond::Count { least, most }),
        1 => Just(Cond::Any),
        1 => Just(Cond::Every),
        1 => Just(Cond::None),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..3).prop_map(Cond::All),
            proptest::collection::vec(inner.clone(), 1..3).prop_map(Cond::One),
            inner.prop_map(|inner| Cond::Not(Box::new(inner))),
        ]
    })
}

fn tables() -> impl Strategy<Value = Table> {
    let kind = prop_oneof![
        4 => (2..4u8).prop_map(Kind::Choice),
        1 => Just(Kind::Number),
        1 => Just(Kind::Checklist),
    ];
    let gate = proptest::option::weighted(0.4, conditions());
    let kinds = (2..4u8, proptest::collection::vec(kind, 1..4))
        // The first is a choice, so that groups have someone to count.
        .prop_map(|(first, more)| [vec![Kind::Choice(first)], more].concat());
    (
        kinds,
        proptest::collection::vec(gate, 4),
        proptest::collection::vec(conditions(), 0..3),
        proptest::collection::vec((any::<bool>(), conditions()), 1..5),
        any::<bool>(),
    )
        .prop_map(|(kinds, mut gates, rules, mut rows, complement)| {
            gates.truncate(kinds.len());
            gates[0] = None;
            if complement {
                // A table without gaps: the last row holds where no other does.
                let others = rows.iter().map(|(_, when)| when.clone()).collect();
                rows.push((true, Cond::Not(Box::new(Cond::One(others)))));
            }
            Table { kinds, gates, rules, rows }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_proof_says_what_brute_force_finds(table in tables()) {
        let text = table.text();
        prop_assert_eq!(checked(&text), brute_force(&table), "{}", text);
    }
}
