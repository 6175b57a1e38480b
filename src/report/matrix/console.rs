//! Implementations side by side on a screen: columns where they fit, else cells one after the other.

use std::io::{self, Write};

use super::{Cell, Implementation, Matrix, MatrixLine, MatrixRow, MatrixTable};
use crate::report::palette::Palette;
use crate::report::reference::Reference;
use crate::report::score::shown_percent;
use crate::report::text::{cut, padded, printable, width, wrapped, wrapped_figures};

/// Columns of a cell at most; what is longer is cut.
const CELL: usize = 30;

/// Columns of a line's label at least, where there are cells beside it.
const LABEL: usize = 22;

/// Columns of a line's label at most: beyond it the eye loses the line.
const MOST: usize = 52;

/// Triggers that a label names.
const TRIGGERS: usize = 2;

/// Writes the matrix for a screen of so many columns.
pub fn write_matrix_console(
    matrix: &Matrix,
    reference: &dyn Reference,
    palette: &Palette,
    columns: usize,
    to: &mut impl Write,
) -> io::Result<()> {
    let page = Page { matrix, reference, palette, columns, cells: cell_widths(matrix, columns) };
    for table in matrix.tables.iter().filter(|table| !table.rows.is_empty()) {
        page.table(table, to)?;
    }
    page.head(to)?;
    page.counts(to)
}

struct Page<'m> {
    matrix: &'m Matrix,
    reference: &'m dyn Reference,
    palette: &'m Palette,
    columns: usize,
    /// How wide each column's cells are; `None` where they do not fit beside each other.
    cells: Option<Vec<usize>>,
}

