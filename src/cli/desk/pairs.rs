//! Pairs of reviews as the tasks settle them.

use std::sync::Arc;

use super::saving::reason_on;
use super::{Desk, day};
use crate::instrument::{self, CodeSet, Instrument, ItemIx, Place, QuestionIx, Role};
use crate::review::{
    self, CaseNumber, Command, Differs, ItemSides, Reading, ReadingId, SettleDifference, Settling,
    Sides, Slot, Status,
};
use crate::scoring::{Answers, Asked, Scores, Value, score, unfinished, value_words, write_value};
use crate::store::{ActError, PairRow, StoreError};
use crate::task::Field;
use crate::task::reconcile::{
    Beside, Difference, ItemLine, Opened, Pair, PairStatus, Settled, Settling as Wanted, side_of,
    took_of,
};

impl Desk {
    /// The cases with two reviews, for a lead.
    ///
    /// # Errors
    /// When the file can't be read.
    pub(super) fn pairs(&self) -> Result<Vec<Pair>, StoreError> {
        self.workspace.pairs()?.iter().map(|row| self.pair_line(row)).collect()
    }

    /// How many pairs are sealed and not settled; none without a case read twice, or for
    /// someone who settles none.
    pub(super) fn pairs_open(&self) -> Result<Option<usize>, StoreError> {
        if !self.is_lead() {
            return Ok(None);
        }
        let pairs = self.workspace.pairs()?;
        let open = pairs.iter().filter(|pair| pair.is_sealed() && !is_settled(pair)).count();
        Ok((!pairs.is_empty()).then_some(open))
    }

    fn pair_line(&self, row: &PairRow) -> Result<Pair, StoreError> {
        let edition = self.workspace.instrument(&row.instrument)?;
        let status = if is_settled(row) {
            PairStatus::Settled
        } else if row.is_sealed() {
            let (items, answers) = self.disagreement(&edition, row)?;
            PairStatus::ToSettle { items, answers }
        } else {
            PairStatus::Waiting
        };
        let case_type = edition.case_types().iter().find(|known| known.code == row.case_type);
        Ok(Pair {
            case: row.number.to_string(),
            case_type: case_type.map_or_else(|| row.case_type.clone(), |known| known.title.clone()),
            region: row.region.clone(),
            status,
            begun: row.settled.is_some(),
        })
    }

    /// Items rated differently and answers to settle.
    fn disagreement(
        &self,
        edition: &Instrument,
        row: &PairRow,
    ) -> Result<(usize, usize), StoreError> {
        let Some(sides) = self.sides(edition, row.readings)? else { return Ok((0, 0)) };
        let items = sides.compare(edition);
        let answers = items.iter().flat_map(|item| &item.differences);
        let answers = answers.filter(|one| one.differs != Differs::Follows).count();
        Ok((items.iter().filter(|item| item.is_apart()).count(), answers))
    }

    fn sides(
        &self,
        edition: &Instrument,
        readings: [ReadingId; 2],
    ) -> Result<Option<Sides>, StoreError> {
        let [first, second] = readings;
        let first = review::answers(edition, &*self.workspace.reading(first)?);
        let second = review::answers(edition, &*self.workspace.reading(second)?);
        Ok(first.zip(second).map(|(first, second)| Sides::new(edition, [first, second])))
    }

    /// Begins or goes on with the settling of a case.
    pub(super) fn open_pair(&mut self, case: &str) -> Result<Opened, String> {
        let number: CaseNumber = case.parse().map_err(|_| format!("{case} is no case"))?;
        let begin = |error: ActError| error.to_string();
        let found = self.pair_of(number)?;
        // What is settled for good is only looked at.
        if !is_settled(&found) || !self.rests_on_its_seals(&found)? {
            self.workspace.act(&Command::Reconcile { case: number }).map_err(begin)?;
        }
        self.pair(number)
    }

    fn pair_of(&self, number: CaseNumber) -> Result<PairRow, String> {
        let pairs = self.workspace.pairs().map_err(|error| format!("the workspace {error}"))?;
        let found = pairs.into_iter().find(|pair| pair.number == number);
        found.ok_or_else(|| format!("{number} has no two reviews"))
    }

