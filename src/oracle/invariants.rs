//! What holds for every answer, whatever was sent.
//!
//! In time; a well-formed envelope; a code of the operation's own tables, of the right JSON type, among those predicted;
//! never a success for what must be refused; an error leaves no trace; the same request gives the same answer.

use std::time::Duration;

use lianpu_corpus::{Code, Dialect, Operation};
use serde_json::Value;

use super::prediction::Prediction;
use crate::judge::{Answer, Check, Finding, by_value, judge_envelope, values_at};
use crate::wire::Reply;

/// Judges what came back for a mutant: a reply, or none because the connection was closed.
pub fn judge(
    reply: Option<&Reply>,
    prediction: &Prediction,
    dialect: &Dialect,
    operation: &Operation,
    within: Duration,
) -> (Answer, Vec<Finding>) {
    let Some(reply) = reply else {
        let closed = Finding::new(Check::Transport, prediction.words(dialect), "a closed connection");
        let findings = if prediction.closes { Vec::new() } else { vec![closed] };
        return (Answer::default(), findings);
    };
    let mut findings = Vec::new();
    let answer = judge_envelope(reply, dialect, &mut findings);
    if prediction.statuses.contains(&reply.status) {
        findings.clear(); // a gateway answers in its own words
    } else {
        findings.extend(judge_code(&answer, prediction, dialect, operation));
    }
    if reply.took > within {
        let took = format!("one after {} ms", reply.took.as_millis());
        findings.push(Finding::new(
            Check::Transport,
            format!("an answer in {} ms", within.as_millis()),
            took,
        ));
    }
    (answer, findings)
}

/// Complains of a code that may not answer, and says so where the operation has no such code at all.
fn judge_code(
    answer: &Answer,
    prediction: &Prediction,
    dialect: &Dialect,
    operation: &Operation,
) -> Option<Finding> {
    let code = &by_value(answer.code.as_ref()?, dialect);
    let expected = prediction.words(dialect);
    let success = dialect.envelope().is_some_and(|envelope| envelope.is_success(Some(code)));
    if prediction.allows(code, dialect) {
        return None;
    }
    if success {
        let codes = item_codes(answer, prediction);
        let predicted = codes.iter().any(|code| prediction.allows_in_items(code));
        return (!predicted).then(|| Finding::new(Check::Code, expected, format!("{code}, a success")));
    }
    let known = operation
        .tables
        .iter()
        .any(|table| dialect.table(table).is_some_and(|table| table.row(code).is_some()));
    let actual =
        if known { code.to_string() } else { format!("{code}, which {} never answers", operation.name) };
    Some(Finding::new(Check::Code, expected, actual))
}

/// The codes at single pictures.
fn item_codes(answer: &Answer, prediction: &Prediction) -> Vec<Code> {
    let (Some(pointer), Some(body)) = (&prediction.item, &answer.body) else { return Vec::new() };
    values_at(body, pointer).into_iter().filter_map(code).collect()
}

fn code(value: &Value) -> Option<Code> {
    match value {
        Value::Number(number) => number.as_i64().map(Code::Int),
        Value::String(text) => Some(Code::Text(text.clone())),
        _ => None,
    }
}

/// Complains where an error left a trace: the answers to one question before and after it.
pub fn judge_trace(question: &str, before: &Value, after: &Value, dialect: &Dialect) -> Option<Finding> {
    let (before, after) = (lasting(before, dialect), lasting(after, dialect));
    let expected = || format!("{question} as before: {before}");
    (before != after).then(|| Finding::new(Check::Trace, expected(), after.to_string()))
}

/// Complains where the same request, sent again with nothing changed in between, gets another code.
pub fn judge_again(first: &Answer, second: &Answer) -> Option<Finding> {
    let words = |answer: &Answer| answer.code.as_ref().map_or_else(|| "no code".to_owned(), Code::to_string);
    let expected = || format!("{} again", words(first));
    (first.code != second.code).then(|| Finding::new(Check::Code, expected(), words(second)))
}

