//! What may reach a terminal.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Most combining marks on one letter: more would run over the lines above and below.
const STACKED: usize = 4;

/// One line fit for a terminal: control characters, bidirectional controls and zero-width
/// characters are taken out; tabs and line breaks become a space. Accents written as
/// combining marks stay, a few on a letter.
pub fn clean(text: &str) -> Cow<'_, str> {
    filter(text, false)
}

/// Like [`clean`], but line breaks stay (`\r\n` becomes `\n`).
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    filter(text, true)
}

/// The first character that [`clean_lines`] would take out, for refusing a text with it.
pub fn unfit_character(text: &str) -> Option<char> {
    text.chars().find(|c| unfit(*c) && !matches!(c, '\n' | '\r' | '\t'))
}

/// The text with every unfit character replaced by `?` for each of its bytes, so that byte
/// positions still hold; tabs and line breaks stay. For excerpts of a file.
pub fn same_length(text: &str) -> Cow<'_, str> {
    if unfit_character(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if unfit(c) && !matches!(c, '\n' | '\r' | '\t') {
            out.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn filter(text: &str, keep_lines: bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') || keep_lines && byte == b'\n') {
        return Cow::Borrowed(text);
    }
    if !text.chars().any(|c| is_mark(c) || unfit(c) && !(keep_lines && c == '\n')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut stacked = 0;
    while let Some(c) = rest.next() {
        stacked = if is_mark(c) { stacked + 1 } else { 0 };
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(if keep_lines { '\n' } else { ' ' }),
            '\t' => out.push(' '),
            c if unfit(c) || stacked > STACKED => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a character sits on the letter before it.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(0) && !unfit(c)
}

/// Whether a character could change what other characters look like: controls, bidirectional
/// controls, and characters that take no room and carry no accent.
fn unfit(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' // soft hyphen
            | '\u{34f}' // grapheme joiner
            | '\u{61c}' // Arabic letter mark
            | '\u{115f}'..='\u{1160}' // Hangul fillers
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' // Mongolian selectors and separator
            | '\u{200b}'..='\u{200f}' // zero width, marks
            | '\u{2028}'..='\u{202e}' // line separators, embeddings, overrides
            | '\u{2060}'..='\u{206f}' // joiner, invisible operators, isolates
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' // variation selectors
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' // musical controls
            | '\u{e0000}'..='\u{e0fff}' // tags, more selectors
        )
}

/// A text as one word of a command line, quoted where a shell would read more into it.
pub fn shell_word(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,".contains(c);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(format!("'{}'", text.replace('\'', "'\\''"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_is_not_copied() {
        assert!(matches!(clean("Señora Nguyễn, 14.A"), Cow::Borrowed(_)));
        // A combining accent stays.
        assert_eq!(clean("e\u{301}"), "e\u{301}");
        // Not a tower of them.
        let tower = format!("e{}x", "\u{301}".repeat(40));
        assert_eq!(clean(&tower), format!("e{}x", "\u{301}".repeat(4)));
    }

    #[test]
    fn escape_bidi_and_zero_width_go() {
        assert_eq!(clean("a\u{1b}[31mb"), "a[31mb");
        assert_eq!(clean("yes\u{202e}on\u{200b}"), "yeson");
        assert_eq!(clean("a\tb\r\nc\u{9b}d\u{2028}e"), "a b cd e");
        assert_eq!(clean_lines("a\r\nb\tc\u{7}"), "a\nb c");
    }

    #[test]
    fn same_length_keeps_byte_positions() {
        let text = "a\u{202e}b\u{1b}\nc";
        assert_eq!(same_length(text), "a???b?\nc");
        assert_eq!(same_length(text).len(), text.len());
    }

    #[test]
    fn a_word_of_a_command_is_quoted_where_a_shell_would_read_more() {
        assert_eq!(shell_word("region=Mid-Cumberland"), "region=Mid-Cumberland");
        assert_eq!(shell_word("region=Smoky Mountain"), "'region=Smoky Mountain'");
        assert_eq!(shell_word("O'Brien $HOME"), "'O'\\''Brien $HOME'");
        assert_eq!(shell_word(""), "''");
    }
}
