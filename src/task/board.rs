//! The sample board: every case of the sample with who reads it, since when, what is late
//! and what is due; eliminations and replacements are done from here.

use super::available::is_move;
use super::form::Form;
use super::list::Cursor;
use super::{Action, Effect};

/// The sample as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample {
    /// Name of the round.
    pub round: String,
    /// A frame is sealed.
    pub sealed: bool,
    /// sample + brought in = read + open + eliminated, in words; empty without a sample.
    pub counts: String,
    /// Strata that are short, a line each.
    pub short: Vec<String>,
    /// The cases by review number.
    pub cases: Vec<Case>,
    /// Reasons for an elimination: code, title, whether it needs words.
    pub reasons: Vec<(String, String, bool)>,
    /// Code of the one who acts.
    pub user: String,
    /// The one who acts is no lead: shown is only what waits for a second person's word.
    pub only_asked: bool,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Someone asked that it be eliminated.
    Asked,
    /// Eliminated, and no spare came in yet.
    Gone,
    /// Being read, beyond its due date.
    Late,
    /// Nobody reads it.
    NotAssigned,
    /// Being read.
    Open,
    /// Handed in.
    Read,
    /// Eliminated, and a spare came in.
    Replaced,
}

/// A case of the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Review number.
    pub number: String,
    /// Case type in words.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// Code of the reviewer; empty while nobody reads it.
    pub reviewer: String,
    /// Where it stands.
    pub standing: Standing,
    /// The same in words: "late by 3 days".
    pub words: String,
    /// The day it was given to the reviewer, ISO; empty while nobody reads it.
    pub opened: String,
    /// Days since anything was changed; none when it is not being read.
    pub idle: Option<i64>,
    /// The day it is due, ISO; empty while nobody reads it.
    pub due: String,
    /// Interviews: who, and how it stands.
    pub interviews: Vec<(String, Interview)>,
    /// About its elimination: who asked and why, and what came in for it.
    pub elimination: Option<String>,
    /// Who asked for its elimination.
    pub asked_by: String,
}

/// How an interview stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interview {
    /// Not told yet.
    Due,
    /// Held.
    Done,
    /// Not held, and why.
    NotHeld(String),
}

impl Case {
    /// Interviews still due.
    pub fn interviews_due(&self) -> usize {
        self.interviews.iter().filter(|(_, one)| *one == Interview::Due).count()
    }
}

/// What the board is arranged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Case by case, what needs a hand first.
    #[default]
    Cases,
    /// A line a region.
    Regions,
    /// A line a reviewer.
    Reviewers,
}

/// The cases of a region or reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Region or reviewer.
    pub name: String,
    /// Cases in the sample, eliminated ones not counted.
    pub cases: usize,
    /// Handed in.
    pub read: usize,
    /// Being read or to be read.
    pub open: usize,
    /// Of those beyond their due date.
    pub late: usize,
    /// Days the idlest case was not touched.
    pub idle: i64,
    /// The next due date.
    pub due: String,
    /// Interviews due.
    pub interviews: usize,
    /// Eliminations that wait for a second person.
    pub asked: usize,
}

/// A line of the elimination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named by its label")]
pub enum Slot {
    Reason,
    Words,
    ApprovedBy,
    Unlock,
    Go,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Read the sample.
    Load,
    /// Ask that a case be eliminated.
    Eliminate {
        /// Review number.
        case: String,
        /// Code of the reason.
        reason: String,
        /// Words to it, or empty.
        words: String,
        /// Who agreed already, or empty.
        approved_by: String,
        /// Why although it has a rating, or empty.
        unlock: String,
    },
    /// Agree to an elimination.
    Approve {
        /// Review number.
        case: String,
    },
    /// Bring in the next spare.
    Replace {
        /// Review number.
        case: String,
    },
}

/// What came of it: the sample as it stands now, and what to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The sample.
    pub sample: Sample,
    /// What was done.
    pub said: Option<String>,
    /// Why it was not done.
    pub problem: Option<String>,
}

/// The board.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The sample; none until it arrived.
    pub sample: Option<Sample>,
    /// How it is arranged.
    pub view: View,
    /// The highlighted line.
    pub cursor: Cursor,
    /// The case to be eliminated, with the form on it.
    pub form: Option<(String, Form<Slot>)>,
    /// The form as it was left, for the case it was on.
    left: Option<(String, Form<Slot>)>,
    /// The eliminated case a spare shall come in for, while that is asked.
    pub replaces: Option<String>,
    /// Why something was not done.
    pub problem: Option<String>,
}

impl State {
    /// The cases in the order of the board.
    pub fn cases(&self) -> Vec<&Case> {
        let mut cases: Vec<&Case> = self.sample.iter().flat_map(|s| &s.cases).collect();
        cases.sort_by_key(|case| case.standing);
        cases
    }

    /// The highlighted case.
    pub fn here(&self) -> Option<&Case> {
        if self.view != View::Cases {
            return None;
        }
        self.cases().get(self.cursor.at()).copied()
    }

