//! Words as a POSIX shell takes them, for the commands that are printed.

/// A word quoted where a shell would read it otherwise.
pub(crate) fn quoted(word: &str) -> String {
    // No command can hold a zero byte, so what becomes of one does not matter.
    shlex::Quoter::new().allow_nul(true).quote(word).map_or_else(|_| word.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::quoted;

    #[test]
    fn plain_words_stay_plain() {
        for word in ["--row", "tencent-ci/face/-1302", "http://127.0.0.1:8080/a", "@body.bin"] {
            assert_eq!(quoted(word), word);
        }
        assert_eq!([quoted(""), quoted("a b"), quoted("it's")], ["''", "'a b'", "\"it's\""]);
    }

    proptest! {
        #[test]
        fn a_shell_reads_back_what_was_quoted(word in "[^\\x00]{0,40}") {
            prop_assert_eq!(shlex::split(&quoted(&word)), Some(vec![word]));
        }
    }
}
