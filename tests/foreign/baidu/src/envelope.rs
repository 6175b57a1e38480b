//! What an answer looks like around its result.

use serde_json::{Value, json};

use crate::{accounts, codes::Refusal, defects::Defects, ops::Answer};

/// HTTP status and body of an answer.
pub fn wrap(answer: Answer, defects: &Defects) -> (u16, Value) {
    match answer {
        Ok(result) => (200, success(result, defects)),
        Err(refusal) => {
            (if defects.on("refusal-is-http-400") { 400 } else { 200 }, failure(refusal, defects))
        }
    }
}

fn success(result: Value, defects: &Defects) -> Value {
    let mut body = around(0, if defects.on("success-says-ok") { "OK" } else { "SUCCESS" }, defects);
    body["result"] = match result {
        Value::Null if defects.on("empty-result-is-an-object") => json!({}),
        Value::Null if defects.on("empty-result-is-left-out") => {
            body.as_object_mut().map(|map| map.remove("result"));
            return body;
        }
        result => result,
    };
    body
}

/// The gateway answers with little; the face service puts a reference into its messages.
fn failure(refusal: Refusal, defects: &Defects) -> Value {
    let code = if defects.on("every-refusal-is-222302") { 222_302 } else { refusal.0 };
    if refusal.is_of_the_gateway() {
        let code = if defects.on("gateway-code-as-text") { json!(code.to_string()) } else { json!(code) };
        return json!({ "error_code": code, "error_msg": refusal.message(), "log_id": log_id(defects) });
    }
    let message = match refusal.0 {
        222_001 => refusal.message().to_owned(),
        _ => format!("{} (req {})", refusal.message(), accounts::hex(12)),
    };
    let mut body = around(code, &message, defects);
    if defects.on("refusal-has-a-result") {
        body["result"] = json!({});
    }
    if defects.on("refusal-code-as-text") {
        body["error_code"] = json!(code.to_string());
    }
    body
}

fn around(code: u32, message: &str, defects: &Defects) -> Value {
    let scale = if defects.on("timestamp-in-milliseconds") { 1000 } else { 1 };
    let mut body = json!({
        "error_code": code,
        "error_msg": message,
        "log_id": log_id(defects),
        "timestamp": accounts::now() * scale,
        "cached": 0,
        "result": null,
        "served_by": "f3",
    });
    if defects.on("timestamp-left-out") {
        body.as_object_mut().map(|map| map.remove("timestamp"));
    }
    if defects.on("success-code-as-text") && code == 0 {
        body["error_code"] = json!("0");
    }
    body
}

/// A new number of 10, 13, 18 or 19 digits, as were recorded.
fn log_id(defects: &Defects) -> Value {
    if defects.on("log-id-constant") {
        return json!(1_234_567_890_u64);
    }
    let digits = [10u32, 13, 18, 19][fastrand::usize(..4)];
    let number =
        fastrand::u64(10u64.pow(digits - 1)..10u64.saturating_pow(digits).min(9_999_999_999_999_999_999));
    if defects.on("log-id-as-text") { json!(number.to_string()) } else { json!(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_gateway_is_short() {
        let (status, body) = wrap(Err(Refusal(110)), &Defects::default());
        assert_eq!((status, body["error_code"].as_u64()), (200, Some(110)));
        assert!(body.get("result").is_none());
    }

    #[test]
    fn a_success_without_result_says_null() {
        let (_, body) = wrap(Ok(Value::Null), &Defects::default());
        assert_eq!(body["error_msg"], "SUCCESS");
        assert!(body["result"].is_null() && body.get("result").is_some());
    }
}
