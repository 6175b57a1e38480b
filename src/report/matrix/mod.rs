//! Several implementations side by side: what they do at every row and operation, and where they differ.
//!
//! A line is a row at an operation. Where its scenarios come out differently at the same implementations, it is as many
//! lines as there are outcomes, each with its triggers, so that nothing is averaged away. Start with [`matrix`].

mod cell;
mod console;
mod markdown;
mod page;

use std::collections::{HashMap, HashSet};

pub use self::cell::Cell;
pub use self::console::write_matrix_console;
pub use self::markdown::write_matrix_markdown;
pub use self::page::write_matrix_html;
use super::record::ScenarioRecord;
use super::reference::Reference;
use super::score::Score;
use super::summary::{OWN_FEATURES, Summary, table_of};
use super::totals::Totals;

/// Implementations side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The columns.
    pub implementations: Vec<Implementation>,
    /// The tables that any of them ran, those without a line too.
    pub tables: Vec<MatrixTable>,
    /// Scenarios that at least two ran, all alike.
    pub alike: usize,
    /// Scenarios that came out differently.
    pub different: usize,
    /// Of these: judged at two at least, which answered differently.
    pub judged_different: usize,
    /// Scenarios that one alone ran, of tables that no other ran.
    pub alone: usize,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Implementation {
    /// Its target's name, made unique.
    pub name: String,
    /// Its address.
    pub base_url: String,
    /// Divergence and coverage of the statements that gate.
    pub score: Score,
    /// Its scenarios by verdict.
    pub totals: Totals,
    /// Whether its run did not come to its end.
    pub partial: bool,
}

/// A table of errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixTable {
    /// `<dialect>/<table>`.
    pub id: String,
    /// The columns that ran nothing of it; that is told once and no difference.
    pub without: Vec<usize>,
    /// Its rows that have a line.
    pub rows: Vec<MatrixRow>,
    /// Its scenarios that are alike.
    pub alike: usize,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// `<dialect>/<table>/<code>`; of a user's own scenarios `own/features/`.
    pub id: String,
    /// Its lines, by operations.
    pub lines: Vec<MatrixLine>,
}

/// Scenarios of a row at an operation that come out alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixLine {
    /// The operation; empty where a user's own scenario names none.
    pub operation: String,
    /// The triggers; empty where they are all that the operation has.
    pub triggers: Vec<String>,
    /// How many scenarios.
    pub scenarios: usize,
    /// A cell a column.
    pub cells: Vec<Cell>,
    /// Whether the columns that ran the table differ.
    pub differs: bool,
}

/// Which lines there shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Those that differ.
    Different,
    /// All.
    All,
}

/// One scenario, and where it belongs.
struct Place<'r> {
    table: usize,
    row: usize,
    operation: &'r str,
    trigger: &'r str,
}

/// Puts runs side by side, each with the name of its column. The order is that of the documents, as the runs tell it.
pub fn matrix(runs: &[(String, Summary)], lines: Lines, reference: &dyn Reference) -> Matrix {
    let mut order = Order::default();
    for (_, run) in runs {
        for row in run.started.iter().flat_map(|started| &started.rows) {
            order.row(&row.id);
        }
    }
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    for (column, (_, run)) in runs.iter().enumerate() {
        for record in &run.scenarios {
            let index = *known.entry(&record.id).or_insert_with(|| {
                places.push(order.place(record));
                cells.push(vec![Cell::Absent; runs.len()]);
                places.len() - 1
            });
            cells[index][column] = Cell::of(record);
        }
    }
    let without = order.without(&places, &cells, runs.len());
    let mut sorted: Vec<usize> = (0..places.len()).collect();
    let operations = order.operations(reference);
    sorted.sort_by_key(|index| {
        let Place { table, row, operation, .. } = places[*index];
        let at = operations[table].iter().position(|known| known == operation).unwrap_or(usize::MAX);
        (table, row, at, operation)
    });
    let mut made = Matrix {
        implementations: runs.iter().map(Implementation::of).collect(),
        tables: order.tables(without),
        alike: 0,
        different: 0,
        judged_different: 0,
        alone: 0,
    };
    let together = |a: &usize, b: &usize| {
        let (a, b) = (&places[*a], &places[*b]);
        (a.table, a.row, a.operation) == (b.table, b.row, b.operation)
    };
    for group in sorted.chunk_by(together) {
        let of_group: Vec<_> = group.iter().map(|index| (places[*index].trigger, &cells[*index])).collect();
        let Place { table, row, operation, .. } = places[group[0]];
        made.add(table, &order.rows[row].0, operation, &of_group, lines);
    }
    made
}

impl Matrix {
    /// Whether two of the columns were judged on the same and answered differently.
    pub const fn is_divided(&self) -> bool {
        self.judged_different > 0
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.tables.iter().flat_map(|table| &table.rows).map(|row| row.lines.len()).sum()
    }

