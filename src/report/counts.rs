//! Counts per group and line.

/// Counts per group and line, `width` numbers each. Lines may be added while counting.
#[derive(Debug)]
pub(super) struct Counts {
    width: usize,
    groups: Vec<Vec<u64>>,
    nothing: Vec<u64>,
}

impl Counts {
    pub(super) fn new(width: usize) -> Self {
        Self { width, groups: Vec::new(), nothing: vec![0; width] }
    }
    /// The numbers of all lines of a group, one line after the other.
    pub(super) fn cells(&mut self, group: usize, lines: usize) -> &mut [u64] {
        if self.groups.len() <= group {
            self.groups.resize_with(group + 1, Vec::new);
        }
        let cells = &mut self.groups[group];
        if cells.len() < lines * self.width {
            cells.resize(lines * self.width, 0);
        }
        cells
    }
    /// Counts the ratings of a reading: of each line the number its rating stands for. A
    /// rating out of range counts nowhere.
    pub(super) fn add(&mut self, group: usize, all: usize, lines: &[usize], ratings: &[u8]) {
        let width = self.width;
        let cells = self.cells(group, all);
        for (line, rating) in lines.iter().zip(ratings) {
            let rating = usize::from(*rating);
            if rating < width {
                cells[line * width + rating] += 1;
            }
        }
    }
    /// The numbers of a line in a group.
    pub(super) fn get(&self, group: usize, line: usize) -> &[u64] {
        let cells = self.groups.get(group);
        let cell = cells.and_then(|cells| cells.get(line * self.width..(line + 1) * self.width));
        cell.unwrap_or(&self.nothing)
    }
}
