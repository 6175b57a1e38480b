//! 删除个体: removes a person. Source: document 2.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    deleted: usize,
    person_id: String,
    session_id: &'static str,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person_id = read.id("person_id");
    read.finish()?;
    call.gallery.remove_person(&call.tenant, &person_id)?;
    Ok(Data::of(&Reply { deleted: 1, person_id, session_id: SESSION })?)
}
