//! 删除人脸: removes those of the faces that belong to the person. Source: document 4.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    deleted: usize,
    face_ids: Vec<String>,
    session_id: &'static str,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person = read.id("person_id");
    let faces = read.ids("face_ids");
    read.finish()?;
    let face_ids = call.gallery.remove_faces(&call.tenant, &person, &faces)?;
    Ok(Data::of(&Reply { deleted: face_ids.len(), face_ids, session_id: SESSION })?)
}
