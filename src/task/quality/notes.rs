//! The list of reviews with QA, and the notes on one of them.

use crate::instrument::Rating;
use crate::review::EventHash;
use crate::task::available::is_move;
use crate::task::form::Form;
use crate::task::list::Cursor;
use crate::task::{Action, Effect};

use super::{Ask, Line, Note, Opened, Told};

/// What a rating can be set to.
const RATINGS: [Rating; 3] = [Rating::Strength, Rating::Ani, Rating::Na];

/// A line of a form of QA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named by its label")]
pub enum Slot {
    Place,
    Text,
    How,
    Go,
}

/// What a form is filled in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Pinning a note.
    Pin,
    /// Replying to one.
    Reply(EventHash),
    /// Settling one.
    Settle(EventHash),
    /// Sending the review back.
    SendBack,
    /// Approving it.
    Approve,
    /// Setting a rating against the computed one.
    Override,
    /// Opening it again after it was final.
    Reopen,
}

impl Doing {
    /// Where the form of it is kept while it is half filled in.
    fn sheet(self, reading: &str) -> String {
        let what = match self {
            Self::Pin => "pin".to_owned(),
            Self::Reply(note) => format!("reply/{note}"),
            Self::Settle(note) => format!("settle/{note}"),
            Self::SendBack => "send-back".to_owned(),
            Self::Approve => "approve".to_owned(),
            Self::Override => "override".to_owned(),
            Self::Reopen => "reopen".to_owned(),
        };
        format!("{}{what}", sheets_of(reading))
    }
}

/// What the forms of a review are kept under.
pub fn sheets_of(reading: &str) -> String {
    format!("qa/{reading}/")
}

/// The screens of QA.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What is with QA; none until it arrived.
    pub list: Option<Vec<Line>>,
    /// The highlighted one.
    pub cursor: Cursor,
    /// The review opened last.
    pub opened: Option<Opened>,
    /// The highlighted note.
    pub note: Cursor,
    /// What is being done, with its form.
    pub form: Option<(Doing, Form<Slot>)>,
    /// The form began with what was kept of it.
    pub is_kept: bool,
    /// Why something was not done.
    pub problem: Option<String>,
    /// The question the review was left at, for a note on it.
    pub place: Option<String>,
    /// The review lies over the notes, or they over it: what is left goes back to the other.
    pub beside_review: bool,
}

impl State {
    /// Takes in what came.
    pub fn learn(&mut self, told: Told) -> (Option<String>, Vec<Effect>) {
        let done = matches!(told, Told::List(_, Some(_)) | Told::Opened(_, Some(_)));
        let sheet = self.sheet().filter(|_| done);
        let said = self.take_in(told);
        let Some(form) = sheet else { return (said, Vec::new()) };
        if let Some(opened) = &mut self.opened {
            opened.drafts.remove(&form);
        }
        (said, vec![Effect::Sheet { form, text: None }])
    }

    fn take_in(&mut self, told: Told) -> Option<String> {
        match told {
            Told::List(mut list, said) => {
                list.sort_by_key(|line| (!line.mine, line.case.clone(), line.reviewer.clone()));
                self.cursor.settle(list.len());
                self.list = Some(list);
                self.form = None;
                said
            }
            Told::Opened(opened, said) => {
                let same = self.opened.as_ref().is_some_and(|old| old.reading == opened.reading);
                if !same {
                    self.note = Cursor::default();
                }
                self.note.settle(opened.notes.len());
                self.opened = Some(*opened);
                self.form = None;
                self.problem = None;
                said
            }
            Told::Problem(problem) => {
                self.problem = Some(problem.clone());
                Some(problem)
            }
        }
    }

    /// The highlighted review of the list.
    pub fn chosen(&self) -> Option<&Line> {
        self.list.as_ref()?.get(self.cursor.at())
    }

