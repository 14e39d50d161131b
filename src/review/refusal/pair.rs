//! Why something about the reviews of a case read twice, or its settling, is refused.

use crate::review::{CaseNumber, Days, PersonCode, Which};

/// Why something about the reviews of a case read twice, or its settling, is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PairRefusal {
    /// Two sealed reviews are needed to settle.
    #[error("{case} has no two sealed reviews to settle")]
    NoPair {
        /// The case.
        case: CaseNumber,
    },
    /// A third reader breaks a tie, so both must be there.
    #[error("a third reader of {0} is asked once its first and second review are handed in")]
    ThirdTooEarly(CaseNumber),
    /// A third reader reads blind, and a lead of this file has both reviews before them.
    #[error(
        "{reviewer} leads here and can see both reviews of {case}: a third reader sees neither"
    )]
    ThirdSeesPair {
        /// The case.
        case: CaseNumber,
        /// Who.
        reviewer: PersonCode,
    },
    /// Whoever read the case doesn't settle it.
    #[error("{reviewer} read {case} and can't settle its two reviews")]
    OwnPair {
        /// The case.
        case: CaseNumber,
        /// Who.
        reviewer: PersonCode,
    },
    /// The review settles no pair.
    #[error("the {which} review of {case} settles no pair")]
    NotSettling {
        /// The case.
        case: CaseNumber,
        /// Which review it is.
        which: Which,
    },
    /// A review of the pair was sealed anew.
    #[error("a review of {0} was changed and sealed anew since its pair was compared")]
    PairMoved(CaseNumber),
    /// The two don't differ there.
    #[error("the two reviews of {case} don't differ on {question}")]
    NoDifference {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// No third reader answered it.
    #[error("no third review of {case} that is handed in has an answer to {question}")]
    ThirdSilent {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// The settled review isn't asked it.
    #[error("{question} is not asked in {case} as it is settled so far")]
    NotAsked {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// A difference is settled with a reason, not just answered.
    #[error("the two reviews of {case} differ on {question}: it is settled, not answered")]
    SettleIt {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// The readers gave the answer.
    #[error(
        "{question} of {case} stays as its readers gave it: answers of a settled review are set by settling"
    )]
    SettledElsewhere {
        /// The case.
        case: CaseNumber,
        /// The question.
        question: String,
    },
    /// Differences are left.
    #[error("{case} has differences that are not settled: {}", .questions.join(", "))]
    Unsettled {
        /// The case.
        case: CaseNumber,
        /// The questions.
        questions: Vec<String>,
    },
    /// How the pair is read was fixed.
    #[error("how {0} is read is fixed: its second reader has it already")]
    PairFixed(CaseNumber),
    /// A reader of the pair has another period.
    #[error("{case} is with {reviewer} for {}", .under_review.map_or_else(|| "no fixed period".to_owned(), |days| days.to_string()))]
    OtherPeriod {
        /// The case.
        case: CaseNumber,
        /// Who has it.
        reviewer: PersonCode,
        /// Their period.
        under_review: Option<Days>,
    },
    /// A note of evidence without source or text.
    #[error("evidence of {0} needs a source and a text")]
    EvidenceUnsaid(CaseNumber),
    /// The readers of the case don't share evidence.
    #[error("the readers of {0} don't share evidence")]
    NotShared(CaseNumber),
    /// Nothing new to release.
    #[error("there is no evidence of {0} to release")]
    NothingToRelease(CaseNumber),
}

impl PairRefusal {
    /// What to do about it.
    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::OtherPeriod { .. } => {
                "both readers have one period under review: leave out --under-review".to_owned()
            }
            Self::NotShared(_) => {
                "they do where the case was assigned with --mode evidence-shared".to_owned()
            }
            Self::NothingToRelease(_) => {
                "take in a bundle with evidence first; what was released before is with its \
                 reader"
                    .to_owned()
            }
            Self::PairMoved(case) => format!("begin again with `reconcile {case}`"),
            Self::SettleIt { case, .. } | Self::Unsettled { case, .. } => {
                format!("settle it with `reconcile {case}`")
            }
            Self::SettledElsewhere { case, .. } => format!(
                "settle it with `reconcile {case}`; where both readers are wrong, have their \
                 reviews sent back"
            ),
            Self::ThirdSeesPair { case, .. } => {
                format!("ask a reviewer: `assign {case} --to CODE --which third`")
            }
            Self::OwnPair { .. } => "another lead settles it: name one with --as CODE".to_owned(),
            Self::ThirdSilent { case, .. } => {
                format!("a third reader is asked with `assign {case} --to CODE --which third`")
            }
            Self::NoPair { case } => {
                format!("a second review begins with `assign {case} --to CODE --which second`")
            }
            _ => return None,
        })
    }
}
