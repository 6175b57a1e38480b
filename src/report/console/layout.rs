//! The screen that the summary is written for, and what stands on it in columns.

use std::io::{self, Write};

use crate::report::palette::Palette;
use crate::report::text::wrapped_figures;

/// How the summary is written.
#[derive(Debug, Clone)]
pub struct Console {
    /// The columns of the screen.
    pub width: usize,
    /// The styles.
    pub palette: Palette,
    /// The reports that were written: format and path.
    pub reports: Vec<(String, String)>,
    /// What became of the bundles of failing scenarios, in words.
    pub reproducers: Option<String>,
}

impl Default for Console {
    fn default() -> Self {
        Self { width: 80, palette: Palette::PLAIN, reports: Vec::new(), reproducers: None }
    }
}

/// Writes a text whose further lines stand under its second column, ten from the left.
pub(super) fn wrapped_under(text: &str, console: &Console, to: &mut impl Write) -> io::Result<()> {
    let (label, rest) = text.split_at(10);
    for (index, line) in wrapped_figures(rest, console.width.saturating_sub(10)).iter().enumerate() {
        writeln!(to, "{}{line}", if index == 0 { label } else { "          " })?;
    }
    Ok(())
}

/// A number with its word: `1 scenario`, `2 scenarios`.
pub(super) fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}
