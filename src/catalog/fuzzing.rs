//! The body of the fuzz target for imports.

use crate::catalog::{ImportErrors, ImportedTable, Reading, Shape, from_toml, import, to_toml};

/// Imports any bytes in every shape. The properties: no panic, a refusal names at least one fault and its place, and what is
/// imported is written and read back equal.
pub fn fuzz_import(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for shape in [None].into_iter().chain(Shape::ALL.map(Some)) {
        judge(text, import(text, &Reading { shape, ..Reading::default() }));
    }
}

fn judge(text: &str, imported: Result<Vec<ImportedTable>, ImportErrors>) {
    match imported {
        Err(errors) => {
            assert!(!errors.0.is_empty(), "a refusal without a reason");
            errors.0.iter().for_each(|fault| placed(text, fault.line, fault.column));
        }
        Ok(tables) => {
            assert!(tables.iter().any(|table| table.faults.is_empty()), "no table that can be taken");
            for table in tables {
                table.faults.iter().for_each(|fault| placed(text, fault.line, fault.column));
                table.notes.iter().for_each(|note| placed(text, note.line, note.column));
                let table = table.into_table("fuzzed", "fuzzed.txt");
                let text = to_toml(&table);
                assert_eq!(from_toml(&text).as_ref(), Ok(&table), "{text}");
            }
        }
    }
}

fn placed(text: &str, line: u32, column: u32) {
    let lines = text.split('\n').count();
    assert!(
        (1..=lines).contains(&(line as usize)) && column > 0,
        "line {line}, column {column} of {lines} lines"
    );
}
