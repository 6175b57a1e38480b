//! What is seen of a face, in words and as JSON; what was not seen is left out.

use serde_json::{Map, Value, json};

use crate::vision::{Face, FaceShape, Glasses};

/// The names of the shares of an expression, in their order.
const EXPRESSIONS: [&str; 7] = ["neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised"];

/// Names and values for a table.
pub(super) fn rows(face: &Face) -> Vec<(&'static str, String)> {
    let mut rows = vec![(
        "box",
        format!(
            "{:.0},{:.0} {:.0}x{:.0}  score {:.1}",
            face.rect.x, face.rect.y, face.rect.width, face.rect.height, face.score
        ),
    )];
    let mut row = |what, value: Option<String>| rows.extend(value.map(|value| (what, value)));
    row(
        "pose",
        face.pose.map(|pose| format!("pitch {:.0}, yaw {:.0}, roll {:.0}", pose.pitch, pose.yaw, pose.roll)),
    );
    row("age", face.age.map(|age| format!("{age:.0}")));
    row("gender", face.gender.map(|gender| format!("male {:.2}", gender.male)));
    row("expression", strongest(face).map(|(name, share)| format!("{name} {share:.2}")));
    row("glasses", face.glasses.map(|(glasses, share)| format!("{} {share:.2}", glasses_word(glasses))));
    row("eyes open", face.eyes_open.map(|[left, right]| format!("left {left:.2}, right {right:.2}")));
    row("mouth open", face.mouth_open.map(|open| format!("{open:.2}")));
    row("shape", face.shape.map(|(shape, share)| format!("{} {share:.2}", shape_word(shape))));
    row("cartoon", face.cartoon.map(|share| format!("{share:.2}")));
    row("liveness", face.liveness.map(|share| format!("{share:.2}")));
    if let Some(quality) = face.quality {
        row("blur", Some(format!("{:.2}", quality.blur)));
        row("illumination", Some(format!("{:.0}", quality.illumination)));
        row("completeness", Some(format!("{:.0}", quality.completeness)));
        let parts = quality.occlusion.named().map(|(name, value)| format!("{name} {value:.2}"));
        row("occlusion", Some(parts.join(", ")));
    }
    rows
}

/// Everything, points and description included.
pub(super) fn json(face: &Face) -> Value {
    let rect = face.rect;
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("rect", json!({ "x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height }));
    put("score", face.score.into());
    if let Some(pose) = face.pose {
        put("pose", json!({ "pitch": pose.pitch, "yaw": pose.yaw, "roll": pose.roll }));
    }
    if let Some(age) = face.age {
        put("age", age.into());
    }
    if let Some(gender) = face.gender {
        put("male", gender.male.into());
    }
    if let Some(expression) = face.expression {
        let shares = EXPRESSIONS.iter().zip(expression.shares);
        put(
            "expression",
            shares.map(|(name, share)| ((*name).to_owned(), json!(share))).collect::<Map<_, _>>().into(),
        );
    }
    if let Some((glasses, share)) = face.glasses {
        put("glasses", json!({ "type": glasses_word(glasses), "probability": share }));
    }
    if let Some(open) = face.eyes_open {
        put("eyes_open", json!(open));
    }
    if let Some(open) = face.mouth_open {
        put("mouth_open", open.into());
    }
    if let Some((shape, share)) = face.shape {
        put("shape", json!({ "type": shape_word(shape), "probability": share }));
    }
    if let Some(share) = face.cartoon {
        put("cartoon", share.into());
    }
    if let Some(share) = face.liveness {
        put("liveness", share.into());
    }
    if let Some(quality) = face.quality {
        let parts = quality.occlusion.named().map(|(name, value)| (name.to_owned(), json!(value)));
        put(
            "quality",
            json!({
                "blur": quality.blur,
                "illumination": quality.illumination,
                "completeness": quality.completeness,
                "occlusion": parts.into_iter().collect::<Map<_, _>>(),
            }),
        );
    }
    if let Some(landmarks) = &face.landmarks {
        put("landmarks", landmarks.iter().map(|point| json!([point.x, point.y])).collect());
    }
    if let Some(description) = &face.description {
        put("description", json!(description.0));
    }
    object.into()
}

/// The expression with the largest share.
pub(super) fn strongest(face: &Face) -> Option<(&'static str, f32)> {
    let shares = face.expression?.shares;
    EXPRESSIONS.into_iter().zip(shares).max_by(|a, b| a.1.total_cmp(&b.1))
}

pub(super) fn shape_word(shape: FaceShape) -> &'static str {
    match shape {
        FaceShape::Square => "square",
        FaceShape::Triangle => "triangle",
        FaceShape::Oval => "oval",
        FaceShape::Heart => "heart",
        FaceShape::Round => "round",
    }
}

pub(super) fn glasses_word(glasses: Glasses) -> &'static str {
    match glasses {
        Glasses::None => "none",
        Glasses::Common => "common",
        Glasses::Sun => "sun",
    }
}
