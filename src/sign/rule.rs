//! Fields of the signed text put to other values, as steps write it.

use std::fmt;

/// One field of the signed text put to another value: `e=now-3600`, `f=photo`, `r=` (empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRule {
    /// The field's name.
    pub name: String,
    /// Its value.
    pub value: FieldText,
}

/// The value of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldText {
    /// This text.
    Literal(String),
    /// The time of signing plus so many seconds.
    Now(i64),
}

/// A sentence that describes no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SignatureError(String);

impl FieldRule {
    /// Reads `t=now-7200 e=now-3600 f=photo`: rules separated by single spaces.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, SignatureError> {
        text.split(' ').map(Self::parse).collect()
    }

    fn parse(text: &str) -> Result<Self, SignatureError> {
        let Some((name, value)) = text.split_once('=') else {
            return Err(SignatureError(format!("«{text}» is no rule; write name=value, such as e=now-3600")));
        };
        let value = match value.strip_prefix("now") {
            Some("") => FieldText::Now(0),
            Some(offset) => FieldText::Now(offset.parse().map_err(|_| {
                SignatureError(format!("«{value}» is no time; write now, now+60 or now-3600"))
            })?),
            None => FieldText::Literal(value.to_owned()),
        };
        Ok(Self { name: name.to_owned(), value })
    }
}

/// As [`FieldRule::parse_all`] reads it.
impl fmt::Display for FieldRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.value {
            FieldText::Literal(text) => write!(f, "{name}={text}"),
            FieldText::Now(0) => write!(f, "{name}=now"),
            FieldText::Now(offset) => write!(f, "{name}=now{offset:+}"),
        }
    }
}

impl FieldText {
    /// The value at a time, in seconds since 1970.
    pub fn at(&self, now: i64) -> String {
        match self {
            Self::Literal(text) => text.clone(),
            Self::Now(offset) => (now + offset).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read() {
        let rules = FieldRule::parse_all("e=now-3600 f=a r=").unwrap();
        assert_eq!(rules[0].value.at(10_000), "6400");
        assert_eq!(rules[1].value, FieldText::Literal("a".into()));
        assert_eq!(rules[2].value, FieldText::Literal(String::new()));
        assert!(FieldRule::parse_all("e").unwrap_err().to_string().contains("name=value"));
        assert!(FieldRule::parse_all("e=nowish").is_err());
    }
}
