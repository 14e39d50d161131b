//! What a case's worker and supervisor learn from its final review.

use super::{Audience, Page, Part, Section, asked_about};
use crate::instrument::{Instrument, ItemIx, QuestionIx, Rating};
use crate::scoring::{
    Answers, Asked, NewAnswer, Scores, Value, changes_giving, text_beside, value_words,
};
use crate::text::list_and;

/// A final review, as pages take it.
#[derive(Debug, Clone, Copy)]
pub struct FinalReview<'r> {
    /// What the case is called on the page: its review number, or the agency's own code.
    pub case: &'r str,
    /// The instrument it was made with.
    pub instrument: &'r Instrument,
    /// Its answers.
    pub answers: &'r Answers,
    /// Its ratings, those set by a person among them.
    pub scores: &'r Scores,
    /// Ratings set against the computed ones.
    pub set: &'r [SetRating],
    /// The period under review, in words; none where it is not known.
    pub under_review: Option<&'r str>,
}

/// A rating set by a person against the computed one.
#[derive(Debug, Clone)]
pub struct SetRating {
    /// The item.
    pub item: ItemIx,
    /// Its computed rating.
    pub computed: Rating,
    /// Why another one was set, as typed.
    pub why: String,
}

impl FinalReview<'_> {
    fn set(&self, at: ItemIx) -> Option<&SetRating> {
        self.set.iter().find(|one| one.item == at)
    }

    /// The title of a rating, marked where it was set by a person.
    fn rating(&self, at: ItemIx) -> String {
        let mark = if self.set(at).is_some() { " **" } else { "" };
        format!("{}{mark}", self.scores.item(at).rating.title())
    }
}

/// The sheet: strengths first, then each area needing improvement with the practice that would
/// have been a Strength.
///
/// It holds the instrument's words and the ratings alone. Narratives, rationales, remarks,
/// sources of information and everything typed stay out, since they may name a person or tell
/// what one said.
pub fn feedback(review: &FinalReview<'_>) -> Page {
    let items = |wanted: Rating| {
        let instrument = review.instrument;
        instrument.item_positions().filter(move |at| {
            let item = instrument.item(*at);
            item.parent().is_none() && review.scores.item(*at).rating == wanted
        })
    };
    let mut sections = Vec::new();
    let mut parts = Vec::new();
    for at in items(Rating::Strength) {
        parts.push(Part::Heading(head(review.instrument, at)));
        parts.extend(purpose(review.instrument, at));
        parts.extend(set_words(review, at));
    }
    if parts.is_empty() {
        parts.push(Part::Text("No item of this review is a Strength.".to_owned()));
    }
    sections.push(Section { title: "Strengths".to_owned(), parts });
    let mut parts = Vec::new();
    for at in items(Rating::Ani) {
        parts.push(Part::Heading(head(review.instrument, at)));
        parts.extend(purpose(review.instrument, at));
        match set_words(review, at) {
            Some(words) => parts.push(words),
            None => parts.extend(would_be(review, at)),
        }
    }
    if parts.is_empty() {
        parts.push(Part::Text("No item of this review is an area needing improvement.".to_owned()));
    }
    sections.push(Section { title: "Areas needing improvement".to_owned(), parts });
    let others: Vec<String> = items(Rating::Na).map(|at| head(review.instrument, at)).collect();
    if !others.is_empty() {
        let mut parts = vec![Part::List(others)];
        for at in items(Rating::Na).filter(|at| review.set(*at).is_some()) {
            parts.push(Part::Text(format!(
                "Item {}: {}",
                review.instrument.item(at).id(),
                set_against(review, at).unwrap_or_default()
            )));
        }
        sections.push(Section { title: "Not applicable to this case".to_owned(), parts });
    }
    let mut says = vec![format!("Case {}, {}.", review.case, review.instrument.short())];
    says.extend(review.under_review.map(|days| format!("Period under review: {days}.")));
    says.push(
        "Results are there to improve practice, not to judge a person. What was said in \
         interviews is not part of this sheet."
            .to_owned(),
    );
    Page {
        title: "Feedback on a case review".to_owned(),
        audience: Audience::OneCase,
        says,
        sections,
        foot: Vec::new(),
    }
}

fn head(instrument: &Instrument, at: ItemIx) -> String {
    let item = instrument.item(at);
    format!("Item {}, {}", item.id(), item.title())
}

fn purpose(instrument: &Instrument, at: ItemIx) -> Option<Part> {
    let purpose = instrument.item(at).purpose();
    (!purpose.is_empty()).then(|| Part::Text(purpose.to_owned()))
}

/// That a rating was not computed. The reason is typed and stays out.
fn set_against(review: &FinalReview<'_>, at: ItemIx) -> Option<String> {
    let computed = review.set(at)?.computed.title();
    Some(format!("** The rating was set by a person; the answers alone come to {computed}."))
}

fn set_words(review: &FinalReview<'_>, at: ItemIx) -> Option<Part> {
    set_against(review, at).map(Part::Text)
}

/// What would have made the item a Strength: the fewest answers; where none are found, every No
/// that counts.
///
/// Not applicable is never offered: it needs another answer or two less, and is no practice.
fn would_be(review: &FinalReview<'_>, at: ItemIx) -> Vec<Part> {
    let instrument = review.instrument;
    let changes = changes_giving(instrument, review.answers, at, Rating::Strength);
    let (lead, points): (_, Vec<String>) = match changes.first() {
        Some(change) => (
            "It would have been a Strength with practice that earns these answers:",
            change.answers.iter().map(|one| practice(instrument, one)).collect(),
        ),
        None => ("What was answered No and counts for the rating:", missed(review, at)),
    };
    if points.is_empty() {
        return Vec::new();
    }
    vec![Part::Text(lead.to_owned()), Part::List(points)]
}

