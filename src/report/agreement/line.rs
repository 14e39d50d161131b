//! What agreement is measured on: an item's rating, its applicability, a question.

use crate::instrument::{Applies, Instrument, ItemIx, Kind, QuestionIx, Rating, Role};

use super::Measured;

/// Something both readers gave an answer to, with the answers that could be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementLine {
    /// Id of the instrument.
    pub instrument: String,
    /// Its short title.
    pub short: String,
    /// What it is.
    pub measured: Measured,
    /// A sub-item.
    pub is_sub_item: bool,
    /// Id of the item or question.
    pub id: String,
    /// Its title or wording.
    pub title: String,
    /// The categories: code and words. Of questions without options those that occurred.
    pub categories: Vec<(String, String)>,
}

/// The categories of applicability.
pub(super) const APPLICABLE: [(&str, &str); 2] =
    [("applicable", "Applicable"), ("na", "Not Applicable")];

impl AgreementLine {
    /// The rating of an item; none where it is never rated.
    pub(super) fn item(instrument: &Instrument, at: ItemIx) -> Option<Self> {
        let item = instrument.item(at);
        let mut ratings: Vec<Rating> = item.rows().iter().map(|row| row.give).collect();
        if ratings.is_empty() {
            return None;
        }
        if is_asked(instrument, at) {
            ratings.push(Rating::Na);
        }
        let known = Rating::ALL.into_iter().filter(|rating| ratings.contains(rating));
        let categories = known.map(|rating| (rating.code(), short(rating)));
        Some(Self::new(instrument, Measured::Items, at, categories))
    }

    /// Whether an item applies; none where no case leaves that open.
    pub(super) fn applicability(instrument: &Instrument, at: ItemIx) -> Option<Self> {
        let item = instrument.item(at);
        let may_be_na = item.rows().iter().any(|row| row.give == Rating::Na);
        let open = !item.rows().is_empty() && (may_be_na || is_asked(instrument, at));
        open.then(|| Self::new(instrument, Measured::Applicability, at, APPLICABLE.into_iter()))
    }

    /// The answer to a question that has codes, numbers or days; none for words and tables:
    /// two people never write the same sentence.
    pub(super) fn question(instrument: &Instrument, at: QuestionIx) -> Option<Self> {
        let question = instrument.question(at);
        let compares = match question.kind() {
            Kind::Choice(_) | Kind::Checklist(_) | Kind::Date | Kind::Integer { .. } => true,
            Kind::Text | Kind::Table { .. } => false,
        };
        let is_closing = matches!(question.role(), Role::Closing | Role::Explanation { .. });
        if !compares || is_closing || question.from_review().is_some() {
            return None;
        }
        let categories = match question.kind() {
            Kind::Choice(options) => options.as_slice(),
            _ => &[],
        };
        let categories = categories.iter().map(|one| (one.code.clone(), one.title.clone()));
        Some(Self {
            instrument: instrument.id().to_owned(),
            short: instrument.short().to_owned(),
            measured: Measured::Questions,
            is_sub_item: false,
            id: question.id().to_owned(),
            title: question.ask().to_owned(),
            categories: categories.collect(),
        })
    }

    fn new<'c>(
        instrument: &Instrument,
        measured: Measured,
        at: ItemIx,
        categories: impl Iterator<Item = (&'c str, &'c str)>,
    ) -> Self {
        let item = instrument.item(at);
        let owned = |(code, title): (&str, &str)| (code.to_owned(), title.to_owned());
        Self {
            instrument: instrument.id().to_owned(),
            short: instrument.short().to_owned(),
            measured,
            is_sub_item: item.parent().is_some(),
            id: item.id().to_owned(),
            title: item.title().to_owned(),
            categories: categories.map(owned).collect(),
        }
    }

    /// The line of all items together.
    pub(super) fn pooled() -> Self {
        let all = [Rating::Strength, Rating::Ani, Rating::Na];
        let categories = all.map(|rating| (rating.code().to_owned(), short(rating).to_owned()));
        Self {
            instrument: String::new(),
            short: String::new(),
            measured: Measured::Pooled,
            is_sub_item: false,
            id: String::new(),
            title: "All items".to_owned(),
            categories: categories.to_vec(),
        }
    }

    /// The place of a category, new ones last.
    pub(super) fn category(&mut self, code: &str, title: &str) -> usize {
        let known = self.categories.iter().position(|(known, _)| known == code);
        known.unwrap_or_else(|| {
            self.categories.push((code.to_owned(), title.to_owned()));
            self.categories.len() - 1
        })
    }
}

/// A rating in the words of tables.
fn short(rating: Rating) -> &'static str {
    match rating {
        Rating::Ani => "ANI",
        Rating::Na => "NA",
        other => other.title(),
    }
}

/// Whether some type of case leaves open if the item applies.
fn is_asked(instrument: &Instrument, at: ItemIx) -> bool {
    let types =
        (0..instrument.case_types().len()).map(|at| crate::instrument::CaseTypeIx(at as u8));
    types.into_iter().any(|case_type| instrument.item(at).applies(case_type) == Applies::Ask)
}
