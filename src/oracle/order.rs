//! Which of two faults a server must find first.

use lianpu_corpus::{Certainty, Dialect, Stage};

/// Whether the one condition is found before the other by every server: its stage stands before the other's, and either
/// the documents say so, or the other stage works with what this one leaves.
pub(super) fn comes_before(dialect: &Dialect, one: &str, other: &str) -> bool {
    let (Some(one), Some(other)) = (place(dialect, one), place(dialect, other)) else { return false };
    let order = &dialect.manifest.order;
    one < other && (order[other].certainty != Certainty::Inferred || needs(order, &order[other], &order[one]))
}

/// The stage that refuses with a condition.
pub(super) fn stage<'a>(dialect: &'a Dialect, condition: &str) -> Option<&'a Stage> {
    place(dialect, condition).map(|place| &dialect.manifest.order[place])
}

fn place(dialect: &Dialect, condition: &str) -> Option<usize> {
    dialect.manifest.order.iter().position(|stage| stage.conditions.iter().any(|known| known == condition))
}

/// Whether the later stage needs the earlier one, itself or by what it needs.
fn needs(order: &[Stage], later: &Stage, earlier: &Stage) -> bool {
    let needed = order.iter().filter(|stage| later.needs.contains(&stage.name));
    needed.into_iter().any(|stage| stage.name == earlier.name || needs(order, stage, earlier))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The dialects that can be asked anything.
    fn dialects() -> Vec<&'static Dialect> {
        let all =
            lianpu_corpus::dialect_names().into_iter().map(|name| lianpu_corpus::bundled(name).unwrap());
        all.filter(|dialect| !dialect.operations.is_empty()).collect()
    }

    #[test]
    fn every_stage_names_conditions_that_exist_once_and_stages_above_it() {
        for dialect in dialects() {
            let rows = dialect.tables.iter().flat_map(|table| &table.rows);
            let known: BTreeSet<_> = rows.filter_map(|row| row.condition.as_deref()).collect();
            let mut conditions = BTreeSet::new();
            let mut above = BTreeSet::new();
            assert!(!dialect.manifest.order.is_empty());
            for stage in &dialect.manifest.order {
                for condition in &stage.conditions {
                    assert!(known.contains(condition.as_str()), "{condition} is in no table");
                    assert!(conditions.insert(condition), "{condition} stands in two stages");
                }
                for needed in &stage.needs {
                    assert!(
                        above.contains(needed),
                        "{} needs {needed}, which does not stand above",
                        stage.name
                    );
                }
                assert!(above.insert(&stage.name) && !stage.source.is_empty(), "{}", stage.name);
            }
        }
    }

    #[test]
    fn what_is_needed_comes_first_and_what_is_only_inferred_may_come_later() {
        let dialect = lianpu_corpus::bundled("tencent-ci").unwrap();
        assert!(comes_before(dialect, "bad-request", "face-not-detected"), "by way of the picture");
        assert!(!comes_before(dialect, "face-not-detected", "bad-request"));
        assert!(comes_before(dialect, "secret-id-unknown", "signature-wrong"));
        assert!(!comes_before(dialect, "signature-wrong", "bad-request"), "no document says which is first");
        assert!(!comes_before(dialect, "no-such-condition", "bad-request"));
    }
}