    fn rests_on_its_seals(&self, row: &PairRow) -> Result<bool, String> {
        let said = |error: StoreError| format!("the workspace {error}");
        let Some((settled, _)) = row.settled else { return Ok(false) };
        let settled = self.workspace.reading(settled).map_err(said)?;
        let Some(pair) = &settled.pair else { return Ok(true) };
        for (id, seal) in pair.readings.into_iter().zip(pair.seals) {
            let reading = self.workspace.reading(id).map_err(said)?;
            if reading.seal.as_ref().is_none_or(|now| now.head.hash != seal) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Stores a settlement.
    pub(super) fn settle(&mut self, reading: &str, wanted: Wanted) -> Result<Opened, String> {
        let (id, state, edition) = self.settled(reading)?;
        let pair = state.pair.as_ref().ok_or("the review settles no pair")?;
        let swapped = is_swapped(pair);
        let question = edition.question(wanted.question);
        let command = Command::Settle(SettleDifference {
            reading: id,
            question: question.id().to_owned(),
            took: took_of(wanted.side, swapped),
            value: wanted.value.map(|value| write_value(question, &value)),
            narrative: None,
            cause: wanted.cause,
            reason: wanted.reason,
        });
        self.workspace.act(&command).map_err(|error| error.to_string())?;
        self.draft(reading, usize::from(wanted.question.0), Field::Reason, "");
        self.pair(state.case.number)
    }

    /// Takes over what is asked at the end of every item, and hands the settled review in.
    pub(super) fn hand_in(&mut self, reading: &str) -> Result<Opened, String> {
        let (id, state, _) = self.settled(reading)?;
        let act = |desk: &mut Self, command: &Command| {
            desk.workspace.act(command).map(|_| ()).map_err(|error| error.to_string())
        };
        act(self, &Command::TakeClosing { reading: id })?;
        act(self, &Command::Submit { reading: id })?;
        self.pair(state.case.number)
    }

    /// Reasons that were being written when the program ended.
    fn reasons(
        &self,
        id: ReadingId,
        edition: &Instrument,
    ) -> Result<Vec<(QuestionIx, String)>, StoreError> {
        let drafts = self.workspace.drafts(id)?;
        let found = edition.question_positions().filter_map(|at| {
            let place = (reason_on(edition.question(at).id()), Slot::Narrative);
            drafts.get(&place).map(|text| (at, text.clone()))
        });
        Ok(found.collect())
    }

    fn settled(&self, reading: &str) -> Result<(ReadingId, Arc<Reading>, Arc<Instrument>), String> {
        let said = |error: StoreError| format!("the workspace {error}");
        let id: ReadingId = reading.parse().map_err(|_| "no pair is open".to_owned())?;
        let state = self.workspace.reading(id).map_err(said)?;
        let edition = self.workspace.instrument(&state.instrument).map_err(said)?;
        Ok((id, state, edition))
    }

    /// The pair of a case as it stands.
    fn pair(&mut self, number: CaseNumber) -> Result<Opened, String> {
        let said = |error: StoreError| format!("the workspace {error}");
        let row = self.pair_of(number)?;
        let (id, _) = row.settled.ok_or_else(|| format!("settling of {number} is not begun"))?;
        let (_, settled, edition) = self.settled(&id.to_string())?;
        let pair = settled.pair.as_ref().ok_or("the review settles no pair")?;
        let swapped = is_swapped(pair);
        let sides = self
            .sides(&edition, pair.readings)
            .map_err(said)?
            .ok_or("the instrument has no such case type")?;
        let answers = review::answers(&edition, &settled).ok_or("the case type is unknown")?;
        let items = sides.compare(&edition);
        let shown = Shown {
            edition: &edition,
            items: &items,
            sides: &sides,
            answers: &answers,
            scores: &score(&edition, &answers),
            pair,
            swapped,
        };
        let done = settled.seal.as_ref().map(|seal| {
            let mut readers = row.reviewers.map(|code| code.to_string());
            if swapped {
                readers.reverse();
            }
            (format!("handed in {}", day(seal.at)), readers)
        });
        let case_type = edition.case_types().iter().find(|known| known.code == row.case_type);
        let case_type = case_type.map_or(row.case_type.as_str(), |known| known.title.as_str());
        let opened = Opened {
            reading: id.to_string(),
            case_type: answers.case_type,
            case: number.to_string(),
            about: format!("{case_type}, {}", row.region),
            items: items.iter().map(|item| shown.item(item)).filter(has_something).collect(),
            done,
            missing: shown.missing(),
            drafts: self.reasons(id, &edition).map_err(said)?,
            instrument: Arc::clone(&edition),
        };
        self.edition = Some(edition);
        Ok(opened)
    }
}

fn has_something(line: &ItemLine) -> bool {
    !line.differences.is_empty()
}

fn is_settled(row: &PairRow) -> bool {
    row.settled.is_some_and(|(_, status)| status != Status::Open)
}

/// Whether the second review is shown as A. It hangs on the case alone, so it stays the same
/// from one look to the next, and tells nothing of who read first.
fn is_swapped(pair: &Settling) -> bool {
    let bytes = pair.readings.iter().flat_map(|id| id.0);
    bytes.fold(0, |sum: u8, byte| sum ^ byte).count_ones() % 2 == 1
}

/// A pair on its way to the screen.
struct Shown<'p> {
    edition: &'p Instrument,
    items: &'p [ItemSides],
    sides: &'p Sides,
    answers: &'p Answers,
    scores: &'p Scores,
    pair: &'p Settling,
    swapped: bool,
}

impl Shown<'_> {
    fn item(&self, item: &ItemSides) -> ItemLine {
        let ratings = |at: ItemIx| {
            let [mut a, mut b] = item.ratings;
            if self.swapped {
                std::mem::swap(&mut a, &mut b);
            }
            [a, b, self.scores.item(at).rating]
        };
        let follow = item.differences.iter().filter(|one| one.differs == Differs::Follows).count();
        let differences = item.differences.iter().filter(|one| one.differs != Differs::Follows);
        let line = |one: &review::Difference| Difference {
            question: one.question,
            is_root: one.differs == Differs::Root,
            is_asked: self.scores.asked(one.question) == Asked::Yes,
            sides: self.both(one.question),
            settled: self.how(one.question),
        };
        ItemLine {
            item: item.item,
            ratings: item.item.map(ratings),
            differences: differences.map(line).collect(),
            follow,
            beside: item.item.map(|at| self.beside(at)).unwrap_or_default(),
        }
    }

