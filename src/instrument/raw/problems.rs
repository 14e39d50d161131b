//! Where problems of a file are gathered.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use super::syntax::is_inside;
use crate::diagnostic::Diagnostic;

/// More problems than anyone mends in one go; a hostile file stops here.
const MOST: usize = 100;

/// A message quotes no more of a file than this many bytes.
const LONGEST: usize = 300;

/// The problems of a file found so far.
#[derive(Debug, Default)]
pub(in crate::instrument) struct Problems {
    list: RefCell<Vec<Diagnostic>>,
    /// Stretches of the text that could not be read, each with the header it begins with.
    unread: RefCell<Vec<(Range<usize>, Option<String>)>>,
    errors: Cell<usize>,
    dropped: Cell<usize>,
}

impl Problems {
    /// Adds a problem.
    pub(in crate::instrument) fn add(&self, mut problem: Diagnostic) {
        let related = problem.related.iter_mut().map(|related| &mut related.label);
        for words in std::iter::once(&mut problem.message).chain(&mut problem.help).chain(related) {
            shorten(words);
        }
        if problem.is_error() {
            self.errors.set(self.errors.get() + 1);
        }
        let mut list = self.list.borrow_mut();
        if list.len() < MOST {
            list.push(problem);
        } else {
            self.dropped.set(self.dropped.get() + 1);
        }
    }
    /// Whether there are so many that looking for more is of no use.
    pub(in crate::instrument) fn too_many(&self) -> bool {
        self.dropped.get() > 0
    }
    /// Whether a problem of this kind was found already.
    pub(in crate::instrument) fn any(&self, is: impl Fn(&Diagnostic) -> bool) -> bool {
        self.list.borrow().iter().any(is)
    }
    /// How many errors there are so far: more after a step than before mean that the step
    /// found some.
    pub(in crate::instrument) fn errors(&self) -> usize {
        self.errors.get()
    }
    /// Remembers a stretch of text that could not be read, with the name in its header where
    /// a whole table is lost with it.
    pub(in crate::instrument) fn add_unread(&self, span: Range<usize>, header: Option<String>) {
        self.unread.borrow_mut().push((span, header));
    }
    /// Whether anything could not be read.
    pub(in crate::instrument) fn has_unread(&self) -> bool {
        !self.unread.borrow().is_empty()
    }
    /// Whether whole tables could not be read: an unknown name may be one of theirs.
    pub(in crate::instrument) fn lost_table(&self) -> bool {
        self.unread.borrow().iter().any(|(_, header)| header.is_some())
    }
    /// Whether part of the stretch could not be read: what seems missing there may be there.
    pub(in crate::instrument) fn is_unread(&self, span: &Range<usize>) -> bool {
        self.unread.borrow().iter().any(|(unread, _)| meet(unread, span))
    }
    /// Whether a key or a table of the table `name`, which takes up the stretch, could not be
    /// read.
    pub(in crate::instrument) fn is_unread_in(&self, span: &Range<usize>, name: &str) -> bool {
        self.unread.borrow().iter().any(|(unread, header)| {
            meet(unread, span) && header.as_ref().is_none_or(|header| is_inside(header, name))
        })
    }
    /// All problems in the order of the text.
    pub(in crate::instrument) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut list = self.list.into_inner();
        list.sort_by_key(|d| (d.span.as_ref().map(|s| s.start), d.span.as_ref().map(|s| s.end)));
        let dropped = self.dropped.get();
        if dropped > 0 {
            list.push(
                Diagnostic::error("too-many-problems", format!("{dropped} more problems follow"))
                    .help("mend the ones above first, then check again"),
            );
        }
        list
    }
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Cuts words that quote too much; "known are" lists of many ids are shortened by it too.
fn shorten(words: &mut String) {
    if words.len() > 2 * LONGEST {
        let (mut first, mut last) = (LONGEST, words.len() - LONGEST / 3);
        while !words.is_char_boundary(first) {
            first -= 1;
        }
        while !words.is_char_boundary(last) {
            last += 1;
        }
        words.replace_range(first..last, " ... ");
    }
}
