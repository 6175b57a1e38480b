//! The body of the fuzz target for imports.

use crate::catalog::{ImportErrors, ImportedTable, Shape, from_toml, import, import_as, to_toml};

/// Imports any bytes in every shape. The properties: no panic, a refusal names at least one fault and its place, and what is
/// imported is written and read back equal.
pub fn fuzz_import(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    judge(text, import(text));
    for shape in Shape::ALL {
        judge(text, import_as(text, shape));
    }
}

fn judge(text: &str, imported: Result<Vec<ImportedTable>, ImportErrors>) {
    match imported {
        Err(errors) => {
            assert!(!errors.0.is_empty(), "a refusal without a reason");
            let lines = text.split('\n').count();
            for fault in &errors.0 {
                assert!(
                    (1..=lines).contains(&(fault.line as usize)) && fault.column > 0,
                    "{fault} of {lines} lines"
                );
            }
        }
        Ok(tables) => {
            for table in tables {
                let table = table.into_table("fuzzed", "fuzzed.txt");
                let text = to_toml(&table);
                assert_eq!(from_toml(&text).as_ref(), Ok(&table), "{text}");
            }
        }
    }
}
