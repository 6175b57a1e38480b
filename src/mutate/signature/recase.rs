//! The other case of letters: names that count as they are written are others then.

/// The same text with its ASCII letters in the other case.
pub(super) fn swap_case(text: &str) -> String {
    let swap = |letter: char| match letter.is_ascii_uppercase() {
        true => letter.to_ascii_lowercase(),
        false => letter.to_ascii_uppercase(),
    };
    text.chars().map(swap).collect()
}
