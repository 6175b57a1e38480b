//! A picture that is to be changed: read, reviewed, its face judged.

use serde_json::Value;

use super::call::Call;
use super::condition::Condition;
use super::content::review;
use super::control::judge_quality;
use super::face_view::FaceView;
use super::level::Level;
use super::picture::Ask;
use super::reader::Reader;
use super::render::Refusal;
use super::source::Source;
use crate::front::read_json;
use crate::vision::{Face, Limits, Order, Picture, Point, Rect, decode::decode};

/// What a request says of a picture that is to be changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Subject {
    source: Source,
    quality: Level,
    location: Option<Rect>,
}

/// The picture and the face that is meant.
pub(super) struct Seen {
    pub(super) picture: Picture,
    pub(super) face: Face,
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
        let decoded = tokio::task::spawn_blocking(move || decode(&file, &Limits::default()));
        let decoded = decoded.await.map_err(|_| Condition::InternalError)?;
        if let Ok(picture) = &decoded {
            review(picture)?;
        }
        let only_this = matches!(self.source, Source::Token(_));
        let order = self.location.map_or(Order::Largest, |location| {
            let Point { x, y } = location.centre();
            Order::Near { x: x as i32, y: y as i32 }
        });
        let faces = call.faces_of(portrait, only_this, Ask { order, ..Ask::LOOKS }).await?;
        let picture = decoded.map_err(|_| Condition::PictureUndecodable)?;
        let face = faces.into_iter().next().ok_or(Condition::FaceNotDetected)?.face;
        judge_quality(FaceView(&face), self.quality)?;
        Ok(Seen { picture, face })
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
