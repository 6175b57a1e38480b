//! The catalogue's words for what a valid request puts into a parameter. They are read here and nowhere else.

use lianpu_corpus::Parameter;

/// The kinds of things that requests create and are about. `other-group` is a group that the person is not in.
const KINDS: [&str; 4] = ["person", "group", "other-group", "face"];

/// The parts of an account that a parameter may carry.
const ACCOUNT: [&str; 2] = ["appid", "bucket"];

/// What a valid request puts into a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word<'w> {
    /// `=<JSON>`: this value.
    Literal(&'w str),
    /// `appid`, `bucket`: that part of the account that asks.
    Account(&'w str),
    /// `fresh-person`, `fresh-groups`: names that nothing has, for what the request creates.
    Fresh {
        /// What is created.
        kind: &'w str,
        /// Whether the parameter is a list of them.
        list: bool,
    },
    /// `person`, `groups`, `other-group`: what stands at the target.
    Standing {
        /// What stands.
        kind: &'w str,
        /// Whether the parameter is a list of them.
        list: bool,
    },
    /// `portrait`: the bytes of a picture.
    Portrait,
    /// `portraits`: the bytes of several pictures.
    Portraits,
}

impl<'w> Word<'w> {
    /// Reads a word; `None`: nobody knows it.
    pub fn parse(word: &'w str) -> Option<Self> {
        if let Some(literal) = word.strip_prefix('=') {
            return Some(Self::Literal(literal));
        }
        if let Some(fresh) = word.strip_prefix("fresh-") {
            return kind(fresh).map(|(kind, list)| Self::Fresh { kind, list });
        }
        match word {
            "portrait" => Some(Self::Portrait),
            "portraits" => Some(Self::Portraits),
            part if ACCOUNT.contains(&part) => Some(Self::Account(part)),
            thing => kind(thing).map(|(kind, list)| Self::Standing { kind, list }),
        }
    }

    /// The word of a parameter; `None`: a valid request leaves it out, or nobody knows the word.
    pub fn of(parameter: &'w Parameter) -> Option<Self> {
        Self::parse(parameter.valid.as_deref()?)
    }

    /// Whether the parameter carries the bytes of pictures.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Portrait | Self::Portraits)
    }
}

/// Whether a parameter says only who asks, or stands in no valid request.
pub fn is_identity(parameter: &Parameter) -> bool {
    parameter.valid.is_none() || matches!(Word::of(parameter), Some(Word::Account(_)))
}

/// A kind, and whether the word is its plural.
fn kind(word: &str) -> Option<(&str, bool)> {
    let known = |word: &str| KINDS.contains(&word);
    match word.strip_suffix('s') {
        Some(one) if known(one) => Some((one, true)),
        _ => known(word).then_some((word, false)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        for (word, read) in [
            ("=[1]", Some(Word::Literal("[1]"))),
            ("bucket", Some(Word::Account("bucket"))),
            ("fresh-groups", Some(Word::Fresh { kind: "group", list: true })),
            ("person", Some(Word::Standing { kind: "person", list: false })),
            ("faces", Some(Word::Standing { kind: "face", list: true })),
            ("other-group", Some(Word::Standing { kind: "other-group", list: false })),
            ("portraits", Some(Word::Portraits)),
            ("fresh-clip", None),
            ("persona", None),
            ("s", None),
        ] {
            assert_eq!(Word::parse(word), read, "{word}");
        }
    }

    #[test]
    fn every_word_of_the_bundled_catalogues_is_known() {
        for name in ["tencent-ci", "baidu-face"] {
            let operations = &lianpu_corpus::bundled(name).unwrap().operations;
            for parameter in operations.iter().flat_map(|operation| &operation.parameters) {
                assert_eq!(Word::of(parameter).is_some(), parameter.valid.is_some(), "{parameter:?}");
            }
        }
    }
}
