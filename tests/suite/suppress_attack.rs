//! Reports for the public under attack by a solver in another language: `tests/attack/solve.py`.
//!
//! `CASEREVIEW_PYTHON` names a Python that has SciPy (else `python3`); without one the test is
//! skipped, except where `CI` is set. `CASEREVIEW_ATTACK_SETS` is the number of sets, 100 when
//! not given; for every hundred of them one large one is attacked too, and for every ten one of questions.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::fmt::Write;
use std::process::Command;

use crate::suppress_sets::{large_set, question_set, set};

const THRESHOLD: u64 = 11;

/// Sets in which more than twice the minimum was hidden once: attacked every time.
const ONCE_AT_FAULT: [u64; 2] = [3629, 5924];

/// How many threads make sets.
const PARTS: usize = 4;

#[test]
fn a_solver_recovers_no_hidden_count() {
    let python = std::env::var("CASEREVIEW_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import scipy.optimize"]).output();
    if !has.is_ok_and(|done| done.status.success()) {
        let help = "SciPy is needed: python3 -m venv V && V/bin/pip install scipy, then \
                    CASEREVIEW_PYTHON=V/bin/python";
        assert!(std::env::var_os("CI").is_none(), "{help}");
        eprintln!("skipped: {help}");
        return;
    }
    let sets = std::env::var("CASEREVIEW_ATTACK_SETS").ok();
    let sets: u64 = sets.map_or(100, |sets| sets.parse().unwrap());
    // Made side by side, since they take longer than the solver.
    let part = |first: u64| -> String {
        let mut lines = String::new();
        for number in (first..sets).step_by(PARTS) {
            writeln!(lines, "{}", set(number, THRESHOLD)).unwrap();
        }
        lines
    };
    let mut lines = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..).take(PARTS).map(|at| scope.spawn(move || part(at))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect::<String>()
    });
    for number in ONCE_AT_FAULT.iter().filter(|number| **number >= sets) {
        writeln!(lines, "{}", set(*number, THRESHOLD)).unwrap();
    }
    for number in 0..sets.div_ceil(100) {
        writeln!(lines, "{}", large_set(number, THRESHOLD)).unwrap();
    }
    for number in 0..sets.div_ceil(10) {
        writeln!(lines, "{}", question_set(number, THRESHOLD)).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sets.jsonl");
    std::fs::write(&file, lines).unwrap();
    let solver = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/attack/solve.py");
    let done = Command::new(python)
        .args([solver, file.to_str().unwrap(), "--minimum", "24"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let failed = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}{failed}");
    eprint!("{said}");
}
