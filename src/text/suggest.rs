//! "Did you mean": the known word nearest to a wrong one.

/// No word is longer; comparing would take for ever.
const LONGEST: usize = 80;

/// The known word that `wrong` was most likely meant to be, or `None` when nothing is near.
///
/// Near is at most one slip (a letter changed, left out, put in, or two swapped) in three
/// letters, ignoring case; of equally near words the first.
pub fn did_you_mean<'k>(wrong: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = wrong.to_lowercase();
    let length = lower.chars().count();
    // One number is no likeness of another.
    if length > LONGEST || lower.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        // So many letters more or less are as many slips.
        .filter(|word| word.chars().count().abs_diff(length) <= allowed)
        .map(|word| (strsim::osa_distance(&lower, &word.to_lowercase()), word))
        .filter(|(slips, word)| *slips <= allowed && *slips < word.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn finds_the_nearest_word_and_keeps_quiet_when_none_is_near() {
        let words = ["foster-care", "in-home", "in-home-dr"];
        assert_eq!(did_you_mean("foster_care", words), Some("foster-care"));
        assert_eq!(did_you_mean("In-Home", words), Some("in-home"));
        assert_eq!(did_you_mean("adoption", words), None);
        assert_eq!(did_you_mean("19", ["18", "1A"]), None, "item 19 is no slip for 18");
        assert_eq!(did_you_mean("x", ["a"]), None, "one letter is no likeness");
        assert_eq!(did_you_mean("", words), None);
        assert_eq!(did_you_mean("20.A9", ["19.A1", "20.A1", "20.A2"]), Some("20.A1"));
    }
}
