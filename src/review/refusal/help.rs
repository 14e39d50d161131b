//! What to do about a refusal.

use crate::text::list_or;

use super::Refusal;

impl Refusal {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotInTeam(_) => "name a person of the team with --as CODE".to_owned(),
            Self::NotLead(_) => "name a lead with --as CODE".to_owned(),
            Self::UnknownRound(_) => "`round list` shows the rounds".to_owned(),
            Self::RoundExists(_) => "give the new round another name".to_owned(),
            Self::NoFrame(_) => "bring one in with `frame import FILE --plan PLAN`".to_owned(),
            Self::SecondDraw(_) => "say why it is drawn again with --reason TEXT".to_owned(),
            Self::UnknownCase(_) => "`status` lists the cases".to_owned(),
            Self::UnknownReason { nearest: Some(nearest), .. } => {
                format!("did you mean {nearest}?")
            }
            Self::UnknownReason { known, .. } => format!("it is {}", list_or(known)),
            Self::ReasonUnsaid(_) => "say it with --text TEXT".to_owned(),
            Self::Conflict { .. } => "`conflict list` shows what was declared".to_owned(),
            Self::NoAgreement { reviewer, .. } => {
                format!("record it with `person outside {reviewer} --signed DATE --until DATE`")
            }
            Self::ConflictUnexplained
            | Self::SupplementUnexplained
            | Self::UnlockUnexplained
            | Self::DropUnexplained => "say it with --why TEXT".to_owned(),
            Self::SparesLeft { .. } => "bring them in first with `sample replace CASE`".to_owned(),
            Self::UnknownStratum { known, .. } => format!("it is {}", list_or(known)),
            Self::SupplementUnapproved => "name them with --approved-by WHO".to_owned(),
            Self::NothingForSecond(_) => {
                "assign cases first; a case is in one draw of second reviews only".to_owned()
            }
            Self::Rated(_) => "a lead unlocks it with --unlock REASON".to_owned(),
            Self::LeadLooks(_) => "let a lead approve it".to_owned(),
            Self::OwnApproval { case, .. } => {
                format!("someone else does it with `sample approve {case} --as CODE`")
            }
            Self::NoLead { .. } => "let a lead approve it".to_owned(),
            Self::NothingAsked(case) => {
                format!("ask with `sample eliminate {case} --reason CODE`")
            }
            Self::NotApproved(case) => {
                format!("a second person does it with `sample approve {case} --as CODE`")
            }
            Self::NotEliminated(case) => {
                format!("eliminate it first with `sample eliminate {case} --reason CODE`")
            }
            Self::OtherCard(_) => {
                "put the new one in its place with `team replace CARD`".to_owned()
            }
            Self::NoCard(_) => "take it in with `team add CARD`".to_owned(),
            Self::OrderFor(code) => format!("work as that person with --as {code}"),
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
            Self::NoSpare { .. } => {
                "leave it short, or draw more with `sample supplement`, once approved".to_owned()
            }
            Self::UnknownQuestion { nearest, .. } => {
                format!("did you mean {}?", nearest.as_ref()?)
            }
            Self::PairMoved(case) => format!("begin again with `reconcile {case}`"),
            Self::SettleIt { case, .. } | Self::Unsettled { case, .. } => {
                format!("settle it with `reconcile {case}`")
            }
            Self::SettledElsewhere { case, .. } => format!(
                "settle it with `reconcile {case}`; where both readers are wrong, have their \
                 reviews sent back"
            ),
            Self::OwnPair { .. } => "another lead settles it: name one with --as CODE".to_owned(),
            Self::ThirdSilent { case, .. } => {
                format!("a third reader is asked with `assign {case} --to CODE --which third`")
            }
            Self::NoPair { case } => {
                format!("a second review begins with `assign {case} --to CODE --which second`")
            }
            Self::NoQa(_) => "a lead sets its levels with `round qa first-level final`".to_owned(),
            Self::OwnQa { .. } => "someone else does it: name them with --as CODE".to_owned(),
            Self::NotForQa { level, who } => {
                format!("a lead names them with `round qa {level}={who}`")
            }
            Self::UnknownPlace { nearest, .. } => {
                format!("did you mean {}?", nearest.as_ref()?)
            }
            Self::NotesOpen { .. } => "settle each, or send the review back".to_owned(),
            Self::NothingToMend(_) => "pin a note first".to_owned(),
            Self::Many(several) => return several.iter().find_map(Self::help),
            _ => return None,
        })
    }
}
