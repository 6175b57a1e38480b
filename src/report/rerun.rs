//! The commands that repeat a scenario: its row and operation run again, what it sent sent again.

use super::record::{ScenarioRecord, Started};
use crate::shell::quoted;

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

/// The words of the command that sends again what a kept scenario sent.
pub(super) fn replay(started: Option<&Started>, record: &ScenarioRecord) -> Option<Vec<String>> {
    let mut words = vec!["lianpu replay".to_owned(), quoted(record.reproducer.as_ref()?)];
    if let Some(started) = started.filter(|started| started.target.name != "bundled") {
        words.push(format!("--target {}", quoted(&started.target.name)));
    }
    Some(words)
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
    fn what_is_kept_can_be_replayed() {
        let summary = sample::summary();
        let record = &summary.scenarios[2];
        assert_eq!(replay(summary.started.as_ref(), &summary.scenarios[0]), None);
        let kept = ScenarioRecord { reproducer: Some("a b/c".into()), ..record.clone() };
        let words = replay(summary.started.as_ref(), &kept).unwrap();
        assert_eq!(words.join(" "), "lianpu replay 'a b/c' --target staging");
    }
}
