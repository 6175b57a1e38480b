//! A step of a scenario, read from its sentence.

use std::fmt;

use lianpu_corpus::BodyKind;
use serde_json::Value;

use super::pattern::{Part, matched};
use super::vocabulary::VOCABULARY;
use crate::judge::Expected;
use crate::mutate::Mutation;
use crate::portrait::Scene;
use crate::sign::{self, Damage, FieldRule, KeyChoice, Scheme};

/// The keyword a step follows; And and But continue the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// What is there before.
    Given,
    /// What is done.
    When,
    /// What is judged.
    Then,
}

/// One step. The sentences are in [`VOCABULARY`].
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the vocabulary table describes every sentence once")]
pub enum Step {
    Person { person: String, groups: Vec<String>, scene: String },
    Group { group: String },
    GroupDeleted { group: String },
    Faces { person: String, count: usize },
    FacesToLimit { person: String, lacking: usize, limit: String },
    PersonsToLimit { group: String, lacking: usize, limit: String },
    Deleted { person: String },
    Request { operation: String, valid: bool },
    Put { parameter: String, value: Value },
    Leave { parameter: String },
    Unknown { parameter: String },
    Names { parameter: String, named: Named },
    Long { parameter: String, bytes: usize },
    Exceeds { parameter: String, limit: String },
    Shows { parameter: String, scenes: Vec<String> },
    Leads { parameter: String, scene: String, behaviour: String },
    Method(String),
    Header { name: String, value: Option<String> },
    Query { name: String, value: Option<String> },
    Body(String),
    BodyCut,
    Elements(usize),
    BoundaryMissing,
    SentAs(BodyKind),
    SecondAccount,
    SignedBySecond,
    SignatureScheme(&'static dyn Scheme),
    SignatureSays(Vec<FieldRule>),
    SignatureForm(Vec<String>),
    SignatureKey(KeyChoice),
    SignatureDamage(Damage),
    Fault(String),
    Sent,
    SentAgain,
    SentTooFast,
    OperationSent(String),
    Mutated { operation: String, mutations: Vec<Mutation> },
    Foreseen,
    Code(Expected),
    OneCode(Expected),
    Documented,
    ReplyIs { pointer: String, value: Value },
    ReplyRange { pointer: String, least: usize, greatest: usize },
    ReplyOneOf { pointer: String, texts: Vec<String> },
    ReplyEntries { pointer: String, entries: usize },
    ReplyNames { pointer: String, name: String },
    Status(u16),
    NoTrace,
}

/// Things that exist in a scenario under a short name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Persons or groups.
    Things(Vec<String>),
    /// The faces of a person.
    FacesOf(String),
}

/// A sentence that is not in the vocabulary, or not sensible.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// No sentence of the vocabulary matches.
    #[error("no step «{kind} {text}»; the nearest is «{nearest}» (`lianpu list steps` shows all)")]
    Unknown {
        /// The keyword.
        kind: StepKind,
        /// The sentence.
        text: String,
        /// The example of the nearest sentence.
        nearest: &'static str,
    },
    /// The sentence is known, but what fills it is not.
    #[error("«{text}»: {why}")]
    Unusable {
        /// The sentence.
        text: String,
        /// What would be right.
        why: String,
    },
}

