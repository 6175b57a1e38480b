//! Who asks: a tenant as the named parts that its vendor gives it.
//!
//! Which parts there are, how the vendor calls them and which of them are public is data of the dialect
//! (`[credentials]`); nothing here knows one by name. What a part is for, the signature schemes know. Start with
//! [`Account`].

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One tenant: the documented test account of the bundled engine, or a target's own.
///
/// In TOML and JSON its parts stand beside `disabled` and `requests_per_second`; what is no text is another program's
/// business. Its `Debug` names the parts and shows none of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Account {
    parts: BTreeMap<String, String>,
    /// A further key pair that has been disabled.
    pub disabled: Option<KeyPair>,
    /// The requests a second it may send, where limited.
    pub requests_per_second: Option<u32>,
}

/// A key by itself: its public and its secret half, by name. Its `Debug` shows neither.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyPair(BTreeMap<String, String>);

impl Account {
    /// An account of these parts, by the names under which signature schemes ask for them.
    pub fn of<N: Into<String>, V: Into<String>>(parts: impl IntoIterator<Item = (N, V)>) -> Self {
        let parts = parts.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { parts, ..Self::default() }
    }

    /// A part; empty where the account has none of this name, as of a vendor without buckets.
    pub fn part(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// A part, if the account has it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parts.get(name).map(String::as_str)
    }

    /// Puts a part in place of the one of this name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.parts.insert(name.to_owned(), value.into());
    }

    /// All parts with their names, sorted by name.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The account with each part, also of its disabled key, under the name that is given for it.
    pub(crate) fn renamed(self, name_of: impl Fn(&str) -> String) -> Self {
        let Self { parts, disabled, requests_per_second } = self;
        let renamed = |parts: BTreeMap<String, String>| {
            parts.into_iter().map(|(name, value)| (name_of(&name), value)).collect::<BTreeMap<_, _>>()
        };
        let disabled = disabled.map(|KeyPair(halves)| KeyPair(renamed(halves)));
        Self { parts: renamed(parts), disabled, requests_per_second }
    }
}

impl KeyPair {
    /// A key of these halves.
    pub fn of<N: Into<String>, V: Into<String>>(parts: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(parts.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// A half; empty where there is none of this name.
    pub fn part(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Both halves with their names, sorted by name.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("parts", &self.parts.keys().collect::<Vec<_>>())
            .field("disabled", &self.disabled)
            .field("requests_per_second", &self.requests_per_second)
            .finish()
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in &self.parts {
            map.serialize_entry(name, value)?;
        }
        if let Some(rate) = self.requests_per_second {
            map.serialize_entry("requests_per_second", &rate)?;
        }
        if let Some(disabled) = &self.disabled {
            map.serialize_entry("disabled", disabled)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = Account;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an account: its parts by name")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Account, M::Error> {
                let mut account = Account::default();
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "disabled" => account.disabled = map.next_value()?,
                        "requests_per_second" => account.requests_per_second = map.next_value()?,
                        _ => {
                            if let Told::Text(value) = map.next_value()? {
                                account.parts.insert(name, value);
                            }
                        }
                    }
                }
                Ok(account)
            }
        }
        deserializer.deserialize_map(Parts)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Text(String),
    Other(IgnoredAny),
}
