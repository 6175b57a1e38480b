//! Rows of words set in columns.

use std::io::{self, Write};

use crate::report::{padded, width};

/// `1 row`, `2 rows`.
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Writes the rows, every column as wide as its widest word, two spaces between; the last column is left as it is.
pub(super) fn write_columns(rows: &[Vec<String>], indent: usize, to: &mut dyn Write) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<_> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|word| width(word)).max().unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (word, width) in row.iter().zip(&widths) {
            line.push_str(&padded(word, width + 2));
        }
        writeln!(to, "{}", line.trim_end())?;
    }
    Ok(())
}
