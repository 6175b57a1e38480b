//! 获取用户列表: a page of a group's users; a private deployment tells those of a `uid_list` only, where one is given.

use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::render::OperationOutcome;
use super::super::settings::Settings;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let group = read.group("group_id");
    let page = read.page();
    let only = read.uid_list();
    call.begin(read)?;
    if only.as_ref().is_some_and(|only| only.len() > Settings::count(call.settings().uids_per_list)) {
        return Err(Condition::UidsExceeded.into());
    }
    let page = if only.is_some() { (0, usize::MAX) } else { page };
    let mut users = call.library()?.users(&group, page)?;
    if let Some(only) = only {
        users.retain(|user| only.contains(user));
    }
    Ok(json!({ "user_id_list": users }))
}
