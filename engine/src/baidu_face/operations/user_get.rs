//! 用户信息查询: what is known of a user, in one group or in all.

use serde_json::json;

use super::super::call::Call;
use super::super::library::Membership;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let user = read.user();
    let group = read.group_or_all();
    call.begin(read)?;
    let memberships = call.library()?.user(&user, group.as_deref())?;
    let item =
        |membership: &Membership| json!({ "user_info": membership.info, "group_id": membership.group });
    Ok(json!({ "user_list": memberships.iter().map(item).collect::<Vec<_>>() }))
}
