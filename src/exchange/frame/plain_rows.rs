//! CSV without quotation marks, which nearly every frame is: every line is a row and every
//! comma parts two cells, so that blocks of lines can be read at a time.

use std::io;

use memchr::{memchr, memchr_iter, memchr2_iter};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::blocks::{Block, Blocks};
use super::csv_rows::{Seen, wrong_width};
use super::hashing::Hashed;
use crate::sampling::{FrameBuilder, Layout, Stretch};
use crate::text::unguard;

/// Blocks looked at together, while the next ones are read.
const TOGETHER: usize = 4;

/// The text of a block, if it is plain: UTF-8 without quotation marks, lines ended as usual.
pub(super) fn plain(bytes: &[u8]) -> Option<&str> {
    let usual = memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
    let text = std::str::from_utf8(bytes).ok();
    text.filter(|_| usual && memchr(b'"', bytes).is_none())
}

/// The cell as it counts: trimmed, without the apostrophe that guards it from being run.
pub(super) fn tidy(cell: &str) -> &str {
    let inside = |byte: Option<&u8>| byte.is_none_or(|byte| (b'('..=b'~').contains(byte));
    match cell.as_bytes() {
        // Most cells start and end with a letter or a digit.
        bytes if inside(bytes.first()) && inside(bytes.last()) => cell,
        _ => unguard(cell.trim()),
    }
}

/// Takes in the blocks that follow, until the file ends or one isn't plain, which is given
/// back with all behind it.
pub(super) fn read<R: Hashed + Send>(
    builder: &mut FrameBuilder<'_>,
    blocks: &mut Blocks<R>,
    first: Block,
    seen: &mut Seen,
) -> io::Result<()> {
    let mut here = vec![first];
    while !here.is_empty() {
        let layout = builder.layout();
        let read = || here.par_iter().map(|block| stretches(layout, block)).collect::<Vec<_>>();
        let (found, ahead) = rayon::join(read, || next(blocks));
        let ahead = ahead?;
        let plain = found.iter().take_while(|found| found.is_some()).count();
        for (stretches, own) in found.into_iter().map_while(|found| found) {
            stretches.into_iter().for_each(|stretch| builder.add(stretch));
            seen.utf8 |= own;
        }
        if plain < here.len() {
            blocks.give_back(here.into_iter().skip(plain).chain(ahead));
            return Ok(());
        }
        here = ahead;
    }
    Ok(())
}

fn next<R: Hashed>(blocks: &mut Blocks<R>) -> io::Result<Vec<Block>> {
    let mut found = Vec::with_capacity(TOGETHER);
    while found.len() < TOGETHER
        && let Some(block) = blocks.next()?
    {
        found.push(block);
    }
    Ok(found)
}

/// A block's rows, and whether a row holds characters beyond ASCII; `None` where the block
/// isn't plain.
fn stretches(layout: &Layout<'_>, block: &Block) -> Option<(Vec<Stretch>, bool)> {
    let text = plain(&block.bytes)?;
    let is_ascii = text.is_ascii();
    let mut seen = false;
    let mut full = Vec::new();
    let mut stretch = Stretch::with_room(text.len() + 1);
    let mut cells: Vec<&str> = Vec::with_capacity(layout.width());
    let (mut number, mut start, mut line) = (block.before, 0, 0);
    let ends = memchr2_iter(b',', b'\n', text.as_bytes());
    // The last line need not be ended.
    let last = (!text.ends_with('\n')).then_some(text.len());
    for end in ends.chain(last) {
        cells.push(&text[start..end]);
        start = end + 1;
        if text.as_bytes().get(end) == Some(&b',') {
            continue;
        }
        number += 1;
        if stretch.is_full() {
            full.push(std::mem::take(&mut stretch));
        }
        if cells.len() == layout.width() {
            seen |= !is_ascii && !text[line..end].is_ascii();
            cells.iter_mut().for_each(|cell| *cell = tidy(cell));
            layout.row(&mut stretch, number, |at| cells[at]);
        } else if cells.iter().any(|cell| !cell.as_bytes().trim_ascii().is_empty()) {
            // Blank rows at the end often have another length.
            let (message, help) = wrong_width(cells.len(), layout.width());
            layout.problem(&mut stretch, number, None, message, help);
        }
        cells.clear();
        line = start;
    }
    full.push(stretch);
    Some((full, seen))
}
