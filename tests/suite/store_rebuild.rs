//! Whatever was done, the tables made from the log again are the live ones; and the state
//! is a function of the set of events, not of their order.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use casereview::instrument::Rating;
use casereview::review::{
    About, AlertKind, AlertStep, AssignCases, CaseNumber, Chain, Command, Decided, Event,
    EventBody, EventHash, GivenAnswer, Held, ImportedCase, ImportedRatings, ImportedReading,
    LevelPeople, Moment, PersonCode, QaLevel, QaStep, Reading, ReviewKind, Stamp, Which,
    event_hash, fold_reading,
};
use casereview::store::{ActError, QueueFilter, Workspace};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::workspace::{create, draw, fill, instrument, open_as};

/// What someone may do next; numbers are taken modulo what there is.
#[derive(Debug, Clone)]
enum Step {
    Answer(usize, usize, Option<usize>),
    Narrate(usize, usize, Option<u8>),
    Undo(usize),
    Redo(usize),
    Finish(usize),
    Assign(u32, usize),
    ImportReading(u8, bool),
    ImportRatings(u8),
    Become(usize),
    Round(u8),
    Levels(u8),
    Quality(usize, u8),
    Reopen(usize),
    Alert(usize, u8),
    Override(usize, u8),
}

const PEOPLE: [&str; 3] = ["lead", "mary", "tom"];
const QUESTIONS: [&str; 6] = ["19.A1", "19.A", "19.B", "20.applies", "20.A2", "16.applies.reason"];
const VALUES: [&str; 6] = ["yes", "no", "na", "weekly", "never", "bad value"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let value = prop::option::weighted(0.9, 0..VALUES.len());
    let step = prop_oneof![
        12 => (any::<usize>(), 0..QUESTIONS.len(), value).prop_map(|(r, q, v)| Step::Answer(r, q, v)),
        4 => (any::<usize>(), 0..QUESTIONS.len(), any::<Option<u8>>())
            .prop_map(|(r, q, t)| Step::Narrate(r, q, t)),
        4 => any::<usize>().prop_map(Step::Undo),
        3 => any::<usize>().prop_map(Step::Redo),
        1 => any::<usize>().prop_map(Step::Finish),
        3 => (1..6_u32, 0..PEOPLE.len()).prop_map(|(c, p)| Step::Assign(c, p)),
        2 => (0..4_u8, any::<bool>()).prop_map(|(n, d)| Step::ImportReading(n, d)),
        2 => (0..4_u8).prop_map(Step::ImportRatings),
        4 => (0..PEOPLE.len()).prop_map(Step::Become),
        1 => (0..3_u8).prop_map(Step::Round),
        2 => (0..8_u8).prop_map(Step::Levels),
        6 => (any::<usize>(), any::<u8>()).prop_map(|(r, n)| Step::Quality(r, n)),
        1 => any::<usize>().prop_map(Step::Reopen),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(r, n)| Step::Alert(r, n)),
        3 => (any::<usize>(), any::<u8>()).prop_map(|(r, n)| Step::Override(r, n)),
    ];
    prop::collection::vec(step, 1..40)
}

fn imported_case(nth: u8) -> ImportedCase {
    ImportedCase {
        id: format!("X-{}", nth / 2),
        case_type: "in-home".to_owned(),
        region: format!("Region {nth}"),
        county: "Knox".to_owned(),
        period: "2025-H2".to_owned(),
        under_review: None,
        round: "2025".to_owned(),
        sample_id: String::new(),
        review_kind: ReviewKind::Baseline,
    }
}

/// What a refused command is refused for does not matter here.
fn try_act(workspace: &mut Workspace, command: &Command) {
    match workspace.act(command) {
        Ok(_) | Err(ActError::Refused(_)) => {}
        Err(ActError::Store(error)) => panic!("{error}"),
    }
}

