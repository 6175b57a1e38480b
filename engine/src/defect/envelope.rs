//! Envelopes told wrongly, of every dialect alike.

use serde_json::{Map, Value};

use super::{Defect, Defects};
use crate::answer::Answer;

/// The names of code and message in the dialects' envelopes.
const ENVELOPES: [(&str, &str); 2] = [("code", "message"), ("error_code", "error_msg")];

/// An answer with the defects of answers.
pub(crate) fn spoilt(mut answer: Answer, defects: Defects) -> Answer {
    if !defects.any() {
        return answer;
    }
    let Ok(Value::Object(mut body)) = serde_json::from_str(&answer.body) else { return answer };
    if defects.has(Defect::LogIdMissing) {
        body.remove("log_id");
    }
    let named = ENVELOPES.iter().find(|(code, _)| body.get(*code).is_some_and(|code| code != 0));
    if let Some((code, message)) = named {
        spoil_error(&mut body, code, message, defects);
        if defects.has(Defect::StatusOfError) {
            answer.status = 500;
        }
    }
    answer.body = Value::Object(body).to_string();
    answer
}

fn spoil_error(body: &mut Map<String, Value>, code: &str, message: &str, defects: Defects) {
    if defects.has(Defect::CodeAsText) {
        body[code] = body[code].to_string().into();
    }
    if defects.has(Defect::MessageMissing) {
        body.remove(message);
    }
    if defects.has(Defect::ErrorWithResult)
        && let Some(result) = body.get_mut("result")
    {
        *result = Map::new().into();
    }
}

#[cfg(all(test, feature = "defects"))]
mod tests {
    use super::*;

    const ERROR: &str = r#"{"error_code":223101,"error_msg":"group is exist","log_id":1,"result":null}"#;

    fn told(body: &str, defect: Defect) -> Answer {
        spoilt(Answer { status: 200, body: body.to_owned() }, Defects::from_iter([defect]))
    }

    #[test]
    fn an_error_is_told_wrongly() {
        assert!(told(ERROR, Defect::CodeAsText).body.contains(r#""error_code":"223101""#));
        assert!(!told(ERROR, Defect::MessageMissing).body.contains("error_msg"));
        assert!(!told(ERROR, Defect::LogIdMissing).body.contains("log_id"));
        assert!(told(ERROR, Defect::ErrorWithResult).body.contains(r#""result":{}"#));
        assert_eq!(told(ERROR, Defect::StatusOfError).status, 500);
        assert!(
            told(r#"{"code":4,"message":"m","data":{}}"#, Defect::CodeAsText).body.contains(r#""code":"4""#)
        );
    }

    #[test]
    fn a_success_is_not() {
        let success = r#"{"code":0,"data":{},"message":"OK"}"#;
        for defect in [Defect::CodeAsText, Defect::MessageMissing, Defect::StatusOfError] {
            assert_eq!(told(success, defect), Answer { status: 200, body: success.to_owned() }, "{defect:?}");
        }
    }
}
