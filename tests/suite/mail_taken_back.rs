//! A case taken back from a reader who does not know yet, given back to them, and a reader of
//! two leads: what each of them is told, and who can open what.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use casereview::review::Status;
use casereview::store::Workspace;

use crate::mail_three::{Person, read_whole};

fn person<'f>(folder: &'f Path, code: &'static str) -> Person<'f> {
    fs::create_dir(folder.join(code)).unwrap();
    Person { code, folder }
}

/// Keys, and the fingerprint of the card, which lies there under the person's code.
fn card(person: &Person<'_>) -> String {
    let print = person.makes_keys();
    let home = person.home();
    fs::rename(home.join("casereview.card"), home.join(format!("{}.card", person.code))).unwrap();
    print
}

fn draws(lead: &Person<'_>) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in ["tennessee-frame.csv", "plan.toml"] {
        fs::copy(samples.join(name), lead.home().join(name)).unwrap();
    }
    lead.does(&format!("init --name of-{}", lead.code));
    lead.does("frame import tennessee-frame.csv --plan plan.toml");
    lead.does("sample draw --seed 4711");
}

fn knows(lead: &Person<'_>, reader: &Person<'_>, print: &str) {
    let card = format!("{}.card", reader.code);
    reader.sends(&card, lead);
    lead.does(&format!("team add {card} --fingerprint {print}"));
}

fn takes(reader: &Person<'_>, lead: &Person<'_>, print: &str) -> String {
    let order = format!("{}.order", reader.code);
    lead.sends(&order, reader);
    lead.sends(&format!("{}.card", lead.code), reader);
    let from = format!("--from {}.card --fingerprint {print}", lead.code);
    reader.does(&format!("work in {order} {from}"))
}

#[test]
fn what_is_handed_in_after_it_was_taken_back_is_kept_out_and_can_be_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (lead, mary, john) = (person(at, "lead"), person(at, "mary"), person(at, "john"));
    let tom = person(at, "tom");
    let prints = [card(&lead), card(&mary), card(&john), card(&tom)];
    draws(&lead);
    for (reader, print) in [(&mary, &prints[1]), (&john, &prints[2]), (&tom, &prints[3])] {
        knows(&lead, reader, print);
    }
    let (code, out, _) = lead.try_to("work out", "");
    assert_eq!(
        (code, out.as_str()),
        (0, "nothing to hand out: nobody with a card has an open case\n")
    );
    lead.does("assign R-0005 --to john --mode file-only");
    lead.does("assign R-0005 --to tom --which second");
    lead.does("work out");
    assert_eq!(
        takes(&john, &lead, &prints[0]),
        "1 case from lead: R-0005\n`casereview review --as john` opens them\n"
    );
    let (_, _, err) = lead.try_to("assign R-0005 --to mary", "");
    assert!(err.contains("help: john hears of it by the next `work out`"), "{err}");
    assert_eq!(
        lead.does("work out"),
        "./john.order: 0 cases for john; taken back: R-0005\n./mary.order: 1 case for mary\n\
         ./tom.order: 1 case for tom\n"
    );
    // John does not know yet.
    read_whole(&john, "R-0005");
    john.does("submit R-0005");
    john.does("bundle out R-0005");
    john.sends("john-R-0005.bundle", &lead);
    let (code, out, err) = lead.try_to("bundle in john-R-0005.bundle", "");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(
        err.ends_with(
            "error: R-0005: no longer john's, mary reads it now; kept out\n  help: if mary has not \
             begun, `assign R-0005 --to john` and `work out` give it back to john as handed in, to \
             submit once more; else tell john\n"
        ),
        "{err}"
    );
    let status = lead.does("status");
    assert!(status.contains("R-0005 by john was handed in after it was taken back"), "{status}");

    // Given back, it comes with his answers, and only has to be submitted.
    lead.does("assign R-0005 --to john");
    lead.does("work out john");
    lead.sends("john.order", &john);
    let told = john.does("work in john.order");
    assert!(told.contains("R-0005 comes anew, in place of the one here\n"), "{told}");
    assert_eq!(
        john.does("work in john.order"),
        "1 case from lead: R-0005\n`casereview review --as john` opens them\n"
    );
    john.does("submit R-0005");
    john.does("bundle out");
    john.sends("john.bundle", &lead);
    let out = lead.does("bundle in john.bundle");
    assert!(out.contains("R-0005 by john: sealed, stays closed"), "{out}");
    lead.does("log verify");
    john.does("log verify");
}

