//! What changed of outcomes, and which ratings of their items now make another outcome.

use super::change::{About, Aspect, Change, Notes, Subject, Thing};
use super::classes::{Reads, tests, variables};
use super::items::{bar, ids};
use super::matching::Matching;
use super::ratings::{Came, Example, TableChange};
use crate::instrument::rate::Given;
use crate::instrument::{
    Applies, CaseTypeIx, CodeSet, Facts, Instrument, ItemIx, Outcome, QuestionIx, Rating, Test,
    Truth, words,
};

/// Sets of item ratings (and answers) gone through for one outcome and case type.
const MOST_SETS: usize = 200_000;

/// All outcomes, in the order of the new edition, removed ones last.
pub(super) fn all(matching: &Matching<'_>, changes: &mut Vec<Change>) {
    for new in matching.new.outcomes() {
        let mut notes = Notes { about: about(new), changes };
        match partner(matching.old, new) {
            Some(old) => outcome(matching, old, new, &mut notes),
            None => {
                notes.add(Thing::Whole, "", Aspect::Added, None, Some(new.title().to_owned()));
            }
        }
    }
    for old in matching.old.outcomes() {
        if partner(matching.new, old).is_none() {
            let title = Some(old.title().to_owned());
            let mut notes = Notes { about: about(old), changes };
            notes.add(Thing::Whole, "", Aspect::Removed, title, None);
        }
    }
}

fn partner<'i>(instrument: &'i Instrument, outcome: &Outcome) -> Option<&'i Outcome> {
    instrument.outcomes().iter().find(|other| other.id() == outcome.id())
}

fn about(outcome: &Outcome) -> About {
    About {
        subject: Subject::Outcome,
        id: outcome.id().to_owned(),
        old_id: None,
        title: outcome.title().to_owned(),
    }
}

fn outcome(matching: &Matching<'_>, old: &Outcome, new: &Outcome, notes: &mut Notes<'_>) {
    let whole = Thing::Whole;
    notes.text(whole, "", Aspect::Title, old.title(), new.title());
    notes.text(whole, "", Aspect::Bar, &bar(old.bar()), &bar(new.bar()));
    if !same_items(matching, old, new) {
        let was = ids(matching.old, old.items(), old.absent());
        let is = ids(matching.new, new.items(), new.absent());
        notes.add(whole, "", Aspect::Items, Some(was), Some(is));
    }
    let told = |words: String, gives: &str| format!("{gives} when {words}");
    for was in old.rows() {
        let before = told(words::outcome_row(matching.old, was), was.give.title());
        let Some(is) = new.rows().iter().find(|row| row.id == was.id) else {
            notes.add(Thing::Row, &was.id, Aspect::Removed, Some(before), None);
            continue;
        };
        let say = |say: &Option<String>| say.clone().unwrap_or_default();
        notes.text(Thing::Row, &was.id, Aspect::Reworded, &say(&was.say), &say(&is.say));
        notes.text(Thing::Row, &was.id, Aspect::Gives, was.give.title(), is.give.title());
        if matching.condition(&was.when).as_ref() != Some(&is.when) {
            let after = told(words::outcome_row(matching.new, is), is.give.title());
            notes.add(Thing::Row, &was.id, Aspect::Condition, Some(before), Some(after));
        }
    }
    for is in new.rows() {
        if !old.rows().iter().any(|row| row.id == is.id) {
            let words = told(words::outcome_row(matching.new, is), is.give.title());
            notes.add(Thing::Row, &is.id, Aspect::Added, None, Some(words));
        }
    }
}

/// Whether an outcome is made of the same items; those an edition lacks have no partner, so
/// their ids count.
fn same_items(matching: &Matching<'_>, old: &Outcome, new: &Outcome) -> bool {
    let carried: Vec<_> = old.items().iter().map(|at| matching.item(*at)).collect();
    let now: Vec<_> = new.items().iter().copied().map(Some).collect();
    let crossed = matching.old.id() != matching.new.id();
    carried == now
        && (old.absent() == new.absent() || crossed && old.absent().len() == new.absent().len())
}

