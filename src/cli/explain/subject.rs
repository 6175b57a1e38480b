//! What an id means.

use crate::nearest::by_likeness;
use std::collections::BTreeSet;

use lianpu_corpus::{Operation, Row, Table};

use crate::cli::known::Known;
use crate::provoke::{Entry, Keyword, Scenario, Step, VOCABULARY};

/// How many near ids an error names.
const NEAR: usize = 5;

/// What is to be explained.
pub(super) enum Subject<'k> {
    Scenario(&'k Known, &'k Scenario),
    Rows(Vec<(&'k Known, &'k Table, &'k Row)>),
    /// Of a row that stands in no table: the success code.
    Scenarios(Vec<&'k Scenario>),
    Operations(Vec<(&'k Known, &'k Operation)>),
    Step(&'static Entry),
}

/// What the id means, or what is near it.
pub(super) fn find<'k>(known: &'k [Known], id: &str) -> Result<Subject<'k>, String> {
    let id = id.trim();
    for one in known {
        if let Some(scenario) = one.scenarios.iter().find(|scenario| scenario.id() == id) {
            return Ok(Subject::Scenario(one, scenario));
        }
    }
    let rows: Vec<_> = rows(known)
        .filter(|(one, table, row)| row.code.to_string() == id || one.row_id(table, &row.code) == id)
        .collect();
    if !rows.is_empty() {
        return Ok(Subject::Rows(rows));
    }
    let scenarios: Vec<_> =
        known.iter().flat_map(|one| &one.scenarios).filter(|scenario| scenario.row_id() == id).collect();
    if !scenarios.is_empty() {
        return Ok(Subject::Scenarios(scenarios));
    }
    let operations: Vec<_> = operations(known)
        .filter(|(one, operation)| operation.name == id || format!("{}/{}", one.name(), operation.name) == id)
        .collect();
    if !operations.is_empty() {
        return Ok(Subject::Operations(operations));
    }
    step(id).map(Subject::Step).ok_or_else(|| unknown(known, id))
}

fn rows(known: &[Known]) -> impl Iterator<Item = (&Known, &Table, &Row)> {
    known.iter().flat_map(|one| {
        one.dialect.tables.iter().flat_map(move |table| table.rows.iter().map(move |row| (one, table, row)))
    })
}

fn operations(known: &[Known]) -> impl Iterator<Item = (&Known, &Operation)> {
    known.iter().flat_map(|one| one.dialect.operations.iter().map(move |operation| (one, operation)))
}

/// The entry of a sentence or a pattern, with its keyword or without.
fn step(text: &str) -> Option<&'static Entry> {
    let with_keyword = Keyword::ALL.into_iter().find_map(|keyword| {
        let sentence = text.strip_prefix(keyword.as_str())?.strip_prefix(' ')?;
        Some((vec![keyword], sentence))
    });
    let (keywords, sentence) = with_keyword.unwrap_or_else(|| {
        let sentence = ["And ", "But "].iter().find_map(|word| text.strip_prefix(word));
        (Keyword::ALL.to_vec(), sentence.unwrap_or(text))
    });
    let of_keyword = || VOCABULARY.iter().filter(|entry| keywords.contains(&entry.keyword));
    let pattern = of_keyword().find(|entry| entry.pattern == sentence);
    pattern.or_else(|| {
        let read = keywords.iter().find_map(|keyword| Step::parse(*keyword, sentence).ok());
        read.map(|step| step.entry())
    })
}

fn unknown(known: &[Known], id: &str) -> String {
    let scenarios = known.iter().flat_map(|one| one.scenarios.iter().map(Scenario::id));
    let row_ids = rows(known).map(|(one, table, row)| one.row_id(table, &row.code));
    let names = operations(known).map(|(_, operation)| operation.name.clone());
    let all: BTreeSet<_> = scenarios.chain(row_ids).chain(names).collect();
    let near = by_likeness(id, all.iter().map(String::as_str));
    let near: Vec<_> = near.take(NEAR).map(|known| format!("\n{known}")).collect();
    format!("nothing is called {id}; the nearest are:{}", near.concat())
}
