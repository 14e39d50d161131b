//! Answers to a question of two editions, as far as either tells them apart.

use super::matching::Matching;
use crate::instrument::rate::Given;
use crate::instrument::{
    CaseTypeIx, Choice, CodeSet, Condition, Instrument, ItemIx, Kind, QuestionIx, Role, Strictness,
    Test,
};
use crate::text::{list_and, list_or};

/// Groups of a checklist that are combined in every way; further ones are left alone.
const MOST_TICKS: usize = 10;

/// Numbers that are taken one by one where they are compared with another question's.
const MOST_NUMBERS: usize = 1_000;

/// Answers that neither edition tells apart.
#[derive(Debug, Clone)]
pub(super) struct Class {
    /// What the old edition reads, with the number of its class there; none where it does not
    /// offer such an answer.
    pub(super) old: Option<(usize, Given)>,
    /// The same for the new edition.
    pub(super) new: Option<(usize, Given)>,
    /// One answer of it, as files write it.
    pub(super) answer: String,
    /// "Yes or NA".
    pub(super) words: String,
}

impl Class {
    /// No answer, where a rating does not wait for one: no condition can tell it.
    fn unanswered() -> Self {
        let nothing = Some((usize::MAX, Given::Other));
        let words = "is not answered".to_owned();
        Self { old: nothing, new: nothing, answer: String::new(), words }
    }
    /// Whether something is answered.
    pub(super) fn answered(&self) -> bool {
        ![self.old, self.new].iter().flatten().any(|(_, given)| *given == Given::Other)
    }
}

/// A question that a rating hangs on in one of the editions or both.
#[derive(Debug)]
pub(super) struct Variable {
    pub(super) old: Option<QuestionIx>,
    pub(super) new: Option<QuestionIx>,
    pub(super) classes: Vec<Class>,
}

/// A question of one edition, with what tells its answers apart there.
struct Side<'i> {
    instrument: &'i Instrument,
    at: QuestionIx,
    tests: Vec<&'i Test>,
    case_type: CaseTypeIx,
}

/// The questions of one edition that matter and the tests that read them.
pub(super) struct Reads<'i> {
    pub(super) instrument: &'i Instrument,
    pub(super) case_type: CaseTypeIx,
    pub(super) questions: Vec<QuestionIx>,
    pub(super) tests: Vec<&'i Test>,
}

impl<'i> Reads<'i> {
    /// What the rating of an item hangs on.
    pub(super) fn of_item(
        instrument: &'i Instrument,
        item: ItemIx,
        case_type: CaseTypeIx,
        questions: Vec<QuestionIx>,
    ) -> Self {
        let mut conditions: Vec<&Condition> = Vec::new();
        let own = instrument.item(item);
        let family = own.parent().into_iter().chain([item]).chain(own.sub_items().iter().copied());
        for at in family {
            let item = instrument.item(at);
            conditions.extend(item.rows().iter().map(|row| &row.when));
            let hard = item.rules().iter().filter(|rule| rule.strictness == Strictness::Hard);
            conditions.extend(hard.map(|rule| &rule.broken_when));
        }
        conditions.extend(questions.iter().map(|at| instrument.question(*at).ask_when()));
        Self { instrument, case_type, questions, tests: tests(&conditions) }
    }

    fn side(&self, at: QuestionIx) -> Side<'i> {
        let reading = |test: &&&Test| test.reads(at);
        let tests = self.tests.iter().filter(reading).copied().collect();
        Side { instrument: self.instrument, at, tests, case_type: self.case_type }
    }
}

/// What the rating of an item hangs on: what it waits for, and what its hard rules read without
/// waiting for it, in asking order.
pub(super) fn reads(instrument: &Instrument, item: ItemIx) -> Vec<QuestionIx> {
    let mut found = crate::instrument::rate::reads(instrument, item);
    let own = instrument.item(item);
    let family = own.parent().into_iter().chain([item]).chain(own.sub_items().iter().copied());
    for at in family {
        let rules = instrument.item(at).rules().iter();
        for rule in rules.filter(|rule| rule.strictness == Strictness::Hard) {
            let read = rule.broken_when.questions().into_iter();
            found.extend(read.filter(|at| !instrument.question(*at).waited_for()));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

pub(super) fn tests<'i>(conditions: &[&'i Condition]) -> Vec<&'i Test> {
    let mut tests = Vec::new();
    for condition in conditions {
        condition.each_test(&mut |test| tests.push(test));
    }
    tests
}

