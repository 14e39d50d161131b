//! What QA does with a reading: notes pinned to questions, returns, approvals, and changes
//! after it was final.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Event, EventBody, EventHash, LevelPeople, Moment, PersonCode, QaLevel, SentNote, SentReply,
    SentSettled, Words,
};

/// What QA did with a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quality {
    /// Notes, in the order they came.
    pub notes: Vec<Sticky>,
    /// Seals in the order they were set.
    seals: Vec<EventHash>,
    /// Who approved which seal at which level.
    approved: BTreeMap<(EventHash, QaLevel), PersonCode>,
    /// Seals that were opened for the reader, by a level of QA or (none) by a lead.
    opened: BTreeMap<EventHash, Option<QaLevel>>,
    /// Seals the reader's own workspace opened on a returned work order.
    followed: BTreeSet<EventHash>,
    /// Changes after the reading was final, in their order.
    pub late: Vec<LateChange>,
}

/// A note of QA on a question or item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sticky {
    /// The event that pinned it.
    pub id: EventHash,
    /// Who pinned it.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// At which level.
    pub level: QaLevel,
    /// Id of the question or item.
    pub place: String,
    /// What it says.
    pub text: Words,
    /// What was said to it.
    pub replies: Vec<Reply>,
    /// How it was settled.
    pub settled: Option<StickySettled>,
}

/// What someone said to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The event that brought it.
    pub id: EventHash,
    /// Who.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// What they said.
    pub text: Words,
}

/// How a note was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StickySettled {
    /// Who.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// In conversation.
    pub talked: bool,
    /// What came of it.
    pub summary: Option<Words>,
}

/// A reading was opened again after it had been final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateChange {
    /// Who.
    pub by: PersonCode,
    /// When.
    pub at: Moment,
    /// Why.
    pub why: Words,
}

impl Quality {
    /// Takes in an event about the reading; what is not about QA is passed over.
    pub(super) fn apply(&mut self, event: &Event) {
        let by = || event.chain.author.clone();
        match &event.body {
            EventBody::Submitted(_) => self.seals.push(event.hash),
            EventBody::QaNotePinned(data) => self.pin(Sticky {
                id: event.hash,
                by: by(),
                at: event.at,
                level: data.level,
                place: data.place.clone(),
                text: data.text.clone(),
                replies: Vec::new(),
                settled: None,
            }),
            EventBody::QaNoteAnswered(data) => {
                let (text, at) = (data.text.clone(), event.at);
                self.reply(data.note, Reply { id: event.hash, by: by(), at, text });
            }
            EventBody::QaNoteSettled(data) => {
                let (talked, summary) = (data.talked, data.summary.clone());
                let settled = StickySettled { by: by(), at: event.at, talked, summary };
                if let Some(note) = self.notes.iter_mut().find(|note| note.id == data.note) {
                    note.settled = Some(settled);
                }
            }
            EventBody::QaSentBack(data) => {
                self.opened.insert(data.seal, Some(data.level));
            }
            EventBody::QaApproved(data) => {
                self.approved.insert((data.seal, data.level), by());
            }
            EventBody::ReadingReopened(data) => {
                self.opened.insert(data.seal, None);
                if data.after_final {
                    let why = data.reason.clone();
                    self.late.push(LateChange { by: by(), at: event.at, why });
                }
            }
            EventBody::ReadingReturned(data) => {
                self.followed.insert(data.seal);
            }
            EventBody::QaNotesReceived(data) => data.notes.iter().for_each(|one| self.take(one)),
            _ => {}
        }
    }

    fn pin(&mut self, sticky: Sticky) {
        if let Some(known) = self.notes.iter_mut().find(|known| known.id == sticky.id) {
            // It came with a returned work order before: what was said to it stays.
            let (replies, settled) = (std::mem::take(&mut known.replies), known.settled.take());
            *known = Sticky { replies, settled, ..sticky };
        } else {
            self.notes.push(sticky);
        }
    }

