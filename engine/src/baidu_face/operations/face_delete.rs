//! 人脸删除: removes a face of a user, and with the last one the user. A `log_id` of the client is read by nobody.

use serde_json::Value;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let user = read.user();
    let group = read.group("group_id");
    let token = read.face_token();
    call.begin(read)?;
    call.library()?.delete_face(&group, &user, &token)?;
    Ok(Value::Null)
}
