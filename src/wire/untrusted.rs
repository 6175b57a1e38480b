//! JSON that a stranger wrote, read within bounds.
//!
//! As values JSON takes up to a hundred times its bytes in memory. So its marks are counted before anything is built of it: every value
//! but the first stands after one of `,` `:` `[` `{`.

use serde_json::Value;

/// Marks of the longest answer that is read. Of 120 faces with 150 landmarks each, two numbers a landmark, it has some 130,000.
const MOST_MARKS: usize = 200_000;

/// Reads JSON; the error says why it is none, or that it has too many values.
pub(crate) fn read_json(bytes: &[u8]) -> Result<Value, String> {
    // A mark is a byte at least.
    if bytes.len() > MOST_MARKS && marks(bytes) > MOST_MARKS {
        return Err(format!("too many values: more than {MOST_MARKS} of , : [ and {{"));
    }
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// The marks outside of texts.
fn marks(bytes: &[u8]) -> usize {
    let (mut marks, mut in_text, mut escaped) = (0, false, false);
    for byte in bytes {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b',' | b':' | b'[' | b'{') => marks += 1,
            _ => {}
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_texts_are_not_counted() {
        assert_eq!(marks(br#"{"a,:[{\\":["\"[",1]}"#), 4);
        assert_eq!(marks(b"[{}, {}]"), 4);
    }

    #[test]
    fn what_would_fill_the_memory_is_not_built() {
        let many = format!("[{}{{}}]", r#"{"":0},"#.repeat(MOST_MARKS / 2));
        assert_eq!(
            read_json(many.as_bytes()),
            Err(format!("too many values: more than {MOST_MARKS} of , : [ and {{"))
        );
        let long = format!("[\"{}\"]", ",".repeat(MOST_MARKS * 2));
        assert!(read_json(long.as_bytes()).is_ok(), "one text, however long");
    }
}
