//! Text in columns of a terminal, counted by display width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns the text takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) { text.len() } else { text.width() }
}

/// Whether the text is printable ASCII only: every byte a letter of one column.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The text in exactly `columns` columns: cut with an ellipsis, or filled with spaces on the
/// right.
pub fn fit(text: &str, columns: usize) -> String {
    let cut = cut(text, columns);
    let room = columns - width(&cut);
    cut + &" ".repeat(room)
}

/// Like [`fit`], filled on the left, for numbers.
pub fn fit_right(text: &str, columns: usize) -> String {
    let cut = cut(text, columns);
    " ".repeat(columns - width(&cut)) + &cut
}

fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (mut out, mut used) = (String::new(), 0);
    for cluster in text.graphemes(true) {
        if used + cluster.width() + 1 > columns {
            break;
        }
        out.push_str(cluster);
        used += cluster.width();
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

/// Lines of at most `columns` columns, broken at spaces; a word longer than a line is broken
/// inside. Line breaks of the text stay; an empty text gives one empty line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, columns.max(1))).collect()
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut current, mut used) = (Vec::new(), String::new(), 0);
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if used > 0 && used + 1 + wide <= columns {
            current.push(' ');
            current.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut current));
            used = 0;
        }
        if wide <= columns {
            current.push_str(word);
            used = wide;
            continue;
        }
        for cluster in word.graphemes(true) {
            if used > 0 && used + cluster.width() > columns {
                lines.push(std::mem::take(&mut current));
                used = 0;
            }
            current.push_str(cluster);
            used += cluster.width();
        }
    }
    lines.push(current);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_by_display_width() {
        assert_eq!(fit("abc", 5), "abc  ");
        assert_eq!(fit("abcdef", 4), "abc…");
        assert_eq!(fit("日本語", 4), "日… ");
        assert_eq!(fit("abc", 0), "");
        assert_eq!(fit_right("7", 3), "  7");
    }

    #[test]
    fn wraps_at_spaces_and_breaks_long_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
    }
}