/// The answer wanted, and the one the review has.
fn practice(instrument: &Instrument, one: &NewAnswer) -> String {
    let question = instrument.question(one.question);
    let wanted = value_words(question, &one.new);
    let now = match &one.old {
        Some(old) => format!("the review says {}", value_words(question, old)),
        None => "not asked in the review".to_owned(),
    };
    format!("{} {wanted}; {now}.", asked_about(instrument, one.question))
}

/// Questions the rating waits for that were answered No, in the item and its sub-items.
fn missed(review: &FinalReview<'_>, at: ItemIx) -> Vec<String> {
    let instrument = review.instrument;
    let item = instrument.item(at);
    let subs = item.sub_items().iter().flat_map(|sub| instrument.item(*sub).needed());
    let no = |question: &&QuestionIx| {
        let Some(code) = instrument.question(**question).code("no") else { return false };
        review.scores.asked(**question) == Asked::Yes
            && review.answers.get(**question) == Some(&Value::Codes(code))
    };
    let mut seen: Vec<QuestionIx> = Vec::new();
    for question in item.needed().iter().chain(subs).filter(no) {
        if !seen.contains(question) {
            seen.push(*question);
        }
    }
    seen.iter().map(|at| asked_about(instrument, *at)).collect()
}

/// A final review as a whole: every question that was asked, with its answer and narrative,
/// item by item with the rating and why.
///
/// It holds everything that was typed and is for QA and debriefing only.
pub fn whole(review: &FinalReview<'_>, whys: &[Vec<String>]) -> Page {
    let instrument = review.instrument;
    let mut sections = Vec::new();
    let face: Vec<QuestionIx> = instrument
        .question_positions()
        .filter(|at| instrument.question(*at).place() == crate::instrument::Place::Face)
        .collect();
    let parts: Vec<Part> = answered(review, "Face sheet", &face).into_iter().collect();
    sections.push(Section { title: "Face sheet".to_owned(), parts });
    for at in instrument.item_positions() {
        let item = instrument.item(at);
        if item.parent().is_some() {
            continue;
        }
        let mut parts = vec![Part::Text(format!("Rating: {}.", review.rating(at)))];
        parts.extend(item.sub_items().iter().chain([&at]).filter_map(|at| why_set(review, *at)));
        if let Some(why) = whys.get(usize::from(at.0)).filter(|why| !why.is_empty()) {
            parts.push(Part::List(why.clone()));
        }
        let caption = format!("{}: questions and answers", item.id());
        parts.extend(answered(review, &caption, item.questions()));
        for sub in item.sub_items() {
            let part = instrument.item(*sub);
            let caption = format!("{}, {}: {}", part.id(), part.title(), review.rating(*sub));
            parts.extend(answered(review, &caption, part.questions()));
        }
        sections.push(Section { title: head(instrument, at), parts });
    }
    let outcomes = instrument.outcome_positions().map(|at| {
        let outcome = instrument.outcome(at);
        vec![outcome.title().to_owned(), review.scores.outcome(at).rating.title().to_owned()]
    });
    let rows: Vec<Vec<String>> = outcomes.collect();
    if !rows.is_empty() {
        let grid = super::Grid::words("Outcomes", &["outcome", "rating"], rows);
        sections.push(Section { title: "Outcomes".to_owned(), parts: vec![Part::Table(grid)] });
    }
    let titles: Vec<&str> = vec![instrument.title()];
    let mut says = vec![format!("Case {}, {}.", review.case, list_and(&titles))];
    says.extend(review.under_review.map(|days| format!("Period under review: {days}.")));
    says.push("Confidential: holds what reviewers wrote about this case.".to_owned());
    Page {
        title: "A case review".to_owned(),
        audience: Audience::OneCase,
        says,
        sections,
        foot: Vec::new(),
    }
}

/// Why a rating was set against the computed one.
fn why_set(review: &FinalReview<'_>, at: ItemIx) -> Option<Part> {
    let set = review.set(at)?;
    let (id, computed) = (review.instrument.item(at).id(), set.computed.title());
    Some(Part::Text(format!(
        "** The rating of {id} was set by a person; the answers alone come to {computed}. Why: {}",
        set.why
    )))
}

/// The table of these questions; none where none of them was asked.
fn answered(review: &FinalReview<'_>, caption: &str, of: &[QuestionIx]) -> Option<Part> {
    let grid = answers_table(review, caption, of);
    (!grid.rows.is_empty()).then_some(Part::Table(grid))
}

fn answers_table(review: &FinalReview<'_>, caption: &str, of: &[QuestionIx]) -> super::Grid {
    let asked = of.iter().filter(|at| review.scores.asked(**at) == Asked::Yes);
    let rows = asked.map(|at| {
        let question = review.instrument.question(*at);
        let value = review.answers.get(*at);
        vec![
            question.id().to_owned(),
            question.ask().to_owned(),
            value.map_or_else(|| "no answer".to_owned(), |value| shown(question, value)),
            text_beside(review.instrument, review.answers, *at).unwrap_or_default().to_owned(),
        ]
    });
    let heads = ["question", "asked", "answer", "narrative"];
    super::Grid::words(caption, &heads, rows.collect())
}

/// An answer in words; the rows of a table cell by cell.
fn shown(question: &crate::instrument::Question, value: &Value) -> String {
    let Value::Rows(rows) = value else { return value_words(question, value) };
    let cells = |row: &crate::scoring::Row| {
        let filled = question.columns().iter().filter_map(|column| {
            row.get(&column.id).map(|text| format!("{}: {text}", column.title))
        });
        filled.collect::<Vec<_>>().join(", ")
    };
    rows.iter().map(cells).collect::<Vec<_>>().join("; ")
}
