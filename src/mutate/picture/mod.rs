//! Mutations of the pictures: their bytes and what they show.
//!
//! Each changes the first picture of a request. What it breaks stands in `effects`, how it is made stands in
//! `damage` (broken files), `dress` (good ones of odd kinds) and `content` (what is to be seen). Start with
//! [`PictureMutation`].

mod content;
mod damage;
mod dress;
mod effects;
mod jpeg;
mod mutation;
mod pixels;
mod png;

use std::sync::Arc;

pub use content::{Border, FacePart, Medium};
pub use damage::Lie;
pub use mutation::{Foreign, PictureMutation};
pub use pixels::PictureKind;

use super::making::Making;
use crate::wire::{FieldValue, File};
use content::within;

/// What became of the picture.
enum Changed {
    /// These bytes, under the old name.
    Bytes(Vec<u8>),
    /// Another file.
    File(File),
}

impl PictureMutation {
    /// Changes the first picture of the request in the making and says what that breaks. A file that is no picture stays.
    pub(super) fn apply(&self, making: &mut Making<'_>) {
        let Some(file) = first_picture(making) else { return };
        let old = Arc::clone(file);
        let who = who(making);
        let Some(changed) = self.change(&old, who) else { return };
        let changed = match changed {
            Changed::Bytes(bytes) => File { bytes, ..File::clone(&old) },
            Changed::File(file) => file,
        };
        let changed = self.padded(changed, making);
        if let Some(file) = first_picture(making) {
            *file = Arc::new(changed);
        }
        self.effect(making);
    }

