//! Changes as Markdown, for a comment on a pull request.

use std::io::{self, Write};

use super::changes::sums;
use crate::catalog::diff::{Change, What, verdict};

pub(super) fn write_markdown(
    old: &str,
    new: &str,
    changes: &[Change],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "### Error tables: {} → {}\n", cell(old), cell(new))?;
    let Some(level) = verdict(changes) else { return writeln!(out, "No change.") };
    writeln!(out, "**{level}** {}\n", sums(changes))?;
    let (cosmetic, told): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.is_cosmetic());
    write_table(&told, out)?;
    if !cosmetic.is_empty() {
        writeln!(
            out,
            "<details><summary>{} only in spaces, width or punctuation</summary>\n",
            cosmetic.len()
        )?;
        write_table(&cosmetic, out)?;
        writeln!(out, "</details>")?;
    }
    Ok(())
}

fn write_table(changes: &[&Change], out: &mut dyn Write) -> io::Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "| table | code | change | weight | old | new |\n|---|---|---|---|---|---|")?;
    for change in changes {
        let (old, new) = match &change.what {
            What::RowAdded { meaning } => (String::new(), cell(meaning)),
            What::RowRemoved { meaning } => (cell(meaning), String::new()),
            What::Text { old, new, .. } => {
                (cell(old.as_deref().unwrap_or_default()), cell(new.as_deref().unwrap_or_default()))
            }
            What::TableAdded { rows } => (String::new(), format!("rows: {rows}")),
            What::TableRemoved { rows } => (format!("rows: {rows}"), String::new()),
            What::CodeType { .. } | What::Billed { .. } | What::Order => {
                (String::new(), cell(&change.what.to_string()))
            }
        };
        let code = change.code.as_ref().map(|code| format!("`{code}`")).unwrap_or_default();
        let (table, kind, level) = (cell(&change.table), change.what.kind(), change.level);
        writeln!(out, "| {table} | {code} | {kind} | {level} | {old} | {new} |")?;
    }
    writeln!(out)
}

/// A text inside a cell: no mark-up of its own, one line.
fn cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' => {
                shown.extend(['\\', character]);
            }
            '&' => shown.push_str("&amp;"),
            '\n' | '\r' => shown.push(' '),
            _ => shown.push(character),
        }
    }
    shown
}
