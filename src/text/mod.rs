//! Wrapping, counting, "did you mean", and the sanitisers for terminal and spreadsheet.