/// Outcomes whose own tables make something else of the same ratings.
pub(super) fn ratings(matching: &Matching<'_>) -> Vec<TableChange> {
    let mut found = Vec::new();
    for new in matching.new.outcomes() {
        let Some(old) = partner(matching.old, new) else { continue };
        let same_rows = old.rows().len() == new.rows().len()
            && old.rows().iter().zip(new.rows()).all(|(was, is)| {
                was.give == is.give && matching.condition(&was.when).as_ref() == Some(&is.when)
            });
        if same_rows && same_items(matching, old, new) {
            continue;
        }
        let mut change = TableChange::new(about(new));
        for case_types in matching.case_types() {
            compare(matching, old, new, case_types, &mut change);
        }
        if change.different > 0 {
            found.push(change);
        }
    }
    found
}

/// An item that a table reads in either edition, and how it can come out.
struct Rated {
    old: Option<ItemIx>,
    new: Option<ItemIx>,
    ratings: Vec<Rating>,
}

/// Ratings and answers of one set, seen from one edition.
#[derive(Default)]
struct Sheet {
    ratings: Vec<(ItemIx, Rating)>,
    answers: Vec<(QuestionIx, Given)>,
    case_type: u8,
}

impl Facts for Sheet {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        match self.answers.iter().find(|(at, _)| *at == question) {
            Some((_, Given::Codes(codes))) => Ok(*codes),
            _ => Err(Truth::False),
        }
    }
    fn integer(&self, question: QuestionIx) -> Result<i64, Truth> {
        match self.answers.iter().find(|(at, _)| *at == question) {
            Some((_, Given::Integer(number))) => Ok(*number),
            _ => Err(Truth::False),
        }
    }
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth> {
        let found = self.ratings.iter().find(|(at, _)| *at == item);
        found.map(|(_, rating)| *rating).ok_or(Truth::False)
    }
    fn case_type(&self) -> CaseTypeIx {
        CaseTypeIx(self.case_type)
    }
}

fn compare(
    matching: &Matching<'_>,
    old: &Outcome,
    new: &Outcome,
    (was, is): (CaseTypeIx, CaseTypeIx),
    change: &mut TableChange,
) {
    let rated = rated(matching, old, new, (was, is));
    let read = |instrument, outcome: &'_ Outcome, case_type| {
        let conditions: Vec<_> = outcome.rows().iter().map(|row| &row.when).collect();
        let mut questions: Vec<QuestionIx> = Vec::new();
        for test in tests(&conditions) {
            questions.extend(test.questions());
        }
        questions.sort_unstable();
        questions.dedup();
        (instrument, case_type, questions)
    };
    let (instrument, case_type, questions) = read(matching.old, old, was);
    let old_rows: Vec<_> = old.rows().iter().map(|row| &row.when).collect();
    let old_reads = Reads { instrument, case_type, questions, tests: tests(&old_rows) };
    let (instrument, case_type, questions) = read(matching.new, new, is);
    let new_rows: Vec<_> = new.rows().iter().map(|row| &row.when).collect();
    let new_reads = Reads { instrument, case_type, questions, tests: tests(&new_rows) };
    let asked = variables(matching, &old_reads, &new_reads);
    // A question can also be unasked: one more way each.
    let mut sizes: Vec<usize> = rated.iter().map(|one| one.ratings.len()).collect();
    sizes.extend(asked.iter().map(|variable| variable.classes.len() + 1));
    let sets = sizes.iter().fold(1_usize, |sets, size| sets.saturating_mul(*size));
    for number in 0..sets.min(MOST_SETS) {
        let mut rest = number;
        let mut picks = sizes.iter().map(|size| {
            let pick = rest % size;
            rest /= size;
            pick
        });
        let (mut before, mut after) = (Sheet::default(), Sheet::default());
        (before.case_type, after.case_type) = (was.0, is.0);
        let (mut answers, mut said) = (Vec::new(), Vec::new());
        for (one, pick) in rated.iter().zip(&mut picks) {
            let rating = one.ratings[pick];
            before.ratings.extend(one.old.map(|at| (at, rating)));
            after.ratings.extend(one.new.map(|at| (at, rating)));
            let id = match (one.new, one.old) {
                (Some(at), _) => matching.new.item(at).id(),
                (None, Some(at)) => matching.old.item(at).id(),
                (None, None) => continue,
            };
            answers.push((id.to_owned(), rating.code().to_owned()));
            said.push(format!("{id} is {}", rating.title()));
        }
        for (variable, pick) in asked.iter().zip(&mut picks) {
            let Some(class) = pick.checked_sub(1).map(|at| &variable.classes[at]) else { continue };
            if let (Some(at), Some((_, given))) = (variable.old, class.old) {
                before.answers.push((at, given));
            }
            if let (Some(at), Some((_, given))) = (variable.new, class.new) {
                after.answers.push((at, given));
            }
            let id = match (variable.new, variable.old) {
                (Some(at), _) => matching.new.question(at).id(),
                (None, Some(at)) => matching.old.question(at).id(),
                (None, None) => continue,
            };
            answers.push((id.to_owned(), class.answer.clone()));
            said.push(format!("{id} {}", class.words));
        }
        // What has no row can't come about: the check proved that.
        let (Some((old_came, old_reason)), Some((new_came, new_reason))) =
            (came(old, &before), came(new, &after))
        else {
            continue;
        };
        let case_type = &matching.new.case_types()[usize::from(is.0)];
        change.count(old_came, new_came, || Example {
            case_type: case_type.code.clone(),
            answers,
            words: format!("{} ({})", said.join(", "), case_type.title),
            old_reason,
            new_reason,
        });
    }
}

