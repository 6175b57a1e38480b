//! 个体创建: creates a person with one face in groups, which come to exist. Source: document 1.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;
use crate::gallery::{NewPerson, Person};

#[derive(Serialize)]
struct Reply {
    person_id: String,
    suc_group: usize,
    suc_face: usize,
    session_id: &'static str,
    face_id: String,
    group_ids: Vec<String>,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let groups = read.ids("group_ids");
    let id = read.id("person_id");
    let picture = read.picture("image", "url");
    let name = read.note("person_name").unwrap_or_default();
    let tag = read.note("tag").unwrap_or_default();
    read.finish()?;
    let face = call.face_to_keep(&picture).await?;
    let new = NewPerson { id, name, tag, groups, face };
    Ok(Data::of(&reply(call.gallery.create_person(&call.tenant, &new)?))?)
}

fn reply(mut created: Person) -> Reply {
    Reply {
        suc_group: created.groups.len(),
        suc_face: created.faces.len(),
        session_id: SESSION,
        face_id: created.faces.pop().unwrap_or_default(),
        group_ids: created.groups,
        person_id: created.id,
    }
}
