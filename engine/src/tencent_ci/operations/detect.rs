//! 人脸检测: finds the faces of a picture; only the first few are fully described.

use serde::Serialize;

use super::super::call::Call;
use super::super::face_item::FaceItem;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;
use crate::vision::Wanted;

#[derive(Serialize)]
struct Reply {
    session_id: &'static str,
    image_width: u32,
    image_height: u32,
    face: Vec<FaceItem>,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let largest_only = read.largest_only();
    let picture = read.picture("image", "url");
    read.finish()?;
    let fully = call.bounds().fully_described_faces;
    let wanted =
        Wanted { landmarks: true, attributes: true, largest_only, fully: Some(fully), ..Wanted::default() };
    let seen = call.analyse(&picture, wanted).await?;
    let item = |(place, face)| {
        let id = call.gallery.fresh_face_id();
        if place < fully { FaceItem::full(id, face) } else { FaceItem::position(id, face) }
    };
    let reply = Reply {
        session_id: SESSION,
        image_width: seen.width,
        image_height: seen.height,
        face: seen.faces.iter().enumerate().map(item).collect(),
    };
    Ok(Data::of(&reply)?)
}
