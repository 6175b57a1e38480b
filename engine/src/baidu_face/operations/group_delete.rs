//! 删除用户组: begins the deletion of a group with everything in it.

use serde_json::Value;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let group = read.group("group_id");
    call.begin(read)?;
    call.library()?.delete_group(&group)?;
    Ok(Value::Null)
}
