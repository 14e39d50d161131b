//! What the events of a workspace say, read from the file by plain code: the bodies of the log
//! as JSON and the texts they name, nothing of the tables reports are made from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

/// Answers by question: codes, or texts as they were written.
pub type Answers = BTreeMap<String, String>;

/// A review as its events leave it.
#[derive(Debug, Clone, Default)]
pub struct Read {
    pub which: String,
    pub reviewer: String,
    pub answers: Answers,
    pub narratives: BTreeMap<String, String>,
    /// Something was answered in it.
    pub begun: bool,
    pub sealed: bool,
    /// When it was first handed in, and what it then held.
    pub first: Option<(String, Answers)>,
    /// When it was last handed in.
    pub at: String,
    pub approved: BTreeSet<String>,
    /// By item.
    pub overrides: BTreeMap<String, Override>,
    /// Settled differences by question.
    pub settled: BTreeMap<String, Settled>,
}

#[derive(Debug, Clone)]
pub struct Override {
    pub item: String,
    pub computed: String,
    pub rating: String,
    pub rule: String,
}

#[derive(Debug, Clone)]
pub struct Settled {
    pub took: String,
    pub cause: String,
}

#[derive(Debug, Clone)]
pub struct Raised {
    pub hash: String,
    pub kind: String,
    pub closed: bool,
}

/// A case as its events leave it.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub facts: BTreeMap<String, String>,
    pub reads: Vec<(String, Read)>,
    pub ratings: BTreeMap<String, String>,
    /// In the sample, or a spare.
    pub sample: Option<bool>,
    pub asked_out: Option<String>,
    pub eliminated: Option<String>,
    pub replaced: bool,
    pub came_in: bool,
    pub mode: Option<String>,
    pub alerts: Vec<Raised>,
}

/// A log read through.
#[derive(Debug, Default)]
pub struct Log {
    pub cases: BTreeMap<String, Case>,
    /// Cases in the frame by stratum.
    pub strata: BTreeMap<String, u64>,
    /// The round that was drawn.
    pub round: String,
    pub levels: BTreeSet<String>,
    texts: BTreeMap<String, String>,
    /// Case of a review.
    of: BTreeMap<String, String>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

fn facts(case: &Value) -> BTreeMap<String, String> {
    let names = ["region", "county", "case_type", "period", "round", "review_kind", "sample_id"];
    let fact = |name: &str| Some((name.to_owned(), case.get(name)?.as_str()?.to_owned()));
    names.into_iter().filter_map(fact).collect()
}

impl Log {
    pub fn read(file: &Path) -> Self {
        let db = Connection::open(file).unwrap();
        let mut log = Self::default();
        let mut query = db.prepare("SELECT lower(hex(hash)), text FROM words").unwrap();
        let texts = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        log.texts = texts.map(Result::unwrap).collect();
        let sql = "SELECT lower(hex(hash)), body FROM event ORDER BY position";
        let mut query = db.prepare(sql).unwrap();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let body: Vec<u8> = row.get(1).unwrap();
            log.take(&row.get::<_, String>(0).unwrap(), &serde_json::from_slice(&body).unwrap());
        }
        log
    }

    /// The code of an answer, or its text.
    fn held(&self, value: &Value) -> Option<String> {
        let code = value.get("code").and_then(Value::as_str).map(str::to_owned);
        code.or_else(|| self.texts.get(value.get("text")?.as_str()?).cloned())
    }

    fn entries(&self, list: &Value) -> (Answers, BTreeMap<String, String>) {
        let (mut answers, mut narratives) = (Answers::new(), BTreeMap::new());
        for one in list.as_array().into_iter().flatten() {
            if let Some(value) = self.held(&one["value"]) {
                answers.insert(text(&one["question"]), value);
            }
            if let Some(beside) = one.get("narrative") {
                let beside = beside.get("text").unwrap_or(beside);
                narratives.insert(text(&one["question"]), self.texts[&text(beside)].clone());
            }
        }
        (answers, narratives)
    }

    fn case(&mut self, data: &Value) -> &mut Case {
        let case = self.cases.entry(text(&data["number"])).or_default();
        for (name, value) in facts(data) {
            case.facts.entry(name).or_insert(value);
        }
        case
    }

    /// The review an event is about.
    fn review(&mut self, event: &Value) -> &mut Read {
        let id = text(&event["about"]).replace("reading:", "");
        let case = self.cases.get_mut(&self.of[&id]).unwrap();
        &mut case.reads.iter_mut().find(|(known, _)| *known == id).unwrap().1
    }

