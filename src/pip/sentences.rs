//! What a plan's pages say beside the numbers of a measure.

use super::plan::Plan;
use super::sheet::mix_words;
use super::standing::{Expected, MeasureStanding, MixCheck, NextSize};
use crate::stats::proportion_text;

impl MeasureStanding {
    /// What must be said beside the numbers: the change, the case mix, the next sample.
    pub fn sentences(&self, plan: &Plan) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(row) = self.met_in() {
            let (so_far, name) = (if row.runs { " so far" } else { "" }, &row.window.name);
            said.push(format!("goal met{so_far} in {name}"));
        }
        if let Some(row) = self.now().filter(|row| row.runs) {
            let (name, last) = (&row.window.name, row.window.days.last());
            said.push(format!("{name} runs until {last}: its numbers may still change"));
        }
        if let Some(row) = self.now() {
            if let (Some(change), Some(sure)) = (row.change, row.is_sure()) {
                let sign = if change.difference > 0.0 { "+" } else { "" };
                said.push(format!(
                    "{} since the baseline: {sign}{} points ({} to {}), {}",
                    row.window.name,
                    proportion_text(change.difference),
                    proportion_text(change.interval.low),
                    proportion_text(change.interval.high),
                    if sure { "more than sampling noise" } else { "within sampling noise" },
                ));
            }
            let tolerance = proportion_text(plan.mix.tolerance);
            let tolerance = tolerance.trim_end_matches(".0");
            match &row.mix {
                MixCheck::Unknown => {}
                MixCheck::Within => {
                    said.push(format!("case mix within {tolerance} points of the baseline"));
                }
                outside @ MixCheck::Outside(_) => said.push(format!(
                    "case mix not within {tolerance} points of the baseline, {}",
                    mix_words(outside)
                )),
            }
        }
        said.extend(self.next.as_ref().map(|next| next.words(plan)));
        said.extend(self.notes.iter().map(|note| (*note).to_owned()));
        said
    }
}

impl NextSize {
    /// How many cases, what they show, and where the percent comes from that they count on.
    fn words(&self, plan: &Plan) -> String {
        let whole = |share: f64| proportion_text(share).trim_end_matches(".0").to_owned();
        let why = match &self.why {
            Expected::Now(period) => format!("as in {period}"),
            Expected::AboveGoal(points) => format!("{} points above the goal", whole(*points)),
        };
        format!(
            "{}: {} applicable cases show the goal met if {} % are Strength ({why}): they then lie \
             above the goal by more than chance explains, at {} % confidence and {} % power",
            self.window,
            self.n,
            proportion_text(self.expected),
            whole(plan.method.confidence),
            whole(plan.method.power),
        )
    }
}
