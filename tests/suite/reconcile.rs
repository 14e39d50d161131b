//! Two sealed reviews of a case and the settled one that comes of them.
#![allow(clippy::unwrap_used)]

use casereview::instrument::Instrument;
use casereview::review::{
    AssignCases, CaseNumber, Command, Differs, Moment, Reading, ReadingId, Refusal, RootCause,
    SettleDifference, Sides, Status, Taken, Which, answers, rate,
};
use casereview::store::{ActError, QueueFilter, Surroundings, Workspace};
use tempfile::{TempDir, tempdir};

use crate::workspace::{answer, assign, create_with, draw, fill, instrument, open_as};

/// R-0001 (foster care) read by A and B, both sealed, differing where `differ` says.
pub struct Twice {
    pub folder: TempDir,
    pub first: ReadingId,
    pub second: ReadingId,
}

fn second_of(workspace: &mut Workspace, to: &str) -> ReadingId {
    let to = to.parse().unwrap();
    let given = AssignCases { cases: vec![CaseNumber(1)], to, which: Which::Second };
    workspace.act(&Command::Assign(given)).unwrap();
    find(workspace, Which::Second)
}

fn find(workspace: &Workspace, which: Which) -> ReadingId {
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    let row = queue.iter().find(|row| row.number == CaseNumber(1) && row.which == which);
    row.unwrap().reading.unwrap()
}

impl Twice {
    pub fn new(differ: &[(&str, &str)]) -> Self {
        Self::both(&[], differ)
    }
    /// What A and what B answer, beside what both do.
    pub fn both(of_a: &[(&str, &str)], of_b: &[(&str, &str)]) -> Self {
        let folder = tempdir().unwrap();
        // Which review is shown as A hangs on ids.
        let chance = Surroundings::fixed(Moment::from_millis(1_780_272_000_000), 4711);
        let mut lead = create_with(folder.path(), chance);
        draw(&mut lead, 2);
        let first = assign(&mut lead, 1, "A");
        let second = second_of(&mut lead, "B");
        drop(lead);
        for (user, reading, differ) in [("A", first, of_a), ("B", second, of_b)] {
            let mut workspace = open_as(folder.path(), user);
            fill(&mut workspace, reading);
            for (question, value) in differ {
                answer(&mut workspace, reading, question, value);
            }
            fill(&mut workspace, reading);
            workspace.act(&Command::Submit { reading }).unwrap();
        }
        Self { folder, first, second }
    }
    pub fn lead(&self) -> Workspace {
        open_as(self.folder.path(), "lead")
    }
    fn sides(&self, workspace: &Workspace) -> Sides {
        let read = |id| answers(&instrument(), &workspace.reading(id).unwrap()).unwrap();
        Sides::new(&instrument(), [read(self.first), read(self.second)])
    }
    /// Opens B's review again, changes an answer and hands it in anew.
    pub fn change_second(&self, question: &str, value: &str) {
        let why = "see the note to 18.A".to_owned();
        self.lead().act(&Command::Reopen { reading: self.second, reason: why }).unwrap();
        let mut theirs = open_as(self.folder.path(), "B");
        answer(&mut theirs, self.second, question, value);
        fill(&mut theirs, self.second);
        theirs.act(&Command::Submit { reading: self.second }).unwrap();
    }
}

pub fn begin(workspace: &mut Workspace) -> ReadingId {
    workspace.act(&Command::Reconcile { case: CaseNumber(1) }).unwrap();
    find(workspace, Which::Final)
}

pub fn settle(reading: ReadingId, question: &str, took: Taken) -> Command {
    Command::Settle(SettleDifference {
        reading,
        question: question.to_owned(),
        took,
        value: None,
        narrative: None,
        cause: RootCause::MissedEvidence,
        reason: "the visit log shows it".to_owned(),
    })
}

