//! Where the entries of a file stand, for messages that send a reader there.

use toml::de::{DeTable, DeValue};

/// The line, from 1, of every `[[key]]` of a TOML text, in order; none where the text is no TOML or has no such list.
pub fn item_lines(text: &str, key: &str) -> Vec<u32> {
    let Ok(document) = DeTable::parse(text) else { return Vec::new() };
    let Some(DeValue::Array(items)) = document.get_ref().get(key).map(|value| value.get_ref()) else {
        return Vec::new();
    };
    let mut lines = Vec::with_capacity(items.len());
    let (mut at, mut line) = (0, 1);
    for item in items.iter() {
        let start = item.span().start.clamp(at, text.len());
        line += text.as_bytes()[at..start].iter().filter(|byte| **byte == b'\n').count() as u32;
        at = start;
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_where_they_begin() {
        let text =
            "id = \"x\"\n\n[[row]]\ncode = 1\n\n# a word\n[[row]]\ncode = 2\n[[other]]\n[[row]]\ncode = 3\n";
        assert_eq!(item_lines(text, "row"), [3, 7, 10]);
        assert_eq!(item_lines(text, "none"), Vec::<u32>::new());
        assert_eq!(item_lines("[[row", "row"), Vec::<u32>::new());
    }
}
