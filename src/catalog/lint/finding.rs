//! One oddity, and where it stands.

use std::fmt;

use lianpu_corpus::{Code, item_lines};
use serde::{Deserialize, Serialize};

use crate::closed_list::closed_list;

closed_list! {
    /// What kind of oddity it is.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum LintKind {
        /// A code stands twice in a table.
        DuplicateCode = "duplicate-code",
        /// A code means something else in another table of the dialect.
        TwoMeanings = "two-meanings",
        /// Several codes of a table share a message.
        SharedMessage = "shared-message",
        /// A row has no message.
        NoMessage = "no-message",
        /// A word, a character or a sign that looks like a slip.
        LikelyTypo = "likely-typo",
        /// A recipe or an operation names a code, or the condition of one, that no table has.
        UnknownCode = "unknown-code",
        /// Two rows of a table say the same, and nothing provokes one of them: no answer tells them apart.
        UnreachableTwin = "unreachable-twin",
        /// A mark in `lint.toml` that fits no finding any more.
        StaleMark = "stale-mark",
    }
}

/// One oddity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind.
    pub kind: LintKind,
    /// The table; empty where none is meant.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub table: String,
    /// The row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// What is odd.
    pub words: String,
    /// Why it stays: it is the vendor's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
}

/// Where the entries of a dialect's files stand.
#[derive(Debug, Clone, Default)]
pub struct Places {
    files: Vec<(String, String, Vec<u32>)>,
}

impl Places {
    /// Adds a file: its name below the dialect's folder, its path for people, its text, and the key of its entries.
    pub fn add(&mut self, file: &str, path: &str, text: &str, key: &str) {
        self.files.push((file.to_owned(), path.to_owned(), item_lines(text, key)));
    }

    /// Path and line of the entry of this number, from 0.
    pub(super) fn of(&self, file: &str, entry: usize) -> (String, u32) {
        let known = self.files.iter().find(|(name, ..)| name == file);
        known.map_or_else(
            || (file.to_owned(), 1),
            |(_, path, lines)| (path.clone(), lines.get(entry).copied().unwrap_or(1)),
        )
    }

    /// The place of a path among the files.
    pub(super) fn order(&self, path: &str) -> usize {
        self.files.iter().position(|(_, known, _)| known == path).unwrap_or(self.files.len())
    }

    /// An oddity of the row of this number of a table.
    pub(super) fn of_row(
        &self,
        kind: LintKind,
        table: &str,
        row: usize,
        code: &Code,
        words: String,
    ) -> Finding {
        let (file, line) = self.of(&format!("tables/{table}.toml"), row);
        Finding { kind, table: table.to_owned(), code: Some(code.clone()), file, line, words, vendor: None }
    }
}

impl fmt::Display for LintKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
