//! What may answer.

use lianpu_corpus::{Certainty, Code, Dialect};
use serde::Serialize;

/// The answers that are right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prediction {
    /// The codes that may answer, each with its reason.
    pub answers: Vec<Allowed>,
    /// Whether a success is right.
    pub success: bool,
    /// Where a success may carry a code for one of several pictures: a JSON pointer in which `*` stands for every entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// HTTP statuses with which a gateway may answer instead, whatever the body.
    pub statuses: Vec<u16>,
    /// Whether the connection may be closed without an answer.
    pub closes: bool,
}

/// One code that may answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allowed {
    /// The code.
    pub code: Code,
    /// Why.
    pub rule: String,
    /// How well that is founded.
    pub certainty: Certainty,
    /// Whether it may stand at one of several pictures, in an answer that is a success as a whole.
    pub in_items: bool,
}

impl Prediction {
    /// Whether this code may answer; the dialect's success code where a success is right.
    pub fn allows(&self, code: &Code, dialect: &Dialect) -> bool {
        let success = dialect.envelope().is_some_and(|envelope| envelope.is_success(Some(code)));
        (success && self.success) || self.answers.iter().any(|allowed| allowed.code == *code)
    }

    /// Whether the code may stand at one of several pictures.
    pub fn allows_in_items(&self, code: &Code) -> bool {
        self.answers.iter().any(|allowed| allowed.in_items && allowed.code == *code)
    }

    /// Whether every right answer is a refusal or none at all.
    pub fn refuses(&self) -> bool {
        !self.success && !self.answers.iter().any(|allowed| allowed.in_items && self.item.is_some())
    }

    /// What is expected, in words: `14, 5 or HTTP 400`.
    pub fn words(&self, dialect: &Dialect) -> String {
        let success =
            dialect.envelope().filter(|_| self.success).map(|envelope| envelope.success.to_string());
        let mut words: Vec<_> = success.into_iter().collect();
        words.extend(self.answers.iter().map(|allowed| allowed.code.to_string()));
        words.extend(self.statuses.iter().map(|status| format!("HTTP {status}")));
        words.extend(self.closes.then(|| "a closed connection".to_owned()));
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => "no answer that is known".to_owned(),
        }
    }
}