    fn add(&mut self, table: usize, row: &str, operation: &str, group: &[(&str, &Vec<Cell>)], lines: Lines) {
        let mut outcomes: Vec<(&Vec<Cell>, Vec<&str>)> = Vec::new();
        let mut known: HashMap<&Vec<Cell>, usize> = HashMap::new();
        for (trigger, cells) in group {
            let index = *known.entry(*cells).or_insert_with(|| {
                outcomes.push((*cells, Vec::new()));
                outcomes.len() - 1
            });
            outcomes[index].1.push(trigger);
        }
        let whole = outcomes.len() == 1;
        for (cells, triggers) in outcomes {
            let scenarios = triggers.len();
            let without = &self.tables[table].without;
            let ran: Vec<_> =
                cells.iter().enumerate().filter(|(column, _)| !without.contains(column)).collect();
            let judged: HashSet<_> =
                ran.iter().filter(|(_, cell)| cell.is_judged()).map(|(_, cell)| *cell).collect();
            let differs = ran.windows(2).any(|pair| pair[0].1 != pair[1].1);
            match (ran.len(), differs) {
                (0 | 1, _) => self.alone += scenarios,
                (_, true) => self.different += scenarios,
                (_, false) => self.alike += scenarios,
            }
            self.judged_different += if judged.len() > 1 { scenarios } else { 0 };
            let place = &mut self.tables[table];
            if !differs {
                place.alike += scenarios;
                if lines == Lines::Different {
                    continue;
                }
            }
            if place.rows.last().is_none_or(|last| last.id != row) {
                place.rows.push(MatrixRow { id: row.to_owned(), lines: Vec::new() });
            }
            let named = if whole && !operation.is_empty() { &[][..] } else { &triggers };
            let line = MatrixLine {
                operation: operation.to_owned(),
                triggers: named.iter().map(|trigger| (*trigger).to_owned()).collect(),
                scenarios,
                cells: cells.clone(),
                differs,
            };
            place.rows.last_mut().expect("just put").lines.push(line);
        }
    }
}

impl Implementation {
    fn of((name, run): &(String, Summary)) -> Self {
        let target = run.started.as_ref().map(|started| &started.target);
        Self {
            name: name.clone(),
            base_url: target.map_or_else(String::new, |target| target.base_url.clone()),
            score: run.score(),
            totals: run.totals(),
            partial: run.partial(),
        }
    }
}

impl MatrixRow {
    /// The row's code.
    pub fn code(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or_default()
    }
}

impl MatrixLine {
    /// The operation, and of its triggers so many, with a count of the others.
    pub fn label(&self, most: usize) -> String {
        let mut words: Vec<_> = self.triggers.iter().take(most).map(String::as_str).collect();
        let more = self.triggers.len().saturating_sub(most);
        let counted = format!("+{more}");
        if more > 0 {
            words.push(&counted);
        }
        match (self.operation.as_str(), words.join(", ")) {
            ("", triggers) => triggers,
            (operation, triggers) if triggers.is_empty() => operation.to_owned(),
            (operation, triggers) => format!("{operation}: {triggers}"),
        }
    }
}

/// Tables and rows in the order of their first appearance.
#[derive(Default)]
struct Order {
    tables: Vec<String>,
    table_places: HashMap<String, usize>,
    rows: Vec<(String, usize)>,
    row_places: HashMap<String, usize>,
}

impl Order {
    fn row(&mut self, id: &str) -> usize {
        if let Some(place) = self.row_places.get(id) {
            return *place;
        }
        let table = table_of(id);
        let table = *self.table_places.entry(table.clone()).or_insert_with(|| {
            self.tables.push(table);
            self.tables.len() - 1
        });
        self.rows.push((id.to_owned(), table));
        self.row_places.insert(id.to_owned(), self.rows.len() - 1);
        self.rows.len() - 1
    }

    fn place<'r>(&mut self, record: &'r ScenarioRecord) -> Place<'r> {
        let id = record.row.as_deref().unwrap_or(OWN_FEATURES);
        let row = self.row(id);
        let operation = record.op.as_deref().unwrap_or_default();
        let trigger = record.id.strip_prefix(id).and_then(|rest| rest.strip_prefix('/'));
        let trigger = trigger.and_then(|rest| rest.strip_prefix(operation)?.strip_prefix('/'));
        Place { table: self.rows[row].1, row, operation, trigger: trigger.unwrap_or(&record.id) }
    }

    /// Of every table the columns that ran nothing of it.
    fn without(&self, places: &[Place<'_>], cells: &[Vec<Cell>], columns: usize) -> Vec<Vec<usize>> {
        let mut ran = vec![vec![false; columns]; self.tables.len()];
        for (place, cells) in places.iter().zip(cells) {
            for (column, cell) in cells.iter().enumerate() {
                ran[place.table][column] |= *cell != Cell::Absent;
            }
        }
        let idle = |ran: Vec<bool>| (0..columns).filter(|column| !ran[*column]).collect();
        ran.into_iter().map(idle).collect()
    }

    /// Of every table the operations of its dialect in the vendor's order.
    fn operations(&self, reference: &dyn Reference) -> Vec<Vec<String>> {
        let of = |table: &String| reference.operations(table.split('/').next().unwrap_or_default());
        self.tables.iter().map(of).collect()
    }

    fn tables(&self, without: Vec<Vec<usize>>) -> Vec<MatrixTable> {
        let table = |(id, without): (&String, Vec<usize>)| MatrixTable {
            id: id.clone(),
            without,
            rows: Vec::new(),
            alike: 0,
        };
        self.tables.iter().zip(without).map(table).collect()
    }
}

#[cfg(test)]
mod tests;
