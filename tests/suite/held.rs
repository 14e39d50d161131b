//! Readings made up for the results screen, without a workspace.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use casereview::instrument::{DEFAULT, load_shipped};
use casereview::report::Facts;
use casereview::report::explore::{Held, HeldReading};
use casereview::task::results::Loaded;

/// Region, period, and how many reviews are rated Strength, ANI, NA and not at all, in every
/// item alike.
pub type Lot<'l> = (&'l str, &'l str, [usize; 4]);

/// Final readings of the shipped instrument, for a lead.
pub fn loaded(lots: &[Lot<'_>]) -> Loaded {
    let instrument = load_shipped(DEFAULT).unwrap();
    let mut held = Held::default();
    let edition = held.edition(&instrument);
    let mut number = 0;
    for (region, period, counts) in lots {
        let county = format!("{region} County");
        let facts = Facts {
            region,
            county: &county,
            case_type: "foster-care",
            period,
            reviewer: "rev1",
            round: "Spring",
            review_kind: "regular",
            month: "2026-03",
            ..Facts::default()
        };
        for (rating, times) in (0_u8..).zip(counts) {
            for _ in 0..*times {
                number += 1;
                held.add(HeldReading {
                    case: format!("R-{number:04}"),
                    reading: format!("r{number}"),
                    role: "one reader",
                    state: "final",
                    draft: false,
                    late: false,
                    overridden: Vec::new(),
                    edition,
                    cluster: county.clone(),
                    facts: facts.pack().into(),
                    ratings: vec![rating; instrument.items().len()].into(),
                    answers: Box::default(),
                });
            }
        }
    }
    let types = instrument.case_types().iter();
    Loaded {
        held: Arc::new(held),
        drafts: false,
        lead: true,
        case_types: types.map(|one| (one.code.clone(), one.title.clone())).collect(),
        folder: "/reviews".to_owned(),
    }
}
