//! Text for a screen: its width in columns (a Chinese character takes two), padding, wrapping, and no control characters.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// The columns a text takes: those of its characters, added up.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The text with spaces after it up to so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text in at most so many columns; where it is longer, its end is an ellipsis.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let fits = |c: &char| match room.checked_sub(c.width().unwrap_or(0)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{kept}…")
}

/// The text with every control character written visibly: a target must not be able to steer the reader's terminal.
pub fn printable(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{061c}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The text without the two characters that no XML 1.0 document may hold and that its writers let pass, U+FFFE and U+FFFF; in
/// their place stands U+FFFD.
pub(super) fn without_noncharacters(text: &str) -> Cow<'_, str> {
    const FORBIDDEN: [char; 2] = ['\u{fffe}', '\u{ffff}'];
    if text.contains(FORBIDDEN) {
        Cow::Owned(text.replace(FORBIDDEN, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text in lines of at most so many columns, broken at spaces where there are any, else after hyphens, at least one
/// column each.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        } else if !line.is_empty() {
            line.push(' ');
        }
        let fits = width(word) <= columns;
        for part in word.split_inclusive(|c| !fits && c == '-') {
            if !line.is_empty() && width(&line) + width(part) > columns {
                lines.push(std::mem::take(&mut line));
            }
            for c in part.chars() {
                if width(&line) + c.width().unwrap_or(0) > columns {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
    }
    lines.push(line);
    lines
}

/// The text in lines as [`wrapped`] makes them, but never broken between a number and what it counts, or its unit.
pub fn wrapped_figures(text: &str, columns: usize) -> Vec<String> {
    const GLUE: char = '\u{a0}';
    let mut glued = String::with_capacity(text.len());
    for c in text.chars() {
        let after_number = glued.ends_with(|last: char| last.is_ascii_digit());
        glued.push(if c == ' ' && after_number { GLUE } else { c });
    }
    wrapped(&glued, columns).iter().map(|line| line.replace(GLUE, " ")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(width("脸谱 a"), 6);
        assert_eq!(padded("脸", 4), "脸  ");
        assert_eq!(wrapped("个体已存在 exists", 8), ["个体已存", "在", "exists"]);
    }

    #[test]
    fn what_is_too_long_breaks_after_hyphens() {
        assert_eq!(wrapped("a quality-control-is-middle b", 18), ["a", "quality-control-", "is-middle b"]);
        assert_eq!(wrapped("one-two three", 8), ["one-two", "three"]);
        assert_eq!(wrapped("abcdef-gh", 4), ["abcd", "ef-", "gh"]);
    }

    #[test]
    fn what_is_cut_says_so_and_fits() {
        assert_eq!(cut("脸谱", 4), "脸谱");
        assert_eq!(cut("脸谱", 3), "脸…");
        assert_eq!(cut("a脸谱", 3), "a…");
        assert_eq!(cut("abc", 2), "a…");
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(wrapped_figures("took 51.4 s, 1 left", 9), ["took", "51.4 s,", "1 left"]);
        assert_eq!(wrapped_figures("66.7 % (4 of 6)", 10), ["66.7 %", "(4 of 6)"]);
    }

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(printable("a\u{1b}[2J\nb\u{202e}"), "a\\u{1b}[2J\\nb\\u{202e}");
    }

    proptest! {
        #[test]
        fn wrapping_keeps_every_character_but_spaces_and_fits(text in "\\PC{0,60}", columns in 2_usize..40) {
            let lines = wrapped(&text, columns);
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
            for line in lines {
                prop_assert!(width(&line) <= columns, "{line:?}");
            }
        }
    }
}
