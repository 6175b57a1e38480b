//! Rows without a message, and messages that many codes share: a client cannot tell these rows by their message.

use std::collections::BTreeMap;

use lianpu_corpus::Dialect;

use super::finding::{Finding, LintKind, Places};

pub(super) fn missing(dialect: &Dialect, places: &Places, findings: &mut Vec<Finding>) {
    for table in &dialect.tables {
        for (number, row) in table.rows.iter().enumerate().filter(|(_, row)| row.message.is_none()) {
            let words = "the row has no message; write one where the vendor's documents or answers give it";
            findings.push(places.of_row(LintKind::NoMessage, &table.id, number, &row.code, words.to_owned()));
        }
    }
}

/// One finding a message, at the first row that has it.
pub(super) fn shared(dialect: &Dialect, places: &Places, findings: &mut Vec<Finding>) {
    for table in &dialect.tables {
        let mut by_message: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, row) in table.rows.iter().enumerate() {
            if let Some(message) = &row.message {
                by_message.entry(message).or_default().push(number);
            }
        }
        for (message, rows) in by_message.into_iter().filter(|(_, rows)| rows.len() > 1) {
            let codes: Vec<_> = rows.iter().map(|number| table.rows[*number].code.to_string()).collect();
            let words = format!("{} codes share the message `{message}`: {}", codes.len(), codes.join(", "));
            let code = &table.rows[rows[0]].code;
            findings.push(places.of_row(LintKind::SharedMessage, &table.id, rows[0], code, words));
        }
    }
}
