//! A reviewer's own note on a question: a text like a narrative, at a place of its own.
//!
//! Whatever the answer asks for, a note stays: it is never a narrative set aside, never
//! missing, and rates nothing. In events it is `narrated` at the question's id followed by
//! `#note`; no id of an instrument holds a `#`, so neither can be taken for the other.

const MARK: &str = "#note";

/// Where the note on a question stands: `20.A2#note`.
pub fn note_on(question: &str) -> String {
    format!("{question}{MARK}")
}

/// The question a note's place belongs to; none where the place isn't a note's.
pub fn noted(place: &str) -> Option<&str> {
    place.strip_suffix(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_and_its_question_lead_to_one_another() {
        assert_eq!(noted(&note_on("20.A2")), Some("20.A2"));
        assert_eq!(noted("20.A2"), None);
    }
}
