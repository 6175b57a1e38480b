//! What may fail a run: how certain a statement is, which figures must be met, which part runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::common::report::{Run, run};
use crate::common::{lianpu, shared};

/// One passing, one failing scenario of each certainty.
const OWN: &str = "Feature: own

  @certainty:documented
  Scenario: documented right
    When a valid getgroupids request is sent
    Then the code is 0

  @certainty:recorded
  Scenario: recorded wrong
    When a valid getgroupids request is sent
    Then the code is 8

  @certainty:inferred
  Scenario: inferred wrong
    When a valid getgroupids request is sent
    Then the code is 9

  @certainty:inferred @needs:teleport
  Scenario: inferred lacking
    When a valid getgroupids request is sent
    Then the code is 0
";

fn own(folder: &Path, more: &[&str]) -> Run {
    let server = shared();
    fs::write(folder.join("own.feature"), OWN).unwrap();
    let ready = server.ready_file();
    let words = ["--credentials", ready.to_str().unwrap(), "--features", folder.to_str().unwrap()];
    run(&[&words[..], more].concat())
}

#[test]
fn deviations_from_weaker_statements_are_shown_and_fail_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (words, exit, deviates, weaker) in [
        (&["--gate-on", "documented"][..], 0, 0, 2),
        (&["--gate-on", "recorded"], 1, 1, 1),
        (&["--gate-on", "inferred"], 1, 2, 0),
        // A foreign target: what we merely conclude does not gate.
        (&[], 1, 1, 1),
    ] {
        let run = own(folder.path(), words);
        assert_eq!(run.exit(), exit, "{words:?}: {}", run.said());
        let standings = &run.report["standings"];
        assert_eq!(
            (&standings["deviates"], &standings["weaker"]),
            (&json!(deviates), &json!(weaker)),
            "{words:?}"
        );
        assert_eq!(run.report["totals"]["fail"], 2, "a verdict is what it is");
        let lines = run.stdout();
        assert_eq!(lines.matches("FAIL  ").count(), deviates, "{lines}");
        assert_eq!(lines.contains("weaker than"), weaker > 0, "{lines}");
        let junit = quick_junit::Report::deserialize_from_str(&run.file("junit")).unwrap();
        assert_eq!(junit.failures, deviates, "{}", run.file("junit"));
    }
}

#[test]
fn figures_are_held_against_their_bounds() {
    let folder = tempfile::tempdir().unwrap();
    for (bounds, exit) in [
        ("divergence<=50%", 0), // 1 of 2 documented and recorded ones
        ("divergence<50%", 1),
        ("divergence<=50%,coverage>=100%", 0),
        ("coverage>=100%", 1), // a bound for coverage pardons no deviation
    ] {
        let run = own(folder.path(), &["--gate", bounds]);
        assert_eq!(run.exit(), exit, "{bounds}: {}", run.said());
        assert_eq!(run.report["score"], json!({"total": 2, "judged": 2, "diverging": 1}));
    }
    let run = own(folder.path(), &["--gate", "divergence<=75%,coverage>75%", "--gate-on", "inferred"]);
    assert_eq!(run.exit(), 1, "{}", run.said());
    assert_eq!(run.report["gate"]["missed"], json!(["coverage>75%"]), "3 of 4 is not more than 75 %");
    assert!(run.stdout().contains("missed    coverage>75%"), "{}", run.stdout());
    let output = lianpu(&["run", "--gate", "divergence<1"], Some(folder.path()));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("the number ends with %"), "{said}");
}

#[test]
fn where_nothing_that_gates_was_judged_nothing_is_passed() {
    let folder = tempfile::tempdir().unwrap();
    for tags in ["@certainty:inferred", "@needs:teleport"] {
        let run = own(folder.path(), &["--tags", tags]);
        assert_eq!(run.exit(), 5, "{tags}: {}", run.said());
    }
    let run = own(folder.path(), &["--tags", "@needs:teleport", "--gate-on", "inferred"]);
    assert_eq!(run.exit(), 5, "{}", run.said());
    let [scenario] = run.scenarios() else { panic!("{}", run.said()) };
    assert_eq!(scenario["reason"], json!({"code": "needs-other", "detail": "teleport"}));
}

#[test]
fn parts_are_disjoint_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    let parts: Vec<_> = (1..=3).map(|i| own(folder.path(), &["--shard", &format!("{i}/3")])).collect();
    let mut all = BTreeSet::new();
    for (index, part) in parts.iter().enumerate() {
        let ids = part.ids(|_| true);
        assert_eq!(part.report["selected"], ids.len(), "{}", part.said());
        assert_eq!(part.report["selection"]["shard"], format!("{}/3", index + 1));
        assert_eq!(
            (&part.report["selection"]["chosen"], &part.report["selection"]["canonical"]),
            (&json!(4), &json!(4))
        );
        assert!(ids.is_disjoint(&all), "{ids:?}");
        all.extend(ids);
    }
    assert_eq!(all.len(), 4);
    let refused = lianpu(&["run", "--shard", "4/3"], Some(folder.path()));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.code() == Some(2) && said.contains("write i/n"), "{said}");
}
