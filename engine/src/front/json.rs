//! JSON that a stranger wrote, read within a budget of values.
//!
//! As values JSON can take a hundred times its bytes in memory; what has more values than any request needs is refused while it is
//! read, before the rest is built.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Values of the largest body: the longest lists that documents allow have some thousand entries.
const MOST_VALUES: usize = 50_000;

/// Reads one JSON value.
///
/// # Errors
/// It is no JSON, has something after it, is nested too deeply, or has too many values.
pub fn read_json(bytes: &[u8]) -> serde_json::Result<Value> {
    let left = Cell::new(MOST_VALUES);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Budget(&left).deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// How many values may still come.
#[derive(Clone, Copy)]
struct Budget<'b>(&'b Cell<usize>);

impl<'de> DeserializeSeed<'de> for Budget<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        let too_many = || D::Error::custom(format_args!("more than {MOST_VALUES} values"));
        self.0.set(self.0.get().checked_sub(1).ok_or_else(too_many)?);
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Budget<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = from.next_element_seed(self)? {
            entries.push(entry);
        }
        Ok(Value::Array(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = from.next_key::<String>()? {
            members.insert(name, from.next_value_seed(self)?);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_has_too_many_values_is_refused_while_it_is_read() {
        let most = format!("[{}0]", "0,".repeat(MOST_VALUES - 2));
        assert!(read_json(most.as_bytes()).is_ok());
        for one_more in [format!("[{}0]", "0,".repeat(MOST_VALUES - 1)), "[{\"\":".repeat(MOST_VALUES)] {
            assert!(read_json(one_more.as_bytes()).is_err());
        }
        let endless = format!("[{}", r#"{"":0},"#.repeat(MOST_VALUES));
        let told = read_json(endless.as_bytes()).unwrap_err().to_string();
        assert!(told.starts_with("more than 50000 values"), "{told}");
    }

    proptest! {
        #[test]
        fn everything_else_is_read_as_ever(text in r#"[\[\]{}",:0-9.eE\\untrfals -]{0,40}"#) {
            let here = read_json(text.as_bytes()).ok();
            prop_assert_eq!(here, serde_json::from_slice::<Value>(text.as_bytes()).ok());
        }
    }
}
