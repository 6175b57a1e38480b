//! 组列表查询: a page of the groups.

use serde_json::json;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let page = read.page();
    call.begin(read)?;
    Ok(json!({ "group_id_list": call.library()?.groups(page)? }))
}
