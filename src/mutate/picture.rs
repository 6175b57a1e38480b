//! Mutations of the pictures: their bytes and what they show.

use std::sync::Arc;

use lianpu_corpus::Certainty;

use super::effect::Effect;
use super::making::Making;
use super::mutator::{Applies, mutators};
use crate::wire::{FieldValue, File};

mutators! {
    /// A mutation of a picture.
    pub enum PictureMutation of Picture {
        "wrong-magic" WrongMagic { byte: u8 } Picture, Applies::Picture,
            "The first bytes of the picture are those of no known format.";
        "truncated" Truncated { permille: u16 } Picture, Applies::Picture,
            "The picture ends after so many thousandths of its bytes, before its data is complete.";
    }
}

impl PictureMutation {
    /// Changes the first picture of the request in the making and says what that breaks.
    pub(super) fn apply(&self, making: &mut Making<'_>) {
        let Some(file) = first_picture(making) else { return };
        let mut changed = File::clone(file);
        match self {
            Self::WrongMagic { byte } => {
                for at in changed.bytes.iter_mut().take(12) {
                    *at = 0x80 | byte; // no known format begins with bytes beyond ASCII but JPEG and PNG, with FF and 89
                }
            }
            Self::Truncated { permille } => {
                let keep = changed.bytes.len() * usize::from(permille % 500) / 1000;
                changed.bytes.truncate(keep.max(16));
            }
        }
        *file = Arc::new(changed);
        making.effects.push(Effect::refused(
            &["picture-format-illegal", "picture-undecodable"],
            "facts: the documents do not divide what is no picture from one that cannot be decoded",
            Certainty::Documented,
        ));
    }
}

fn first_picture<'a>(making: &'a mut Making<'_>) -> Option<&'a mut Arc<File>> {
    making.fields.iter_mut().find_map(|field| match &mut field.value {
        FieldValue::File(file) => Some(file),
        FieldValue::Files(files) => files.first_mut(),
        FieldValue::Json(_) => None,
    })
}
