//! A copied workspace that is worked in beside the first: the line that came first goes on, and
//! the other stays out without standing in anyone's way.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use crate::mail_three::{Person, read_whole};

/// A lead and mary, with keys and the cases of mary handed out.
fn lead_and_mary(folder: &Path, cases: u32) -> [Person<'_>; 2] {
    let person = |code| {
        fs::create_dir(folder.join(code)).unwrap();
        Person { code, folder }
    };
    let (lead, mary) = (person("lead"), person("mary"));
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in ["tennessee-frame.csv", "plan.toml"] {
        fs::copy(samples.join(name), lead.home().join(name)).unwrap();
    }
    let prints = [lead.makes_keys(), mary.makes_keys()];
    for one in [&lead, &mary] {
        let card = one.home().join(format!("{}.card", one.code));
        fs::rename(one.home().join("casereview.card"), card).unwrap();
    }
    lead.does("init --name 2026-H2");
    mary.sends("mary.card", &lead);
    lead.sends("lead.card", &mary);
    lead.does(&format!("team add mary.card --fingerprint {}", prints[1]));
    lead.does("frame import tennessee-frame.csv --plan plan.toml");
    lead.does("sample draw --seed 4711");
    for case in 1..=cases {
        lead.does(&format!("assign R-{case:04} --to mary"));
    }
    lead.does("work out mary");
    lead.sends("mary.order", &mary);
    mary.does(&format!("work in mary.order --from lead.card --fingerprint {}", prints[0]));
    [lead, mary]
}

fn submits(person: &Person<'_>, case: &str) {
    read_whole(person, case);
    person.does(&format!("submit {case}"));
    person.does("bundle out");
}

#[test]
fn a_copied_workspace_is_kept_out_and_blocks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [lead, mary] = lead_and_mary(folder.path(), 3);
    let again = folder.path().join("again");
    fs::create_dir_all(again.join("mary")).unwrap();
    for name in ["casereview.db", "casereview.key"] {
        fs::copy(mary.home().join(name), again.join("mary").join(name)).unwrap();
    }
    let copy = Person { code: "mary", folder: &again };
    submits(&mary, "R-0001");
    mary.sends("mary.bundle", &lead);
    lead.does("bundle in mary.bundle");

    submits(&copy, "R-0002");
    copy.does_with("alert new R-0003 --kind safety --text Seen", "");
    copy.does("bundle out");
    copy.sends("mary.bundle", &lead);
    let (code, out, err) = lead.try_to("bundle in mary.bundle", "");
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert_eq!(err.matches("error: ").count(), 2, "{err}");
    assert!(err.contains("error: R-0002 by mary: the log of mary@"), "{err}");
    assert!(err.contains("help: mary reads on where the first bundle came from"), "{err}");
    assert!(err.contains("alerts of mary on 1 case (R-0003) come from a copy"), "{err}");
    let status = lead.does("status");
    assert!(status.contains("R-0002 by mary came from a copy of mary's workspace"), "{status}");

    // What the true reader sends is taken, and the refusal is not repeated.
    submits(&mary, "R-0002");
    mary.sends("mary.bundle", &lead);
    let out = lead.does("bundle in mary.bundle");
    assert_eq!(out, "R-0001 by mary: sealed, open now\nR-0002 by mary: sealed, open now\n");
    let status = lead.does("status");
    assert!(!status.contains("came from a copy"), "{status}");
    assert!(status.contains("wrote of R-0002 is kept out; read on where the first"), "{status}");
    assert_eq!(lead.does("bundle in"), "");
    let verified = lead.does("log verify");
    assert!(
        verified.contains("what a copy of that workspace wrote of R-0002 is kept out; read on")
    );
}
