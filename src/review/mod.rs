//! Events, commands (decide) and state (apply): rounds, readings, assignments, seals.
