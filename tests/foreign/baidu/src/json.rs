//! Writes JSON in this server's own hand: keys from Z to A, spaces around the colon, whole numbers without a fraction.

use std::fmt::Write;

use serde_json::Value;

/// The text of a value.
pub fn text(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value);
    text
}

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable_by(|a, b| b.cmp(a));
            text.push('{');
            for (index, key) in keys.into_iter().enumerate() {
                text.push_str(if index == 0 { " " } else { " , " });
                let _ = write!(text, "{} : ", Value::from(key.as_str()));
                write(text, &map[key]);
            }
            text.push_str(" }");
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { " ,\n" });
                write(text, item);
            }
            text.push(']');
        }
        Value::Number(number) => match number.as_f64() {
            Some(value) if number.is_f64() && value.fract() == 0.0 && value.abs() < 1e9 => {
                let _ = write!(text, "{}", value as i64);
            }
            _ => {
                let _ = write!(text, "{number}");
            }
        },
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

/// A number with so many decimals.
pub fn rounded(value: f32, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (f64::from(value) * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_read_back_as_the_same_value() {
        let value = serde_json::json!({"a": [1, 2.5, "\u{4e2d}\""], "b": null, "c": {"d": true}});
        let read: Value = serde_json::from_str(&text(&value)).expect("valid JSON");
        assert_eq!(read, value);
        assert_eq!(text(&serde_json::json!(100.0)), "100");
    }
}
