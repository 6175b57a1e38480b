//! Where the entries of a file stand, for messages that send a reader there.

use toml::de::{DeTable, DeValue};

/// The line, from 1, of every `[[key]]` of a TOML text, in order; none where the text is no TOML or has no such list.
pub fn item_lines(text: &str, key: &str) -> Vec<u32> {
    let Ok(document) = DeTable::parse(text) else { return Vec::new() };
    let Some(DeValue::Array(items)) = document.get_ref().get(key).map(toml::Spanned::get_ref) else {
        return Vec::new();
    };
    let mut lines = Vec::with_capacity(items.len());
    let (mut at, mut line) = (0, 1);
    for start in items.iter().map(|item| item.span().start) {
        let start = start.clamp(at, text.len());
        line += text.get(at..start).unwrap_or_default().matches('\n').count() as u32;
        at = start;
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_entry_is_found_on_its_line(entries in prop::collection::vec((0..4_usize, "[ -!#-\\[\\]-~脸谱]{0,9}"), 0..8)) {
            let mut text = String::new();
            let mut expected = Vec::new();
            for (blank, word) in entries {
                text.push_str(&"# 脸\n".repeat(blank));
                expected.push(text.matches('\n').count() as u32 + 1);
                text.push_str(&format!("[[row]]\nword = \"{word}\"\n"));
            }
            prop_assert_eq!(item_lines(&text, "row"), expected);
        }
    }

    #[test]
    fn entries_are_found_where_they_begin() {
        let text =
            "id = \"x\"\n\n[[row]]\ncode = 1\n\n# a word\n[[row]]\ncode = 2\n[[other]]\n[[row]]\ncode = 3\n";
        assert_eq!(item_lines(text, "row"), [3, 7, 10]);
        assert_eq!(item_lines(text, "none"), Vec::<u32>::new());
        assert_eq!(item_lines("[[row", "row"), Vec::<u32>::new());
    }
}