fn refused(workspace: &mut Workspace, command: &Command) -> Refusal {
    match workspace.act(command) {
        Err(ActError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn rating(instrument: &Instrument, reading: &Reading, item: &str) -> &'static str {
    let scores = rate(instrument, reading).unwrap();
    scores.item(instrument.find_item(item).unwrap()).rating.code()
}

/// The differences in words: `17.A1 root`.
fn told(twice: &Twice, workspace: &Workspace) -> Vec<String> {
    let instrument = instrument();
    let items = twice.sides(workspace).compare(&instrument);
    let differences = items.iter().flat_map(|item| &item.differences);
    differences
        .map(|one| {
            let what = match one.differs {
                Differs::Root => "root",
                Differs::Further => "further",
                Differs::Follows => "follows",
            };
            format!("{} {what}", instrument.question(one.question).id())
        })
        .collect()
}

fn is_sound(workspace: &mut Workspace) {
    let found = workspace.verify().unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    let live = workspace.projections_digest().unwrap();
    workspace.rebuild().unwrap();
    assert_eq!(workspace.projections_digest().unwrap(), live);
}

#[test]
fn a_difference_is_traced_to_the_answer_it_began_with() {
    let twice = Twice::new(&[("17.A1", "no"), ("18.applies", "no"), ("face.in-care", "no")]);
    let lead = twice.lead();
    let told = told(&twice, &lead);
    assert!(told.contains(&"17.A1 root".to_owned()), "{told:?}");
    assert!(told.contains(&"18.applies root".to_owned()), "{told:?}");
    let after = told.iter().filter(|line| line.starts_with("18."));
    let follows: Vec<&String> = after.skip(1).collect();
    assert!(
        !follows.is_empty() && follows.iter().all(|line| line.ends_with("follows")),
        "{told:?}"
    );
    assert!(told.contains(&"face.in-care further".to_owned()), "{told:?}");
    // Texts, narratives and closing questions are no differences.
    assert!(told.iter().all(|line| !line.contains("rationale") && !line.contains("sources")));
}

#[test]
fn settled_differences_make_the_final_review_and_leave_both_others_as_they_were() {
    let twice = Twice::new(&[("17.A1", "no"), ("18.applies", "no")]);
    let mut lead = twice.lead();
    let before = [twice.first, twice.second].map(|id| lead.reading(id).unwrap());
    let last = begin(&mut lead);
    assert_eq!(begin(&mut lead), last, "a second beginning changes nothing");

    let started = lead.reading(last).unwrap();
    assert_eq!(started.value("17.A1"), None);
    assert_eq!(started.value("18.applies"), None);
    assert!(started.value("20.applies").is_some(), "what both say is taken over");

    let open = refused(&mut lead, &Command::Submit { reading: last });
    assert_eq!(open.to_string(), "R-0001 has differences that are not settled: 17.A1, 18.applies");
    assert_eq!(open.help().as_deref(), Some("settle it with `reconcile R-0001`"));

    lead.act(&settle(last, "17.A1", Taken::Second)).unwrap();
    lead.act(&settle(last, "18.applies", Taken::First)).unwrap();
    let now = lead.reading(last).unwrap();
    assert_eq!(now.value("17.A1"), Some("no"));
    assert_eq!(now.narrative("17.A1"), before[1].narrative("17.A1"));
    let of_18 = |reading: &Reading| {
        let ids = reading.answers.iter().filter(|(id, _)| id.starts_with("18.") && !is_closing(id));
        ids.map(|(id, given)| (id.clone(), given.value.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of_18(&now), of_18(&before[0]), "what follows is taken over with its root");

    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();
    let done = lead.reading(last).unwrap();
    let instrument = instrument();
    assert_eq!(rating(&instrument, &done, "17"), rating(&instrument, &before[1], "17"));
    assert_eq!(rating(&instrument, &done, "18"), rating(&instrument, &before[0], "18"));
    assert_eq!(done.value("17.rationale"), before[1].value("17.rationale"));
    for (id, then) in [twice.first, twice.second].into_iter().zip(before) {
        assert_eq!(*lead.reading(id).unwrap(), *then);
    }
    let pairs = lead.pairs().unwrap();
    assert_eq!(pairs.len(), 1);
    assert_eq!(pairs[0].settled, Some((last, Status::Final)));
    let finals = lead.final_readings().unwrap();
    assert_eq!(finals.iter().map(|row| row.which).collect::<Vec<_>>(), [Which::Final]);
    is_sound(&mut lead);
}

fn is_closing(id: &str) -> bool {
    ["rationale", "sources", "remark"].iter().any(|end| id.contains(end))
}

#[test]
fn a_third_answer_is_the_leads_own_and_can_be_changed_until_the_end() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    let own = |value: &str| {
        let Command::Settle(base) = settle(last, "17.A1", Taken::Own) else { unreachable!() };
        Command::Settle(SettleDifference { value: Some(value.to_owned()), ..base })
    };
    let bad = refused(&mut lead, &own("perhaps")).to_string();
    assert!(bad.contains("perhaps"), "{bad}");
    lead.act(&own("yes")).unwrap();
    assert_eq!(lead.reading(last).unwrap().value("17.A1"), Some("yes"));
    lead.act(&settle(last, "17.A1", Taken::Second)).unwrap();
    let now = lead.reading(last).unwrap();
    assert_eq!(now.value("17.A1"), Some("no"));
    let settled = &now.pair.as_ref().unwrap().settled["17.A1"];
    assert_eq!((settled.taken(), settled.cause), (Taken::Second, RootCause::MissedEvidence));
    assert_eq!(settled.reason.text(), Some("the visit log shows it"));
    is_sound(&mut lead);
}

#[test]
fn a_late_change_opens_only_what_it_touches() {
    let twice = Twice::new(&[("17.A1", "no"), ("18.applies", "no")]);
    let mut lead = twice.lead();
    let last = begin(&mut lead);
    lead.act(&settle(last, "17.A1", Taken::Second)).unwrap();
    lead.act(&settle(last, "18.applies", Taken::Second)).unwrap();
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();

    drop(lead);
    twice.change_second("18.applies", "yes");
    let mut lead = twice.lead();
    begin(&mut lead);
    let now = lead.reading(last).unwrap();
    assert_eq!(now.status, Status::Open, "its seal no longer holds");
    let settled = &now.pair.as_ref().unwrap().settled;
    assert_eq!(settled.keys().collect::<Vec<_>>(), ["17.A1"]);
    assert_eq!(now.value("17.A1"), Some("no"));
    assert_eq!(now.value("18.applies"), Some("yes"), "both say so now");
    lead.act(&Command::TakeClosing { reading: last }).unwrap();
    lead.act(&Command::Submit { reading: last }).unwrap();
    is_sound(&mut lead);
}

#[test]
fn agreement_keeps_the_first_seal_whatever_came_after() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let lead = twice.lead();
    let then = lead.reading(twice.second).unwrap();
    drop(lead);
    twice.change_second("17.A1", "yes");
    let lead = twice.lead();
    let now = lead.reading(twice.second).unwrap();
    assert_eq!(now.value("17.A1"), Some("yes"));
    let (seal, answers) = now.first_sealed().unwrap();
    assert_eq!(seal, then.seal.as_ref().unwrap());
    assert_eq!(answers, &then.answers);
}

#[test]
fn what_cannot_be_settled_says_why() {
    let twice = Twice::new(&[("17.A1", "no")]);
    let case = CaseNumber(1);
    let reconcile = Command::Reconcile { case };
    let mut theirs = open_as(twice.folder.path(), "A");
    assert_eq!(
        refused(&mut theirs, &reconcile).to_string(),
        "A is not a lead, and only a lead may do this"
    );
    let mut lead = twice.lead();
    let none = refused(&mut lead, &Command::Reconcile { case: CaseNumber(2) });
    assert_eq!(none.to_string(), "R-0002 has no two sealed reviews to settle");
    assert_eq!(
        none.help().as_deref(),
        Some("a second review begins with `assign R-0002 --to CODE --which second`")
    );
    let role = casereview::review::PersonRole::Lead;
    lead.act(&Command::AddPerson { code: "B".parse().unwrap(), role }).unwrap();
    let mut reader = open_as(twice.folder.path(), "B");
    assert_eq!(
        refused(&mut reader, &reconcile).to_string(),
        "B read R-0001 and can't settle its two reviews"
    );
    let last = begin(&mut lead);
    let answered = Command::Answer {
        reading: last,
        question: "17.A1".to_owned(),
        value: Some("yes".to_owned()),
    };
    assert_eq!(
        refused(&mut lead, &answered).to_string(),
        "the two reviews of R-0001 differ on 17.A1: it is settled, not answered"
    );
    assert_eq!(
        refused(&mut lead, &settle(last, "17.A2", Taken::First)).to_string(),
        "the two reviews of R-0001 don't differ on 17.A2"
    );
    let Command::Settle(mut silent) = settle(last, "17.A1", Taken::First) else { unreachable!() };
    silent.reason = "  ".to_owned();
    assert_eq!(refused(&mut lead, &Command::Settle(silent)).to_string(), "it needs a reason");
    let again = Command::Reopen { reading: last, reason: "x".to_owned() };
    assert_eq!(
        refused(&mut lead, &again).to_string(),
        "the final review of R-0001 by lead is not handed in"
    );
    drop(lead);
    twice.change_second("17.A2", "no");
    let mut lead = twice.lead();
    let moved = refused(&mut lead, &settle(last, "17.A1", Taken::First));
    assert_eq!(
        moved.to_string(),
        "a review of R-0001 was changed and sealed anew since its pair was compared"
    );
    assert_eq!(moved.help().as_deref(), Some("begin again with `reconcile R-0001`"));
}
