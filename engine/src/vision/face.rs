//! What is seen of a face: plain values.

use super::face_shape::FaceShape;
use super::geometry::{Landmarks, Pose, Rect};
use super::order::Order;
use super::quality::Quality;
use super::similarity::euclidean;

/// Which stages a caller needs. Detection always runs.
#[expect(clippy::struct_excessive_bools, reason = "each is one question, and all combinations make sense")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Wanted {
    /// The 68 landmarks.
    pub landmarks: bool,
    /// Pose, age, gender, expression, glasses, eyes and mouth, shape and type of the face.
    pub attributes: bool,
    /// The description that faces are matched by.
    pub description: bool,
    /// How good the picture of the face is.
    pub quality: bool,
    /// Whether the face was taken from life.
    pub liveness: bool,
    /// The angles alone, from a first look, a tenth of the work of the attributes.
    pub angles: bool,
    /// Only the largest face.
    pub largest_only: bool,
    /// At most so many faces, the first in the order, get more than their place; as many as the analyser's limits allow
    /// by default.
    pub fully: Option<usize>,
    /// Which faces come first where not all are fully looked at.
    pub order: Order,
    /// Only the face at this place, counted from the largest, gets more than its place.
    pub only: Option<usize>,
}

impl Wanted {
    /// Nothing but the places of all faces: the default, where constants need one.
    pub const PLACES: Self = Self {
        landmarks: false,
        attributes: false,
        description: false,
        quality: false,
        liveness: false,
        angles: false,
        largest_only: false,
        fully: None,
        order: Order::Largest,
        only: None,
    };

    /// Everything, of every face.
    pub const ALL: Self = Self {
        landmarks: true,
        attributes: true,
        description: true,
        quality: true,
        liveness: true,
        ..Self::PLACES
    };

    /// Whether it is more than places.
    pub fn more_than_places(&self) -> bool {
        self.angles || self.more_than_a_glance()
    }

    /// Whether it is more than places and angles.
    pub fn more_than_a_glance(&self) -> bool {
        self.landmarks || self.attributes || self.description || self.quality || self.liveness
    }

    /// What is wanted of a face that a first look must do for.
    #[must_use]
    pub fn glance(&self) -> Self {
        Self { angles: self.attributes || self.angles, ..Self::PLACES }
    }
}

/// What an analyser really sees.
#[expect(clippy::struct_excessive_bools, reason = "each is one question, and all combinations make sense")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// 68 landmarks, and with them the pose.
    pub landmarks: bool,
    /// Age, gender, expression, glasses, eyes and mouth, shape and type of the face.
    pub attributes: bool,
    /// Blur, illumination, completeness and occlusion.
    pub quality: bool,
    /// Prints and screens from life.
    pub liveness: bool,
    /// Descriptions fit to tell people apart, not only pictures.
    pub identification: bool,
}

/// A stage of seeing, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Bytes to pixels.
    Decode,
    /// Pixels to boxes.
    Detect,
    /// Boxes to landmarks: the contour.
    Contour,
    /// Landmarks to angles.
    Pose,
    /// Gender.
    Gender,
    /// Age.
    Age,
    /// Expression.
    Expression,
    /// Glasses.
    Glasses,
    /// The description.
    Describe,
}

impl Stage {
    /// Every stage, in the order in which they run.
    pub const ALL: [Self; 9] = [
        Self::Decode,
        Self::Detect,
        Self::Contour,
        Self::Pose,
        Self::Gender,
        Self::Age,
        Self::Expression,
        Self::Glasses,
        Self::Describe,
    ];
}

/// Why a picture was not analysed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// No bytes at all.
    #[error("the picture is empty")]
    Empty,
    /// Not one of the formats taken (JPEG, PNG, BMP, WebP, each a still picture): something else, a GIF, or one that moves.
    #[error("not a picture format that is taken: {0}")]
    Format(String),
    /// The format is taken, but the bytes are damaged.
    #[error("the picture cannot be decoded: {0}")]
    Damaged(String),
    /// More pixels or bytes than the limits allow; found before decoding.
    #[error("the picture is too large: {0}")]
    TooLarge(String),
    /// There is no face.
    #[error("no face was found")]
    NoFace,
    /// A stage failed, by itself or because the fault hook asked for it.
    #[error("the stage {0:?} failed")]
    Stage(Stage),
}

/// What was found in one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Width in pixels, after orientation.
    pub width: u32,
    /// Height in pixels, after orientation.
    pub height: u32,
    /// The faces, largest first; never empty.
    pub faces: Vec<Face>,
}

