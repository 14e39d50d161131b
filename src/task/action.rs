//! The one table of actions. Footer, help, key routing of the full screen and the commands
//! of the plain face are all made from it.

use super::key::Key;

/// Something a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is described by its line in TABLE")]
pub enum Action {
    Retry,
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
    TakeOwn,
    Evidence,
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

const fn line(
    action: Action,
    id: &'static str,
    keys: &'static [Key],
    label: &'static str,
    group: Group,
    help: &'static str,
) -> Line {
    Line { action, id, keys, label, help, group, plain: false }
}

impl Line {
    const fn in_plain(self) -> Self {
        Self { plain: true, ..self }
    }
}

/// Every action once. The order is that of the footer; where two available actions share
/// a key, the earlier one gets it.
pub const TABLE: &[Line] = {
    use Action as A;
    use Group as G;
    use Key as K;
    &[
        line(A::Retry, "retry", &[K::Char('R')], "save again", G::Answering,
            "Try again to save what is NOT SAVED.").in_plain(),
        line(A::LeaveText, "done", &[K::Esc], "done", G::Writing,
            "Leave the text box and save what was written."),
        line(A::LeaveTextNext, "done-next", &[K::Tab], "done, next", G::Writing,
            "Leave the text box, save, and go to the next question."),
        line(A::Commit, "commit", &[K::Enter], "save, next", G::Writing,
            "Save the date or number written, and go to the next question."),
        line(A::DropText, "cancel", &[K::Ctrl('x')], "forget text", G::Writing,
            "Leave the text box and forget what was written since it was opened."),
        line(A::LeaveSearch, "end-search", &[K::Enter, K::Esc, K::Down], "done", G::Cases,
            "Leave the search line; the search stays on."),
        line(A::Keep, "keep", &[K::Enter, K::Tab, K::Down], "next line", G::Sample,
            "Keep what is written and go to the next line."),
        line(A::Stop, "stop", &[K::Esc], "stop, write nothing", G::Sample,
            "Stop reading the list. Nothing is written."),
        line(A::Fill, "fill", &[K::Enter], "write here", G::Sample,
            "Write on the highlighted line."),
        line(A::Turn, "turn", &[K::Enter, K::Right, K::Char(' ')], "change", G::Sample,
            "Choose the next of what the highlighted line offers."),
        line(A::TurnBack, "turn-back", &[K::Left], "change back", G::Sample,
            "Choose the one before."),
        line(A::Go, "do", &[K::Enter], "do this", G::Sample,
            "Take the step of the highlighted line, on the way from the list to the sample."),
        line(A::Choose, "choose", &[K::Enter, K::Char(' ')], "choose", G::Answering,
            "Answer with the highlighted option."),
        line(A::Answer, "answer", &[K::Digits], "answer", G::Answering,
            "Answer with the option of that number; in a checklist tick it or take the tick away."),
        line(A::Tick, "tick", &[K::Char(' ')], "tick", G::Answering,
            "Tick the highlighted option, or take the tick away."),
        line(A::Nothing, "none", &[K::Char('0')], "none of these", G::Answering,
            "Answer a checklist with nothing ticked.").in_plain(),
        line(A::Write, "write", &[K::Enter, K::Char('e')], "write", G::Writing,
            "Open the text box of the question."),
        line(A::EditCell, "row", &[K::Enter], "edit", G::Answering,
            "Fill in the cell of the table, or change it; in the plain mode :row 2 goes through row 2.").in_plain(),
        line(A::NextCell, "next-cell", &[K::Enter, K::Right, K::Tab], "next cell", G::Moving,
            "Go to the next cell of the table."),
        line(A::PreviousCell, "previous-cell", &[K::Left, K::BackTab], "cell before", G::Moving,
            "Go to the cell before."),
        line(A::Open, "open-case", &[K::Enter], "open", G::Cases,
            "Open the highlighted case; a review not begun is begun."),
        line(A::GoTo, "go", &[K::Enter], "go there", G::Moving,
            "Go to the item or question chosen.").in_plain(),
        line(A::Submit, "submit", &[K::Enter, K::Char('s')], "submit", G::Finishing,
            "Submit the review. From then on it can only be read.").in_plain(),
        line(A::Enter, "enter", &[K::Enter], "choose", G::Everywhere,
            "Do what the highlighted line says."),
        line(A::Next, "next", &[K::Enter, K::Right, K::Tab], "next", G::Moving,
            "Go to the next question, answered or not; after the last, to what is missing.").in_plain(),
        line(A::NextOpen, "next-open", &[K::Char('n')], "next open", G::Moving,
            "Go to the next question that lacks an answer or a text.").in_plain(),
        line(A::AddRow, "add", &[K::Char('a')], "add row", G::Answering,
            "Add a row to the table, and fill in its cells.").in_plain(),
        line(A::DeleteRow, "delete", &[K::Char('d')], "delete row", G::Answering,
            "Take the row out of the table; undo brings it back. In the plain mode :delete 2.").in_plain(),
        line(A::Why, "why", &[K::Char('w')], "why", G::Looking,
            "Say why the item has its rating, or what it still needs.").in_plain(),
        line(A::Text, "text", &[K::Char('e')], "edit text", G::Writing,
            "Write the narrative beside a No, the words to other, or change what is written.").in_plain(),
        line(A::Note, "note", &[K::Char('t')], "note", G::Writing,
            "Write a note on the question, whatever its answer: never asked for, not rated, not in reports.").in_plain(),
        line(A::Read, "read", &[K::Char('t')], "read text", G::Looking,
            "Read the whole text and note of a review that can only be read."),
        line(A::Guidance, "guidance", &[K::Char('g')], "guidance", G::Looking,
            "Read the guidance to the question, defined terms, and the item's purpose and instructions.").in_plain(),
        line(A::Undo, "undo", &[K::Char('u')], "undo", G::Answering,
            "Take back the last change.").in_plain(),
        line(A::Redo, "redo", &[K::Char('r')], "redo", G::Answering,
            "Make the change again that was taken back.").in_plain(),
        line(A::Finish, "missing", &[K::Char('s')], "submit", G::Finishing,
            "See what is missing, and submit when nothing is.").in_plain(),
        line(A::Items, "items", &[K::Char('i')], "items", G::Moving,
            "Show the items with their ratings, to go to one.").in_plain(),
        line(A::Previous, "previous", &[K::Char('p'), K::Left, K::BackTab], "back", G::Moving,
            "Go to the question before.").in_plain(),
        line(A::NextItem, "next-item", &[K::Char(']'), K::Right], "next item", G::Moving,
            "Go to the next item.").in_plain(),
        line(A::PreviousItem, "previous-item", &[K::Char('['), K::Left], "item before", G::Moving,
            "Go to the item before.").in_plain(),
        line(A::FaceSheet, "face", &[K::Char('f')], "face sheet", G::Moving,
            "Go to the face sheet.").in_plain(),
        line(A::Clear, "clear", &[K::Backspace, K::Delete], "take answer back", G::Answering,
            "Take the answer back, so that the question is unanswered.").in_plain(),
        line(A::Changes, "changes", &[K::Char('c')], "what would change it", G::Looking,
            "Show the smallest changes of answers that would give another rating. Only in practice, to leads, and after submission.").in_plain(),
        line(A::Continue, "continue", &[K::Char('c')], "continue", G::Cases,
            "Go on with the review you last worked on."),
        line(A::Cases, "cases", &[K::Char('l')], "cases", G::Cases,
            "Show the list of your cases.").in_plain(),
        line(A::Sample, "sample", &[K::Char('s')], "sample", G::Sample,
            "Show the sample: who reads what, what is late, eliminations (`status`, `sample report`)."),
        line(A::Path, "draw", &[K::Char('d')], "draw and assign", G::Sample,
            "From a list of cases to assigned reviews, step by step (`frame import`, `sample draw`, `assign`)."),
        line(A::Eliminate, "eliminate", &[K::Char('e')], "eliminate", G::Sample,
            "Ask that the highlighted case be eliminated (`sample eliminate`)."),
        line(A::Approve, "approve", &[K::Char('a')], "approve", G::Sample,
            "Agree, as a second person, to its elimination (`sample approve`)."),
        line(A::Replace, "replace", &[K::Char('x')], "bring in a spare", G::Sample,
            "Bring in the next spare of its stratum (`sample replace`)."),
        line(A::View, "view", &[K::Char('b')], "by ...", G::Sample,
            "Arrange the sample case by case, by region, or by reviewer."),
        line(A::Results, "results", &[K::Char('r')], "results", G::Results,
            "Show results by region.").in_plain(),
        line(A::Goals, "goals", &[K::Char('g')], "goals", G::Results,
            "Show the improvement plan: baseline, goal and now of each measure (`pip status`).").in_plain(),
        line(A::Instruments, "instruments", &[K::Char('i')], "instruments", G::Instruments,
            "Read any instrument, and try answers in it."),
        line(A::Try, "try", &[K::Char('t')], "try answers", G::Instruments,
            "Try answers at the highlighted item and see its rating form; nothing is saved."),
        line(A::TakeA, "take-a", &[K::Char('a')], "take A", G::Settling,
            "Settle the highlighted difference by A's answer."),
        line(A::TakeB, "take-b", &[K::Char('b')], "take B", G::Settling,
            "Settle the highlighted difference by B's answer."),
        line(A::TakeOwn, "own", &[K::Char('o')], "own answer", G::Settling,
            "Settle the highlighted difference by an answer of your own."),
        line(A::Evidence, "evidence", &[K::Char('e')], "evidence", G::Settling,
            "Read what else the two have apart in the item: sources ticked, narratives, rationales."),
        line(A::HandIn, "hand-in", &[K::Char('s')], "hand in", G::Settling,
            "Hand the settled review in: it is the one that counts. Both others stay as they are."),
        line(A::Pairs, "pairs", &[K::Char('p')], "pairs", G::Settling,
            "Show the cases with two reviews, to settle where they differ (leads)."),
        line(A::Agreement, "agreement", &[K::Char('a')], "agreement", G::Agreement,
            "Show how far two readers agree, measured on reviews as first handed in (`report agreement`)."),
        line(A::Behind, "behind", &[K::Enter], "cases", G::Agreement,
            "Show the cases behind the highlighted figure."),
        line(A::Settle, "side-by-side", &[K::Enter], "open", G::Agreement,
            "Open the highlighted case, its two reviews side by side."),
        line(A::Measure, "measure", &[K::Char('b')], "by ...", G::Agreement,
            "By item, on applicability alone, by question, who with whom, by month."),
        line(A::Mode, "mode", &[K::Char('m')], "mode", G::Agreement,
            "Show the pairs of another mode: joint interviews, evidence shared, file only."),
        line(A::ReaderLeft, "reader-left", &[K::Left], "left", G::Agreement,
            "Go to the reader on the left."),
        line(A::ReaderRight, "reader-right", &[K::Right], "right", G::Agreement,
            "Go to the reader on the right."),
        line(A::Quality, "qa", &[K::Char('v')], "QA", G::Quality,
            "Show what is with QA, and what it sent back (`qa`)."),
        line(A::ReadReview, "read-review", &[K::Char('o')], "the review", G::Quality,
            "Read the review, at the question of the highlighted note; m comes back."),
        line(A::AddNote, "pin", &[K::Char('a')], "pin a note", G::Quality,
            "Pin a note of QA to a question or item."),
        line(A::ReplyNote, "reply", &[K::Char('r')], "reply", G::Quality,
            "Reply to the highlighted note; to an alert, write down what came back."),
        line(A::SettleNote, "settle", &[K::Char('x')], "settle", G::Quality,
            "Settle the highlighted note; say so where it was settled in conversation. Close an alert."),
        line(A::SendBack, "send-back", &[K::Char('b')], "send back", G::Quality,
            "Send the review with its open notes back to its reader."),
        line(A::ApproveReview, "approve-review", &[K::Char('f')], "approve", G::Quality,
            "Approve the review at the level of QA it is at; after the last it counts."),
        line(A::Override, "override", &[K::Char('w')], "override", G::Quality,
            "Set the rating of an item against the computed one, with a reason (leads and final QA)."),
        line(A::Reopen, "reopen", &[K::Char('c')], "change after final", G::Quality,
            "Open a final review again, with a reason; every report tells of it."),
        line(A::Notes, "notes", &[K::Char('m')], "QA notes", G::Quality,
            "Show the notes of QA on this review, and pin or answer one."),
        line(A::Search, "search", &[K::Char('/')], "search", G::Cases,
            "Search the cases: every word typed must be found."),
        line(A::FilterStatus, "status", &[K::Char('s')], "status", G::Cases,
            "Show only one status: not started, in progress, submitted; then all again."),
        line(A::FilterCaseType, "type", &[K::Char('t')], "type", G::Cases,
            "Show only one case type, then the next; then all again."),
        line(A::FilterRegion, "region", &[K::Char('g')], "region", G::Cases,
            "Show only one region, then the next; then all again."),
        line(A::ClearFilters, "all", &[K::Char('a')], "show all", G::Cases,
            "Drop every filter and the search."),
        line(A::Sort, "sort", &[K::Char('o')], "sort", G::Cases,
            "Sort by case, by status, or by region."),
        line(A::By, "by", &[K::Char('b')], "by ...", G::Results,
            "Group results by region, county, case type or period."),
        line(A::Period, "period", &[K::Char('p')], "period", G::Results,
            "Count only the latest period, then the one before; then all together again."),
        line(A::NewAlert, "new-alert", &[K::Char('a')], "new alert", G::Everywhere,
            "Record another alert."),
        line(A::Alert, "alert", &[K::Char('!')], "alert", G::Everywhere,
            "Record a concern about the case (safety, permanency, well-being, follow-up), and see open ones."),
        line(A::Up, "up", &[K::Up, K::Char('k')], "up", G::Everywhere,
            "Go one line up; in a review to the option above."),
        line(A::Down, "down", &[K::Down, K::Char('j')], "down", G::Everywhere,
            "Go one line down; in a review to the option below."),
        line(A::PageUp, "page-up", &[K::PageUp], "page up", G::Everywhere,
            "Go a page up."),
        line(A::PageDown, "page-down", &[K::PageDown], "page down", G::Everywhere,
            "Go a page down."),
        line(A::First, "first", &[K::Home], "first", G::Everywhere,
            "Go to the first line."),
        line(A::Last, "last", &[K::End], "last", G::Everywhere,
            "Go to the last line."),
        line(A::Leave, "leave", &[K::Char('y')], "leave anyway", G::Everywhere,
            "Leave although answers are NOT SAVED."),
        line(A::Stay, "stay", &[K::Esc, K::Char('n')], "stay", G::Everywhere,
            "Stay in the program."),
        line(A::StepBack, "step-back", &[K::Esc], "step back", G::Sample,
            "Go back to the step before; nothing is written yet."),
        line(A::Back, "back", &[K::Esc], "back", G::Everywhere,
            "Close what is open, or go to the screen before."),
        line(A::Help, "help", &[K::Char('?'), K::F1], "all keys", G::Everywhere,
            "Show everything that can be done, and how.").in_plain(),
        line(A::Quit, "quit", &[K::Char('q'), K::Ctrl('c')], "quit", G::Everywhere,
            "Leave the program. Every answer given is saved already.").in_plain(),
    ]
};

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
