//! What each mutation of a picture breaks.

use lianpu_corpus::{Certainty, ConditionClass as Class, Parameter};
use serde_json::json;

use super::damage::Lie;
use super::mutation::{Foreign, PictureMutation};
use super::pixels::PictureKind;
use crate::mutate::effect::{Effect, EffectOutcome};
use crate::mutate::making::Making;
use crate::mutate::rows::has_row;
use crate::wire::{Field, FieldValue};

/// Of a file that is of a known kind, but broken.
const UNDECODABLE: &[Class] = &[Class::PictureDamaged, Class::PictureForm];
/// Of a file whose kind can hardly be told.
const ILLEGIBLE: &[Class] = &[Class::PictureDamaged, Class::PictureForm, Class::PictureFormat];
/// Of a whole picture whose face may be too bad to be used: not found, not analysed, not recognised.
const DEGRADED: &[Class] = &[
    Class::FaceAbsent,
    Class::PictureDamaged,
    Class::FaceNotDescribed,
    Class::MatchAbsent,
    Class::TemplateQuality,
    Class::ResultNotMade,
];

const NO_WORD: &str = "no document speaks of such a picture";
const DAMAGED: &str = "what is broken cannot be decoded (rows -1102 and 222203); the documents do not divide it sharply from an illegal \
     format, or from a malformed parameter";

/// The greatest size of a picture's file.
pub(super) fn largest(making: &Making<'_>) -> usize {
    let limits = &making.ground.caller.limits;
    let base64 = limits.get("image-base64-bytes").map(|bytes| bytes / 4 * 3);
    let bytes = base64.or(limits.get("body-bytes").copied()).unwrap_or(1 << 20);
    usize::try_from(bytes).unwrap_or(usize::MAX).min(8 << 20)
}

