//! The screen of alerts.

use std::collections::BTreeMap;

use crate::review::{AlertKind, EventHash};
use crate::task::available::is_move;
use crate::task::form::Form;
use crate::task::list::Cursor;
use crate::task::{Action, Effect};

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Key of the review it was raised on.
    pub reading: String,
    /// The case: `R-0042`.
    pub case: String,
    /// The event that raised it.
    pub id: EventHash,
    /// What it is about, in words.
    pub kind: String,
    /// Who raised it, and when.
    pub raised: String,
    /// What it is.
    pub text: String,
    /// Who was told, and when; empty where nobody was.
    pub told: String,
    /// What came back.
    pub answers: Vec<String>,
    /// By whom it was closed, and what was done.
    pub closed: Option<String>,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Read the open alerts.
    Load,
    /// Record one.
    Raise {
        /// Key of the review, or empty.
        reading: String,
        /// The case, as written, where there is no review.
        case: String,
        /// What it is about.
        kind: AlertKind,
        /// What it is.
        text: String,
        /// Who was told, or empty.
        told: String,
        /// When, or empty.
        when: String,
    },
    /// Write down what came back.
    Answer {
        /// Key of the review.
        reading: String,
        /// The alert.
        alert: EventHash,
        /// What was answered.
        text: String,
    },
    /// Close one.
    Close {
        /// Key of the review.
        reading: String,
        /// The alert.
        alert: EventHash,
        /// What was done, or empty.
        text: String,
    },
}

/// What came of it: the alerts as they are now, open ones first, and what to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The open alerts; in a reader's workspace then those that were closed.
    pub open: Vec<Line>,
    /// What was done.
    pub said: Option<String>,
    /// Why it was not done.
    pub problem: Option<String>,
    /// Forms half filled in, by what they are for.
    pub drafts: BTreeMap<String, String>,
}

/// What the forms of alerts are kept under.
pub const SHEETS: &str = "alert/";
/// And one that is being recorded, before its case.
const RAISE: &str = "alert/raise/";

/// A line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named by its label")]
pub enum Slot {
    Case,
    Kind,
    Text,
    Told,
    When,
    Go,
}

/// What the form is filled in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Recording an alert.
    Raise,
    /// Writing down what came back.
    Answer(EventHash),
    /// Closing one.
    Close(EventHash),
}

/// The screen.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The open alerts; none until they arrived.
    pub open: Option<Vec<Line>>,
    /// The highlighted one.
    pub cursor: Cursor,
    /// What is being done, with its form.
    pub form: Option<(Doing, Form<Slot>)>,
    /// The form began with what was kept of it.
    pub is_kept: bool,
    /// Forms half filled in, by what they are for.
    drafts: BTreeMap<String, String>,
    /// Why something was not done.
    pub problem: Option<String>,
    /// Review and case the person came from.
    pub at: Option<(String, String)>,
}

impl State {
    /// Opens the screen at a case, or at none.
    pub fn begin(&mut self, at: Option<(String, String)>) {
        *self = Self { at, ..Self::default() };
        if self.at.is_some() {
            self.raise();
        }
    }

    fn raise(&mut self) {
        let kinds = AlertKind::ALL.iter().map(|kind| kind.title().to_owned()).collect();
        let mut form = Form::default();
        if self.at.is_none() {
            form = form.text(Slot::Case, "Case", "");
        }
        let form = form
            .choice(Slot::Kind, "About", kinds, 0)
            .paragraphs(Slot::Text, "What it is")
            .text(Slot::Told, "Who was told", "")
            .text(Slot::When, "When", "")
            .go(Slot::Go, "Record it");
        self.fill_in(Doing::Raise, form);
    }

    /// Opens a form, as it was left where it was.
    fn fill_in(&mut self, doing: Doing, mut form: Form<Slot>) {
        self.form = Some((doing, form.clone()));
        let kept = self.sheet().and_then(|sheet| self.drafts.get(&sheet));
        self.is_kept = kept.is_some_and(|kept| form.take_back(kept));
        if self.is_kept {
            form.go_to(Slot::Text);
            self.form = Some((doing, form));
        }
    }

    /// Where the open form is kept.
    fn sheet(&self) -> Option<String> {
        let (doing, _) = self.form.as_ref()?;
        Some(match doing {
            Doing::Raise => {
                let case = self.at.as_ref().map_or("", |(_, case)| case.as_str());
                format!("{RAISE}{case}")
            }
            Doing::Answer(alert) => format!("{SHEETS}answer/{alert}"),
            Doing::Close(alert) => format!("{SHEETS}close/{alert}"),
        })
    }

    /// The case of an alert half written and kept, while no form is open; empty where it is the
    /// one that a new alert begins with.
    pub fn half_written(&self) -> Option<&str> {
        let kept = self
            .drafts
            .keys()
            .find(|sheet| sheet.starts_with(RAISE))
            .filter(|_| self.form.is_none())?;
        let case = &kept[RAISE.len()..];
        let here = self.at.as_ref().map_or("", |(_, case)| case.as_str());
        Some(if case == here { "" } else { case })
    }

