//! 身份证与名字比对: whether a name and a number belong to one citizen.

use serde_json::Value;

use super::super::call::Call;
use super::super::render::OperationOutcome;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let number = read.id_card_number();
    let name = read.citizen_name();
    call.begin(read)?;
    call.citizen(&number, &name)?;
    Ok(Value::Null)
}
