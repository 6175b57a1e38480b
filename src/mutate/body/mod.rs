//! Mutations of the body: what its parameters say, how they are written, how the bytes are delimited.
//!
//! One file a stage and kind: `parameter`, then `multipart`, `json`, `form` and `whole`, then `framing`. What the documents
//! leave open about a body stands in `known`. Start with [`BodyMutation`].

mod cut;
mod form;
mod framing;
mod json;
mod known;
mod multipart;
mod mutation;
mod parameter;
mod ways;
mod whole;
mod written;

pub use mutation::BodyMutation;
pub use ways::{
    BadPercent, Characters, Charset, ContentType, Encoding, Index, Method, NoBoundary, NoLength, Relaxed,
    Spelling, Swap, TopLevel, Trailing, WrongBoundary,
};

use super::hides::Hides;
use super::making::Making;

impl BodyMutation {
    /// Changes a parameter of the request in the making and says what that breaks. Where the request has nothing of the
    /// kind that it changes, nothing happens; nor does it for a mutation of another aspect.
    pub(super) fn change_parameters(&self, making: &mut Making<'_>) {
        parameter::apply(self, making);
    }

    /// Writes the body otherwise; the same holds.
    pub(super) fn write(&self, making: &mut Making<'_>) -> Hides {
        let written = multipart::write(self, making)
            .or_else(|| json::write(self, making))
            .or_else(|| form::write(self, making))
            .or_else(|| whole::write(self, making));
        written.map_or(Hides::Nothing, |written| written.put(making))
    }

    /// Puts it on the wire otherwise; the same holds.
    pub(super) fn frame(&self, making: &mut Making<'_>) -> Hides {
        framing::apply(self, making)
    }
}
