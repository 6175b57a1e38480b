//! 获取人脸列表: lists the faces of a person. Source: document 9.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};

#[derive(Serialize)]
struct Reply {
    face_ids: Vec<String>,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person = read.id("person_id");
    read.finish()?;
    Ok(Data::of(&Reply { face_ids: call.gallery.person(&call.tenant, &person)?.faces })?)
}
