#![allow(clippy::unwrap_used)]

use super::check;
use crate::instrument::{Place, Role, load_shipped, shipped};

#[test]
fn shipped_instruments_have_no_problem() {
    for shipped in shipped() {
        let checked = check(shipped.id, shipped.text);
        let shown =
            crate::diagnostic::excerpts(shipped.id, shipped.text, &checked.diagnostics, false);
        assert_eq!(shown, "");
        assert_eq!(checked.instrument.unwrap().id(), shipped.id);
    }
}

#[test]
fn generated_questions_stand_where_they_belong() {
    let instrument = load_shipped("cfsr-r2-items-14-20").unwrap();
    let at = |id: &str| instrument.find_question(id).unwrap().0;
    assert!(at("16.applies") < at("16.applies.reason"));
    assert!(at("16.applies.reason") < at("16.A"));
    assert_eq!(at("16.mother.reason"), at("16.A") + 1);
    let reason = instrument.question(instrument.find_question("16.mother.reason").unwrap());
    assert_eq!(reason.role(), &Role::Reason);
    let sub = instrument.find_item("17B").unwrap();
    let question = instrument.question(instrument.find_question("17.B1").unwrap());
    assert_eq!(question.place(), Place::Item(sub));
    assert!(instrument.questions().iter().any(|q| matches!(q.role(), Role::Closing)));
}
