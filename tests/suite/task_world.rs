//! A pretend outside for the tasks: a disk that can refuse.

use std::collections::BTreeMap;
use std::sync::Arc;

use casereview::instrument::{CodeSet, DEFAULT, Instrument, Kind, QuestionIx, load_shipped};
use casereview::review::Which;
use casereview::scoring::{Answers, Value};
use casereview::task::list::Cursor;
use casereview::task::queue::{Case, Status};
use casereview::task::reconcile::{
    Difference, ItemLine, Opened as PairOpened, Pair, PairStatus, Said, Settled, Third,
};
use casereview::task::results::{Loaded, Look};
use casereview::task::review::{Card, Draft, Opened, Page, PageLine};
use casereview::task::start::Info;
use casereview::task::{App, Backend, Effect, Reply, Write, carry_out};

/// The outside.
pub struct World {
    pub instrument: Arc<Instrument>,
    pub disk: Answers,
    pub drafts: Vec<Draft>,
    pub notes: BTreeMap<QuestionIx, String>,
    pub submitted: bool,
    pub practice: bool,
    pub second: bool,
    /// How the one difference of the one pair was settled.
    pub settled: Option<Settled>,
    /// The two parted on the table of people, not on the first choice.
    pub tabled: bool,
    /// The pair was handed in.
    pub handed_in: bool,
    /// Saves fail while this is set.
    pub refuses: bool,
    /// Every effect, in order.
    pub log: Vec<Effect>,
}

impl World {
    pub fn new(case_type: &str) -> Self {
        Self::of(DEFAULT, case_type)
    }

    /// The outside of a review with a shipped instrument.
    pub fn of(instrument: &str, case_type: &str) -> Self {
        let instrument = load_shipped(instrument).expect("the instrument is shipped");
        let case_type = instrument.find_case_type(case_type).expect("a case type");
        Self {
            disk: Answers::new(case_type),
            instrument,
            drafts: Vec::new(),
            notes: BTreeMap::new(),
            submitted: false,
            practice: false,
            second: false,
            settled: None,
            tabled: false,
            handed_in: false,
            refuses: false,
            log: Vec::new(),
        }
    }

    /// The program with the one case's review open.
    pub fn open(&mut self) -> App {
        let mut app = self.start();
        carry_out(&mut app, self, vec![Effect::Open { reading: "r1".to_owned() }]);
        app
    }

    /// The program at its start screen.
    pub fn start(&self) -> App {
        App::new(self.info())
    }

    fn info(&self) -> Info {
        let last = Some(("r1".to_owned(), "R-0001".to_owned()));
        Info { last, pairs: Some(1), ..Info::default() }
    }

    fn cases(&self) -> Vec<Case> {
        let case = |n: usize, case_type: &str, region: &str, status| Case {
            reading: format!("r{n}"),
            case: format!("R-000{n}"),
            case_type: case_type.to_owned(),
            region: region.to_owned(),
            county: format!("{region} County"),
            status,
            which: if n == 3 { Which::Second } else { Which::First },
            reviewer: "rev1".to_owned(),
        };
        vec![
            case(1, "Foster care", "Knox", Status::InProgress),
            case(2, "In-home", "East", Status::Submitted),
            case(3, "Foster care", "Shelby", Status::NotStarted),
        ]
    }

    fn pairs(&self) -> Vec<Pair> {
        let pair = |case: &str, status| Pair {
            case: case.to_owned(),
            case_type: "Foster care".to_owned(),
            region: "Knox".to_owned(),
            status,
            sealed: "A sealed, B not yet".to_owned(),
            begun: false,
            third: Third::Unasked,
            free: vec!["C".to_owned()],
        };
        let open = PairStatus::ToSettle { items: 1, answers: 1 };
        let first = if self.handed_in { PairStatus::Settled } else { open };
        vec![pair("R-0001", first), pair("R-0002", PairStatus::Waiting)]
    }

    fn pair(&self) -> PairOpened {
        let is_choice =
            |at: &QuestionIx| matches!(self.instrument.question(*at).kind(), Kind::Choice(_));
        let is_wanted = |at: &QuestionIx| match self.tabled {
            true => self.instrument.question(*at).id() == "face.participants",
            false => is_choice(at),
        };
        let question = self.instrument.question_positions().find(is_wanted).expect("a question");
        let row = |name: &str| vec![[("name".to_owned(), name.to_owned())].into()];
        let side = |code: usize, answer: &str| Said {
            value: Some(match self.tabled {
                true => Value::Rows(row(answer)),
                false => Value::Codes(CodeSet::one(code)),
            }),
            answer: answer.to_owned(),
            ..Said::default()
        };
        PairOpened {
            reading: "p1".to_owned(),
            case: "R-0001".to_owned(),
            about: "Foster care, Knox".to_owned(),
            case_type: self.disk.case_type,
            instrument: Arc::clone(&self.instrument),
            drafts: Vec::new(),
            items: vec![ItemLine {
                beside: Vec::new(),
                item: self.instrument.item_positions().next(),
                ratings: None,
                differences: vec![Difference {
                    question,
                    is_root: true,
                    is_asked: true,
                    sides: vec![side(0, "Yes"), side(1, "No"), side(1, "No")],
                    is_words: false,
                    settled: self.settled.clone(),
                }],
                follows: Vec::new(),
            }],
            done: self
                .handed_in
                .then(|| ("handed in".to_owned(), ["a", "b", "c"].map(str::to_owned).to_vec())),
            third: Third::In,
            answers: self.disk.clone(),
            missing: Vec::new(),
        }
    }

