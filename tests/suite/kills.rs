//! Saved means saved: the program is killed (-9) at random moments while answers and texts
//! are given in a terminal, and everything its frames had called saved must be in the log.
//!
//! A few kills by default; the whole proof is
//! `CASEREVIEW_KILLS=200 cargo test --test suite kills -- --nocapture`.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use casereview::instrument::Kind;
use casereview::review::{ReadingId, Slot};
use casereview::store::{QueueFilter, Workspace};

use crate::program;
use crate::sitting::{Dice, Given, Promised, Sitting, sit};

/// Kills when nothing else is asked for.
const KILLS: u32 = 4;

/// Runs a command line in the folder and gives its stdout.
pub fn done(folder: &Path, line: &str) -> String {
    let (code, out, err) = program::run(folder, &line.split(' ').collect::<Vec<_>>());
    assert_eq!(code, 0, "{line}: {err}");
    out
}

/// A workspace of twelve assigned cases, made by the commands a lead would give.
pub fn assigned(folder: &Path) {
    let mut frame = String::from("Case ID,Region,County,Type,Opened\n");
    for case in 0..24 {
        let kind = if case % 2 == 0 { "FC" } else { "IH" };
        let _ = writeln!(frame, "C-{case:02},Knox,Knox,{kind},2025-01-10");
    }
    let plan = "[columns]\ncase = \"Case ID\"\nregion = \"Region\"\ncounty = \"County\"\n\
        case_type = \"Type\"\nopened = \"Opened\"\n\
        [values.case_type]\nFC = \"foster-care\"\nIH = \"in-home\"\n\
        [period]\nsampling = \"2026-04-01/2026-09-30\"\nunder_review = \"2026-04-01/2026-11-30\"\n\
        [strata]\nby = [\"case_type\"]\n[sizes]\nfoster-care = 8\nin-home = 4\n";
    fs::write(folder.join("frame.csv"), frame).unwrap();
    fs::write(folder.join("plan.toml"), plan).unwrap();
    done(folder, "init --instrument cfsr-r2-items-14-20 --name 2026-H1 --as ann");
    done(folder, "frame import frame.csv --plan plan.toml");
    done(folder, "sample draw --seed 20260401");
    done(folder, "assign 1 2 3 4 5 6 7 8 9 10 11 12 --to ann");
}

fn reading_of(workspace: &Workspace, case: u32) -> ReadingId {
    let queue = workspace.queue(&QueueFilter::default()).unwrap();
    queue.iter().find(|row| row.number.0 == case).unwrap().reading.unwrap()
}

/// Everything promised is in the log; what was under way may be.
fn holds(workspace: &Workspace, case: u32, promised: &mut Promised, under_way: &[Given]) {
    let reading = workspace.reading(reading_of(workspace, case)).unwrap();
    let stored = |question: &str, slot| match slot {
        Slot::Answer => reading.value(question).map(str::to_owned),
        Slot::Narrative => reading.narrative(question).map(str::to_owned),
    };
    for ((question, slot), wanted) in &*promised {
        let found = stored(question, *slot);
        let replaced =
            under_way.iter().any(|g| g.question == *question && g.slot == *slot && g.new == found);
        assert!(
            found == *wanted || replaced,
            "{question}: a frame had said {wanted:?} is saved, the log has {found:?}"
        );
    }
    // What landed unseen must stay from now on as well.
    for given in under_way {
        let found = stored(&given.question, given.slot);
        promised.insert((given.question.clone(), given.slot), found);
    }
}

/// A text being written is kept once a later frame was drawn; nothing else than what was
/// typed is kept.
fn kept(workspace: &Workspace, case: u32, sitting: &Sitting<'_>) {
    let [.., before, _] = &sitting.drawn[..] else { return };
    let (id, question) = sitting.question();
    let slot = match question.kind() {
        Kind::Choice(_) | Kind::Checklist(_) => Slot::Narrative,
        _ => Slot::Answer,
    };
    let at = reading_of(workspace, case);
    let draft = workspace.drafts(at).unwrap().remove(&(id.clone(), slot));
    let reading = workspace.reading(at).unwrap();
    let given = match slot {
        Slot::Answer => reading.value(&id).map(str::to_owned),
        Slot::Narrative => reading.narrative(&id).map(str::to_owned),
    };
    let kept = draft.or(given).unwrap_or_default();
    assert!(
        kept.starts_with(before.as_str()) && sitting.typed.starts_with(&kept),
        "{id}: {before:?} was on screen, {:?} typed, {kept:?} is kept",
        sitting.typed
    );
}

#[test]
fn what_a_frame_called_saved_survives_every_kill() {
    let kills = std::env::var("CASEREVIEW_KILLS").map_or(KILLS, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    assigned(folder.path());
    let file = folder.path().join("casereview.db");
    let mut promised = BTreeMap::<u32, Promised>::new();
    let (mut called, mut under_way, mut landed, mut typing) = (0, 0, 0, 0);
    for kill in 0..kills {
        let mut dice = Dice(u64::from(kill) + 20_261_121);
        let case = 1 + dice.roll(12) as u32;
        let of_case = promised.entry(case).or_default();
        let mut sitting = sit(folder.path(), case, of_case, dice);
        let killed = sitting.until_killed();
        let mut workspace = Workspace::open(&file, Some("ann")).unwrap();
        kept(&workspace, case, &sitting);
        called += sitting.called;
        let given = std::mem::take(&mut sitting.under_way);
        drop(sitting);
        let of_case = promised.get_mut(&case).unwrap();
        holds(&workspace, case, of_case, &given);
        under_way += u32::from(killed.under_way > 0);
        landed += u32::from(given.iter().any(|g| {
            g.new.is_some() && of_case.get(&(g.question.clone(), g.slot)) == Some(&g.new)
        }));
        typing += u32::from(killed.typing);

        assert_eq!(workspace.verify().unwrap().problems, Vec::<String>::new());
        let live = workspace.projections_digest().unwrap();
        workspace.rebuild().unwrap();
        assert_eq!(live, workspace.projections_digest().unwrap(), "rebuilt from the log");
    }
    let workspace = Workspace::open(&file, Some("ann")).unwrap();
    for (case, of_case) in &mut promised {
        holds(&workspace, *case, of_case, &[]);
    }
    drop(workspace);
    done(folder.path(), "log verify");
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{kills} kills: {called} answers and texts called saved, none lost; {under_way} kills with a \
         change under way ({landed} of them landed), {typing} while a text was written"
    )
    .unwrap();
}
