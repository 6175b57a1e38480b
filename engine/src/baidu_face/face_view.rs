//! What the vision sees of a face, as the vendor tells it: its names, units and scales.
//!
//! The only file that knows both sides. What the vision cannot tell is absent. Left and right are the picture's.

use serde_json::{Map, Value, json};

use crate::vision::points::{named150, points4, points72};
use crate::vision::{Emotion, Expression, Face, FaceShape, Glasses, Landmarks, Point, Smile};

/// A face in the vendor's terms.
#[derive(Debug, Clone, Copy)]
pub(super) struct FaceView<'a>(pub(super) &'a Face);

impl FaceView<'_> {
    /// Brightness, 0 to 255.
    pub(super) fn illumination(self) -> Option<f64> {
        self.0.quality.as_ref().map(|quality| f64::from(quality.illumination))
    }

    /// 0 sharp to 1.
    pub(super) fn blur(self) -> Option<f64> {
        self.0.quality.as_ref().map(|quality| f64::from(quality.blur))
    }

    /// 1 for a face wholly inside the picture, else 0.
    pub(super) fn completeness(self) -> Option<f64> {
        self.0.quality.as_ref().map(|quality| f64::from(quality.completeness))
    }

    /// How likely each part is covered, 0 to 1.
    pub(super) fn occlusion(self) -> Option<[(&'static str, f64); 7]> {
        let named = self.0.quality.as_ref()?.occlusion.named();
        Some(named.map(|(part, value)| (part, f64::from(value))))
    }

    /// Yaw, pitch and roll in degrees.
    pub(super) fn angles(self) -> Option<[f64; 3]> {
        self.0.pose.map(|pose| [pose.yaw, pose.pitch, pose.roll].map(f64::from))
    }

    /// How likely the face is that of somebody present, 0 to 1; `None` where the analyser cannot tell.
    pub(super) fn liveness(self) -> Option<f64> {
        self.0.liveness.map(f64::from)
    }

    /// Where the face is. The rotation is the roll, clockwise against upright.
    pub(super) fn location(self) -> Value {
        let rect = self.0.rect;
        json!({
            "left": decimals(f64::from(rect.x), 2),
            "top": decimals(f64::from(rect.y), 2),
            "width": rect.width.round() as i64,
            "height": rect.height.round() as i64,
            "rotation": self.0.pose.map_or(0, |pose| pose.roll.round() as i64),
        })
    }

    /// How likely it is a face at all, 0 to 1, from the detector's score, which has no upper end.
    pub(super) fn probability(self) -> f64 {
        1.0 - (-f64::from(self.0.score.max(0.0))).exp()
    }

    /// The fields that come unasked, without the token.
    pub(super) fn basics(self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("location".to_owned(), self.location());
        fields.insert("face_probability".to_owned(), decimals(self.probability(), 4));
        if let Some([yaw, pitch, roll]) = self.angles() {
            let angle =
                json!({"yaw": decimals(yaw, 2), "pitch": decimals(pitch, 2), "roll": decimals(roll, 2)});
            fields.insert("angle".to_owned(), angle);
        }
        fields
    }

    /// Adds the fields that `face_field` names, as far as they are seen.
    pub(super) fn add_fields(self, wanted: &[String], fields: &mut Map<String, Value>) {
        for name in wanted.iter().map(String::as_str) {
            // The four points bring the 72 along.
            let with = (name == "landmark").then_some("landmark72");
            for name in std::iter::once(name).chain(with) {
                let name = of_today(name);
                fields.extend(self.field(name).map(|value| (name.to_owned(), value)));
            }
        }
    }

    fn field(self, name: &str) -> Option<Value> {
        let face = self.0;
        match name {
            "age" => face.age.map(|age| json!(age.round() as i64)),
            "gender" => face.gender.map(|gender| one_of_two(gender.male, "male", "female")),
            "expression" => face.smile().map(smile),
            "emotion" => face.expression.map(emotion),
            "face_shape" => face.shape.map(shape),
            "face_type" => face.cartoon.map(|cartoon| one_of_two(cartoon, "cartoon", "human")),
            "glasses" => face.glasses.map(glasses),
            "eye_status" => face.eyes_open.map(eye_status),
            "quality" => self.quality(),
            "landmark" => {
                face.landmarks.as_ref().map(|points| points4(points).into_iter().map(place).collect())
            }
            "landmark72" => {
                face.landmarks.as_ref().map(|points| points72(points).into_iter().map(place).collect())
            }
            "landmark150" => face.landmarks.as_ref().map(landmark150),
            "liveness" => self.liveness().map(|value| json!({ "livemapscore": decimals(value, 4) })),
            _ => None,
        }
    }

    fn quality(self) -> Option<Value> {
        let parts = self.occlusion()?;
        let parts: Map<_, _> =
            parts.iter().map(|(part, value)| ((*part).to_owned(), decimals(*value, 4))).collect();
        Some(json!({
            "occlusion": parts,
            "blur": decimals(self.blur()?, 4),
            "illumination": decimals(self.illumination()?, 2),
            "completeness": self.completeness()? as i64,
        }))
    }
}