impl StepKind {
    /// The keyword in Gherkin.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Given => "Given",
            Self::When => "When",
            Self::Then => "Then",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Step {
    /// Reads a sentence that follows a keyword.
    pub fn parse(kind: StepKind, text: &str) -> Result<Self, StepError> {
        let mut refusal = None;
        for entry in VOCABULARY.iter().filter(|entry| entry.kind == kind) {
            let Some(parts) = matched(entry.pattern, text) else { continue };
            match Self::build(entry.pattern, parts) {
                Ok(step) => return Ok(step),
                Err(why) => refusal = Some(StepError::Unusable { text: text.to_owned(), why }),
            }
        }
        Err(refusal.unwrap_or_else(|| StepError::Unknown {
            kind,
            text: text.to_owned(),
            nearest: nearest(kind, text),
        }))
    }

    fn build(pattern: &'static str, parts: Vec<Part>) -> Result<Self, String> {
        let mut parts = Parts(parts.into_iter());
        let step = match pattern {
            "a person {text} in group {text} with the portrait {text}" => {
                Self::Person { person: parts.text(), groups: vec![parts.text()], scene: scene(parts.text())? }
            }
            "a person {text} in groups {texts} with the portrait {text}" => {
                Self::Person { person: parts.text(), groups: parts.texts(), scene: scene(parts.text())? }
            }
            "a group {text}" => Self::Group { group: parts.text() },
            "group {text} has been deleted" => Self::GroupDeleted { group: parts.text() },
            "person {text} has {number} faces" => Self::Faces { person: parts.text(), count: parts.number() },
            "person {text} lacks {number} faces to the limit {word}" => {
                Self::FacesToLimit { person: parts.text(), lacking: parts.number(), limit: parts.text() }
            }
            "group {text} lacks {number} persons to the limit {word}" => {
                Self::PersonsToLimit { group: parts.text(), lacking: parts.number(), limit: parts.text() }
            }
            "person {text} has been deleted" => Self::Deleted { person: parts.text() },
            "a {word} request" => Self::Request { operation: parts.text(), valid: false },
            "a valid {word} request" => Self::Request { operation: parts.text(), valid: true },
            "its {word} is {json}" => Self::Put { parameter: parts.text(), value: parts.json() },
            "its {word} is absent" => Self::Leave { parameter: parts.text() },
            "its {word} is unknown" => Self::Unknown { parameter: parts.text() },
            "its {word} names {texts}" => {
                Self::Names { parameter: parts.text(), named: Named::Things(parts.texts()) }
            }
            "its {word} names the faces of {text}" => {
                Self::Names { parameter: parts.text(), named: Named::FacesOf(parts.text()) }
            }
            "its {word} is {number} bytes long" => {
                Self::Long { parameter: parts.text(), bytes: parts.number() }
            }
            "its {word} exceeds the limit {word}" => {
                Self::Exceeds { parameter: parts.text(), limit: parts.text() }
            }
            "its {word} shows {texts}" => {
                let parameter = parts.text();
                let scenes = parts.texts().into_iter().map(scene).collect::<Result<_, _>>()?;
                Self::Shows { parameter, scenes }
            }
            "its {word} leads to {text} on an origin that {rest}" => {
                let (parameter, picture) = (parts.text(), scene(parts.text())?);
                Self::Leads { parameter, scene: picture, behaviour: parts.text() }
            }
            "its method is {word}" => Self::Method(parts.text()),
            "its header {word} is absent" => Self::Header { name: parts.text(), value: None },
            "its header {word} is {text}" => Self::Header { name: parts.text(), value: Some(parts.text()) },
            "its query {word} is absent" => Self::Query { name: parts.text(), value: None },
            "its query {word} is {text}" => Self::Query { name: parts.text(), value: Some(parts.text()) },
            "its raw body is {text}" => Self::Body(parts.text()),
            "its body is cut in half" => Self::BodyCut,
            "its body has {number} elements" => Self::Elements(parts.number()),
            "its boundary is missing" => Self::BoundaryMissing,
            "it is sent as {word}" => Self::SentAs(body_kind(&parts.text())?),
            "its account is the second" => Self::SecondAccount,
            "it is signed by the second account" => Self::SignedBySecond,
            "its signature scheme is {word}" => {
                Self::SignatureScheme(sign::scheme(&parts.text()).map_err(|error| error.to_string())?)
            }
            "its signature says {text}" => {
                Self::SignatureSays(FieldRule::parse_all(&parts.text()).map_err(|error| error.to_string())?)
            }
            "its signature has the fields {text}" => {
                Self::SignatureForm(parts.text().split(' ').map(str::to_owned).collect())
            }
            "its signature uses {rest}" => {
                let words = parts.text();
                Self::SignatureKey(
                    KeyChoice::parse(&words)
                        .ok_or_else(|| one_of(KeyChoice::WORDS.map(|(words, _)| words)))?,
                )
            }
            "its signature suffers {rest}" => {
                let words = parts.text();
                Self::SignatureDamage(sign::damage(&words).ok_or_else(|| one_of(sign::damage_words()))?)
            }
            "the fault {text} is asked for" => Self::Fault(parts.text()),
            "it is sent" => Self::Sent,
            "it is sent again" => Self::SentAgain,
            "it is sent faster than its account allows" => Self::SentTooFast,
            "a valid {word} request is sent" => Self::OperationSent(parts.text()),
            "a {word} request is sent with the mutations {json}" => {
                Self::Mutated { operation: parts.text(), mutations: mutations(parts.json())? }
            }
            "the answer is one that the oracle allows" => Self::Foreseen,
            "the code is {rest}" => Self::Code(parts.text().parse()?),
            "one code is {rest}" => Self::OneCode(parts.text().parse()?),
            "the reply is as documented" => Self::Documented,
            "the reply's {word} is {json}" => Self::ReplyIs { pointer: parts.text(), value: parts.json() },
            "the reply's {word} is from {number} to {number}" => {
                Self::ReplyRange { pointer: parts.text(), least: parts.number(), greatest: parts.number() }
            }
            "the reply's {word} is one of {texts}" => {
                Self::ReplyOneOf { pointer: parts.text(), texts: parts.texts() }
            }
            "the reply's {word} has {number} entries" => {
                Self::ReplyEntries { pointer: parts.text(), entries: parts.number() }
            }
            "the reply's {word} names {text}" => {
                Self::ReplyNames { pointer: parts.text(), name: parts.text() }
            }
            "the status is {number}" => {
                Self::Status(u16::try_from(parts.number()).map_err(|_| "no HTTP status".to_owned())?)
            }
            "the error left no trace" => Self::NoTrace,
            other => unreachable!("the vocabulary has «{other}», the reader has not"),
        };
        Ok(step)
    }
}

/// A scene as it was written, once it is known to be one.
fn scene(text: String) -> Result<String, String> {
    Scene::parse(&text).map(|_| text).map_err(|error| error.to_string())
}

/// Mutations of a list; each must be one that there is.
fn mutations(list: Value) -> Result<Vec<Mutation>, String> {
    let Value::Array(list) = list else { return Err("write a list: [{\"mutator\": …}]".to_owned()) };
    let read = |mutation: Value| {
        let text = mutation.to_string();
        serde_json::from_value(mutation).map_err(|_| {
            format!("{text} is no mutation; `lianpu list mutators` shows all with their parameters")
        })
    };
    list.into_iter().map(read).collect()
}

fn body_kind(word: &str) -> Result<BodyKind, String> {
    match word {
        "json" => Ok(BodyKind::Json),
        "multipart" => Ok(BodyKind::Multipart),
        "form" => Ok(BodyKind::Form),
        other => Err(format!("«{other}» is no body kind; write json, form or multipart")),
    }
}

fn one_of(words: impl IntoIterator<Item = &'static str>) -> String {
    format!("write one of: {}", words.into_iter().collect::<Vec<_>>().join("; "))
}

fn nearest(kind: StepKind, text: &str) -> &'static str {
    let of_kind = VOCABULARY.iter().filter(|entry| entry.kind == kind);
    of_kind.min_by_key(|entry| strsim::levenshtein(entry.example, text)).map_or("", |entry| entry.example)
}

