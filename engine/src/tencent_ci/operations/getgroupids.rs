//! 获取组列表: lists the account's groups. Source: document 7.

use serde::Serialize;

use super::super::call::Call;
use super::super::render::{Data, OperationOutcome};

#[derive(Serialize)]
struct Reply {
    group_ids: Vec<String>,
}

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    call.reader().finish()?;
    Ok(Data::of(&Reply { group_ids: call.gallery.groups(&call.tenant)? })?)
}
