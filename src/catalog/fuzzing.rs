//! The body of the fuzz target for imports.

use crate::catalog::{from_toml, import, to_toml};

/// Imports any bytes. The properties: no panic, a refusal names at least one fault, and what is imported is written and
/// read back equal.
pub fn fuzz_import(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match import(text) {
        Err(errors) => assert!(!errors.0.is_empty(), "a refusal without a reason"),
        Ok(tables) => {
            for table in tables {
                let table = table.into_table("fuzzed", "fuzzed.txt");
                let text = to_toml(&table);
                assert_eq!(from_toml(&text).as_ref(), Ok(&table), "{text}");
            }
        }
    }
}
