//! The columns a table may have, and the names documents give them.

use std::fmt;

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
