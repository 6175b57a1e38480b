//! Outcomes to answers: the envelope, the rows and the HTTP statuses.

use lianpu_corpus::{Code, Envelope, Row, Table};
use serde::Serialize;

use super::condition::Condition;
use super::names::NAME;
use crate::front::{Answer, SetupError};
use crate::gallery::GalleryError;

/// The `data` of an answer: compact JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Data(String);

/// Why a request was refused, and what the answer's `data` still says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) condition: Condition,
    pub(crate) data: Data,
}

/// What an operation comes to.
pub(crate) type OperationOutcome = Result<Data, Refusal>;

/// Every answer's fixed part, made once.
#[derive(Debug)]
pub(super) struct Answers {
    success_code: Code,
    success: String,
    rows: Vec<(Condition, Code, String)>,
}

impl Data {
    pub(super) fn of(value: &impl Serialize) -> Result<Self, Condition> {
        serde_json::to_string(value).map(Self).map_err(|error| {
            tracing::error!(%error, "an answer cannot be written");
            Condition::InternalError
        })
    }
}

impl Default for Data {
    /// An empty object.
    fn default() -> Self {
        Self("{}".to_owned())
    }
}

impl From<Condition> for Refusal {
    fn from(condition: Condition) -> Self {
        Self { condition, data: Data::default() }
    }
}

impl From<GalleryError> for Refusal {
    fn from(error: GalleryError) -> Self {
        Condition::from(error).into()
    }
}

impl Answers {
    pub(super) fn new(table: &Table, envelope: &Envelope) -> Result<Self, SetupError> {
        let message = envelope.success_messages.first().map_or("OK", String::as_str);
        let rows = Condition::ALL.iter().map(|condition| {
            let row = table.row_for(condition.as_str());
            let row = row.ok_or(SetupError::NoRow { dialect: NAME, condition: condition.as_str() })?;
            Ok((*condition, row.code.clone(), head(&row.code, &message_of(row))))
        });
        Ok(Self {
            success_code: envelope.success_row(),
            success: head(&envelope.success_row(), message),
            rows: rows.collect::<Result<_, SetupError>>()?,
        })
    }

    /// The code of a success.
    pub(super) fn success_code(&self) -> &Code {
        &self.success_code
    }

    /// The code of a condition, for lists of codes in `data`.
    pub(super) fn code(&self, condition: Condition) -> &Code {
        &self.row(condition).1
    }

    pub(super) fn answer(&self, outcome: &OperationOutcome) -> Answer {
        match outcome {
            Ok(data) => Answer::json(200, format!("{}{}}}", self.success, data.0)),
            Err(refusal) => self.refusal(refusal),
        }
    }

    pub(super) fn refusal(&self, refusal: &Refusal) -> Answer {
        let (_, _, head) = self.row(refusal.condition);
        Answer::json(status(refusal.condition), format!("{head}{}}}", refusal.data.0))
    }

    /// The rows stand in the order of the conditions.
    fn row(&self, condition: Condition) -> &(Condition, Code, String) {
        &self.rows[condition as usize]
    }
}

/// Everything before `data`. Key order and compactness as recorded.
fn head(code: &Code, message: &str) -> String {
    let code = match code {
        Code::Int(code) => code.to_string(),
        Code::Text(code) => json_text(code),
    };
    format!(r#"{{"code":{code},"message":{},"data":"#, json_text(message))
}

fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn message_of(row: &Row) -> String {
    row.message.clone().unwrap_or_else(|| row.gloss.clone())
}

/// 400 for what is found before an operation begins, as recorded; 200 for what an operation finds.
fn status(condition: Condition) -> u16 {
    match condition {
        Condition::BadRequest
        | Condition::BodyTooLarge
        | Condition::SignatureEmpty
        | Condition::SignatureMalformed
        | Condition::SignatureTargetMismatch
        | Condition::SignatureExpired
        | Condition::SignatureReplayed
        | Condition::SignatureWrong
        | Condition::AppidUnknown
        | Condition::SecretIdUnknown
        | Condition::SecretIdOfOtherAppid
        | Condition::BucketUnknown
        | Condition::RateExceeded
        | Condition::AuthServiceError
        | Condition::AuthServiceUnavailable => 400,
        _ => 200,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Answers {
        let dialect = lianpu_corpus::bundled("tencent-ci").expect("bundled");
        let envelope = dialect.manifest.envelope.as_ref().expect("an envelope");
        Answers::new(dialect.table("face").expect("the table"), envelope).expect("a row for every condition")
    }

    #[test]
    fn every_condition_has_a_row_and_every_row_a_condition() {
        let dialect = lianpu_corpus::bundled("tencent-ci").expect("bundled");
        let table = dialect.table("face").expect("the table");
        for condition in Condition::ALL {
            assert!(table.row_for(condition.as_str()).is_some(), "no row for {condition}");
        }
        for row in &table.rows {
            let word = row.condition.as_deref().expect("a condition");
            assert!(
                Condition::ALL.iter().any(|condition| condition.as_str() == word),
                "{word} is never answered"
            );
        }
    }

    #[test]
    fn an_answer_is_compact_and_in_the_recorded_order() {
        let answers = answers();
        let data = Data::of(&serde_json::json!({ "session_id": "" })).expect("plain JSON");
        let success = answers.answer(&Ok(data));
        assert_eq!(success.body, r#"{"code":0,"message":"OK","data":{"session_id":""}}"#);
        let refused = answers.refusal(&Condition::SignatureEmpty.into());
        assert_eq!(refused.body, r#"{"code":4,"message":"has no sign or sign is empty","data":{}}"#);
        assert_eq!(refused.status, 400);
    }

    #[test]
    fn no_refusal_carries_a_message_of_success() {
        let dialect = lianpu_corpus::bundled("tencent-ci").expect("bundled");
        let successes = &dialect.manifest.envelope.as_ref().expect("an envelope").success_messages;
        for condition in Condition::ALL {
            let body = answers().refusal(&(*condition).into()).body;
            let body: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
            let message = body["message"].as_str().expect("a text");
            assert!(
                !message.is_empty() && !successes.iter().any(|success| success == message),
                "{condition}"
            );
        }
    }
}
