//! Texts to small numbers, so that groups are compared as integers.

use std::collections::HashMap;

/// Numbers texts in order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Interner {
    numbers: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    last: Option<u32>,
}

impl Interner {
    /// The number of a text. Neighbouring readings mostly share their facts, so the last
    /// text is tried first.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(last) = self.last
            && &*self.texts[last as usize] == text
        {
            return last;
        }
        let number = match self.numbers.get(text) {
            Some(number) => *number,
            None => {
                let number = self.texts.len() as u32;
                self.texts.push(text.into());
                self.numbers.insert(text.into(), number);
                number
            }
        };
        self.last = Some(number);
        number
    }
    /// The text behind a number this interner gave.
    pub(super) fn text(&self, number: u32) -> &str {
        &self.texts[number as usize]
    }
}
