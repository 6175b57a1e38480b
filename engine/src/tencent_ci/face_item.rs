//! What an answer says of a face: `FaceItem`.

use serde::Serialize;

use crate::vision::{Face, Glasses, Rect};

/// A face with what was seen of it; what was not seen is left out. `beauty`, which a later document has for detect, is
/// left out as well: nothing here could justify a number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct FaceItem {
    face_id: String,
    x: i64,
    y: i64,
    height: f64,
    width: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pitch: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roll: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yaw: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glass: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<i64>,
}

/// A box by itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct FaceRect {
    x: i64,
    y: i64,
    width: f64,
    height: f64,
}

impl FaceItem {
    /// Everything that was seen.
    pub(super) fn full(face_id: String, face: &Face) -> Self {
        Self {
            pitch: face.pose.map(|pose| within(pose.pitch, -30, 30)),
            roll: face.pose.map(|pose| within(pose.roll, -180, 180)),
            yaw: face.pose.map(|pose| within(pose.yaw, -30, 30)),
            age: face.age.map(|age| within(age, 0, 100)),
            gender: face.gender.map(|gender| within(gender.male * 100.0, 0, 100)),
            glass: face.glasses.map(|(glasses, _)| glasses != Glasses::None),
            expression: face.expression.map(|expression| within(expression.shares[HAPPY] * 100.0, 0, 100)),
            ..Self::position(face_id, face)
        }
    }

    /// Only where it is.
    pub(super) fn position(face_id: String, face: &Face) -> Self {
        let FaceRect { x, y, width, height } = FaceRect::of(face.rect);
        Self {
            face_id,
            x,
            y,
            height,
            width,
            pitch: None,
            roll: None,
            yaw: None,
            age: None,
            gender: None,
            glass: None,
            expression: None,
        }
    }
}

impl FaceRect {
    pub(super) fn of(rect: Rect) -> Self {
        Self {
            x: whole(rect.x),
            y: whole(rect.y),
            width: decimals(rect.width, 2),
            height: decimals(rect.height, 2),
        }
    }
}

/// The place of happiness among the shares; the document's scale goes from normal over smile to laugh.
const HAPPY: usize = 1;

/// A number with so many decimals; JSON shows a whole one with a fraction, such as 64.0, as the document does.
pub(super) fn decimals(value: f32, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (f64::from(value) * scale).round() / scale
}

/// A pixel's number.
pub(super) fn whole(value: f32) -> i64 {
    value.round() as i64
}

fn within(value: f32, least: i64, most: i64) -> i64 {
    whole(value).clamp(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::{Expression, Gender, Pose};

    fn face() -> Face {
        Face {
            rect: Rect { x: 43.6, y: 33.2, width: 64.0, height: 64.126 },
            score: 1.0,
            landmarks: None,
            pose: None,
            age: None,
            gender: None,
            expression: None,
            glasses: None,
            description: None,
            fingerprint: Vec::new(),
            ..Face::default()
        }
    }

    #[test]
    fn lengths_have_a_fraction_and_what_was_not_seen_is_left_out() {
        let json = serde_json::to_string(&FaceItem::full("7".to_owned(), &face())).expect("JSON");
        assert_eq!(json, r#"{"face_id":"7","x":44,"y":33,"height":64.13,"width":64.0}"#);
    }

    #[test]
    fn values_are_whole_and_within_their_ranges() {
        let seen = Face {
            pose: Some(Pose { pitch: 45.0, yaw: -90.0, roll: 170.4 }),
            age: Some(120.0),
            gender: Some(Gender { male: 0.994 }),
            expression: Some(Expression { shares: [0.5, 0.06, 0.0, 0.0, 0.0, 0.0, 0.44] }),
            glasses: Some((Glasses::Sun, 0.9)),
            ..face()
        };
        let json = serde_json::to_string(&FaceItem::full("7".to_owned(), &seen)).expect("JSON");
        let values = r#""pitch":30,"roll":170,"yaw":-30,"age":100,"gender":99,"glass":true,"expression":6}"#;
        assert!(json.ends_with(values), "{json}");
    }
}
