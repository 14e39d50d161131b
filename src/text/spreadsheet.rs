//! What may reach a spreadsheet: no cell that it would run.

use std::borrow::Cow;

/// Puts one apostrophe before a cell that a spreadsheet would take for a formula: one that
/// starts with `=`, `+`, `-`, `@`, a tab or a carriage return, plain numbers excepted.
/// [`unguard`] takes exactly these off again, so the two are inverse for every text.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if would_run(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes off the apostrophe that [`guard`] put on.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest) => rest,
        _ => cell,
    }
}

/// Looked at behind any apostrophes, so that a text that has one of its own gets another and
/// comes back unharmed.
fn would_run(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_plain_number(bare)
}

/// Digits with an optional sign and an optional decimal part.
fn is_plain_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for cell in ["=1+1", "+cmd", "-", "@sum", "\tx", "\rx", "-1-1", "-1e5", "'=1"] {
            assert_eq!(guard(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "-5", "+12.5", "0.9", "yes", "'tis", "a=b", "2026-01-01"] {
            assert_eq!(guard(cell), cell, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn unguard_undoes_guard(cell in "['=+@\\-\t\r0-9a.]{0,6}") {
            let guarded = guard(&cell);
            prop_assert_eq!(unguard(&guarded), cell.as_str());
        }
    }
}
