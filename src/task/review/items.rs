//! The list of items with how each stands: a sign, a word, never colour alone.

use crate::instrument::{Applies, ItemIx, OutcomeIx, Rating, words};
use crate::scoring::{Cause, OutcomeCause};
use crate::text;

use super::State;

/// A sign of at most three letters beside an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Strength.
    Strength,
    /// Area Needing Improvement.
    Ani,
    /// Not applicable.
    Na,
    /// Answers are missing.
    Open,
    /// A hard rule is broken.
    Broken,
    /// The face sheet has what it needs.
    Done,
}

impl Sign {
    /// As printed: `S`, `ANI`, `na`, `..`, `!`, `ok`.
    pub fn text(self) -> &'static str {
        match self {
            Self::Strength => "S",
            Self::Ani => "ANI",
            Self::Na => "na",
            Self::Open => "..",
            Self::Broken => "!",
            Self::Done => "ok",
        }
    }
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strength => Rating::Strength.title(),
            Self::Ani => Rating::Ani.title(),
            Self::Na => Rating::Na.title(),
            Self::Open => Rating::Incomplete.title(),
            Self::Broken => Rating::Invalid.title(),
            Self::Done => "complete",
        }
    }
    fn of(rating: Rating) -> Self {
        match rating {
            Rating::Strength => Self::Strength,
            Rating::Ani => Self::Ani,
            Rating::Na => Self::Na,
            Rating::Complete => Self::Done,
            Rating::Incomplete => Self::Open,
            Rating::Invalid => Self::Broken,
        }
    }
}

/// One line of the list of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// The item or sub-item; none for the face sheet.
    pub item: Option<ItemIx>,
    /// Its id, empty for the face sheet.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub sign: Sign,
    /// QA set it against the computed rating: marked `**`.
    pub overridden: bool,
    /// It is a sub-item: indented.
    pub is_sub_item: bool,
    /// The reviewer stands in it.
    pub is_here: bool,
    /// Questions of it that still lack an answer or text.
    pub open: usize,
    /// Something of it is asked, so that one can go there.
    pub can_go: bool,
}

/// Questions of a part of the review.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    asked: usize,
    open: usize,
}

impl State {
    /// The face sheet, then all items, each followed by its sub-items.
    pub fn item_rows(&self) -> Vec<ItemRow> {
        let (face, counts) = self.counts();
        let mut rows = Vec::new();
        if face.asked > 0 {
            let open = face.open;
            rows.push(ItemRow {
                item: None,
                id: String::new(),
                title: "Face sheet".to_owned(),
                sign: if open == 0 { Sign::Done } else { Sign::Open },
                overridden: false,
                is_sub_item: false,
                is_here: self.item().is_none(),
                open,
                can_go: true,
            });
        }
        for at in self.instrument.item_positions() {
            let item = self.instrument.item(at);
            let is_sub_item = item.parent().is_some();
            rows.push(ItemRow {
                item: Some(at),
                id: item.id().to_owned(),
                title: item.title().to_owned(),
                sign: Sign::of(self.overridden(at).unwrap_or(self.scores.item(at).rating)),
                overridden: self.overridden(at).is_some(),
                is_sub_item,
                is_here: if is_sub_item {
                    self.sub_item_of(self.at) == Some(at)
                } else {
                    self.item() == Some(at)
                },
                open: counts[usize::from(at.0)].open,
                can_go: counts[usize::from(at.0)].asked > 0,
            });
        }
        rows
    }

    /// Questions asked now, and how many of them lack something: on the face sheet, and of
    /// each item and sub-item (whose questions count for their item too).
    fn counts(&self) -> (Counts, Vec<Counts>) {
        let mut face = Counts::default();
        let mut items = vec![Counts::default(); self.instrument.items().len()];
        for question in self.asked_questions() {
            let lacks = usize::from(self.lacks(question));
            let add = |counts: &mut Counts| {
                counts.asked += 1;
                counts.open += lacks;
            };
            match self.item_of(question) {
                None => add(&mut face),
                Some(item) => add(&mut items[usize::from(item.0)]),
            }
            if let Some(sub_item) = self.sub_item_of(question) {
                add(&mut items[usize::from(sub_item.0)]);
            }
        }
        (face, items)
    }

