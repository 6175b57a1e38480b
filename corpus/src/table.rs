//! One error table of a vendor and its rows.

use serde::{Deserialize, Serialize};

use crate::{Certainty, Code};

/// One error table as the vendor published it. File: `tables/<id>.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The name of the file without its ending, such as `face`.
    pub id: String,
    /// The vendor's heading.
    pub title: String,
    /// Our English rendering of the heading.
    pub gloss: String,
    /// The document the rows were read from: the seed's file name.
    pub source: String,
    /// Which of the dialect's `[envelopes]` an answer with one of these codes has; absent: that of the operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<String>,
    /// A layer in front of the service answers with these codes: code and message, and nothing else of the envelope.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bare: bool,
    /// The rows in the document's order.
    #[serde(rename = "row", default)]
    pub rows: Vec<Row>,
}

/// One line of an error table. The vendor's text stands as it is in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The code with its JSON type.
    pub code: Code,
    /// The message a client sees, where the table or a record gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How sure `message` is; absent where the table itself has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_certainty: Option<Certainty>,
    /// The vendor's Chinese meaning.
    pub meaning: String,
    /// The vendor's Chinese remedy, where the table has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Whether an answer with this code is billed, where the table says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billed: Option<bool>,
    /// Our English rendering of the meaning.
    pub gloss: String,
    /// The first line of the row in the source document, from 1.
    pub line: u32,
    /// The document the row was read from, where it is not the table's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The domain word for what happened, such as `person-exists`: an implementation finds its row by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What a reader of the row must know: a spelling to keep, a document that lacks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Table {
    /// The row with this code.
    pub fn row(&self, code: &Code) -> Option<&Row> {
        self.rows.iter().find(|row| row.code == *code)
    }

    /// The row for this domain condition.
    pub fn row_for(&self, condition: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.condition.as_deref() == Some(condition))
    }
}