/// The questions of both editions, matched, each after those its gate reads in either.
pub(super) fn variables(
    matching: &Matching<'_>,
    old: &Reads<'_>,
    new: &Reads<'_>,
) -> Vec<Variable> {
    let mut pairs: Vec<(Option<QuestionIx>, Option<QuestionIx>)> = Vec::new();
    for at in &new.questions {
        let partner = matching.old_question(*at).filter(|was| {
            old.questions.contains(was)
                && std::mem::discriminant(matching.old.question(*was).kind())
                    == std::mem::discriminant(matching.new.question(*at).kind())
        });
        pairs.push((partner, Some(*at)));
    }
    for at in &old.questions {
        if !pairs.iter().any(|(was, _)| was == &Some(*at)) {
            pairs.push((Some(*at), None));
        }
    }
    let mut placed: Vec<Variable> = Vec::new();
    while !pairs.is_empty() {
        let ready = pairs.iter().position(|(was, is)| {
            let waits = |side: &Reads<'_>, at: &Option<QuestionIx>, old_side: bool| {
                at.is_some_and(|at| {
                    hangs_on(side.instrument, at).iter().any(|read| {
                        pairs.iter().any(|(a, b)| {
                            let other = if old_side { a } else { b };
                            *other == Some(*read) && *read != at
                        })
                    })
                })
            };
            !waits(old, was, true) && !waits(new, is, false)
        });
        // Editions that turned the order of two gates round leave no order that suits both.
        let (was, is) = pairs.remove(ready.unwrap_or(0));
        let mut classes = classes(was.map(|at| old.side(at)), is.map(|at| new.side(at)));
        let optional = |side: &Reads<'_>, at: QuestionIx| {
            let question = side.instrument.question(at);
            !question.waited_for() && !classes.is_empty()
        };
        if was.is_some_and(|at| optional(old, at)) || is.is_some_and(|at| optional(new, at)) {
            classes.push(Class::unanswered());
        }
        placed.push(Variable { old: was, new: is, classes });
    }
    placed
}

/// What must be known before it is known whether a question is asked.
fn hangs_on(instrument: &Instrument, at: QuestionIx) -> Vec<QuestionIx> {
    let question = instrument.question(at);
    let mut read = question.ask_when().questions();
    if let crate::instrument::Place::Item(item) = question.place() {
        let own = instrument.item(item);
        let above = own.parent().map(|parent| instrument.item(parent));
        read.extend(above.into_iter().filter_map(|item| item.applies_question()));
        if !question.asks_applicability() {
            read.extend(own.applies_question());
        }
    }
    read
}

fn classes(old: Option<Side<'_>>, new: Option<Side<'_>>) -> Vec<Class> {
    let Some(one) = new.as_ref().or(old.as_ref()) else { return Vec::new() };
    match one.instrument.question(one.at).kind() {
        Kind::Choice(_) => {
            let groups = groups(old.as_ref(), new.as_ref(), false);
            groups.iter().map(|group| class(&[group], Some(&groups))).collect()
        }
        Kind::Checklist(_) => {
            let mut groups = groups(old.as_ref(), new.as_ref(), true);
            groups.truncate(MOST_TICKS);
            (0..1_usize << groups.len())
                .map(|ticked| {
                    let chosen = groups.iter().enumerate().filter(|(at, _)| ticked >> at & 1 == 1);
                    class(&chosen.map(|(_, group)| group).collect::<Vec<_>>(), None)
                })
                .collect()
        }
        Kind::Integer { .. } => numbers(old.as_ref(), new.as_ref()),
        _ => Vec::new(),
    }
}

/// Options that neither edition tells apart.
struct Group {
    key: [Option<Vec<bool>>; 2],
    /// Position of the first of them in each edition, and the number of its class there.
    first: [Option<(usize, usize)>; 2],
    codes: Vec<String>,
    titles: Vec<String>,
}

