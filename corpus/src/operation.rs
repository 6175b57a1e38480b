//! One endpoint: method, host, path, parameters, limits and reply fields, as the vendor's tables state them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Certainty;
use crate::selector::Selector;

/// One endpoint of a dialect. File: `operations.toml`, one `[[operation]]` each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The vendor's short name, unique in the dialect, such as `newperson`.
    pub name: String,
    /// The HTTP method.
    pub method: String,
    /// The host it is sent to, where that is not the dialect's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The path, such as `/face/newperson`.
    pub path: String,
    /// What tells it from other operations with this method, host and path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<Selector>,
    /// Headers that every request of it has, such as `X-TC-Version`; that of its selector need not stand here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The vendor's heading.
    pub title: String,
    /// Our English rendering of what it does.
    pub gloss: String,
    /// The tables whose codes it may answer.
    pub tables: Vec<String>,
    /// Which of the dialect's `[envelopes]` its answers have; absent: the one that all its tables name, else the dialect's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<String>,
    /// The body kinds it takes; the first is the one used unless a picture is sent as bytes.
    pub bodies: Vec<BodyKind>,
    /// The body is a list of so many objects, each with all of the parameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elements: Option<usize>,
    /// Whether it changes state.
    #[serde(default)]
    pub changes: bool,
    /// The limit that says for how many seconds an answer may lack what was changed before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<String>,
    /// How to see whether an error left a trace: what to ask before and after.
    #[serde(default, rename = "probe")]
    pub probes: Vec<Probe>,
    /// What a target must have to answer it with success, such as `face-nets`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// How well the endpoint is founded.
    pub certainty: Certainty,
    /// Where it is described: the seed's file and line, or the fact's section.
    pub source: String,
    /// The parameters in the document's order.
    #[serde(default, rename = "parameter")]
    pub parameters: Vec<Parameter>,
    /// The fields of a successful answer.
    #[serde(default, rename = "reply")]
    pub replies: Vec<Reply>,
}

/// How a request carries its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// `application/json`, one object.
    Json,
    /// `multipart/form-data`.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    Form,
}

/// One parameter of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The type the document gives.
    #[serde(rename = "type")]
    pub kind: ParameterType,
    /// Whether the document demands it.
    #[serde(default)]
    pub required: bool,
    /// What a valid request puts there: a word of the dialect's resources such as `person`, `fresh-person` or `faces`,
    /// `portrait` or `portraits`, a public part of the account such as `appid`, or `=<JSON>` for a literal. Absent: left out
    /// of a valid request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<String>,
    /// A parameter that may stand in its place, such as `url` for `image`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// The least and greatest integer allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<[i64; 2]>,
    /// The values allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<toml::Value>,
    /// The greatest length in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// The greatest number of entries of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_entries: Option<usize>,
    /// The characters allowed: `word` for ASCII letters, digits and the underscore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Values that must be refused besides, as TOML values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<toml::Value>,
    /// A length in bytes that must be refused whichever of the documents' limits holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_length: Option<usize>,
    /// The condition of the row that refuses a wrong value, where the parameter has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// The conditions of the rows that may refuse it instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusal_or: Vec<String>,
    /// Whether a number beyond the range, or a text nobody knows, may also be taken as if it were a right one; of a
    /// parameter that is itself inferred, any value.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lenient: bool,
    /// Our English rendering.
    pub gloss: String,
    /// How well the parameter is founded.
    pub certainty: Certainty,
}

/// The type of a parameter as a document gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterType {
    /// Text.
    String,
    /// A list of texts.
    Strings,
    /// A whole number.
    Integer,
    /// A whole number, or its digits as text.
    Digits,
    /// Any number.
    Number,
    /// true or false.
    Boolean,
    /// An object, as JSON.
    Object,
    /// The bytes of one picture.
    Picture,
    /// The bytes of several pictures.
    Pictures,
    /// The address of one picture.
    Url,
    /// The addresses of several pictures.
    Urls,
}

/// A question that shows whether an error left a trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// The operation to ask.
    pub operation: String,
    /// The parameters to copy from the judged request, each as `name` or `name = other`.
    pub with: Vec<String>,
}

/// One field of a successful answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Where it stands: a JSON pointer; `*` stands for every entry of a list.
    pub pointer: String,
    /// The type the document gives.
    #[serde(rename = "type")]
    pub kind: ReplyType,
    /// Another type that it has where a parameter says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub or: Option<ReplyType>,
    /// The least and greatest number allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<[f64; 2]>,
    /// The exact number of entries of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries: Option<usize>,
    /// The greatest number of entries of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_entries: Option<usize>,
    /// Whether the field may be absent.
    #[serde(default)]
    pub optional: bool,
    /// Our English rendering.
    pub gloss: String,
    /// How well the field is founded.
    pub certainty: Certainty,
}

/// The JSON type of a reply field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyType {
    /// A string.
    String,
    /// A list of strings.
    Strings,
    /// A number without a fraction.
    Integer,
    /// A list of such numbers.
    Integers,
    /// Any number.
    Number,
    /// true or false.
    Boolean,
    /// An object.
    Object,
    /// A list of objects.
    Objects,
    /// null.
    Null,
}

impl Operation {
    /// The headers that every request of it has besides those of its body and its signature.
    pub fn fixed_headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let selecting = self.selector.as_ref().and_then(Selector::as_header);
        own.chain(selecting)
    }

    /// The parameters of the query that every request of it has.
    pub fn fixed_query(&self) -> impl Iterator<Item = (&str, &str)> {
        self.selector.as_ref().and_then(Selector::as_query).into_iter()
    }

    /// The texts in the body that every request of it has.
    pub fn fixed_fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.selector.as_ref().and_then(Selector::as_field).into_iter()
    }

    /// The parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The first parameter that carries a picture's bytes.
    pub fn picture(&self) -> Option<&Parameter> {
        self.parameters.iter().find(|p| matches!(p.kind, ParameterType::Picture | ParameterType::Pictures))
    }
}
