//! Which code was expected, and whether it came.

use lianpu_corpus::{Code, Dialect};
use serde_json::Value;

use super::{Answer, Check, Finding, judge_envelope, message};
use crate::wire::Reply;

/// The code that is expected of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The row's own code.
    pub code: Code,
    /// Codes that the documents allow instead.
    pub tolerated: Vec<Code>,
    /// Where the code may stand besides the envelope, with the envelope saying success: a JSON pointer in which `*`
    /// stands for every entry.
    pub item: Option<String>,
    /// HTTP statuses with which a gateway may answer in its stead, whatever the body.
    pub statuses: Vec<u16>,
}

/// What the judge says of one answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgement {
    /// What could be read.
    pub answer: Answer,
    /// Whether the code was one of the tolerated ones.
    pub tolerated: bool,
    /// The deviations.
    pub findings: Vec<Finding>,
}

/// Judges one reply: its envelope, and its code's value and JSON type; `strict`: its message as well.
pub fn judge_code(reply: &Reply, expectation: &Expectation, dialect: &Dialect, strict: bool) -> Judgement {
    let mut findings = Vec::new();
    let answer = judge_envelope(reply, dialect, &mut findings);
    if expectation.statuses.contains(&reply.status) {
        // A gateway answers in its own words; where the code is in them all the same, it is the answer.
        let tolerated = answer.code.as_ref() != Some(&expectation.code);
        return Judgement { answer, tolerated, findings: Vec::new() };
    }
    let mut tolerated = false;
    if let Some(code) = answer.code.as_ref().map(|code| by_value(code, dialect)) {
        let success = dialect.envelope().is_some_and(|envelope| envelope.is_success(Some(&code)));
        let in_items = success && item_has(&answer, expectation);
        if code != expectation.code && !in_items {
            tolerated = expectation.tolerated.contains(&code);
            if !tolerated {
                findings.push(Finding::new(Check::Code, expectation.words(), code.to_string()));
            }
        }
    }
    if let (true, Some(body), Some(code)) = (strict, &answer.body, &answer.code) {
        findings.extend(message::judge_exactly(body, code, dialect));
    }
    Judgement { answer, tolerated, findings }
}

/// The code in the JSON type of the dialect's codes: that it came in another has a finding of its own.
pub fn by_value(code: &Code, dialect: &Dialect) -> Code {
    match (code, dialect.envelope().map(|envelope| &envelope.success)) {
        (Code::Text(text), Some(Code::Int(_))) => Code::parse(text),
        (Code::Int(number), Some(Code::Text(_))) => Code::Text(number.to_string()),
        _ => code.clone(),
    }
}

impl Expectation {
    /// The expected codes, the row's own first.
    pub fn codes(&self) -> Vec<Code> {
        std::iter::once(&self.code).chain(&self.tolerated).cloned().collect()
    }

    fn words(&self) -> String {
        let mut words = self.code.to_string();
        if let Some(pointer) = &self.item {
            words.push_str(&format!(" on top or in {pointer}"));
        }
        for code in &self.tolerated {
            words.push_str(&format!(", {code} tolerated"));
        }
        for status in &self.statuses {
            words.push_str(&format!(", HTTP {status} tolerated"));
        }
        words
    }
}

fn item_has(answer: &Answer, expectation: &Expectation) -> bool {
    let (Some(pointer), Some(body)) = (&expectation.item, &answer.body) else { return false };
    super::fields::values_at(body, pointer).iter().any(|value| match (value, &expectation.code) {
        (Value::Number(number), Code::Int(code)) => number.as_i64() == Some(*code),
        (Value::String(text), Code::Text(code)) => text == code,
        _ => false,
    })
}
