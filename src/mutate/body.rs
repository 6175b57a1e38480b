//! Mutations of the body: what its parameters say, how they are written, how the bytes are delimited.

use lianpu_corpus::Certainty;

use super::effect::{Effect, Outcome};
use super::making::Making;
use super::mutator::{Applies, mutators};
use crate::wire::Length;

mutators! {
    /// A mutation of the body.
    pub enum BodyMutation of Body {
        "length-short" LengthShort { by: u8 } Framing, Applies::Everywhere,
            "Content-Length says fewer bytes than the body has, by 1 to 256.";
        "empty-body" EmptyBody {} Writing, Applies::Everywhere,
            "The body has no bytes at all.";
    }
}

impl BodyMutation {
    /// Changes the request in the making, at the stage of its aspect, and says what that breaks.
    pub(super) fn apply(&self, making: &mut Making<'_>) {
        match self {
            Self::LengthShort { by } => {
                let length = making.request.body.len().saturating_sub(usize::from(*by) + 1);
                making.framing.length = Length::Says(length.to_string());
                making.effects.push(Effect {
                    outcome: Outcome::Gateway {
                        statuses: vec![400],
                        closes: true,
                        or: vec!["bad-request".into(), "parameter-invalid".into(), "parameter-empty".into()],
                        or_taken: false,
                    },
                    rule: "RFC 9112 §6.3: the body ends where Content-Length says, so it is cut off".into(),
                    certainty: Certainty::Inferred,
                });
            }
            Self::EmptyBody {} => {
                making.request.body.clear();
                making.effects.push(Effect::refused(
                    &["bad-request", "parameter-invalid", "parameter-empty", "body-not-json"],
                    "no body is no request: malformed, or without its parameters; the documents leave open which",
                    Certainty::Inferred,
                ));
            }
        }
    }
}