/// An answer without what differs between two that say the same.
fn lasting(answer: &Value, dialect: &Dialect) -> Value {
    let mut answer = answer.clone();
    for pointer in dialect.envelope().into_iter().flat_map(|envelope| &envelope.volatile) {
        if let Some(value) = answer.pointer_mut(pointer) {
            value.take();
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use lianpu_corpus::Certainty;
    use serde_json::json;

    use super::*;
    use crate::mutate::Effect;
    use crate::oracle::predict;

    fn dialect() -> &'static Dialect {
        lianpu_corpus::bundled("tencent-ci").unwrap()
    }

    fn findings(operation: &str, effects: &[Effect], status: u16, body: &Value) -> Vec<String> {
        let operation = dialect().operation(operation).unwrap();
        let reply = Reply {
            status,
            content_type: Some("application/json".into()),
            errno: None,
            body: body.to_string().into_bytes(),
            took: Duration::from_millis(5),
        };
        let prediction = predict(dialect(), operation, effects);
        let (_, findings) = judge(Some(&reply), &prediction, dialect(), operation, Duration::from_secs(1));
        findings.iter().map(ToString::to_string).collect()
    }

    fn expired() -> Effect {
        Effect::refused(&["signature-expired"], "", Certainty::Documented)
    }

    fn error(code: i64) -> Value {
        json!({"code": code, "message": "no", "data": {}})
    }

    #[test]
    fn the_predicted_code_is_right_and_every_other_is_a_finding() {
        assert_eq!(findings("getinfo", &[expired()], 400, &error(9)), Vec::<String>::new());
        assert_eq!(findings("getinfo", &[expired()], 200, &error(14)), ["code: expected 9, got 14"]);
        let unknown = findings("getinfo", &[expired()], 200, &error(-9999));
        assert_eq!(unknown, ["code: expected 9, got -9999, which getinfo never answers"]);
    }

    #[test]
    fn a_success_for_a_broken_signature_is_a_finding() {
        let success = json!({"code": 0, "message": "OK", "data": {}});
        assert_eq!(findings("getinfo", &[expired()], 200, &success), ["code: expected 9, got 0, a success"]);
    }

    #[test]
    fn a_code_of_the_wrong_type_is_one_finding_where_its_value_is_right_and_two_where_it_is_wrong() {
        let of = |code: &str| {
            findings("getinfo", &[expired()], 400, &json!({"code": code, "message": "no", "data": {}}))
        };
        assert_eq!(of("9"), ["code-type: expected an integer at /code, got \"9\""]);
        assert_eq!(
            of("14"),
            ["code-type: expected an integer at /code, got \"14\"", "code: expected 9, got 14"]
        );
        assert!(of("0").contains(&"code: expected 9, got 0, a success".to_owned()), "{:?}", of("0"));
    }

    #[test]
    fn one_picture_of_several_may_carry_the_code() {
        let undecodable = Effect::refused(&["picture-undecodable"], "", Certainty::Documented);
        let body = |codes: Value| json!({"code": 0, "message": "OK", "data": {"ret_codes": codes}});
        assert_eq!(
            findings("addface", std::slice::from_ref(&undecodable), 200, &body(json!([0, -1102]))),
            Vec::<String>::new()
        );
        assert_eq!(findings("addface", &[undecodable], 200, &body(json!([0, 0]))).len(), 1);
    }

    #[test]
    fn silence_and_slowness_are_findings() {
        let operation = dialect().operation("getinfo").unwrap();
        let prediction = predict(dialect(), operation, &[]);
        let (_, silent) = judge(None, &prediction, dialect(), operation, Duration::from_secs(1));
        assert_eq!(silent[0].check, Check::Transport);
        let reply = Reply {
            status: 200,
            content_type: Some("application/json".into()),
            errno: None,
            body: br#"{"code":0,"message":"OK","data":{}}"#.to_vec(),
            took: Duration::from_secs(2),
        };
        let (_, slow) = judge(Some(&reply), &prediction, dialect(), operation, Duration::from_secs(1));
        assert_eq!(slow[0].to_string(), "transport: expected an answer in 1000 ms, got one after 2000 ms");
    }

    #[test]
    fn what_differs_in_every_answer_is_no_trace() {
        let answer = |session: &str, faces: u8| json!({"data": {"session_id": session, "faces": faces}});
        assert_eq!(judge_trace("getinfo", &answer("a", 1), &answer("b", 1), dialect()), None);
        assert!(judge_trace("getinfo", &answer("a", 1), &answer("a", 2), dialect()).is_some());
    }
}
