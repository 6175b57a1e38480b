//! 获取用户人脸列表: the faces of a user and when they came.

use serde_json::json;

use super::super::call::Call;
use super::super::render::OperationOutcome;
use super::super::time::beijing;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let user = read.user();
    let group = read.group("group_id");
    call.begin(read)?;
    let faces = call.library()?.faces(&group, &user)?;
    let item = |(token, since): &(String, u64)| json!({ "face_token": token, "ctime": beijing(*since) });
    Ok(json!({ "face_list": faces.iter().map(item).collect::<Vec<_>>() }))
}
