//! Whether an error left a trace: one question, answered before and after it.

use lianpu_corpus::{Dialect, Operation};
use serde_json::Value;

use super::{Check, Finding};
use crate::wire::Reply;

/// What the question was answered, without what may differ between two equal answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Trace {
    /// A JSON value.
    Answer(Value),
    /// Something else, or nothing: in words.
    Nothing(String),
}

impl Trace {
    /// What a reply to the question says.
    pub fn of(reply: &Reply, dialect: &Dialect, question: &Operation) -> Self {
        let Ok(mut answer) = serde_json::from_slice::<Value>(&reply.body) else {
            return Self::Nothing(reply.excerpt(120));
        };
        let volatile = dialect.envelope_of(question).into_iter().flat_map(|envelope| &envelope.volatile);
        for pointer in volatile {
            if let Some(value) = answer.pointer_mut(pointer) {
                value.take();
            }
        }
        Self::Answer(answer)
    }

    fn words(&self) -> String {
        match self {
            Self::Answer(answer) => answer.to_string(),
            Self::Nothing(why) => why.clone(),
        }
    }
}

/// Complains where the question is answered otherwise after an error than before it.
pub fn judge_trace(question: &Operation, before: &Trace, after: &Trace) -> Option<Finding> {
    let expected = || format!("{} as before: {}", question.name, before.words());
    (before != after).then(|| Finding::new(Check::Trace, expected(), after.words()))
}
