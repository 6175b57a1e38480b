//! What tells an operation from others with the same method, host and path.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where a request names its operation, and by what text: `{ header = "X-TC-Action", is = "DetectAuth" }`,
/// `{ query = "Action", is = "DetectAuth" }` or `{ field = "action", is = "detect" }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    place: Place,
    is: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// A header, in any case.
    Header(String),
    /// A parameter of the query.
    Query(String),
    /// A parameter of the body.
    Field(String),
}

impl Selector {
    /// The header that names the operation, and its value.
    pub fn as_header(&self) -> Option<(&str, &str)> {
        let Place::Header(name) = &self.place else { return None };
        Some((name, &self.is))
    }

    /// The parameter of the query that names the operation, and its value.
    pub fn as_query(&self) -> Option<(&str, &str)> {
        let Place::Query(name) = &self.place else { return None };
        Some((name, &self.is))
    }

    /// The parameter of the body that names the operation, and its value.
    pub fn as_field(&self) -> Option<(&str, &str)> {
        let Place::Field(name) = &self.place else { return None };
        Some((name, &self.is))
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            // Headers are the same in any case, and two selectors are compared as they are written.
            Place::Header(name) => write!(f, "header {} = {}", name.to_ascii_lowercase(), self.is),
            Place::Query(name) => write!(f, "query {name} = {}", self.is),
            Place::Field(name) => write!(f, "field {name} = {}", self.is),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    is: String,
}

impl Serialize for Selector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = Written { header: None, query: None, field: None, is: self.is.clone() };
        match self.place.clone() {
            Place::Header(name) => written.header = Some(name),
            Place::Query(name) => written.query = Some(name),
            Place::Field(name) => written.field = Some(name),
        }
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { header, query, field, is } = Written::deserialize(deserializer)?;
        let mut places = [header.map(Place::Header), query.map(Place::Query), field.map(Place::Field)]
            .into_iter()
            .flatten();
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(Self { place, is }),
            _ => Err(D::Error::custom("a selector has one of `header`, `query` and `field`, beside `is`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Selector, String> {
        #[derive(Deserialize)]
        struct Holder {
            selector: Selector,
        }
        let holder: Result<Holder, _> = toml::from_str(&format!("selector = {text}"));
        holder.map(|holder| holder.selector).map_err(|error| error.to_string())
    }

    #[test]
    fn a_selector_has_one_place_and_one_text() {
        let header = read("{ header = \"X-TC-Action\", is = \"DetectAuth\" }").unwrap();
        assert_eq!(header.as_header(), Some(("X-TC-Action", "DetectAuth")));
        assert_eq!((header.as_query(), header.as_field()), (None, None));
        assert_eq!(header, read(&toml::Value::try_from(&header).unwrap().to_string()).unwrap());
        assert_eq!(
            header.to_string(),
            read("{ header = \"x-tc-action\", is = \"DetectAuth\" }").unwrap().to_string()
        );
        for wrong in ["{ is = \"a\" }", "{ header = \"a\", query = \"b\", is = \"c\" }"] {
            assert!(read(wrong).unwrap_err().contains("one of `header`, `query` and `field`"));
        }
        assert!(read("{ heder = \"a\", is = \"c\" }").unwrap_err().contains("unknown field `heder`"));
    }
}
