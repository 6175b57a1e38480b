//! A table as the text of its file.

use lianpu_corpus::Table;

/// The text of a table's file: the same for the same table, and read back equal by [`from_toml`].
pub fn to_toml(table: &Table) -> String {
    toml::to_string(table).expect("a table is texts, integers and flags, all of which TOML has")
}

/// The table of a file's text.
///
/// # Errors
/// The text is not TOML, lacks a field or has an unknown one; the error tells line and column.
pub fn from_toml(text: &str) -> Result<Table, toml::de::Error> {
    toml::from_str(text)
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::{Certainty, Code, Row};
    use proptest::option::of;
    use proptest::prelude::*;

    use super::*;

    fn code() -> impl Strategy<Value = Code> {
        prop_oneof![any::<i64>().prop_map(Code::Int), any::<String>().prop_map(Code::Text)]
    }

    fn certainty() -> impl Strategy<Value = Certainty> {
        prop_oneof![Just(Certainty::Documented), Just(Certainty::Recorded), Just(Certainty::Inferred)]
    }

    prop_compose! {
        fn row()(
            (code, message, message_certainty) in (code(), of(any::<String>()), of(certainty())),
            (meaning, remedy, billed) in (any::<String>(), of(any::<String>()), of(any::<bool>())),
            (gloss, line, source) in (any::<String>(), any::<u32>(), of(any::<String>())),
            (condition, note) in (of(any::<String>()), of(any::<String>())),
        ) -> Row {
            Row { code, message, message_certainty, meaning, remedy, billed, gloss, line, source, condition, note }
        }
    }

    prop_compose! {
        fn table()(
            (id, title, gloss, source) in (any::<String>(), any::<String>(), any::<String>(), any::<String>()),
            envelope in any::<Option<String>>(),
            bare in any::<bool>(),
            rows in prop::collection::vec(row(), 0..4),
        ) -> Table {
            Table { id, title, gloss, source, envelope, bare, rows }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_equal(table in table()) {
            let text = to_toml(&table);
            prop_assert_eq!(from_toml(&text).expect("our own text reads"), table);
        }
    }
}