    /// The cases by region or reviewer, in byte order.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: std::collections::BTreeMap<&str, Group> = Default::default();
        for case in self.sample.iter().flat_map(|s| &s.cases) {
            let name = match self.view {
                View::Reviewers if case.reviewer.is_empty() => "(nobody)",
                View::Reviewers => &case.reviewer,
                _ => &case.region,
            };
            let group = groups.entry(name).or_default();
            group.asked += usize::from(case.standing == Standing::Asked);
            if matches!(case.standing, Standing::Gone | Standing::Replaced) {
                continue;
            }
            group.cases += 1;
            if case.standing == Standing::Read {
                group.read += 1;
                continue;
            }
            group.open += 1;
            group.late += usize::from(case.standing == Standing::Late);
            group.idle = group.idle.max(case.idle.unwrap_or(0));
            group.interviews += case.interviews_due();
            if !case.due.is_empty() && (group.due.is_empty() || case.due < group.due) {
                group.due.clone_from(&case.due);
            }
        }
        let named =
            groups.into_iter().map(|(name, group)| Group { name: name.to_owned(), ..group });
        named.collect()
    }

    /// How many lines the board has.
    pub fn len(&self) -> usize {
        match self.view {
            View::Cases => self.sample.as_ref().map_or(0, |sample| sample.cases.len()),
            _ => self.groups().len(),
        }
    }
    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text being written on the form.
    pub fn editing(&self) -> Option<(Slot, &str)> {
        let (_, form) = self.form.as_ref()?;
        form.writing()
    }
    /// The text is now this.
    pub fn type_text(&mut self, text: String) {
        if let Some((_, form)) = &mut self.form {
            form.type_text(text);
        }
    }

    /// Whether an action is available.
    pub fn takes(&self, action: Action) -> bool {
        use Action as A;
        if let Some((_, form)) = &self.form {
            return form.takes_or_leaves(action);
        }
        if self.replaces.is_some() {
            return matches!(action, A::Yes | A::No);
        }
        let standing = self.here().map(|case| case.standing);
        let mine = |case: &Case| self.sample.as_ref().is_some_and(|s| s.user == case.asked_by);
        let all = self.sample.as_ref().is_some_and(|sample| !sample.only_asked);
        match action {
            A::Eliminate | A::Replace | A::View | A::Path if !all => false,
            A::Eliminate => {
                matches!(standing, Some(Standing::Late | Standing::NotAssigned | Standing::Open))
            }
            A::Approve => {
                standing == Some(Standing::Asked) && self.here().is_some_and(|case| !mine(case))
            }
            A::Replace => standing == Some(Standing::Gone),
            A::View => !self.is_empty(),
            A::Path | A::Back => self.sample.is_some(),
            other => is_move(other) && self.len() > 1,
        }
    }

    /// Does it.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.problem = None;
        if self.form.is_some() {
            return self.act_on_form(action);
        }
        if let Some(case) = self.replaces.take() {
            let is_meant = action == Action::Yes;
            return is_meant.then_some(Effect::Board(Ask::Replace { case })).into_iter().collect();
        }
        let here = self.here().map(|case| case.number.clone());
        let ask =
            |ask: fn(String) -> Ask| here.clone().map(ask).map(Effect::Board).into_iter().collect();
        match action {
            Action::Eliminate => {
                let left = self.left.take().filter(|(case, _)| Some(case) == here.as_ref());
                self.form = left.or_else(|| here.map(|case| (case, self.elimination())));
            }
            Action::Approve => return ask(|case| Ask::Approve { case }),
            Action::Replace => self.replaces = here,
            Action::View => {
                self.view = match self.view {
                    View::Cases => View::Regions,
                    View::Regions => View::Reviewers,
                    View::Reviewers => View::Cases,
                };
                self.cursor = Cursor::default();
            }
            other => {
                let len = self.len();
                self.cursor.act(other, len);
            }
        }
        Vec::new()
    }

    fn elimination(&self) -> Form<Slot> {
        let reasons = self.sample.as_ref().map(|s| s.reasons.as_slice()).unwrap_or_default();
        let titles = reasons.iter().map(|(_, title, _)| title.clone()).collect();
        Form::default()
            .choice(Slot::Reason, "Reason", titles, 0)
            .text(Slot::Words, "In words", "")
            .text(Slot::ApprovedBy, "Agreed by", "")
            .text(Slot::Unlock, "Rated, and why still", "")
            .go(Slot::Go, "Eliminate the case")
    }

    fn act_on_form(&mut self, action: Action) -> Vec<Effect> {
        let Some((case, form)) = &mut self.form else { return Vec::new() };
        if action == Action::Back {
            self.left = self.form.take();
            return Vec::new();
        }
        if form.act(action).is_none() {
            return Vec::new();
        }
        let reasons = self.sample.as_ref().map(|s| s.reasons.as_slice()).unwrap_or_default();
        let Some((code, _, needs_words)) = reasons.get(form.chosen(Slot::Reason).unwrap_or(0))
        else {
            return Vec::new();
        };
        if *needs_words && form.written(Slot::Words).is_empty() {
            self.problem = Some("this reason needs words: say what it is".to_owned());
            form.go_to(Slot::Words);
            return Vec::new();
        }
        vec![Effect::Board(Ask::Eliminate {
            case: case.clone(),
            reason: code.clone(),
            words: form.written(Slot::Words).to_owned(),
            approved_by: form.written(Slot::ApprovedBy).to_owned(),
            unlock: form.written(Slot::Unlock).to_owned(),
        })]
    }

    /// Takes in the sample as it stands; the case acted on stays highlighted, or the spare that
    /// came in.
    pub fn learn(&mut self, told: Told) {
        let here = match &self.form {
            Some((case, _)) => Some(case.clone()),
            None => self.here().map(|case| case.number.clone()),
        };
        if told.problem.is_none() {
            self.form = None;
        }
        self.problem = told.problem;
        let known: Vec<String> =
            self.sample.iter().flat_map(|old| &old.cases).map(|case| case.number.clone()).collect();
        self.sample = Some(told.sample);
        let came = self.cases().iter().position(|case| !known.contains(&case.number));
        let came = came.filter(|_| !known.is_empty());
        let at = self.cases().iter().position(|case| Some(&case.number) == here.as_ref());
        let len = self.len();
        self.cursor.put(came.or(at).unwrap_or(self.cursor.at()), len);
    }
}
