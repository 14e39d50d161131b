//! Time and chance, handed in.

use chrono::Utc;

use crate::review::Moment;

/// Where a workspace takes the time and its random bytes from, so that tests can fix both.
pub struct Surroundings {
    /// The time now.
    pub now: Box<dyn Fn() -> Moment>,
    /// Sixteen bytes nobody can guess.
    pub random: Box<dyn Fn() -> [u8; 16]>,
}

impl Surroundings {
    /// The system's clock and random source.
    pub fn system() -> Self {
        Self {
            now: Box::new(|| Utc::now().into()),
            random: Box::new(|| {
                let mut bytes = [0; 16];
                getrandom::fill(&mut bytes).expect("the operating system has a random source");
                bytes
            }),
        }
    }

    /// A clock that goes on by a second at each look, and bytes counted on from a seed: for
    /// tests. Two openings of one workspace need two seeds.
    pub fn fixed(start: Moment, seed: u64) -> Self {
        let (tick, count) = (std::cell::Cell::new(0), std::cell::Cell::new(0_u128));
        Self {
            now: Box::new(move || {
                tick.set(tick.get() + 1000);
                Moment::from_millis(start.millis() + tick.get())
            }),
            random: Box::new(move || {
                count.set(count.get() + 1);
                (u128::from(seed) << 64 | count.get()).to_be_bytes()
            }),
        }
    }
}

impl std::fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Surroundings")
    }
}
