//! 人脸对比: how alike the largest faces of two pictures are.

use futures::future::try_join_all;
use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::control::Controls;
use super::super::face_view::{FaceView, decimals};
use super::super::fault::Fault;
use super::super::picture::{Ask, Found};
use super::super::render::{OperationOutcome, Refusal};
use super::super::source::Source;
use crate::vision::Order;

/// One side of the comparison.
struct Side {
    source: Source,
    controls: Controls,
    order: Order,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let elements = call.body.elements()?;
    let mut sides = Vec::new();
    for element in elements {
        let fields = element.as_object().ok_or(Condition::BodyNotJson)?;
        let mut read = call.reader_of(fields);
        let source = read.image();
        read.face_type(true);
        let controls = read.controls();
        let order = read.face_order();
        call.begin(read)?;
        sides.push(Side { source, controls, order });
    }
    if sides.len() != 2 {
        return Err(Condition::PictureCountWrong.into());
    }
    let faces = try_join_all(sides.iter().map(|side| face(call, side))).await?;
    call.stage(Fault::MatchingBackend)?;
    let score = call.library()?.compare(faces[0].description()?, faces[1].description()?);
    let list: Vec<_> = faces.iter().map(|found| json!({ "face_token": call.face_token(found) })).collect();
    Ok(json!({ "score": decimals(score, 4), "face_list": list }))
}

async fn face(call: &Call<'_>, side: &Side) -> Result<Found, Refusal> {
    let found = call.face(&side.source, Ask { order: side.order, ..Ask::ALL }).await?;
    side.controls.judge(FaceView(&found.face))?;
    Ok(found)
}
