//! Markers planted in one reading are nowhere in the other reader's folder, files, exports,
//! screens or logs; the lead has none before both are sealed, and all after.
//! `CASEREVIEW_MAIL_MARKERS=1000` plants that many; a run without it a hundred.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // figures are printed

use std::fs;

use casereview::exchange::mail::{self, Content, Sender};
use casereview::instrument::Kind;
use casereview::review::{Command, ReadingId, Which, note_on};
use casereview::scoring::Asked;
use casereview::store::Workspace;

use crate::mail_scan::{cells, files, found, frames, marker, told};
use crate::mail_world::{World, bundle, fill_and_submit, give, narrate, order, take_bundle};
use crate::workspace::path;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
/// High enough that no text of the interface is cut.
const TALL: (u16, u16) = (120, 200);

/// Plants markers in everything that can hold words in a review: written answers, narratives
/// and notes of questions that are asked.
fn plant(hers: &mut Workspace, reading: ReadingId, markers: usize) {
    crate::workspace::fill(hers, reading);
    let instrument = crate::workspace::instrument();
    let scores = casereview::review::rate(&instrument, &hers.reading(reading).unwrap()).unwrap();
    let asked = instrument.question_positions().filter(|at| scores.asked(*at) == Asked::Yes);
    let asked: Vec<_> = asked.map(|at| instrument.question(at)).collect();
    for (nth, question) in asked.iter().enumerate() {
        let text: Vec<String> = (nth..markers).step_by(asked.len()).map(marker).collect();
        let text = text.join(" ");
        if text.is_empty() {
            continue;
        }
        match (question.kind(), nth % 2) {
            (Kind::Text, _) => crate::workspace::answer(hers, reading, question.id(), &text),
            (Kind::Choice(_), 0) => narrate(hers, reading, question.id(), &text),
            _ => narrate(hers, reading, &note_on(question.id()), &text),
        }
    }
}

#[test]
fn a_second_reading_is_blind() {
    let asked = std::env::var("CASEREVIEW_MAIL_MARKERS").ok().and_then(|n| n.parse().ok());
    let markers: usize = asked.unwrap_or(100);
    let mut world = World::new(2);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let second = give(&mut world.lead, 1, "john", Which::Second);
    let mut hers = world.hand_out(&world.mary);
    plant(&mut hers, first, markers);
    fill_and_submit(&mut hers, first);
    assert_eq!(found(&cells(&path(&world.home("mary"))), markers), markers, "all are planted");

    let mail = bundle(&mut hers, &world.mary, world.key.card(), false);
    fs::write(world.home("lead").join("mary.bundle"), &mail).unwrap();
    take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    let lead = world.home("lead");
    assert_eq!(found(&cells(&path(&lead)), markers), 0, "closed");
    assert_eq!(found(&told(&lead, "lead", "R-0001"), markers), 0, "closed");

    // The second reader gets the order only now, when the first reading is with the lead.
    let sent = order(&world.lead, &world.key, world.john.card());
    fs::write(world.home("john").join("john.order"), &sent).unwrap();
    let opened = mail::open(&sent, &world.john, Content::Order, &|_| {
        Sender::Known(world.key.card().clone())
    });
    assert_eq!(found(&opened.unwrap().content, markers), 0);
    let mut his = world.hand_out(&world.john);
    let home = world.home("john");
    let nothing = |his: Workspace| {
        assert_eq!(found(&told(&home, "john", "R-0001"), markers), 0);
        let mut his = Some(his);
        for size in SIZES {
            let (seen, desk) = frames(his.take().unwrap(), size);
            assert_eq!(found(&seen, markers), 0);
            assert!(seen.len() > 100_000, "he sees his own review");
            his = Some(desk.into_workspace());
        }
        his.unwrap()
    };
    crate::workspace::answer(&mut his, second, "14.A", "no");
    his = nothing(his);
    crate::workspace::fill(&mut his, second);
    his = nothing(his);
    his.act(&Command::Submit { reading: second }).unwrap();
    his = nothing(his);
    let his_mail = bundle(&mut his, &world.john, world.key.card(), false);
    drop(his);
    assert_eq!(found(&cells(&path(&home)), markers), 0);
    assert_eq!(found(&files(&home), markers), 0);

    take_bundle(&mut world.lead, &world.key, &his_mail).unwrap();
    assert_eq!(found(&cells(&path(&lead)), markers), markers, "released");
    assert_eq!(found(&told(&lead, "lead", "R-0001"), markers), markers, "in what the lead saves");
    let (seen, _) = frames(world.lead, TALL);
    assert_eq!(found(&seen, markers), markers, "on the lead's screens");
    println!(
        "{markers} markers: 0 with the second reader in files, cells, {} screens and commands; \
         0 with the lead before, all after, in cells, a copy, and on screens",
        SIZES.len() * 3
    );
}
