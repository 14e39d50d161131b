//! The sample as the board shows it, and eliminations from there.

use chrono::{NaiveDate, TimeDelta, Utc};

use super::Desk;
use super::drawing::refused;
use crate::cli::report::DAYS;
use crate::instrument::Instrument;
use crate::review::{
    CaseNumber, Command, Eliminate, Moment, Note, Reading, ReadingId, Round, Status, Which,
};
use crate::scoring::{Asked, score};
use crate::store::{CaseRow, QueueFilter, StoreError};
use crate::task::board::{Ask, Case, Interview, Sample, Standing, Told};
use crate::text::count;

impl Desk {
    /// Does what the board asks and reads the sample anew.
    pub(super) fn on_board(&mut self, ask: Ask) -> Result<Told, StoreError> {
        let done = match ask {
            Ask::Load => Ok(None),
            Ask::Eliminate { case, reason, words, approved_by, unlock } => {
                self.eliminate(&case, reason, words, &approved_by, unlock).map(Some)
            }
            Ask::Approve { case } => self
                .number(&case)
                .and_then(|case| self.act_on(&Command::ApproveElimination { case }))
                .map(|_| Some(format!("{case} is eliminated: the next spare can come in"))),
            Ask::Replace { case } => self.replace(&case).map(Some),
        };
        let (said, problem) = match done {
            Ok(said) => (said, None),
            Err(problem) => (None, Some(problem)),
        };
        Ok(Told { sample: self.sample()?, said, problem })
    }

    fn number(&self, case: &str) -> Result<CaseNumber, String> {
        case.parse().map_err(|error| format!("{error}"))
    }

    fn act_on(&mut self, command: &Command) -> Result<Vec<Note>, String> {
        let done = self.workspace.act(command);
        done.map(|done| done.notes).map_err(|error| refused(&error))
    }

    fn eliminate(
        &mut self,
        case: &str,
        reason: String,
        words: String,
        approved_by: &str,
        unlock: String,
    ) -> Result<String, String> {
        let number = self.number(case)?;
        let approved_by = match approved_by {
            "" => None,
            code => Some(code.parse().map_err(|error| format!("{error}"))?),
        };
        let agreed = approved_by.is_some();
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        self.act_on(&Command::Eliminate(Eliminate {
            case: number,
            reason,
            text: given(words),
            approved_by,
            unlock: given(unlock),
        }))?;
        Ok(if agreed {
            format!("{case} is eliminated: the next spare can come in")
        } else {
            format!("elimination of {case} asked for: a second person must approve it")
        })
    }

    fn replace(&mut self, case: &str) -> Result<String, String> {
        let number = self.number(case)?;
        let notes = self.act_on(&Command::Replace { case: number })?;
        let came = notes.iter().find_map(|note| match note {
            Note::CameIn { spare, .. } => Some(format!("{spare} comes in for {case}")),
            _ => None,
        });
        Ok(came.unwrap_or_default())
    }

    /// Eliminations of the round that wait for the word of the one who acts; none for a lead,
    /// who sees them among all cases.
    pub(super) fn approvals(&self) -> Result<usize, StoreError> {
        let row = self.workspace.current_round()?;
        let Some(row) = row.filter(|_| !self.is_lead()) else { return Ok(0) };
        let user = self.workspace.user();
        if !self.workspace.people().iter().any(|one| one.code == *user) {
            return Ok(0);
        }
        self.workspace.eliminations_asked(row.id, user)
    }

    fn sample(&self) -> Result<Sample, StoreError> {
        let Some(row) = self.workspace.current_round()? else { return Ok(Sample::default()) };
        let state = self.workspace.round(row.id)?;
        let edition = self.workspace.instrument(&row.instrument)?;
        let round = Some(row.name.clone());
        let queue = self.workspace.queue(&QueueFilter { round, ..QueueFilter::default() })?;
        let today = Utc::now().date_naive();
        let mut cases = Vec::new();
        for one in self.workspace.sample_cases()? {
            if one.round_id != Some(row.id) {
                continue;
            }
            let first = |line: &&CaseRow| line.number == one.number && line.which == Which::First;
            let line = queue.iter().find(first);
            let title = edition.case_types().iter().find(|known| known.code == one.case_type);
            let mut case = Case {
                number: one.number.to_string(),
                case_type: title.map_or_else(|| one.case_type.clone(), |t| t.title.clone()),
                region: one.region.clone(),
                county: one.county.clone(),
                reviewer: line.map(|line| line.reviewer.clone()).unwrap_or_default(),
                standing: Standing::NotAssigned,
                words: "not assigned".to_owned(),
                opened: String::new(),
                idle: None,
                due: String::new(),
                interviews: Vec::new(),
                elimination: None,
                asked_by: String::new(),
            };
            if one.read {
                (case.standing, case.words) = (Standing::Read, "read".to_owned());
            } else if let Some(reading) = line.and_then(|line| line.reading) {
                self.being_read(reading, &edition, today, &mut case)?;
            }
            elimination(&state, &edition, one.number, &mut case);
            cases.push(case);
        }
        let lead = self.is_lead();
        if !lead {
            let user = self.workspace.user().to_string();
            cases.retain(|case| case.standing == Standing::Asked && case.asked_by != user);
            // Who reads a case, and how far they are, is not theirs to know.
            for case in cases.iter_mut().filter(|case| case.reviewer != user) {
                case.reviewer.clear();
                (case.opened, case.idle, case.due) = (String::new(), None, String::new());
                case.interviews.clear();
            }
        }
        let counts = self.workspace.sample_counts(&state)?;
        let reasons = edition.eliminations().iter();
        Ok(Sample {
            round: row.name,
            sealed: state.frame().is_some(),
            counts: match (state.draws.is_empty() || !lead, self.workspace.alerts_open()?) {
                (true, _) => String::new(),
                (false, 0) => counts.to_string(),
                (false, open) => {
                    format!("{counts}; {}", count(open, "alert is open", "alerts are open"))
                }
            },
            short: if lead { short(&state) } else { Vec::new() },
            only_asked: !lead,
            cases,
            reasons: reasons
                .map(|one| (one.code.clone(), one.title.clone(), one.needs_text))
                .collect(),
            user: self.workspace.user().to_string(),
        })
    }

