//! 创建用户组: makes an empty group.

use serde_json::Value;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let group = read.group("group_id");
    call.begin(read)?;
    call.library()?.add_group(&group)?;
    Ok(Value::Null)
}