fn groups(old: Option<&Side<'_>>, new: Option<&Side<'_>>, checklist: bool) -> Vec<Group> {
    let sides = [old, new];
    let mut codes: Vec<&str> = Vec::new();
    for option in sides.iter().flatten().flat_map(|side| side.options()) {
        if !codes.contains(&option.code.as_str()) {
            codes.push(&option.code);
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for code in codes {
        let found = sides.map(|side| side.and_then(|side| side.offered(code)));
        if found == [None, None] {
            continue;
        }
        let key = [0, 1].map(|side| Some(sides[side]?.signature(found[side]?)));
        if checklist && key.iter().flatten().all(|key| !key.contains(&true)) {
            continue;
        }
        let options = [0, 1].map(|side| Some(&sides[side]?.options()[found[side]?]));
        let title = options[1].or(options[0]).map_or(code, |option| option.title.as_str());
        match groups.iter_mut().find(|group| group.key == key) {
            Some(group) => {
                group.codes.push(code.to_owned());
                group.titles.push(title.to_owned());
            }
            None => {
                let first = [0, 1].map(|side| {
                    let known = groups.iter().find(|group| group.key[side] == key[side]);
                    let number = known.and_then(|group| Some(group.first[side]?.1));
                    Some((found[side]?, number.unwrap_or(groups.len())))
                });
                let (codes, titles) = (vec![code.to_owned()], vec![title.to_owned()]);
                groups.push(Group { key, first, codes, titles });
            }
        }
    }
    groups
}

impl Side<'_> {
    fn options(&self) -> &[Choice] {
        self.instrument.question(self.at).options()
    }
    /// Position of an option, if it is offered to the case type.
    fn offered(&self, code: &str) -> Option<usize> {
        let offered = |o: &Choice| o.code == code && o.case_types.has(self.case_type);
        self.options().iter().position(offered)
    }
    /// Which tests an option passes.
    fn signature(&self, option: usize) -> Vec<bool> {
        let one = CodeSet::one(option);
        let mut key: Vec<bool> = Vec::new();
        for test in &self.tests {
            key.push(match test {
                Test::Answer { codes, .. } => codes.meets(one),
                Test::NothingTicked { .. } => true,
                _ => false,
            });
        }
        // Whether the item applies is told apart by everything in it.
        if *self.instrument.question(self.at).role() == Role::Applies {
            key.push(option == 0);
        }
        key
    }
}

/// A choice of one group of `all`, or a checklist ticked in several.
fn class(groups: &[&Group], all: Option<&[Group]>) -> Class {
    let side = |side: usize| {
        let mut set = CodeSet::EMPTY;
        let mut number = 0;
        for group in groups {
            let (option, class) = group.first[side]?;
            set = set.with(CodeSet::one(option));
            number |= 1 << class.min(60);
        }
        Some((number, Given::Codes(set)))
    };
    let codes: Vec<&str> =
        groups.iter().filter_map(|g| g.codes.first()).map(String::as_str).collect();
    let words = if let Some(all) = all {
        let titles: Vec<&str> = groups.iter().flat_map(|g| &g.titles).map(String::as_str).collect();
        let others: Vec<&str> = all
            .iter()
            .flat_map(|group| &group.titles)
            .map(String::as_str)
            .filter(|title| !titles.contains(title))
            .collect();
        if titles.len() > 3 && (1..=2).contains(&others.len()) {
            format!("is anything but {}", list_or(&others))
        } else {
            format!("is {}", list_or(&titles))
        }
    } else if groups.is_empty() {
        "has nothing of note ticked".to_owned()
    } else {
        let titles: Vec<&str> =
            groups.iter().filter_map(|g| g.titles.first()).map(String::as_str).collect();
        format!("is ticked at {}", list_and(&titles))
    };
    Class { old: side(0), new: side(1), answer: codes.join(";"), words }
}

fn numbers(old: Option<&Side<'_>>, new: Option<&Side<'_>>) -> Vec<Class> {
    let bounds = |side: Option<&Side<'_>>| {
        let side = side?;
        match side.instrument.question(side.at).kind() {
            Kind::Integer { least, most } => Some((*least, *most)),
            _ => None,
        }
    };
    let both = [bounds(old), bounds(new)];
    let Some(low) = both.iter().flatten().map(|(least, _)| *least).min() else {
        return Vec::new();
    };
    let high = both.iter().flatten().map(|(_, most)| *most).max().unwrap_or(low);
    let mut starts = vec![low];
    for (least, most) in both.iter().flatten() {
        starts.push(*least);
        starts.extend(most.checked_add(1));
    }
    for test in [old, new].into_iter().flatten().flat_map(|side| &side.tests) {
        if let Test::Integer { least, most, .. } = test {
            starts.push(*least);
            starts.extend(most.checked_add(1));
        }
    }
    let mut sides = [old, new].into_iter().flatten();
    if sides.any(|side| side.tests.iter().any(|test| matches!(test, Test::Compare { .. }))) {
        // What another number is, is not known here: each is taken by itself.
        starts.extend((low..=high).take(MOST_NUMBERS));
    }
    starts.retain(|start| (low..=high).contains(start));
    starts.sort_unstable();
    starts.dedup();
    let ends: Vec<i64> = starts.iter().skip(1).map(|next| next - 1).chain([high]).collect();
    let ranges = starts.iter().zip(ends).enumerate();
    ranges
        .map(|(number, (start, end))| {
            let inside = |bounds: Option<(i64, i64)>| {
                let (least, most) = bounds?;
                (least..=most).contains(start).then_some((number, Given::Integer(*start)))
            };
            let words = if end == *start {
                format!("is {start}")
            } else if end == high {
                format!("is {start} or more")
            } else {
                format!("is {start} to {end}")
            };
            Class { old: inside(both[0]), new: inside(both[1]), answer: start.to_string(), words }
        })
        .collect()
}
