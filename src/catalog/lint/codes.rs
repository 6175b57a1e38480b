//! Codes that stand twice, mean two things, stand nowhere, or cannot be told apart.

use std::collections::BTreeMap;

use lianpu_corpus::{Code, Dialect, Reach, Row, Table};

use super::finding::{Finding, LintKind, Places};
use crate::catalog::fold::bare;

pub(super) fn duplicates(dialect: &Dialect, places: &Places, findings: &mut Vec<Finding>) {
    for table in &dialect.tables {
        let mut seen = BTreeMap::new();
        for (number, row) in table.rows.iter().enumerate() {
            let first = *seen.entry(&row.code).or_insert(number);
            if first != number {
                let (_, line) = places.of(&format!("tables/{}.toml", table.id), first);
                let words = format!("the code stands in line {line} already");
                findings.push(places.of_row(LintKind::DuplicateCode, &table.id, number, &row.code, words));
            }
        }
    }
}

/// One finding a code and table, where an earlier table says something else.
pub(super) fn two_meanings(dialect: &Dialect, places: &Places, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<&Code, Vec<(&str, &Row)>> = BTreeMap::new();
    for table in &dialect.tables {
        for (number, row) in table.rows.iter().enumerate() {
            let earlier = first.entry(&row.code).or_default();
            let other = earlier
                .iter()
                .find(|(id, other)| *id != table.id && bare(&other.meaning) != bare(&row.meaning));
            if let Some((id, other)) = other {
                let words = format!("here `{}`, in {id} `{}`", row.meaning, other.meaning);
                findings.push(places.of_row(LintKind::TwoMeanings, &table.id, number, &row.code, words));
            }
            earlier.push((&table.id, row));
        }
    }
}

/// Codes of recipes, and conditions of operations and of the first question, that no table has.
pub(super) fn unknown(dialect: &Dialect, places: &Places, findings: &mut Vec<Finding>) {
    let envelopes = || dialect.manifest.envelope.iter().chain(dialect.manifest.envelopes.values());
    let success = |code: &Code| envelopes().any(|envelope| envelope.success_row() == *code);
    let is_known =
        |code: &Code| success(code) || dialect.tables.iter().any(|table| table.row(code).is_some());
    let finding = |file: &str, entry, code: Option<&Code>, words: String| {
        let (file, line) = places.of(file, entry);
        let table = String::new();
        Finding { kind: LintKind::UnknownCode, table, code: code.cloned(), file, line, words, vendor: None }
    };
    for (entry, recipe) in dialect.provocations.iter().enumerate() {
        let codes = std::iter::once(&recipe.row).chain(recipe.accept.iter().map(|accept| &accept.code));
        for code in codes.filter(|code| !is_known(code)) {
            let words = format!("the recipe {} names {code}, which no table has", recipe.trigger);
            findings.push(finding("provocations.toml", entry, Some(code), words));
        }
    }
    for (entry, operation) in dialect.operations.iter().enumerate() {
        for parameter in &operation.parameters {
            let conditions = parameter.refusal.iter().chain(&parameter.refusal_or);
            let has_row = |condition: &str| dialect.row_for(operation, condition).is_some();
            for condition in conditions.filter(|condition| !has_row(condition)) {
                let words = format!(
                    "{} of {} is refused by `{condition}`, which is the condition of no row of {}",
                    parameter.name,
                    operation.name,
                    operation.tables.join(", ")
                );
                findings.push(finding("operations.toml", entry, None, words));
            }
        }
    }
}

/// One finding for every row that says what an earlier row says, where a recipe for one of them is missing.
pub(super) fn twins(dialect: &Dialect, places: &Places, findings: &mut Vec<Finding>) {
    for table in &dialect.tables {
        for (number, row) in table.rows.iter().enumerate() {
            let twin = table.rows[..number].iter().find(|other| says_the_same(other, row));
            let Some(twin) = twin else { continue };
            let dead: Vec<_> =
                [twin, row].into_iter().filter(|row| !is_provoked(dialect, table, &row.code)).collect();
            if dead.is_empty() {
                continue;
            }
            let codes: Vec<_> = dead.iter().map(|row| row.code.to_string()).collect();
            let words = format!(
                "says what {} says, and nothing provokes {}: no answer tells them apart",
                twin.code,
                codes.join(" or ")
            );
            findings.push(places.of_row(LintKind::UnreachableTwin, &table.id, number, &row.code, words));
        }
    }
}

fn says_the_same(one: &Row, other: &Row) -> bool {
    let texts = |row: &Row| {
        let message = row.message.as_deref().map(bare);
        (message, bare(&row.meaning), row.remedy.as_deref().map(bare))
    };
    texts(one) == texts(other)
}

fn is_provoked(dialect: &Dialect, table: &Table, code: &Code) -> bool {
    dialect.provocations.iter().any(|recipe| {
        recipe.row == *code
            && recipe.reach != Reach::None
            && (recipe.tables.is_empty() || recipe.tables.contains(&table.id))
    })
}
