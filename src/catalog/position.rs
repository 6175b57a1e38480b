//! Where in a document a byte stands, for people.

/// Turns ascending byte offsets into lines and columns, in one pass over the text.
pub(super) struct Positions<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    column: u32,
}

impl<'t> Positions<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    /// Line and character of a byte, from 1. One that lies behind an offset asked for before has its place.
    pub(super) fn of(&mut self, offset: usize) -> (u32, u32) {
        let offset =
            (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        if let Some(passed) = self.text.get(self.at..offset) {
            for character in passed.chars() {
                (self.line, self.column) =
                    if character == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
            }
            self.at = offset;
        }
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let mut positions = Positions::new("码a\n含义|b");
        assert_eq!(positions.of(0), (1, 1));
        assert_eq!(positions.of(3), (1, 2));
        assert_eq!(positions.of(5), (2, 1));
        assert_eq!(positions.of(11), (2, 3));
        assert_eq!(positions.of(99), (2, 5));
    }
}
