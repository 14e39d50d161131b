//! Proportions, stratified estimates, agreement, PIP goals: pure functions.
