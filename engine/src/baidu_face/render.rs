//! Outcomes to answers: the business envelope, and the short body of what is found before it.

use std::sync::atomic::{AtomicU64, Ordering};

use lianpu_corpus::{Code, Dialect};
use serde_json::Value;

use super::condition::Condition;
use super::names::NAME;
use crate::front::{Answer, SetupError};

/// The tables that carry the conditions. The codes of the second are found before the business is reached.
const TABLES: [&str; 3] = ["face", COMMON, "identity"];
const COMMON: &str = "common";

/// Why a request was refused, and the parameter that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) condition: Condition,
    pub(super) field: Option<&'static str>,
}

impl From<Condition> for Refusal {
    fn from(condition: Condition) -> Self {
        Self { condition, field: None }
    }
}

/// What an operation comes to: the answer's `result`.
pub(super) type OperationOutcome = Result<Value, Refusal>;

/// The rows of the conditions, and what is needed beside them.
#[derive(Debug)]
pub(super) struct Answers {
    rows: Vec<Row>,
    names_fields: bool,
    next_log_id: AtomicU64,
}

#[derive(Debug)]
struct Row {
    code: i64,
    message: String,
    short: bool,
}

impl Answers {
    /// The rows of every condition. `names_fields` puts the name of a missing parameter into the message's brackets.
    pub(super) fn new(dialect: &Dialect, names_fields: bool) -> Result<Self, SetupError> {
        let rows = Condition::ALL.iter().map(|condition| row(dialect, *condition));
        Ok(Self { rows: rows.collect::<Result<_, _>>()?, names_fields, next_log_id: AtomicU64::new(start()) })
    }

    /// The whole answer at a time in seconds since 1970.
    pub(super) fn answer(&self, outcome: &OperationOutcome, now: u64) -> Answer {
        match outcome {
            Ok(result) => self.envelope(0, "SUCCESS", now, result),
            Err(Refusal { condition, field }) => {
                let row = &self.rows[*condition as usize];
                let message = match field.filter(|_| self.names_fields) {
                    Some(field) => row.message.replacen("[]", &format!("[{field}]"), 1),
                    None => row.message.clone(),
                };
                if row.short {
                    let message = Value::from(message);
                    let body = format!(r#"{{"error_code":{},"error_msg":{message}}}"#, row.code);
                    return Answer::json(200, body);
                }
                self.envelope(row.code, &message, now, &Value::Null)
            }
        }
    }

    /// The code of a condition.
    pub(super) fn code(&self, condition: Condition) -> i64 {
        self.rows[condition as usize].code
    }

    /// The key order is the recorded one.
    fn envelope(&self, code: i64, message: &str, now: u64, result: &Value) -> Answer {
        let message = Value::from(message);
        let log_id = self.next_log_id.fetch_add(1, Ordering::Relaxed);
        let body = format!(
            r#"{{"error_code":{code},"error_msg":{message},"log_id":{log_id},"timestamp":{now},"cached":0,"result":{result}}}"#
        );
        Answer::json(200, body)
    }
}

fn row(dialect: &Dialect, condition: Condition) -> Result<Row, SetupError> {
    let found = TABLES.iter().find_map(|id| {
        let row = dialect.table(id)?.row_for(condition.as_str())?;
        Some((*id == COMMON, row))
    });
    let missing = || SetupError::NoRow { dialect: NAME, condition: condition.as_str() };
    let (short, row) = found.ok_or_else(missing)?;
    let Code::Int(code) = row.code else { return Err(missing()) };
    Ok(Row { code, message: row.message.clone().unwrap_or_else(|| row.gloss.clone()), short })
}

/// Log ids rise by one from a random start; recorded ones have up to 19 digits and exceed 2^53.
fn start() -> u64 {
    const LEAST: u64 = 1_000_000_000_000_000_000;
    let mut bytes = [0; 8];
    if getrandom::fill(&mut bytes).is_err() {
        tracing::warn!("no randomness from the system: log ids start from the least one");
    }
    LEAST + u64::from_le_bytes(bytes) % LEAST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(names_fields: bool) -> Answers {
        Answers::new(lianpu_corpus::bundled("baidu-face").expect("bundled"), names_fields).expect("rows")
    }

    fn text(answer: &Answer) -> String {
        String::from_utf8(answer.body.to_vec()).expect("text")
    }

    #[test]
    fn every_condition_has_a_row_and_every_row_of_faces_a_condition() {
        answers(true);
        let table = lianpu_corpus::bundled("baidu-face").expect("bundled").table("face").expect("the table");
        for row in &table.rows {
            let word = row.condition.as_deref().expect("a condition");
            assert!(Condition::ALL.iter().any(|condition| condition.as_str() == word), "{word}");
        }
    }

    #[test]
    fn a_business_answer_has_the_envelope_in_the_recorded_order() {
        let answer = text(&answers(true).answer(&Ok(Value::Null), 1_700_000_000));
        assert!(answer.starts_with(r#"{"error_code":0,"error_msg":"SUCCESS","log_id":1"#), "{answer}");
        assert!(answer.ends_with(r#","timestamp":1700000000,"cached":0,"result":null}"#), "{answer}");
    }

    #[test]
    fn what_is_found_before_the_business_has_a_short_body() {
        let answer = answers(true).answer(&Err(Condition::TokenUnknown.into()), 1);
        let body = r#"{"error_code":110,"error_msg":"Access token invalid or no longer valid"}"#;
        assert_eq!((answer.status.as_u16(), text(&answer).as_str()), (200, body));
    }

    #[test]
    fn a_missing_parameter_is_named_unless_the_template_is_wanted() {
        let missing = Err(Refusal { condition: Condition::ParameterEmpty, field: Some("image") });
        assert!(text(&answers(true).answer(&missing, 1)).contains(r#""param[image] is null""#));
        assert!(text(&answers(false).answer(&missing, 1)).contains(r#""param[] is null""#));
    }
}