/// One face.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Face {
    /// Where it is.
    pub rect: Rect,
    /// The detector's score; larger is surer, scale of the detector.
    pub score: f32,
    /// 68 points in the usual order (jaw 0–16, brows 17–26, nose 27–35, eyes 36–47, mouth 48–67).
    pub landmarks: Option<Landmarks>,
    /// The angles of the head.
    pub pose: Option<Pose>,
    /// Age in years.
    pub age: Option<f32>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Expression.
    pub expression: Option<Expression>,
    /// Glasses, and how likely it is those, or none; an attribute.
    pub glasses: Option<(Glasses, f32)>,
    /// How far the eyes are open, 0 closed to 1, the one on the picture's left first; an attribute. None behind dark
    /// lenses; of an eye that something else hides it says nothing, which [`Quality::occlusion`] tells.
    pub eyes_open: Option<[f32; 2]>,
    /// How far the mouth is open, 0 closed to 1; an attribute.
    pub mouth_open: Option<f32>,
    /// The outline and how clearly it is that one, 0.2 to 1; an attribute.
    pub shape: Option<(FaceShape, f32)>,
    /// How likely it is drawn, 0 a human's face to 1 a cartoon's; an attribute.
    pub cartoon: Option<f32>,
    /// How likely it was taken from life, 0 a picture of a print or screen to 1.
    pub liveness: Option<f32>,
    /// How good the picture is.
    pub quality: Option<Quality>,
    /// What it is matched by.
    pub description: Option<Description>,
    /// A small fingerprint of the face's pixels, for telling almost the same picture.
    pub fingerprint: Vec<u8>,
    /// More was wanted of this face than its place and angles, and not looked for: there were more faces than the
    /// analyser's limits allow.
    pub only_glanced: bool,
    /// What all pixels of the picture hash to, which tells the very same picture; the same for all of its faces.
    pub pixels: Option<Pixels>,
}

/// SHA-256 of the decoded, upright picture: of its size and of all its pixels, however they were encoded.
pub type Pixels = [u8; 32];

/// Gender as a probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gender {
    /// 0 female to 1 male.
    pub male: f32,
}

/// Expression as probabilities; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expression {
    /// In the order neutral, happy, sad, angry, fearful, disgusted, surprised.
    pub shares: [f32; 7],
}

impl Expression {
    /// The emotions in the order of the shares.
    const EMOTIONS: [Emotion; 7] = [
        Emotion::Neutral,
        Emotion::Happy,
        Emotion::Sad,
        Emotion::Angry,
        Emotion::Fear,
        Emotion::Disgust,
        Emotion::Surprise,
    ];

    /// The likeliest emotion and how likely it is.
    pub fn emotion(&self) -> (Emotion, f32) {
        let shares = Self::EMOTIONS.into_iter().zip(self.shares);
        shares.max_by(|a, b| a.1.total_cmp(&b.1)).expect("there are seven")
    }

    /// How likely the face is a happy one.
    pub fn happy(&self) -> f32 {
        self.shares[1]
    }
}

impl Face {
    /// Whether and how broadly the face smiles, and how likely that is; needs the attributes.
    ///
    /// A smile is a happy face, a laugh one with its mouth open as well.
    pub fn smile(&self) -> Option<(Smile, f32)> {
        let (happy, open) = (self.expression?.happy(), self.mouth_open?);
        Some(match (happy >= 0.5, open >= 0.5) {
            (false, _) => (Smile::None, 1.0 - happy),
            (true, false) => (Smile::Smile, happy * (1.0 - open)),
            (true, true) => (Smile::Laugh, happy * open),
        })
    }
}

/// A basic emotion, after Ekman.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emotion {
    /// Anger.
    Angry,
    /// Disgust.
    Disgust,
    /// Fear.
    Fear,
    /// Happiness.
    Happy,
    /// Sadness.
    Sad,
    /// Surprise.
    Surprise,
    /// None of them.
    Neutral,
}

/// How broadly a face smiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Smile {
    /// Not.
    None,
    /// With the mouth closed, or teeth that touch.
    Smile,
    /// With the mouth open.
    Laugh,
}

/// Glasses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glasses {
    /// None.
    None,
    /// Clear ones.
    Common,
    /// Dark ones.
    Sun,
}

/// What a face is matched by; only comparable within one analyser.
#[derive(Debug, Clone, PartialEq)]
pub struct Description(pub Vec<f32>);

impl Description {
    /// The Euclidean distance; infinite for descriptions of different lengths.
    pub fn distance(&self, other: &Self) -> f32 {
        euclidean(&self.0, &other.0)
    }
}
