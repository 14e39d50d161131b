//! One change, as data.

/// What a change is a change of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The instrument as a whole.
    Instrument,
    /// The face sheet.
    FaceSheet,
    /// The questions at the end of every item.
    Closing,
    /// An item.
    Item,
    /// A sub-item.
    SubItem,
    /// An outcome.
    Outcome,
}

impl Subject {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Instrument => "instrument",
            Self::FaceSheet => "face-sheet",
            Self::Closing => "closing",
            Self::Item => "item",
            Self::SubItem => "sub-item",
            Self::Outcome => "outcome",
        }
    }
}

/// Where a change stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What it is.
    pub subject: Subject,
    /// Its id in the new edition, or in the old one where it was removed; empty where it needs
    /// none.
    pub id: String,
    /// Its id in the old edition, where that is another.
    pub old_id: Option<String>,
    /// Its title.
    pub title: String,
}

impl About {
    /// "Item 20 Caseworker visits with parents", "Face sheet".
    pub fn words(&self) -> String {
        let was = match &self.old_id {
            Some(old) => format!(" (was {old})"),
            None => String::new(),
        };
        match self.subject {
            Subject::Instrument => "The instrument".to_owned(),
            Subject::FaceSheet => "Face sheet".to_owned(),
            Subject::Closing => "End of every item".to_owned(),
            Subject::Item => format!("Item {}{was} {}", self.id, self.title),
            Subject::SubItem => format!("Sub-item {}{was} {}", self.id, self.title),
            Subject::Outcome => format!("Outcome {}{was} {}", self.id, self.title),
        }
    }
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// The subject itself.
    Whole,
    /// A question.
    Question,
    /// An answer to a question.
    Answer,
    /// A not-applicable reason.
    Reason,
    /// A consistency rule.
    Rule,
    /// A row of the rating table.
    Row,
    /// A case type.
    CaseType,
    /// A reason to drop a drawn case.
    Elimination,
    /// A defined term.
    Definition,
}

impl Thing {
    /// The code in files; empty for the subject itself.
    pub fn code(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Reason => "reason",
            Self::Rule => "rule",
            Self::Row => "row",
            Self::CaseType => "case-type",
            Self::Elimination => "elimination",
            Self::Definition => "definition",
        }
    }
    /// The field's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "it",
            Self::CaseType => "case type",
            Self::Elimination => "elimination reason",
            other => other.code(),
        }
    }
}

/// How it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its words changed.
    Reworded,
    /// Its title changed.
    Title,
    /// Its purpose changed.
    Purpose,
    /// The words that say when it applies changed.
    ApplicabilityWords,
    /// Whether it applies to a case type changed.
    Applicability,
    /// Its guidance or hint changed.
    Guidance,
    /// When it is asked changed.
    Gate,
    /// What it demands, or when it holds, changed.
    Condition,
    /// The rating it gives changed.
    Gives,
    /// Hard became explain, or the other way round.
    Strictness,
    /// Its conformity bar changed.
    Bar,
    /// The kind of answer changed.
    Kind,
    /// The bounds of a number changed.
    Bounds,
    /// Whether it is required changed.
    Required,
    /// Whether it identifies a person changed.
    Identifying,
    /// The answers that ask for a narrative changed.
    Narrative,
    /// Whether it needs a text changed.
    Text,
    /// The case types it is offered to changed.
    CaseTypes,
    /// Whether ratings wait for it changed.
    Needed,
    /// What it counts as, or whether it counts, changed.
    Counts,
    /// What it is counted from or filled in from changed.
    Filled,
    /// The columns of the table changed.
    Columns,
    /// Whether a Program Improvement Plan is measured by it changed.
    Pip,
    /// The outcome it counts towards changed.
    Outcome,
    /// The items it is made of changed.
    Items,
    /// The edition's name changed.
    Edition,
    /// What it was made from changed.
    Source,
    /// What users are told before use changed.
    Notice,
    /// Its meaning is not the same, as the crosswalk says.
    Meaning,
}