fn came(outcome: &Outcome, sheet: &Sheet) -> Option<(Came, String)> {
    use crate::instrument::OutcomeRating::NotComputed;
    if !outcome.absent().is_empty() {
        let came = Came { code: NotComputed.code(), title: NotComputed.title() };
        return Some((came, "items are not in the instrument".to_owned()));
    }
    let row = outcome.rows().iter().find(|row| row.when.truth(sheet) == Truth::True)?;
    let came = Came { code: row.give.code(), title: row.give.title() };
    Some((came, format!("row {}", row.id)))
}

/// The items an outcome is made of, and sub-items its rows read, in either edition.
fn rated(
    matching: &Matching<'_>,
    old: &Outcome,
    new: &Outcome,
    (was, is): (CaseTypeIx, CaseTypeIx),
) -> Vec<Rated> {
    let mut found: Vec<Rated> = Vec::new();
    for at in read_items(new) {
        let old_at = matching.old_item(at);
        let mut ratings = possible(matching.new, at, is);
        if let Some(old_at) = old_at {
            for rating in possible(matching.old, old_at, was) {
                if !ratings.contains(&rating) {
                    ratings.push(rating);
                }
            }
        }
        ratings.sort_unstable();
        found.push(Rated { old: old_at, new: Some(at), ratings });
    }
    for at in read_items(old) {
        if !found.iter().any(|one| one.old == Some(at)) {
            let ratings = possible(matching.old, at, was);
            found.push(Rated { old: Some(at), new: matching.item(at), ratings });
        }
    }
    found.retain(|one| !one.ratings.is_empty());
    found
}

fn read_items(outcome: &Outcome) -> Vec<ItemIx> {
    let mut items = outcome.items().to_vec();
    for row in outcome.rows() {
        row.when.each_test(&mut |test| {
            if let Test::Rating { item, .. } = test
                && !items.contains(item)
            {
                items.push(*item);
            }
        });
    }
    items
}

/// How an item can come out for a case type.
fn possible(instrument: &Instrument, at: ItemIx, case_type: CaseTypeIx) -> Vec<Rating> {
    let item = instrument.item(at);
    let applies = item.applies(case_type);
    let mut ratings: Vec<Rating> = Vec::new();
    if applies != Applies::Never {
        ratings.extend(item.rows().iter().map(|row| row.give));
    }
    let above =
        item.parent().is_some_and(|up| instrument.item(up).applies(case_type) != Applies::Always);
    if applies != Applies::Always || above {
        ratings.push(Rating::Na);
    }
    ratings.sort_unstable();
    ratings.dedup();
    ratings
}
