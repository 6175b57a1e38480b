//! The applications of a private deployment: here the one that asks, since no tenant sees another.

use serde_json::json;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let read = call.reader()?;
    call.begin(read)?;
    Ok(json!({ "app_id_list": [call.app_id()] }))
}
