//! 获取人脸信息: tells what was seen of a face when it was added. Source: document 10.

use serde::Serialize;

use super::super::call::Call;
use super::super::face_item::FaceItem;
use super::super::render::{Data, OperationOutcome};

#[derive(Serialize)]
struct Reply {
    face_info: FaceItem,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let face = read.id("face_id");
    read.finish()?;
    let kept = call.gallery.face(&call.tenant, &face)?;
    Ok(Data::of(&Reply { face_info: FaceItem::full(kept.id, &kept.face) })?)
}