impl PictureMutation {
    /// Adds what the mutation breaks; a demanded quality is put into the request first.
    pub(super) fn effect(&self, making: &mut Making<'_>) {
        use Certainty::{Documented, Inferred};
        let effect = match self {
            Self::EmptyFile {} => Effect::refused(
                [Class::PictureAbsent, Class::Presence, Class::PictureForm],
                "a picture of no bytes is an empty one (row -1300), or an empty parameter",
                Documented,
            ),
            Self::WrongMagic { .. } | Self::LeadingBytes { .. } | Self::DamagedTables {} => {
                Effect::refused(ILLEGIBLE, DAMAGED, Inferred)
            }
            Self::TruncatedInMagic { .. } | Self::TruncatedInHeader { .. } => {
                Effect::refused(ILLEGIBLE, DAMAGED, Documented)
            }
            Self::TruncatedInScan { percent, .. } if percent % 100 <= 50 => Effect::refused(
                UNDECODABLE,
                "half a picture cannot be decoded (rows -1102 and 222203)",
                Documented,
            ),
            Self::TruncatedInScan { .. } | Self::DamagedScan { .. } => Effect::refused_or_taken(
                [UNDECODABLE, DEGRADED].concat(),
                "a decoder may show what it has of a picture that lacks little",
                Inferred,
            ),
            Self::TruncatedBeforeEnd { .. } | Self::WrongChecksum { .. } => Effect::refused_or_taken(
                ILLEGIBLE,
                "a decoder may be content with a picture all of whose pixels are there",
                Inferred,
            ),
            Self::LyingDimensions { lie: Lie::Zero, .. } => Effect::refused(
                ILLEGIBLE,
                "no format has pictures without pixels (PNG 11.2.2, T.81 B.2.2)",
                Inferred,
            ),
            Self::LyingDimensions { lie: Lie::Lower | Lie::Higher, .. } => Effect::refused_or_taken(
                [ILLEGIBLE, DEGRADED, &[Class::PictureSize]].concat(),
                "a decoder may show the pixels that are there",
                Inferred,
            ),
            Self::LyingDimensions { lie: Lie::Huge, .. }
            | Self::DecompressionBomb { .. }
            | Self::HugePicture {} => {
                let mut classes = [ILLEGIBLE, &[Class::PictureSize]].concat();
                if !has_row(making, Class::PictureSize) {
                    classes.push(Class::FaceAbsent);
                }
                Effect::refused(
                    &classes,
                    "too many pixels for any of the documents' limits (222304), where they give one; nobody is to be seen",
                    Documented,
                )
            }
            Self::ProfileBomb {} => {
                Effect::refused_or_taken([ILLEGIBLE, &[Class::PictureSize]].concat(), NO_WORD, Inferred)
            }
            Self::ForeignFormat { format: Foreign::Gif } | Self::AnimatedGif { .. } => {
                Effect::refused(ILLEGIBLE, "GIF is not taken, the documents say", Documented)
            }
            Self::ForeignFormat { format: Foreign::Webp } => Effect::refused_or_taken(
                ILLEGIBLE,
                "the documents name JPEG, PNG and BMP, and exclude GIF only",
                Inferred,
            ),
            Self::ForeignFormat { format: Foreign::Pdf | Foreign::Svg | Foreign::Text } => Effect::refused(
                ILLEGIBLE,
                "what is no picture is of an illegal format (rows -1400 and 222203)",
                Documented,
            ),
            Self::AnimatedPng { .. } | Self::ArchivePolyglot {} | Self::PagePolyglot {} => {
                Effect::refused_or_taken(ILLEGIBLE, NO_WORD, Inferred)
            }
            Self::CmykJpeg { .. } => {
                Effect::refused_or_taken([ILLEGIBLE, DEGRADED].concat(), NO_WORD, Inferred)
            }
            Self::ArithmeticJpeg {} => Effect::refused(
                [ILLEGIBLE, &[Class::FaceAbsent]].concat(),
                "the data are not what the frame says: no decoder gets the picture out of them",
                Inferred,
            ),
            Self::ProgressiveJpeg {}
            | Self::GreyPicture { .. }
            | Self::DeepPng {}
            | Self::PalettePng {}
            | Self::AlphaPng { opacity: 255 }
            | Self::OtherKind { .. } => Effect::refused_or_taken(
                [Class::MatchAbsent],
                "JPEG, PNG and BMP are taken, the documents say; this is one of their ordinary kinds, in which a face may look \
                 less like itself",
                Inferred,
            ),
            Self::AlphaPng { .. } | Self::ExifOrientation { .. } => {
                Effect::refused_or_taken(DEGRADED, NO_WORD, Inferred)
            }
            Self::ExifThumbnail {} => {
                Effect::harmless("a thumbnail in the EXIF data is not the picture", Inferred)
            }
            Self::SwappedExtension { .. } => Effect::harmless(
                "a part's file name says nothing of its kind: the vendor's own clients send any",
                Certainty::Recorded,
            ),
            Self::OnePixel { .. } => Effect::refused(
                [ILLEGIBLE, &[Class::FaceAbsent]].concat(),
                "one pixel shows nobody; it may count as no picture at all",
                Inferred,
            ),
            Self::Padded { above: false } => {
                Effect::harmless("the size stays below the documents' limit, read either way", Documented)
            }
            Self::Padded { above: true } => Effect {
                outcome: EffectOutcome::gateway(
                    &[413],
                    true,
                    &[UNDECODABLE, &[Class::BodyTooLong, Class::PictureSize]].concat(),
                    false,
                ),
                rule: "the size is above the documents' limit, read either way".to_owned(),
                certainty: Documented,
            },
            Self::NoFace { .. } => Effect::refused(
                [Class::FaceAbsent],
                "nobody is in the picture (rows -1101 and 222202)",
                Documented,
            ),
            Self::AnotherPerson { .. } => Effect::refused_or_taken(
                [Class::MatchAbsent],
                "who it is is for the service to say",
                Inferred,
            ),
            Self::TwoFaces {} => {
                Effect::harmless("of several faces the largest counts, the documents say", Documented)
            }
            Self::Crowd { .. } => Effect::refused_or_taken(
                DEGRADED,
                "which of many faces counts is for the service to say",
                Inferred,
            ),
            Self::DarkFace { demanded, .. } => demand(making, *demanded, QUALITY, &[Class::QualityLight]),
            Self::BlurredFace { demanded, .. } => {
                demand(making, *demanded, QUALITY, &[Class::QualitySharpness])
            }
            Self::CoveredFace { part, demanded } => demand(making, *demanded, QUALITY, part.covered()),
            Self::CutFace { demanded, .. } => demand(making, *demanded, QUALITY, PARTLY_SEEN[0]),
            Self::TurnedFace { demanded, .. } => demand(making, *demanded, QUALITY, PARTLY_SEEN[1]),
            Self::Recaptured { demanded, .. } => demand(making, *demanded, LIVENESS, &[Class::Liveness]),
            Self::ShakenFace { .. } | Self::SmallFace { .. } | Self::TiltedFace { .. } | Self::Cartoon {} => {
                degraded()
            }
        };
        making.effects.push(effect);
    }
}