    /// Questions that still lack something, of all that are asked now.
    pub fn progress(&self) -> (usize, usize) {
        let (mut open, mut asked) = (0, 0);
        for question in self.asked_questions() {
            asked += 1;
            open += usize::from(self.lacks(question));
        }
        (open, asked)
    }

    /// The rating of the item (or sub-item) here as it forms, in one line:
    /// "Item 20: needs D", "Item 16: Area Needing Improvement".
    pub fn rating_line(&self) -> Option<String> {
        let item = self.sub_item_of(self.at).or(self.item())?;
        Some(self.item_line(item))
    }

    /// The rating of an item that was set against the computed one.
    pub fn overridden(&self, at: ItemIx) -> Option<Rating> {
        self.overrides.iter().find(|(item, _)| *item == at).map(|(_, rating)| *rating)
    }

    /// The rating of one item or sub-item as it forms, in one line.
    pub fn item_line(&self, at: ItemIx) -> String {
        let item = self.instrument.item(at);
        let result = self.scores.item(at);
        let says = match &result.cause {
            Cause::Missing(questions)
                if questions.iter().all(|q| Some(*q) == item.applies_question()) =>
            {
                "does it apply?".to_owned()
            }
            Cause::Missing(questions) => {
                let ids: Vec<&str> =
                    questions.iter().map(|q| self.instrument.question(*q).local()).collect();
                format!("needs {}", ids.join(" "))
            }
            Cause::Rule { item, rule } => {
                let rule = &self.instrument.item(*item).rules()[*rule];
                format!("answers contradict: {}", rule.say)
            }
            Cause::CaseType => "Not Applicable to this type of case".to_owned(),
            Cause::Section { met, of } => format!("{met} of {of} met"),
            Cause::Applies | Cause::Row { .. } => result.rating.title().to_owned(),
        };
        let heading = words::item_heading(&self.instrument, at);
        match self.overridden(at) {
            Some(rating) => format!("{heading}: ** {}, computed {says}", rating.title()),
            None => format!("{heading}: {says}"),
        }
    }

    /// Outcomes by title, each with its rating or what it needs.
    pub fn outcome_lines(&self) -> Vec<(String, String)> {
        self.outcome_lines_of(None)
    }

    /// The same of the outcomes an item belongs to alone, where one is named that belongs to any.
    pub fn outcome_lines_of(&self, item: Option<ItemIx>) -> Vec<(String, String)> {
        let outcomes = self.instrument.outcomes();
        let holds = |at: &usize| item.is_some_and(|item| outcomes[*at].items().contains(&item));
        let any = (0..outcomes.len()).any(|at| holds(&at));
        (0..outcomes.len())
            .filter(|at| !any || holds(at))
            .map(|at| {
                let outcome = &outcomes[at];
                let result = self.scores.outcome(OutcomeIx(at as u16));
                let says = match &result.cause {
                    OutcomeCause::Row { .. } => result.rating.title().to_owned(),
                    OutcomeCause::Items(items) => {
                        let ids: Vec<&str> =
                            items.iter().map(|i| self.instrument.item(*i).id()).collect();
                        let noun = if ids.len() == 1 { "item" } else { "items" };
                        format!("not yet: needs {noun} {}", text::list_and(&ids))
                    }
                    OutcomeCause::Absent => {
                        format!("not computed: needs items {}", text::list_and(outcome.absent()))
                    }
                };
                (outcome.title().to_owned(), says)
            })
            .collect()
    }

    /// Whether an item never applies to this type of case.
    pub fn never_applies(&self, item: ItemIx) -> bool {
        self.instrument.item(item).applies(self.answers.case_type) == Applies::Never
    }
}
