//! A receipt held against the frame.

use std::fmt;

use super::{Frame, Hash, Plan, Receipt, draw_with};

/// A place where a receipt and the draw done again differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs: `plan`, `frame`, `stratum "..."`, `case 3 of "..."`.
    pub what: String,
    /// What the receipt says.
    pub receipt: String,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the receipt has {}, found {}", self.what, self.receipt, self.found)
    }
}

/// Does the draw again from the receipt's seed and plan, and lists every difference, in the
/// order in which a draw is made; empty means that all is the same. `plan` is the receipt's
/// own, and `frame` was read with its mapping.
pub fn verify(receipt: &Receipt, plan: &Plan, frame: &Frame) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut same = |what: &str, receipt: &str, now: &str| {
        if receipt != now {
            found.push(Difference {
                what: what.to_owned(),
                receipt: receipt.to_owned(),
                found: now.to_owned(),
            });
        }
    };
    same("SHA-256 of the plan", &receipt.plan.sha256, &plan.hash().to_string());
    same(
        "SHA-256 of the frame's canonical form",
        &receipt.frame.canonical_sha256,
        &frame.canonical_hash().to_string(),
    );
    match draw_with(frame, plan, &receipt.seed, &receipt.supplements()) {
        Err(problems) => {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            same(
                "the draw",
                "a sample",
                &format!("that it can't be drawn: {}", problems.join("; ")),
            );
        }
        Ok(draw) => {
            let mut again = Receipt::new(&draw, frame, plan, receipt.origin.clone());
            // Who approved is told; that the cases came, the strata show.
            again.supplements.clone_from(&receipt.supplements);
            compare(receipt, &again, &mut same);
            // Who drew and from which copy of the file is told, not derived.
            again.program.clone_from(&receipt.program);
            again.frame.file_sha256.clone_from(&receipt.frame.file_sha256);
            if let Some(hash) = &receipt.full_sha256 {
                let full = Hash::of(again.to_json().as_bytes()).to_string();
                same("SHA-256 of the full receipt", hash, &full);
            }
        }
    }
    found
}

fn compare(receipt: &Receipt, again: &Receipt, same: &mut impl FnMut(&str, &str, &str)) {
    same("how tickets are made", &receipt.ticket, &again.ticket);
    let count = |cases: u64| format!("{cases} cases");
    same("the frame", &count(receipt.frame.cases), &count(again.frame.cases));
    lists(
        &receipt.removed,
        &again.removed,
        |one| one.filter.clone(),
        |one| format!("{} cases removed", one.cases),
        |filter| format!("filter {filter:?}"),
        same,
    );
    same("eligible", &count(receipt.eligible), &count(again.eligible));
    lists(
        &receipt.strata,
        &again.strata,
        |one| one.stratum.clone(),
        |one| {
            format!(
                "{} in the frame, {} asked, {} drawn, {} spares",
                one.frame, one.size, one.sample, one.spares
            )
        },
        |name| format!("stratum {name:?}"),
        same,
    );
    if let (Some(receipt), Some(again)) = (&receipt.cases, &again.cases) {
        lists(
            receipt,
            again,
            |one| (one.stratum.clone(), one.order),
            |one| format!("{} {:?} with ticket {}", one.role, one.case, one.ticket),
            |(stratum, order)| format!("case {order} of stratum {stratum:?}"),
            same,
        );
    }
}

/// Compares two lists place by place; `name` tells places apart, `say` shows the rest.
fn lists<T, K: PartialEq>(
    receipt: &[T],
    again: &[T],
    name: impl Fn(&T) -> K,
    say: impl Fn(&T) -> String,
    show: impl Fn(K) -> String,
    same: &mut impl FnMut(&str, &str, &str),
) {
    for at in 0..receipt.len().max(again.len()) {
        match (receipt.get(at), again.get(at)) {
            (Some(old), Some(new)) if name(old) == name(new) => {
                same(&show(name(new)), &say(old), &say(new));
            }
            // From here on every place is off by one: one difference says it.
            (Some(old), Some(new)) => {
                return same("at the same place", &show(name(old)), &show(name(new)));
            }
            (Some(old), None) => return same(&show(name(old)), &say(old), "nothing"),
            (None, Some(new)) => return same(&show(name(new)), "nothing", &say(new)),
            (None, None) => {}
        }
    }
}
