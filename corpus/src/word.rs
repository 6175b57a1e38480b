//! The words by which a parameter's `valid` asks for something: a thing of the service, a drawn picture, a part of the
//! account, a literal.
//!
//! Start with [`Manifest::word`].

use crate::{Manifest, Operation, Parameter, Resource};

/// What the harness can draw, by the word of a parameter that takes one.
const MEDIA: [&str; 1] = ["portrait"];

/// What a parameter's `valid` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word<'a> {
    /// `=<JSON>`: this value.
    Literal(&'a str),
    /// A public part of the account, such as `appid`.
    Part(&'a str),
    /// What the harness draws.
    Medium {
        /// What is drawn, such as `portrait`.
        name: &'a str,
        /// Whether it is a list of them.
        several: bool,
    },
    /// A thing of the service.
    Thing {
        /// Which one.
        which: Which,
        /// Its kind.
        resource: &'a Resource,
        /// Whether it is a list of one.
        several: bool,
    },
}

/// Which thing of a kind is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// `person`: one that exists.
    Standing,
    /// `fresh-person`: a name that nothing has.
    Fresh,
    /// `other-group`: one that exists and has nothing to do with the first.
    Other,
}

impl Which {
    const WORDS: [(&'static str, Self); 3] =
        [("fresh-", Self::Fresh), ("other-", Self::Other), ("", Self::Standing)];
}

impl Word<'_> {
    /// The key under which a thing is known among what stands: `person`, `other-group`; none for what is no thing.
    pub fn key(&self) -> Option<String> {
        match self {
            Self::Thing { which: Which::Other, resource, .. } => Some(format!("other-{}", resource.name)),
            Self::Thing { resource, .. } => Some(resource.name.clone()),
            _ => None,
        }
    }
}

impl Parameter {
    /// Whether a valid request puts something drawn there: a portrait, or several.
    pub fn takes_medium(&self) -> bool {
        self.valid.as_deref().and_then(medium).is_some()
    }
}

/// What is drawn for a word, and whether it is a list of them.
fn medium(valid: &str) -> Option<(&str, bool)> {
    let names = [(Some(valid), false), (valid.strip_suffix('s'), true)];
    names.into_iter().find_map(|(name, several)| Some((name.filter(|name| MEDIA.contains(name))?, several)))
}

impl Manifest {
    /// The resource of this name.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.name == name)
    }

    /// The operation that plays a part in set-up and clean-up: `create-person`, `delete-group`, `list-face`.
    pub fn role(&self, role: &str) -> Option<&str> {
        let (what, name) = role.split_once('-')?;
        self.resource(name)?.operation(what)
    }

    /// What must be deleted after use: every kind that has an operation for it and does not go away with another such
    /// kind.
    pub fn cleaned(&self) -> impl Iterator<Item = &Resource> {
        let goes_with_another = |resource: &Resource| {
            let above = resource.within.as_deref().and_then(|name| self.resource(name));
            above.is_some_and(|above| above.delete.is_some())
        };
        self.resources
            .iter()
            .filter(move |resource| resource.delete.is_some() && !goes_with_another(resource))
    }

    /// What a valid request puts into a parameter; `None` where it leaves it out, or the dialect has no such word.
    pub fn word_of<'a>(&'a self, parameter: &'a Parameter) -> Option<Word<'a>> {
        self.word(parameter.valid.as_deref()?)
    }

    /// What a parameter's `valid` asks for; `None` where the dialect has no such word.
    pub fn word<'a>(&'a self, valid: &'a str) -> Option<Word<'a>> {
        if let Some(literal) = valid.strip_prefix('=') {
            return Some(Word::Literal(literal));
        }
        if self.is_public(valid) {
            return Some(Word::Part(valid));
        }
        if let Some((name, several)) = medium(valid) {
            return Some(Word::Medium { name, several });
        }
        let (one, plural) = (valid, valid.strip_suffix('s'));
        let names = || {
            [(Some(one), false), (plural, true)]
                .into_iter()
                .filter_map(|(name, several)| Some((name?, several)))
        };
        names().find_map(|(name, several)| {
            Which::WORDS.iter().find_map(|(prefix, which)| {
                let resource = self.resource(name.strip_prefix(prefix)?)?;
                Some(Word::Thing { which: *which, resource, several })
            })
        })
    }

