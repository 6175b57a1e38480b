//! 个体增加组: puts a person into groups, which come to exist.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    person_id: String,
    added: usize,
    group_ids: Vec<String>,
    session_id: &'static str,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person_id = read.id("person_id");
    let groups = read.ids("group_ids");
    read.note("session_id");
    read.finish()?;
    let joined = call.gallery.join(&call.tenant, &person_id, &groups)?;
    let reply = Reply { person_id, added: joined.changed, group_ids: joined.groups, session_id: SESSION };
    Ok(Data::of(&reply)?)
}
