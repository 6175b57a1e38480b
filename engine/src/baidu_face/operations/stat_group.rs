//! How many users the groups of an application of a private deployment have; another one's are not told.

use serde_json::json;

use super::super::call::Call;
use super::super::render::Outcome;

pub(super) fn run(call: &Call<'_>) -> Outcome {
    let mut read = call.reader()?;
    let app = read.app();
    call.begin(read)?;
    let library = call.library()?;
    let groups = if app == call.app_id() { library.groups((0, usize::MAX))? } else { Vec::new() };
    let mut list = Vec::new();
    for group in groups {
        let users = library.users(&group, (0, usize::MAX))?.len();
        list.push(json!({ "group_id": group, "user_num": users }));
    }
    Ok(json!({ "app_id": app, "group_list": list }))
}