    fn take(&mut self, hash: &str, event: &Value) {
        let data = &event["data"];
        let id = text(&event["about"]).replace("reading:", "");
        match event["kind"].as_str().unwrap() {
            "sample-drawn" => {
                for one in data["strata"].as_array().unwrap() {
                    let size = one["size"].as_u64().unwrap();
                    self.strata.insert(text(&one["stratum"]), size);
                }
                for one in data["cases"].as_array().unwrap() {
                    let case = self.case(&one["case"]);
                    case.facts.insert("stratum".to_owned(), text(&one["place"]["stratum"]));
                    case.sample = Some(!one["place"]["spare"].as_bool().unwrap());
                    self.round = text(&one["case"]["round"]);
                }
            }
            "qa-levels-set" => {
                let levels = data["levels"].as_array().unwrap();
                self.levels = levels.iter().map(|level| text(&level["level"])).collect();
            }
            kind @ ("reading-imported" | "reading-assigned") => {
                let (answers, narratives) = self.entries(if kind == "reading-imported" {
                    &data["answers"]
                } else {
                    &data["start"]
                });
                let sealed = data.get("seal").is_some_and(|seal| !seal.is_null());
                let at = text(&event["at"]);
                let read = Read {
                    which: text(&data["which"]),
                    reviewer: text(&data["reviewer"]),
                    begun: kind == "reading-imported",
                    sealed,
                    first: sealed.then(|| (at.clone(), answers.clone())),
                    at,
                    answers,
                    narratives,
                    ..Read::default()
                };
                self.of.insert(id.clone(), text(&data["case"]["number"]));
                self.case(&data["case"]).reads.push((id, read));
            }
            "ratings-imported" => {
                for one in data["cases"].as_array().unwrap() {
                    let case = self.case(&one["case"]);
                    for (item, rating) in one["ratings"].as_object().unwrap() {
                        case.ratings.insert(item.clone(), text(rating));
                    }
                }
            }
            "answered" => {
                let value = self.held(&data["new"]);
                let read = self.review(event);
                read.begun = true;
                match value {
                    Some(value) => read.answers.insert(text(&data["question"]), value),
                    None => read.answers.remove(&text(&data["question"])),
                };
            }
            "narrated" => {
                let beside = data["new"].get("text").map(|hash| self.texts[&text(hash)].clone());
                let read = self.review(event);
                match beside {
                    Some(beside) => read.narratives.insert(text(&data["question"]), beside),
                    None => read.narratives.remove(&text(&data["question"])),
                };
            }
            "submitted" => {
                let at = text(&event["at"]);
                let read = self.review(event);
                read.sealed = true;
                read.approved.clear();
                if read.first.is_none() {
                    read.first = Some((at.clone(), read.answers.clone()));
                }
                read.at = at;
            }
            "qa-approved" => {
                self.review(event).approved.insert(text(&data["level"]));
            }
            "qa-sent-back" | "reading-reopened" => self.review(event).sealed = false,
            "rating-overridden" => {
                let [item, computed, rating, rule] =
                    ["item", "computed", "rating", "rule"].map(|name| text(&data[name]));
                let set = Override { item: item.clone(), computed, rating, rule };
                self.review(event).overrides.insert(item, set);
            }
            "override-removed" => {
                self.review(event).overrides.remove(&text(&data["item"]));
            }
            "difference-settled" => {
                let settled = Settled { took: text(&data["took"]), cause: text(&data["cause"]) };
                self.review(event).settled.insert(text(&data["question"]), settled);
            }
            _ => self.take_of_case(hash, event),
        }
    }

    /// What happens to a case rather than in a review.
    fn take_of_case(&mut self, hash: &str, event: &Value) {
        let data = &event["data"];
        let id = text(&event["about"]).replace("reading:", "");
        match event["kind"].as_str().unwrap() {
            "pair-arranged" => {
                let case = self.cases.get_mut(&text(&data["case"])).unwrap();
                case.mode = Some(text(&data["mode"]));
            }
            "alert-raised" => {
                let kind = text(&data["kind"]);
                let case = self.cases.get_mut(&self.of[&id]).unwrap();
                case.alerts.push(Raised { hash: hash.to_owned(), kind, closed: false });
            }
            "alert-closed" => {
                let case = self.cases.get_mut(&self.of[&id]).unwrap();
                let raised = case.alerts.iter_mut().find(|one| one.hash == text(&data["alert"]));
                raised.unwrap().closed = true;
            }
            "elimination-asked" => {
                let case = self.cases.get_mut(&text(&data["case"])).unwrap();
                case.asked_out = Some(text(&data["reason"]));
            }
            "elimination-approved" => {
                let case = self.cases.get_mut(&text(&data["case"])).unwrap();
                case.eliminated = case.asked_out.clone();
            }
            "spare-brought-in" => {
                self.cases.get_mut(&text(&data["instead_of"])).unwrap().replaced = true;
                self.cases.get_mut(&text(&data["spare"])).unwrap().came_in = true;
            }
            _ => {}
        }
    }
}
