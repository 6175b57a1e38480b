//! What goes wrong around whatever front: requests are read wrongly, answers told wrongly, or none is given.

use std::future;
use std::panic;

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::Value;

use super::list::{
    CODE_AS_TEXT, HANGS_ON_NESTING, MESSAGE_MISSING, PANICS_ON_EMPTY_HEADER, PANICS_ON_EXTENDED_NAME,
    PLAIN_TEXT, STATUS_OF_ERROR,
};
use super::request;
use crate::front::{Answer, Answering, Defects, Front, FrontWrapper, Head, Limits, Request, Telling};

/// The mistakes of whatever front.
pub(super) struct Mistakes {
    pub(super) defects: Defects,
    /// The limits as they should be, which is what is told of them.
    pub(super) limits: Limits,
}

impl FrontWrapper for Mistakes {
    /// Falls over what it should not, before anything that would catch it.
    fn claims(&self, front: &dyn Front, head: &Head) -> bool {
        if self.defects.has(PANICS_ON_EMPTY_HEADER) && request::has_empty_authorization(&head.headers) {
            panic::resume_unwind(Box::new("a defect"));
        }
        front.claims(head)
    }

    fn refuse(&self, front: &dyn Front, head: &Head) -> Option<Answer> {
        front.refuse(request::head(head, &self.defects).as_ref().unwrap_or(head))
    }

    fn answer<'a>(&'a self, front: &'a dyn Front, request: Request) -> Answering<'a> {
        Box::pin(async move {
            let body = request.body.as_deref().unwrap_or_default();
            if self.defects.has(HANGS_ON_NESTING) && request::is_nested(body) {
                future::pending::<()>().await;
            }
            if self.defects.has(PANICS_ON_EXTENDED_NAME) && request::has_extended_name(body) {
                panic::resume_unwind(Box::new("a defect"));
            }
            let answer = front.answer(request::read(request, &self.defects)).await;
            self.told(spoilt(answer, front.telling(), &self.defects))
        })
    }

    fn told(&self, mut answer: Answer) -> Answer {
        if self.defects.has(PLAIN_TEXT) {
            answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        }
        answer
    }

    fn limits(&self, _: &dyn Front) -> Limits {
        self.limits.clone()
    }
}

/// An answer with the defects of errors, where it is JSON with a number for a code that is not 0.
fn spoilt(mut answer: Answer, telling: Telling, defects: &Defects) -> Answer {
    let Ok(Value::Object(mut body)) = serde_json::from_slice(&answer.body) else { return answer };
    let is_error = |code: &Value| code.is_i64() && code != 0;
    let mut envelopes = telling.codes.iter().zip(telling.messages);
    let Some((code, message)) = envelopes.find(|(code, _)| body.get(**code).is_some_and(is_error)) else {
        return answer;
    };
    if defects.has(CODE_AS_TEXT) {
        body[*code] = body[*code].to_string().into();
    }
    if defects.has(MESSAGE_MISSING) {
        body.remove(*message);
    }
    if defects.has(STATUS_OF_ERROR) {
        answer.status = StatusCode::INTERNAL_SERVER_ERROR;
    }
    answer.body = Value::Object(body).to_string().into();
    answer
}

#[cfg(all(test, feature = "defects"))]
mod tests {
    use super::*;
    use crate::front::Defect;

    const TELLING: Telling = Telling { codes: &["error_code", "code"], messages: &["error_msg", "message"] };
    const ERROR: &str = r#"{"error_code":223101,"error_msg":"group is exist","log_id":1,"result":null}"#;

    fn told(body: &'static str, defect: Defect) -> (u16, String) {
        let answer = spoilt(Answer::json(200, body), TELLING, &Defects::from_iter([defect.name]));
        (answer.status.as_u16(), String::from_utf8(answer.body.to_vec()).expect("text"))
    }

    #[test]
    fn an_error_is_told_wrongly() {
        assert!(told(ERROR, CODE_AS_TEXT).1.contains(r#""error_code":"223101""#));
        assert!(!told(ERROR, MESSAGE_MISSING).1.contains("error_msg"));
        assert_eq!(told(ERROR, STATUS_OF_ERROR).0, 500);
        assert!(told(r#"{"code":4,"message":"m","data":{}}"#, CODE_AS_TEXT).1.contains(r#""code":"4""#));
    }

    #[test]
    fn a_success_is_not() {
        let success = r#"{"code":0,"data":{},"message":"OK"}"#;
        for defect in [CODE_AS_TEXT, MESSAGE_MISSING, STATUS_OF_ERROR] {
            assert_eq!(told(success, defect), (200, success.to_owned()), "{defect:?}");
        }
    }
}
