//! Taking names out of what was typed about a case.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::instrument::{Instrument, Kind};
use crate::review::Reading;
use crate::scoring::{Answers, Value};
use crate::store::Workspace;

/// What stands in place of a name.
const GONE: &str = "[…]";
/// Shortest word of a name that is taken out alone.
const SHORTEST: usize = 3;
/// What joins the parts of a word.
const BETWEEN: [char; 3] = ['\'', '’', '-'];

/// Words that name someone or the case, as far as the program knows.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// As [`folded`] has them.
    words: BTreeSet<String>,
    /// As they are written alone: codes of people.
    codes: BTreeSet<String>,
}

impl Named {
    /// The codes and printed names of everyone in the workspace. `lead` is what they do, and
    /// stays.
    pub fn people(workspace: &Workspace) -> Self {
        let team = workspace.team();
        let mut named = Self::default();
        let codes = team.people.keys().map(|code| code.as_str());
        named.codes.extend(codes.filter(|code| *code != "lead").map(str::to_owned));
        for card in team.cards.values().flatten() {
            named.add(&card.name);
        }
        named
    }

    /// These and what identifies someone in a review: answers that do so by the instrument, and
    /// what the agency calls the case, its family and its worker.
    pub fn of_review(
        people: &Self,
        edition: &Instrument,
        answers: &Answers,
        reading: &Reading,
    ) -> Self {
        let mut named = Self { words: people.words.clone(), codes: people.codes.clone() };
        for at in edition.question_positions() {
            let question = edition.question(at);
            match answers.get(at) {
                Some(Value::Text(text)) if question.identifying() => named.add_lines(text),
                Some(Value::Rows(rows)) => {
                    let names = question.columns().iter().filter(|column| {
                        (question.identifying() || column.identifying)
                            && matches!(column.kind, Kind::Text)
                    });
                    for column in names {
                        let cells = rows.iter().filter_map(|row| row.get(&column.id));
                        cells.for_each(|text| named.add(text));
                    }
                }
                _ => {}
            }
        }
        // What someone is to the child names nobody: "Mother", "Caseworker".
        let parts = edition.parts().iter().map(|part| part.title.as_str());
        let options = edition.questions().iter().flat_map(|question| question.options());
        let roles = parts.chain(options.map(|choice| choice.title.as_str()));
        for word in roles.flat_map(|title| title.split(|letter| !is_of_word(letter))) {
            named.words.remove(&folded(word));
        }
        named.words.insert(folded(&reading.case.number.to_string()));
        for (key, text) in &reading.frame {
            if matches!(key.as_str(), "case" | "family" | "worker" | "supervisor") {
                named.words.insert(folded(text));
                named.add(text);
            }
        }
        named
    }

    /// A name as a whole is made of words, each of which names.
    fn add(&mut self, name: &str) {
        let words = name.split(|letter: char| !is_of_word(letter));
        // `Ann-Marie` is called Ann, and `O'Hara` written with another apostrophe.
        let words = words.flat_map(|word| {
            std::iter::once(word).chain(word.split('-')).chain(word.split(BETWEEN))
        });
        let long = words.filter(|word| word.chars().count() >= SHORTEST);
        self.words.extend(long.map(folded));
    }

    /// Lines on people, as face sheets have them: the first word of each and those written with
    /// a capital are taken for names; a single line is one as a whole.
    fn add_lines(&mut self, text: &str) {
        if text.lines().count() < 2 && text.split_whitespace().count() <= 4 {
            self.add(text);
        }
        for line in text.split(['\n', ';']) {
            for (at, word) in line.split_whitespace().enumerate() {
                if at == 0 || word.chars().next().is_some_and(char::is_uppercase) {
                    self.add(word);
                }
            }
        }
    }

    /// The text with every such word replaced.
    pub fn without(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(begin) = rest.find(is_of_word) {
            out.push_str(&rest[..begin]);
            rest = &rest[begin..];
            let end = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
            out.push_str(self.word(&rest[..end]));
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// A word, or what stands in its place. `Ann's`, `Anns` and `Ann-Marie` name too, and names
    /// written as one word.
    fn word<'w>(&self, word: &'w str) -> &'w str {
        let is_name = |word: &str| self.codes.contains(word) || self.is_name(&folded(word));
        let parts = || word.split(BETWEEN).filter(|part| part.chars().count() >= SHORTEST);
        if is_name(word) || parts().any(is_name) { GONE } else { word }
    }

    /// Whether a folded word is a name, one with an s at its end, or two of them joined.
    fn is_name(&self, word: &str) -> bool {
        let has = |part: &str| part.chars().count() >= SHORTEST && self.words.contains(part);
        let joined = |at: usize| has(&word[..at]) && has(&word[at..]);
        self.words.contains(word)
            || word.strip_suffix('s').is_some_and(has)
            || word.char_indices().any(|(at, _)| joined(at))
    }
}

/// A word without accents, marks between its parts, and capitals: `O'Hara-Peña` and `oharapena`
/// are the same.
fn folded(word: &str) -> String {
    let letters = word.nfkd().filter(|letter| !is_combining_mark(*letter));
    letters.filter(|letter| !BETWEEN.contains(letter)).flat_map(char::to_lowercase).collect()
}

/// Letters of a word; a code such as `R-0042` is one.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '\'' | '’' | '-' | '_')
        || is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::Named;

    #[test]
    fn names_are_taken_out_however_they_are_written() {
        let mut named = Named::default();
        named.add("Ann-Marie O'Hara");
        named.add_lines("tim, 2019-03-04, boy\nRosa Diaz, aunt of the child");
        named.codes.insert("R1".to_owned());
        let told = "ANN-MARIE's aunt Rosa met Tim; R1 saw Diaz, r1 did not. The child of O’Hara.";
        assert_eq!(
            named.without(told),
            "[…] aunt […] met […]; […] saw […], r1 did not. The child of […]."
        );
        assert_eq!(
            named.without("Time was short, an Anniversary."),
            "Time was short, an Anniversary."
        );
        let mut named = Named::default();
        named.add("José Peña-Díaz");
        named.add("O'Brien-Smith");
        named.add("Mary Jones");
        let told = "Pena and Diaz; JOSE\u{301} Peñadíaz; OBrien's, marys and MaryJones: a smithy.";
        assert_eq!(named.without(told), "[…] and […]; […] […]; […], […] and […]: a smithy.");
    }
}
