//! What was found of a signature, for those who write clients.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// The stages of verifying, in their order. The first that differs is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureStage {
    /// There is no signature, or more than one.
    Presence,
    /// The text cannot be decoded.
    Decoding,
    /// What is signed lacks a field, or has one that cannot be read.
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
pub struct Verification {
    /// The scheme, as the front calls it.
    pub scheme: &'static str,
    /// The first stage that differs; none where all is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differs: Option<SignatureStage>,
    /// What differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The likely mistake, where it can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What was read and what the server made of it: `plaintext`, `canonical_request`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub shown: BTreeMap<&'static str, String>,
}

impl Verification {
    /// All is right so far.
    pub const fn of(scheme: &'static str) -> Self {
        Self { scheme, differs: None, why: None, hint: None, shown: BTreeMap::new() }
    }

    /// With something that was read.
    #[must_use]
    pub fn showing(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.shown.insert(name, text.into());
        self
    }

    /// It fails at a stage.
    #[must_use]
    pub fn failing(mut self, stage: SignatureStage, why: impl Into<String>) -> Self {
        self.differs = Some(stage);
        self.why = Some(why.into());
        self
    }

    /// With the likely mistake.
    #[must_use]
    pub fn hinting(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hint = hint.map(Into::into);
        self
    }
}

impl fmt::Display for SignatureStage {
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
