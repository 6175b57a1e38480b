//! 人脸更新: registers a face in place of all others of the user in the group. `REPLACE` takes an unknown user too.

use super::super::call::Call;
use super::super::render::OperationOutcome;
use super::user_add::{Parameters, registered};

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let parameters = Parameters::read(call)?;
    let library = call.library()?;
    let creates = parameters.replaces;
    library.may_register(&parameters.group, &parameters.user, Some(!creates))?;
    let found = parameters.face(call).await?;
    library.update(&parameters.registration(call, &found, true), creates)?;
    Ok(registered(call, &found))
}
