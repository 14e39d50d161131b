//! Counts per group, line and rating.

/// Counts per group and line. `K` is the number of ratings.
#[derive(Debug)]
pub(super) struct Counts<const K: usize> {
    lines: usize,
    cells: Vec<[u64; K]>,
}

impl<const K: usize> Counts<K> {
    pub(super) fn new(lines: usize) -> Self {
        Self { lines, cells: Vec::new() }
    }
    /// Counts a reading in its group; a rating out of range counts nowhere.
    pub(super) fn add(&mut self, group: usize, lines: &[usize], ratings: &[u8]) {
        let needed = (group + 1) * self.lines;
        if self.cells.len() < needed {
            self.cells.resize(needed, [0; K]);
        }
        let row = &mut self.cells[group * self.lines..needed];
        for (line, rating) in lines.iter().zip(ratings) {
            if let Some(count) = row[*line].get_mut(usize::from(*rating)) {
                *count += 1;
            }
        }
    }
    /// Readings of a group by rating.
    pub(super) fn get(&self, group: usize, line: usize) -> [u64; K] {
        self.cells.get(group * self.lines + line).copied().unwrap_or([0; K])
    }
}