impl Aspect {
    /// The code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Reworded => "reworded",
            Self::Title => "title",
            Self::Purpose => "purpose",
            Self::ApplicabilityWords => "applicability-words",
            Self::Applicability => "applicability",
            Self::Guidance => "guidance",
            Self::Gate => "gate",
            Self::Condition => "changed",
            Self::Gives => "gives",
            Self::Strictness => "strength",
            Self::Bar => "bar",
            Self::Kind => "kind",
            Self::Bounds => "bounds",
            Self::Required => "required",
            Self::Identifying => "identifying",
            Self::Narrative => "narrative",
            Self::Text => "text",
            Self::CaseTypes => "case-types",
            Self::Needed => "needed",
            Self::Counts => "counts",
            Self::Filled => "filled-from",
            Self::Columns => "columns",
            Self::Pip => "pip",
            Self::Outcome => "outcome",
            Self::Items => "items",
            Self::Edition => "edition",
            Self::Source => "source",
            Self::Notice => "notice",
            Self::Meaning => "meaning",
        }
    }
    /// What is said of the thing.
    pub fn words(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Reworded => "reworded",
            Self::Title => "title changed",
            Self::Purpose => "purpose reworded",
            Self::ApplicabilityWords => "words on when it applies changed",
            Self::Applicability => "applicability changed",
            Self::Guidance => "guidance changed",
            Self::Gate => "asked at other times",
            Self::Condition => "changed",
            Self::Gives => "gives another rating",
            Self::Strictness => "strength changed",
            Self::Bar => "bar changed",
            Self::Kind => "takes another kind of answer",
            Self::Bounds => "bounds changed",
            Self::Required => "required for submission: changed",
            Self::Identifying => "identifies a person: changed",
            Self::Narrative => "narrative asked for at other answers",
            Self::Text => "text needed with it: changed",
            Self::CaseTypes => "offered to other case types",
            Self::Needed => "waited for by ratings: changed",
            Self::Counts => "counts otherwise",
            Self::Filled => "filled in from something else",
            Self::Columns => "columns changed",
            Self::Pip => "item of the Program Improvement Plan: changed",
            Self::Outcome => "counts towards another outcome",
            Self::Items => "made of other items",
            Self::Edition => "edition",
            Self::Source => "source changed",
            Self::Notice => "notice changed",
            Self::Meaning => "does not mean the same, says the crosswalk",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it stands.
    pub about: About,
    /// What changed.
    pub thing: Thing,
    /// Its id: of a question the qualified one, of an answer question and code; empty for the
    /// subject itself.
    pub id: String,
    /// How it changed.
    pub aspect: Aspect,
    /// What it was, in words; none where it was not there, or is only mentioned.
    pub old: Option<String>,
    /// What it is, in words; none where it is gone, or is only mentioned.
    pub new: Option<String>,
}

/// Takes down changes of one subject.
pub(super) struct Notes<'c> {
    pub(super) about: About,
    pub(super) changes: &'c mut Vec<Change>,
}

impl Notes<'_> {
    /// Takes it down, whatever the texts.
    pub(super) fn add(
        &mut self,
        thing: Thing,
        id: &str,
        aspect: Aspect,
        old: Option<String>,
        new: Option<String>,
    ) {
        let about = self.about.clone();
        self.changes.push(Change { about, thing, id: id.to_owned(), aspect, old, new });
    }
    /// Takes it down if the texts differ.
    pub(super) fn text(&mut self, thing: Thing, id: &str, aspect: Aspect, old: &str, new: &str) {
        if old != new {
            let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            self.add(thing, id, aspect, told(old), told(new));
        }
    }
    /// Mentions it if the two differ, without the texts, which are long.
    pub(super) fn mention<T: PartialEq + ?Sized>(
        &mut self,
        thing: Thing,
        id: &str,
        aspect: Aspect,
        old: &T,
        new: &T,
    ) {
        if old != new {
            self.add(thing, id, aspect, None, None);
        }
    }
}
