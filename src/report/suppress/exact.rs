//! Proofs by an integer program, where counts are so few that one imbalance after the other
//! leads nowhere: it looks at all of them at once.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::moves::Move;
use super::release::{CellIx, Release};
use super::witness::Witness;

/// Branches that are looked at, at most: nearly always none is needed.
const BRANCHES: u64 = 50;

/// What one step of a hidden count costs; of another count it is its price.
const HIDDEN: f64 = 1.0;

/// The two changes of a count on one side: up and down.
type Change = [Option<Variable>; 2];

/// Two releases in which a cell differs by `width`, by the cheapest steps there are. `price` by
/// cell; none where a cell may not be changed.
pub(super) fn witness(
    release: &Release,
    (cell, width): (CellIx, i64),
    price: impl Fn(CellIx) -> Option<u32>,
) -> Option<Witness> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    // No count need rise by more than all of them are and a width each.
    let most = release.values.iter().sum::<i64>() + 2 * width;
    let most = i32::try_from(most).ok()?;
    let sides: Vec<Vec<Change>> = (0..2)
        .map(|_| {
            let change = |at| {
                let Some(price) = price(at) else { return [None, None] };
                let cost = HIDDEN + f64::from(price);
                let down = i32::try_from(release.values[at]).unwrap_or(most).min(most);
                let mut add = |most| (most > 0).then(|| problem.add_integer_var(cost, (0, most)));
                [add(most), add(down)]
            };
            (0..release.len()).map(change).collect()
        })
        .collect();
    let terms = |change: &Change, sign: f64| {
        let [up, down] = *change;
        [up.map(|up| (up, sign)), down.map(|down| (down, -sign))].into_iter().flatten()
    };
    for side in &sides {
        for at in 0..release.relations.len() {
            let sum = release.of(at).flat_map(|(cell, sign)| terms(&side[cell], sign as f64));
            let sum: Vec<(Variable, f64)> = sum.collect();
            problem.add_constraint(sum, ComparisonOp::Eq, 0.0);
        }
    }
    let apart: Vec<(Variable, f64)> =
        terms(&sides[0][cell], 1.0).chain(terms(&sides[1][cell], -1.0)).collect();
    problem.add_constraint(apart, ComparisonOp::Ge, width as f64);
    let mut options = SolveOptions::default();
    options.node_limit = Some(BRANCHES);
    let found = problem.solve_with(options).ok()?.into_solution().ok()?;
    let moved = |side: &Vec<Change>| -> Move {
        let steps =
            |step: Option<Variable>| step.map_or(0, |step| found.var_value(step).round() as i64);
        let by = side.iter().map(|[up, down]| steps(*up) - steps(*down)).enumerate();
        by.filter(|(_, by)| *by != 0).collect()
    };
    Some(Witness { more: moved(&sides[0]), less: moved(&sides[1]) })
}
