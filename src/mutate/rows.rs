//! Whether an operation's tables have a row for what a mutation breaks.

use lianpu_corpus::ConditionClass;

use super::making::Making;

/// Whether one of the operation's tables has a row for a condition of this class.
pub(super) fn has_row(making: &Making<'_>, class: ConditionClass) -> bool {
    let dialect = making.ground.dialect;
    let conditions = dialect.manifest.classes.conditions(class);
    let mut tables = making.ground.operation.tables.iter().filter_map(|table| dialect.table(table));
    tables.any(|table| conditions.iter().any(|condition| table.row_for(condition).is_some()))
}
