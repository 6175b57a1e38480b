//! Cells printed in columns.

use unicode_width::UnicodeWidthStr;

/// Rows of cells as lines, each column as wide as its widest cell on a terminal, where a Chinese character takes two places.
/// Columns stand two places apart, and no line ends in a space.
pub fn grid(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_places() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let text = grid(&[row(["4", "签名为空", "empty"]), row(["-1302", "x", ""])]);
        assert_eq!(text, "4      签名为空  empty\n-1302  x\n");
    }
}
