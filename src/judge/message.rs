//! Messages held against the tables, byte by byte: only where the user asks for it, for a client must not read them.

use lianpu_corpus::{Certainty, Code, Dialect, Operation, Row};
use serde_json::Value;

use super::fields::value_at;
use super::{Check, Finding};

/// Complains where the operation's tables or a record give this code's message and the answer has another. Empty brackets
/// of the table, `param[] is null`, may hold anything.
pub(super) fn judge_exactly(
    body: &Value,
    at: &str,
    code: &Code,
    dialect: &Dialect,
    operation: &Operation,
) -> Option<Finding> {
    let actual = value_at(body, at)?.as_str()?;
    let rows = dialect.rows_of(operation, code);
    let wanted: Vec<_> =
        rows.filter(|row| is_founded(row)).filter_map(|row| row.message.as_deref()).collect();
    if wanted.is_empty() || wanted.iter().any(|message| fits(message, actual)) {
        return None;
    }
    Some(Finding::new(Check::Message, format!("«{}»", wanted.join("» or «")), format!("«{actual}»")))
}

fn is_founded(row: &Row) -> bool {
    row.message_certainty != Some(Certainty::Inferred)
}

fn fits(message: &str, actual: &str) -> bool {
    message == actual
        || message.split_once("[]").is_some_and(|(before, after)| {
            let held = actual.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            held.is_some_and(|held| held.starts_with('[') && held.ends_with(']'))
        })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn empty_brackets_may_be_filled_and_nothing_else_may_differ() {
        for (actual, fit) in [
            ("param[] is null", true),
            ("param[image] is null", true),
            ("param[image is null", false),
            ("param[image] is nul", false),
            ("param is null", false),
        ] {
            assert_eq!(fits("param[] is null", actual), fit, "{actual}");
        }
        assert!(!fits("system busy", "system  busy"));
    }
}
