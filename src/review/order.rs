//! The one order in which a set of events is folded.
//!
//! Inside a chain by sequence, across chains by the references in `after`; where neither
//! orders two events, the smaller hash goes first. So the state is a function of the set
//! of events, whatever order they arrived in and whatever the clocks said.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use super::{Chain, Event, EventBody, EventHash, Reading, ReadingId, Round, RoundId, Team};

/// Sorts the events of one aggregate into the order they are folded in.
pub fn fold_order(events: Vec<Event>) -> Vec<Event> {
    let place: HashMap<EventHash, usize> =
        events.iter().enumerate().map(|(at, event)| (event.hash, at)).collect();
    let mut chains: BTreeMap<&Chain, Vec<usize>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate() {
        chains.entry(&event.chain).or_default().push(at);
    }
    let mut followers = vec![Vec::new(); events.len()];
    let mut waits_for = vec![0_usize; events.len()];
    for line in chains.values_mut() {
        line.sort_by_key(|&at| events[at].seq);
        for pair in line.windows(2) {
            followers[pair[0]].push(pair[1]);
            waits_for[pair[1]] += 1;
        }
    }
    for (at, event) in events.iter().enumerate() {
        for before in event.after.iter().filter_map(|hash| place.get(hash)) {
            followers[*before].push(at);
            waits_for[at] += 1;
        }
    }
    let mut ready: BinaryHeap<Reverse<(EventHash, usize)>> = (0..events.len())
        .filter(|&at| waits_for[at] == 0)
        .map(|at| Reverse((events[at].hash, at)))
        .collect();
    let mut order = Vec::with_capacity(events.len());
    while let Some(Reverse((_, at))) = ready.pop() {
        order.push(at);
        for &next in &followers[at] {
            waits_for[next] -= 1;
            if waits_for[next] == 0 {
                ready.push(Reverse((events[next].hash, next)));
            }
        }
    }
    let mut slots: Vec<Option<Event>> = events.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| slots[at].take()).collect()
}

/// The team, from its events.
pub fn fold_team(events: Vec<Event>) -> Team {
    let mut team = Team::default();
    fold_order(events).iter().for_each(|event| team.apply(event));
    team
}

/// A round, from its events; `None` while the one that opens it has not come.
pub fn fold_round(id: RoundId, events: Vec<Event>) -> Option<Round> {
    let events = fold_order(events);
    let first = events.iter().position(|event| Round::begin(id, event).is_some())?;
    let mut round = Round::begin(id, &events[first])?;
    events.iter().for_each(|event| round.apply(event));
    Some(round)
}

/// A reading, from its events; `None` while the one that begins it has not come. Where it was
/// both assigned and taken in by a work order, the assignment begins it: it says more.
pub fn fold_reading(id: ReadingId, events: Vec<Event>) -> Option<Reading> {
    let events = fold_order(events);
    let taken = |event: &Event| matches!(event.body, EventBody::ReadingTaken(_));
    let begins = |event: &Event| Reading::begin(id, event).is_some();
    let first = events
        .iter()
        .position(|event| !taken(event) && begins(event))
        .or_else(|| events.iter().position(begins))?;
    let mut reading = Reading::begin(id, &events[first])?;
    events.iter().for_each(|event| reading.apply(event));
    Some(reading)
}
