//! Implementations side by side as Markdown for a comment, which GitHub bounds.

use std::io::{self, Write};

use super::{Cell, Matrix, MatrixLine, MatrixRow, MatrixTable};
use crate::report::markdown::{escaped, inline};
use crate::report::reference::Reference;
use crate::report::score::shown_percent;
use crate::report::text::cut;

/// Bytes of the lines: a comment holds 65,536 characters.
const MOST: usize = 56_000;

/// Columns of a name.
const NAME: usize = 60;

/// Triggers that a label names.
const TRIGGERS: usize = 4;

/// Writes the matrix; what there is no room for is counted.
pub fn write_matrix_markdown(
    matrix: &Matrix,
    reference: &dyn Reference,
    to: &mut impl Write,
) -> io::Result<()> {
    let word = match (matrix.is_divided(), matrix.different) {
        (true, _) => "they differ",
        (false, 0) => "no difference",
        (false, _) => "what was judged is alike",
    };
    writeln!(to, "## lianpu: {} implementations, {word}\n", matrix.implementations.len())?;
    let Matrix { alike, different, judged_different, alone, .. } = matrix;
    writeln!(
        to,
        "{different} scenarios come out differently, {judged_different} of them judged on both sides; \
         {alike} alike; {alone} of tables that one alone ran.\n"
    )?;
    writeln!(to, "| | scenarios | divergence | coverage | pass | tolerated | fail | not judged |")?;
    writeln!(to, "|---|---:|---:|---:|---:|---:|---:|---:|")?;
    for one in &matrix.implementations {
        let totals = &one.totals;
        writeln!(
            to,
            "| {}{} | {} | {} | {} | {} | {} | {} | {} |",
            inline(&cut(&one.name, NAME)),
            if one.partial { " (partial)" } else { "" },
            totals.scenarios,
            shown_percent(one.score.diverging, one.score.total),
            shown_percent(one.score.judged, one.score.total),
            totals.pass + totals.unexpected_pass,
            totals.tolerated,
            totals.fail + totals.flaky + totals.expected_fail,
            totals.not_provoked + totals.indeterminate,
        )?;
    }
    let mut room = MOST;
    let mut left_out = 0;
    for table in matrix.tables.iter().filter(|table| !table.rows.is_empty()) {
        let text = head_of(matrix, table, reference);
        if text.len() > room || left_out > 0 {
            left_out += table.rows.iter().map(|row| row.lines.len()).sum::<usize>();
            continue;
        }
        room -= text.len();
        to.write_all(text.as_bytes())?;
        for row in &table.rows {
            for (index, line) in row.lines.iter().enumerate() {
                let text = text_of(row, line, index == 0, reference);
                if text.len() > room || left_out > 0 {
                    left_out += 1;
                    continue;
                }
                room -= text.len();
                to.write_all(text.as_bytes())?;
            }
        }
        writeln!(to, "\n</details>")?;
    }
    if left_out > 0 {
        writeln!(
            to,
            "\n**{left_out}** more lines are left out; `lianpu matrix --format html` has more room."
        )?;
    }
    if matrix.lines() > 0 {
        writeln!(
            to,
            "\n✓ pass · ≈ another code, tolerated · ✕ deviates: the code that came, and other checks that fail · \
             ○ not provoked · ? not judged · – did not run"
        )?;
    }
    Ok(())
}

fn head_of(matrix: &Matrix, table: &MatrixTable, reference: &dyn Reference) -> String {
    let known = reference.table(&table.id);
    let words = known
        .map_or_else(String::new, |table| format!(", {} ({})", escaped(&table.title), escaped(&table.gloss)));
    let lines: usize = table.rows.iter().map(|row| row.lines.len()).sum();
    let name = |at: &usize| inline(&cut(&matrix.implementations[*at].name, NAME));
    let without: Vec<_> = table.without.iter().map(name).collect();
    let without = match without.is_empty() {
        true => String::new(),
        false => format!("Nothing of it was run at {}.\n\n", without.join(", ")),
    };
    let names: Vec<_> = (0..matrix.implementations.len()).map(|at| name(&at)).collect();
    format!(
        "\n<details><summary>{}{words}: {lines} lines</summary>\n\n{without}| row | operation | {} |\n|---|---|{}\n",
        escaped(&table.id),
        names.join(" | "),
        "---|".repeat(names.len())
    )
}

fn text_of(row: &MatrixRow, line: &MatrixLine, first: bool, reference: &dyn Reference) -> String {
    let words = reference.row(&row.id).filter(|_| first);
    let words =
        words.map_or_else(String::new, |row| format!(" {} ({})", escaped(&row.meaning), escaped(&row.gloss)));
    let code = if first && !row.code().is_empty() { inline(row.code()) } else { String::new() };
    let cells: Vec<_> = line.cells.iter().map(shown).collect();
    format!("| {code}{words} | {} | {} |\n", escaped(&line.label(TRIGGERS)), cells.join(" | "))
}

fn shown(cell: &Cell) -> String {
    match (cell.signed(), cell) {
        ((sign, words), _) if words.is_empty() => sign.to_owned(),
        ((sign, words), Cell::Fails(_)) => format!("{sign} **{}**", escaped(&words)),
        ((sign, words), _) => format!("{sign} {}", escaped(&words)),
    }
}
