//! The columns a table may have, and the names documents give them.

use std::fmt;

use crate::catalog::row::Cell;
use crate::catalog::{Fault, ImportFault};

/// A column of an error table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The return code.
    Code,
    /// The message a client sees.
    Message,
    /// The vendor's meaning.
    Meaning,
    /// The vendor's remedy.
    Remedy,
    /// Whether an answer is billed.
    Billed,
}

impl Column {
    const ALL: [Self; 5] = [Self::Code, Self::Message, Self::Meaning, Self::Remedy, Self::Billed];

    /// The names documents give it, the most usual first.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Code => &["错误码", "错误代码", "返回码", "返回值", "code", "error code", "error_code"],
            Self::Message => &["错误信息", "错误消息", "返回消息", "message", "error message", "error_msg"],
            Self::Meaning => &["含义", "错误码含义", "错误描述", "描述", "说明", "meaning", "description"],
            Self::Remedy => &["解决方案", "解决方法", "处理建议", "处理方法", "remedy", "solution"],
            Self::Billed => &["是否计费", "billed"],
        }
    }

    pub(super) fn known() -> String {
        Self::ALL.map(|column| format!("{column} ({})", column.names()[0])).join(", ")
    }

    /// The column that a header cell names; emphasis and case do not matter.
    pub(super) fn named(header: &str) -> Option<Self> {
        let name = header.trim_matches(|c: char| c == '*' || c.is_whitespace()).to_lowercase();
        Self::ALL.into_iter().find(|column| column.names().contains(&name.as_str()))
    }

    /// The columns of a row without a header.
    pub(super) fn by_count(count: usize) -> Result<&'static [Self], Fault> {
        match count {
            2 => Ok(&[Self::Code, Self::Meaning]),
            3 => Ok(&[Self::Code, Self::Message, Self::Meaning]),
            4 => Ok(&[Self::Code, Self::Message, Self::Meaning, Self::Remedy]),
            _ => Err(Fault::Width(count)),
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code => "code",
            Self::Message => "message",
            Self::Meaning => "meaning",
            Self::Remedy => "remedy",
            Self::Billed => "billed",
        })
    }
}

/// Whether a header is that of an error table.
pub(super) fn heads_errors(header: &[Cell]) -> bool {
    header.iter().any(|cell| Column::named(&cell.text) == Some(Column::Code))
}

/// The columns that a header names. What it names wrongly becomes a fault, and no columns.
pub(super) fn of_header(header: &[Cell], faults: &mut Vec<ImportFault>) -> Option<Vec<Column>> {
    let before = faults.len();
    let mut columns = Vec::new();
    for cell in header {
        match Column::named(&cell.text) {
            None => faults.push(cell.fault(Fault::UnknownColumn { name: cell.text.clone() })),
            Some(column) if columns.contains(&column) => faults.push(cell.fault(Fault::ColumnTwice(column))),
            Some(column) => columns.push(column),
        }
    }
    let first = header.first()?;
    for needed in [Column::Code, Column::Meaning] {
        if faults.len() == before && !columns.contains(&needed) {
            faults.push(first.fault(Fault::MissingColumn(needed)));
        }
    }
    (faults.len() == before).then_some(columns)
}
