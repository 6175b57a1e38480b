//! 个体删除组: takes a person out of groups.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    person_id: String,
    deleted: usize,
    group_ids: Vec<String>,
    session_id: &'static str,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person_id = read.id("person_id");
    let groups = read.ids("group_ids");
    read.note("session_id");
    read.finish()?;
    let left = call.gallery.leave(&call.tenant, &person_id, &groups)?;
    let reply = Reply { person_id, deleted: left.changed, group_ids: left.groups, session_id: SESSION };
    Ok(Data::of(&reply)?)
}