/// The name that an answer has for a field, which may be asked for by its older one (recorded in December 2019).
fn of_today(name: &str) -> &str {
    match name {
        "faceshape" => "face_shape",
        "facetype" => "face_type",
        name => name,
    }
}

/// A score of the vendor, 0 to 100, for a similarity of the same range and meaning (80 is the same person).
pub(super) fn score(similarity: f32) -> f64 {
    f64::from(similarity).clamp(0.0, 100.0)
}

/// A number rounded to so many decimals; a whole one without a fraction, as recorded.
pub(super) fn decimals(value: f64, decimals: i32) -> Value {
    let scale = 10_f64.powi(decimals);
    let rounded = (value * scale).round() / scale;
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 { json!(rounded as i64) } else { json!(rounded) }
}

/// A type with its probability, of two that exclude each other.
fn one_of_two(first: f32, one: &str, other: &str) -> Value {
    let (kind, probability) = if first >= 0.5 { (one, first) } else { (other, 1.0 - first) };
    typed(kind, probability)
}

/// A word and how likely it is.
fn typed(kind: &str, probability: f32) -> Value {
    json!({ "type": kind, "probability": decimals(f64::from(probability), 4) })
}

fn smile((kind, probability): (Smile, f32)) -> Value {
    let kind = match kind {
        Smile::None => "none",
        Smile::Smile => "smile",
        Smile::Laugh => "laugh",
    };
    typed(kind, probability)
}

fn emotion(seen: Expression) -> Value {
    let (emotion, probability) = seen.emotion();
    let kind = match emotion {
        Emotion::Angry => "angry",
        Emotion::Disgust => "disgust",
        Emotion::Fear => "fear",
        Emotion::Happy => "happy",
        Emotion::Sad => "sad",
        Emotion::Surprise => "surprise",
        Emotion::Neutral => "neutral",
    };
    typed(kind, probability)
}

fn shape((shape, probability): (FaceShape, f32)) -> Value {
    let kind = match shape {
        FaceShape::Square => "square",
        FaceShape::Triangle => "triangle",
        FaceShape::Oval => "oval",
        FaceShape::Heart => "heart",
        FaceShape::Round => "round",
    };
    typed(kind, probability)
}

fn glasses((kind, probability): (Glasses, f32)) -> Value {
    let kind = match kind {
        Glasses::None => "none",
        Glasses::Common => "common",
        Glasses::Sun => "sun",
    };
    typed(kind, probability)
}

fn eye_status([left, right]: [f32; 2]) -> Value {
    json!({ "left_eye": decimals(f64::from(left), 4), "right_eye": decimals(f64::from(right), 4) })
}

/// The points by the vendor's names.
fn landmark150(landmarks: &Landmarks) -> Value {
    let named = named150(landmarks).into_iter().map(|(name, point)| (name.to_owned(), place(point)));
    Value::Object(named.collect())
}

fn place(point: Point) -> Value {
    json!({ "x": decimals(f64::from(point.x), 2), "y": decimals(f64::from(point.y), 2) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction() {
        assert_eq!(decimals(100.0, 2).to_string(), "100");
        assert_eq!(decimals(93.518_49, 2).to_string(), "93.52");
        assert_eq!(decimals(-0.001, 2).to_string(), "0");
    }
}
