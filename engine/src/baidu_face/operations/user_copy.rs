//! 复制用户: copies a user with all faces to another group.

use serde_json::Value;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let user = read.user();
    let from = read.group("src_group_id");
    let to = read.group("dst_group_id");
    call.begin(read)?;
    call.library()?.copy_user(&user, &from, &to)?;
    Ok(Value::Null)
}