impl Page<'_> {
    fn table(&self, table: &MatrixTable, to: &mut impl Write) -> io::Result<()> {
        let known = self.reference.table(&table.id);
        let words = known.map_or_else(String::new, |known| format!("  {} ({})", known.title, known.gloss));
        let head = cut(&printable(&format!("{}{words}", table.id)), self.columns);
        writeln!(to, "{}", Palette::paint(self.palette.strong, &head))?;
        if !table.without.is_empty() {
            let names: Vec<_> =
                table.without.iter().map(|at| self.matrix.implementations[*at].name.as_str()).collect();
            let note = printable(&format!("nothing of it was run at {}", names.join(", ")));
            for line in wrapped(&note, self.columns - 2) {
                writeln!(to, "  {}", Palette::paint(self.palette.faint, &line))?;
            }
        }
        if let Some(widths) = &self.cells {
            let names = self.matrix.implementations.iter().zip(widths).enumerate();
            let names = names.map(|(at, (one, w))| padded(&cut(&named(at, one), *w), *w));
            let line = format!("{}{}", " ".repeat(self.label()), names.collect::<Vec<_>>().join("  "));
            writeln!(to, "{}", Palette::paint(self.palette.faint, line.trim_end()))?;
        }
        for row in &table.rows {
            self.row(row, to)?;
        }
        writeln!(to)
    }

    fn row(&self, row: &MatrixRow, to: &mut impl Write) -> io::Result<()> {
        if let Some(words) = self.reference.row(&row.id) {
            let text = format!("{} ({})", words.meaning, words.gloss);
            let code = padded(&printable(row.code()), 6);
            let text = cut(&printable(&text), self.columns.saturating_sub(width(&code) + 1));
            writeln!(to, "{} {text}", Palette::paint(self.palette.strong, &code))?;
        } else if !row.code().is_empty() {
            let code = cut(&printable(row.code()), self.columns);
            writeln!(to, "{}", Palette::paint(self.palette.strong, &code))?;
        }
        row.lines.iter().try_for_each(|line| self.line(line, to))
    }

    fn line(&self, line: &MatrixLine, to: &mut impl Write) -> io::Result<()> {
        let label = printable(&line.label(TRIGGERS));
        let Some(widths) = &self.cells else { return self.flowing(&label, line, to) };
        let room = self.label() - 4;
        let parts = wrapped(&label, room - 2);
        let parts = if width(&label) <= room { vec![label] } else { parts };
        // Further lines of a label stand further in.
        let indent = |at: usize| if at == 0 { "  " } else { "    " };
        for (at, part) in parts[..parts.len() - 1].iter().enumerate() {
            writeln!(to, "{}{part}", indent(at))?;
        }
        let mut text = padded(&format!("{}{}", indent(parts.len() - 1), parts[parts.len() - 1]), room + 4);
        for (at, (cell, w)) in line.cells.iter().zip(widths).enumerate() {
            let gap = if at + 1 == line.cells.len() { "" } else { "  " };
            let words = cut(&cell.words(), *w);
            let space = if gap.is_empty() { String::new() } else { " ".repeat(w - width(&words)) };
            text.push_str(&format!("{}{space}{gap}", self.painted(cell, &words)));
        }
        writeln!(to, "{text}")
    }

    /// Cells with their letters, as many on a line as fit.
    fn flowing(&self, label: &str, line: &MatrixLine, to: &mut impl Write) -> io::Result<()> {
        writeln!(to, "  {}", cut(label, self.columns - 2))?;
        let mut used = 0;
        for (at, cell) in line.cells.iter().enumerate() {
            let words = cut(&cell.words(), CELL);
            let w = width(&words) + 2;
            if used > 0 && used + 3 + w > self.columns {
                writeln!(to)?;
                used = 0;
            }
            let gap = if used == 0 { "    " } else { "   " };
            write!(to, "{gap}{} {}", letter(at), self.painted(cell, &words))?;
            used += gap.len() + w;
        }
        writeln!(to)
    }

    fn painted(&self, cell: &Cell, words: &str) -> String {
        let style = match cell {
            Cell::Pass => self.palette.good,
            Cell::Tolerated(_) => self.palette.warn,
            Cell::Fails(_) => self.palette.bad,
            Cell::NotProvoked(_) | Cell::Open(_) | Cell::Absent => self.palette.faint,
        };
        Palette::paint(style, words)
    }

    /// The columns before the first cell.
    fn label(&self) -> usize {
        let cells = self.cells.iter().flatten().map(|w| w + 2).sum::<usize>();
        (self.columns + 2).saturating_sub(cells).min(MOST)
    }

    fn head(&self, to: &mut impl Write) -> io::Result<()> {
        for (at, one) in self.matrix.implementations.iter().enumerate() {
            let named = printable(&format!("{} at {}", one.name, one.base_url));
            let partial = if one.partial { ", partial" } else { "" };
            let Implementation { score, totals, .. } = one;
            let figures = format!(
                "{} scenarios, divergence {} ({} of {}), coverage {} ({} of {}){partial}",
                totals.scenarios,
                shown_percent(score.diverging, score.total),
                score.diverging,
                score.total,
                shown_percent(score.judged, score.total),
                score.judged,
                score.total,
            );
            let label = Palette::paint(self.palette.strong, letter(at));
            for (index, line) in wrapped(&named, self.columns - 3).iter().enumerate() {
                let before = if index == 0 { label.clone() } else { " ".to_owned() };
                writeln!(to, "{before}  {line}")?;
            }
            for line in wrapped_figures(&figures, self.columns - 3) {
                writeln!(to, "   {line}")?;
            }
        }
        Ok(())
    }

    fn counts(&self, to: &mut impl Write) -> io::Result<()> {
        let Matrix { alike, different, judged_different, alone, .. } = self.matrix;
        let mut text = format!(
            "{different} scenarios come out differently, {judged_different} of them judged on both sides; {alike} alike"
        );
        if *alone > 0 {
            text.push_str(&format!("; {alone} of tables that one alone ran"));
        }
        for line in wrapped_figures(&text, self.columns) {
            writeln!(to, "{line}")?;
        }
        if self.matrix.lines() > 0 {
            let legend = "FAIL: the code that came, and other checks that fail; (…) not provoked; ? not judged; - did not run";
            for line in wrapped(legend, self.columns) {
                writeln!(to, "{}", Palette::paint(self.palette.faint, &line))?;
            }
        }
        Ok(())
    }
}

/// How wide each column must be, if all fit beside a label.
fn cell_widths(matrix: &Matrix, columns: usize) -> Option<Vec<usize>> {
    let lines = || matrix.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.lines);
    let mut widths: Vec<usize> =
        matrix.implementations.iter().enumerate().map(|(at, one)| width(&named(at, one)).min(16)).collect();
    for line in lines() {
        for (w, cell) in widths.iter_mut().zip(&line.cells) {
            *w = (*w).max(width(&cell.words())).min(CELL);
        }
    }
    let all: usize = widths.iter().map(|w| w + 2).sum();
    (all + LABEL <= columns + 2).then_some(widths)
}

fn named(at: usize, one: &Implementation) -> String {
    format!("{} {}", letter(at), printable(&one.name))
}

/// `A` for the first; from the 27th on there are no letters.
fn letter(at: usize) -> &'static str {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    LETTERS.get(at..=at).unwrap_or("*")
}
