//! 设置信息: sets a person's name and tag, as far as given. Source: document 5.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;

#[derive(Serialize)]
struct Reply {
    person_id: String,
    session_id: &'static str,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let person_id = read.id("person_id");
    let name = read.note("person_name");
    let tag = read.note("tag");
    read.finish()?;
    call.gallery.describe_person(&call.tenant, &person_id, name.as_deref(), tag.as_deref())?;
    Ok(Data::of(&Reply { person_id, session_id: SESSION })?)
}
