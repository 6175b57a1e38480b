//! What is left of a body of which only the first bytes are read.

use lianpu_corpus::BodyKind;

use super::known::needs_any;
use crate::mutate::hides::Hides;
use crate::mutate::making::Making;

/// A rest that may be taken for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// It says all that the body says.
    All,
    /// The JSON that is meant, without what followed it.
    Value,
    /// Fewer pairs of a form, or a shorter value of the last.
    Fewer,
    /// Nothing, or nothing that has a meaning, where no parameter is needed.
    Nothing,
}

impl Left {
    /// What the first bytes of the body are; nothing where no server takes them.
    pub(super) fn of(making: &Making<'_>, bytes: usize) -> Option<Self> {
        let body = &making.request.body;
        let left = body[..bytes].trim_ascii_end();
        if left == body.trim_ascii_end() {
            return Some(Self::All);
        }
        let kind = making.request.header("Content-Type").unwrap_or_default().to_ascii_lowercase();
        if making.kind == BodyKind::Multipart
            && let Some(at) = last_delimiter(making)
        {
            // The last delimiter may lack its two dashes, as in some of the vendor's examples.
            return (at <= bytes).then_some(Self::All);
        }
        if matches!(left.trim_ascii_start().first(), Some(b'{' | b'[' | b'"')) {
            let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(left).is_ok();
            return is_json.then_some(Self::Value);
        }
        let form = making.kind == BodyKind::Form || kind.contains("urlencoded");
        match (left.is_empty() || !form, needs_any(making)) {
            (false, _) => Some(Self::Fewer),
            (true, false) => Some(Self::Nothing),
            (true, true) => None,
        }
    }

    /// What is not read any more.
    pub(super) const fn hides(self) -> Hides {
        match self {
            Self::All => Hides::Nothing,
            Self::Value => Hides::Writing,
            Self::Fewer => Hides::Parameters,
            Self::Nothing => Hides::Everything,
        }
    }
}

/// Where the last delimiter of a multipart body ends, if it has any that the content type names.
fn last_delimiter(making: &Making<'_>) -> Option<usize> {
    let kind = making.request.header("Content-Type").unwrap_or_default();
    let named = kind.split("boundary=").nth(1).unwrap_or(&making.boundary);
    let named = named.trim_matches('"').split(';').next().unwrap_or_default();
    let delimiter = format!("--{named}");
    memchr::memmem::rfind(&making.request.body, delimiter.as_bytes()).map(|at| at + delimiter.len())
}
