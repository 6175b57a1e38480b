//! A table for each dialect: rows and scenarios of every error table, and why some were not judged.

use std::io::{self, Write};

use super::layout::{Console, count};
use crate::report::palette::Palette;
use crate::report::summary::{RowSummary, Summary, TableSummary};
use crate::report::text::{padded, printable, width, wrapped, wrapped_figures};
use crate::report::verdict::Verdict;

/// A column: its heading, in one line or broken into two, and its value.
struct Column {
    wide: &'static str,
    narrow: [&'static str; 2],
    value: fn(&TableSummary) -> String,
}

const fn column(wide: &'static str, narrow: [&'static str; 2], value: fn(&TableSummary) -> String) -> Column {
    Column { wide, narrow, value }
}

const ROWS: &[Column] = &[
    column("all", ["", "all"], |table| table.rows.to_string()),
    column("provoked", ["pro-", "voked"], |table| table.rows_provoked.to_string()),
    column("pass", ["", "pass"], |table| table.rows_pass.to_string()),
];

const SCENARIOS: &[Column] = &[
    column("all", ["", "all"], |table| table.totals.scenarios.to_string()),
    column("pass", ["", "pass"], |table| table.totals.pass.to_string()),
    column("tolerated", ["tole-", "rated"], |table| table.totals.tolerated.to_string()),
    column("fail", ["", "fail"], |table| table.totals.failing().to_string()),
    column("not provoked", ["not", "provoked"], |table| table.totals.not_provoked.to_string()),
    column("seconds", ["", "seconds"], |table| format!("{:.1}", table.seconds)),
];

/// The columns that the notes under a table are indented by.
const NOTE: usize = 4;

pub(super) fn write(summary: &Summary, console: &Console, to: &mut impl Write) -> io::Result<()> {
    let tables = summary.tables();
    let rows = summary.rows();
    let mut rest = &tables[..];
    while let Some(first) = rest.first() {
        let dialect = dialect_of(first);
        let (of_dialect, others) =
            rest.split_at(rest.iter().take_while(|t| dialect_of(t) == dialect).count());
        write_dialect(dialect, of_dialect, &rows, console, to)?;
        rest = others;
    }
    Ok(())
}

fn write_dialect(
    dialect: &str,
    tables: &[TableSummary],
    rows: &[RowSummary],
    console: &Console,
    to: &mut impl Write,
) -> io::Result<()> {
    let layout = Layout::of(tables, console.width >= 110);
    let wide = layout.wide;
    let names = tables.iter().map(|table| width(name_of(table)) + 2).chain([width(dialect), 16]).max();
    let name = names.unwrap_or(16).min(if wide { 40 } else { 17 });
    write_headings(dialect, name, &layout, console, to)?;
    for table in tables {
        let shown = wrapped(&printable(name_of(table)), name - 2);
        for (index, line) in shown.iter().enumerate() {
            let last = index + 1 == shown.len();
            write!(to, "  {}", if last { padded(line, name - 2) } else { line.clone() })?;
            if last {
                write_cells(table, &layout, console, to)?;
            }
            writeln!(to)?;
        }
        for note in notes(table, rows) {
            for (index, line) in
                wrapped_figures(&note, console.width.saturating_sub(NOTE + 2)).iter().enumerate()
            {
                let indent = if index == 0 { NOTE } else { NOTE + 2 };
                writeln!(to, "{:indent$}{}", "", Palette::paint(console.palette.faint, line))?;
            }
        }
    }
    writeln!(to)
}

fn write_headings(
    dialect: &str,
    name: usize,
    layout: &Layout,
    console: &Console,
    to: &mut impl Write,
) -> io::Result<()> {
    let (rows, scenarios) = layout.widths.split_at(ROWS.len());
    let (rows, scenarios) = (rows.iter().sum::<usize>(), scenarios.iter().sum::<usize>());
    writeln!(to, "{:name$}{:>rows$}{:>scenarios$}", "", "rows", "scenarios")?;
    if !layout.wide {
        let upper = layout.headings(|column| column.narrow[0]);
        writeln!(to, "{:name$}{}", "", upper.trim_end())?;
    }
    let lower = layout.headings(|column| if layout.wide { column.wide } else { column.narrow[1] });
    let dialect = padded(&printable(dialect), name);
    writeln!(to, "{}{lower}", Palette::paint(console.palette.strong, &dialect))
}

fn write_cells(
    table: &TableSummary,
    layout: &Layout,
    console: &Console,
    to: &mut impl Write,
) -> io::Result<()> {
    for (column, w) in columns().zip(&layout.widths) {
        let cell = format!("{:>w$}", (column.value)(table));
        let deviates = column.wide == "fail" && cell.trim() != "0";
        write!(to, "{}", if deviates { Palette::paint(console.palette.bad, &cell) } else { cell })?;
    }
    Ok(())
}

fn columns() -> impl Iterator<Item = &'static Column> {
    ROWS.iter().chain(SCENARIOS)
}

/// How wide each column is, with the gap before it.
struct Layout {
    wide: bool,
    widths: Vec<usize>,
}

impl Layout {
    fn of(tables: &[TableSummary], wide: bool) -> Self {
        let width = |column: &Column| {
            let least = if wide {
                column.wide.len().max(6) + 2
            } else {
                let heading = column.narrow[0].len().max(column.narrow[1].len());
                heading.max(4) + 1 + usize::from(column.wide == "all")
            };
            tables.iter().map(|table| (column.value)(table).len() + 1).fold(least, usize::max)
        };
        Self { wide, widths: columns().map(width).collect() }
    }

    fn headings(&self, word: impl Fn(&Column) -> &'static str) -> String {
        let cells = columns().zip(&self.widths).map(|(column, w)| format!("{:>w$}", word(column)));
        cells.collect::<Vec<_>>().concat()
    }
}

/// Why scenarios were not judged, what was judged otherwise, and how many rows nothing can provoke.
fn notes(table: &TableSummary, rows: &[RowSummary]) -> Vec<String> {
    let mut notes = Vec::new();
    let totals = &table.totals;
    if !table.reasons.is_empty() {
        let reasons: Vec<_> = table.reasons.iter().map(|(word, number)| format!("{number} {word}")).collect();
        notes.push(format!("not judged: {}", reasons.join(", ")));
    }
    let others = [
        (totals.flaky, "flaky"),
        (totals.indeterminate, "indeterminate"),
        (totals.expected_fail, "expected-fail"),
    ];
    let others: Vec<_> = others
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    if !others.is_empty() {
        notes.push(format!("besides: {}", others.join(", ")));
    }
    let bare = rows
        .iter()
        .filter(|row| row.verdict == Verdict::NotProvoked && row.scenarios == 0)
        .filter(|row| row.id.strip_prefix(&table.id).is_some_and(|code| code.starts_with('/')))
        .count();
    if bare > 0 {
        notes.push(format!("{} without a scenario", count(bare, "row")));
    }
    notes
}

fn dialect_of(table: &TableSummary) -> &str {
    table.id.split_once('/').map_or(table.id.as_str(), |(dialect, _)| dialect)
}

fn name_of(table: &TableSummary) -> &str {
    table.id.split_once('/').map_or("", |(_, name)| name)
}
