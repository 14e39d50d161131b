//! A percentage from period to period, with the goal.

use super::bars::WIDTH;
use super::svg::Svg;
use crate::stats::percent_text;

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its name.
    pub period: String,
    /// How many of how many; none where the number is not shown.
    pub share: Option<(u64, u64)>,
    /// Ends of the interval, as proportions.
    pub interval: Option<(f64, f64)>,
}

/// A line through periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The periods in order.
    pub points: Vec<Point>,
    /// The goal, as a proportion.
    pub goal: Option<f64>,
    /// What is marked on the way: the period it begins in, and a few words.
    pub marks: Vec<(String, String)>,
}

const LEFT: f64 = 48.0;
const RIGHT: f64 = 44.0;
const TOP: f64 = 18.0;
const HIGH: f64 = 120.0;

/// The line with its intervals; the goal as a dashed line, what was begun as numbered ticks.
/// Periods without an applicable review break the line.
pub fn lines(line: &Line) -> String {
    let below = if line.marks.is_empty() { 22.0 } else { 38.0 };
    let mut svg = Svg::new("lines", WIDTH, TOP + HIGH + below);
    let many = line.points.len();
    let step = if many > 1 { (WIDTH - LEFT - RIGHT - 60.0) / (many - 1) as f64 } else { 0.0 };
    let x = |at: usize| LEFT + 20.0 + step * at as f64;
    let y = |proportion: f64| TOP + HIGH * (1.0 - proportion);
    for percent in [0_u32, 50, 100] {
        let at = y(f64::from(percent) / 100.0);
        svg.line("grid", (LEFT, at), (WIDTH - RIGHT, at));
        svg.text("soft end", (LEFT - 6.0, at + 4.0), &format!("{percent} %"), 6);
    }
    if let Some(goal) = line.goal {
        svg.line("goal dashed", (LEFT, y(goal)), (WIDTH - RIGHT, y(goal)));
        svg.text("soft", (WIDTH - RIGHT + 4.0, y(goal) + 4.0), "goal", 6);
    }
    // As many labels as have room beside each other.
    let every = (many * 74).div_ceil((WIDTH - LEFT) as usize).max(1);
    let mut run: Vec<(f64, f64)> = Vec::new();
    for (at, point) in line.points.iter().enumerate() {
        if at % every == 0 {
            svg.text("soft mid", (x(at), TOP + HIGH + 16.0), &point.period, 12);
        }
        if let Some((low, high)) = point.interval {
            svg.line("line", (x(at), y(low)), (x(at), y(high)));
        }
        match point.share {
            Some((some, n)) if n > 0 => {
                let here = (x(at), y(some as f64 / n as f64));
                run.push(here);
                svg.dot("accent", here, 3.5);
                if many <= 12 {
                    let said = percent_text(some, n);
                    svg.text("small ink mid", (here.0 + 18.0, here.1 - 5.0), &said, 6);
                }
            }
            _ => flush(&mut svg, &mut run),
        }
    }
    flush(&mut svg, &mut run);
    for (number, (period, _)) in line.marks.iter().enumerate() {
        let found = line.points.iter().position(|point| point.period >= *period);
        let at = x(found.unwrap_or(many.saturating_sub(1)));
        svg.line("line dashed", (at, TOP), (at, TOP + HIGH));
        svg.text("soft mid", (at, TOP + HIGH + 32.0), &format!("({})", number + 1), 6);
    }
    svg.finish()
}

fn flush(svg: &mut Svg, run: &mut Vec<(f64, f64)>) {
    if run.len() > 1 {
        svg.path("way", run);
    }
    run.clear();
}
