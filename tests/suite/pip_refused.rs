//! Improvement plans that are refused, each with its reason.

#![allow(clippy::unwrap_used)]

use crate::pip_plan::{PLAN, place};
use crate::place::Place;

#[test]
fn every_problem_of_a_plan_is_told_at_once() {
    let place = Place::new();
    place.write(
        "bad.toml",
        "[plan]\ntitle = \"\"\ninstrument = \"cfsr-r2-item-14-20\"\neffective = \"2026-02-30\"\n\
         ends = \"2027-12-31\"\nnon-overlapping-ends = 2027-01-01\nowner = \"x\"\n\n\
         [method]\nbaseline = \"2025-H3\"\nperiods = \"halfyears\"\nz = 1.28\nminimum = 0\nrouding = \"none\"\n\n\
         [[item]]\nitem = \"17\"\nminimun = 4\n\n\
         [[strategy]]\ntitle = \"Teams\"\ndue = \"2026-03-31\"\nstatus = \"finished\"\n\n[mixx]\n",
    );
    let (code, out, err) = place.run(&["pip", "plan", "bad.toml"]);
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!("pip-plan-problems", err);
    let (code, _, err) = place.run(&["pip", "status"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: no improvement plan is in force\n  help: put one in force with `casereview pip plan FILE`\n"
    );
}

#[test]
fn items_and_measures_that_are_none_are_told_with_what_there_is() {
    let place = Place::new();
    let plan = PLAN
        .replace("item = \"20\"", "item = \"21\"")
        .replace("items = [\"20\"]", "items = [\"visit\", \"17\"]")
        .replace("numerator = 850", "numerator = 1850")
        .replace("id = \"visits\"", "id = \"visits\"\ngoal = 101")
        + "[[item]]\nitem = \"17\"\n[[item]]\nitem = \"14\"\n";
    place.write("bad.toml", plan);
    let (code, _, err) = place.run(&["pip", "plan", "bad.toml"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!("pip-plan-measures", err);
}

#[test]
fn a_plan_is_set_by_a_lead_and_once() {
    let place = place(&[], PLAN);
    let (code, out, err) = place.run(&["pip", "plan", "plan.toml"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(err, "this plan is in force already: nothing changed\n");
    let log = place.ok(&["log", "show"]);
    assert_eq!(log.matches("improvement plan put in force").count(), 1, "{log}");
    let (_, _, err) =
        place.run(&["pip", "status", "--by", "regoin", "--by", "reviewer", "--by", "worker"]);
    assert_eq!(
        err,
        "error: --by: regoin is not a column of reports\n  help: did you mean region?\n\
         error: --by: a plan is not measured by reviewer\n  help: it is region, county or case_type\n\
         error: --by: there is no report by worker: results are not a staff appraisal\n  \
         help: it is region, county or case_type\n"
    );
    let (code, _, err) = place.run(&["pip", "status", "--format", "xlsx"]);
    assert_eq!(code, 2);
    assert_eq!(
        err,
        "error: --format xlsx: a workbook is a file\n  help: name it with --out FILE\n"
    );
}
