//! What pictures show: scenes in which something is wrong with the face, or nothing is.

use std::num::NonZeroUsize;
use std::sync::{LazyLock, Mutex, PoisonError};

use arbitrary::Arbitrary;
use lianpu_corpus::ConditionClass as Class;
use lru::LruCache;
use serde::{Deserialize, Serialize};

use crate::portrait::{self, Scene};
use crate::wire::File;

/// A part of a face that something hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FacePart {
    /// The eye on the person's left.
    LeftEye,
    /// The eye on the person's right.
    RightEye,
    /// The nose.
    Nose,
    /// The mouth.
    Mouth,
    /// The cheek on the person's left.
    LeftCheek,
    /// The cheek on the person's right.
    RightCheek,
    /// The chin with its contour.
    Chin,
}

/// A border of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Border {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// The upper one.
    Top,
    /// The lower one.
    Bottom,
}

/// What a picture of a picture was taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// A print on paper.
    Print,
    /// A screen.
    Screen,
}

impl FacePart {
    /// The word of the scenes' language.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::LeftEye => "left_eye",
            Self::RightEye => "right_eye",
            Self::Nose => "nose",
            Self::Mouth => "mouth",
            Self::LeftCheek => "left_cheek",
            Self::RightCheek => "right_cheek",
            Self::Chin => "chin_contour",
        }
    }

    /// The classes of a part that is hidden: its own, and the whole face's. Of a part that has a twin either may be told, for
    /// the documents do not say whose left it is.
    pub(super) const fn covered(self) -> &'static [Class] {
        match self {
            Self::LeftEye | Self::RightEye => &[Class::QualityCoverEye, Class::QualityCover],
            Self::Nose => &[Class::QualityCoverNose, Class::QualityCover],
            Self::Mouth => &[Class::QualityCoverMouth, Class::QualityCover],
            Self::LeftCheek | Self::RightCheek => &[Class::QualityCoverCheek, Class::QualityCover],
            Self::Chin => &[Class::QualityCoverChin, Class::QualityCover],
        }
    }
}

impl Border {
    /// The word of the scenes' language.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }
}

impl Medium {
    /// The word of the scenes' language.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Screen => "screen",
        }
    }
}

/// Files kept: drawing one takes longer than a thousand other mutations, and few of them are different.
const KEPT: NonZeroUsize = NonZeroUsize::new(256).expect("256 is not 0");

/// The files drawn last, by their lines.
static FILES: LazyLock<Mutex<LruCache<String, File>>> = LazyLock::new(|| Mutex::new(LruCache::new(KEPT)));

/// The file of a scene; `None` where the line is none.
pub(super) fn file(line: &str) -> Option<File> {
    let known = FILES.lock().unwrap_or_else(PoisonError::into_inner).get(line).cloned();
    if known.is_some() {
        return known;
    }
    let scene = Scene::parse(line).ok()?;
    let media_type = portrait::media_type(&scene).to_owned();
    let ending = media_type.rsplit('/').next().unwrap_or("bin");
    let file = File { name: format!("portrait.{ending}"), bytes: portrait::file(&scene), media_type };
    FILES.lock().unwrap_or_else(PoisonError::into_inner).put(line.to_owned(), file.clone());
    Some(file)
}

/// From 0 to 255 a number of a range.
pub(super) fn within(value: u8, [low, high]: [f32; 2]) -> f32 {
    let exact = low + (high - low) * f32::from(value) / 255.0;
    (exact * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_one_of_the_scenes_language() {
        use FacePart::{Chin, LeftCheek, LeftEye, Mouth, Nose, RightCheek, RightEye};
        for part in [LeftEye, RightEye, Nose, Mouth, LeftCheek, RightCheek, Chin] {
            assert!(Scene::parse(&format!("anna cover={}", part.word())).is_ok(), "{part:?}");
        }
        for border in [Border::Left, Border::Right, Border::Top, Border::Bottom] {
            assert!(Scene::parse(&format!("anna crop={}:0.25", border.word())).is_ok(), "{border:?}");
        }
        for medium in [Medium::Print, Medium::Screen] {
            assert!(Scene::parse(&format!("anna recapture={}", medium.word())).is_ok(), "{medium:?}");
        }
    }

    #[test]
    fn the_ends_of_a_range_are_in_it() {
        assert_eq!(within(0, [0.25, 0.4]).to_bits(), 0.25_f32.to_bits());
        assert_eq!(within(255, [0.25, 0.4]).to_bits(), 0.4_f32.to_bits());
    }
}
