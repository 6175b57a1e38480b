//! The commands that repeat a scenario: its row and operation run again, what it sent sent again.

use super::record::{BUNDLED, ScenarioRecord, Started};
use crate::shell::quoted;

/// The words of the command; each option together with its value. `None` for a scenario without a row.
pub(super) fn rerun(started: Option<&Started>, record: &ScenarioRecord) -> Option<Vec<String>> {
    let row = record.row.as_ref()?;
    let mut words = vec!["lianpu run".to_owned(), format!("--row {}", quoted(row))];
    words.extend(record.op.as_ref().map(|op| format!("--op {}", quoted(op))));
    if let Some(started) = started {
        words.extend(led_to(started));
        words.push(format!("--seed {}", started.seed));
    }
    Some(words)
}

/// The command that takes a run up again, from the file of its events.
pub(super) fn taken_up(option: &str, events: &str, started: Option<&Started>) -> String {
    // Target and filters stand in the events; dialects of one's own are read before them.
    let asked = started.map_or(&[][..], |started| &started.asked[..]);
    let catalogs = asked.chunks(2).filter(|pair| pair[0] == "--catalog");
    let words = ["lianpu", "run", option, events].into_iter().chain(catalogs.flatten().map(String::as_str));
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

/// The words of the command that sends again what a kept scenario sent.
pub(super) fn replay(started: Option<&Started>, record: &ScenarioRecord) -> Option<Vec<String>> {
    let mut words = vec!["lianpu replay".to_owned(), quoted(record.reproducer.as_ref()?)];
    words.extend(started.into_iter().flat_map(led_to));
    Some(words)
}

/// The options that led to the target, each with its value; in a stream that does not tell them, the target's name.
fn led_to(started: &Started) -> Vec<String> {
    match (&started.asked[..], started.target.name.as_str()) {
        ([], BUNDLED) => Vec::new(),
        ([], name) => vec![format!("--target {}", quoted(name))],
        (asked, _) => asked
            .chunks(2)
            .map(|pair| pair.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_options_that_led_to_the_target_lead_there_again() {
        let summary = sample::summary();
        let mut started = summary.started.clone().unwrap();
        started.asked = ["--catalog", "my dialect", "--credentials", "ready.json"].map(str::to_owned).into();
        let words = rerun(Some(&started), &summary.scenarios[0]).unwrap();
        assert_eq!(
            words[words.len() - 3..],
            ["--catalog 'my dialect'", "--credentials ready.json", "--seed 7"]
        );
    }

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
