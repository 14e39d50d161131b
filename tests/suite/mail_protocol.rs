//! The protocol of sealing and blindness, gone through whole: a lead, two readers and one who
//! may take over from either; every message may be lost, doubled, and arrive in any order.
//!
//! The lead decides by `may_open`, the rule the store uses. What each has truly done stands
//! beside it in the state, and the lead's rule is judged by that.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // figures are printed

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use casereview::review::{Side, Which, may_open};

/// Readers: the first's, the second's, and who takes over.
const READERS: usize = 3;
/// Answers a reader gives at most.
const ANSWERS: u8 = 2;
/// Copies of one message under way at most.
const COPIES: u8 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Message {
    /// A work order; it holds what of others' readings the new one starts from.
    Order { to: usize, start: u8 },
    /// A parcel: whose, how many answers it holds, and whether it is sealed.
    Parcel { from: usize, answers: u8, sealed: bool },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Reader {
    /// Assigned by the lead: to the first or the second review of the case.
    slot: Option<u8>,
    /// The lead took the reading back.
    withdrawn: bool,
    /// Holds the work order.
    working: bool,
    answers: u8,
    sealed: bool,
    /// Whose answers are in the reader's workspace, a bit a reader.
    holds: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct State {
    readers: [Reader; READERS],
    mail: BTreeMap<Message, u8>,
    /// Parcels that the lead keeps closed.
    closed: BTreeSet<(usize, u8, bool)>,
    /// What the lead opened: of whom how many answers, and whether sealed.
    open: [(u8, bool); READERS],
}

impl State {
    fn start() -> Self {
        let mut state = Self::default();
        state.readers[0].slot = Some(0);
        state
    }

    fn side(&self, at: usize) -> Option<Side> {
        let reader = &self.readers[at];
        Some(Side {
            which: if reader.slot? == 0 { Which::First } else { Which::Second },
            withdrawn: reader.withdrawn,
            sealed: self.open[at].1 || self.closed.iter().any(|one| one.0 == at && one.2),
        })
    }

    fn post(&mut self, message: Message) {
        let copies = self.mail.entry(message).or_default();
        *copies = (*copies + 1).min(COPIES);
    }

    fn take(&mut self, message: Message) {
        let copies = self.mail.get_mut(&message).unwrap();
        *copies -= 1;
        if *copies == 0 {
            self.mail.remove(&message);
        }
    }

    fn order(&self, to: usize) -> Message {
        // Who takes over starts from what came of the reading taken back, opened or passed on.
        let slot = self.readers[to].slot;
        let before = (0..READERS).filter(|at| {
            *at != to && self.readers[*at].slot == slot && self.readers[*at].withdrawn
        });
        let came = |at: &usize| self.open[*at].0 > 0 || self.closed.iter().any(|one| one.0 == *at);
        let start = { before }.filter(came).fold(0, |bits, at| bits | 1 << at);
        Message::Order { to, start }
    }

    fn parcel(&self, from: usize) -> Message {
        let reader = &self.readers[from];
        Message::Parcel { from, answers: reader.answers, sealed: reader.sealed }
    }

    fn arrive(&mut self, message: Message, wrong: &mut Vec<String>) {
        match message {
            Message::Order { to, start } => {
                let reader = &mut self.readers[to];
                reader.working = true;
                reader.holds |= start;
            }
            Message::Parcel { from, answers, sealed } => {
                self.closed.insert((from, answers, sealed));
                self.open_what_may(wrong);
            }
        }
    }

    fn open_what_may(&mut self, wrong: &mut Vec<String>) {
        // As the store does: chosen by how things stand, then opened together.
        let may = |from: usize| {
            let others: Vec<Side> =
                (0..READERS).filter(|at| *at != from).filter_map(|at| self.side(at)).collect();
            self.side(from).is_some_and(|side| may_open(side, &others))
        };
        let opened: Vec<_> = self.closed.iter().copied().filter(|one| may(one.0)).collect();
        for (from, answers, sealed) in opened {
            if !self.may_truly_open(from) {
                wrong.push(format!("the lead opened {from} too early: {self:?}"));
            }
            self.closed.remove(&(from, answers, sealed));
            let known = &mut self.open[from];
            *known = (known.0.max(answers), known.1 | sealed);
        }
    }

    /// The promise itself, told by what readers have done, not by what the lead heard.
    fn may_truly_open(&self, from: usize) -> bool {
        let live = |at: &usize| self.readers[*at].slot.is_some() && !self.readers[*at].withdrawn;
        let others: Vec<usize> = (0..READERS).filter(|at| *at != from).filter(live).collect();
        let mine = self.readers[from].withdrawn || self.readers[from].sealed;
        others.is_empty() || (mine && others.iter().all(|at| self.readers[*at].sealed))
    }

    /// What can happen next.
    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for at in 0..READERS {
            let reader = &self.readers[at];
            let Some(_) = reader.slot else {
                // The second reader is assigned at any time; the third only takes over.
                if at == 1 {
                    steps.push(Step::Assign);
                }
                continue;
            };
            if !reader.withdrawn {
                steps.push(Step::SendOrder(at));
            }
            if reader.working && !reader.sealed {
                if reader.answers < ANSWERS {
                    steps.push(Step::Answer(at));
                }
                if reader.answers > 0 {
                    steps.push(Step::Seal(at));
                }
            }
            if reader.answers > 0 {
                steps.push(Step::SendParcel(at));
            }
            let heard = self.open[at].1;
            if at < 2 && !reader.withdrawn && !heard && self.readers[2].slot.is_none() {
                steps.push(Step::GiveOver(at));
            }
        }
        for (message, copies) in &self.mail {
            steps.push(Step::Arrive(*message));
            steps.push(Step::Lose(*message));
            if *copies < COPIES {
                steps.push(Step::Double(*message));
            }
        }
        steps
    }

    fn after(&self, step: Step, wrong: &mut Vec<String>) -> Self {
        let mut next = self.clone();
        match step {
            Step::Assign => next.readers[1].slot = Some(1),
            Step::GiveOver(at) => {
                next.readers[at].withdrawn = true;
                next.readers[2].slot = next.readers[at].slot;
            }
            Step::SendOrder(to) => next.post(self.order(to)),
            Step::Answer(at) => next.readers[at].answers += 1,
            Step::Seal(at) => next.readers[at].sealed = true,
            Step::SendParcel(at) => next.post(self.parcel(at)),
            Step::Arrive(message) => {
                next.take(message);
                next.arrive(message, wrong);
            }
            Step::Lose(message) => next.take(message),
            Step::Double(message) => next.post(message),
        }
        next
    }

    /// What must hold of every state.
    fn check(&self, wrong: &mut Vec<String>) {
        for (at, reader) in self.readers.iter().enumerate() {
            for other in (0..READERS).filter(|other| reader.holds >> other & 1 == 1) {
                if self.readers[other].slot != reader.slot {
                    wrong.push(format!("reader {at} holds answers of the other side: {self:?}"));
                }
            }
            if self.open[at].0 > reader.answers {
                wrong.push(format!("the lead holds answers nobody gave: {self:?}"));
            }
            if self.open[at].1 && (!reader.sealed || self.open[at].0 != reader.answers) {
                wrong.push(format!("the lead has another review than was sealed: {self:?}"));
            }
        }
    }

    /// What the lead holds once everybody has sent what they have and all of it came, in an
    /// order of its own, and once more.
    fn settled(&self, backwards: bool, wrong: &mut Vec<String>) -> ([(u8, bool); READERS], usize) {
        let mut end = self.clone();
        for at in 0..READERS {
            if self.readers[at].answers > 0 && self.readers[at].slot.is_some() {
                end.post(self.parcel(at));
            }
        }
        let mut all: Vec<Message> = end.mail.keys().copied().collect();
        if backwards {
            all.reverse();
        }
        for message in all.iter().chain(&all) {
            end.arrive(*message, wrong);
        }
        (end.open, end.closed.len())
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Assign,
    GiveOver(usize),
    SendOrder(usize),
    Answer(usize),
    Seal(usize),
    SendParcel(usize),
    Arrive(Message),
    Lose(Message),
    Double(Message),
}

/// States a run visits that was not asked for all.
const NEAREST: usize = 2000;

#[test]
fn no_order_of_messages_breaks_the_seal_or_the_blindness() {
    // Every state with at most so many different messages under way; without it the nearest.
    let asked = std::env::var("CASEREVIEW_MAIL_UNDER_WAY").ok().and_then(|n| n.parse().ok());
    let (under_way, most): (usize, usize) = asked.map_or((1, NEAREST), |n| (n, usize::MAX));
    let mut wrong = Vec::new();
    let mut seen = HashSet::from([State::start()]);
    let mut next = VecDeque::from([State::start()]);
    let mut steps = 0_usize;
    while let Some(state) = next.pop_front() {
        state.check(&mut wrong);
        let forwards = state.settled(false, &mut wrong);
        if forwards != state.settled(true, &mut wrong) {
            wrong.push(format!("the order of arrival matters: {state:?}"));
        }
        for step in state.steps() {
            let after = state.after(step, &mut wrong);
            steps += 1;
            if after.mail.len() <= under_way && seen.len() < most && !seen.contains(&after) {
                seen.insert(after.clone());
                next.push_back(after);
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
    println!("{} states, {steps} steps, {} violations", seen.len(), wrong.len());
    assert!(seen.len() > 1000);
}

/// The enumeration would notice: rules that open too early or never are told apart.
#[test]
fn the_rule_says_what_it_should() {
    let side = |which, withdrawn, sealed| Side { which, withdrawn, sealed };
    let (first, second) = (Which::First, Which::Second);
    assert!(may_open(side(first, false, false), &[]), "nobody else reads it");
    assert!(!may_open(side(first, false, true), &[side(second, false, false)]));
    assert!(!may_open(side(first, false, false), &[side(second, false, true)]));
    assert!(may_open(side(first, false, true), &[side(second, false, true)]));
    assert!(may_open(side(first, false, true), &[side(second, true, false)]), "taken back");
    assert!(!may_open(side(first, true, false), &[side(second, false, false)]));
    assert!(may_open(
        side(Which::Third, false, false),
        &[side(first, false, true), side(second, false, true)]
    ));
    assert!(!may_open(
        side(Which::Third, false, true),
        &[side(first, false, true), side(second, false, false)]
    ));
}
