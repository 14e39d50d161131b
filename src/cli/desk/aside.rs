//! A list of cases read on a thread of its own, so that the screen stays awake and Esc can
//! stop it. Nothing is written there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use crate::cli::frame::sizes;
use crate::exchange::{FrameError, frame_csv, read_frame_file};
use crate::review::StratumSize;
use crate::sampling::{self, Field, Frame, Hash, Plan};
use crate::task::drawing::{Counted, Read as ListRead, Stratum, Told};
use crate::text::{clean, count, list_or};

/// What is wanted of a list.
pub(super) struct Job {
    /// Path of the list.
    pub(super) file: String,
    /// Text of the plan.
    pub(super) plan: String,
    /// Also count what the plan comes to; cases must then be of these types.
    pub(super) count: Option<Vec<String>>,
}

/// A frame and a plan that can be sealed.
#[derive(Debug)]
pub(super) struct Ready {
    /// Path of the list.
    pub(super) file: String,
    pub(super) plan: Plan,
    pub(super) file_hash: String,
    pub(super) canonical_hash: String,
    pub(super) rows: u64,
    pub(super) strata: Vec<StratumSize>,
    pub(super) text: String,
}

/// What came of the work.
enum Came {
    Read(ListRead),
    Counted(Counted, Box<Ready>),
    Problems(Vec<String>),
}

/// Work on its way.
#[derive(Debug)]
pub(super) struct Aside {
    came: Receiver<Came>,
    done: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    of: u64,
    told: u64,
}

impl Aside {
    /// Starts it.
    pub(super) fn start(job: Job) -> io::Result<Self> {
        let file = File::open(&job.file)?;
        let of = file.metadata()?.len();
        let (done, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let watched = Watched { file, done: done.clone(), stop: stop.clone() };
        let (sender, came) = channel();
        thread::Builder::new().name("list of cases".into()).spawn(move || {
            let found = work(&job, watched).unwrap_or_else(Came::Problems);
            // Nobody waits any more where it was stopped.
            let _ = sender.send(found);
        })?;
        Ok(Self { came, done, stop, of, told: u64::MAX })
    }

    /// Lets it end by itself; what it finds is dropped.
    pub(super) fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// What is new: the end with what can be sealed, or how far it is.
    pub(super) fn news(&mut self) -> Option<(Told, bool, Option<Box<Ready>>)> {
        match self.came.try_recv() {
            Ok(Came::Read(read)) => Some((Told::Read(Box::new(read)), true, None)),
            Ok(Came::Counted(counted, ready)) => {
                Some((Told::Counted(Box::new(counted)), true, Some(ready)))
            }
            Ok(Came::Problems(problems)) => Some((Told::Problems(problems), true, None)),
            Err(TryRecvError::Disconnected) => {
                let said = "the list could not be read to its end: try again".to_owned();
                Some((Told::Problems(vec![said]), true, None))
            }
            Err(TryRecvError::Empty) => {
                let done = self.done.load(Ordering::Relaxed).min(self.of);
                let is_new = done != self.told;
                self.told = done;
                is_new.then_some((Told::Progress { done, of: self.of }, false, None))
            }
        }
    }
}

/// A file that tells how far it was read and can be stopped.
struct Watched {
    file: File,
    done: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("stopped"));
        }
        let length = self.file.read(buffer)?;
        self.done.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.file.seek(to)?;
        self.done.store(at, Ordering::Relaxed);
        Ok(at)
    }
}