    /// Whether a parameter says only who asks, or stands in no valid request.
    pub fn is_identity(&self, parameter: &Parameter) -> bool {
        parameter.valid.is_none() || self.names_account(parameter.valid.as_deref())
    }

    /// The parameter by which an operation names what it makes of this kind; none where it makes nothing of it.
    pub fn created_by<'o>(&self, resource: &Resource, operation: &'o Operation) -> Option<&'o Parameter> {
        operation.parameters.iter().find(|parameter| {
            let word = self.word_of(parameter);
            matches!(word, Some(Word::Thing { which: Which::Fresh, resource: made, .. }) if made.name == resource.name)
        })
    }

    /// Whether a parameter with this `valid` says who asks.
    pub fn names_account(&self, valid: Option<&str>) -> bool {
        valid.is_some_and(|valid| matches!(self.word(valid), Some(Word::Part(_))))
    }

    /// Every word that `valid` may say besides `=<JSON>`, sorted.
    pub fn words(&self) -> Vec<String> {
        let parts = self.credentials.keys().filter(|name| self.is_public(name)).cloned();
        let media = MEDIA.iter().flat_map(|name| [(*name).to_owned(), format!("{name}s")]);
        let things = self.resources.iter().flat_map(|Resource { name, .. }| {
            Which::WORDS.iter().flat_map(move |(prefix, which)| {
                let several = (*which != Which::Other).then(|| format!("{prefix}{name}s"));
                std::iter::once(format!("{prefix}{name}")).chain(several)
            })
        });
        let mut words: Vec<_> = parts.chain(media).chain(things).collect();
        words.sort_unstable();
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;

    fn manifest(dialect: &str) -> &'static Manifest {
        &bundled(dialect).unwrap().manifest
    }

    #[test]
    fn every_word_that_is_listed_is_one_and_no_other() {
        for name in ["tencent-ci", "baidu-face"] {
            let manifest = manifest(name);
            for word in manifest.words() {
                assert!(manifest.word(&word).is_some(), "{name}: {word}");
            }
            for word in ["clip", "fresh-portrait", "secret_key", "personss", "fresh-", ""] {
                assert_eq!(manifest.word(word), None, "{name}: {word}");
            }
        }
    }

    #[test]
    fn a_new_kind_of_resource_needs_data_only() {
        let mut manifest = manifest("tencent-ci").clone();
        let object: Resource = toml::from_str(
            "name = \"object\"\ngloss = \"a file\"\ncreate = \"upload\"\ndelete = \"del\"\ngone = [\"file-unknown\"]",
        )
        .unwrap();
        manifest.resources.push(object.clone());
        let thing = |which, several| Some(Word::Thing { which, resource: &object, several });
        assert_eq!(manifest.word("fresh-object"), thing(Which::Fresh, false));
        assert_eq!(manifest.word("objects"), thing(Which::Standing, true));
        assert_eq!(manifest.word("other-object"), thing(Which::Other, false));
        assert_eq!(manifest.role("create-object"), Some("upload"));
        let cleaned: Vec<_> = manifest.cleaned().map(|resource| resource.name.as_str()).collect();
        assert_eq!(cleaned, ["person", "object"]);
    }

    #[test]
    fn what_goes_with_another_is_not_deleted_by_itself() {
        let cleaned =
            |name| manifest(name).cleaned().map(|resource| resource.name.as_str()).collect::<Vec<_>>();
        assert_eq!(cleaned("tencent-ci"), ["person"], "its groups have no operation of their own");
        assert_eq!(cleaned("baidu-face"), ["group"], "a person is deleted with the group");
    }
}
