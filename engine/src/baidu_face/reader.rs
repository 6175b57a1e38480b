//! Reads parameters with their types, forms and ranges.
//!
//! All parameters of an operation are read before the first fault is told, so that a missing one comes before a malformed
//! one whatever their order; among faults of one kind the first read counts, so operations read in the documents' order.
//! Numbers may come as texts. After a fault the value read is of no use; [`Reader::finish`] must be asked before any is
//! used. What is special to one kind of parameter stands in `values`.

use serde_json::{Map, Value};

use super::condition::Condition;
use super::render::Refusal;
use super::settings::Settings;

/// Reads the parameters of one request, or of one element of a list.
pub(super) struct Reader<'a> {
    fields: &'a Map<String, Value>,
    pub(super) settings: &'a Settings,
    /// Whether the names of older texts are read too, as a private deployment does.
    pub(super) reads_old_names: bool,
    missing: Option<&'static str>,
    malformed: Option<Condition>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(fields: &'a Map<String, Value>, settings: &'a Settings, reads_old_names: bool) -> Self {
        Self { fields, settings, reads_old_names, missing: None, malformed: None }
    }

    /// Whether all that was read is in order.
    pub(super) fn finish(self) -> Result<(), Refusal> {
        if let Some(field) = self.missing {
            return Err(Refusal { condition: Condition::ParameterEmpty, field: Some(field) });
        }
        self.malformed.map_or(Ok(()), |condition| Err(condition.into()))
    }

    /// What stands under a name; JSON `null` and an empty text are not given at all.
    pub(super) fn given(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// What stands under a name that must be given.
    pub(super) fn required(&mut self, name: &'static str) -> Option<&'a Value> {
        let given = self.given(name);
        if given.is_none() {
            self.miss(name);
        }
        given
    }

    /// Notes that a required parameter is absent.
    pub(super) fn miss(&mut self, name: &'static str) {
        self.missing = self.missing.or(Some(name));
    }

    /// Notes that a parameter is malformed.
    pub(super) fn refuse(&mut self, condition: Condition) {
        self.malformed = self.malformed.or(Some(condition));
    }

    /// A text that passes a check; `None`, and noted, where it is none or fails.
    pub(super) fn checked(
        &mut self,
        value: Option<&Value>,
        malformed: Condition,
        check: impl FnOnce(&str) -> bool,
    ) -> Option<String> {
        let text = value?.as_str().filter(|text| check(text));
        if text.is_none() {
            self.refuse(malformed);
        }
        text.map(str::to_owned)
    }

    /// A whole number from `least` to `most`, or what stands for an absent one.
    pub(super) fn number(
        &mut self,
        name: &str,
        [least, most]: [u64; 2],
        absent: u64,
        malformed: Condition,
    ) -> u64 {
        let Some(value) = self.given(name) else { return absent };
        match whole(value) {
            Some(number) if (least..=most).contains(&number) => number,
            Some(number) if number > most && self.settings.clamp_numbers == 1 => most,
            _ => {
                self.refuse(malformed);
                absent
            }
        }
    }
}

/// A whole number given as one, also as `1.0`, or as the text of one.
fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => {
            let fraction =
                || number.as_f64().filter(|value| value.fract() == 0.0 && (0.0..1e15).contains(value));
            number.as_u64().or_else(|| fraction().map(|value| value as u64))
        }
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_missing_parameter_comes_before_a_malformed_one() {
        let settings = Settings::new(&BTreeMap::new());
        let fields = json!({ "start": "x", "empty": "" });
        let fields = fields.as_object().expect("an object");
        let mut reader = Reader::new(fields, &settings, false);
        reader.number("start", [0, 9], 0, Condition::StartInvalid);
        reader.required("empty");
        let missing = Refusal { condition: Condition::ParameterEmpty, field: Some("empty") };
        assert_eq!(reader.finish(), Err(missing));
    }

    #[test]
    fn numbers_may_be_texts_and_stay_in_their_range() {
        let read = |value: Value, clamp: u64| {
            let settings = Settings::new(&BTreeMap::from([("clamp-numbers".to_owned(), clamp)]));
            let fields = json!({ "n": value });
            let mut reader = Reader::new(fields.as_object().expect("an object"), &settings, false);
            let number = reader.number("n", [1, 50], 7, Condition::MaxUserNumInvalid);
            reader.finish().map(|()| number).map_err(|refusal| refusal.condition)
        };
        for (value, number) in
            [(json!(3), 3), (json!("3"), 3), (json!(3.0), 3), (json!(null), 7), (json!(""), 7)]
        {
            assert_eq!(read(value, 0), Ok(number));
        }
        for value in [json!(0), json!(-1), json!(51), json!("abc"), json!(1.5), json!([1]), json!(true)] {
            assert_eq!(read(value.clone(), 0), Err(Condition::MaxUserNumInvalid), "{value}");
        }
        assert_eq!(read(json!(51), 1), Ok(50));
        assert_eq!(read(json!(0), 1), Err(Condition::MaxUserNumInvalid), "nothing is raised");
    }
}
