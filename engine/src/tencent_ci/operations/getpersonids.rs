//! 获取人列表: lists the persons of a group. Source: document 8.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};

#[derive(Serialize)]
struct Reply {
    person_ids: Vec<String>,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let group = read.id("group_id");
    read.finish()?;
    Ok(Data::of(&Reply { person_ids: call.gallery.persons_in(&call.tenant, &group)? })?)
}
