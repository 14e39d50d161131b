//! The sheet for a case's worker: nothing anyone typed, nobody's name or code, no source of an
//! interview, and not before the review is final.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use casereview::instrument::{Instrument, Kind};
use casereview::review::{Command, QaLevel, QaStep, ReadingId, answers};
use casereview::scoring::{Asked, score};
use casereview::store::Workspace;

use crate::alerts::{act, raise};
use crate::program;
use crate::quality::{first_note, pin, set_levels, settle, step};
use crate::reconcile::Twice;
use crate::workspace::{answer, assign, create, draw, fill, instrument, one_review, open_as};

const MARK: &str = "Typed-by-someone";

/// Writes the mark wherever a review takes a text, and ticks every source.
fn write_everywhere(workspace: &mut Workspace, reading: ReadingId, edition: &Instrument) -> usize {
    let mut written = 0;
    for at in edition.question_positions() {
        let question = edition.question(at);
        let given = answers(edition, &workspace.reading(reading).unwrap()).unwrap();
        if score(edition, &given).asked(at) != Asked::Yes {
            continue;
        }
        let text = format!("{MARK} {written}");
        match question.kind() {
            Kind::Text => answer(workspace, reading, question.id(), &text),
            Kind::Choice(_) => {
                let question = question.id().to_owned();
                let narrate = Command::Narrate { reading, question, text: Some(text) };
                if workspace.act(&narrate).is_err() {
                    continue;
                }
            }
            _ => continue,
        }
        written += 1;
    }
    written
}

fn refused(folder: &Path, case: &str) {
    let (code, out, err) = program::run(folder, &["--workspace", "w.db", "page", "feedback", case]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with(&format!("error: {case} has no final review yet\n")), "{err}");
}

#[test]
fn nothing_typed_and_nobody_named_reaches_the_worker() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let edition = instrument();
    let mut lead = create(path);
    draw(&mut lead, 2);
    let id = assign(&mut lead, 1, "mary");
    set_levels(&mut lead, &[QaLevel::Final]);
    drop(lead);
    let mut mary = open_as(path, "mary");
    fill(&mut mary, id);
    answer(&mut mary, id, "19.A", "no");
    fill(&mut mary, id);
    assert!(write_everywhere(&mut mary, id, &edition) > 30);
    for item in 14..=20 {
        let question = format!("{item}.sources");
        let at = edition.find_question(&question).unwrap();
        let codes: Vec<&str> =
            edition.question(at).options().iter().map(|choice| choice.code.as_str()).collect();
        let value = Some(codes.join(";"));
        // Sources of the other case type, or of an item that does not apply, are refused.
        let _ = mary.act(&Command::Answer { reading: id, question, value });
    }
    act(&mut mary, id, raise(MARK));
    refused(path, "R-0001");
    fill(&mut mary, id);
    mary.act(&Command::Submit { reading: id }).unwrap();
    drop(mary);
    refused(path, "R-0001");
    let mut quinn = open_as(path, "quinn");
    step(&mut quinn, id, pin("19.A", MARK));
    let note = first_note(&quinn, id);
    step(&mut quinn, id, settle(note));
    step(&mut quinn, id, QaStep::Approve);
    drop(quinn);

    let html = program::run(path, &["--workspace", "w.db", "page", "feedback", "R-0001"]).1;
    assert!(html.contains("Case R-0001, "), "{html}");
    assert!(
        html.contains("It would have been a Strength with practice that earns these answers:"),
        "{html}"
    );
    let lower = html.to_lowercase();
    for word in [MARK, "mary", "quinn", "lead@", "sources informed", "checkpoint"] {
        assert!(!lower.contains(&word.to_lowercase()), "{word}\n{html}");
    }
    // The worker knows the case by the agency's code; only then does it stand there.
    assert!(!html.contains("A-0"));
    let html =
        program::run(path, &["--workspace", "w.db", "page", "feedback", "R-0001", "--case-ids"]).1;
    assert!(html.contains("Case A-0, ") && !html.contains("R-0001"), "{html}");
    // The whole review, for QA and debriefing, has all of it.
    let whole = program::run(path, &["--workspace", "w.db", "page", "review", "R-0001"]).1;
    assert!(whole.matches(MARK).count() > 30);
}

#[test]
fn mother_and_father_are_told_apart_and_the_practice_is_named() {
    let (folder, mut mary, id) = one_review("mary");
    let path = folder.path();
    fill(&mut mary, id);
    for question in ["16.A", "16.B", "20.A2", "20.B2"] {
        answer(&mut mary, id, question, "no");
    }
    fill(&mut mary, id);
    mary.act(&Command::Submit { reading: id }).unwrap();
    drop(mary);
    let html = program::run(path, &["--workspace", "w.db", "page", "feedback", "R-0001"]).1;
    // That no parent had to be visited would be one answer less, and is no practice.
    let wanted = "<p>It would have been a Strength with practice that earns these answers:</p>\
                  <ul><li>Mother: Was this often enough for safety, permanency, well-being and \
                  the goals of the case? Yes; the review says No.</li><li>Father: Was this often \
                  enough for safety, permanency, well-being and the goals of the case? Yes; the \
                  review says No.</li></ul>";
    assert!(html.contains(wanted), "{html}");
    let wanted = "support the child&#39;s bond with the mother? Yes; the review says No.</li>";
    assert!(html.contains(wanted) && !html.contains("Mother: Were concerted"), "{html}");
}

#[test]
fn a_text_set_aside_is_not_taken_for_the_answers() {
    let (folder, mut mary, id) = one_review("mary");
    let path = folder.path();
    fill(&mut mary, id);
    for (value, text) in [("no", "ten minutes by telephone"), ("no", "nobody looked for him")] {
        answer(&mut mary, id, "19.A", value);
        let (question, text) = ("19.A".to_owned(), Some(text.to_owned()));
        mary.act(&Command::Narrate { reading: id, question, text }).unwrap();
    }
    let shown = |kind: &str| {
        let keying =
            program::run(path, &["--workspace", "w.db", "export", "keying", "R-0001", "--texts"]);
        let page = program::run(path, &["--workspace", "w.db", "page", kind, "R-0001"]);
        format!("{}{}", keying.1, page.1)
    };
    fill(&mut mary, id);
    mary.act(&Command::Submit { reading: id }).unwrap();
    assert!(shown("review").matches("nobody looked for him").count() > 1);
    let reason = "a document came in".to_owned();
    open_as(path, "lead").act(&Command::Reopen { reading: id, reason }).unwrap();
    answer(&mut mary, id, "19.A", "yes");
    mary.act(&Command::Submit { reading: id }).unwrap();
    assert!(!shown("review").contains("nobody looked for him"));
    assert!(shown("review").contains("Case R-0001"));
}

#[test]
fn a_pair_has_no_feedback_before_it_is_settled() {
    let twice = Twice::new(&[("19.A", "no")]);
    refused(twice.folder.path(), "R-0001");
}
