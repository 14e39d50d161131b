//! QA as the tasks see it.

use super::{Desk, day};
use crate::cli::standing::CaseTypes;
use crate::instrument::Instrument;
use crate::review::{
    self, CaseNumber, Command, PersonCode, QaLevel, QaRefusal, QaStep, Reading, ReadingId, Refusal,
    Status, Sticky, Which,
};
use crate::scoring::{Answers, score, text_beside, value_of, value_words};
use crate::store::{ActError, QaRow, QueueFilter, StoreError};
use crate::task::quality::{Ask, Line, Note, Opened, Told, sheets_of};

impl Desk {
    /// Does what the screens of QA ask.
    pub(super) fn on_quality(&mut self, ask: Ask) -> Told {
        self.quality(ask).unwrap_or_else(Told::Problem)
    }

    fn quality(&mut self, ask: Ask) -> Result<Told, String> {
        let (reading, step, said) = match ask {
            Ask::Load => return self.qa_list(None),
            Ask::Open { reading } => return self.qa_opened(&reading, None),
            Ask::Pin { reading, place, text } => {
                let said = format!("pinned to {place}");
                (reading, QaStep::Pin { place, text }, said)
            }
            Ask::Reply { reading, note, text } => {
                (reading, QaStep::Reply { note, text }, "replied".to_owned())
            }
            Ask::Settle { reading, note, talked, summary } => {
                (reading, QaStep::Settle { note, talked, summary }, "settled".to_owned())
            }
            Ask::SendBack { reading } => (reading, QaStep::SendBack, "sent back".to_owned()),
            Ask::Approve { reading } => (reading, QaStep::Approve, "approved".to_owned()),
            Ask::Override { reading, item, rating, why } => {
                let said = match rating {
                    Some(rating) => format!("item {item} is ** {}", rating.title()),
                    None => format!("item {item} is as computed"),
                };
                let id = id(&reading)?;
                self.act(&Command::Override { reading: id, item, rating, why })?;
                return self.qa_opened(&reading, Some(said));
            }
            Ask::Reopen { reading, why } => {
                let id = id(&reading)?;
                self.act(&Command::Reopen { reading: id, reason: why })?;
                return self.qa_opened(&reading, Some("open again with its reader".to_owned()));
            }
        };
        let leaves = matches!(step, QaStep::SendBack | QaStep::Approve);
        self.act(&Command::Qa { reading: id(&reading)?, step })?;
        if leaves {
            let case = self.workspace.reading(id(&reading)?).map_err(wrong)?.case.number;
            return self.qa_list(Some(format!("{case} {said}")));
        }
        self.qa_opened(&reading, Some(said))
    }

    fn act(&mut self, command: &Command) -> Result<(), String> {
        self.workspace.act(command).map(drop).map_err(|error| match &error {
            ActError::Refused(refusal) => match refusal.help() {
                Some(help) => format!("{refusal}: {help}"),
                None => refusal.to_string(),
            },
            ActError::Store(_) => error.to_string(),
        })
    }

    /// How many reviews the one who acts has something to do on; none without any QA.
    pub(super) fn quality_open(&self) -> Result<Option<usize>, StoreError> {
        let rows = self.workspace.qa_rows()?;
        let mine = rows.iter().filter(|row| self.is_for_me(row)).count();
        Ok((self.workspace.has_qa()? || !rows.is_empty()).then_some(mine))
    }

    fn is_for_me(&self, row: &QaRow) -> bool {
        let me = self.workspace.user();
        let is_mine = row.case.reviewer == me.as_str() || row.case.partner.as_ref() == Some(me);
        match row.level {
            None => is_mine,
            Some(_) => !is_mine && !row.held && (self.is_lead() || row.people.contains(me)),
        }
    }

    fn qa_list(&self, said: Option<String>) -> Result<Told, String> {
        let case_types = CaseTypes::of(&self.workspace).map_err(wrong)?;
        let me = self.workspace.user();
        let lead = self.is_lead();
        let mut lines = Vec::new();
        for row in self.workspace.qa_rows().map_err(wrong)? {
            let mine = self.is_for_me(&row);
            if !mine && (row.held || !lead) && row.case.reviewer != me.as_str() {
                continue;
            }
            lines.push(Line {
                reading: row.reading.to_string(),
                case: row.case.number.to_string(),
                case_type: case_types.title(&row.case),
                region: row.case.region.clone(),
                reviewer: match row.case.which {
                    Which::First => row.case.reviewer.clone(),
                    which => format!("{} ({which})", row.case.reviewer),
                },
                standing: match row.level {
                    Some(level) => level.title().to_owned(),
                    None => "sent back".to_owned(),
                },
                notes: row.notes,
                mine,
            });
        }
        Ok(Told::List(lines, said))
    }

