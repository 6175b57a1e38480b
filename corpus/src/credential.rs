//! One part of a dialect's accounts, as its data declare it.

use std::fmt;

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

/// One part of a dialect's accounts, as `[credentials]` declares it: `secret_id = "api_key"`, or
/// `bucket = { word = "bucket", public = true, optional = true }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// How the vendor calls it.
    pub word: String,
    /// Whether everybody may see it. Absent: `appid` and `bucket` are public, every other part is a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public: Option<bool>,
    /// Whether an account that is handed over as JSON may be without it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

impl<'de> Deserialize<'de> for Credential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Full {
            word: String,
            public: Option<bool>,
            #[serde(default)]
            optional: bool,
        }
        struct WordOrFull;
        impl<'de> Visitor<'de> for WordOrFull {
            type Value = Credential;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the vendor's word, or { word, public, optional }")
            }

            fn visit_str<E>(self, word: &str) -> Result<Credential, E> {
                Ok(Credential { word: word.to_owned(), public: None, optional: false })
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Credential, M::Error> {
                let Full { word, public, optional } = Full::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Credential { word, public, optional })
            }
        }
        deserializer.deserialize_any(WordOrFull)
    }
}
