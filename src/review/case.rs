//! What is known of a case before anyone reads it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CaseNumber, Days};

/// A closed list of codes with the words for them.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $variant),+
        }
        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code used in files.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }
    };
}

codes!(
    /// What a review is held for.
    ReviewKind {
        /// Measurement for the Program Improvement Plan.
        Pip = "pip",
        /// The plan's baseline.
        Baseline = "baseline",
        /// A second look after an earlier review.
        FollowUp = "follow-up",
        /// The unit's regular review.
        Regular = "regular",
        /// A region's own review.
        Local = "local",
        /// A review among peers.
        Peer = "peer",
        /// Practice: counts nowhere.
        Practice = "practice",
    }
);

codes!(
    /// Which review of the case a reading is.
    Which {
        /// The first.
        First = "first",
        /// The second, independent one (IRR).
        Second = "second",
        /// A third reader's, as tie-break.
        Third = "third",
        /// The settled one.
        Final = "final",
    }
);

impl Default for Which {
    /// The first: who may not know that a case is read twice knows of no other.
    fn default() -> Self {
        Self::First
    }
}

codes!(
    /// Where a reading stands.
    Status {
        /// Being answered.
        Open = "open",
        /// Handed in and sealed; its pair or QA is not done.
        Submitted = "submitted",
        /// With QA.
        InQa = "in-qa",
        /// Counts in reports.
        Final = "final",
        /// Given to someone else, or eliminated.
        Withdrawn = "withdrawn",
    }
);

codes!(
    /// What a person may do.
    PersonRole {
        /// Draws, assigns, does QA, settles, reports.
        Lead = "lead",
        /// Reads cases.
        Reviewer = "reviewer",
    }
);

codes!(
    /// Whose answer a difference was settled by.
    Took {
        /// The first review's.
        First = "first",
        /// The second review's.
        Second = "second",
        /// Neither: an answer of the lead's own.
        Own = "own",
    }
);

codes!(
    /// Why two reviews of a case differed on a question.
    RootCause {
        /// One of them did not find or see something.
        MissedEvidence = "missed-evidence",
        /// They understood the instrument differently.
        ReadDifferently = "read-differently",
        /// They differed on whether something applies.
        Applicability = "applicability",
        /// They looked at different times.
        Period = "period",
        /// One of them pressed the wrong key.
        Slip = "slip",
        /// The same facts, weighed differently.
        Judgment = "judgment",
    }
);

codes!(
    /// How the readers of a case come by what is said in interviews. Agreement is reported by
    /// it.
    InterviewMode {
        /// Both sit in the same interviews.
        Joint = "joint",
        /// One holds them; the other gets notes and evidence, no answers.
        EvidenceShared = "evidence-shared",
        /// Neither: the case file alone.
        FileOnly = "file-only",
    }
);

codes!(
    /// A level of QA. A round says which it uses; a review passes them in this order.
    QaLevel {
        /// The first: whether the form is whole and the answers are borne out.
        First = "first-level",
        /// The second: whether cases are read alike.
        Second = "second-level",
        /// The last: after it the review counts.
        Final = "final",
    }
);

codes!(
    /// What an alert is about.
    AlertKind {
        /// Someone may not be safe.
        Safety = "safety",
        /// A child's home or legal standing is at risk.
        Permanency = "permanency",
        /// A need of health, schooling or care is not met.
        WellBeing = "well-being",
        /// Something of the case is to be followed up.
        FollowUp = "follow-up",
    }
);

codes!(
    /// How long someone has reviewed.
    Experience {
        /// New to reviews.
        New = "new",
        /// Knows them.
        Experienced = "experienced",
    }
);

/// The facts of a case that stand in the log in the clear: codes and places, nothing that
/// names a person or the agency's case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// The review number.
    pub number: CaseNumber,
    /// Code of the instrument's case type.
    pub case_type: String,
    /// Region.
    pub region: String,
    /// County.
    pub county: String,
    /// The review or measurement period the result belongs to, as in files (`2026-H1`).
    pub period: String,
    /// The period under review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under_review: Option<Days>,
    /// Name of the round.
    pub round: String,
    /// Which sample it was drawn in; empty where none was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sample_id: String,
    /// What the review is held for.
    pub review_kind: ReviewKind,
}

/// What the frame says of a case, by our names of the columns (`case`, `worker`, `family`,
/// `opened`, `closed`, ...). It can identify people, so it stands in the text table.
pub type FrameFacts = BTreeMap<String, String>;

/// One case of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its facts.
    pub facts: CaseFacts,
    /// What the frame says of it; empty once purged.
    pub frame: FrameFacts,
    /// Its place in the sample, if it was drawn.
    pub drawn: Option<Place>,
}

impl Case {
    /// The agency's own id of the case.
    pub fn frame_id(&self) -> Option<&str> {
        self.frame.get("case").map(String::as_str)
    }
}

/// A case's place in a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Order within its stratum, from 1, spares after the sample.
    pub order: u32,
    /// Drawn into the sample, or a spare.
    pub spare: bool,
    /// The stratum's name: values joined by ` | `.
    pub stratum: String,
}

impl AlertKind {
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Permanency => "permanency",
            Self::WellBeing => "well-being",
            Self::FollowUp => "follow-up",
        }
    }
}

impl QaLevel {
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::First => "first-level QA",
            Self::Second => "second-level QA",
            Self::Final => "final QA",
        }
    }
}

impl RootCause {
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::MissedEvidence => "evidence missed",
            Self::ReadDifferently => "instrument read differently",
            Self::Applicability => "applicability",
            Self::Period => "period under review",
            Self::Slip => "slip",
            Self::Judgment => "true judgment",
        }
    }
}