/// The parts in order; the pattern says what they are.
struct Parts(std::vec::IntoIter<Part>);

impl Parts {
    fn text(&mut self) -> String {
        match self.0.next() {
            Some(Part::Text(text) | Part::Word(text) | Part::Rest(text)) => text,
            other => unreachable!("a text was due, not {other:?}"),
        }
    }

    fn texts(&mut self) -> Vec<String> {
        match self.0.next() {
            Some(Part::Texts(texts)) => texts,
            other => unreachable!("texts were due, not {other:?}"),
        }
    }

    fn number(&mut self) -> usize {
        match self.0.next() {
            Some(Part::Number(number)) => usize::try_from(number).unwrap_or(usize::MAX),
            other => unreachable!("a number was due, not {other:?}"),
        }
    }

    fn json(&mut self) -> Value {
        match self.0.next() {
            Some(Part::Json(value)) => value,
            other => unreachable!("a JSON value was due, not {other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_vocabulary_is_read_by_its_own_entry_only() {
        for entry in VOCABULARY {
            Step::parse(entry.kind, entry.example)
                .unwrap_or_else(|error| panic!("{}: {error}", entry.pattern));
            let built: Vec<_> = VOCABULARY
                .iter()
                .filter(|other| other.kind == entry.kind)
                .filter_map(|other| {
                    matched(other.pattern, entry.example).map(|parts| Step::build(other.pattern, parts))
                })
                .flatten()
                .collect();
            assert_eq!(built.len(), 1, "«{}» is read by {} entries", entry.example, built.len());
        }
    }

    #[test]
    fn an_unknown_sentence_names_the_nearest() {
        let error = Step::parse(StepKind::When, "it is send").unwrap_err();
        assert!(error.to_string().contains("the nearest is «it is sent»"), "{error}");
    }
}