    /// A's and B's answer in words, with the text beside it.
    fn both(&self, at: QuestionIx) -> [(String, String); 2] {
        let order = if self.swapped { [1, 0] } else { [0, 1] };
        order.map(|side| {
            let value = self.sides.value(self.edition, side, at);
            let text = self.sides.answers[side].narrative(at).unwrap_or_default();
            (self.words(at, value.as_ref()), text.to_owned())
        })
    }

    /// What else the two have apart in an item: sources and other closing answers, and the
    /// narratives beside answers.
    fn beside(&self, item: ItemIx) -> Vec<Beside> {
        let order = if self.swapped { [1, 0] } else { [0, 1] };
        let questions = self.edition.question_positions().filter(|at| {
            let Place::Item(place) = self.edition.question(*at).place() else { return false };
            place == item || self.edition.item(place).parent() == Some(item)
        });
        let mut found = Vec::new();
        for at in questions {
            let question = self.edition.question(at);
            let is_closing = matches!(question.role(), Role::Closing | Role::Explanation { .. });
            let values = order.map(|side| self.sides.value(self.edition, side, at));
            let texts = order.map(|side| {
                let text = self.sides.answers[side].narrative(at).unwrap_or_default();
                if self.sides.asked(side, at) { text.to_owned() } else { String::new() }
            });
            let differ = texts[0] != texts[1] || (is_closing && values[0] != values[1]);
            if !differ {
                continue;
            }
            let only = match &values {
                [Some(Value::Codes(a)), Some(Value::Codes(b))] if is_closing => {
                    let ticked = |one: &CodeSet, other: &CodeSet| {
                        let options = question.options().iter().enumerate();
                        let alone = options.filter(|(at, _)| {
                            one.meets(CodeSet::one(*at)) && !other.meets(CodeSet::one(*at))
                        });
                        alone
                            .map(|(_, option)| option.title.as_str())
                            .collect::<Vec<_>>()
                            .join(", ")
                    };
                    Some([ticked(a, b), ticked(b, a)])
                }
                _ => None,
            };
            let side = |side: usize| {
                let value = values[side].as_ref().filter(|_| is_closing);
                let value = value.map(|value| value_words(question, value)).unwrap_or_default();
                let parts = [value.as_str(), texts[side].as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                parts.join(": ")
            };
            found.push(Beside {
                name: instrument::words::name(self.edition, at),
                sides: [side(0), side(1)],
                only,
            });
        }
        found
    }

    fn words(&self, at: QuestionIx, value: Option<&Value>) -> String {
        value.map_or_else(
            || "not asked".to_owned(),
            |value| value_words(self.edition.question(at), value),
        )
    }

    fn how(&self, at: QuestionIx) -> Option<Settled> {
        let settled = self.pair.settled.get(self.edition.question(at).id())?;
        Some(Settled {
            side: side_of(settled.took, self.swapped),
            answer: self.words(at, self.answers.get(at)),
            cause: settled.cause,
            reason: settled.reason.text().unwrap_or("(removed)").to_owned(),
        })
    }

    /// What the settled review would lack if it were handed in now.
    fn missing(&self) -> Vec<String> {
        let mut whole = self.answers.clone();
        review::fill_closing(self.edition, self.sides, &mut whole);
        let scores = score(self.edition, &whole);
        let differ = self.items.iter().flat_map(|item| &item.differences);
        let open: Vec<QuestionIx> = differ.map(|one| one.question).collect();
        unfinished(self.edition, &whole, &scores)
            .into_iter()
            .filter(|missing| !open.contains(&missing.question))
            .map(|missing| missing.line(self.edition))
            .collect()
    }
}