    /// How many there are with QA.
    pub fn len(&self) -> usize {
        self.list.as_ref().map_or(0, Vec::len)
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The highlighted note.
    pub fn here(&self) -> Option<&Note> {
        self.opened.as_ref()?.notes.get(self.note.at())
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

    /// Where the open form is kept.
    fn sheet(&self) -> Option<String> {
        let ((doing, _), opened) = (self.form.as_ref()?, self.opened.as_ref()?);
        Some(doing.sheet(&opened.reading))
    }

    /// Keeps what stands on the open form, where that is news.
    fn keep(&mut self) -> Vec<Effect> {
        let (Some(form), Some((_, lines))) = (self.sheet(), &self.form) else { return Vec::new() };
        let (text, Some(opened)) = (lines.kept(), &mut self.opened) else { return Vec::new() };
        if opened.drafts.get(&form) == text.as_ref() {
            return Vec::new();
        }
        match &text {
            Some(text) => opened.drafts.insert(form.clone(), text.clone()),
            None => opened.drafts.remove(&form),
        };
        vec![Effect::Sheet { form, text }]
    }

    /// Opens a form, as it was left where it was.
    fn begin(&mut self, doing: Doing, mut form: Form<Slot>) {
        let kept = self.opened.as_ref().and_then(|one| one.drafts.get(&doing.sheet(&one.reading)));
        self.is_kept = kept.is_some_and(|kept| form.take_back(kept));
        if self.is_kept {
            form.go_to(Slot::Text);
        }
        self.form = Some((doing, form));
    }

    /// Whether a text of several lines is being written.
    pub fn is_in_paragraphs(&self) -> bool {
        self.form.as_ref().is_some_and(|(_, form)| form.is_in_paragraphs())
    }

    fn open_notes(&self) -> usize {
        let notes = self.opened.iter().flat_map(|opened| &opened.notes);
        notes.filter(|note| note.settled.is_none()).count()
    }

    /// Whether an action is available on the notes of a review.
    pub fn takes(&self, action: Action) -> bool {
        use Action as A;
        let Some(opened) = &self.opened else { return action == A::Back };
        if let Some((_, form)) = &self.form {
            return form.takes_or_leaves(action);
        }
        let is_open = self.here().is_some_and(|note| note.settled.is_none());
        match action {
            A::AddNote => opened.with_me,
            A::ReplyNote => is_open && (opened.with_me || opened.is_mine),
            A::SettleNote => is_open && opened.with_me,
            A::SendBack => opened.with_me && self.open_notes() > 0,
            A::ApproveReview => opened.with_me && self.open_notes() == 0,
            A::Override => opened.may_override,
            A::Reopen => opened.may_reopen,
            A::NextOpen => self.open_notes() > 1 || (self.open_notes() == 1 && !is_open),
            A::ReadReview | A::Back => true,
            other => is_move(other) && opened.notes.len() > 1,
        }
    }

    /// Does it.
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.problem = None;
        if self.form.is_some() {
            return self.act_on_form(action);
        }
        let Some(opened) = &self.opened else { return Vec::new() };
        let here = self.here().map(|note| note.id);
        match (action, here) {
            (Action::AddNote, _) => {
                let place = self.place.clone().unwrap_or_default();
                let mut form = Form::default()
                    .text(Slot::Place, "Question or item", place.clone())
                    .paragraphs(Slot::Text, "Note")
                    .go(Slot::Go, "Pin the note");
                if !place.is_empty() {
                    form.go_to(Slot::Text);
                }
                self.begin(Doing::Pin, form);
            }
            (Action::ReplyNote, Some(note)) => {
                let form = Form::default().paragraphs(Slot::Text, "Reply").go(Slot::Go, "Reply");
                self.begin(Doing::Reply(note), form);
            }
            (Action::SettleNote, Some(note)) => {
                let how = ["changed or explained", "settled in conversation"].map(str::to_owned);
                let form = Form::default()
                    .choice(Slot::How, "How", how.to_vec(), 0)
                    .paragraphs(Slot::Text, "Summary")
                    .go(Slot::Go, "Settle the note");
                self.begin(Doing::Settle(note), form);
            }
            (Action::SendBack, _) => {
                let go = format!("Send {} back: its reader can change it", opened.case);
                self.begin(Doing::SendBack, Form::default().go(Slot::Go, go));
            }
            (Action::ApproveReview, _) => {
                let go = format!("Approve {} at {}", opened.case, opened.standing);
                self.begin(Doing::Approve, Form::default().go(Slot::Go, go));
            }
            (Action::Override, _) => {
                let mut options: Vec<String> =
                    RATINGS.iter().map(|rating| rating.title().to_owned()).collect();
                options.push("as computed".to_owned());
                let form = Form::default()
                    .text(Slot::Place, "Item", "")
                    .choice(Slot::How, "Rating", options, 0)
                    .paragraphs(Slot::Text, "Why")
                    .go(Slot::Go, "Set the rating, marked ** everywhere");
                self.begin(Doing::Override, form);
            }
            (Action::Reopen, _) => {
                let form = Form::default()
                    .paragraphs(Slot::Text, "Why")
                    .go(Slot::Go, "Open it again; every report will tell of it");
                self.begin(Doing::Reopen, form);
            }
            (Action::NextOpen, _) => self.go_to_open(),
            (other, _) => {
                let len = opened.notes.len();
                self.note.act(other, len);
            }
        }
        Vec::new()
    }

    fn go_to_open(&mut self) {
        let Some(opened) = &self.opened else { return };
        let len = opened.notes.len();
        let from = self.note.at() + 1;
        let next = (from..len).chain(0..from.min(len));
        if let Some(at) = { next }.find(|at| opened.notes[*at].settled.is_none()) {
            self.note.put(at, len);
        }
    }

    fn act_on_form(&mut self, action: Action) -> Vec<Effect> {
        let (Some((doing, form)), Some(opened)) = (&mut self.form, &self.opened) else {
            return Vec::new();
        };
        if action == Action::Back {
            self.form = None;
            return Vec::new();
        }
        if form.act(action).is_none() {
            return self.keep();
        }
        let reading = opened.reading.clone();
        let text = form.written(Slot::Text).to_owned();
        let lacks = match *doing {
            Doing::Pin | Doing::Override if form.written(Slot::Place).is_empty() => {
                Some(Slot::Place)
            }
            Doing::Pin | Doing::Reply(_) | Doing::Reopen | Doing::Override if text.is_empty() => {
                Some(Slot::Text)
            }
            Doing::Settle(_) if form.chosen(Slot::How) == Some(1) && text.is_empty() => {
                Some(Slot::Text)
            }
            _ => None,
        };
        if let Some(slot) = lacks {
            form.go_to(slot);
            self.problem = Some(match slot {
                Slot::Place => "say which question or item it is about".to_owned(),
                _ => "write a few words".to_owned(),
            });
            return Vec::new();
        }
        let ask = match *doing {
            Doing::Pin => Ask::Pin { reading, place: form.written(Slot::Place).to_owned(), text },
            Doing::Reply(note) => Ask::Reply { reading, note, text },
            Doing::Settle(note) => {
                let talked = form.chosen(Slot::How) == Some(1);
                Ask::Settle { reading, note, talked, summary: text }
            }
            Doing::SendBack => Ask::SendBack { reading },
            Doing::Approve => Ask::Approve { reading },
            Doing::Override => {
                let item = form.written(Slot::Place).to_owned();
                let rating = form.chosen(Slot::How).and_then(|at| RATINGS.get(at).copied());
                Ask::Override { reading, item, rating, why: text }
            }
            Doing::Reopen => Ask::Reopen { reading, why: text },
        };
        vec![Effect::Quality(ask)]
    }
}
