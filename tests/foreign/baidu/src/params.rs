//! Reads one parameter at a time, in the types that the vendor's clients send.

use serde_json::Value;

use crate::{
    body::Fields,
    codes::{Refusal, refuse},
};

/// The longest id in bytes.
const LONGEST_ID: usize = 48;
/// The longest user_info in bytes.
const LONGEST_INFO: usize = 256;
/// The longest face token in bytes.
const LONGEST_TOKEN: usize = 64;
/// The most groups of one search.
const MOST_GROUPS: usize = 10;

/// How strict a control is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is checked.
    None,
    /// The mildest check.
    Low,
    /// The middle check.
    Normal,
    /// The strictest check.
    High,
}

/// A text; absent, null and empty are the same. Numbers are taken as text.
pub fn text(fields: &Fields, name: &str, code: u32) -> Result<Option<String>, Refusal> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => refuse(code),
    }
}

/// A text that may not be a number.
pub fn only_text(fields: &Fields, name: &str, code: u32) -> Result<Option<String>, Refusal> {
    match fields.get(name) {
        Some(Value::Number(_)) => refuse(code),
        _ => text(fields, name, code),
    }
}

/// What may not be left out.
pub fn required<T>(value: Option<T>) -> Result<T, Refusal> {
    value.ok_or(Refusal(222_001))
}

/// Whether a text is made of letters, digits and underscores.
fn plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// An id, or none.
pub fn optional_id(fields: &Fields, name: &str, code: u32) -> Result<Option<String>, Refusal> {
    match text(fields, name, code)? {
        Some(id) if !plain(&id) || id.len() > LONGEST_ID => refuse(code),
        id => Ok(id),
    }
}

/// An id.
pub fn id(fields: &Fields, name: &str, code: u32) -> Result<String, Refusal> {
    required(optional_id(fields, name, code)?)
}

/// A user id.
pub fn user(fields: &Fields) -> Result<String, Refusal> {
    id(fields, "user_id", 222_018)
}

/// A group id.
pub fn group(fields: &Fields) -> Result<String, Refusal> {
    id(fields, "group_id", 222_006)
}

/// A group id, or none for all groups.
pub fn group_or_all(fields: &Fields) -> Result<Option<String>, Refusal> {
    match fields.get("group_id") {
        Some(Value::String(text)) if text == "@ALL" => Ok(None),
        _ => group(fields).map(Some),
    }
}

/// A face token.
pub fn face_token(text: &str) -> Result<(), Refusal> {
    if plain(text) && text.len() <= LONGEST_TOKEN { Ok(()) } else { refuse(222_025) }
}

/// The groups of a search.
pub fn group_list(fields: &Fields) -> Result<Vec<String>, Refusal> {
    let list = required(only_text(fields, "group_id_list", 222_005)?)?;
    let groups: Vec<String> = list.split(',').map(str::to_owned).collect();
    if groups.iter().any(|group| group.is_empty() || !plain(group) || group.len() > LONGEST_ID) {
        return refuse(222_005);
    }
    if groups.len() > MOST_GROUPS { refuse(223_104) } else { Ok(groups) }
}

/// What is noted about a user, or none.
pub fn user_info(fields: &Fields) -> Result<Option<String>, Refusal> {
    match only_text(fields, "user_info", 222_010)? {
        Some(info) if info.len() > LONGEST_INFO => refuse(222_010),
        info => Ok(info),
    }
}

/// A whole number as number or text. Below `least` it is refused, above `most` it counts as `most`.
pub fn whole(
    fields: &Fields,
    name: &str,
    code: u32,
    default: u64,
    [least, most]: [u64; 2],
) -> Result<u64, Refusal> {
    match number(fields, name, code)? {
        None => Ok(default),
        Some(value) if value.fract() != 0.0 || value < least as f64 => refuse(code),
        Some(value) => Ok((value as u64).min(most)),
    }
}

