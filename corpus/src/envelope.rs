//! The shape of answers: where the code stands, what says success, and what else every answer has.
//!
//! A dialect has one envelope for all its answers, and may name further ones for single tables or operations. Data only:
//! the harness reads and judges answers by it. Start with [`Envelope`].

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Certainty, Code, ReplyType};

/// The shape of answers: `[envelope]` of a dialect, or one of its `[envelopes.<name>]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Where the code stands; of several places the first that has one.
    pub code: CodePlaces,
    /// The JSON type of codes. Absent: that of `success`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_type: Option<CodeType>,
    /// JSON pointer to the message. Absent: answers have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The answers that have a message.
    #[serde(default, skip_serializing_if = "Occasion::is_any")]
    pub message_on: Occasion,
    /// The code of a success. Absent: a success has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<Code>,
    /// Whether an answer without a code is a success, where its status is one of a success.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub success_without_code: bool,
    /// The messages that mean success; an error must not carry one.
    #[serde(default)]
    pub success_messages: Vec<String>,
    /// HTTP statuses allowed with a success; none: the documents do not say.
    #[serde(default)]
    pub success_statuses: Vec<u16>,
    /// HTTP statuses allowed with an error; none: the documents do not say.
    #[serde(default)]
    pub error_statuses: Vec<u16>,
    /// Content types allowed, without parameters; `image/*` stands for every kind of picture. Where the body is bytes, they
    /// are those of a success.
    pub content_types: Vec<String>,
    /// What the body is.
    #[serde(default, skip_serializing_if = "BodyForm::is_json")]
    pub body: BodyForm,
    /// What else stands in every answer, but for those of bare tables.
    #[serde(default, rename = "field", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<EnvelopeField>,
    /// The headers of every answer, but for those of bare tables.
    #[serde(default, rename = "header", skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<EnvelopeHeader>,
    /// JSON pointers to what differs between two answers that say the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volatile: Vec<String>,
}

/// Where codes stand: `"/code"`, `{ header = "X-ErrNo" }`, or a list of such places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a JSON pointer, { header = \"X-Name\" }, or a list of such places")]
pub enum CodePlaces {
    /// One place.
    One(CodePlace),
    /// Several; the first that has a code counts.
    Several(Vec<CodePlace>),
}

/// One place of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CodePlace {
    /// In the JSON body: a JSON pointer.
    Pointer(String),
    /// In a header.
    Header(HeaderName),
}

/// `{ header = "X-ErrNo" }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeaderName {
    /// The header's name, in any case.
    pub header: String,
}

/// The JSON type of codes; in a header, how its text reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeType {
    /// Whole numbers, such as `-1302`.
    Integer,
    /// Texts, such as `FailedOperation.CompareFail`.
    Text,
}

/// What bodies are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyForm {
    /// One JSON object.
    #[default]
    Json,
    /// Any bytes, such as those of a picture. Where they are a JSON object, a code may stand in it.
    Bytes,
}

/// One more field of every answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeField {
    /// Where it stands: a JSON pointer.
    pub pointer: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ReplyType,
    /// The answers it stands in.
    #[serde(default)]
    pub on: Occasion,
    /// Our English rendering.
    pub gloss: String,
    /// How well it is founded.
    pub certainty: Certainty,
}

/// One header of every answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeHeader {
    /// Its name, in any case.
    pub name: String,
    /// The values allowed; none: any text that is not empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<String>,
    /// The answers that have it.
    #[serde(default)]
    pub on: Occasion,
    /// Our English rendering.
    pub gloss: String,
    /// How well it is founded.
    pub certainty: Certainty,
}

/// Which answers are meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// All.
    #[default]
    Any,
    /// Successes.
    Success,
    /// Errors.
    Error,
}

impl Envelope {
    /// The JSON type of codes.
    pub fn code_type(&self) -> CodeType {
        match (&self.code_type, &self.success) {
            (Some(told), _) => *told,
            (None, Some(Code::Text(_))) => CodeType::Text,
            (None, _) => CodeType::Integer,
        }
    }

    /// Whether this code says success; what has no code is judged by its status too.
    pub fn is_success(&self, code: &Code) -> bool {
        self.success.as_ref() == Some(code)
    }

    /// The code by which recipes and ids name a success: its own, or `none` where a success has no code.
    pub fn success_row(&self) -> Code {
        self.success.clone().unwrap_or_else(|| Code::Text("none".to_owned()))
    }

    /// Whether an answer with this status and without a code is a success.
    pub fn is_success_without_code(&self, status: u16) -> bool {
        let fits = match self.success_statuses.as_slice() {
            [] => status < 400,
            allowed => allowed.contains(&status),
        };
        self.success_without_code && fits
    }

    /// The HTTP statuses allowed with a success or with an error; none: any.
    pub fn statuses(&self, success: bool) -> &[u16] {
        if success { &self.success_statuses } else { &self.error_statuses }
    }
}

impl CodePlaces {
    /// The places, from the first to the last.
    pub fn all(&self) -> &[CodePlace] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Several(places) => places,
        }
    }
}

impl fmt::Display for CodePlaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, place) in self.all().iter().enumerate() {
            let between = if index == 0 { "" } else { " or " };
            match place {
                CodePlace::Pointer(pointer) => write!(f, "{between}{pointer}")?,
                CodePlace::Header(HeaderName { header }) => write!(f, "{between}the header {header}")?,
            }
        }
        Ok(())
    }
}

impl Occasion {
    /// Whether such an answer is meant.
    pub const fn includes(self, success: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Success => success,
            Self::Error => !success,
        }
    }

    /// Whether all are meant.
    pub const fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }
}

impl BodyForm {
    /// Whether it is one JSON object.
    pub const fn is_json(&self) -> bool {
        matches!(self, Self::Json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: &str) -> Result<Envelope, String> {
        let text = format!("code = {code}\nsuccess_without_code = true\ncontent_types = []\n");
        toml::from_str(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_code_stands_at_a_pointer_in_a_header_or_at_several_places() {
        assert_eq!(read("\"/code\"").unwrap().code.to_string(), "/code");
        assert_eq!(read("{ header = \"X-ErrNo\" }").unwrap().code.to_string(), "the header X-ErrNo");
        let several = read("[\"/Response/Error/Code\", { header = \"X-A\" }]").unwrap();
        assert_eq!(several.code.to_string(), "/Response/Error/Code or the header X-A");
        for wrong in ["3", "{ heder = \"X\" }"] {
            let error = read(wrong).unwrap_err();
            assert!(error.contains("a JSON pointer, { header = \"X-Name\" }"), "{error}");
        }
    }

    #[test]
    fn without_a_code_the_status_says_whether_it_is_a_success() {
        let mut envelope = read("\"/code\"").unwrap();
        assert!(envelope.is_success_without_code(206) && !envelope.is_success_without_code(404));
        envelope.success_statuses = vec![200];
        assert!(envelope.is_success_without_code(200) && !envelope.is_success_without_code(206));
        envelope.success_without_code = false;
        assert!(!envelope.is_success_without_code(200));
    }
}