fn take(folder: &std::path::Path, workspace: Workspace, step: Step) -> Workspace {
    let mut workspace = workspace;
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    let readings: Vec<_> = queue.iter().filter_map(|row| row.reading).collect();
    let pick = |nth: usize| readings.get(nth % readings.len().max(1)).copied();
    let command = match step {
        Step::Answer(nth, question, value) => pick(nth).map(|reading| Command::Answer {
            reading,
            question: QUESTIONS[question].to_owned(),
            value: value.map(|at| VALUES[at].to_owned()),
        }),
        Step::Narrate(nth, question, text) => pick(nth).map(|reading| Command::Narrate {
            reading,
            question: QUESTIONS[question].to_owned(),
            text: text.map(|n| format!("text {n}")),
        }),
        Step::Undo(nth) => pick(nth).map(|reading| Command::Undo { reading }),
        Step::Redo(nth) => pick(nth).map(|reading| Command::Redo { reading }),
        Step::Finish(nth) => {
            let mine = queue.iter().find(|row| {
                row.reading.is_some() && row.reading == pick(nth) && row.answered < row.needed
            });
            let open = mine.filter(|row| row.status == casereview::review::Status::Open);
            if let Some(row) = open.filter(|row| row.reviewer == workspace.user().as_str()) {
                let reading = row.reading.unwrap();
                // A rule may stand broken by earlier steps; then it stays unfinished.
                let whole = workspace.reading(reading).unwrap().answers.len() < 4;
                if whole {
                    fill(&mut workspace, reading);
                }
            }
            pick(nth).map(|reading| Command::Submit { reading })
        }
        Step::Assign(case, person) => Some(Command::Assign(AssignCases {
            cases: vec![CaseNumber(case)],
            to: PEOPLE[person].parse().unwrap(),
            which: if case == 5 { Which::Second } else { Which::First },
        })),
        Step::ImportReading(nth, draft) => Some(Command::ImportReadings {
            instrument: instrument(),
            readings: vec![ImportedReading {
                case: imported_case(nth),
                which: if nth % 2 == 0 { Which::First } else { Which::Second },
                reviewer: "old".parse().unwrap(),
                answers: vec![GivenAnswer {
                    question: "19.A".to_owned(),
                    value: Some("yes".to_owned()),
                    narrative: Some("Seen.".to_owned()),
                }],
                draft,
            }],
        }),
        Step::ImportRatings(nth) => Some(Command::ImportRatings {
            instrument: instrument(),
            cases: vec![ImportedRatings {
                case: imported_case(nth),
                ratings: BTreeMap::from([(format!("{}", 17 + nth), "ani".to_owned())]),
            }],
        }),
        Step::Round(nth) => Some(Command::OpenRound(casereview::review::OpenRound {
            name: format!("round {nth}"),
            instrument: instrument(),
            review_kind: ReviewKind::Peer,
            period: String::new(),
            under_review: None,
        })),
        Step::Levels(set) => {
            let levels = QaLevel::ALL.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
            let person = PEOPLE[usize::from(set) % PEOPLE.len()].parse().unwrap();
            let level = |(_, level): (usize, &QaLevel)| LevelPeople {
                level: *level,
                people: vec![PersonCode::clone(&person)],
            };
            let round = workspace.current_round().unwrap().unwrap().id;
            Some(Command::SetQaLevels { round, levels: levels.map(level).collect() })
        }
        Step::Quality(nth, what) => pick(nth).map(|reading| {
            let notes = &workspace.reading(reading).unwrap().quality.notes;
            let note = notes.get(usize::from(what) % notes.len().max(1)).map(|note| note.id);
            let text = || "words".to_owned();
            let step = match (what % 8, note) {
                (0 | 1, Some(note)) => QaStep::Reply { note, text: text() },
                (2 | 3, Some(note)) => {
                    QaStep::Settle { note, talked: what % 2 == 0, summary: text() }
                }
                (4, _) => QaStep::SendBack,
                (5 | 6, _) => QaStep::Approve,
                _ => QaStep::Pin { place: "20.C".to_owned(), text: text() },
            };
            Command::Qa { reading, step }
        }),
        Step::Reopen(nth) => pick(nth)
            .map(|reading| Command::Reopen { reading, reason: "a log came late".to_owned() }),
        Step::Alert(nth, what) => pick(nth).map(|reading| {
            let alerts = &workspace.reading(reading).unwrap().alerts;
            let alert = alerts.get(usize::from(what) % alerts.len().max(1)).map(|one| one.id);
            let text = "words".to_owned();
            let step = match (what % 4, alert) {
                (0, Some(alert)) => AlertStep::Answer { alert, text },
                (1, Some(alert)) => AlertStep::Close { alert, text },
                _ => AlertStep::Raise {
                    kind: AlertKind::ALL[usize::from(what) % AlertKind::ALL.len()],
                    told: text.clone(),
                    when: String::new(),
                    text,
                },
            };
            Command::Alert { reading, step }
        }),
        Step::Override(nth, what) => pick(nth).map(|reading| Command::Override {
            reading,
            item: ["17", "19", "20"][usize::from(what) % 3].to_owned(),
            rating: [None, Some(Rating::Ani), Some(Rating::Strength), Some(Rating::Na)]
                [usize::from(what / 3) % 4],
            why: "seen elsewhere".to_owned(),
        }),
        Step::Become(person) => {
            let known = workspace.people().iter().any(|p| p.code.as_str() == PEOPLE[person]);
            if known {
                drop(workspace);
                return open_as(folder, PEOPLE[person]);
            }
            None
        }
    };
    if let Some(command) = command {
        try_act(&mut workspace, &command);
    }
    workspace
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn tables_made_again_are_the_live_ones(steps in steps()) {
        let folder = tempdir().unwrap();
        let mut workspace = create(folder.path());
        draw(&mut workspace, 5);
        for step in steps {
            workspace = take(folder.path(), workspace, step);
        }
        prop_assert_eq!(workspace.stale_projections().unwrap(), Vec::<&str>::new());
        let live = workspace.projections_digest().unwrap();
        workspace.rebuild().unwrap();
        prop_assert_eq!(workspace.projections_digest().unwrap(), live);
        prop_assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
    }

    #[test]
    fn a_reading_is_a_function_of_the_set_of_its_events(order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let events = two_laptops();
        let shuffled: Vec<Event> = order.iter().map(|&at| events[at].clone()).collect();
        let id = reading_id(&events);
        let folded = fold_reading(id, events).unwrap();
        prop_assert_eq!(fold_reading(id, shuffled).unwrap(), folded);
    }
}

