//! A picture that is to be changed: read, reviewed, its face judged.

use bytes::Bytes;
use serde_json::Value;

use super::call::Call;
use super::condition::Condition;
use super::content::review;
use super::control::judge_quality;
use super::face_view::FaceView;
use super::level::Level;
use super::morph::Side;
use super::picture::Ask;
use super::reader::Reader;
use super::render::Refusal;
use super::source::Source;
use crate::front::read_json;
use crate::vision::{Face, Landmarks, Limits, Order, Point, Rect, decode::decode};

/// What a request says of a picture that is to be changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Subject {
    source: Source,
    quality: Level,
    location: Option<Rect>,
}

/// The picture's file and the face that is meant. It is decoded again where it is changed: nothing decoded waits for its turn.
pub(super) struct Seen {
    file: Bytes,
    pub(super) face: Face,
}

/// A face to be changed, as yet in its file.
pub(super) struct Filed {
    file: Bytes,
    landmarks: Landmarks,
}

impl Seen {
    /// What is needed to change the face.
    pub(super) fn filed(self) -> Result<Filed, Condition> {
        let landmarks = self.face.landmarks.ok_or(Condition::MergeFailed)?;
        Ok(Filed { file: self.file, landmarks })
    }
}

impl Filed {
    /// The face with its picture.
    pub(super) fn side(&self) -> Option<Side> {
        let picture = decode(&self.file, &Limits::default()).ok()?;
        Some(Side { picture, landmarks: self.landmarks.clone() })
    }
}

impl Subject {
    /// `image`, `image_type`, `quality_control` and `face_location`.
    pub(super) fn read(read: &mut Reader<'_>) -> Self {
        let (source, quality) = (read.image(), read.quality());
        let location = read.given("face_location").map(location);
        if location == Some(None) {
            read.refuse(Condition::FaceLocationInvalid);
        }
        Self { source, quality, location: location.flatten() }
    }

    /// Looks at the picture: content first, then the face and its quality. Of several faces the one at the location
    /// counts, or the largest.
    pub(super) async fn seen(&self, call: &Call<'_>) -> Result<Seen, Refusal> {
        let portrait = call.portrait(&self.source).await?;
        let file = portrait.picture.clone();
        let file_of_it = file.clone();
        let reviewed = move || decode(&file_of_it, &Limits::default()).map(|picture| review(&picture));
        let reviewed = call.workers().run(reviewed).await.ok_or(Condition::InternalError)?;
        if let Ok(review) = &reviewed {
            (*review)?;
        }
        let only_this = matches!(self.source, Source::Token(_));
        let order = self.location.map_or(Order::Largest, |location| {
            let Point { x, y } = location.centre();
            Order::Near { x: x as i32, y: y as i32 }
        });
        let faces = call.faces_of(portrait, only_this, Ask { order, ..Ask::LOOKS }).await?;
        if reviewed.is_err() {
            return Err(Condition::PictureUndecodable.into());
        }
        let face = faces.into_iter().next().ok_or(Condition::FaceNotDetected)?.face;
        judge_quality(FaceView(&face), self.quality)?;
        Ok(Seen { file, face })
    }
}

/// A box given as an object, or as the text of one.
fn location(value: &Value) -> Option<Rect> {
    let parsed = match value {
        Value::String(text) => read_json(text.as_bytes()).ok()?,
        value => value.clone(),
    };
    let number = |name: &str| parsed.get(name)?.as_f64().map(|number| number as f32);
    let rect =
        Rect { x: number("left")?, y: number("top")?, width: number("width")?, height: number("height")? };
    (rect.width > 0.0 && rect.height > 0.0).then_some(rect)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_location_is_an_object_or_its_text() {
        let object = json!({ "left": 1.5, "top": 2, "width": 3, "height": 4, "rotation": 0 });
        let rect = Rect { x: 1.5, y: 2.0, width: 3.0, height: 4.0 };
        assert_eq!(location(&object), Some(rect));
        assert_eq!(location(&json!(object.to_string())), Some(rect));
        for bad in [
            json!("abc"),
            json!(3),
            json!([]),
            json!({ "left": 1 }),
            json!({"left":1,"top":1,"width":0,"height":1}),
        ] {
            assert_eq!(location(&bad), None, "{bad}");
        }
    }
}
