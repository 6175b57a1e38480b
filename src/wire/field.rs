//! What a body carries: parameters by their names, and files.

use std::sync::Arc;

use serde_json::Value;

/// One parameter as it will be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// What is sent.
    pub value: FieldValue,
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    /// A JSON value. In multipart a text goes as it is, a number as text, a list as `name[0]`, `name[1]` …
    Json(Value),
    /// The bytes of one file.
    File(Arc<File>),
    /// The bytes of several files, sent as `name[0]`, `name[1]` …
    Files(Vec<Arc<File>>),
}

/// A file to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, such as `anna.jpg`.
    pub name: String,
    /// Its media type, such as `image/jpeg`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