    fn being_read(
        &self,
        id: ReadingId,
        edition: &Instrument,
        today: NaiveDate,
        case: &mut Case,
    ) -> Result<(), StoreError> {
        let reading = self.workspace.reading(id)?;
        let since = day(reading.assigned);
        let due = since + TimeDelta::days(DAYS.cast_signed());
        let late = (today - due).num_days();
        case.opened = since.to_string();
        case.due = due.to_string();
        case.idle = Some((today - day(reading.touched)).num_days().max(0));
        (case.standing, case.words) = if reading.status != Status::Open {
            (Standing::Read, "read".to_owned())
        } else if late > 0 {
            let days = count(usize::try_from(late).unwrap_or(0), "day", "days");
            (Standing::Late, format!("late by {days}"))
        } else {
            let begun = !reading.answers.is_empty();
            (Standing::Open, if begun { "being read" } else { "not started" }.to_owned())
        };
        case.interviews = interviews(edition, &reading);
        Ok(())
    }
}

fn day(at: Moment) -> NaiveDate {
    at.utc().date_naive()
}

/// The face sheet's questions about interviews: those that can be answered with
/// `interviewed`.
fn interviews(edition: &Instrument, reading: &Reading) -> Vec<(String, Interview)> {
    let answers = crate::review::answers(edition, reading);
    let scores = answers.map(|answers| score(edition, &answers));
    let is_asked = |at| scores.as_ref().is_none_or(|scores| scores.asked(at) != Asked::No);
    let mut found = Vec::new();
    for (at, question) in edition.question_positions().map(|at| (at, edition.question(at))) {
        let options = question.options();
        if !options.iter().any(|option| option.code == "interviewed") {
            continue;
        }
        let given = reading.answers.get(question.id()).and_then(|given| given.value.as_deref());
        let who = question.ask().trim_end_matches('?').to_owned();
        let stands = match given {
            _ if !is_asked(at) => continue,
            None => Interview::Due,
            Some("interviewed") => Interview::Done,
            Some("no-such-person") => continue,
            Some(code) => {
                let title = options.iter().find(|option| option.code == code);
                let title = title.map_or(code, |option| option.title.as_str());
                let why = title.strip_prefix("Not interviewed: ").unwrap_or(title);
                Interview::NotHeld(why.to_owned())
            }
        };
        found.push((who, stands));
    }
    found
}

fn elimination(state: &Round, edition: &Instrument, number: CaseNumber, case: &mut Case) {
    let Some(one) = state.changes.eliminations.get(&number) else { return };
    let reason = edition.eliminations().iter().find(|known| known.code == one.reason);
    let reason = reason.map_or(one.reason.as_str(), |known| known.title.as_str());
    let by = &one.asked_by;
    case.asked_by = by.to_string();
    let Some(approval) = &one.approval else {
        case.standing = Standing::Asked;
        "to eliminate".clone_into(&mut case.words);
        case.elimination =
            Some(format!("{by} asks to eliminate it: {reason}. A second person must agree."));
        return;
    };
    let agreed = &approval.by;
    let spare = state.changes.spare_for(number);
    let (standing, words, came) = match spare {
        Some(spare) => (Standing::Replaced, "replaced", format!("; {spare} came in for it")),
        None => (Standing::Gone, "eliminated", String::new()),
    };
    (case.standing, case.words) = (standing, words.to_owned());
    (case.due, case.idle) = (String::new(), None);
    case.elimination =
        Some(format!("Eliminated: {reason} (asked by {by}, approved by {agreed}){came}"));
}

/// Strata that miss cases.
fn short(state: &Round) -> Vec<String> {
    let strata = state.strata();
    let missing = strata.iter().filter(|one| one.missing() > 0);
    missing
        .map(|one| match (one.short(), one.missing()) {
            (0, missing) => {
                let cases = count(missing as usize, "case", "cases");
                format!("stratum {}: {cases} can be replaced by spares", one.stratum)
            }
            (short, _) => {
                let cases = count(short as usize, "case", "cases");
                format!("stratum {} is {cases} short: no spare is left", one.stratum)
            }
        })
        .collect()
}