    fn opened(&self, reading: String) -> Opened {
        let case_type = &self.instrument.case_types()[usize::from(self.disk.case_type.0)];
        Opened {
            reading,
            card: Card {
                case: "R-0001".to_owned(),
                case_type: case_type.title.clone(),
                under_review: "2026-04-01 .. 2026-11-30".to_owned(),
                region: "Knox".to_owned(),
                county: "Knox".to_owned(),
                which: if self.second { Which::Second } else { Which::First },
                reviewer: "rev1".to_owned(),
            },
            instrument: Arc::clone(&self.instrument),
            answers: self.disk.clone(),
            drafts: self.drafts.clone(),
            notes: self.notes.clone(),
            undo: Vec::new(),
            redo: Vec::new(),
            submitted: self.submitted.then(|| "submitted 2026-11-21".to_owned()),
            overrides: Vec::new(),
            has_qa: false,
            shows_changes: self.practice,
        }
    }

    fn write(&mut self, write: Write) {
        match write {
            Write::Answer { question, old, new } => {
                assert_eq!(self.disk.get(question), old.as_ref(), "the disk holds the old answer");
                self.disk.set(question, new);
            }
            Write::Narrative { question, old, new } => {
                assert_eq!(self.disk.narrative(question).unwrap_or_default(), old);
                self.disk.set_narrative(question, &new);
            }
            Write::Note { question, old, new } => {
                assert_eq!(self.notes.get(&question).cloned().unwrap_or_default(), old);
                self.notes.insert(question, new);
            }
        }
    }
}

impl Backend for World {
    fn carry_out(&mut self, effect: Effect) -> Option<Reply> {
        self.log.push(effect.clone());
        match effect {
            Effect::LoadQueue => Some(Reply::Queue(self.cases(), Box::new(self.info()))),
            Effect::Open { reading } | Effect::OpenWhole { reading } => {
                Some(Reply::Opened(Box::new(self.opened(reading))))
            }
            Effect::Save { ticket, .. } if self.refuses => {
                Some(Reply::NotSaved { ticket, stored: 0, why: "the disk is full".to_owned() })
            }
            Effect::Save { ticket, changes, .. } => {
                changes.into_iter().for_each(|change| self.write(change.write));
                Some(Reply::Saved { ticket, at: "14:02:11".to_owned() })
            }
            Effect::Submit { .. } => {
                self.submitted = true;
                Some(Reply::Submitted { at: "14:05:00".to_owned() })
            }
            Effect::LoadResults { drafts } => {
                Some(Reply::Results(Box::new(Loaded { drafts, ..results() })))
            }
            Effect::ReadCase { reading, about } => {
                let case = format!("R-{:0>4}", reading.trim_start_matches('r'));
                let lines = vec![PageLine::Text(about.label)];
                let page = Page { title: case.clone(), lines };
                Some(Reply::Case(Box::new(Look { case, page, cursor: Cursor::default() })))
            }
            Effect::SaveResults(_) if self.refuses => {
                Some(Reply::Wrote(Err("the disk is full".to_owned())))
            }
            Effect::SaveResults(save) => Some(Reply::Wrote(Ok(format!("{} written", save.file)))),
            Effect::LoadPairs => Some(Reply::Pairs(self.pairs())),
            Effect::OpenPair { .. } => Some(Reply::Pair(Box::new(self.pair()))),
            Effect::Settle { .. } | Effect::HandIn { .. } if self.refuses => {
                Some(Reply::NotSettled { why: "the disk is full".to_owned() })
            }
            Effect::Settle { settling, .. } => {
                self.settled = Some(Settled {
                    side: settling.taking.side,
                    answer: "Yes".to_owned(),
                    cause: settling.cause,
                    reason: settling.reason,
                });
                Some(Reply::Pair(Box::new(self.pair())))
            }
            Effect::AskThird { .. } if self.refuses => {
                Some(Reply::ThirdAsked(Err("nobody has this code".to_owned())))
            }
            Effect::AskThird { .. } => {
                Some(Reply::ThirdAsked(Ok(("asked".to_owned(), self.pairs()))))
            }
            Effect::HandIn { .. } => {
                self.handed_in = true;
                Some(Reply::Pair(Box::new(self.pair())))
            }
            Effect::Alerts(_)
            | Effect::Quality(_)
            | Effect::Draft { .. }
            | Effect::Sheet { .. }
            | Effect::Complete { .. }
            | Effect::Draw(_)
            | Effect::Board(_)
            | Effect::LoadAgreement
            | Effect::LoadGoals
            | Effect::Quit => None,
        }
    }
}

fn results() -> Loaded {
    crate::held::loaded(&[
        ("East", "2025-H2", [1, 0, 0, 0]),
        ("East", "2026-H1", [0, 1, 1, 0]),
        ("Knox", "2026-H1", [1, 1, 0, 0]),
    ])
}
