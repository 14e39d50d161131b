//! The start screen: what this is, which instrument, and what to do first.

use super::board::Sample;
use super::list::Cursor;
use super::{Action, Effect};

/// What the start screen says, read from the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Info {
    /// The workspace file, for a person.
    pub workspace: String,
    /// Code of the one who acts.
    pub user: String,
    /// Name of the current round.
    pub round: String,
    /// Full title of the round's instrument.
    pub instrument: String,
    /// What a user must be told before using the instrument.
    pub notice: Option<String>,
    /// A practice workspace: made-up cases, and what-would-change-it is shown.
    pub practice: bool,
    /// The one who acts is a lead: may see what would change a rating.
    pub lead: bool,
    /// Eliminations that wait for the word of the one who acts, where that is no lead.
    pub approvals: usize,
    /// Reviews of the one who acts that are not begun.
    pub not_started: usize,
    /// Reviews begun and not submitted.
    pub in_progress: usize,
    /// Of a lead: cases of the sample that nobody reads yet.
    pub unassigned: usize,
    /// Reviews submitted or final.
    pub submitted: usize,
    /// Of a lead: pairs of sealed reviews not settled yet; none without a case read twice.
    pub pairs: Option<usize>,
    /// Open alerts the one who acts may see; none in the instrument browser alone.
    pub alerts: usize,
    /// Reviews with QA or sent back that the one who acts has to do with; none where no round
    /// has QA.
    pub quality: Option<usize>,
    /// An improvement plan is in force.
    pub plan: bool,
    /// The review last worked on and not submitted: reading and case, to continue with.
    pub last: Option<(String, String)>,
}

impl Info {
    /// Whether the sample is shown: to a lead the whole, to others what waits for their word.
    pub fn sees_sample(&self) -> bool {
        self.lead || self.approvals > 0
    }
}

/// The start screen.
#[derive(Debug, Clone)]
pub struct State {
    /// What it says.
    pub info: Info,
    /// The highlighted entry of [`entries`].
    pub cursor: Cursor,
}

/// The entries of the start screen, in order; each is also an action with its own key.
pub const ENTRIES: [Action; 11] = [
    Action::Alert,
    Action::Continue,
    Action::Cases,
    Action::Pairs,
    Action::Quality,
    Action::Sample,
    Action::Results,
    Action::Goals,
    Action::Instruments,
    Action::Help,
    Action::Quit,
];

impl State {
    /// The start screen of a workspace.
    pub fn new(info: Info) -> Self {
        let mut state = Self { info, cursor: Cursor::default() };
        let entries = state.entries();
        // Practice begins with the choice of a case, also beside reviews begun already.
        let first = entries.iter().position(|a| *a == Action::Cases && state.is_first_time());
        state.cursor.put(first.unwrap_or(0), entries.len());
        state
    }

    /// The entries that can be chosen now.
    pub fn entries(&self) -> Vec<Action> {
        let offers = |action: &Action| match action {
            Action::Continue => self.info.last.is_some(),
            Action::Sample => self.info.sees_sample(),
            // Only where one is open: its key works everywhere.
            Action::Alert => self.info.alerts > 0,
            Action::Pairs => self.info.pairs.is_some(),
            Action::Quality => self.info.quality.is_some(),
            Action::Goals => self.info.plan,
            _ => true,
        };
        ENTRIES.into_iter().filter(offers).collect()
    }

    /// The highlighted entry.
    pub fn chosen(&self) -> Action {
        let entries = self.entries();
        entries.get(self.cursor.at()).copied().unwrap_or(Action::Cases)
    }

    /// In practice, and nothing was submitted yet: the first steps are shown.
    pub fn is_first_time(&self) -> bool {
        self.info.practice && self.info.submitted == 0
    }

    /// What [`Action::Continue`] opens.
    pub fn resume(&self) -> Option<Effect> {
        self.info.last.as_ref().map(|(reading, _)| Effect::Open { reading: reading.clone() })
    }

    /// Takes in facts read anew.
    pub fn learn(&mut self, info: Info) {
        self.info = info;
        self.settle();
    }

    /// Takes in how many eliminations still wait for the word of the one who acts.
    pub fn learn_sample(&mut self, sample: &Sample) {
        if sample.only_asked {
            self.info.approvals = sample.cases.len();
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.cursor.settle(self.entries().len());
    }
}