#[test]
fn a_reader_hears_which_case_is_taken_back_and_still_sends_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (lead, mary, john) = (person(at, "lead"), person(at, "mary"), person(at, "john"));
    let prints = [card(&lead), card(&mary), card(&john)];
    draws(&lead);
    knows(&lead, &mary, &prints[1]);
    knows(&lead, &john, &prints[2]);
    lead.does("assign R-0005 --to mary --mode file-only");
    lead.does("assign R-0005 --to john --which second");
    lead.does("assign R-0006 --to mary");
    lead.does("work out");
    takes(&mary, &lead, &prints[0]);
    let open = |person: &Person<'_>| {
        Workspace::open(&person.home().join("casereview.db"), Some(person.code)).unwrap()
    };
    let mut workspace = open(&mary);
    let id = crate::workspace::reading_of(&workspace, 5);
    crate::mail_world::narrate(&mut workspace, id, "14.A", "MARKER of mary");
    drop(workspace);
    let tom = person(at, "tom");
    let print = card(&tom);
    knows(&lead, &tom, &print);
    lead.does("assign R-0005 --to tom");
    lead.does("work out");
    lead.sends("mary.order", &mary);
    let told = "1 case from lead: R-0006\nR-0005 is taken back: it is not among your cases any more\n\
                What you wrote in R-0005 stays in this file. Words that no bundle took along yet \
                reach the lead with `casereview bundle out --draft R-0005`\n\
                `casereview review --as mary` opens them\n";
    assert_eq!(mary.does("work in mary.order"), told);
    let again = "1 case from lead: R-0006\n`casereview review --as mary` opens them\n";
    assert_eq!(mary.does("work in mary.order"), again, "said once");
    let (code, _, err) = mary.try_to("review R-0005", "");
    assert!(code == 2 && err.contains("R-0005 was taken back from mary\n  help: "), "{err}");
    let (code, _, err) = mary.try_to("bundle out R-0005", "");
    assert!(code == 2 && err.contains("R-0005 was taken back from mary\n  help: "), "{err}");
    let out = mary.does("bundle out --draft R-0005");
    assert_eq!(out, "mary-R-0005.bundle: 0 sealed reviews and 1 draft for lead\n");
    mary.sends("mary-R-0005.bundle", &lead);
    let out = lead.does("bundle in mary-R-0005.bundle");
    let said = "R-0005 by mary: a draft, and tom reads it now; `work out tom` takes it to tom \
                unread, unless tom has begun\n";
    assert_eq!(out, said);
    // It goes on to him and to nobody else: not to the second reader.
    lead.does("work out");
    takes(&tom, &lead, &prints[0]);
    takes(&john, &lead, &prints[0]);
    let words = |person: &Person<'_>| {
        let workspace = open(person);
        let id = crate::workspace::reading_of(&workspace, 5);
        let reading = workspace.reading(id).unwrap();
        (reading.status, reading.narrative("14.A").map(str::to_owned))
    };
    assert_eq!(words(&tom), (Status::Open, Some("MARKER of mary".to_owned())));
    assert_eq!(words(&john), (Status::Open, None));
    // Drafts of all that is still with her have a name of their own.
    let out = mary.does("bundle out --draft");
    assert_eq!(out, "mary-draft.bundle: 0 sealed reviews and 1 draft for lead\n");
}

