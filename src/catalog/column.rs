//! The columns a table may have, and the names documents give them.

use std::fmt;

use crate::catalog::fold;

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
    /// All columns.
    pub const ALL: [Self; 5] = [Self::Code, Self::Message, Self::Meaning, Self::Remedy, Self::Billed];

    /// The names documents give it, the most usual first.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Code => {
                &["错误码", "错误代码", "返回码", "返回值", "code", "error code", "error_code", "errcode"]
            }
            Self::Message => &[
                "错误信息",
                "错误消息",
                "返回消息",
                "返回信息",
                "message",
                "error message",
                "error_msg",
                "errmsg",
            ],
            Self::Meaning => {
                &["含义", "错误码含义", "错误描述", "描述", "说明", "meaning", "description", "comment"]
            }
            Self::Remedy => {
                &["解决方案", "解决方法", "处理建议", "处理方法", "处理措施", "建议", "remedy", "solution"]
            }
            Self::Billed => &["是否计费", "是否收费", "billed"],
        }
    }

    /// The word for it, on the command line too.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Message => "message",
            Self::Meaning => "meaning",
            Self::Remedy => "remedy",
            Self::Billed => "billed",
        }
    }

    /// All words, for messages.
    pub(super) fn words() -> String {
        Self::ALL.map(Self::word).join(", ")
    }

    /// The column that a header cell names; emphasis, case and width of the characters do not matter.
    pub(super) fn named(header: &str) -> Option<Self> {
        let name = folded(header);
        Self::ALL.into_iter().find(|column| column.names().iter().any(|known| folded(known) == name))
    }

    /// The columns whose names a header resembles: it says one beside brackets or in them, ends with a Chinese one, or holds an
    /// English one as a word. The nearest comes first.
    pub(super) fn resembled(header: &str) -> Vec<Self> {
        let text = folded(header);
        let parts = || text.split(['(', ')', '[', ']', '/']);
        let exact = parts().filter_map(Self::named);
        let ending = Self::ALL.into_iter().filter(|column| {
            let chinese = column.names().iter().filter(|name| !name.is_ascii());
            chinese.into_iter().any(|name| parts().any(|part| part.ends_with(name)))
        });
        let spaced = header.chars().map(fold::narrow).collect::<String>().to_lowercase();
        let words: Vec<_> = spaced.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        let holding =
            Self::ALL.into_iter().filter(|column| column.names().iter().any(|name| words.contains(name)));
        exact.chain(ending).chain(holding).collect()
    }
}

/// A header without what does not matter.
pub(super) fn folded(header: &str) -> String {
    fold::narrowed(header).trim_matches(['*', '`', '_', ':', '~']).to_lowercase()
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
