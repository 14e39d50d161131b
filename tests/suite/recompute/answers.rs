//! Reports on answers: questions, participants, reasons; and on the texts beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::compared::{Compared, rows};
use super::world::{Final, World};
use super::{asked, group_of, grouped, many};

/// Questions that rate an item, by person and item: a No to any makes it ANI. 14.B is recorded
/// only, and 15.A1 and A2 spare the search for relatives.
const PERSONS: [(&str, &str, &[&str]); 15] = [
    ("child", "14", &["14.A", "14.C", "14.D"]),
    ("child", "17", &["17.A1", "17.A2"]),
    ("child", "18", &["18.A"]),
    ("child", "19", &["19.A", "19.B"]),
    ("mother", "16", &["16.A"]),
    ("mother", "17", &["17.B1", "17.B3"]),
    ("mother", "18", &["18.B"]),
    ("mother", "20", &["20.A2", "20.C"]),
    ("father", "16", &["16.B"]),
    ("father", "17", &["17.B2", "17.B4"]),
    ("father", "18", &["18.C"]),
    ("father", "20", &["20.B2", "20.D"]),
    ("maternal-relatives", "15", &["15.B"]),
    ("paternal-relatives", "15", &["15.C"]),
    ("foster-parents", "17", &["17.C1", "17.C2"]),
];

fn said(one: &Final, question: &str) -> String {
    one.answers.as_ref().and_then(|all| all.get(question)).cloned().unwrap_or_default()
}

fn answered<'w>(world: &'w World, way: &[&str]) -> BTreeMap<Vec<String>, Vec<&'w Final>> {
    grouped(world.finals.iter().filter(|one| one.answers.is_some()), way)
}

pub fn all(world: &World, way: &[&str], compared: &mut Compared) {
    if answered(world, way).is_empty() {
        return;
    }
    questions(world, way, compared);
    participants(world, way, compared);
    reasons(world, way, compared);
}

fn questions(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = answered(world, way);
    let mut questions = BTreeSet::new();
    for row in rows(world, &asked("questions", way)) {
        let reviews = &groups[&group_of(&row, way)];
        let question = row["question"].as_str().unwrap();
        questions.insert(question.to_owned());
        let many = |code: &str| many(reviews, |one| said(one, question) == code);
        let (yes, no) = (many("yes"), many("no"));
        compared.count(&row, "yes", yes);
        compared.count(&row, "good_faith", 0);
        compared.count(&row, "no", no);
        compared.count(&row, "na", many("na"));
        compared.count(&row, "applicable", yes + no);
        compared.share(&row, (yes, yes + no));
        compared.number(&row, "target", None);
    }
    let about_people: BTreeSet<String> =
        PERSONS.iter().flat_map(|(_, _, all)| *all).map(|id| (*id).to_owned()).collect();
    assert!(about_people.is_subset(&questions), "{questions:?}");
}

fn participants(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = answered(world, way);
    let found = rows(world, &asked("participants", way));
    assert_eq!(found.len(), PERSONS.len() * groups.len());
    for row in &found {
        let reviews = &groups[&group_of(row, way)];
        let (person, item) = (row["participant"].as_str().unwrap(), row["item"].as_str().unwrap());
        let (_, _, questions) =
            PERSONS.iter().find(|(p, i, _)| (*p, *i) == (person, item)).unwrap();
        let any = |one: &Final, code: &str| questions.iter().any(|id| said(one, id) == code);
        let met = many(reviews, |one| any(one, "yes") && !any(one, "no"));
        let not = many(reviews, |one| any(one, "no"));
        compared.count(row, "applicable", met + not);
        compared.count(row, "met", met);
        compared.count(row, "not_met", not);
        let na = many(reviews, |one| any(one, "na") && !any(one, "yes") && !any(one, "no"));
        compared.count(row, "na", na);
        compared.share(row, (met, met + not));
        compared.number(row, "target", None);
    }
}

fn reasons(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = answered(world, way);
    let mut reasons = 0;
    for row in rows(world, &asked("reasons", way)) {
        let reviews = &groups[&group_of(&row, way)];
        let (question, reason) =
            (row["question"].as_str().unwrap(), row["reason"].as_str().unwrap());
        let asked = many(reviews, |one| !said(one, question).is_empty());
        let given = many(reviews, |one| said(one, question) == reason);
        compared.count(&row, "asked", asked);
        compared.count(&row, "given", given);
        compared.share(&row, (given, asked));
        reasons += given;
    }
    let all = groups.values().flatten().flat_map(|one| one.answers.iter().flatten());
    let wanted = all.filter(|(question, _)| question.ends_with(".reason")).count();
    assert_eq!(reasons, wanted as u64, "every reason given stands somewhere");
}

