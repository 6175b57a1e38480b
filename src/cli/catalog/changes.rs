//! Changes told to people: one line each, a reworded text with its old and new state, and what is cosmetic in sums.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;

use crate::catalog::diff::{Change, Level, What, verdict};
use crate::cli::columns::count;
use crate::report::{Palette, padded, printable, width};

/// Codes named in a sum.
const NAMED: usize = 8;

/// Writes the changes table by table, and the verdict. What is cosmetic is summed up, unless `all` is asked for.
pub(super) fn write_changes(
    changes: &[Change],
    all: bool,
    palette: &Palette,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(level) = verdict(changes) else { return Ok(()) };
    let mut tables: Vec<(&str, Vec<&Change>)> = Vec::new();
    for change in changes {
        match tables.iter_mut().find(|(table, _)| *table == change.table) {
            Some((_, of_table)) => of_table.push(change),
            None => tables.push((&change.table, vec![change])),
        }
    }
    for (table, changes) in tables {
        writeln!(out, "{}", Palette::paint(palette.strong, &printable(table)))?;
        let (cosmetic, told): (Vec<&Change>, Vec<&Change>) =
            changes.into_iter().partition(|change| change.is_cosmetic() && !all);
        write_told(&told, palette, out)?;
        write_sums(&cosmetic, palette, out)?;
    }
    writeln!(out, "{} {}", Palette::paint(palette.strong, &format!("verdict: {level}")), sums(changes))
}

/// `(1 row added, 1 text reworded, 40 texts changed cosmetically)`.
pub(super) fn sums(changes: &[Change]) -> String {
    type Kind = (&'static str, fn(&Change) -> bool);
    let kinds: [Kind; 8] = [
        ("table added", |change| matches!(change.what, What::TableAdded { .. })),
        ("table removed", |change| matches!(change.what, What::TableRemoved { .. })),
        ("row added", |change| matches!(change.what, What::RowAdded { .. })),
        ("row removed", |change| matches!(change.what, What::RowRemoved { .. })),
        ("code of another type", |change| matches!(change.what, What::CodeType { .. })),
        ("billed otherwise", |change| matches!(change.what, What::Billed { .. })),
        ("reworded", |change| matches!(change.what, What::Text { .. }) && !change.is_cosmetic()),
        ("only in spaces, width or punctuation", Change::is_cosmetic),
    ];
    let counted = kinds.iter().filter_map(|(words, is)| {
        let number = changes.iter().filter(|change| is(change)).count();
        (number > 0).then(|| format!("{number} {words}"))
    });
    format!("({})", counted.collect::<Vec<_>>().join(", "))
}

fn write_told(changes: &[&Change], palette: &Palette, out: &mut dyn Write) -> io::Result<()> {
    let code = |change: &Change| change.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let codes = changes.iter().map(|change| width(&code(change))).max().unwrap_or(0);
    let kinds = changes.iter().map(|change| width(&change.what.kind())).max().unwrap_or(0);
    for change in changes {
        let (sign, style) = match &change.what {
            What::TableAdded { .. } | What::RowAdded { .. } => ("+", palette.good),
            What::TableRemoved { .. } | What::RowRemoved { .. } => ("-", palette.bad),
            _ => ("~", palette.warn),
        };
        let head = format!("{sign} {}  {}", padded(&code(change), codes), padded(&change.what.kind(), kinds));
        let level = Palette::paint(weight(change.level, palette), &padded(&change.level.to_string(), 5));
        let (words, lines) = words(change, palette);
        let line = format!("  {}  {level}  {words}", Palette::paint(style, &head));
        writeln!(out, "{}", line.trim_end())?;
        for line in lines {
            writeln!(out, "      {line}")?;
        }
    }
    Ok(())
}

const fn weight(level: Level, palette: &Palette) -> Style {
    match level {
        Level::Patch => palette.faint,
        Level::Minor => palette.warn,
        Level::Major => palette.bad,
    }
}

/// What stands beside a change, and in the lines below it.
fn words(change: &Change, palette: &Palette) -> (String, Vec<String>) {
    let beside = |words: &str| (printable(words), Vec::new());
    match &change.what {
        What::RowAdded { meaning } | What::RowRemoved { meaning } => beside(meaning),
        What::TableAdded { rows } | What::TableRemoved { rows } => beside(&count(*rows, "row")),
        What::Order => beside("the rows stand in another order"),
        What::CodeType { .. } | What::Billed { .. } => {
            let told = change.what.to_string();
            beside(told.split_once(": ").map_or(told.as_str(), |(_, words)| words))
        }
        What::Text { old: Some(old), new: Some(new), .. } => {
            let (begin, end) = common(old, new);
            let marked = |sign: &str, text: &str, style: Style| {
                let end = text.len() - end;
                let [before, changed, after] =
                    [&text[..begin], &text[begin..end], &text[end..]].map(printable);
                format!(
                    "{} {before}{}{after}",
                    Palette::paint(style, sign),
                    Palette::paint(style.underline(), &changed)
                )
            };
            (String::new(), vec![marked("-", old, palette.bad), marked("+", new, palette.good)])
        }
        What::Text { old, new, .. } => beside(old.as_ref().or(new.as_ref()).map_or("", String::as_str)),
    }
}

/// The bytes that two texts have in common at the beginning and at the end.
fn common(one: &str, other: &str) -> (usize, usize) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let bytes = |pair: (char, char)| pair.0.len_utf8();
    let begin: usize = one.chars().zip(other.chars()).take_while(same).map(bytes).sum();
    let (one, other) = (&one[begin..], &other[begin..]);
    let end = one.chars().rev().zip(other.chars().rev()).take_while(same).map(bytes).sum();
    (begin, end)
}

fn write_sums(changes: &[&Change], palette: &Palette, out: &mut dyn Write) -> io::Result<()> {
    let mut sums: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for change in changes {
        let code = change.code.as_ref().map_or_else(|| "the table".to_owned(), ToString::to_string);
        sums.entry(change.what.kind()).or_default().push(code);
    }
    for (kind, codes) in sums {
        let named = codes.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let rest = if codes.len() > NAMED { " …" } else { "" };
        let line = format!("  = {kind} only: {} ({named}{rest})", codes.len());
        writeln!(out, "{}", Palette::paint(palette.faint, &line))?;
    }
    Ok(())
}