    fn change(&self, old: &File, who: &str) -> Option<Changed> {
        let bytes = &old.bytes;
        let drawn = |line: String| content::file(&line).map(Changed::File);
        let renamed = |kind: PictureKind, bytes: Vec<u8>| {
            let ending = kind.ending();
            Some(Changed::File(File {
                name: format!("portrait.{ending}"),
                media_type: format!("image/{ending}"),
                bytes,
            }))
        };
        let made = match *self {
            Self::EmptyFile {} => Some(Vec::new()),
            Self::WrongMagic { kind } => damage::spoil_magic(kind, bytes),
            Self::LeadingBytes { bytes: count } => {
                Some([&vec![b'-'; usize::from(count) + 1], &bytes[..]].concat())
            }
            Self::TruncatedInMagic { kind } => damage::cut_in_magic(kind, bytes),
            Self::TruncatedInHeader { kind, segment, percent } => {
                damage::cut_in_header(kind, bytes, segment, percent % 100)
            }
            Self::TruncatedInScan { kind, percent } => damage::cut_in_scan(kind, bytes, percent % 100),
            Self::TruncatedBeforeEnd { kind } => damage::cut_before_end(kind, bytes),
            Self::DamagedScan { kind, percent, bytes: count } => {
                damage::spoil_scan(kind, bytes, percent % 100, count)
            }
            Self::DamagedTables {} => damage::spoil_tables(bytes),
            Self::WrongChecksum { of_header } => damage::spoil_checksum(bytes, of_header),
            Self::LyingDimensions { kind, lie } => damage::lie(kind, bytes, lie),
            Self::DecompressionBomb { bits, whole } => Some(dress::bomb(if bits { 1 } else { 8 }, whole)),
            Self::ProfileBomb {} => dress::profile_bomb(bytes),
            Self::ForeignFormat { format } => dress::foreign(bytes, format),
            Self::AnimatedGif { frames } => {
                Some(pixels::gif(&pixels::pixels(bytes)?, 2 + usize::from(frames % 8)))
            }
            Self::AnimatedPng { frames } => dress::animated_png(bytes, 2 + frames % 8),
            Self::CmykJpeg { luminance } => Some(pixels::inks_jpeg(&pixels::pixels(bytes)?, luminance)),
            Self::ProgressiveJpeg {} => dress::progressive(bytes),
            Self::ArithmeticJpeg {} => dress::arithmetic(bytes),
            Self::GreyPicture { kind } => return renamed(kind, dress::grey(kind, bytes)?),
            Self::DeepPng {} => return renamed(PictureKind::Png, pixels::deep_png(&pixels::pixels(bytes)?)),
            Self::PalettePng {} => {
                return renamed(PictureKind::Png, pixels::palette_png(&pixels::pixels(bytes)?));
            }
            Self::AlphaPng { opacity } => {
                return renamed(PictureKind::Png, dress::transparent(bytes, opacity)?);
            }
            Self::OtherKind { kind } => return renamed(kind, kind.of(bytes)?.into_owned()),
            Self::ExifOrientation { orientation, turned } => {
                dress::exif_orientation(bytes, orientation % 8 + 1, turned)
            }
            Self::ExifThumbnail {} => dress::exif_thumbnail(bytes, &content::file("hugo")?.bytes),
            Self::ArchivePolyglot {} => dress::with_archive(bytes),
            Self::PagePolyglot {} => dress::with_page(bytes),
            Self::SwappedExtension { kind } => return renamed(kind, bytes.clone()),
            Self::OnePixel { kind } => return renamed(kind, dress::one_pixel(kind)),
            Self::HugePicture {} => return renamed(PictureKind::Png, dress::black_square(8000)),
            Self::Padded { .. } => Some(bytes.clone()), // grown when the limit is known
            Self::NoFace { seed, black } => {
                return drawn(format!("nobody seed={seed}{}", if black { " dark=0" } else { "" }));
            }
            Self::AnotherPerson { seed } => return drawn(format!("seed:{}", 500_000 + u32::from(seed))),
            Self::TwoFaces {} => return drawn(format!("{who} + hugo zoom=0.6")),
            Self::Crowd { faces } => {
                let others =
                    (1..=u32::from(2 + faces % 10)).map(|seed| format!(" + seed:{}", 600_000 + seed));
                return drawn(format!("{who}{}", others.collect::<String>()));
            }
            Self::DarkFace { level, .. } => {
                return drawn(format!("{who} dark={}", within(level, [0.3, 0.15])));
            }
            Self::BlurredFace { level, .. } => {
                return drawn(format!("{who} blur={}", within(level, [4.0, 8.0])));
            }
            Self::ShakenFace { level } => {
                return drawn(format!("{who} motion={},20", within(level, [5.0, 25.0])));
            }
            Self::CoveredFace { part, .. } => return drawn(format!("{who} cover={}", part.word())),
            Self::SmallFace { level } => return drawn(format!("{who} zoom={}", within(level, [0.1, 0.35]))),
            Self::CutFace { border, .. } => return drawn(format!("{who} crop={}:0.25", border.word())),
            Self::TurnedFace { level, .. } => {
                return drawn(format!("{who} yaw={}", within(level, [45.0, 60.0])));
            }
            Self::TiltedFace { level } => {
                return drawn(format!("{who} roll={}", within(level, [-180.0, 180.0])));
            }
            Self::Recaptured { medium, .. } => return drawn(format!("{who} recapture={}", medium.word())),
            Self::Cartoon {} => return drawn(format!("{who} style=cartoon")),
        };
        made.map(Changed::Bytes)
    }

    /// Grown to a share of what is taken at most, where the mutator does that.
    fn padded(&self, mut file: File, making: &Making<'_>) -> File {
        if let Self::Padded { above } = self {
            let size = effects::largest(making) * if *above { 115 } else { 90 } / 100;
            if let Some(grown) = dress::grown(&file.bytes, size) {
                file.bytes = grown;
            }
        }
        file
    }
}

fn first_picture<'a>(making: &'a mut Making<'_>) -> Option<&'a mut Arc<File>> {
    making.fields.iter_mut().find_map(|field| match &mut field.value {
        FieldValue::File(file) => Some(file),
        FieldValue::Files(files) => files.first_mut(),
        FieldValue::Json(_) => None,
    })
}

/// Who the first picture shows: a further face where a person gets one, else the person that exists.
fn who(making: &Making<'_>) -> &'static str {
    let operation = making.ground.operation;
    let adds = operation.elements.is_none()
        && operation.picture().is_some_and(|parameter| parameter.valid.as_deref() == Some("portraits"));
    if adds { "bea" } else { "anna" }
}

#[cfg(test)]
mod tests;