fn work(job: &Job, file: Watched) -> Result<Came, Vec<String>> {
    let plan = plan(&job.plan)?;
    let read = read_frame_file(file, plan.mapping()).map_err(|error| problems(&error))?;
    let (frame, mut notices) = (read.frame, read.notices);
    let Some(types) = &job.count else {
        return Ok(Came::Read(seen(&frame, notices)));
    };
    known_types(&frame, types)?;
    let draw = sampling::draw(&frame, &plan, "counts").map_err(|problems| {
        let said = |problem: &sampling::DrawProblem| match problem.help() {
            Some(help) => format!("{problem}: {help}"),
            None => problem.to_string(),
        };
        problems.iter().map(said).collect::<Vec<_>>()
    })?;
    let repeated = sampling::repeated(&frame).len();
    if repeated > 0 {
        let several = count(repeated, "child or family has", "children or families have");
        notices.push(format!("{several} several cases in the list"));
    }
    let strata = sizes(&draw);
    let counted = Counted {
        file_hash: frame.file_hash().to_string(),
        canonical_hash: frame.canonical_hash().to_string(),
        cases: frame.len() as u64,
        removed: draw.removed.iter().map(|one| (one.filter.clone(), one.cases)).collect(),
        strata: strata.iter().map(stratum).collect(),
        notices,
    };
    let ready = Ready {
        file: job.file.clone(),
        plan,
        file_hash: counted.file_hash.clone(),
        canonical_hash: counted.canonical_hash.clone(),
        rows: counted.cases,
        strata,
        text: text(&job.file, &frame)?,
    };
    Ok(Came::Counted(counted, Box::new(ready)))
}

pub(super) fn stratum(size: &StratumSize) -> Stratum {
    Stratum { name: size.stratum.clone(), eligible: size.size, to_draw: size.n }
}

/// What the log holds of the list: the file, or of a workbook the CSV of its cases.
fn text(file: &str, frame: &Frame) -> Result<String, Vec<String>> {
    let bytes = std::fs::read(file).map_err(|error| vec![format!("{file}: {error}")])?;
    if Hash::of(&bytes) != frame.file_hash() {
        return Err(vec![format!("{file} was changed just now: read it again")]);
    }
    let workbook = bytes.starts_with(b"PK");
    let text = String::from_utf8(bytes).ok().filter(|_| !workbook);
    Ok(text.unwrap_or_else(|| frame_csv(frame)))
}

/// A plan, or what is wrong with it.
pub(super) fn plan(text: &str) -> Result<Plan, Vec<String>> {
    let checked = sampling::check(text);
    let said = |problem: &crate::diagnostic::Diagnostic| {
        let help = problem.help.first().map_or_else(String::new, |help| format!(": {help}"));
        clean(&format!("{}{help}", problem.message)).into_owned()
    };
    checked.plan.ok_or_else(|| checked.diagnostics.iter().map(said).collect())
}

/// What is wrong with a list, a line each.
pub(super) fn problems(error: &FrameError) -> Vec<String> {
    match error {
        FrameError::Problems(found) => {
            let said = |problem: &sampling::FrameProblem| match &problem.help {
                Some(help) => format!("{problem}: {help}"),
                None => problem.to_string(),
            };
            let mut all: Vec<String> = found.list().iter().map(said).collect();
            if found.more() > 0 {
                all.push(format!("{} more problems", found.more()));
            }
            all
        }
        error => vec![error.to_string()],
    }
}

fn known_types(frame: &Frame, types: &[String]) -> Result<(), Vec<String>> {
    let unknown: BTreeSet<&str> = frame
        .cases()
        .map(|case| case.fact(Field::CaseType))
        .filter(|code| !types.iter().any(|known| known == code))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    let known = list_or(&types);
    let said = |code: &&str| match *code {
        "" => format!("some cases have no case type: the instrument has {known}"),
        code => format!("case type {code} is not one of the instrument's: it has {known}"),
    };
    Err(unknown.iter().map(said).collect())
}

fn seen(frame: &Frame, notices: Vec<String>) -> ListRead {
    let mut types: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut regions, mut counties) = (BTreeSet::new(), BTreeSet::new());
    for case in frame.cases() {
        *types.entry(case.fact(Field::CaseType)).or_default() += 1;
        regions.insert(case.fact(Field::Region));
        counties.insert(case.fact(Field::County));
    }
    let named = |found: BTreeSet<&str>| found.iter().filter(|name| !name.is_empty()).count();
    let types = types.into_iter().filter(|(word, _)| !word.is_empty());
    ListRead {
        cases: frame.len() as u64,
        types: types.map(|(word, cases)| (word.to_owned(), cases)).collect(),
        regions: named(regions),
        counties: named(counties),
        notices,
    }
}
