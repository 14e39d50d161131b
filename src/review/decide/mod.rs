//! From a command and what is known to events, or a refusal.

mod alert;
mod elimination;
mod evidence;
mod import;
mod mail;
mod people;
mod pip;
mod qa;
mod reading;
mod reconcile;
mod reopen;
mod round;
mod second;
mod settled;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::instrument::Instrument;

use super::{
    AssignCases, AssignPair, Birthplace, Case, CaseNumber, Command, ContentHash, Decided,
    EventHash, ImportedCase, PersonCode, Reading, ReadingId, Refusal, Round, RoundId, Salt, Status,
    Team, Which,
};

/// What a decision may look at. The store answers from its tables inside the transaction
/// that will hold the events, so nothing changes between the look and the write.
pub trait Known {
    /// Who acts, and where the ids of new things come from.
    fn birthplace(&self) -> &Birthplace;
    /// A fresh salt.
    fn salt(&self) -> Salt;
    /// The team.
    fn team(&self) -> &Team;
    /// A round.
    fn round(&self, id: RoundId) -> Option<Arc<Round>>;
    /// The round of this name.
    fn round_named(&self, name: &str) -> Option<RoundId>;
    /// A reading.
    fn reading(&self, id: ReadingId) -> Option<Arc<Reading>>;
    /// A case and who reads it.
    fn case(&self, number: CaseNumber) -> Option<CaseStanding>;
    /// The case an import speaks of: the agency's id, round, period and kind of review agree.
    fn case_with(&self, case: &ImportedCase) -> Option<CaseNumber>;
    /// The first review number not taken.
    fn next_number(&self) -> CaseNumber;
    /// What keys the hashes of imported content: the workspace's own, in no event.
    fn secret(&self) -> [u8; 16];
    /// Whether something with this content was imported.
    fn imported(&self, content: &ContentHash) -> bool;
    /// The rating of an item that an import of ratings gave a case.
    fn imported_rating(&self, number: CaseNumber, item: &str) -> Option<String>;
    /// Whether a case was eliminated.
    fn eliminated(&self, number: CaseNumber) -> bool;
    /// The day it is.
    fn today(&self) -> NaiveDate;
    /// An edition of an instrument.
    fn instrument(&self, hash: &str) -> Option<Arc<Instrument>>;
}

/// A case and who reads it.
#[derive(Debug, Clone)]
pub struct CaseStanding {
    /// The case.
    pub case: Case,
    /// Its round, where it came by a draw here.
    pub round: Option<RoundId>,
    /// The draw that brought it.
    pub draw: Option<EventHash>,
    /// Its readings, withdrawn ones left out.
    pub readings: Vec<ReadingBrief>,
}

/// The least that is known of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingBrief {
    /// Its id.
    pub id: ReadingId,
    /// Who reads it.
    pub reviewer: PersonCode,
    /// Whose name stands beside theirs.
    pub partner: Option<PersonCode>,
    /// Which review of the case.
    pub which: Which,
    /// Where it stands.
    pub status: Status,
}

impl ReadingBrief {
    /// Whether a person's name stands on it.
    pub fn is_by(&self, code: &PersonCode) -> bool {
        self.reviewer == *code || self.partner.as_ref() == Some(code)
    }
}

/// What a command comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// The events, none when everything is so already.
    pub events: Vec<Decided>,
    /// What the person should hear about.
    pub notes: Vec<Note>,
}

/// Something a person should hear about a command that went through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The code was new and joined the team list as a reviewer.
    PersonAdded(PersonCode),
    /// The case is already with that reviewer.
    AlreadyTheirs(CaseNumber),
    /// The case went from one reviewer to another, with what was answered so far.
    TakenOver {
        /// The case.
        case: CaseNumber,
        /// Who had it.
        from: PersonCode,
    },
    /// The case had two names, and this one stands on it no more.
    PartnerLeft {
        /// The case.
        case: CaseNumber,
        /// Whose name stood beside the reviewer's.
        partner: PersonCode,
    },
    /// The two names of a pair are both new to reviews.
    BothNew(PersonCode, PersonCode),
    /// The elimination waits for a second person.
    Pending(CaseNumber),
    /// A spare came in.
    CameIn {
        /// The spare.
        spare: CaseNumber,
        /// The eliminated case.
        instead_of: CaseNumber,
    },
    /// So many readings or chunks of ratings were in the workspace already.
    AlreadyImported(usize),
}

