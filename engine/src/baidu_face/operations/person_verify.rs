//! 人脸实名认证: compares a face with the picture of a citizen in the register. Quality, then liveness, then identity.

use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::face_view::{FaceView, decimals};
use super::super::fault::Fault;
use super::super::picture::Ask;
use super::super::render::OperationOutcome;
use super::super::source::Source;

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let source = read.image();
    let number = read.id_card_number();
    let name = read.citizen_name();
    let controls = read.controls();
    let order = read.face_order();
    call.begin(read)?;
    let found = call.face(&source, Ask { order, ..Ask::ALL }).await?;
    controls.judge(FaceView(&found.face))?;
    let citizen = call.citizen(&number, &name)?;
    let picture = citizen.picture.clone().ok_or(Condition::RegisterPictureMissing)?;
    let kept = call.face(&Source::Bytes(picture), Ask::ALL).await;
    let kept = kept.map_err(|condition| match condition {
        Condition::FaceNotDetected | Condition::PictureUndecodable => Condition::RegisterPictureMissing,
        other => other,
    })?;
    call.stage(Fault::MatchingBackend)?;
    let score = call.library()?.compare(found.description()?, kept.description()?);
    Ok(json!({ "score": decimals(score, 4) }))
}
