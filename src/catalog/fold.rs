//! Texts without what a typesetter changes: white space, the width of characters, punctuation.

/// Without white space.
pub(super) fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Without white space, and every full-width form in its narrow one.
pub(super) fn narrowed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// Letters and digits alone, in their narrow form.
pub(super) fn bare(text: &str) -> String {
    narrowed(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The narrow form of a full-width character.
pub(super) fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '。' => '.',
        '、' => ',',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '【' => '[',
        '】' => ']',
        _ => character,
    }
}
