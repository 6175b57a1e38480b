//! Rows of words set in columns.

use std::io::{self, Write};

use crate::report::{padded, width};

/// `1 row`, `2 rows`.
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// The rows as lines, every column as wide as its widest word, two spaces between; the last column is left as it is.
pub(super) fn in_columns(rows: &[Vec<String>], indent: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<_> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|word| width(word)).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let words = row.iter().zip(&widths).map(|(word, width)| padded(word, width + 2));
        let line = format!("{}{}", " ".repeat(indent), words.collect::<String>());
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Writes the rows in columns.
pub(super) fn write_columns(rows: &[Vec<String>], indent: usize, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(in_columns(rows, indent).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_places() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let text = in_columns(&[row(["4", "签名为空", "empty"]), row(["-1302", "x", ""])], 1);
        assert_eq!(text, " 4      签名为空  empty\n -1302  x\n");
    }
}
