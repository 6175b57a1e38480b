//! 获取信息: tells a person's name, tag, groups and faces. Source: document 6.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    person_id: String,
    person_name: String,
    face_ids: Vec<String>,
    group_ids: Vec<String>,
    tag: String,
    session_id: &'static str,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person = read.id("person_id");
    read.finish()?;
    let person = call.gallery.person(&call.tenant, &person)?;
    let reply = Reply {
        person_id: person.id,
        person_name: person.name,
        face_ids: person.faces,
        group_ids: person.groups,
        tag: person.tag,
        session_id: SESSION,
    };
    Ok(Data::of(&reply)?)
}
