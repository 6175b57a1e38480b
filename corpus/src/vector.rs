//! A signature computed by someone else, to hold our own against.

use serde::{Deserialize, Serialize};

/// One signature vector. File: `vectors.toml`, one `[[vector]]` each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// Unique in the dialect, such as `VA`.
    pub id: String,
    /// What distinguishes it from the others.
    pub gloss: String,
    /// The secret half of the dummy key it is made with.
    pub secret_key: String,
    /// The scheme's inputs as name and value, in the order of signing. A field that is absent is not signed at all;
    /// an empty one is.
    pub inputs: Vec<(String, String)>,
    /// The text that is signed.
    pub plaintext: String,
    /// The digest of `plaintext` under `secret_key`, in lower-case hexadecimal.
    pub digest: String,
    /// What travels in the request.
    pub sign: String,
}

impl Vector {
    /// The input of this name.
    pub fn input(&self, name: &str) -> Option<&str> {
        self.inputs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