#[test]
fn a_reader_of_two_leads_sends_each_only_what_they_gave_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (lead, eve, john) = (person(at, "lead"), person(at, "eve"), person(at, "john"));
    let prints = [card(&lead), card(&eve), card(&john)];
    for (one, case) in [(&lead, "R-0005"), (&eve, "R-0001")] {
        draws(one);
        knows(one, &john, &prints[2]);
        one.does(&format!("assign {case} --to john"));
        one.does("work out");
    }
    takes(&john, &lead, &prints[0]);
    takes(&john, &eve, &prints[1]);
    read_whole(&john, "R-0005");
    john.does("submit R-0005");
    john.does("alert new R-0005 --kind safety --text Seen");
    assert_eq!(
        john.does("bundle out --draft"),
        "john-draft-for-eve.bundle: 0 sealed reviews and 1 draft for eve\n\
         john-draft-for-lead.bundle: 1 sealed review, alerts on 1 case for lead\n"
    );
    assert_eq!(
        john.does("bundle out R-0005"),
        "john-R-0005-for-lead.bundle: 1 sealed review, alerts on 1 case for lead\n"
    );
    assert_eq!(
        john.does("alert out"),
        "john-for-lead.alert: 1 alert for lead, nothing else of the reviews\n"
    );
    let (code, _, err) = john.try_to("bundle out R-0005 --to eve", "");
    assert!(code == 2 && err.contains("R-0005 was given out by lead, not by eve"), "{err}");
    let (code, _, err) = john.try_to("alert out --to eve", "");
    assert!(code == 2 && err.contains("no alert here is on a case that eve gave out"), "{err}");
    let (code, _, err) = john.try_to("bundle out --draft --out both.bundle", "");
    assert!(code == 2 && err.contains("eve and lead get a bundle each"), "{err}");
    john.does("bundle out --draft --to eve --out eves.bundle");
    let (code, _, err) = john.try_to("bundle out --draft --to eve --out eves.bundle", "");
    assert!(code == 2 && err.contains("eves.bundle is there already"), "{err}");
    john.does("bundle out --draft --to eve --out eves.bundle --force");
    let (code, _, err) = john.try_to("bundle inspect eves.bundle", "");
    assert!(
        code == 2 && err.contains("eves.bundle is your own: it is sealed for eve or lead"),
        "{err}"
    );
    for (one, other) in [(&lead, &eve), (&eve, &lead)] {
        let file = format!("john-draft-for-{}.bundle", one.code);
        john.sends(&file, one);
        john.sends(&file, other);
        let (code, _, err) = other.try_to(&format!("bundle in {file}"), "");
        assert!(code == 2 && err.contains("it is not for"), "{err}");
        one.does(&format!("bundle in {file}"));
    }
}

#[test]
fn what_is_said_of_evidence_and_of_a_mode_is_true() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (lead, mary) = (person(at, "lead"), person(at, "mary"));
    let prints = [card(&lead), card(&mary)];
    draws(&lead);
    assert!(!lead.try_to("team list", "").2.contains("without a card"), "only the lead is here");
    knows(&lead, &mary, &prints[1]);
    lead.does("assign R-0002 --to mary --mode joint");
    let (code, _, err) = lead.try_to("assign R-0002 --to john --which second --mode file-only", "");
    assert_eq!(code, 0, "{err}");
    let said = "R-0002 was joint before: it is file-only for both readers now\n";
    assert!(err.contains(said), "{err}");
    lead.does("work out mary");
    takes(&mary, &lead, &prints[0]);
    let (_, _, err) = mary.try_to("evidence add R-0002 --source Mother --text Home", "");
    let said = "it goes to the lead with the next `bundle out` and stays with your review: no \
                other reader gets it\n";
    assert_eq!(err, said);
    mary.does("bundle out");
    mary.sends("mary.bundle", &lead);
    let said = "R-0002: evidence; it stays with the review; `evidence list R-0002` shows it\n";
    assert_eq!(lead.does("bundle in mary.bundle"), said);
    assert_eq!(lead.does("bundle in mary.bundle"), "", "said once");
    assert!(lead.does("evidence list R-0002").contains("mary, not released  Mother  Home"));
    for (bytes, what) in [(&b""[..], "it is empty"), (&b"casereview mail"[..], "it is cut off")] {
        fs::write(lead.home().join("broken.bundle"), bytes).unwrap();
        let (code, _, err) = lead.try_to("bundle in broken.bundle", "");
        assert!(code == 2 && err.contains(what), "{err}");
    }
}
