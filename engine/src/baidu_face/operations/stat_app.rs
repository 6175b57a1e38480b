//! How much applications of a private deployment keep; others than the one that asks are told as empty.

use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::render::OperationOutcome;
use super::super::settings::Settings;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let apps = read.app_list();
    call.begin(read)?;
    if apps.len() > Settings::count(call.settings().apps_per_list) {
        return Err(Condition::AppsExceeded.into());
    }
    let groups = call.library()?.group_count()?;
    let item =
        |app: &String| json!({ "app_id": app, "group_num": if app == call.app_id() { groups } else { 0 } });
    Ok(json!({ "app_list": apps.iter().map(item).collect::<Vec<_>>() }))
}
