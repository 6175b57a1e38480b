//! How many users the groups of an application of a private deployment have; another one's are not told.

use serde_json::json;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let app = read.app();
    call.begin(read)?;
    let groups = if app == call.app_id() { call.library()?.sizes()? } else { Vec::new() };
    let list: Vec<_> =
        groups.iter().map(|(group, users)| json!({ "group_id": group, "user_num": users })).collect();
    Ok(json!({ "app_id": app, "group_list": list }))
}