    fn reply(&mut self, note: EventHash, reply: Reply) {
        let note = self.notes.iter_mut().find(|known| known.id == note);
        if let Some(note) = note.filter(|note| note.replies.iter().all(|one| one.id != reply.id)) {
            note.replies.push(reply);
            note.replies.sort_by_key(|one| (one.at, one.id));
        }
    }

    fn take(&mut self, sent: &SentNote) {
        if self.notes.iter().all(|known| known.id != sent.note) {
            self.pin(Sticky {
                id: sent.note,
                by: sent.by.clone(),
                at: sent.at,
                level: sent.level,
                place: sent.place.clone(),
                text: sent.text.clone(),
                replies: Vec::new(),
                settled: None,
            });
        }
        for one in &sent.replies {
            let (by, text) = (one.by.clone(), one.text.clone());
            self.reply(sent.note, Reply { id: one.reply, by, at: one.at, text });
        }
        let known = self.notes.iter_mut().find(|known| known.id == sent.note);
        if let (Some(known), Some(settled)) = (known, &sent.settled) {
            known.settled.get_or_insert(StickySettled {
                by: settled.by.clone(),
                at: settled.at,
                talked: settled.talked,
                summary: settled.summary.clone(),
            });
        }
    }

    /// Notes that are not settled.
    pub fn open(&self) -> impl Iterator<Item = &Sticky> {
        self.notes.iter().filter(|note| note.settled.is_none())
    }

    /// The notes as a returned work order carries them.
    pub fn sent(&self) -> Vec<SentNote> {
        let reply = |one: &Reply| SentReply {
            reply: one.id,
            by: one.by.clone(),
            at: one.at,
            text: one.text.clone(),
        };
        let settled = |one: &StickySettled| SentSettled {
            by: one.by.clone(),
            at: one.at,
            talked: one.talked,
            summary: one.summary.clone(),
        };
        let note = |one: &Sticky| SentNote {
            note: one.id,
            by: one.by.clone(),
            at: one.at,
            place: one.place.clone(),
            level: one.level,
            text: one.text.clone(),
            replies: one.replies.iter().map(reply).collect(),
            settled: one.settled.as_ref().map(settled),
        };
        self.notes.iter().map(note).collect()
    }

    /// Seals that were opened for the reader here.
    pub fn opened(&self) -> Vec<EventHash> {
        self.opened.keys().copied().collect()
    }

    /// A seal the reader's workspace opened and nobody here gave back.
    pub fn opened_alone(&self) -> Option<EventHash> {
        self.followed.iter().copied().find(|seal| !self.opened.contains_key(seal))
    }

    /// The level that sent the reading back last, while nothing was sealed since.
    pub fn sent_back(&self) -> Option<QaLevel> {
        self.seals.last().and_then(|seal| self.opened.get(seal).copied().flatten())
    }

    /// Who approved the reading at a level, as it is sealed now. An approval holds through
    /// what a later level sends back, and ends when that level or an earlier one does.
    pub fn approved(&self, level: QaLevel) -> Option<&PersonCode> {
        for seal in self.seals.iter().rev() {
            if let Some(who) = self.approved.get(&(*seal, level)) {
                let ended = matches!(self.opened.get(seal), Some(None))
                    || matches!(self.opened.get(seal), Some(Some(by)) if *by <= level);
                return (!ended).then_some(who);
            }
            // Looks behind an earlier seal only where a later level opened it.
            let at = self.seals.iter().position(|one| one == seal).unwrap_or(0);
            let before = at.checked_sub(1).and_then(|at| self.seals.get(at));
            let through = before.and_then(|seal| self.opened.get(seal).copied().flatten());
            if through.is_none_or(|by| by <= level) {
                return None;
            }
        }
        None
    }

    /// The level the reading is at: the first that has not approved it.
    pub fn level(&self, levels: &[LevelPeople]) -> Option<QaLevel> {
        levels.iter().map(|one| one.level).find(|level| self.approved(*level).is_none())
    }
}
