//! XML as tags and the texts between them, read in pieces: enough to weigh a part before
//! the reader of workbooks believes it.

use std::io::Read;

use memchr::memchr;

/// Bytes of one tag or text; Excel ends a cell at 32,767 characters.
pub(super) const LONGEST: usize = 256 << 10;
const PIECE: usize = 1 << 16;

/// A tag, from `<` to `>`, and the text that stands before it. Behind the last tag comes an
/// empty one, with what text is left.
pub(super) struct Tag<'b> {
    pub(super) text: &'b [u8],
    pub(super) tag: &'b [u8],
}

impl<'b> Tag<'b> {
    /// The element's name without its prefix.
    pub(super) fn name(&self) -> &'b [u8] {
        let inside = self.tag.strip_prefix(b"</").or(self.tag.strip_prefix(b"<")).unwrap_or(b"");
        let end = inside.iter().position(|byte| b" \t\r\n/>".contains(byte));
        let name = &inside[..end.unwrap_or(inside.len())];
        name.iter().position(|byte| *byte == b':').map_or(name, |at| &name[at + 1..])
    }
    /// Whether it ends an element.
    pub(super) fn ends(&self) -> bool {
        self.tag.starts_with(b"</")
    }
    /// Whether it is an element of its own, such as `<c/>`.
    pub(super) fn is_whole(&self) -> bool {
        self.tag.ends_with(b"/>")
    }
    /// Whether it is a comment, a document type or raw text.
    pub(super) fn is_markup(&self) -> bool {
        self.tag.starts_with(b"<!")
    }
    /// The value of an attribute, as it stands there.
    pub(super) fn attribute(&self, name: &str) -> Option<&'b [u8]> {
        let mut from = 0;
        while let Some(at) = memchr::memmem::find(&self.tag[from..], name.as_bytes()) {
            let (start, end) = (from + at, from + at + name.len());
            let parted = start > 0 && self.tag[start - 1].is_ascii_whitespace();
            if parted && let Some(value) = self.tag[end..].trim_ascii_start().strip_prefix(b"=") {
                let value = value.trim_ascii_start();
                let quote = value.first().filter(|byte| b"\"'".contains(byte))?;
                return memchr(*quote, &value[1..]).map(|length| &value[1..=length]);
            }
            from = end;
        }
        None
    }
}

/// Reads a part tag by tag.
pub(super) struct Tags<R> {
    part: R,
    buffer: Vec<u8>,
    /// What of the buffer is not given yet.
    from: usize,
    to: usize,
    at_end: bool,
    read: u64,
}

impl<R: Read> Tags<R> {
    pub(super) fn new(part: R) -> Self {
        Self { part, buffer: vec![0; 2 * PIECE], from: 0, to: 0, at_end: false, read: 0 }
    }

    /// Bytes read so far.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// The next tag with its text; `None` behind the end.
    ///
    /// # Errors
    /// In words, where the part can't be read or a tag or text is too long.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'_>>, String> {
        let (mut text, mut tag) = (0, None);
        loop {
            let left = &self.buffer[self.from..self.to];
            if tag.is_none() {
                tag = memchr(b'<', &left[text..]).map(|at| text + at);
                text = tag.unwrap_or(left.len());
            }
            if let Some(start) = tag
                && let Some(length) = tag_length(&left[start..])
            {
                let (begin, middle) = (self.from, self.from + start);
                self.from = middle + length;
                let (text, tag) = (&self.buffer[begin..middle], &self.buffer[middle..self.from]);
                return Ok(Some(Tag { text, tag }));
            }
            if left.len() > LONGEST {
                return Err(format!("a cell of the workbook is longer than {LONGEST} bytes"));
            }
            if self.at_end {
                if left.is_empty() {
                    return Ok(None);
                }
                let begin = self.from;
                self.from = self.to;
                return Ok(Some(Tag { text: &self.buffer[begin..self.to], tag: b"" }));
            }
            self.more().map_err(|error| super::unreadable(&error))?;
        }
    }

    /// Reads a piece behind what is left.
    fn more(&mut self) -> std::io::Result<()> {
        self.buffer.copy_within(self.from..self.to, 0);
        self.to -= self.from;
        self.from = 0;
        if self.buffer.len() < self.to + PIECE {
            self.buffer.resize(self.to + PIECE, 0);
        }
        let length = self.part.read(&mut self.buffer[self.to..])?;
        self.at_end = length == 0;
        self.to += length;
        self.read += length as u64;
        Ok(())
    }
}

/// Bytes of the tag that starts here, if it ends here too. A `>` in quotation marks is none.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut end = memchr(b'>', bytes)? + 1;
    let even = |tag: &[u8]| tag.iter().filter(|byte| **byte == b'"').count() % 2 == 0;
    if even(&bytes[..end]) && memchr(b'\'', &bytes[..end]).is_none() {
        return Some(end);
    }
    end = 0;
    loop {
        end += memchr::memchr3(b'>', b'"', b'\'', &bytes[end..])? + 1;
        match bytes[end - 1] {
            b'>' => return Some(end),
            quote => end += memchr(quote, &bytes[end..])? + 1,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, String)> {
        // Read byte by byte, so that everything is cut in two somewhere.
        struct Slow<'t>(&'t [u8]);
        impl Read for Slow<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let length = self.0.len().min(1);
                buffer[..length].copy_from_slice(&self.0[..length]);
                self.0 = &self.0[length..];
                Ok(length)
            }
        }
        let mut tags = Tags::new(Slow(text.as_bytes()));
        let mut found = Vec::new();
        while let Some(Tag { text, tag }) = tags.next().unwrap() {
            let of = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            found.push((of(text), of(tag)));
        }
        found
    }

    #[test]
    fn texts_and_tags_in_turn() {
        let pair = |text: &str, tag: &str| (text.to_owned(), tag.to_owned());
        assert_eq!(
            cut("a<b c=\"1>2\" d='\">'>e</b>f"),
            [pair("a", "<b c=\"1>2\" d='\">'>"), pair("e", "</b>"), pair("f", "")]
        );
        assert_eq!(cut("<a><b"), [pair("", "<a>"), pair("<b", "")]);
        assert_eq!(cut(""), []);
    }

    #[test]
    fn names_and_attributes() {
        let tag = |tag: &'static str| Tag { text: b"", tag: tag.as_bytes() };
        assert_eq!(tag("<x:row r=\"1\">").name(), b"row");
        assert_eq!(tag("</c>").name(), b"c");
        assert_eq!(tag("<c/>").name(), b"c");
        let one = tag("<R xTarget='a' Target = \"b\" Type='c'/>");
        assert_eq!(one.attribute("Target").unwrap(), b"b");
        assert_eq!(one.attribute("Type").unwrap(), b"c");
        assert!(one.attribute("Id").is_none());
    }
}
