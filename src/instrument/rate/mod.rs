//! The rating core: what is asked, and what items and outcomes come out as.
//!
//! [`rate`] goes once through an instrument with what was given. Scoring builds on it, and
//! the check runs a file's worked examples with it, so that both say the same.
//!
//! The rules, beside the tables of the file:
//! - An item is incomplete until every asked question that its table or a hard rule reads is
//!   answered, even where one answer would already decide.
//! - Each hard rule is judged by itself in Kleene logic: broken once the given answers make
//!   it so whatever is missing. Invalid wins over incomplete.
//! - An item with an incomplete or invalid sub-item, and an outcome with an incomplete or
//!   invalid item, is incomplete.
//! - Answers behind a closed gate pass no test; behind a gate still open to doubt they are
//!   unknown.

mod items;
mod outcomes;
mod result;
mod trial;
mod witness;

use std::cell::OnceCell;

use super::{
    Applies, CaseTypeIx, CodeSet, Facts, Instrument, ItemIx, Place, QuestionIx, Rating, Truth,
};
pub use result::{Asked, Cause, ItemResult, OutcomeCause, OutcomeResult};
pub use trial::Trial;
pub(super) use trial::reads;

/// An answer, as far as conditions can read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Options: one for a choice, any number for a checklist.
    Codes(CodeSet),
    /// A whole number.
    Integer(i64),
    /// A text or a date: no condition reads it.
    Other,
}

/// What an instrument says of a set of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    /// Per question of the instrument, whether it is asked.
    pub asked: Vec<Asked>,
    /// Per item and sub-item of the instrument.
    pub items: Vec<ItemResult>,
    /// Per outcome of the instrument.
    pub outcomes: Vec<OutcomeResult>,
    /// Broken explain-rules of items that apply: item, and position of the rule in it.
    pub to_explain: Vec<(ItemIx, usize)>,
    /// Broken hard rules of invalid items, all of them: item, and position of the rule in it.
    pub broken: Vec<(ItemIx, usize)>,
}

/// Rates every item and outcome for a case of this type. `given` tells the answer to a
/// question, also one behind a closed gate (it is set aside here), or `None`.
pub fn rate(
    instrument: &Instrument,
    case_type: CaseTypeIx,
    given: &dyn Fn(QuestionIx) -> Option<Given>,
) -> Rated {
    let mut sheet = Sheet::new(instrument, case_type, given);
    sheet.ask_all();
    finish(instrument, sheet)
}

/// The same where the ratings of some items are set by a person: outcomes read those.
pub fn rate_with(
    instrument: &Instrument,
    case_type: CaseTypeIx,
    given: &dyn Fn(QuestionIx) -> Option<Given>,
    set: &[(ItemIx, Rating)],
) -> Rated {
    let mut sheet = Sheet::new(instrument, case_type, given);
    sheet.ask_all();
    for (at, rating) in set {
        for sub in instrument.item(*at).sub_items() {
            let _ = sheet.results[usize::from(sub.0)].set(items::rate(&sheet, *sub));
        }
        let computed = items::rate(&sheet, *at);
        let _ = sheet.results[usize::from(at.0)].set(ItemResult { rating: *rating, ..computed });
    }
    finish(instrument, sheet)
}

fn finish(instrument: &Instrument, sheet: Sheet<'_>) -> Rated {
    // Sub-items before the item whose table reads them.
    for at in instrument.item_positions() {
        if instrument.item(at).parent().is_none() {
            sheet.rate(at);
        }
    }
    let outcomes = instrument.outcomes().iter().map(|o| outcomes::rate(&sheet, o)).collect();
    let to_explain = items::to_explain(&sheet);
    let broken = items::broken_rules(&sheet);
    let items = sheet
        .results
        .into_iter()
        .map(|cell| cell.into_inner().expect("every item was rated above"))
        .collect();
    Rated { asked: sheet.asked, items, outcomes, to_explain, broken }
}

/// Whether an item applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It does.
    Applies,
    /// Never for this case type.
    NotForCaseType,
    /// The reviewer said no to this question.
    AnsweredNo(QuestionIx),
    /// This question is to be answered first.
    Unanswered(QuestionIx),
}

/// The answers of one case while it is being rated.
struct Sheet<'i> {
    instrument: &'i Instrument,
    case_type: CaseTypeIx,
    given: &'i dyn Fn(QuestionIx) -> Option<Given>,
    /// Filled in question order: a gate reads only earlier questions.
    asked: Vec<Asked>,
    results: Vec<OnceCell<ItemResult>>,
}