fn degraded() -> Effect {
    Effect::refused_or_taken(
        DEGRADED,
        "how bad a face may be to be found and used, no document says",
        Certainty::Inferred,
    )
}

/// Of a face that a border cuts, and of one turned aside. Less of it is to be seen, so that it may fail as blurred too;
/// which of several qualities is told, no document says.
const PARTLY_SEEN: [&[Class]; 2] =
    [&[Class::QualityCompleteness, Class::QualitySharpness], &[Class::QualityPose, Class::QualitySharpness]];

/// What another word than a level of quality is refused for: by it the parameter is known that demands one.
const QUALITY: Class = Class::QualityLevel;
/// The same of the level of liveness.
const LIVENESS: Class = Class::LivenessLevel;
/// What may be said of a cover that lies over more than one part, or over another than was meant.
const COVERS: &[Class] = &[
    Class::QualityCover,
    Class::QualityCoverEye,
    Class::QualityCoverCheek,
    Class::QualityCoverNose,
    Class::QualityCoverMouth,
    Class::QualityCoverChin,
];
/// The strictest level.
const STRICTEST: &str = "HIGH";

/// Demands the strictest level, where that is asked for and the operation knows it and needs a service that can judge it;
/// the defect is one that every document's threshold refuses then. What a drawn picture shows is for the target's eyes to say: it
/// may see another defect, none, or no face.
fn demand(making: &mut Making<'_>, demanded: bool, control: Class, classes: &[Class]) -> Effect {
    let operation = making.ground.operation;
    let judges = operation.needs.iter().any(|need| need == "face-nets");
    let given = &making.ground.dialect.manifest.classes;
    let demands = |p: &&Parameter| p.refusal.as_deref().is_some_and(|own| given.have(&[control], own));
    let parameter = operation.parameters.iter().find(demands);
    let Some(parameter) = parameter.filter(|_| demanded && judges) else { return degraded() };
    put(making, parameter);
    // The quality of a template has a row of its own, beside those of the qualities that are demanded of it.
    let template: &[Class] =
        if parameter.name.contains("template") { &[Class::TemplateQuality] } else { &[] };
    let classes =
        [classes, template, COVERS, &[Class::FaceAbsent, Class::PictureDamaged, Class::MatchAbsent]].concat();
    // Where several faces are asked for, one that fails is left out of the answer instead.
    if operation.parameter("max_face_num").is_some() {
        return Effect::refused_or_taken(
            &classes,
            "a face that fails what is demanded is passed over",
            Certainty::Documented,
        );
    }
    let rule = format!("{} {STRICTEST} refuses it by the documents' thresholds", parameter.name);
    Effect::refused_or_taken(&classes, &rule, Certainty::Inferred)
}

fn put(making: &mut Making<'_>, parameter: &Parameter) {
    making.fields.retain(|field| field.name != parameter.name);
    making.fields.push(Field { name: parameter.name.clone(), value: FieldValue::Json(json!(STRICTEST)) });
}

impl PictureKind {
    /// All.
    #[cfg(test)]
    pub(super) const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Bmp];
}
