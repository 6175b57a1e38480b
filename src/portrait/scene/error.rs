//! What is wrong with a line that should describe a picture.

use std::fmt;

/// What is wrong with a line that should describe a picture; columns count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SceneError {
    /// Nothing stands where a person should.
    #[error("column {at}: a person is missing: a name such as anna, seed:<number>, or nobody alone")]
    NoPerson {
        /// Where.
        at: usize,
    },
    /// A name that is not in `corpus/people.toml`.
    #[error(
        "column {at}: nobody is called {name:?}{}; people are named in corpus/people.toml, or seed:<number>",
        Nearest(nearest)
    )]
    UnknownPerson {
        /// Where.
        at: usize,
        /// The name.
        name: String,
        /// The name it is nearest to.
        nearest: Option<String>,
    },
    /// A key that does not exist.
    #[error("column {at}: no key {key:?}{}; keys are {}", Nearest(nearest), super::keys::names())]
    UnknownKey {
        /// Where.
        at: usize,
        /// The key.
        key: String,
        /// The key it is nearest to.
        nearest: Option<String>,
    },
    /// A value that the key does not take.
    #[error("column {at}: {key}={value} is not possible{}; {key} takes {wanted}", Nearest(nearest))]
    BadValue {
        /// Where the value stands.
        at: usize,
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What the key takes.
        wanted: String,
        /// The word it is nearest to.
        nearest: Option<String>,
    },
    /// A key was given twice.
    #[error("column {at}: {key} was given before")]
    Twice {
        /// Where.
        at: usize,
        /// The key.
        key: String,
    },
    /// A key of a face where there is none, or somebody beside nobody.
    #[error("column {at}: {word:?} cannot stand with nobody, which is a picture without a face")]
    NotWithNobody {
        /// Where.
        at: usize,
        /// The key or person.
        word: String,
    },
    /// A word that is neither a key nor, after `+`, a person.
    #[error("column {at}: {word:?} is no key=value; another person needs a + before the name")]
    NoPlus {
        /// Where.
        at: usize,
        /// The word.
        word: String,
    },
    /// More people than a picture holds.
    #[error("column {at}: more than {most} people in one picture", most = super::keys::MOST_FACES)]
    TooMany {
        /// Where the first too many stands.
        at: usize,
    },
}

struct Nearest<'a>(&'a Option<String>);

impl fmt::Display for Nearest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |word| write!(f, " (did you mean {word}?)"))
    }
}

/// The word most like this one, if any is much like it.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    known
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}
