//! What the tags say of a scenario.

use lianpu_corpus::{Certainty, Reach};

/// What the tags say of a scenario.
#[derive(Debug, Default)]
pub(super) struct Tags {
    pub(super) dialect: Option<String>,
    pub(super) table: Option<String>,
    pub(super) row: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) reach: Option<Reach>,
    pub(super) certainty: Option<Certainty>,
    pub(super) needs: Vec<String>,
}

impl Tags {
    /// Reads the tags of a feature, a rule and a scenario.
    pub(super) fn read<'t>(tags: impl Iterator<Item = &'t String>) -> Self {
        let mut read = Self::default();
        for tag in tags {
            let Some((name, value)) = tag.split_once(':') else { continue };
            match name {
                "dialect" => read.dialect = Some(value.to_owned()),
                "table" => read.table = Some(value.to_owned()),
                "row" => read.row = Some(value.to_owned()),
                "op" => read.operation = Some(value.to_owned()),
                "reach" => read.reach = parse(value),
                "certainty" => read.certainty = parse(value),
                "needs" => read.needs.push(value.to_owned()),
                _ => {}
            }
        }
        read
    }

    /// The row that the scenario provokes, as reports name it.
    pub(super) fn row(&self) -> Option<String> {
        match (&self.dialect, &self.table, &self.row) {
            (Some(dialect), Some(table), Some(row)) => Some(format!("{dialect}/{table}/{row}")),
            _ => None,
        }
    }
}

fn parse<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}
