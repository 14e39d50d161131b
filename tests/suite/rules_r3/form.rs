//! The questions of the full review, as far as they rate or are read beside those that do.

use std::sync::LazyLock;

/// An answer, or none.
pub type Answer = Option<&'static str>;

/// The questions of one item with what was answered, in asking order.
pub type Given = [(&'static str, Answer)];

pub struct Question {
    pub id: &'static str,
    /// Everything it can be answered with, as files write it.
    pub answers: Vec<&'static str>,
    /// No rating waits for it.
    pub descriptive: bool,
    /// Known to be set aside in in-home cases.
    pub foster_care: bool,
}

pub struct Item {
    pub id: &'static str,
    pub questions: Vec<Question>,
}

impl Item {
    /// What a question of the item can be answered with.
    pub fn offered(&self, question: &str) -> &[&'static str] {
        let found = self.questions.iter().find(|one| one.id == question);
        found.map_or(&[], |one| &one.answers)
    }
}

enum Kind {
    YesNo,
    YesNoNa,
    Pattern,
    PatternNa,
    /// A number between two bounds.
    Number(usize, usize),
    /// Any of these, at least and at most so many of them.
    Ticks(&'static [&'static str], usize, usize),
}

use Kind::{Number, Pattern, PatternNa, Ticks, YesNo, YesNoNa};

const AT_HOME: &[&str] = &["substantiated-again", "alternative-again", "closed-open", "other"];
const IN_VISITS: &[&str] = &["monitoring", "unsupervised", "court-ordered", "other"];
const IN_PLACEMENT: &[&str] = &["maltreatment", "incident", "risk", "unaware", "other"];
const INSTABILITY: &[&str] = &["shelter", "may-not-continue", "problems", "runaway", "other"];
const EXCEPTIONS: &[&str] = &["relative", "compelling-reason", "no-services"];
const GOALS: &[&str] = &["reunification", "guardianship", "adoption", "oppla"];

/// An item, and its questions: id, what it takes, and signs.
type FormItem = (&'static str, &'static [(&'static str, Kind, &'static str)]);

/// Item by item: question, what it takes, a star where no rating waits for it. Of the items
/// with the most combinations an f marks what is asked in foster care only.
const FORM: [FormItem; 18] = [
    (
        "1",
        &[
            ("1.applies", YesNo, ""),
            ("1.A", Number(0, 40), ""),
            ("1.B", Number(0, 40), ""),
            ("1.C", YesNoNa, ""),
        ],
    ),
    ("2", &[("2.applies", YesNo, ""), ("2.A", YesNo, ""), ("2.B", YesNoNa, "")]),
    (
        "3",
        &[
            ("3.A", YesNoNa, ""),
            ("3.B", YesNoNa, ""),
            ("3.C", YesNoNa, ""),
            ("3.D1", Ticks(AT_HOME, 0, 4), "*"),
            ("3.D", YesNoNa, ""),
            ("3.E1", Ticks(IN_VISITS, 0, 4), "*f"),
            ("3.E", YesNoNa, "f"),
            ("3.F1", Ticks(IN_PLACEMENT, 0, 5), "*f"),
            ("3.F", YesNoNa, "f"),
        ],
    ),
    (
        "4",
        &[
            ("4.A", Number(1, 40), ""),
            ("4.B", YesNoNa, ""),
            ("4.C1", Ticks(INSTABILITY, 0, 5), "*"),
            ("4.C", YesNo, ""),
        ],
    ),
    (
        "5",
        &[
            ("5.applies", YesNo, ""),
            ("5.A3", YesNoNa, ""),
            ("5.B", YesNoNa, ""),
            ("5.C", YesNo, ""),
            ("5.D", YesNo, ""),
            ("5.E", YesNoNa, ""),
            ("5.F", YesNoNa, ""),
            ("5.G1", Ticks(EXCEPTIONS, 0, 3), "*"),
            ("5.G", YesNoNa, ""),
        ],
    ),
    ("6", &[("6.A1", Ticks(GOALS, 1, 2), "*"), ("6.B", YesNoNa, ""), ("6.C", YesNoNa, "")]),
    ("7", &[("7.applies", YesNo, ""), ("7.A", YesNo, ""), ("7.B", YesNoNa, "")]),
    (
        "8",
        &[
            ("8.applies", YesNo, "f"),
            ("8.A1", PatternNa, "*f"),
            ("8.A", YesNoNa, "f"),
            ("8.B1", PatternNa, "*f"),
            ("8.B", YesNoNa, "f"),
            ("8.C", YesNoNa, "f"),
            ("8.D", YesNoNa, "f"),
            ("8.E1", PatternNa, "*f"),
            ("8.E", YesNoNa, "f"),
            ("8.F", YesNoNa, "f"),
        ],
    ),
    (
        "9",
        &[
            ("9.applies", YesNo, ""),
            ("9.A", YesNo, ""),
            ("9.B", YesNoNa, "*"),
            ("9.C", YesNoNa, ""),
            ("9.D", YesNoNa, ""),
        ],
    ),
    (
        "10",
        &[
            ("10.applies", YesNo, ""),
            ("10.A1", YesNo, ""),
            ("10.A2", YesNoNa, ""),
            ("10.B", YesNoNa, ""),
            ("10.C", YesNoNa, ""),
        ],
    ),
    ("11", &[("11.applies", YesNo, ""), ("11.A", YesNoNa, ""), ("11.B", YesNoNa, "")]),
    (
        "12",
        &[
            ("12.A1", YesNo, ""),
            ("12.A2", YesNoNa, ""),
            ("12.B1", YesNoNa, ""),
            ("12.B2", YesNoNa, ""),
            ("12.B3", YesNoNa, ""),
            ("12.B4", YesNoNa, ""),
            ("12.C1", YesNoNa, ""),
            ("12.C2", YesNoNa, ""),
        ],
    ),
    (
        "13",
        &[
            ("13.applies", YesNo, ""),
            ("13.A", YesNoNa, ""),
            ("13.B", YesNoNa, ""),
            ("13.C", YesNoNa, ""),
        ],
    ),
    ("14", &[("14.A1", Pattern, ""), ("14.A", YesNo, ""), ("14.B", YesNoNa, "")]),
    (
        "15",
        &[
            ("15.applies", YesNo, ""),
            ("15.A1", PatternNa, ""),
            ("15.A2", YesNoNa, ""),
            ("15.B1", PatternNa, ""),
            ("15.B2", YesNoNa, ""),
            ("15.C", YesNoNa, ""),
            ("15.D", YesNoNa, ""),
        ],
    ),
    ("16", &[("16.applies", YesNo, ""), ("16.A", YesNo, ""), ("16.B", YesNoNa, "")]),
    (
        "17",
        &[
            ("17.applies", YesNo, ""),
            ("17.A1", YesNoNa, ""),
            ("17.A2", YesNoNa, ""),
            ("17.B1", YesNoNa, ""),
            ("17.B2", YesNoNa, ""),
            ("17.B3", YesNoNa, ""),
        ],
    ),
    (
        "18",
        &[
            ("18.applies", YesNo, ""),
            ("18.A", YesNo, ""),
            ("18.B", YesNoNa, ""),
            ("18.C", YesNoNa, ""),
        ],
    ),
];

/// The eighteen items in order.
pub static ITEMS: LazyLock<Vec<Item>> = LazyLock::new(|| {
    let question = |(id, kind, marks): &(&'static str, Kind, &str)| Question {
        id,
        answers: answers(kind),
        descriptive: marks.contains('*'),
        foster_care: marks.contains('f'),
    };
    FORM.iter()
        .map(|(id, questions)| Item { id, questions: questions.iter().map(question).collect() })
        .collect()
});

fn answers(kind: &Kind) -> Vec<&'static str> {
    let pattern =
        ["more-than-weekly", "weekly", "twice-monthly", "monthly", "less-than-monthly", "never"];
    match kind {
        YesNo => vec!["yes", "no"],
        YesNoNa => vec!["yes", "no", "na"],
        Pattern => pattern.to_vec(),
        PatternNa => pattern.into_iter().chain(["na"]).collect(),
        Number(least, most) => (*least..=*most).map(|n| kept(n.to_string())).collect(),
        Ticks(of, least, most) => (0_usize..1 << of.len())
            .filter(|set| (*least..=*most).contains(&(set.count_ones() as usize)))
            .map(|set| {
                let ticked = of.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                kept(ticked.map(|(_, code)| *code).collect::<Vec<_>>().join(";"))
            })
            .collect(),
    }
}

/// There are a few hundred such texts, made once.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
