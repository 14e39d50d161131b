//! The whole program as one state: which screen is open, and what is on each.

use std::sync::Arc;

use crate::instrument::Instrument;

use super::list::Cursor;
use super::saving::Saving;
use super::{
    agreement, alerts, board, browse, drawing, goals, quality, queue, reconcile, results, review,
    start,
};

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// What this is and what to do first: [`start::State`].
    Start,
    /// The case queue: [`queue::State`].
    Queue,
    /// The walk through one case: [`review::State`].
    Review,
    /// What is missing before submission: [`review::State::gaps`].
    Missing,
    /// The cases with two reviews: [`reconcile::PairList`].
    Pairs,
    /// The differences of one: [`reconcile::State`].
    Settle,
    /// How far two readers agree: [`agreement::State`].
    Agreement,
    /// What is with QA: [`quality::State`].
    Quality,
    /// The notes of QA on one review: [`quality::State`].
    Notes,
    /// Alerts: [`alerts::State`].
    Alerts,
    /// The sample: [`board::State`].
    Sample,
    /// From a list of cases to assigned reviews: [`drawing::State`].
    Drawing,
    /// Results by region: [`results::State`].
    Results,
    /// The improvement plan: [`goals::State`].
    Goals,
    /// The instruments there are to read: [`browse::State`].
    Shelf,
    /// One instrument: [`browse::Reader`].
    Reader,
    /// Every key: [`help`](super::help).
    Help,
    /// Answers are not saved, and the person wants to leave.
    ConfirmQuit,
}

impl Screen {
    /// All screens.
    pub const ALL: [Self; 18] = [
        Self::Start,
        Self::Queue,
        Self::Review,
        Self::Missing,
        Self::Pairs,
        Self::Settle,
        Self::Agreement,
        Self::Quality,
        Self::Notes,
        Self::Alerts,
        Self::Sample,
        Self::Drawing,
        Self::Results,
        Self::Goals,
        Self::Shelf,
        Self::Reader,
        Self::Help,
        Self::ConfirmQuit,
    ];
}

/// Columns and rows of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// The state of the whole program. Changed by [`update`](super::update) alone.
#[derive(Debug, Clone)]
pub struct App {
    /// The terminal's size.
    pub size: Size,
    /// The open screen.
    pub screen: Screen,
    /// Where help was opened from, or leaving was asked.
    pub(super) under: Screen,
    /// The start screen.
    pub start: start::State,
    /// The case queue.
    pub queue: queue::State,
    /// The review opened last.
    pub review: Option<review::State>,
    /// The cases with two reviews.
    pub pairs: reconcile::PairList,
    /// The pair opened last.
    pub settle: Option<reconcile::State>,
    /// How far two readers agree.
    pub agreement: agreement::State,
    /// QA.
    pub quality: quality::State,
    /// Alerts.
    pub alerts: alerts::State,
    /// The screen alerts were opened from.
    pub(super) alert_over: Screen,
    /// The sample board.
    pub board: board::State,
    /// The path from a list of cases to assigned reviews.
    pub drawing: drawing::State,
    /// The results.
    pub results: results::State,
    /// The improvement plan.
    pub goals: goals::State,
    /// The instrument browser.
    pub browse: browse::State,
    /// The first line shown of the help.
    pub help: Cursor,
    /// One line about what failed outside of a review.
    pub notice: Option<String>,
    /// The person wants to leave as soon as everything is on disk.
    pub(super) leaving: bool,
}

impl App {
    /// The program at its start screen.
    pub fn new(info: start::Info) -> Self {
        Self {
            size: Size { width: 80, height: 24 },
            screen: Screen::Start,
            under: Screen::Start,
            start: start::State::new(info),
            // Work to do stands first.
            queue: queue::State::default(),
            review: None,
            pairs: reconcile::PairList::default(),
            settle: None,
            agreement: agreement::State::default(),
            quality: quality::State::default(),
            alerts: alerts::State::default(),
            alert_over: Screen::Start,
            board: board::State::default(),
            drawing: drawing::State::default(),
            results: results::State::default(),
            goals: goals::State::default(),
            browse: browse::State::default(),
            help: Cursor::default(),
            notice: None,
            leaving: false,
        }
    }

    /// The instrument browser by itself, without a workspace: at the list of instruments, or
    /// at one of them.
    pub fn browser(instrument: Option<Arc<Instrument>>) -> Self {
        let mut app = Self { screen: Screen::Shelf, ..Self::new(start::Info::default()) };
        app.browse.alone = true;
        app.browse.fill();
        if let Some(instrument) = instrument {
            app.browse.read(instrument);
            app.screen = Screen::Reader;
        }
        app
    }

    /// The screen help or the question about leaving lies over; else the open one.
    pub fn screen_below(&self) -> Screen {
        match self.screen {
            Screen::Help | Screen::ConfirmQuit => self.under,
            screen => screen,
        }
    }

    /// Characters go into a text: the text box of a question, or the search line.
    pub fn is_typing(&self) -> bool {
        self.is_typing_on(self.screen)
    }

    /// Characters go into a text of a screen, which help may lie over.
    pub(super) fn is_typing_on(&self, screen: Screen) -> bool {
        match screen {
            Screen::Queue => self.queue.searching,
            Screen::Alerts => self.alerts.editing().is_some(),
            Screen::Notes => self.quality.editing().is_some(),
            Screen::Sample => self.board.editing().is_some(),
            Screen::Drawing => self.drawing.editing().is_some(),
            Screen::Results | Screen::Goals => {
                self.saving_on(screen).is_some_and(|saving| saving.editing().is_some())
            }
            Screen::Review => self.review.as_ref().is_some_and(|r| r.editing().is_some()),
            Screen::Pairs => self.pairs.editing().is_some(),
            Screen::Settle => self.settle.as_ref().is_some_and(|s| {
                let on_pad = s.pad().is_some_and(|pad| pad.editing().is_some());
                on_pad || s.writing().is_some()
            }),
            _ => false,
        }
    }

    /// The form of a file to be written, where it is open on a screen.
    fn saving_on(&self, screen: Screen) -> Option<&Saving> {
        match screen {
            Screen::Results => self.results.saving.as_ref(),
            Screen::Goals => self.goals.saving.as_ref(),
            _ => None,
        }
    }

    /// The form of a file to be written, where it is open.
    pub fn saving(&self) -> Option<&Saving> {
        self.saving_on(self.screen)
    }

    /// The review questions are answered on: the open one, or the pad of an own answer.
    pub fn answering(&self) -> Option<&review::State> {
        match self.screen {
            Screen::Review => self.review.as_ref(),
            Screen::Settle => self.settle.as_ref().and_then(|settle| settle.pad()),
            _ => None,
        }
    }

    /// The one line to show about what just happened.
    pub fn notice(&self) -> Option<&str> {
        let of_review = match self.screen {
            Screen::Review | Screen::Missing => self.review.as_ref().and_then(|r| r.notice()),
            Screen::Settle => self.settle.as_ref().and_then(|s| s.notice()),
            Screen::Pairs => self.pairs.problem.as_deref(),
            _ => None,
        };
        of_review.or(self.notice.as_deref())
    }
}
