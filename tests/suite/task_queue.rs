//! The queue: filters, search, order, and the highlighted case kept.

use casereview::review::Which;
use casereview::task::queue::{Case, State, Status};

fn queue() -> State {
    let case = |n: usize, case_type: &str, region: &str, status| Case {
        reading: format!("r{n}"),
        case: format!("R-{n:04}"),
        case_type: case_type.to_owned(),
        region: region.to_owned(),
        county: "Any".to_owned(),
        status,
        which: if n == 3 { Which::Second } else { Which::First },
        reviewer: "rev1".to_owned(),
    };
    let mut state = State::default();
    state.learn(vec![
        case(4, "In-home", "East", Status::NotStarted),
        case(1, "Foster care", "Knox", Status::Submitted),
        case(3, "Foster care", "Shelby", Status::InProgress),
        case(2, "Foster care", "East", Status::NotStarted),
    ]);
    state
}

fn names(state: &State) -> Vec<&str> {
    state.shown().iter().map(|c| c.case.as_str()).collect()
}

#[test]
fn sorts_by_case_status_and_region() {
    let mut state = queue();
    assert_eq!(names(&state), ["R-0003", "R-0002", "R-0004", "R-0001"]);
    state.next_order();
    assert_eq!(names(&state), ["R-0002", "R-0004", "R-0001", "R-0003"]);
    state.next_order();
    assert_eq!(names(&state), ["R-0001", "R-0002", "R-0003", "R-0004"]);
    state.next_order();
    assert_eq!(names(&state)[0], "R-0003");
}

#[test]
fn filters_go_through_what_there_is_and_back_to_all() {
    let mut state = queue();
    let mut seen = Vec::new();
    for _ in 0..4 {
        state.next_status();
        seen.push((state.status, state.shown().len()));
    }
    let some = |status, n| (Some(status), n);
    assert_eq!(
        seen,
        [
            some(Status::NotStarted, 2),
            some(Status::InProgress, 1),
            some(Status::Submitted, 1),
            (None, 4)
        ]
    );
    state.next_case_type();
    assert_eq!(state.case_type.as_deref(), Some("Foster care"));
    state.next_region();
    assert_eq!((state.region.as_deref(), names(&state)), (Some("East"), vec!["R-0002"]));
    assert!(state.is_filtered());
    state.clear_filters();
    assert!(!state.is_filtered());
    assert_eq!(state.shown().len(), 4);
}

#[test]
fn every_word_searched_must_be_found() {
    let mut state = queue();
    state.search_for("east foster".to_owned());
    assert_eq!(names(&state), ["R-0002"]);
    state.search_for("IRR".to_owned());
    assert_eq!(names(&state), ["R-0003"]);
    state.search_for("nowhere".to_owned());
    assert!(state.chosen().is_none());
}

#[test]
fn the_highlighted_case_stays_while_it_is_shown() {
    let mut state = queue();
    state.cursor.put(1, 4);
    assert_eq!(state.chosen().map(|c| c.case.as_str()), Some("R-0002"));
    state.next_order();
    state.search_for("east".to_owned());
    assert_eq!(state.chosen().map(|c| c.case.as_str()), Some("R-0002"));
    state.search_for("knox".to_owned());
    assert_eq!(state.chosen().map(|c| c.case.as_str()), Some("R-0001"));
}
