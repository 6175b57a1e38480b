//! Every scenario of a dialect.

use lianpu_corpus::{Code, Dialect};

use super::scenario::{ProvokeError, Scenario};
use super::{from_operations, from_provocations, signing};
use crate::sign;

/// Every scenario of a dialect: those of the provocations, then those of the operation tables; or every fault found.
pub fn scenarios(dialect: &Dialect) -> Result<Vec<Scenario>, Vec<ProvokeError>> {
    let mut made = Vec::new();
    let mut errors = Vec::new();
    from_provocations::make(dialect, &mut made, &mut errors);
    from_operations::make(dialect, &mut made, &mut errors);
    let own = sign::of_dialect(&dialect.manifest);
    for scenario in &made {
        // An unknown scheme is told once, by whoever reads the dialect.
        let signed = own.as_ref().map_or(Ok(()), |own| signing::check(scenario, *own));
        errors.extend(signed.err().map(|why| ProvokeError::of(scenario, why.to_string())));
    }
    let mut ids: Vec<_> = made.iter().map(Scenario::id).collect();
    ids.sort_unstable();
    for twice in ids.windows(2).filter(|pair| pair[0] == pair[1]) {
        errors.push(ProvokeError {
            dialect: dialect.manifest.name.clone(),
            row: Code::Text("?".into()),
            trigger: twice[0].clone(),
            why: "two scenarios have this id; give them different triggers".into(),
        });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let order = |scenario: &Scenario| {
        let table = dialect.manifest.tables.iter().position(|id| *id == scenario.table);
        let row =
            dialect.table(&scenario.table).and_then(|t| t.rows.iter().position(|r| r.code == scenario.code));
        (table, row)
    };
    made.sort_by_key(order);
    Ok(made)
}
