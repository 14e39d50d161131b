//! Groups by how many reviews they have: which ones chance does not explain.

use super::bars::WIDTH;
use super::svg::Svg;
use crate::stats::{Level, funnel as limits};

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// Its name.
    pub label: String,
    /// How many of how many, none of 0.
    pub share: (u64, u64),
}

const LEFT: f64 = 48.0;
const RIGHT: f64 = 110.0;
const TOP: f64 = 14.0;
const HIGH: f64 = 170.0;
/// Room of a name, and of a line of them.
const NAME: f64 = 112.0;
const LINE: f64 = 13.0;

/// Groups as dots, reviews to the right, percentage upwards, with the percentage of all
/// together and the limits that 95 and 99.8 of 100 groups like it stay within. Groups outside
/// of the narrower limits are named.
///
/// Source of the limits: see [`crate::stats::funnel`].
pub fn funnel(dots: &[Dot], all: (u64, u64)) -> String {
    let mut svg = Svg::new("funnel", WIDTH, TOP + HIGH + 24.0);
    let most = dots.iter().map(|dot| dot.share.1).max().unwrap_or(1).max(1);
    let far = (most + most / 10 + 1) as f64;
    let x = |n: u64| LEFT + (WIDTH - LEFT - RIGHT) * n as f64 / far;
    let y = |proportion: f64| TOP + HIGH * (1.0 - proportion);
    for percent in [0_u32, 50, 100] {
        let at = y(f64::from(percent) / 100.0);
        svg.line("grid", (LEFT, at), (WIDTH - RIGHT, at));
        svg.text("soft end", (LEFT - 6.0, at + 4.0), &format!("{percent} %"), 6);
    }
    let mut ticks = vec![0, most.div_ceil(2), most];
    ticks.dedup();
    for n in ticks {
        svg.text("soft mid", (x(n), TOP + HIGH + 18.0), &n.to_string(), 8);
    }
    svg.text("soft", (WIDTH - RIGHT + 4.0, TOP + HIGH + 18.0), "reviews", 12);
    let state = if all.1 == 0 { 0.0 } else { all.0 as f64 / all.1 as f64 };
    svg.line("line", (LEFT, y(state)), (WIDTH - RIGHT, y(state)));
    let steps: Vec<u64> = steps(most + most / 10 + 1);
    let wide = Level::percent(99.8).unwrap_or(Level::P95);
    for (level, class) in [(Level::P95, "way thin"), (wide, "way thin dashed")] {
        let ends = steps.iter().filter_map(|n| limits(state, *n, level).map(|end| (*n, end)));
        let ends: Vec<_> = ends.collect();
        let low: Vec<_> = ends.iter().map(|(n, end)| (x(*n), y(end.low))).collect();
        let high: Vec<_> = ends.iter().map(|(n, end)| (x(*n), y(end.high))).collect();
        svg.path(class, &low);
        svg.path(class, &high);
    }
    let mut labels: Vec<(f64, f64)> = Vec::new();
    for dot in dots {
        let (some, n) = dot.share;
        if n == 0 {
            continue;
        }
        let p = some as f64 / n as f64;
        let out = limits(state, n, Level::P95).is_some_and(|end| p < end.low || p > end.high);
        let at = (x(n), y(p));
        svg.dot(if out { "goal-dot" } else { "accent" }, at, if out { 4.5 } else { 3.0 });
        if out {
            // Beside the dot, or above or below where another name stands; the table has all.
            let free = |y: &f64| {
                let lies_over =
                    |(x, other): &(f64, f64)| (x - at.0).abs() < NAME && (other - y).abs() < LINE;
                *y > TOP && *y < TOP + HIGH + 6.0 && !labels.iter().any(lies_over)
            };
            let places = [0.0, LINE, -LINE, 2.0 * LINE, -2.0 * LINE].map(|by| at.1 + 4.0 + by);
            if let Some(y) = places.into_iter().find(free) {
                svg.text("small ink", (at.0 + 7.0, y), &dot.label, 16);
                labels.push((at.0, y));
            }
        }
    }
    svg.finish()
}

/// Numbers of reviews the limits are drawn through: close where they bend.
fn steps(most: u64) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    let mut n = 1;
    while n < most {
        found.push(n);
        n += (n / 8).max(1);
    }
    found.push(most);
    found
}