fn reading_id(events: &[Event]) -> casereview::review::ReadingId {
    match events[0].about {
        About::Reading(id) => id,
        _ => unreachable!(),
    }
}

/// A lead assigns; the reviewer answers on two laptops that did not know of each other, and
/// then on one that knew both.
fn two_laptops() -> Vec<Event> {
    let folder = tempdir().unwrap();
    let mut lead = create(folder.path());
    draw(&mut lead, 1);
    let id = crate::workspace::assign(&mut lead, 1, "mary");
    let begin = (*lead.reading(id).unwrap()).clone();
    let chain = |author: &str, workspace: u8| Chain {
        author: author.parse().unwrap(),
        workspace: casereview::review::WorkspaceId([workspace; 16]),
    };
    let mut events: Vec<Event> = Vec::new();
    let mut write = |chain: Chain, after: Vec<EventHash>, body: EventBody| {
        let line: Vec<&Event> = events.iter().filter(|event| event.chain == chain).collect();
        let previous = line.last().map_or(EventHash::NONE, |event| event.hash);
        let seq = line.len() as u64 + 1;
        let about = About::Reading(id);
        let at = Moment::from_millis(0);
        let stamp = Stamp { chain: chain.clone(), seq, at, after: after.clone() };
        let hash = event_hash(previous, &body.encode(&about, &stamp));
        events.push(Event { chain, seq, hash, at, after, about, body });
        hash
    };
    let assigned = write(chain("lead", 0), Vec::new(), assigned(&begin));
    let set = |question: &str, old: Option<&str>, new: &str| {
        EventBody::Answered(Box::new(casereview::review::Answered {
            question: question.to_owned(),
            old: old.map(|code| Held::Code(code.to_owned())),
            new: Some(Held::Code(new.to_owned())),
            undoes: None,
            redoes: None,
        }))
    };
    write(chain("mary", 1), vec![assigned], set("19.A", None, "yes"));
    write(chain("mary", 1), Vec::new(), set("19.A", Some("yes"), "no"));
    let one = write(chain("mary", 1), Vec::new(), set("19.B", None, "yes"));
    write(chain("mary", 2), vec![assigned], set("19.A", None, "no"));
    write(chain("mary", 2), Vec::new(), set("20.A2", None, "yes"));
    let two = write(chain("mary", 2), Vec::new(), set("19.B", None, "no"));
    write(chain("mary", 3), vec![one, two], set("19.B", Some("no"), "yes"));
    write(chain("mary", 3), Vec::new(), set("20.A2", Some("yes"), "no"));
    events
}

fn assigned(begin: &Reading) -> EventBody {
    EventBody::ReadingAssigned(Box::new(casereview::review::ReadingAssigned {
        round: casereview::review::RoundId([0; 8]),
        draw: None,
        case: begin.case.clone(),
        frame: None,
        which: begin.which,
        reviewer: begin.reviewer.clone(),
        instrument: begin.instrument.clone(),
        from: None,
        start: Vec::new(),
    }))
}

#[test]
fn a_contradiction_between_two_laptops_is_shown() {
    let events = two_laptops();
    let folded = fold_reading(reading_id(&events), events).unwrap();
    assert_eq!(folded.value("19.B"), Some("yes"));
    assert_eq!(folded.value("20.A2"), Some("no"));
    assert!(folded.conflicts.contains(&"19.B".to_owned()), "{:?}", folded.conflicts);
}

#[test]
fn an_event_survives_writing_and_reading() {
    let events = two_laptops();
    for event in &events {
        let stamp = Stamp {
            chain: event.chain.clone(),
            seq: event.seq,
            at: event.at,
            after: event.after.clone(),
        };
        let bytes = event.body.encode(&event.about, &stamp);
        assert_eq!(&Event::decode(&bytes, event.hash).unwrap(), event);
    }
    let newer = br#"{"kind":"sticky","v":1,"author":"qa","workspace":"00000000000000000000000000000000","seq":1,"at":"2026-06-01T00:00:00.000Z","about":"reading:0000000000000001","data":{"x":1}}"#;
    let event = Event::decode(newer, EventHash::NONE).unwrap();
    assert!(matches!(event.body, EventBody::Unknown { .. }));
    let stamp = Stamp { chain: event.chain, seq: 1, at: event.at, after: Vec::new() };
    assert_eq!(event.body.encode(&event.about, &stamp), newer);
    let _ = Decided { about: event.about, body: event.body };
}