/// Decides on a command: the events it comes to, or why not.
///
/// # Errors
/// A [`Refusal`]; several problems of one command are told together.
pub fn decide(known: &dyn Known, command: &Command) -> Result<Decision, Refusal> {
    match command {
        Command::AddPerson { code, role } => round::add_person(known, code, *role),
        Command::OpenRound(open) => round::open(known, open),
        Command::CloseRound { round } => round::close(known, *round),
        Command::ImportFrame(frame) => round::import_frame(known, frame),
        Command::DrawSample(draw) => round::draw(known, draw),
        Command::Assign(assign) => round::assign(known, assign, None),
        Command::AssignPair(AssignPair { cases, to, with, which }) => {
            let (cases, to, which) = (cases.clone(), to.clone(), *which);
            round::assign(known, &AssignCases { cases, to, which }, Some(with))
        }
        Command::NameOutsider { code, agency, agreement } => {
            people::outsider(known, code, agency.as_deref(), *agreement)
        }
        Command::GiveOut(told) => people::give_out(known, told),
        Command::DrawSeconds(told) => second::draw(known, told),
        Command::DropSecond { case, why } => second::drop_one(known, *case, why),
        Command::DeclineElimination { case, why } => {
            elimination::decline(known, *case, why.as_deref())
        }
        Command::UnlockElimination { case, why } => elimination::unlock(known, *case, why),
        Command::SupplementSample(told) => round::supplement(known, told),
        Command::DescribePerson { code, facts } => people::describe(known, code, facts),
        Command::DeclareConflict(told) => people::declare(known, told),
        Command::Allot(told) => people::allot(known, told),
        Command::AddCard { card, replace } => mail::add_card(known, card, *replace),
        Command::TakeOrder { order, hash, key } => mail::take_order(known, order, *hash, *key),
        Command::Sign { reading, signed } => mail::sign(known, *reading, signed),
        Command::ArrangePairs { cases, mode, under_review } => {
            mail::arrange(known, cases, *mode, *under_review)
        }
        Command::NoteEvidence { reading, source, text } => {
            evidence::note(known, *reading, source, text)
        }
        Command::ReleaseEvidence { case } => evidence::release(known, *case),
        Command::SetPipPlan { plan } => pip::set_plan(known, plan),
        Command::Eliminate(ask) => elimination::eliminate(known, ask),
        Command::ApproveElimination { case } => elimination::approve(known, *case),
        Command::Replace { case } => elimination::replace(known, *case),
        Command::WitnessSeed { round, draw, witnesses } => {
            elimination::witness(known, *round, *draw, witnesses)
        }
        Command::Answer { reading, question, value } => {
            reading::answer(known, *reading, question, value.as_deref())
        }
        Command::Narrate { reading, question, text } => {
            reading::narrate(known, *reading, question, text.as_deref())
        }
        Command::Undo { reading } => reading::undo(known, *reading),
        Command::Redo { reading } => reading::redo(known, *reading),
        Command::Submit { reading } => reading::submit(known, *reading),
        Command::Reopen { reading, reason } => reopen::reopen(known, *reading, reason),
        Command::Override { reading, item, rating, why } => {
            qa::set_rating(known, *reading, item, *rating, why)
        }
        Command::Alert { reading, step } => alert::step(known, *reading, step),
        Command::SetQaLevels { round, levels } => qa::set_levels(known, *round, levels),
        Command::Qa { reading, step } => qa::step(known, *reading, step),
        Command::Reconcile { case } => reconcile::begin(known, *case),
        Command::Settle(settle) => reconcile::settle(known, settle),
        Command::TakeClosing { reading } => reconcile::take_closing(known, *reading),
        Command::ImportReadings { instrument, readings } => {
            import::readings(known, instrument, readings)
        }
        Command::ImportRatings { instrument, cases } => import::ratings(known, instrument, cases),
    }
}

/// The acting person, if on the team.
fn member(known: &dyn Known) -> Result<&PersonCode, Refusal> {
    let me = &known.birthplace().author;
    if known.team().people.contains_key(me) { Ok(me) } else { Err(Refusal::NotInTeam(me.clone())) }
}

/// The acting person, if a lead.
fn lead(known: &dyn Known) -> Result<&PersonCode, Refusal> {
    let me = member(known)?;
    if known.team().is_lead(me) { Ok(me) } else { Err(Refusal::NotLead(me.clone())) }
}

fn program() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
