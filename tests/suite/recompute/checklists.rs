//! Random workspaces of checklists: questions, sections, issues, measures.

use std::collections::BTreeMap;
use std::fmt::Write;

use casereview::instrument::{CaseTypeIx, Instrument, load_shipped};
use serde_json::Value;

use super::compared::{Compared, rows};
use super::figures::ratio;
use super::log::{Answers, Log};
use super::world::{Dice, World};
use super::{asked, group, group_of};
use crate::import_answers::HEADER;
use crate::program::run;
use crate::report_file::{random_case, said};

const SHIPPED: [&str; 4] =
    ["tn-qri", "quality-contacts", "tn-case-process-review", "foster-care-review"];

/// A review of a checklist.
struct Review {
    facts: BTreeMap<String, String>,
    answers: Answers,
}

/// A workspace of one checklist, and what its events say.
pub struct Lists {
    world: World,
    instrument: std::sync::Arc<Instrument>,
    reviews: Vec<Review>,
}

impl Lists {
    pub fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut dice = Dice::new(seed ^ 0x11575);
        let id = SHIPPED[(seed % 4) as usize];
        let instrument = load_shipped(id).unwrap();
        let mut file = HEADER.to_owned();
        for number in 0..5 + dice.roll(20) {
            let at = dice.roll(instrument.case_types().len() as u64) as usize;
            let mut roll = |sides: usize| dice.roll(sides as u64) as usize;
            let given = random_case(&instrument, &mut roll, CaseTypeIx(at as u8));
            let case_type = &instrument.case_types()[at].code;
            let region = dice.pick(&["East", "Knox", "=1+1"]);
            let county = dice.pick(&["Roane", "Knox"]);
            let period = dice.pick(&["2025-H2", "2026-H1"]);
            for (question, answer) in given {
                let facts = format!("{region},{county},{period},R1");
                writeln!(file, "C-{number},{case_type},{question},{answer},{facts}").unwrap();
            }
        }
        std::fs::write(folder.path().join("answers.csv"), file).unwrap();
        for line in [
            &["init", "--instrument", id, "--name", "Lists", "--as", "lead"][..],
            &["import", "answers", "answers.csv", "--as", "lead"],
        ] {
            let (code, _, err) = run(folder.path(), &[line, &["--workspace", "l.db"]].concat());
            assert_eq!(code, 0, "{line:?}: {err}");
        }
        let log = Log::read(&folder.path().join("l.db"));
        let mut reviews = Vec::new();
        for case in log.cases.into_values() {
            for (_, read) in case.reads.into_iter().filter(|(_, read)| read.sealed) {
                let mut facts = case.facts.clone();
                let asked = instrument.reporting().month.map(|at| instrument.question(at).id());
                let day = asked.and_then(|id| read.answers.get(id)).unwrap_or(&read.at);
                facts.insert("month".to_owned(), day[..7].to_owned());
                reviews.push(Review { facts, answers: read.answers });
            }
        }
        Self { world: World::empty(folder, "l.db"), instrument, reviews }
    }

    fn groups(&self, way: &[&str]) -> BTreeMap<Vec<String>, Vec<&Review>> {
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &self.reviews {
            groups.entry(group(&one.facts, way)).or_default().push(one);
        }
        groups
    }

    /// What the counted questions that `is` picks were answered with.
    fn said(&self, review: &Review, is: impl Fn(&str) -> bool) -> Vec<&'static str> {
        let counted = |question: &str| {
            let at = self.instrument.find_question(question).unwrap();
            self.instrument.question(at).counted()
        };
        let all = review.answers.iter().filter(|(question, _)| is(question) && counted(question));
        all.filter_map(|(question, answer)| said(&self.instrument, question, answer)).collect()
    }

    pub fn compare(&self, compared: &mut Compared) {
        if self.reviews.is_empty() {
            return;
        }
        for way in [&[][..], &["region"], &["case_type", "period"]] {
            self.questions(way, compared);
            self.sections(way, compared);
            self.issues(way, compared);
            self.measures(way, compared);
        }
    }

    fn counts(&self, row: &Value, said: &[&str], compared: &mut Compared) {
        let of = |what: &str| said.iter().filter(|one| **one == what).count() as u64;
        let yes = of("yes") + of("good_faith");
        compared.count(row, "yes", yes);
        compared.count(row, "good_faith", of("good_faith"));
        compared.count(row, "no", of("no"));
        compared.count(row, "na", of("na"));
        compared.count(row, "applicable", yes + of("no"));
        compared.share(row, (yes, yes + of("no")));
        compared.number(row, "target", self.instrument.reporting().target);
    }

    fn questions(&self, way: &[&str], compared: &mut Compared) {
        let groups = self.groups(way);
        for row in rows(&self.world, &asked("questions", way)) {
            let question = row["question"].as_str().unwrap();
            let reviews = &groups[&group_of(&row, way)];
            let said: Vec<_> =
                reviews.iter().flat_map(|one| self.said(one, |id| id == question)).collect();
            self.counts(&row, &said, compared);
        }
    }

    fn sections(&self, way: &[&str], compared: &mut Compared) {
        let groups = self.groups(way);
        for row in rows(&self.world, &asked("sections", way)) {
            let section = row["section"].as_str().unwrap();
            let is = |id: &str| id.split('.').next() == Some(section);
            let by_case: Vec<Vec<_>> =
                groups[&group_of(&row, way)].iter().map(|one| self.said(one, is)).collect();
            let cases = by_case.iter().filter(|said| said.iter().any(|one| *one != "na")).count();
            compared.count(&row, "cases", cases as u64);
            self.counts(&row, &by_case.concat(), compared);
        }
    }

    fn issues(&self, way: &[&str], compared: &mut Compared) {
        let groups = self.groups(way);
        let starts = self.instrument.reporting().year_starts;
        let year = |month: &str| {
            let (year, month) = month.split_once('-').unwrap();
            let early = month.parse::<u32>().unwrap() < starts;
            year.parse::<i64>().unwrap() - i64::from(early)
        };
        let found = rows(&self.world, &asked("issues", way));
        let text = self.world.run(&asked("issues", way)).1;
        let of = |row: &Value| (group_of(row, way), row["month"].as_str().unwrap().to_owned());
        let latest: BTreeMap<_, _> = found.iter().map(of).fold(BTreeMap::new(), |mut all, one| {
            let month: &mut String = all.entry(one.0).or_default();
            *month = one.1.max(month.clone());
            all
        });
        for row in found {
            // On screen a group has its last month.
            let (place, month) = of(&row);
            if latest[&place] == month {
                in_text(&row, &text);
            }
            let (section, issue, month) = (
                row["section"].as_str().unwrap(),
                row["issue"].as_str().unwrap(),
                row["month"].as_str().unwrap(),
            );
            let is = |id: &str| {
                (issue.is_empty() || id == issue)
                    && (section.is_empty() || id.split('.').next() == Some(section))
            };
            let cited =
                |one: &Review, is: &dyn Fn(&str) -> bool| self.said(one, is).contains(&"no");
            let reviews = &groups[&group_of(&row, way)];
            for (front, inside) in [
                ("", &(|other: &str| other == month) as &dyn Fn(&str) -> bool),
                ("ytd_", &|other: &str| other <= month && year(other) == year(month)),
            ] {
                let of: Vec<_> = reviews.iter().filter(|one| inside(&one.facts["month"])).collect();
                let n = of.len() as u64;
                let x = of.iter().filter(|one| cited(one, &is)).count() as u64;
                let any = of.iter().filter(|one| cited(one, &|_| true)).count() as u64;
                compared.count(&row, &format!("{front}reviewed"), n);
                compared.count(&row, &format!("{front}cited"), x);
                compared.count(&row, &format!("{front}cases_cited"), any);
                compared.part(&row, &format!("{front}proportion"), (x, n));
                compared.part(&row, &format!("{front}proportion_of_cited"), (x, any));
            }
        }
    }

    fn measures(&self, way: &[&str], compared: &mut Compared) {
        if self.instrument.measures().is_empty() {
            return;
        }
        let groups = self.groups(way);
        for row in rows(&self.world, &asked("measures", way)) {
            let all = self.instrument.measures();
            let measure = all.iter().find(|measure| row["measure"] == *measure.id).unwrap();
            let [due, made] =
                [measure.of, measure.met].map(|at| self.instrument.question(at).id().to_owned());
            let reviews = &groups[&group_of(&row, way)];
            let of = |one: &Review, id: &str| one.answers.get(id)?.parse::<u64>().ok();
            let cases: Vec<(u64, u64)> = reviews
                .iter()
                .filter_map(|one| Some((of(one, &due)?, of(one, &made)?)))
                .filter(|(due, _)| *due > 0)
                .map(|(due, made)| (due, made.min(due)))
                .collect();
            let sum = |of: fn(&(u64, u64)) -> u64| cases.iter().map(of).sum::<u64>();
            let (due, made) = (sum(|one| one.0), sum(|one| one.1));
            compared.count(&row, "cases", cases.len() as u64);
            compared.count(&row, "due", due);
            compared.count(&row, "made", made);
            compared.part(&row, "proportion", (made, due));
            compared.interval(&row, ratio(&cases));
        }
    }
}

/// The numbers of a row side by side in a line of the text.
fn in_text(row: &Value, text: &str) {
    let shown = [
        "cited",
        "percent",
        "percent_of_cited",
        "ytd_cited",
        "ytd_percent",
        "ytd_percent_of_cited",
    ];
    let cells = shown.map(|name| match row["printed"][name].as_str().unwrap() {
        "" => "n/a",
        cell => cell,
    });
    let holds = |line: &str| line.split_whitespace().collect::<Vec<_>>().ends_with(&cells);
    assert!(text.lines().any(holds), "no line {cells:?} of {row} in\n{text}");
}