/// One of a few whole numbers.
pub fn choice(fields: &Fields, name: &str, code: u32, most: u64) -> Result<u64, Refusal> {
    match number(fields, name, code)? {
        None => Ok(0),
        Some(value) if value.fract() != 0.0 || value < 0.0 || value > most as f64 => refuse(code),
        Some(value) => Ok(value as u64),
    }
}

/// A number with or without decimals, between two bounds.
pub fn decimal(
    fields: &Fields,
    name: &str,
    code: u32,
    [least, most]: [f64; 2],
) -> Result<Option<f64>, Refusal> {
    match number(fields, name, code)? {
        Some(value) if !(least..=most).contains(&value) => refuse(code),
        value => Ok(value),
    }
}

fn number(fields: &Fields, name: &str, code: u32) -> Result<Option<f64>, Refusal> {
    match text(fields, name, code)? {
        None => Ok(None),
        Some(text) => match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => refuse(code),
        },
    }
}

/// A control; its words are in upper case.
fn level(fields: &Fields, name: &str, code: u32) -> Result<Level, Refusal> {
    match only_text(fields, name, code)?.as_deref() {
        None | Some("NONE") => Ok(Level::None),
        Some("LOW") => Ok(Level::Low),
        Some("NORMAL") => Ok(Level::Normal),
        Some("HIGH") => Ok(Level::High),
        Some(_) => refuse(code),
    }
}

/// The quality control.
pub fn quality(fields: &Fields) -> Result<Level, Refusal> {
    level(fields, "quality_control", 223_118)
}

/// The liveness control. The spoofing control is only read: no document has its limits.
pub fn liveness(fields: &Fields) -> Result<Level, Refusal> {
    level(fields, "spoofing_control", 223_130)?;
    level(fields, "liveness_control", 223_119)
}

/// The kind of picture; unknown kinds are refused, all known ones are treated alike.
pub fn face_type(fields: &Fields) -> Result<(), Refusal> {
    match only_text(fields, "face_type", 222_024)?.as_deref() {
        None | Some("LIVE" | "IDCARD" | "WATERMARK" | "CERT" | "INFRARED" | "HYBRID") => Ok(()),
        Some(_) => refuse(222_024),
    }
}

/// The names of `face_field`; unknown ones mean nothing.
pub fn face_field(fields: &Fields) -> Result<Vec<String>, Refusal> {
    let list = only_text(fields, "face_field", 222_017)?.or(only_text(fields, "face_fields", 222_017)?);
    Ok(list.unwrap_or_default().split(',').map(|name| name.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(value: &Value) -> Fields {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn numbers_may_be_text_and_are_clamped_above_only() {
        let read = |value: Value| whole(&fields(&json!({ "n": value })), "n", 222_016, 1, [1, 10]);
        assert_eq!(read(json!("3")), Ok(3));
        assert_eq!(read(json!(121)), Ok(10));
        assert_eq!(read(json!(0)), Err(Refusal(222_016)));
        assert_eq!(read(json!(1.5)), Err(Refusal(222_016)));
        assert_eq!(read(json!("abc")), Err(Refusal(222_016)));
        assert_eq!(read(Value::Null), Ok(1));
    }

    #[test]
    fn ids_have_an_alphabet_and_a_length() {
        let read = |value: Value| id(&fields(&json!({ "group_id": value })), "group_id", 222_006);
        assert_eq!(read(json!("g-1")), Err(Refusal(222_006)));
        assert_eq!(read(json!("")), Err(Refusal(222_001)));
        assert!(read(json!("g".repeat(48))).is_ok());
        assert!(read(json!("g".repeat(49))).is_err());
    }

    #[test]
    fn a_list_of_groups_is_one_text() {
        let read = |value: Value| group_list(&fields(&json!({ "group_id_list": value })));
        assert_eq!(read(json!("a,b")).map(|groups| groups.len()), Ok(2));
        assert_eq!(read(json!("a,,b")), Err(Refusal(222_005)));
        assert_eq!(read(json!(["a"])), Err(Refusal(222_005)));
        assert_eq!(
            read(json!((0..11).map(|i| format!("g{i}")).collect::<Vec<_>>().join(","))),
            Err(Refusal(223_104))
        );
    }
}
