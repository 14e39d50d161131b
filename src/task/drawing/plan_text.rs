//! The choices as the text of a plan: what the log keeps, and what a file would say.

use std::fmt::Write as _;

use super::State;
use super::steps::{IN_HOME, OPEN_DAYS, STRATA, Sizes, Slot, Step};
use crate::sampling::Field;

/// The plan of the choices made so far; without sizes as long as the list is only looked at.
pub fn plan_text(state: &State, whole: bool) -> String {
    let mut out = String::from("[columns]\n");
    let has = |field: Field| state.column(field).is_some();
    for field in Field::ALL {
        if let Some(name) = state.column(field) {
            let _ = writeln!(out, "{} = {}", field.key(), quoted(name));
        }
    }
    let sheet = state.preview.as_ref().and_then(|preview| preview.sheet.as_deref());
    if let Some(sheet) = sheet {
        let _ = writeln!(out, "\n[frame]\nsheet = {}", quoted(sheet));
    }
    if !whole {
        out.push_str("\n[sizes]\ntotal = 1\n");
        return out;
    }
    values(state, &mut out);
    let period = |slot| state.of(Step::Filters, slot);
    let periods = [("sampling", Slot::Sampling), ("under_review", Slot::UnderReview)];
    let given = periods.map(|(key, slot)| (key, period(slot))).into_iter();
    let lines: String = given
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| format!("{key} = {}\n", quoted(text)))
        .collect();
    if !lines.is_empty() {
        let _ = write!(out, "\n[period]\n{lines}");
    }
    eligible(state, &mut out);
    let by = STRATA[state.at(Step::Plan, Slot::Strata)];
    let by: Vec<String> =
        by.iter().filter(|field| has(**field)).map(|field| quoted(field.key())).collect();
    if !by.is_empty() {
        let _ = writeln!(out, "\n[strata]\nby = [{}]", by.join(", "));
    }
    out.push_str("\n[sizes]\n");
    match state.sizes() {
        Sizes::StateLed => out.push_str("preset = \"r3-r4-state\"\n"),
        Sizes::Each => {
            for (at, code, _) in state.types_here() {
                let _ = writeln!(out, "{} = {}", code, number(state, Slot::Size(at)));
            }
        }
        Sizes::Whole => {
            let _ = writeln!(out, "total = {}", number(state, Slot::Total));
        }
    }
    let _ = writeln!(out, "\n[spares]\nper_stratum = {}", number(state, Slot::Spares));
    let limit = |slot| state.at(Step::Plan, slot);
    let limits = [("per_worker", Slot::PerWorker), ("per_family", Slot::PerFamily)];
    let limits = limits.map(|(key, slot)| (key, limit(slot))).into_iter();
    let lines: String = limits
        .filter(|(_, most)| *most > 0)
        .map(|(key, most)| format!("{key} = {most}\n"))
        .collect();
    if !lines.is_empty() {
        let _ = write!(out, "\n[limits]\n{lines}");
    }
    out
}

/// A number as typed; what is none is quoted, so that the check of plans tells of it.
fn number(state: &State, slot: Slot) -> String {
    let text = state.of(Step::Plan, slot);
    if text.parse::<u32>().is_ok() { text.to_owned() } else { quoted(text) }
}

fn values(state: &State, out: &mut String) {
    let found = state.read.as_ref().map(|read| read.types.as_slice()).unwrap_or_default();
    if found.is_empty() {
        return;
    }
    out.push_str("\n[values.case_type]\n");
    for (at, (word, _)) in (0_u8..).zip(found) {
        let chosen = state.at(Step::Filters, Slot::Type(at));
        if let Some((code, _)) = state.case_types().get(chosen) {
            let _ = writeln!(out, "{} = {}", quoted(word), quoted(code));
        }
    }
}

fn eligible(state: &State, out: &mut String) {
    let form = state.forms.get(&Step::Filters);
    let has = |slot| form.is_some_and(|form| form.has(slot));
    let under_age = has(Slot::UnderAge) && state.at(Step::Filters, Slot::UnderAge) == 1;
    let open = has(Slot::OpenDays).then(|| OPEN_DAYS[state.at(Step::Filters, Slot::OpenDays)]);
    let sampling = !state.of(Step::Filters, Slot::Sampling).is_empty();
    for (_, code, _) in state.types_here() {
        let mut lines = String::new();
        if let Some(days) = open.flatten()
            && code == IN_HOME
            && sampling
        {
            let _ = writeln!(lines, "open_days_at_least = {days}");
        }
        if under_age && sampling {
            lines.push_str("under_age = 18\n");
        }
        let flags: Vec<String> = Field::FLAGS
            .into_iter()
            .filter(|flag| *flag != Field::InCare || code == IN_HOME)
            .filter(|flag| has(Slot::LeaveOut(*flag)))
            .filter(|flag| state.at(Step::Filters, Slot::LeaveOut(*flag)) == 1)
            .map(|flag| quoted(flag.key()))
            .collect();
        if !flags.is_empty() {
            let _ = writeln!(lines, "leave_out = [{}]", flags.join(", "));
        }
        if !lines.is_empty() {
            let _ = write!(out, "\n[eligible.{code}]\n{lines}");
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
