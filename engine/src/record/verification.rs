//! What was found of a signature.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::Secrets;

/// The stages of verifying, in their order. The first that differs is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    /// There is no signature, or more than one.
    Presence,
    /// The text cannot be decoded.
    Decoding,
    /// What is signed lacks a field, or has one that is none.
    Plaintext,
    /// The key, or whom it belongs to, is unknown.
    Key,
    /// The digest is another.
    Digest,
    /// It is not yet, or no more, in time.
    Time,
}

/// What was found of one signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Verification {
    /// The scheme, such as `bce-auth-v1`.
    pub(crate) scheme: &'static str,
    /// The first stage that differs; none where all is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) differs: Option<Stage>,
    /// What differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    /// The likely mistake, where it can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hint: Option<String>,
    /// What was read and what the server made of it: `plaintext`, `canonical_request`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) shown: BTreeMap<&'static str, String>,
}

impl Verification {
    /// All is right so far.
    pub(crate) const fn of(scheme: &'static str) -> Self {
        Self { scheme, differs: None, why: None, hint: None, shown: BTreeMap::new() }
    }

    /// With something that was read.
    pub(crate) fn showing(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.shown.insert(name, text.into());
        self
    }

    /// It fails at a stage.
    pub(crate) fn failing(mut self, stage: Stage, why: impl Into<String>) -> Self {
        self.differs = Some(stage);
        self.why = Some(why.into());
        self
    }

    /// With the likely mistake.
    pub(crate) fn hinting(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hint = hint.map(Into::into);
        self
    }

    pub(super) fn redacted(mut self, secrets: &Secrets) -> Self {
        for text in self.shown.values_mut().chain(&mut self.why).chain(&mut self.hint) {
            *text = secrets.redacted(text);
        }
        self
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Presence => "presence",
            Self::Decoding => "decoding",
            Self::Plaintext => "plaintext",
            Self::Key => "key",
            Self::Digest => "digest",
            Self::Time => "time",
        })
    }
}
