//! What one review says of a line of the results: ratings with their why, answers, narratives.

use super::Desk;
use crate::instrument::{Instrument, ItemIx, Place, QuestionIx, load_shipped, words};
use crate::report::Components;
use crate::report::explore::Topic;
use crate::review::{Reading, ReadingId, answers, effective};
use crate::scoring::{
    Answers, Asked, Scores, explain_item, explain_outcome, text_beside, value_of, value_words,
    why_title,
};
use crate::store::StoreError;
use crate::task::list::Cursor;
use crate::task::results::{About, Look};
use crate::task::review::{Page, PageLine};
use crate::text::count;

/// A review with what it comes to.
struct Told<'t> {
    edition: &'t Instrument,
    answers: &'t Answers,
    scores: &'t Scores,
    page: Page,
}

impl Desk {
    /// What a review says of a line.
    pub(super) fn look(&self, reading: &str, about: &About) -> Result<Look, String> {
        let said = |error: StoreError| format!("the workspace {error}");
        let id: ReadingId = reading.parse().map_err(|_| "there is no such review".to_owned())?;
        if let Some(case) = self.imported(id).map_err(said)? {
            return Ok(only_ratings(case, about));
        }
        let reading = self.workspace.reading(id).map_err(said)?;
        if !self.may_read(&reading) {
            return Err("the answers of a review are for its reader and leads".to_owned());
        }
        let case = reading.case.number.to_string();
        let edition = self.workspace.instrument(&reading.instrument).map_err(said)?;
        if reading.answers.is_empty() {
            return Ok(only_ratings(case, about));
        }
        let answers = answers(&edition, &reading)
            .ok_or_else(|| format!("the instrument has no case type {}", reading.case.case_type))?;
        let (scores, held) = effective(&edition, &reading, &answers);
        let mut told = Told {
            edition: &edition,
            answers: &answers,
            scores: &scores,
            page: Page { title: format!("{case}: {}", about.label), lines: Vec::new() },
        };
        told.about(about);
        for (item, computed, set) in held {
            let id = edition.item(item).id();
            told.page.lines.push(PageLine::Text(format!(
                "** Item {id} was set to {} against the computed {}.",
                set.title(),
                computed.title()
            )));
        }
        Ok(Look { case, page: told.page, cursor: Cursor::default() })
    }

    /// The case of imported ratings, which have no reader and nothing to read.
    fn imported(&self, id: ReadingId) -> Result<Option<String>, StoreError> {
        let rows = self.workspace.final_readings()?;
        let found = rows.into_iter().find(|row| row.reading == id && row.reviewer.is_empty());
        Ok(found.map(|row| row.number.to_string()))
    }

    /// Who read it, alone or with another, and leads.
    fn may_read(&self, reading: &Reading) -> bool {
        let user = self.workspace.user();
        self.is_lead() || reading.reviewer == *user || reading.partner.as_ref() == Some(user)
    }
}

fn only_ratings(case: String, about: &About) -> Look {
    let title = format!("{case}: {}", about.label);
    let text = "Only its ratings were imported: there are no answers to show.".to_owned();
    let page = Page { title, lines: vec![PageLine::Text(text)] };
    Look { case, page, cursor: Cursor::default() }
}

impl Told<'_> {
    fn about(&mut self, about: &About) {
        let key = about.keys.first().map_or("", String::as_str);
        match about.topic {
            Topic::Items | Topic::Trend => self.item(key),
            Topic::Outcomes => self.outcome(key),
            Topic::Components => {
                for id in self.covered(key) {
                    self.item(&id);
                }
            }
            Topic::Measures => self.measure(key),
            Topic::Questions
            | Topic::Participants
            | Topic::Reasons
            | Topic::Sections
            | Topic::Issues => match about.item.as_str() {
                // Any issue at all.
                "" => {
                    let items: Vec<ItemIx> = self.edition.item_positions().collect();
                    items.into_iter().for_each(|at| self.item_at(at));
                }
                item => self.item(item),
            },
        }
        if self.page.lines.is_empty() {
            self.page.lines.push(PageLine::Text("Nothing was asked of it here.".to_owned()));
        }
    }

    fn outcome(&mut self, id: &str) {
        let edition = self.edition;
        let Some(at) = edition.outcome_positions().find(|at| edition.outcome(*at).id() == id)
        else {
            return;
        };
        let rating = self.scores.outcome(at).rating.title();
        self.page
            .lines
            .push(PageLine::Heading(format!("{}: {rating}", edition.outcome(at).title())));
        let why = explain_outcome(edition, self.scores, at);
        self.page.lines.extend(why.into_iter().map(PageLine::Point));
        for item in edition.outcome(at).items() {
            self.item_at(*item);
        }
    }

    /// Ids of the items a component covers in the round of this edition.
    fn covered(&self, component: &str) -> Vec<String> {
        let Some(model) = load_shipped(Components::MODEL) else { return Vec::new() };
        let component = model.components().iter().find(|one| one.id == component);
        let covers = component.and_then(|one| {
            let round = self.edition.cfsr_round();
            one.covers.iter().find(|covers| round == Some(covers.round.as_str()))
        });
        covers.map_or_else(Vec::new, |covers| covers.items.clone())
    }

    fn measure(&mut self, id: &str) {
        let found = self.edition.measures().iter().find(|measure| measure.id == id);
        if let Some((of, met)) = found.map(|measure| (measure.of, measure.met)) {
            self.question(of);
            self.question(met);
        }
    }

    fn item(&mut self, id: &str) {
        if let Some(at) = self.edition.find_item(id) {
            self.item_at(at);
        }
    }

    /// An item: its rating, why, then every question that was asked.
    fn item_at(&mut self, at: ItemIx) {
        let edition = self.edition;
        let rating = self.scores.item(at).rating.title();
        let heading = words::item_heading(edition, at);
        let title = edition.item(at).title();
        self.page.lines.push(PageLine::Heading(format!("{heading} {title}: {rating}")));
        self.page.lines.push(PageLine::Text(why_title(edition, self.scores, at)));
        let why = explain_item(edition, self.answers, self.scores, at);
        self.page.lines.extend(why.into_iter().map(PageLine::Point));
        let within = |place: Place| match place {
            Place::Item(item) => item == at || edition.item(item).parent() == Some(at),
            Place::Face => false,
        };
        let asked = edition.question_positions().filter(|question| {
            within(edition.question(*question).place())
                && self.scores.asked(*question) == Asked::Yes
        });
        asked.collect::<Vec<_>>().into_iter().for_each(|question| self.question(question));
    }

    /// A question with its answer and the text beside it.
    fn question(&mut self, at: QuestionIx) {
        let question = self.edition.question(at);
        let name = words::name(self.edition, at);
        let answer = match value_of(self.edition, self.answers, at) {
            None => "no answer".to_owned(),
            Some(crate::scoring::Value::Rows(rows)) => count(rows.len(), "row", "rows"),
            Some(value) => value_words(question, &value),
        };
        self.page.lines.push(PageLine::Heading(format!("{name}: {answer}")));
        self.page.lines.push(PageLine::Text(question.ask().to_owned()));
        if let Some(narrative) = text_beside(self.edition, self.answers, at) {
            let lines = narrative.split('\n').filter(|line| !line.trim().is_empty());
            self.page.lines.extend(lines.map(|line| PageLine::Point(line.to_owned())));
        }
    }
}
