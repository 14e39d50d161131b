//! Bundles in any order, again and again, with one lost and found: the same state, byte for
//! byte. `CASEREVIEW_MAIL_ORDERS=10000` tries that many; a run without it thirty.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // figures are printed

use std::collections::HashSet;
use std::fs;

use casereview::review::{CaseNumber, Command, Which};
use casereview::store::Workspace;

use crate::mail_world::{World, bundle, fill_and_submit, give, take_bundle};
use crate::workspace::{answer, open_as, path};

/// A small generator with a fixed seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Every bundle two readers sent in the course of their work: two pairs, a case read once, a
/// draft, and each sealed reading as soon as it was there.
fn bundles(world: &mut World) -> Vec<Vec<u8>> {
    let mut readings = Vec::new();
    for case in [1, 2] {
        readings.push(give(&mut world.lead, case, "mary", Which::First));
        readings.push(give(&mut world.lead, case, "john", Which::Second));
    }
    let alone = give(&mut world.lead, 3, "mary", Which::First);
    let (mut hers, mut his) = (world.hand_out(&world.mary), world.hand_out(&world.john));
    let to = world.key.card();
    let mut sent = Vec::new();
    answer(&mut hers, alone, "14.A", "no");
    sent.push(bundle(&mut hers, &world.mary, to, true));
    fill_and_submit(&mut hers, readings[0]);
    sent.push(bundle(&mut hers, &world.mary, to, false));
    fill_and_submit(&mut his, readings[3]);
    sent.push(bundle(&mut his, &world.john, to, true));
    fill_and_submit(&mut hers, alone);
    fill_and_submit(&mut hers, readings[2]);
    sent.push(bundle(&mut hers, &world.mary, to, false));
    fill_and_submit(&mut his, readings[1]);
    sent.push(bundle(&mut his, &world.john, to, false));
    sent
}

#[test]
fn any_order_gives_the_same_state() {
    let orders: usize =
        std::env::var("CASEREVIEW_MAIL_ORDERS").ok().and_then(|n| n.parse().ok()).unwrap_or(30);
    let mut world = World::new(4);
    let sent = bundles(&mut world);
    let saved = world.home("before.db");
    world.lead.backup(&saved, false).unwrap();
    let before = fs::read(saved).unwrap();
    let one = |order: &[usize]| -> Vec<(&'static str, [u8; 32])> {
        let copy = world.home("copy");
        let _ = fs::remove_dir_all(&copy);
        fs::create_dir(&copy).unwrap();
        fs::write(path(&copy), &before).unwrap();
        let mut lead: Workspace = open_as(&copy, "lead");
        for nth in order {
            take_bundle(&mut lead, &world.key, &sent[*nth]).unwrap();
        }
        assert!(lead.held().unwrap().is_empty(), "{order:?}");
        lead.projections_digest().unwrap()
    };
    let straight = one(&[0, 1, 2, 3, 4]);
    let mut dice = Dice(0x0b5e_55ed);
    let mut tried = HashSet::new();
    for _ in 0..orders {
        // Each at least once, up to ten in all, in any order.
        let mut order: Vec<usize> = (0..sent.len()).collect();
        order.extend((0..dice.below(6)).map(|_| dice.below(sent.len())).collect::<Vec<_>>());
        for at in (1..order.len()).rev() {
            order.swap(at, dice.below(at + 1));
        }
        assert_eq!(one(&order), straight, "{order:?}");
        tried.insert(order);
    }
    println!("{orders} orders, {} of them different, gave the same state", tried.len());
}

/// The state made by bundles is the one that is made anew from the log.
#[test]
fn the_joined_log_is_sound() {
    let mut world = World::new(4);
    let sent = bundles(&mut world);
    for mail in sent.iter().rev() {
        take_bundle(&mut world.lead, &world.key, mail).unwrap();
    }
    let found = world.lead.verify().unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!((found.seals, found.signatures), (5, 5));
    // The lead goes on working on top of it.
    let close = world.lead.current_round().unwrap().unwrap().id;
    world.lead.act(&Command::CloseRound { round: close }).unwrap();
    assert!(world.lead.case(CaseNumber(1)).unwrap().is_some());
    assert_eq!(world.lead.verify().unwrap().problems, Vec::<String>::new());
}

/// A settled review is made where it was begun: no work order hands it to its own lead.
#[test]
fn a_settled_review_goes_out_in_no_order() {
    let mut world = World::new(1);
    let first = give(&mut world.lead, 1, "mary", Which::First);
    let second = give(&mut world.lead, 1, "john", Which::Second);
    let (mut hers, mut his) = (world.hand_out(&world.mary), world.hand_out(&world.john));
    fill_and_submit(&mut hers, first);
    fill_and_submit(&mut his, second);
    let to = world.key.card();
    for mail in
        [bundle(&mut hers, &world.mary, to, false), bundle(&mut his, &world.john, to, false)]
    {
        take_bundle(&mut world.lead, &world.key, &mail).unwrap();
    }
    world.lead.act(&Command::Reconcile { case: CaseNumber(1) }).unwrap();
    let order = world.lead.work_order(&"lead".parse().unwrap()).unwrap();
    assert_eq!(order.cases.len(), 0);
}