    /// The key of the review QA opens for a case: one the person has to do with, else a final
    /// one.
    pub fn qa_reading(&self, case: CaseNumber) -> Result<String, String> {
        let rows = self.workspace.qa_rows().map_err(wrong)?;
        let of_case = || rows.iter().filter(|row| row.case.number == case);
        let me = self.workspace.user();
        let own = |row: &&QaRow| row.case.reviewer == me.as_str();
        // The settled review stands for both others.
        let mine = of_case().filter(|row| self.is_for_me(row));
        let found = mine.min_by_key(|row| row.case.which != Which::Final);
        let found = found.or_else(|| of_case().find(own)).or_else(|| of_case().next());
        if let Some(row) = found {
            return Ok(row.reading.to_string());
        }
        let queue = self.workspace.queue(&QueueFilter::default()).map_err(wrong)?;
        let row = queue.iter().filter(|row| row.number == case && row.reading.is_some());
        let best = row.max_by_key(|row| (row.status == Status::Final, row.which));
        let reading = best.and_then(|row| row.reading);
        reading.map(|id| id.to_string()).ok_or_else(|| format!("{case} is not read by anyone"))
    }

    fn qa_opened(&mut self, key: &str, said: Option<String>) -> Result<Told, String> {
        let id = id(key)?;
        let me = self.workspace.user().clone();
        let reading = self.workspace.reading(id).map_err(wrong)?;
        let is_mine = reading.reviewer == me || reading.partner.as_ref() == Some(&me);
        let look = self.would_qa(id)?;
        if !is_mine && look == Look::No {
            let refused = self.workspace.would(&Command::Qa { reading: id, step: QaStep::Approve });
            return Err(refused.err().map(|error| error.to_string()).unwrap_or_default());
        }
        let edition = self.workspace.instrument(&reading.instrument).map_err(wrong)?;
        let answers = review::answers(&edition, &reading).ok_or("the case type is unknown")?;
        let status = self.workspace.status_of(id).map_err(wrong)?;
        let standing = match status {
            Status::Open if reading.quality.sent_back().is_some() => {
                format!("sent back to {}", reading.reviewer)
            }
            Status::Open => format!("with {}", reading.reviewer),
            Status::InQa => self.level_of(id).map_or("with QA", QaLevel::title).to_owned(),
            other => other.code().to_owned(),
        };
        let with_me = look == Look::Does;
        let reopen = Command::Reopen { reading: id, reason: "-".to_owned() };
        let may_reopen = status == Status::Final && self.workspace.would(&reopen).is_ok();
        let (_, held) = review::effective(&edition, &reading, &answers);
        let overrides = held.iter().filter_map(|(at, computed, rating)| {
            let item = edition.item(*at).id();
            let one = reading.overrides.get(item)?;
            let why = one.why.text().unwrap_or("(removed)");
            let (rating, computed) = (rating.title(), computed.title());
            Some(format!("Item {item}: ** {rating}, computed {computed}; {}: {why}", one.by))
        });
        let overrides: Vec<String> = overrides.collect();
        let first = edition.items().first().map_or("", |item| item.id()).to_owned();
        let trial =
            Command::Override { reading: id, item: first, rating: None, why: "-".to_owned() };
        let may_override = match self.workspace.would(&trial) {
            Ok(()) | Err(ActError::Refused(Refusal::Qa(QaRefusal::NotOverridden { .. }))) => true,
            Err(_) => false,
        };
        let mut notes: Vec<Note> =
            reading.quality.notes.iter().map(|one| note(&edition, &answers, one)).collect();
        notes.sort_by_key(|note| note.settled.is_some());
        let late = reading.quality.late.iter().map(|one| {
            let why = one.why.text().unwrap_or("(removed)");
            format!("changed after it was final: {} {}: {why}", day(one.at), one.by)
        });
        let opened = Opened {
            reading: key.to_owned(),
            case: reading.case.number.to_string(),
            about: about(&reading, &edition),
            standing,
            with_me,
            is_mine,
            may_reopen,
            overrides,
            may_override,
            notes,
            late: late.collect(),
            drafts: self.sheets(&sheets_of(key)).map_err(wrong)?,
            instrument: edition,
        };
        Ok(Told::Opened(Box::new(opened), said))
    }

