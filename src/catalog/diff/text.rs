//! How two texts differ: in wording, or only in what a typesetter changes.

use std::fmt;

use serde::Serialize;

use super::level::Level;
use crate::catalog::fold::{bare, narrowed, unspaced};

/// A text of a row or table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The vendor's heading of the table.
    Title,
    /// What a client sees.
    Message,
    /// The vendor's meaning.
    Meaning,
    /// The vendor's remedy.
    Remedy,
    /// Our rendering.
    Gloss,
    /// The domain word.
    Condition,
    /// What a reader must know.
    Note,
    /// Where an answer carries the code.
    Envelope,
}

/// How two texts differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// In white space only.
    Spaces,
    /// In the width of characters, such as `，` for `,`, and white space.
    Width,
    /// In punctuation and less.
    Punctuation,
    /// In letters, digits or words.
    Wording,
}

impl Difference {
    /// How two texts differ; not at all where they are the same.
    pub fn of(old: &str, new: &str) -> Option<Self> {
        if old == new {
            None
        } else if unspaced(old) == unspaced(new) {
            Some(Self::Spaces)
        } else if narrowed(old) == narrowed(new) {
            Some(Self::Width)
        } else if bare(old) == bare(new) && !bare(old).is_empty() {
            Some(Self::Punctuation)
        } else {
            Some(Self::Wording)
        }
    }
}

impl Field {
    /// The weight of a difference of this text; `appeared` and `vanished` are differences in wording to nothing.
    pub(super) fn level(self, difference: Difference, appeared: bool) -> Level {
        match (self, difference) {
            (Self::Envelope, _) => Level::Major,
            (Self::Message, Difference::Wording) if !appeared => Level::Major,
            // Whoever compares messages does so byte by byte.
            (Self::Message, _) | (Self::Meaning | Self::Remedy | Self::Condition, Difference::Wording) => {
                Level::Minor
            }
            _ => Level::Patch,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "title",
            Self::Message => "message",
            Self::Meaning => "meaning",
            Self::Remedy => "remedy",
            Self::Gloss => "gloss",
            Self::Condition => "condition",
            Self::Note => "note",
            Self::Envelope => "envelope",
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Spaces => "spaces",
            Self::Width => "width",
            Self::Punctuation => "punctuation",
            Self::Wording => "wording",
        })
    }
}
