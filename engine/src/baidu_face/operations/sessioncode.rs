//! 随机校验码: opens a session of video liveness with a code to be said or acted.

use serde_json::json;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::render::OperationOutcome;
use super::super::sessions::SessionKind;

pub(super) fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader()?;
    let is_one =
        read.given("type").is_some_and(|kind| kind.as_u64() == Some(1) || kind.as_str() == Some("1"));
    let kind = if is_one { SessionKind::Action } else { SessionKind::Voice };
    let bounds = kind.lengths();
    let least = read.number("min_code_length", bounds, bounds[0], Condition::MinCodeLengthInvalid);
    let most = read.number("max_code_length", bounds, bounds[1], Condition::MaxCodeLengthInvalid);
    if least > most {
        read.refuse(Condition::CodeLengthsCrossed);
    }
    call.begin(read)?;
    let until = call.now.saturating_add(call.settings().session_seconds);
    let (id, code) = call.front.sessions.open(call.account, kind, [least, most], [call.now, until]);
    Ok(json!({ "session_id": id, "code": code }))
}