    /// Keeps what stands on the open form, where that is news.
    fn keep(&mut self) -> Vec<Effect> {
        let (Some(form), Some((_, lines))) = (self.sheet(), &self.form) else { return Vec::new() };
        let text = lines.kept();
        if self.drafts.get(&form) == text.as_ref() {
            return Vec::new();
        }
        match &text {
            Some(text) => self.drafts.insert(form.clone(), text.clone()),
            None => self.drafts.remove(&form),
        };
        vec![Effect::Sheet { form, text }]
    }

    /// Whether a text of several lines is being written.
    pub fn is_in_paragraphs(&self) -> bool {
        self.form.as_ref().is_some_and(|(_, form)| form.is_in_paragraphs())
    }

    /// The highlighted alert.
    pub fn here(&self) -> Option<&Line> {
        self.open.as_ref()?.get(self.cursor.at())
    }

    /// How many are open.
    pub fn len(&self) -> usize {
        self.open.as_ref().map_or(0, Vec::len)
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text being written on the form.
    pub fn editing(&self) -> Option<(Slot, &str)> {
        let (_, form) = self.form.as_ref()?;
        form.writing()
    }

    /// The text is now this.
    pub fn type_text(&mut self, text: String) -> Vec<Effect> {
        if let Some((_, form)) = &mut self.form {
            form.type_text(text);
        }
        self.keep()
    }

    /// Whether an action is available.
    pub fn takes(&self, action: Action) -> bool {
        use Action as A;
        if let Some((_, form)) = &self.form {
            return form.takes_or_leaves(action);
        }
        match action {
            A::NewAlert | A::Back => true,
            A::ReplyNote | A::SettleNote => self.here().is_some_and(|one| one.closed.is_none()),
            other => is_move(other) && self.len() > 1,
        }
    }

    /// Does it.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.problem = None;
        if self.form.is_some() {
            return self.act_on_form(action);
        }
        let here = self.here().map(|line| line.id);
        match (action, here) {
            (Action::NewAlert, _) => self.raise(),
            (Action::ReplyNote, Some(id)) => {
                let form = Form::default()
                    .paragraphs(Slot::Text, "What came back")
                    .go(Slot::Go, "Write it down");
                self.fill_in(Doing::Answer(id), form);
            }
            (Action::SettleNote, Some(id)) => {
                let form = Form::default()
                    .paragraphs(Slot::Text, "What was done")
                    .go(Slot::Go, "Close it");
                self.fill_in(Doing::Close(id), form);
            }
            (other, _) => {
                let len = self.len();
                self.cursor.act(other, len);
            }
        }
        Vec::new()
    }

    fn act_on_form(&mut self, action: Action) -> Vec<Effect> {
        if action == Action::Back {
            self.form = None;
            return Vec::new();
        }
        let here = self.here().map(|line| line.reading.clone()).unwrap_or_default();
        let Some((doing, form)) = &mut self.form else { return Vec::new() };
        if form.act(action).is_none() {
            return self.keep();
        }
        let text = form.written(Slot::Text).to_owned();
        let lacks = match doing {
            Doing::Raise if form.has(Slot::Case) && form.written(Slot::Case).is_empty() => {
                Some((Slot::Case, "say which case, such as R-0042"))
            }
            Doing::Raise | Doing::Answer(_) if text.is_empty() => {
                Some((Slot::Text, "write a few words"))
            }
            _ => None,
        };
        if let Some((slot, why)) = lacks {
            form.go_to(slot);
            self.problem = Some(why.to_owned());
            return Vec::new();
        }
        let ask = match *doing {
            Doing::Raise => {
                let at = self.at.clone();
                let (reading, case) =
                    at.unwrap_or_else(|| (String::new(), form.written(Slot::Case).to_owned()));
                let kind = AlertKind::ALL[form.chosen(Slot::Kind).unwrap_or(0)];
                let told = form.written(Slot::Told).to_owned();
                let when = form.written(Slot::When).to_owned();
                Ask::Raise { reading, case, kind, text, told, when }
            }
            Doing::Answer(alert) => Ask::Answer { reading: here, alert, text },
            Doing::Close(alert) => Ask::Close { reading: here, alert, text },
        };
        vec![Effect::Alerts(ask)]
    }

    /// Takes in the alerts as they are now; gives what to say.
    pub fn learn(&mut self, told: Told) -> (Option<String>, Vec<Effect>) {
        let mut effects = Vec::new();
        self.drafts = told.drafts;
        if told.said.is_some() {
            if let Some(form) = self.sheet() {
                self.drafts.remove(&form);
                effects.push(Effect::Sheet { form, text: None });
            }
            self.form = None;
        } else if self.open.is_none()
            && let Some((doing, form)) = self.form.take()
        {
            // The form was open before it was known what had been kept.
            self.fill_in(doing, form);
        }
        self.problem = told.problem;
        self.cursor.settle(told.open.len());
        self.open = Some(told.open);
        (told.said, effects)
    }
}
