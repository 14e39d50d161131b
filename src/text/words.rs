//! Small pieces of sentences.

/// A number with its noun: "1 case", "2 cases", "0 cases".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Numbers to twelve in words, as running text wants them, larger ones in figures.
pub fn in_words(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// "A", "A and B", "A, B and C".
pub fn list_and<S: AsRef<str>>(parts: &[S]) -> String {
    list(parts, "and")
}

/// "A", "A or B", "A, B or C".
pub fn list_or<S: AsRef<str>>(parts: &[S]) -> String {
    list(parts, "or")
}

fn list<S: AsRef<str>>(parts: &[S], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., end] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", first.join(", "), end.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_lists() {
        assert_eq!(count(1, "case", "cases"), "1 case");
        assert_eq!(count(0, "case", "cases"), "0 cases");
        assert_eq!(in_words(3), "three");
        assert_eq!(in_words(13), "13");
        assert_eq!(list_and(&["A", "B", "C"]), "A, B and C");
        assert_eq!(list_or(&["A", "B"]), "A or B");
        assert_eq!(list_or::<&str>(&[]), "");
    }
}
