//! What there is: the known dialects, with every scenario that their recipes make.

use lianpu_corpus::{Code, Dialect, Reach, Table, dialect, dialect_names};

use super::error::CliError;
use crate::nearest::did_you_mean;
use crate::provoke::{Scenario, scenarios};
use crate::report::RowInfo;

/// Complains about a dialect that nobody knows.
pub(super) fn check_dialects(names: &[String]) -> Result<(), CliError> {
    let all = dialect_names();
    let Some(unknown) = names.iter().find(|name| !all.contains(&name.as_str())) else { return Ok(()) };
    let hint = did_you_mean(unknown, all.iter().copied());
    Err(CliError::Usage(format!("no dialect {unknown}{hint}; there are: {}", all.join(", "))))
}

/// A dialect with its scenarios.
#[derive(Debug, Clone)]
pub struct Known {
    /// The dialect.
    pub dialect: &'static Dialect,
    /// Its scenarios, in the documents' order.
    pub scenarios: Vec<Scenario>,
}

impl Known {
    /// These dialects, or all of them where none is named.
    pub fn load(names: &[String]) -> Result<Vec<Self>, CliError> {
        check_dialects(names)?;
        let wanted = dialect_names()
            .into_iter()
            .filter(|name| names.is_empty() || names.iter().any(|own| own == name));
        wanted.map(|name| Self::of(dialect(name)?)).collect()
    }

    /// A dialect and its scenarios.
    pub fn of(dialect: &'static Dialect) -> Result<Self, CliError> {
        let scenarios = scenarios(dialect).map_err(CliError::Catalogue)?;
        Ok(Self { dialect, scenarios })
    }

    /// The dialect's name.
    pub fn name(&self) -> &'static str {
        &self.dialect.manifest.name
    }

    /// `<dialect>/<table>/<code>`.
    pub fn row_id(&self, table: &Table, code: &Code) -> String {
        format!("{}/{}/{code}", self.name(), table.id)
    }

    /// The scenarios of a row.
    pub fn of_row<'a>(&'a self, table: &'a Table, code: &'a Code) -> impl Iterator<Item = &'a Scenario> {
        self.scenarios.iter().filter(move |scenario| scenario.table == table.id && scenario.code == *code)
    }

    /// From where a row is provoked, and why it has no scenario where it has none.
    pub fn row_info(&self, table: &Table, code: &Code) -> RowInfo {
        let id = self.row_id(table, code);
        if let Some(first) = self.of_row(table, code).next() {
            return RowInfo { id, reach: first.reach, reason: None };
        }
        let mut recipes = self.dialect.provocations.iter().filter(|recipe| recipe.row == *code);
        let recipe = recipes.find(|recipe| recipe.tables.is_empty() || recipe.tables.contains(&table.id));
        let answers = self.dialect.operations.iter().any(|operation| operation.tables.contains(&table.id));
        let reason = match recipe.and_then(|recipe| recipe.reason.clone()) {
            Some(reason) => reason,
            None if answers => "there is no recipe for it".to_owned(),
            None => "no operation that is described answers from this table".to_owned(),
        };
        RowInfo { id, reach: recipe.map_or(Reach::None, |recipe| recipe.reach), reason: Some(reason) }
    }
}
