//! 删除用户: removes a user from one group or from all.

use serde_json::Value;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let user = read.user();
    let group = read.group_or_all();
    call.begin(read)?;
    call.library()?.delete_user(&user, group.as_deref())?;
    Ok(Value::Null)
}
