//! What a picture shows: faces, and how one is told as a FaceItem.

use crate::code::Code;
use crate::defect::{Defect, Defects};
use crate::looks::Looks;
use crate::print::Print;
use serde_json::{Value, json};

/// A face that was found: its box in pixels of the picture, and its description.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) x: i64,
    pub(crate) y: i64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) print: Print,
    pub(crate) looks: Looks,
}

/// What a picture shows: its size and its faces, the largest first, at least one.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) faces: Vec<Found>,
}

impl Seen {
    /// The face that stands for the picture.
    pub(crate) fn main_face(&self, defects: &Defects) -> Result<&Found, Code> {
        let face = if defects.has(Defect::SmallestFace) { self.faces.last() } else { self.faces.first() };
        face.ok_or(Code::NO_FACE)
    }
}

impl Found {
    /// The face as a FaceItem; beyond the first five of a picture only the place is told.
    pub(crate) fn item(&self, id: &str, whole: bool, defects: &Defects) -> Value {
        let mut item =
            json!({ "face_id": id, "x": self.x, "y": self.y, "width": self.width, "height": self.height });
        if defects.has(Defect::SidesExchanged) {
            item["width"] = json!(self.height);
            item["height"] = json!(self.width);
        }
        if defects.has(Defect::CornerExchanged) {
            item["x"] = json!(self.y);
            item["y"] = json!(self.x);
        }
        if defects.has(Defect::CornerFraction) {
            item["x"] = json!(self.x as f64 + 0.5);
        }
        if !whole {
            return item;
        }
        let looks = self.looks;
        item["gender"] =
            json!(if defects.has(Defect::GenderOutside) { looks.gender + 101 } else { looks.gender });
        item["age"] =
            if defects.has(Defect::AgeAsText) { json!(looks.age.to_string()) } else { json!(looks.age) };
        item["expression"] = json!(looks.expression);
        item["glass"] = if defects.has(Defect::GlassAsNumber) {
            json!(i32::from(looks.glass))
        } else {
            json!(looks.glass)
        };
        item["beauty"] = json!(looks.beauty);
        if !defects.has(Defect::PoseMissing) {
            item["pitch"] = json!(looks.pitch);
            item["yaw"] = json!(looks.yaw);
            item["roll"] =
                json!(if defects.has(Defect::RollOutside) { looks.roll + 400 } else { looks.roll });
        }
        item
    }
}