impl<'i> Sheet<'i> {
    fn new(
        instrument: &'i Instrument,
        case_type: CaseTypeIx,
        given: &'i dyn Fn(QuestionIx) -> Option<Given>,
    ) -> Self {
        Self {
            instrument,
            case_type,
            given,
            asked: Vec::with_capacity(instrument.questions().len()),
            results: vec![OnceCell::new(); instrument.items().len()],
        }
    }

    fn ask_all(&mut self) {
        for question in self.instrument.question_positions() {
            let asked = self.ask(question);
            self.asked.push(asked);
        }
    }

    fn ask(&self, question: QuestionIx) -> Asked {
        match self.is_asked(question) {
            Truth::True => Asked::Yes,
            Truth::False => Asked::No,
            Truth::Unknown => Asked::Later,
        }
    }

    /// Rates an item and, before it, its sub-items.
    fn rate(&self, at: ItemIx) {
        for sub in self.instrument.item(at).sub_items() {
            let _ = self.results[usize::from(sub.0)].set(items::rate(self, *sub));
        }
        let _ = self.results[usize::from(at.0)].set(items::rate(self, at));
    }

    fn is_asked(&self, at: QuestionIx) -> Truth {
        let question = self.instrument.question(at);
        let gate = question.ask_when().truth(self);
        let Place::Item(item) = question.place() else { return gate };
        if question.asks_applicability() {
            let parent = self.instrument.item(item).parent();
            let above = parent.map_or(Truth::True, |parent| self.applies(parent));
            let applies = self.instrument.item(item).applies(self.case_type);
            return above.and(gate).and((applies == Applies::Ask).into());
        }
        // The item first: most closed gates are closed by it.
        match self.applies(item) {
            Truth::False => Truth::False,
            above => above.and(gate),
        }
    }

    fn applies(&self, item: ItemIx) -> Truth {
        match self.standing(item) {
            Standing::Applies => Truth::True,
            Standing::NotForCaseType | Standing::AnsweredNo(_) => Truth::False,
            Standing::Unanswered(_) => Truth::Unknown,
        }
    }

    fn standing(&self, at: ItemIx) -> Standing {
        let item = self.instrument.item(at);
        if let Some(parent) = item.parent() {
            let above = self.standing(parent);
            if above != Standing::Applies {
                return above;
            }
        }
        match (item.applies(self.case_type), item.applies_question()) {
            (Applies::Never, _) => Standing::NotForCaseType,
            (Applies::Ask, Some(question)) => match self.codes(question) {
                // The options of a generated applies question are yes and no, in this order.
                Ok(codes) if codes == CodeSet::one(0) => Standing::Applies,
                Ok(_) => Standing::AnsweredNo(question),
                Err(_) => Standing::Unanswered(question),
            },
            (Applies::Always | Applies::Ask, _) => Standing::Applies,
        }
    }

    fn answered(&self, question: QuestionIx) -> bool {
        self.asked_now(question) == Asked::Yes && (self.given)(question).is_some()
    }

    fn asked_now(&self, question: QuestionIx) -> Asked {
        // A question that stands later than the gate being judged is not known yet; the
        // check refuses such gates.
        self.asked.get(usize::from(question.0)).copied().unwrap_or(Asked::Later)
    }

    fn result(&self, item: ItemIx) -> Option<&ItemResult> {
        self.results[usize::from(item.0)].get()
    }
}

impl Facts for Sheet<'_> {
    fn codes(&self, question: QuestionIx) -> Result<CodeSet, Truth> {
        match (self.asked_now(question), (self.given)(question)) {
            (Asked::No, _) => Err(Truth::False),
            (Asked::Yes, Some(Given::Codes(codes))) => Ok(codes),
            _ => Err(Truth::Unknown),
        }
    }
    fn integer(&self, question: QuestionIx) -> Result<i64, Truth> {
        match (self.asked_now(question), (self.given)(question)) {
            (Asked::No, _) => Err(Truth::False),
            (Asked::Yes, Some(Given::Integer(number))) => Ok(number),
            _ => Err(Truth::Unknown),
        }
    }
    fn rating(&self, item: ItemIx) -> Result<Rating, Truth> {
        self.result(item).map(|result| result.rating).ok_or(Truth::Unknown)
    }
    fn case_type(&self) -> CaseTypeIx {
        self.case_type
    }
}
