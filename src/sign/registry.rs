//! The signature schemes that there are. A scheme that nobody had before gets its line in [`SCHEMES`].

use std::collections::BTreeSet;

use lianpu_corpus::Manifest;

use super::access_token::AccessToken;
use super::bce_auth::BceAuth;
use super::bearer::Bearer;
use super::circumstances::Lacking;
use super::damage::Damage;
use super::plaintext::Plaintext;
use super::scheme::Scheme;

/// All schemes, by name.
pub const SCHEMES: &[&'static dyn Scheme] = &[&AccessToken, &BceAuth, &Bearer, &Plaintext];

/// A name that is no scheme's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no scheme `{name}`; there are: {}", scheme_names().collect::<Vec<_>>().join(", "))]
pub struct UnknownScheme {
    /// The name.
    pub name: String,
}

impl From<UnknownScheme> for Lacking {
    fn from(_: UnknownScheme) -> Self {
        Self::Scheme
    }
}

/// The names of all schemes.
pub fn scheme_names() -> impl Iterator<Item = &'static str> {
    SCHEMES.iter().map(|scheme| scheme.name())
}

/// The scheme of this name.
pub fn scheme(name: &str) -> Result<&'static dyn Scheme, UnknownScheme> {
    let known = SCHEMES.iter().find(|scheme| scheme.name() == name);
    known.copied().ok_or_else(|| UnknownScheme { name: name.to_owned() })
}

/// The scheme that a dialect signs by; `None`: it names none, and its requests go unsigned, knowingly.
pub fn of_dialect(manifest: &Manifest) -> Result<Option<&'static dyn Scheme>, UnknownScheme> {
    manifest.signature.as_deref().map(scheme).transpose()
}

/// The names of the schemes that a dialect takes: its own first, then those that may stand in its place.
pub fn schemes_of(manifest: &Manifest) -> impl Iterator<Item = &str> {
    manifest.signature.iter().chain(&manifest.signature_or).map(String::as_str)
}

/// The damage of these words, of any scheme.
pub fn damage(words: &str) -> Option<Damage> {
    SCHEMES.iter().flat_map(|scheme| scheme.damages()).find(|damage| damage.words() == words).copied()
}

/// The words of every damage, each once.
pub fn damage_words() -> BTreeSet<&'static str> {
    SCHEMES.iter().flat_map(|scheme| scheme.damages()).map(|damage| damage.words()).collect()
}

/// Whether the value of a header is a signature, a key or a token in some scheme.
pub fn is_secret_header(name: &str) -> bool {
    has(name, |scheme| scheme.exposure().secret_headers)
}

/// Whether the value of a parameter of the query is one.
pub fn is_secret_query(name: &str) -> bool {
    SCHEMES.iter().any(|scheme| scheme.exposure().secret_query.contains(&name))
}

/// Whether some scheme adds this header and everybody may see it.
pub fn is_plain_header(name: &str) -> bool {
    has(name, |scheme| scheme.exposure().plain_headers)
}

fn has(name: &str, headers: impl Fn(&dyn Scheme) -> &'static [&'static str]) -> bool {
    SCHEMES.iter().any(|scheme| headers(*scheme).iter().any(|known| name.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_is_found_by_its_name_and_no_other() {
        let mut names: Vec<_> = scheme_names().collect();
        for name in &names {
            assert_eq!(scheme(name).unwrap().name(), *name);
        }
        let before = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), before, "two schemes have one name");
        let why = scheme("berer").unwrap_err().to_string();
        assert!(why.contains("`berer`") && why.contains("bearer") && why.contains("tencent-ci"), "{why}");
    }

    #[test]
    fn a_dialect_is_signed_by_a_scheme_or_knowingly_by_none() {
        for name in lianpu_corpus::dialect_names() {
            let manifest = &lianpu_corpus::bundled(name).unwrap().manifest;
            assert_eq!(of_dialect(manifest).unwrap().is_some(), manifest.signature.is_some(), "{name}");
            for name in schemes_of(manifest) {
                assert!(scheme(name).is_ok(), "{name}");
            }
            let unknown = Manifest { signature: Some("none-such".into()), ..manifest.clone() };
            assert!(of_dialect(&unknown).is_err());
        }
    }

    #[test]
    fn what_every_scheme_hides_is_known() {
        assert!(is_secret_header("authorization") && is_secret_header("Authorization"));
        assert!(is_secret_query("access_token") && !is_secret_query("Access_Token"));
        assert!(is_plain_header("X-Bce-Date") && !is_plain_header("Authorization"));
    }
}
