//! A body written anew.

use crate::mutate::effect::Effect;
use crate::mutate::hides::Hides;
use crate::mutate::making::Making;

/// What a mutation of the writing makes.
pub(super) struct Written {
    /// The bytes.
    pub(super) body: Vec<u8>,
    /// The content type headers in place of the right one; `None`: it stays.
    pub(super) content_type: Option<Vec<String>>,
    /// What that breaks.
    pub(super) effect: Effect,
    /// What of the parameters it may keep from being read.
    pub(super) hides: Hides,
}

impl Written {
    /// Other bytes under the same content type, which say all that the right ones say.
    pub(super) const fn bytes(body: Vec<u8>, effect: Effect) -> Self {
        Self { body, content_type: None, effect, hides: Hides::Nothing }
    }

    /// The same, of which something may not be read.
    pub(super) fn hiding(self, hides: Hides) -> Self {
        Self { hides, ..self }
    }

    /// Puts it into the request.
    pub(super) fn put(self, making: &mut Making<'_>) -> Hides {
        making.request.body = self.body;
        if let Some(kinds) = self.content_type {
            making.request.set_header("Content-Type", None);
            let kinds = kinds.into_iter().map(|kind| ("Content-Type".to_owned(), kind));
            making.request.headers.extend(kinds);
        }
        making.effects.push(self.effect);
        self.hides
    }
}
