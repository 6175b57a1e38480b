//! What the gateway answers to bodies that do not arrive. The documents have no words for it, and the envelope is not
//! one of the dialect's: the `code` repeats the status.

use crate::front::Answer;

pub(super) fn too_large() -> Answer {
    refusal(413, "the body is larger than allowed")
}

pub(super) fn timeout() -> Answer {
    refusal(408, "the body did not arrive in time")
}

fn refusal(status: u16, message: &str) -> Answer {
    Answer::json(status, format!(r#"{{"code":{status},"message":"{message}","data":{{}}}}"#))
}