/// What the file of the instrument says of texts beside answers: `on-no` and the like, by
/// question.
fn rules() -> BTreeMap<String, String> {
    let text = include_str!("../../../instruments/cfsr-r2-items-14-20.toml");
    let file: toml::Value = toml::from_str(text).unwrap();
    let list = |of: &toml::Value, name: &str| -> Vec<toml::Value> {
        of.get(name).and_then(toml::Value::as_array).cloned().unwrap_or_default()
    };
    let mut rules = BTreeMap::new();
    for item in list(&file, "item") {
        let id = item["id"].as_str().unwrap().to_owned();
        for part in list(&item, "sub-item").into_iter().chain([item]) {
            for question in list(&part, "question") {
                if let Some(rule) = question.get("narrative").and_then(toml::Value::as_str) {
                    let local = question["id"].as_str().unwrap();
                    rules.insert(format!("{id}.{local}"), rule.to_owned());
                }
            }
        }
    }
    rules
}

/// Answers that had to have a text beside them, and the texts.
pub fn narratives(world: &World, way: &[&str], compared: &mut Compared) {
    let groups = answered(world, way);
    let rules = rules();
    let wanted = |one: &Final| -> Vec<(String, String)> {
        let all = one.answers.iter().flatten();
        let must =
            all.filter(|(question, answer)| match rules.get(*question).map(String::as_str) {
                Some("always") => true,
                Some("on-no") => *answer == "no",
                Some("on-yes") => *answer == "yes",
                _ => false,
            });
        must.map(|(question, _)| {
            let text = one.narratives.get(question).cloned().unwrap_or_default();
            (question.clone(), text)
        })
        .collect()
    };
    let lists = Lists::read();
    let found = rows(world, &asked("narratives", way));
    let mut texts = 0;
    for row in &found {
        let reviews = &groups[&group_of(row, way)];
        let item = row["item"].as_str().unwrap();
        let of_item = reviews.iter().flat_map(|one| wanted(one));
        let of_item: Vec<String> = of_item
            .filter(|(question, _)| question.split('.').next() == Some(item))
            .map(|(_, text)| text)
            .collect();
        let mut words: Vec<u64> = of_item.iter().map(|text| count_words(text)).collect();
        words.retain(|words| *words > 0);
        words.sort_unstable();
        compared.count(row, "texts_wanted", of_item.len() as u64);
        compared.count(row, "texts_written", words.len() as u64);
        if !words.is_empty() {
            compared.count(row, "median_words", words[(words.len() - 1) / 2]);
        }
        let short = words.iter().filter(|words| **words < 15).count();
        compared.count(row, "short", short as u64);
        for (name, names) in [
            ("without_who", lists.who()),
            ("without_when", lists.when()),
            ("without_what", lists.what()),
        ] {
            let written = of_item.iter().map(|text| words_of(text)).filter(|all| !all.is_empty());
            let without = written.filter(|all| !all.iter().any(|word| names(word))).count();
            compared.count(row, name, without as u64);
        }
        texts += of_item.len();
    }
    let all = groups.values().flatten().map(|one| wanted(one).len());
    assert_eq!(texts, all.sum::<usize>(), "every narrative stands somewhere");
}

/// Words, letter by letter, in small letters.
fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut inside = false;
    for letter in text.chars() {
        let part = letter.is_alphanumeric() || inside && (letter == '\'' || letter == '-');
        if part && !inside {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| part) {
            word.extend(letter.to_lowercase());
        }
        inside = part;
    }
    words
}

fn count_words(text: &str) -> u64 {
    words_of(text).len() as u64
}

/// The words that name people, times and deeds, as the program lists them.
struct Lists(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Lists {
    fn read() -> Self {
        let source = include_str!("../../../src/report/narratives.rs");
        let list = |name: &'static str| {
            let begin = source.split_once(&format!("const {name}: &[&str] = &[")).unwrap().1;
            let words = begin.split_once("];").unwrap().0.split('"').skip(1).step_by(2);
            (name, words.collect())
        };
        Self(["WHO", "WHEN", "NOT_DONE", "WHAT"].map(list).into())
    }
    fn has(&self, list: &str, word: &str) -> bool {
        let word = word.trim_end_matches(['-', '\'']);
        self.0[list].contains(word.strip_suffix("'s").unwrap_or(word))
    }
    fn who(&self) -> Box<dyn Fn(&str) -> bool + '_> {
        Box::new(|word| self.has("WHO", word))
    }
    fn when(&self) -> Box<dyn Fn(&str) -> bool + '_> {
        Box::new(|word| self.has("WHEN", word) || word.contains(|c: char| c.is_ascii_digit()))
    }
    fn what(&self) -> Box<dyn Fn(&str) -> bool + '_> {
        Box::new(|word| {
            let done = word.len() > 4 && (word.ends_with("ed") || word.ends_with("ing"));
            done && !self.has("NOT_DONE", word) || self.has("WHAT", word)
        })
    }
}
