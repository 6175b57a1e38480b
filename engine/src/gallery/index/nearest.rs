//! What a scan keeps for one probe: every row that may be among the nearest persons.
//!
//! Scores are squared distances but for a term common to all rows, each wrong by at most a tolerance. A row is kept
//! as long as its score, taken at its best, is not beyond the score of the last of the nearest persons, taken at
//! its worst. So nothing that an exact scan would find is lost, and few rows remain to be ranked exactly.

/// The rows that one probe needs.
#[derive(Debug)]
pub(super) struct Nearest {
    top: usize,
    /// Twice the error of a score.
    tolerance: f32,
    /// The best scores of distinct persons, lowest first.
    persons: Vec<(f32, u32)>,
    rows: Vec<(f32, u32)>,
    /// So many rows are looked through for those that can go.
    crowded: usize,
}

/// Few enough that looking through them costs little.
const CROWDED: usize = 1024;

impl Nearest {
    /// Keeps what may be among the `top` nearest persons, for scores that are wrong by at most `error`.
    pub(super) fn new(top: usize, error: f32) -> Self {
        Self { top, tolerance: 2.0 * error, persons: Vec::new(), rows: Vec::new(), crowded: CROWDED }
    }

    /// The score beyond which nothing is kept any more.
    pub(super) fn limit(&self) -> f32 {
        match self.persons.get(self.top.wrapping_sub(1)) {
            Some((last, _)) => last + self.tolerance,
            None => f32::INFINITY,
        }
    }

    /// Takes in a row of a person; a score that is no number is kept to be ranked exactly.
    pub(super) fn offer(&mut self, score: f32, row: u32, person: u32) {
        if score > self.limit() || self.top == 0 {
            return;
        }
        self.rows.push((score, row));
        if !score.is_nan() {
            self.rank(score, person);
        }
        if self.rows.len() >= self.crowded {
            self.drop_far();
            self.crowded = CROWDED.max(2 * self.rows.len());
        }
    }

    /// The rows kept, in order.
    pub(super) fn into_rows(mut self) -> Vec<u32> {
        self.drop_far();
        let mut rows: Vec<u32> = self.rows.into_iter().map(|(_, row)| row).collect();
        rows.sort_unstable();
        rows
    }

    fn rank(&mut self, score: f32, person: u32) {
        if let Some(own) = self.persons.iter().position(|(_, other)| *other == person) {
            if score >= self.persons[own].0 {
                return;
            }
            self.persons.remove(own);
        }
        let at = self.persons.partition_point(|(other, _)| *other <= score);
        self.persons.insert(at, (score, person));
        self.persons.truncate(self.top);
    }

    fn drop_far(&mut self) {
        let limit = self.limit();
        self.rows.retain(|(score, _)| *score <= limit || score.is_nan());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_within_the_tolerance_of_the_last_person_stay() {
        let mut nearest = Nearest::new(2, 0.25);
        for (score, row, person) in
            [(9.0, 0, 0), (2.0, 1, 1), (1.0, 2, 1), (3.5, 3, 2), (3.0, 4, 3), (f32::NAN, 5, 4), (3.6, 6, 5)]
        {
            nearest.offer(score, row, person);
        }
        // Person 1 counts once, person 3 is the second: its 3.0 and twice the error are the limit.
        assert_eq!(nearest.into_rows(), [1, 2, 3, 4, 5]);
        let mut none = Nearest::new(0, 1.0);
        none.offer(0.0, 0, 0);
        assert!(none.into_rows().is_empty());
    }
}
