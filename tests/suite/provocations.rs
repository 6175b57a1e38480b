//! Every recipe makes a scenario, every row of a provoked table has one, and the committed features are fresh.

use std::collections::BTreeSet;

use lianpu::provoke::{feature_files, scenarios};
use lianpu_corpus::{Reach, bundled, dialect_names};

/// Tables whose every row must have a recipe, or a reason why there is none.
const PROVOKED: [&str; 5] = [
    "baidu-face/common",
    "baidu-face/face",
    "baidu-face/identity",
    "tencent-ci/face",
    "tencent-ci/face-management",
];

#[test]
fn every_recipe_makes_a_scenario() {
    for name in dialect_names() {
        let dialect = bundled(name).unwrap();
        if let Err(errors) = scenarios(dialect) {
            let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
            panic!("{}", lines.join("\n"));
        }
    }
}

#[test]
fn every_row_has_a_recipe_or_a_reason() {
    for id in PROVOKED {
        let (name, table) = id.split_once('/').unwrap();
        let dialect = bundled(name).unwrap();
        let made = scenarios(dialect).unwrap();
        let reached: BTreeSet<_> = made.iter().filter(|s| s.table == table).map(|s| s.code.clone()).collect();
        let without: Vec<_> = dialect
            .table(table)
            .unwrap()
            .rows
            .iter()
            .filter(|row| !reached.contains(&row.code))
            .filter(|row| !dialect.provocations.iter().any(|p| p.reach == Reach::None && p.row == row.code))
            .map(|row| row.code.to_string())
            .collect();
        assert_eq!(without, Vec::<String>::new(), "{id}");
    }
}

#[test]
fn every_accepted_code_has_a_reason() {
    for name in dialect_names() {
        for scenario in scenarios(bundled(name).unwrap()).unwrap() {
            for accept in &scenario.accept {
                assert!(
                    accept.reason.len() > 20,
                    "{}: {} is accepted because «{}»",
                    scenario.id(),
                    accept.code,
                    accept.reason
                );
            }
        }
    }
}

#[test]
fn the_committed_features_are_fresh() {
    for name in dialect_names() {
        let dialect = bundled(name).unwrap();
        for file in feature_files(dialect, &scenarios(dialect).unwrap()) {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("features").join(&file.path);
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(committed == file.text, "features/{} is stale; run `lianpu features`", file.path);
        }
    }
}