    /// Whether the person does QA on a reading now; else whether they may look at its notes.
    fn would_qa(&mut self, id: ReadingId) -> Result<Look, String> {
        let approve = Command::Qa { reading: id, step: QaStep::Approve };
        let lead = self.is_lead();
        Ok(match self.workspace.would(&approve) {
            Ok(()) | Err(ActError::Refused(Refusal::Qa(QaRefusal::NotesOpen { .. }))) => Look::Does,
            Err(ActError::Refused(Refusal::Qa(QaRefusal::NotWithQa { .. }))) if lead => Look::May,
            Err(ActError::Refused(Refusal::Qa(QaRefusal::NoQa(_)))) if lead => Look::May,
            Err(ActError::Refused(_)) => Look::No,
            Err(ActError::Store(error)) => return Err(wrong(error)),
        })
    }

    fn level_of(&self, id: ReadingId) -> Option<QaLevel> {
        let rows = self.workspace.qa_rows().ok()?;
        rows.into_iter().find(|row| row.reading == id)?.level
    }

    /// Whether the review screen leads to notes of QA: to whoever does QA here, and to its
    /// reader once there is one.
    pub(super) fn has_qa(&self, reading: &Reading) -> Result<bool, StoreError> {
        let me: &PersonCode = self.workspace.user();
        let is_mine = reading.reviewer == *me || reading.partner.as_ref() == Some(me);
        if is_mine {
            return Ok(!reading.quality.notes.is_empty());
        }
        let rows = self.workspace.qa_rows()?;
        let with_me = rows.iter().any(|row| row.reading == reading.id && self.is_for_me(row));
        Ok(with_me || self.is_lead() && !reading.quality.notes.is_empty())
    }
}

/// What a person has to do with QA on a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// They do it now.
    Does,
    /// They may look at its notes.
    May,
    /// Nothing.
    No,
}

fn wrong(error: StoreError) -> String {
    format!("the workspace {error}")
}

fn id(reading: &str) -> Result<ReadingId, String> {
    reading.parse().map_err(|_| "nobody reads this case yet".to_owned())
}

fn about(reading: &Reading, edition: &Instrument) -> String {
    let case = &reading.case;
    let case_type = edition.case_types().iter().find(|known| known.code == case.case_type);
    let case_type = case_type.map_or(case.case_type.as_str(), |known| known.title.as_str());
    format!("{case_type}, {}, read by {}", case.region, reading.reviewer)
}

fn note(edition: &Instrument, answers: &Answers, one: &Sticky) -> Note {
    let text = |words: &review::Words| words.text().unwrap_or("(removed)").to_owned();
    let (ask, answer, narrative) = match edition.find_question(&one.place) {
        Some(at) => {
            let question = edition.question(at);
            let value = value_of(edition, answers, at);
            let answer = value.map_or("no answer".to_owned(), |v| value_words(question, &v));
            let narrative = text_beside(edition, answers, at).unwrap_or_default().to_owned();
            (question.ask().to_owned(), answer, narrative)
        }
        None => match edition.find_item(&one.place) {
            Some(at) => {
                let rating = score(edition, answers).item(at).rating;
                (edition.item(at).title().to_owned(), rating.title().to_owned(), String::new())
            }
            None => (String::new(), String::new(), String::new()),
        },
    };
    let settled = one.settled.as_ref().map(|settled| {
        let how = if settled.talked { "settled in conversation" } else { "settled" };
        let summary = settled.summary.as_ref().map(|words| format!(": {}", text(words)));
        format!("{how} by {}{}", settled.by, summary.unwrap_or_default())
    });
    Note {
        id: one.id,
        place: one.place.clone(),
        ask,
        answer,
        narrative,
        who: format!("{}, {}", one.by, one.level.title()),
        text: text(&one.text),
        replies: one.replies.iter().map(|r| (r.by.to_string(), text(&r.text))).collect(),
        settled,
    }
}
