//! 人脸验证: whether a face is a person's.

use serde::Serialize;

use super::super::call::Call;
use super::super::face_item::decimals;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    ismatch: bool,
    confidence: f64,
    session_id: &'static str,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person = read.id("person_id");
    let picture = read.picture("image", "url");
    read.finish()?;
    let description = call.face_to_compare(&picture).await?;
    let similarity = call.gallery.verify(&call.tenant, &person, &description)?;
    let reply = Reply {
        ismatch: call.gallery.is_same_person(similarity),
        confidence: decimals(similarity, 4),
        session_id: SESSION,
    };
    Ok(Data::of(&reply)?)
}
