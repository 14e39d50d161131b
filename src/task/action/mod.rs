//! The one table of actions. Footer, help, key routing of the full screen and the commands
//! of the plain face are all made from it.

mod table;

pub use table::TABLE;

use super::key::Key;

/// Something a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is described by its line in TABLE")]
pub enum Action {
    Retry,
    ReadAnew,
    LeaveText,
    LeaveTextNext,
    Commit,
    DropText,
    LeaveSearch,
    Keep,
    Stop,
    Fill,
    Turn,
    TurnBack,
    Go,
    Answer,
    Nothing,
    Choose,
    Tick,
    Write,
    Text,
    Note,
    Read,
    EditCell,
    NextCell,
    PreviousCell,
    AddRow,
    DeleteRow,
    Next,
    NextOpen,
    Previous,
    GoTo,
    Submit,
    Open,
    Continue,
    Cases,
    Sample,
    Path,
    Eliminate,
    Approve,
    Replace,
    View,
    Results,
    Goals,
    Instruments,
    Try,
    Enter,
    Why,
    Changes,
    Guidance,
    Undo,
    Redo,
    Finish,
    Quality,
    Alert,
    NewAlert,
    Notes,
    AddNote,
    ReplyNote,
    SettleNote,
    SendBack,
    ApproveReview,
    Override,
    Reopen,
    ReadReview,
    Pairs,
    Agreement,
    Measure,
    Mode,
    Behind,
    Settle,
    ReaderLeft,
    ReaderRight,
    TakeA,
    TakeB,
    TakeC,
    AskThird,
    TakeOwn,
    Evidence,
    Unfold,
    Yes,
    No,
    HandIn,
    Items,
    NextItem,
    PreviousItem,
    FaceSheet,
    Clear,
    Search,
    FilterStatus,
    FilterCaseType,
    FilterRegion,
    ClearFilters,
    Sort,
    By,
    Period,
    Look,
    Arrange,
    Order,
    SaveAs,
    ColumnLeft,
    ColumnRight,
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    Leave,
    Stay,
    StepBack,
    Back,
    Help,
    Quit,
}

/// Where an action belongs in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Answering a question.
    Answering,
    /// Writing a text.
    Writing,
    /// Moving through a review.
    Moving,
    /// Looking something up.
    Looking,
    /// Finishing a review.
    Finishing,
    /// The queue of cases.
    Cases,
    /// Settling two reviews.
    Settling,
    /// How far readers agree.
    Agreement,
    /// QA.
    Quality,
    /// The sample.
    Sample,
    /// Results.
    Results,
    /// Reading instruments.
    Instruments,
    /// Everywhere.
    Everywhere,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Self; 13] = [
        Self::Answering,
        Self::Writing,
        Self::Moving,
        Self::Looking,
        Self::Finishing,
        Self::Cases,
        Self::Settling,
        Self::Agreement,
        Self::Quality,
        Self::Sample,
        Self::Results,
        Self::Instruments,
        Self::Everywhere,
    ];

    /// Heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Answering => "Answering",
            Self::Writing => "Writing",
            Self::Moving => "Moving through a review",
            Self::Looking => "Looking things up",
            Self::Finishing => "Finishing",
            Self::Cases => "Cases",
            Self::Settling => "Settling two reviews",
            Self::Agreement => "Agreement of readers",
            Self::Quality => "QA",
            Self::Sample => "The sample",
            Self::Results => "Results",
            Self::Instruments => "Instruments",
            Self::Everywhere => "Everywhere",
        }
    }
}

/// One line of the table of actions.
#[derive(Debug)]
pub struct Line {
    /// The action.
    pub action: Action,
    /// Its name, and its command in the plain face where it has one: `:why`.
    pub id: &'static str,
    /// Keys in the full screen; the first one is shown.
    pub keys: &'static [Key],
    /// Short label for the footer.
    pub label: &'static str,
    /// What it does, a sentence for the help.
    pub help: &'static str,
    /// Where it stands in the help.
    pub group: Group,
    /// The plain face has it as a command `:id`.
    pub plain: bool,
}

impl Line {
    const fn in_plain(self) -> Self {
        Self { plain: true, ..self }
    }
}

impl Action {
    /// Its line in [`TABLE`].
    pub fn line(self) -> &'static Line {
        TABLE.iter().find(|line| line.action == self).expect("every action has a line in TABLE")
    }
    /// Its name: `next-open`.
    pub fn id(self) -> &'static str {
        self.line().id
    }
    /// Short label for the footer.
    pub fn label(self) -> &'static str {
        self.line().label
    }
}
