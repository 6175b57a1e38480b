//! The command that runs one scenario's row and operation again.

use super::record::{ScenarioRecord, Started};

/// The words of the command; each option together with its value. `None` for a scenario without a row.
pub(super) fn rerun(started: Option<&Started>, record: &ScenarioRecord) -> Option<Vec<String>> {
    let row = record.row.as_ref()?;
    let mut words = vec!["lianpu run".to_owned(), format!("--row {}", quoted(row))];
    words.extend(record.op.as_ref().map(|op| format!("--op {}", quoted(op))));
    if let Some(started) = started {
        if started.target.name != "bundled" {
            words.push(format!("--target {}", quoted(&started.target.name)));
        }
        words.push(format!("--seed {}", started.seed));
    }
    Some(words)
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@+=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_command_names_row_operation_target_and_seed() {
        let summary = sample::summary();
        let words = rerun(summary.started.as_ref(), &summary.scenarios[2]).unwrap();
        assert_eq!(
            words.join(" "),
            "lianpu run --row tencent-ci/face/-1302 --op newperson --target staging --seed 7"
        );
        let own = ScenarioRecord { row: None, ..summary.scenarios[2].clone() };
        assert_eq!(rerun(None, &own), None);
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
