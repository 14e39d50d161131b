//! The codebook: every variable of every instrument, and exact text of a small one.

#![allow(clippy::unwrap_used)]

use casereview::instrument::{Kind, check, codebook, load_shipped, shipped};

use crate::place::Place;

const JOINED: &str = include_str!("../instruments/valid/joined.toml");

#[test]
fn every_variable_is_there_once_with_every_code() {
    for shipped in shipped() {
        let instrument = load_shipped(shipped.id).unwrap();
        let book = codebook(&instrument);
        let mut ids: Vec<&str> = book.variables.iter().map(|v| v.id.as_str()).collect();
        let rated = instrument.items().iter().map(|item| item.id());
        let wanted = instrument.questions().iter().map(|question| question.id()).chain(rated);
        for id in wanted.chain(instrument.outcomes().iter().map(|outcome| outcome.id())) {
            assert_eq!(ids.iter().filter(|one| **one == id).count(), 1, "{}: {id}", shipped.id);
        }
        for question in instrument.questions() {
            let variable = book.variables.iter().find(|v| v.id == question.id()).unwrap();
            let codes: Vec<&str> = variable.codes.iter().map(|code| code.code.as_str()).collect();
            let wanted: Vec<&str> = question.options().iter().map(|o| o.code.as_str()).collect();
            assert_eq!(codes, wanted, "{}", question.id());
            if let Kind::Integer { least, most } = question.kind() {
                assert_eq!((variable.least, variable.most), (Some(*least), Some(*most)));
            }
        }
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}: two variables of one id", shipped.id);
    }
}

#[test]
fn a_small_codebook_reads_like_this() {
    let place = Place::new();
    place.write("joined.toml", JOINED);
    assert!(check("joined", JOINED).instrument.is_some());
    insta::assert_snapshot!(place.ok(&["instrument", "codebook", "joined.toml"]));
}

#[test]
fn the_csv_has_a_row_a_code() {
    let place = Place::new();
    place.write("joined.toml", JOINED);
    let out = place.ok(&["instrument", "codebook", "joined.toml", "--format", "csv"]);
    let mut lines = out.lines();
    assert_eq!(
        lines.next().unwrap(),
        "instrument,edition,variable,role,type,place,part,label,asked_when,needed,required,identifying,narrative_on,exported,least,most,code,code_label,code_note,code_case_types"
    );
    let of = |id: &str| -> Vec<&str> {
        out.lines().filter(|line| line.split(',').nth(2) == Some(id)).collect()
    };
    assert_eq!(
        of("16.child.reason"),
        [
            "joined,1,16.child.reason,reason,choice,16,Child,Child: why is this not applicable?,\"item 16 applies, and 16.B is Not applicable\",no,yes,no,,answers;items,,,young,Too young,,",
            "joined,1,16.child.reason,reason,choice,16,Child,Child: why is this not applicable?,\"item 16 applies, and 16.B is Not applicable\",no,yes,no,,answers;items,,,home,At home,,in-home",
            "joined,1,16.child.reason,reason,choice,16,Child,Child: why is this not applicable?,\"item 16 applies, and 16.B is Not applicable\",no,yes,no,,answers;items,,,other,Other,with a text,",
        ]
    );
    assert_eq!(
        of("17.B"),
        [
            "joined,1,17.B,question,integer,17A,,How many check-ups?,item 17 applies,yes,yes,no,,answers,0,20,,,,"
        ]
    );
    assert_eq!(of("17B.applies").len(), 2);
    assert_eq!(of("health").len(), 6);
}

#[test]
fn a_workspace_exports_the_codebook_of_its_rounds() {
    let place = Place::new();
    let export = place.ok(&["export", "codebook"]);
    let shown = place.ok(&["instrument", "codebook", "cfsr-r2-items-14-20", "--format", "csv"]);
    assert_eq!(export, shown);
    let (code, out, err) = place.run(&["export", "codebook", "--round", "none"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with("error: there is no round none\n  help: "), "{err}");
    place.ok(&["export", "codebook", "--out", "book.csv"]);
    assert_eq!(std::fs::read_to_string(place.path("book.csv")).unwrap(), shown);
    let (code, ..) = place.run(&["export", "codebook", "--out", "book.csv"]);
    assert_eq!(code, 2);
}
