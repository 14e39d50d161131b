//! The goal of a Program Improvement Plan.

/// The normal factor of the federal PIP formula (80 % two-sided), rounded as the federal
/// method rounds it. Every other z is the exact quantile.
pub const PIP_Z: f64 = 1.28;

/// A goal with what it was made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// The baseline proportion.
    pub baseline: f64,
    /// What is added: z sqrt(p (1 - p) / n), before any cap.
    pub margin: f64,
    /// Baseline and margin, at most 1.
    pub goal: f64,
    /// Whether the cap at 1 was needed.
    pub capped: bool,
}

impl Goal {
    /// What a reader must know beside the numbers: a baseline without spread, or a cap.
    pub fn note(&self) -> Option<&'static str> {
        if self.baseline == 0.0 || self.baseline == 1.0 {
            Some("a baseline of 0 or 100 % has no spread: the goal equals the baseline")
        } else if self.capped {
            Some("baseline and margin pass 100 %: the goal is 100 %")
        } else {
            None
        }
    }
}

/// goal = p + z sqrt(p (1 - p) / n) for a baseline of `x` strengths in `n` applicable
/// cases; `None` for `n` = 0 or `x` above `n`.
///
/// Source: Children's Bureau, PIP measurement method of CFSR rounds 3 and 4.
pub fn pip_goal(x: u64, n: u64, z: f64) -> Option<Goal> {
    if n == 0 || x > n {
        return None;
    }
    let baseline = x as f64 / n as f64;
    let margin = z * (baseline * (1.0 - baseline) / n as f64).sqrt();
    let sum = baseline + margin;
    Some(Goal { baseline, margin, goal: sum.min(1.0), capped: sum > 1.0 })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn goals_of_the_worked_example() {
        // Worked with a desk calculator from the formula, to a tenth of a point.
        for (x, n, margin, goal) in [
            (36, 80, 7.1, 52.1),
            (18, 25, 11.5, 83.5),
            (18, 60, 7.6, 37.6),
            (93, 150, 5.1, 67.1),
            (20, 25, 10.2, 90.2),
        ] {
            let found = pip_goal(x, n, PIP_Z).unwrap();
            assert!((found.margin * 100.0 - margin).abs() < 0.05, "{x}/{n} {found:?}");
            assert!((found.goal * 100.0 - goal).abs() < 0.05, "{x}/{n} {found:?}");
            assert_eq!(found.note(), None);
        }
    }

    #[test]
    fn ends_and_caps_say_so() {
        assert_eq!(pip_goal(0, 20, PIP_Z).unwrap().goal, 0.0);
        assert_eq!(pip_goal(20, 20, PIP_Z).unwrap().goal, 1.0);
        assert!(pip_goal(20, 20, PIP_Z).unwrap().note().unwrap().contains("no spread"));
        let high = pip_goal(9, 10, PIP_Z).unwrap();
        assert_eq!((high.goal, high.capped), (1.0, true));
        assert!(high.note().unwrap().contains("100 %"));
        assert_eq!(pip_goal(0, 0, PIP_Z), None);
    }
}
